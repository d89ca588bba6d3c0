"""The words of the command line."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from floodready import __version__
from floodready.cli.asking import COMMON_DEFAULTS, answered
from floodready.cli.exit_codes import ExitCode
from floodready.cli.parsing import CommonParser, Help, Parser, nearest
from floodready.cli.times import TypedDay
from floodready.language import Sentence, say, verbatim
from floodready.refusal import Invalid, WrongUsage

if TYPE_CHECKING:
    from floodready.cli.desk import Desk


class Word(NamedTuple):
    """A first word: the module that knows it (imported only when the word is used) and what it is for."""

    module: str
    purpose: Sentence


WORDS: dict[str, Word] = {
    "open": Word("shell", say("open the screens (also without any word)")),
    "demo": Word("demo", say("make a demo store from real public figures and open it")),
    "status": Word("status", say("are we ready, why not, and what must be done next")),
    "explain": Word("readiness", say("a readiness line to its last movement")),
    "forecast": Word("readiness", say("every day to the season's end, if nothing is done")),
    "what-if": Word("readiness", say("what a response level would turn, and why")),
    "override": Word("readiness", say("a leader's colour over the computed one, for 72 h at most")),
    "checklist": Word("readiness", say("the pre-season check: all that is not ready")),
    "brief": Word("briefs", say("shift brief, daily brief, season report, inspection pack; for print")),
    "wall": Word("shell", say("the board for a big screen: read only, turns its pages by itself")),
    "setup": Word("signing", say("make a store with its first unit and administrator")),
    "sign-in": Word("signing", say("take this terminal")),
    "sign-out": Word("signing", say("leave this terminal")),
    "hand-over": Word("signing", say("give this terminal to the next person")),
    "terminals": Word("signing", say("who is signed in where")),
    "unit": Word("organisation", say("units: the tree, add, change, retire; the chain of responsibility")),
    "works": Word("organisation", say("works and sites of the units")),
    "post": Word("organisation", say("posts that rotas fill")),
    "person": Word("organisation", say("people: the staff list, phones, roles, PINs")),
    "season": Word("season", say("seasons: list, add, change, repeat for another year, remove")),
    "station": Word("season", say("stations: list, show, add, thresholds by day, import")),
    "reading": Word("season", say("readings: list, add, correct, import")),
    "warning": Word("season", say("warnings: list, record, decide, lift")),
    "level": Word("season", say("response level: suggested, declared, what applies, actions")),
    "report": Word("season", say("report clocks: due, sent, late; start one for an event")),
    "stock": Word("materials", say("stock: what is where; receive, issue, count, import")),
    "journal": Word("journal", say("who did what, when and why; undo")),
    "paths": Word("shell", say("where the files of this program are")),
    "verify": Word("keeping", say("prove that the store is whole")),
    "backup": Word("keeping", say("write a backup of the store")),
    "restore": Word("keeping", say("put a backup in the store's place; what was there is kept")),
    "upgrade": Word("keeping", say("bring an older program's store up to this program's format")),
    "drill": Word("drills", say("drills: what is owed, plan, script, run, rating, closing, papers")),
    "hazard": Word("rectification", say("hazards: find, grade, assign, rectify, re-check, close")),
    "task": Word("rectification", say("meeting tasks: order, answer, check")),
    "campaign": Word("rectification", say("campaigns: stages, lists, progress by unit")),
    "who": Word("duty", say("who is on duty now, or at --at, and who comes next")),
    "duty": Word("duty", say("gaps, timeline, swaps, leave, rotas, log, handover, checks")),
    "completion": Word("shell", say("print the completion script of a shell")),
}
"""Pillars add their words here, one line each."""


def run(words: Sequence[str]) -> int:
    """Do what the words ask for and give the exit code. Never raises for what a person, a file or a disk can cause."""
    return answered(words, lambda: _dispatch(words))


def parser(only: str | None = None) -> argparse.ArgumentParser:
    """Build the parser: of one first word, or of all (for help and completion)."""
    made = Parser(
        prog="floodready",
        description=str(say("Are we ready, why not, who is on duty, and what must be done next?")),
        epilog="\n".join(
            str(told)
            for told in (
                say("Without a word, the screens open. `floodready WORD --help` tells more."),
                say("Exit codes: 0 done, 1 refused, 2 usage, 3 the store, 4 only shown, 130 stopped."),
            )
        ),
        formatter_class=Help,
    )
    made.add_argument("--version", action="version", version=_version())
    made.set_defaults(**COMMON_DEFAULTS)
    groups = made.add_subparsers(dest="word", metavar="WORD", parser_class=CommonParser)
    for module in dict.fromkeys(word.module for name, word in WORDS.items() if only in (None, name)):
        import_module(f"floodready.cli.{module}").add_to(groups)
    return made


def _dispatch(words: Sequence[str]) -> int:
    place = _first_word(words)
    if place is None:
        # The common options stand behind a word: what is asked about the program itself goes without them.
        asked = [word for word in words if word in ("-h", "--help", "--version")]
        words, place = (asked, None) if asked else (["open", *words], 0)
    first = None if place is None else words[place]
    if place is not None:
        # argparse knows the common options behind the first word; people type them before it as well.
        before = [word for word in words[:place] if word != "--"]  # behind the word it would end the options
        words = [words[place], *before, *words[place + 1 :]]
    if first is not None and first not in WORDS:
        raise WrongUsage(_unknown(first))
    args, strange = parser(only=first).parse_known_args(list(words))
    if strange:
        args.asked_of.refuse_strange(strange)
    if args.word is None:
        parser().print_help()
        return ExitCode.DONE
    from floodready.cli.desk import Desk

    with Desk(args) as desk:
        _understand_days(args, desk)
        try:
            code: int = args.run(args, desk)
        except Invalid as refused:
            from floodready.cli.options import naming_options

            raise naming_options(refused, args.asked_of) from refused
    return code


def _understand_days(args: argparse.Namespace, desk: Desk) -> None:
    """Put days in the place of those that are understood only in the duty room's zone. Raises StoreProblem."""
    for name, held in vars(args).items():
        if isinstance(held, TypedDay):
            setattr(args, name, desk.day(held.text))


def _unknown(word: str) -> Sentence:
    near = nearest(word, WORDS)
    if near is not None:
        return say(
            "There is no “{word}”. Did you mean: {near}? See: {program} --help",
            word=verbatim(word),
            near=verbatim(f"floodready {near}"),
            program=verbatim("floodready"),
        )
    return say("There is no “{word}”. See: floodready --help", word=verbatim(word))


def _first_word(words: Sequence[str]) -> int | None:
    taking = {"--store", "--at", "--lang", "--as", "--terminal", "--reason", "--command-id"}
    value_follows = False
    for place, word in enumerate(words):
        if not value_follows and not word.startswith("-"):
            return place
        value_follows = not value_follows and word in taking
    return None


def _version() -> str:
    # importlib.metadata costs more than the whole of `status`: versions of others are told by `paths`.
    return f"floodready {__version__}, Python {sys.version.split()[0]}"
