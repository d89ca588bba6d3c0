"""`floodready duty checks`, `explain`, `accept-explanation`, `round`, `called`: post checks, call rounds."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from floodready.cli.answering import Verb, done, require
from floodready.cli.duty_answers import the_unit
from floodready.cli.output import print_json, print_rows
from floodready.clock import local_day, local_time
from floodready.language import Sentence, say, say_as
from floodready.refusal import Refused

if TYPE_CHECKING:
    from floodready.cli.desk import Desk
    from floodready.duty.models_shift import CallRound, PostCheck


def add_to(verb: Verb) -> None:
    """Add the verbs of checks and call rounds."""
    verb("checks", say("post checks, and which still need a written explanation"), show_checks)
    explain = verb("explain", say("answer a missed post check in writing"), explain_one)
    explain.add_argument("check")
    explain.add_argument("explanation")
    accept = verb(
        "accept-explanation", say("accept the explanation of a missed check; its record is closed"), accept_one
    )
    accept.add_argument("check")
    begin = verb("round", say("show the open call round, or begin one with --new"), show_or_begin_round)
    begin.add_argument("--new", action="store_true")
    begin.add_argument("--only", action="append", default=[], metavar="PERSON", help=str(say("call only this person")))
    called = verb("called", say("note how a call of the round ended"), note_call)
    called.add_argument("who", help=str(say("the code of who was called")))
    called.add_argument("answer", choices=("reached", "no answer", "wrong number", "changed"))
    called.add_argument("--number", help=str(say("without it, the next one to dial")))


def show_checks(args: argparse.Namespace, desk: Desk) -> int:
    """List the post checks, the latest first."""
    from floodready.duty.models_shift import PostCheck
    from floodready.organisation.lookup import person_name

    unit = the_unit(args, desk)
    checks = sorted(desk.view.find(PostCheck, unit=unit), key=lambda check: check.at, reverse=True)
    if args.json:
        print_json({"unit": unit, "checks": checks})
        return 0
    rows = [
        (
            check.id,
            local_time(check.at, desk.zone),
            check.method,
            person_name(desk.view, check.whom or ""),
            say_as("a post check", "missed") if check.missed else say("manned"),
            check.explanation,
            person_name(desk.view, check.accepted_by or ""),
        )
        for check in checks
    ]
    heads = (say("Check"), say("Time"), say("Method"), say("Who answered"), say("Result"), say("Explanation"),
             say("Accepted by"))  # fmt: skip
    print_rows(heads, rows, plain=args.plain)
    return 0


def explain_one(args: argparse.Namespace, desk: Desk) -> int:
    """Explain a missed check."""
    from floodready.duty.commands_log import explain_check

    made = explain_check(desk.store, desk.act(), _check(args, desk), explanation=args.explanation)
    return done(args, say("Check {check} is explained.", check=made.id), made)


def accept_one(args: argparse.Namespace, desk: Desk) -> int:
    """Accept the explanation of a missed check."""
    from floodready.duty.commands_log import accept_explanation

    made = accept_explanation(desk.store, desk.act(), _check(args, desk), zone=desk.zone)
    told = say("The explanation of check {check} is accepted; the record that asked for it is closed.", check=made.id)
    return done(args, told, made)


def _check(args: argparse.Namespace, desk: Desk) -> PostCheck:
    from floodready.duty.models_shift import PostCheck

    return require(desk, PostCheck, args.check)


def show_or_begin_round(args: argparse.Namespace, desk: Desk) -> int:
    """Show the latest round; with --new begin one."""
    from floodready.duty.commands_log import begin_call_round

    unit = the_unit(args, desk)
    if not args.new:
        return _show(args, desk, _latest(unit, desk))
    begun = begin_call_round(
        desk.store, desk.act(), unit=unit, today=local_day(desk.at, desk.zone), people=tuple(args.only)
    )
    return _written(args, desk, say("Call round {round} has begun.", round=begun.id), begun)


def note_call(args: argparse.Namespace, desk: Desk) -> int:
    """Note one call of the latest round."""
    from floodready.duty.call_round import number_to_dial
    from floodready.duty.commands_log import record_call
    from floodready.duty.models_shift import CallAnswer
    from floodready.organisation.lookup import require_serving

    held = _latest(the_unit(args, desk), desk)
    today = local_day(desk.at, desk.zone)
    person = require_serving(desk.store, args.who, today)
    made = record_call(
        desk.store,
        desk.act(),
        held,
        person=args.who,
        number=args.number or number_to_dial(person, held),
        answer=CallAnswer(args.answer),
        today=today,
    )
    return _written(args, desk, say("The call is noted."), made)


def _written(args: argparse.Namespace, desk: Desk, told: Sentence, held: CallRound) -> int:
    """Tell a script what was done, and people what is left to do."""
    return done(args, told, held) if args.json else _show(args, desk, held)


def _latest(unit: str, desk: Desk) -> CallRound:
    from floodready.duty.models_shift import CallRound

    rounds = sorted(desk.store.find(CallRound, unit=unit), key=lambda held: held.begun_at)
    if not rounds:
        raise Refused(say("No round yet. Begin one: floodready duty round --new"))
    return rounds[-1]


def _show(args: argparse.Namespace, desk: Desk, held: CallRound) -> int:
    from floodready.duty.call_round import round_rows, still_to_call

    if args.json:
        print_json({"round": held})
        return 0
    rows = [(row.person, row.name, row.number, row.told) for row in round_rows(desk.store, held)]
    print_rows((say("Code"), say("Person"), say("Phone"), say("Answer")), rows, plain=args.plain)
    if not args.plain:
        print(say("{count} still to call.", count=still_to_call(held)))
    return 0
