"""`floodready duty swaps`, `swap`, `agree`, `decline`, `approve`, `withdraw-swap`."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from floodready.cli.answering import Verb, done
from floodready.cli.duty_answers import the_unit
from floodready.cli.output import print_json, print_rows
from floodready.language import say
from floodready.missing import not_there
from floodready.refusal import Refused, WrongUsage

if TYPE_CHECKING:
    from floodready.cli.desk import Desk
    from floodready.duty.models import Swap


def add_to(verb: Verb) -> None:
    """Add the verbs of swaps."""
    verb("swaps", say("swaps that are asked for, agreed or in force"), show_swaps)
    ask = verb("swap", say("ask somebody to take over your duty of a stretch of time"), ask_a_swap)
    ask.add_argument("other", help=str(say("whom you ask")))
    ask.add_argument("--post", required=True)
    ask.add_argument("--from", dest="start", required=True, metavar="TIME")
    ask.add_argument("--until", required=True, metavar="TIME")
    ask.add_argument("--for", dest="giver", help=str(say("whose duty it is; without it, yours")))
    ask.add_argument("--back-from", metavar="TIME", help=str(say("from when their turn is that goes back in return")))
    ask.add_argument("--back-until", metavar="TIME", help=str(say("until when")))
    ask.add_argument("--back-post", metavar="POST", help=str(say("the post of that turn; without it, the same")))
    for name, purpose, run in (
        ("agree", say("agree to a swap you were asked for"), agree_to_swap),
        ("decline", say("decline a swap you were asked for"), decline_swap),
        ("approve", say("approve a swap that both agreed to"), approve_a_swap),
        ("withdraw-swap", say("take a swap back before its duty begins"), withdraw_a_swap),
    ):
        verb(name, purpose, run).add_argument("swap")


def show_swaps(args: argparse.Namespace, desk: Desk) -> int:
    """List the swaps of a unit that may still matter."""
    from floodready.duty.models import Swap, SwapState
    from floodready.duty.views import swap_sentence

    closed = (SwapState.DECLINED, SwapState.WITHDRAWN)
    swaps = [swap for swap in desk.view.find(Swap, unit=the_unit(args, desk)) if swap.state not in closed]
    if args.json:
        print_json({"swaps": swaps})
        return 0
    rows = [(swap.id, swap.state_word(desk.at), swap_sentence(desk.view, swap, desk.zone)) for swap in swaps]
    print_rows((say("Swap"), say("State"), say("What")), rows, plain=args.plain)
    return 0


def ask_a_swap(args: argparse.Namespace, desk: Desk) -> int:
    """Ask for a swap, or for an exchange of two turns."""
    from floodready.duty.commands_swap import ask_swap
    from floodready.duty.models import Leg

    act = desk.act()
    giver = args.giver or act.person
    start, until = desk.instant(args.start), desk.instant(args.until)
    legs = [Leg(post=args.post, giver=giver, taker=args.other, from_at=start, until_at=until)]
    if args.back_from or args.back_until or args.back_post:
        if not (args.back_from and args.back_until):
            raise WrongUsage(say("A turn in return needs both its times: --back-from and --back-until."))
        start, until = desk.instant(args.back_from), desk.instant(args.back_until)
        post = args.back_post or args.post
        legs.append(Leg(post=post, giver=args.other, taker=giver, from_at=start, until_at=until))
    made = ask_swap(desk.store, act, unit=the_unit(args, desk), legs=tuple(legs), asked_by=giver, zone=desk.zone)
    return _told(args, desk, made)


def agree_to_swap(args: argparse.Namespace, desk: Desk) -> int:
    """Agree to a swap."""
    from floodready.duty.commands_swap import answer_swap

    return _told(args, desk, answer_swap(desk.store, desk.act(), _swap(args, desk), agree=True, zone=desk.zone))


def decline_swap(args: argparse.Namespace, desk: Desk) -> int:
    """Decline a swap."""
    from floodready.duty.commands_swap import answer_swap

    return _told(args, desk, answer_swap(desk.store, desk.act(), _swap(args, desk), agree=False, zone=desk.zone))


def approve_a_swap(args: argparse.Namespace, desk: Desk) -> int:
    """Approve a swap."""
    from floodready.duty.commands_swap import approve_swap

    return _told(args, desk, approve_swap(desk.store, desk.act(), _swap(args, desk), zone=desk.zone))


def withdraw_a_swap(args: argparse.Namespace, desk: Desk) -> int:
    """Withdraw a swap."""
    from floodready.duty.commands_swap import withdraw_swap

    return _told(args, desk, withdraw_swap(desk.store, desk.act(), _swap(args, desk)))


def _swap(args: argparse.Namespace, desk: Desk) -> Swap:
    from floodready.duty.models import Swap

    found = desk.store.get(Swap, args.swap)
    if found is None:
        raise Refused(not_there("duty.swaps", args.swap))
    return found


def _told(args: argparse.Namespace, desk: Desk, swap: Swap) -> int:
    from floodready.duty.views import swap_sentence

    what = swap_sentence(desk.store, swap, desk.zone)
    return done(args, say("Swap {swap}: {what}. It is {state}.", swap=swap.id, what=what, state=swap.state.word), swap)
