"""`floodready duty log`, `handover`, `follow-ups`, `check`, `calls`: what a shift writes down."""

from __future__ import annotations

import argparse
from datetime import timedelta
from typing import TYPE_CHECKING

from floodready.cli.answering import Verb, done, require
from floodready.cli.duty_answers import the_unit
from floodready.cli.numbers import some_hours, whole
from floodready.cli.output import print_json, print_rows
from floodready.clock import local_time
from floodready.language import Sentence, say, say_as
from floodready.refusal import Refused, WrongUsage

if TYPE_CHECKING:
    from floodready.cli.desk import Desk
    from floodready.duty.models_shift import FollowUp, Handover


def add_to(verb: Verb) -> None:
    """Add the verbs of a shift."""
    log = verb("log", say("show the duty log, or add a line with --add"), show_or_add_log)
    log.add_argument("--add", metavar="TEXT", help=str(say("what happened")))
    log.add_argument("--kind", choices=("call", "danger", "instruction", "weather", "note"), default="note")
    log.add_argument("--time", metavar="TIME", help=str(say("when it happened; without it, now")))
    log.add_argument(
        "--out", action="store_true", help=str(say("a message that went out; without it, one that came in"))
    )
    log.add_argument("--from-unit", default="", dest="source_unit")
    log.add_argument("--from-person", default="", dest="source_person")
    log.add_argument("--phone", default="")
    log.add_argument("--major", action="store_true", help=str(say("a major danger: the leader comes on site")))
    log.add_argument("--instruction", default="", metavar="TEXT", help=str(say("what was ordered about it")))
    log.add_argument("--handler", metavar="PERSON", help=str(say("who deals with it")))
    log.add_argument(
        "--result", default="", metavar="TEXT", help=str(say("what came of it, where it is closed at once"))
    )
    log.add_argument("--corrects", metavar="LINE")
    log.add_argument("--follow-up", default="", metavar="TASK", help=str(say("what is still to be done")))
    log.add_argument("--owner")
    log.add_argument("--due", metavar="TIME")
    log.add_argument("--hours", type=some_hours, default=24, help=str(say("how far back to show")))
    verb("follow-ups", say("what is open across shifts"), show_follow_ups)
    assign = verb("assign", say("give an open item its owner and due time"), assign_item)
    which = str(say("the open item: floodready duty follow-ups"))
    assign.add_argument("item", help=which)
    assign.add_argument("--owner")
    assign.add_argument("--due", metavar="TIME")
    assign.add_argument("--waiting", action="store_true")
    done = verb("done", say("close an open item with its result"), finish_item)
    done.add_argument("item", help=which)
    done.add_argument("result")
    begin = verb("handover", say("begin a handover, or show the open one"), begin_or_show)
    begin.add_argument("--remarks", default="")
    sign = verb("sign", say("sign the open handover, for the outgoing or the incoming side"), sign_open)
    sign.add_argument("side", choices=("out", "in"))
    check = verb("check", say("record a post check"), record_check)
    check.add_argument("--method", default="telephone")
    answered = check.add_mutually_exclusive_group()
    answered.add_argument("--whom", help=str(say("who answered")))
    answered.add_argument("--nobody", action="store_true", help=str(say("nobody answered")))
    check.add_argument("--rings", type=whole)
    check.add_argument("--absent", action="store_true", help=str(say("not on site")))
    check.add_argument("--forwarded", action="store_true", help=str(say("the line was forwarded to a mobile")))


def show_or_add_log(args: argparse.Namespace, desk: Desk) -> int:
    """Show the log, or add a line."""
    if args.add is not None:  # an empty line is refused, not taken for a question
        return _add_line(args, desk)
    from floodready.duty.views import log_of
    from floodready.organisation.lookup import person_name

    lines = log_of(desk.view, the_unit(args, desk), desk.at - timedelta(hours=args.hours))
    if args.json:
        print_json({"lines": lines})
        return 0
    heads = (
        say_as("duty log", "Line"),
        say("Time"),
        say("Kind"),
        say("Direction"),
        say_as("message", "Source"),
        say("Content"),
        say("Instruction"),
        say("Handler"),
        say("Result"),
        say("Corrects"),
    )
    rows = [
        (
            line.id,
            local_time(line.at, desk.zone),
            line.kind.word,
            line.direction.word,
            " ".join(part for part in (line.source_unit, line.source_person, line.phone) if part),
            line.content,
            line.instruction,
            person_name(desk.view, line.handler or ""),
            line.result,
            line.corrects,
        )
        for line in lines
    ]
    print_rows(heads, rows, plain=args.plain)
    return 0


