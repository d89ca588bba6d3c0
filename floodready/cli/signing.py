"""Words about the room itself: set-up, who is signed in at this terminal, handing it over."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from floodready.cli.answering import ask_pin, done, show
from floodready.language import say, verbatim
from floodready.organisation.lookup import person_name
from floodready.organisation.models import Pin
from floodready.refusal import StoreProblem
from floodready.store.contract import SYSTEM, Act
from floodready.zones import OUR_ZONE, zone_named

if TYPE_CHECKING:
    from floodready.cli.desk import Desk


def add_to(words: Any) -> None:
    """Add the words `setup`, `sign-in`, `sign-out`, `hand-over` and `terminals`."""
    _add_setup(words)
    _add_terminals(words)


def _add_setup(words: Any) -> None:
    setup = words.add_parser("setup", help=str(say("make a store with its first unit and administrator")))
    setup.add_argument("--unit", required=True, metavar="CODE", help=str(say("the code of the headquarters")))
    setup.add_argument("--unit-name", required=True, metavar="NAME")
    setup.add_argument("--admin", required=True, metavar="CODE", help=str(say("the code of the first administrator")))
    setup.add_argument("--admin-name", required=True, metavar="NAME")
    setup.add_argument("--admin-phone", metavar="NUMBER", help=str(say("the phone of the first administrator")))
    setup.add_argument("--zone", default=OUR_ZONE, help=str(say("the time zone of the duty room")))
    setup.add_argument("--pin", action="store_true", help=str(say("ask for a PIN (or read one line of input)")))
    setup.set_defaults(run=run_setup)


def _add_terminals(words: Any) -> None:
    whose = str(say("the person's code: floodready person list"))
    into = words.add_parser("sign-in", help=str(say("take this terminal")))
    into.add_argument("who", metavar="PERSON", help=whose)
    into.set_defaults(run=run_sign_in)
    words.add_parser("sign-out", help=str(say("leave this terminal"))).set_defaults(run=run_sign_out)
    over = words.add_parser("hand-over", help=str(say("give this terminal to the next person")))
    over.add_argument("who", metavar="PERSON", help=whose)
    over.set_defaults(run=run_hand_over)
    terminals = words.add_parser("terminals", help=str(say("who is signed in where")))
    terminals.set_defaults(run=list_terminals)


def run_setup(args: argparse.Namespace, desk: Desk) -> int:
    """Make the store and write the first unit and administrator."""
    from floodready.organisation.commands import set_up
    from floodready.store.journal_store import JournalStore

    zone_named(args.zone)
    pin = ask_pin(say("PIN of the administrator")) if args.pin else None
    try:
        store = JournalStore.create(desk.folder, clock=desk.clock, zone=args.zone)
    except StoreProblem:
        if not (desk.folder / "CURRENT").exists():
            raise
        # A store that nobody has set up yet may be set up; `set_up` refuses the others.
        store = desk.store
    with store:
        set_up(
            store,
            Act(person=SYSTEM, terminal=desk.terminal),
            unit=args.unit,
            unit_name=args.unit_name,
            person=args.admin,
            person_name=args.admin_name,
            phone=args.admin_phone,
            pin=pin,
        )
    return done(args, say("The store is in {folder}. Sign in: floodready sign-in {person}",
                          folder=verbatim(str(desk.folder)), person=verbatim(args.admin)))  # fmt: skip


def run_sign_in(args: argparse.Namespace, desk: Desk) -> int:
    """Put a person at this terminal."""
    from floodready.organisation import commands

    act = Act(person=args.who, terminal=desk.terminal, reason=args.reason)
    commands.sign_in(desk.store, act, pin=_pin_of(args.who, desk))
    return done(args, say("{person} is signed in at {terminal}.", person=person_name(desk.store, args.who),
                          terminal=verbatim(desk.terminal)))  # fmt: skip


def run_sign_out(args: argparse.Namespace, desk: Desk) -> int:
    """Leave this terminal."""
    from floodready.organisation import commands

    commands.sign_out(desk.store, desk.act())
    return done(args, say("Nobody is signed in at {terminal} now.", terminal=verbatim(desk.terminal)))


def run_hand_over(args: argparse.Namespace, desk: Desk) -> int:
    """Give this terminal to the next person."""
    from floodready.organisation import commands

    commands.hand_over(desk.store, desk.act(), to=args.who, pin=_pin_of(args.who, desk))
    return done(args, say("{person} is signed in at {terminal}.", person=person_name(desk.store, args.who),
                          terminal=verbatim(desk.terminal)))  # fmt: skip


def list_terminals(args: argparse.Namespace, desk: Desk) -> int:
    """Show who is signed in where."""
    from floodready.organisation.views import terminal_rows

    heads = (say("Terminal"), say("Person"), say("Since"))
    return show(args, desk, "terminals", heads, "id name since", terminal_rows(desk.view))


def _pin_of(person: str, desk: Desk) -> str | None:
    return (
        ask_pin(say("PIN of {person}", person=verbatim(person_name(desk.store, person))))
        if desk.store.get(Pin, person)
        else None
    )
