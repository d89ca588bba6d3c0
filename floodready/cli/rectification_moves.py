"""`floodready hazard` and `task`: one verb for each row of the table of moves."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from floodready.cli.answering import Verb, done
from floodready.cli.times import day
from floodready.clock import local_day
from floodready.language import say, verbatim
from floodready.rectification.models import FiveFixes, SixParts
from floodready.rectification.states import Grade
from floodready.rectification.transitions import MOVES, ZONED, Move, MoveName, move_named
from floodready.refusal import WrongUsage

if TYPE_CHECKING:
    from floodready.cli.desk import Desk

_TEXTS = {
    MoveName.REPORT_PROGRESS: ("text",),
    MoveName.PROTECT: ("interim",),
    MoveName.SUBMIT: ("result",),
    MoveName.REJECT: ("conclusion",),
    MoveName.REFUSE_EXTENSION: ("answer",),
    MoveName.ESCALATE: ("cause",),
    MoveName.MERGE: ("into",),
    MoveName.REOPEN: ("description",),
}
"""The words a move needs, in the order in which they are typed."""


def add_to(verb: Verb, moves: Iterable[Move] = MOVES) -> None:
    """Add a verb for each move."""
    for move in moves:
        parser = verb(move.name.value, move.word, run_move)
        parser.set_defaults(move=move.name)
        parser.add_argument("finding", metavar="NUMBER", help=record_told())
        for text in _TEXTS.get(move.name, ()):
            parser.add_argument(text)
        _add_own(parser, move.name)


def record_told() -> str:
    """Say in a help what names a record."""
    return str(say("number of the record: floodready hazard list, or task list"))


def run_move(args: argparse.Namespace, desk: Desk) -> int:
    """Make a move. Raises what its command refuses."""
    from floodready.rectification import commands
    from floodready.rectification.views import made_told

    name: MoveName = args.move
    command: Any = getattr(commands, _COMMANDS.get(name, name.value.replace("-", "_")))
    words = {text: getattr(args, text) for text in _TEXTS.get(name, ())} | _own_words(args, desk)
    if name in ZONED:
        words["zone"] = desk.zone
    made = command(desk.store, desk.act(), finding=args.finding, **words)
    return done(args, made_told(desk.store, move_named(name), made), made)


_COMMANDS = {MoveName.REPORT_PROGRESS: "report_progress", MoveName.DELIST: "delist"}


def _add_own(parser: argparse.ArgumentParser, name: MoveName) -> None:
    match name:
        case MoveName.GRADE:
            parser.add_argument("grade", type=Grade, choices=list(Grade))
            parser.add_argument("basis", help=str(say("the criterion by which it is graded")))
        case MoveName.ASSIGN:
            parser.add_argument("responsible", metavar="PERSON")
            parser.add_argument("deadline", type=day)
            parser.add_argument("--measures", default="")
            parser.add_argument("--interim", default="")
            for kind, cls in (("fix", FiveFixes), ("part", SixParts)):
                names = ", ".join(field.name for field in fields(cls))
                parser.add_argument(f"--{kind}", action="append", default=[], metavar="NAME=TEXT", help=names)
        case MoveName.ACCEPT:
            parser.add_argument(
                "--on", type=day, metavar="DAY", help=str(say("the day of acceptance; without it, today"))
            )
            for text in ("place", "conclusion", "evidence"):
                parser.add_argument(f"--{text}", required=True)
        case MoveName.ASK_EXTENSION:
            parser.add_argument("until", type=day)
            parser.add_argument("why")
        case MoveName.GRANT_EXTENSION:
            parser.add_argument("--answer", default="")
        case MoveName.REOPEN:
            parser.add_argument("--found-on", type=day, metavar="DAY")


def _own_words(args: argparse.Namespace, desk: Desk) -> dict[str, Any]:
    today = local_day(desk.clock.now(), desk.zone)
    match args.move:
        case MoveName.GRADE:
            return {"grade": args.grade, "basis": args.basis}
        case MoveName.ASSIGN:
            return {
                "responsible": args.responsible,
                "deadline_on": args.deadline,
                "measures": args.measures,
                "interim": args.interim,
                "fixes": _fixes(args.fix),
                "plan": SixParts(**_pairs(args.part, SixParts)) if args.part else None,
            }
        case MoveName.ACCEPT:
            words = {name: getattr(args, name) for name in ("place", "conclusion", "evidence")}
            return {**words, "on": args.on or today}
        case MoveName.ASK_EXTENSION:
            return {"until": args.until, "reason": args.why}
        case MoveName.GRANT_EXTENSION:
            return {"answer": args.answer}
        case MoveName.REOPEN:
            return {"found_on": args.found_on or today}
    return {}


def _fixes(given: list[str]) -> FiveFixes | None:
    if not given:
        return None
    pairs: dict[str, Any] = dict(_pairs(given, FiveFixes))
    if "money" in pairs:
        if not pairs["money"].isdecimal():
            raise WrongUsage(say("Money is a whole number of fen, not “{text}”.", text=verbatim(pairs["money"])))
        pairs["money"] = int(pairs["money"])
    return FiveFixes(**pairs)


def _pairs(given: list[str], cls: type[Any]) -> dict[str, str]:
    known = {field.name for field in fields(cls)}
    pairs = {name: text for name, _, text in (item.partition("=") for item in given)}
    for name in pairs:
        if name not in known:
            raise WrongUsage(
                say("“{name}” is none of: {known}", name=verbatim(name), known=verbatim(", ".join(sorted(known))))
            )
    return pairs