def _add_line(args: argparse.Namespace, desk: Desk) -> int:
    from floodready.duty.commands_log import write_log
    from floodready.duty.models_shift import Direction, LogKind

    made = write_log(
        desk.store,
        desk.act(),
        unit=the_unit(args, desk),
        kind=LogKind(args.kind),
        content=args.add,
        at=desk.instant_given(args.time),
        direction=Direction.OUT if args.out else Direction.IN,
        source_unit=args.source_unit,
        source_person=args.source_person,
        phone=args.phone,
        major=args.major,
        instruction=args.instruction,
        handler=args.handler,
        result=args.result,
        corrects=args.corrects,
        follow_up=args.follow_up,
        owner=args.owner,
        due_at=desk.instant_given(args.due),
    )
    return done(args, say("Line {line} is in the log.", line=made.id), made)


def show_follow_ups(args: argparse.Namespace, desk: Desk) -> int:
    """List what is open."""
    from floodready.duty.handover import open_items
    from floodready.organisation.lookup import person_name

    items = open_items(desk.view, the_unit(args, desk))
    if args.json:
        print_json({"follow_ups": items})
        return 0
    rows = [
        (
            item.id,
            item.task,
            person_name(desk.view, item.owner or ""),
            local_time(item.due_at, desk.zone) if item.due_at else "",
            item.state.word if item.state else "",
        )
        for item in items
    ]
    print_rows((say("Item"), say("Task"), say("Owner"), say("Due"), say("State")), rows, plain=args.plain)
    return 0


def assign_item(args: argparse.Namespace, desk: Desk) -> int:
    """Give an item its owner and due time."""
    from floodready.duty.commands_log import change_follow_up

    due = desk.instant_given(args.due)
    item = change_follow_up(
        desk.store, desk.act(), _item(args, desk), owner=args.owner, due_at=due, waiting=args.waiting
    )
    return done(args, say("{item} is noted.", item=item.id), item)


def finish_item(args: argparse.Namespace, desk: Desk) -> int:
    """Close an item."""
    from floodready.duty.commands_log import finish_follow_up

    item = finish_follow_up(desk.store, desk.act(), _item(args, desk), result=args.result)
    return done(args, say("{item} is done.", item=item.id), item)


def _item(args: argparse.Namespace, desk: Desk) -> FollowUp:
    from floodready.duty.models_shift import FollowUp

    return require(desk, FollowUp, args.item)


def begin_or_show(args: argparse.Namespace, desk: Desk) -> int:
    """Begin the handover that is due, or show the one that waits for signatures."""
    from floodready.duty.commands_shift import begin_handover

    unit = the_unit(args, desk)
    handover = _open_handover(unit, desk)
    if handover is not None:
        if args.json:
            print_json({"handover": handover, "completed_at": handover.completed_at})
        else:
            _print_handover(desk, handover)
        return 0
    begun = begin_handover(desk.store, desk.act(), unit=unit, zone=desk.zone, remarks=args.remarks)
    return _written(args, desk, say("Handover {handover} has begun.", handover=begun.id), begun)


def sign_open(args: argparse.Namespace, desk: Desk) -> int:
    """Sign the open handover."""
    from floodready.duty.commands_shift import sign_handover

    handover = _open_handover(the_unit(args, desk), desk)
    if handover is None:
        raise Refused(say("No handover is open. Begin it: floodready duty handover"))
    signed = sign_handover(desk.store, desk.act(), handover, outgoing=args.side == "out", zone=desk.zone)
    return _written(args, desk, say("Handover {handover} is signed.", handover=signed.id), signed)


def _open_handover(unit: str, desk: Desk) -> Handover | None:
    from floodready.duty.models_shift import Handover

    return next((held for held in desk.store.find(Handover, unit=unit) if held.completed_at is None), None)


def _written(args: argparse.Namespace, desk: Desk, told: Sentence, handover: Handover) -> int:
    """Tell a script what was done, and people what the sides go through and who signs next."""
    if args.json:
        return done(args, told, handover, completed_at=handover.completed_at)
    _print_handover(desk, handover)
    return 0


def _print_handover(desk: Desk, handover: Handover) -> None:
    from floodready.duty.handover_told import handover_told

    for sentence in handover_told(desk.store, handover, desk.zone):
        print(sentence)
    if handover.completed_at is not None:
        print(say("Signed by both sides. The shift's log is closed."))
    elif handover.signed_out_by is None:
        print(say("The outgoing side must sign: floodready duty sign out"))
    else:
        print(say("The incoming side must sign: floodready duty sign in"))


def record_check(args: argparse.Namespace, desk: Desk) -> int:
    """Record a post check; a bare word records none, because a miss asks the unit's head to explain it."""
    from floodready.duty.check_told import check_receipt
    from floodready.duty.commands_log import check_post

    if args.whom is None and not (args.nobody or args.absent or args.forwarded):
        raise WrongUsage(say("Say who answered: --whom; or that nobody did: --nobody."))
    made = check_post(
        desk.store,
        desk.act(),
        unit=the_unit(args, desk),
        method=args.method,
        on_site=not args.absent,
        zone=desk.zone,
        whom=args.whom,
        rings=args.rings,
        forwarded=args.forwarded,
    )
    return done(args, check_receipt(desk.store, made, desk.zone), made)
