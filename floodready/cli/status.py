"""`floodready status`: the readiness sentence and its reasons, for people, cron and monitoring."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from floodready.cli.output import print_json, print_rows
from floodready.language import say
from floodready.readiness.line import Colour, LineStatus

if TYPE_CHECKING:
    from floodready.cli.desk import Desk
    from floodready.readiness.assembly import Readiness

_EXIT = {Colour.GREEN: 0, Colour.AMBER: 1, Colour.RED: 2, Colour.GREY: 3}


def add_to(words: Any) -> None:
    """Add the word `status`."""
    status = words.add_parser("status", help=str(say("are we ready, why not, and what must be done next")))
    status.add_argument("--all", action="store_true", help=str(say("also the lines that are in order")))
    status.add_argument("--explain", metavar="LINE", help=str(say("the arithmetic behind one line")))
    status.add_argument("--exit-code", action="store_true", help=str(say("0 ready, 1 watch, 2 not ready, 3 not known")))
    status.set_defaults(run=run_status)


def run_status(args: argparse.Namespace, desk: Desk) -> int:
    """Answer; with --exit-code the colour is the exit code."""
    from floodready.readiness.assembly import readiness

    answer = readiness(desk.view, desk.at, desk.zone)
    if args.explain:
        return _explain(args, answer)
    statuses = [line for unit in answer.units for line in unit.lines()] if args.all else list(answer.wrong)
    if args.json:
        print_json(_as_json(answer, statuses))
    else:
        print(answer.headline)
        if answer.units:
            print(answer.counts)
        heads = (say("State"), say("Class"), say("Unit"), say("Line"), say("Cause"), say("Next"))
        rows = [
            (f"{s.colour.mark} {s.colour.word}", s.line.importance, s.line.unit, s.line.subject, s.cause, s.act)
            for s in statuses
        ]
        if rows:
            print_rows(heads, rows, plain=args.plain)
    return _EXIT[answer.colour] if args.exit_code else 0


def _explain(args: argparse.Namespace, answer: Readiness) -> int:
    from floodready.language import verbatim
    from floodready.refusal import Refused

    found = next((s for unit in answer.units for s in unit.lines() if s.line.id == args.explain), None)
    if found is None:
        raise Refused(
            say(
                "There is no line {line}. See their names: floodready status --all --json",
                line=verbatim(args.explain),
            )
        )
    if args.json:
        print_json({"line": _line(found), "explanation": found.line.explanation})
        return 0
    print(f"{found.colour.mark} {found.colour.word}  {found.line.subject}")
    print(found.cause)
    for sentence in found.line.explanation:
        print(f"  {sentence}")
    if found.act is not None:
        print(say("Next: {act}.", act=found.act))
    return 0


def _as_json(answer: Readiness, statuses: list[LineStatus]) -> dict[str, Any]:
    return {
        "at": answer.at,
        "colour": answer.colour,
        "headline": answer.headline,
        "counts": answer.counts,
        "progress_percent": answer.progress,
        "lines": [_line(status) for status in statuses],
    }


def _line(status: LineStatus) -> dict[str, Any]:
    line = status.line
    return {
        "id": line.id,
        "unit": line.unit,
        "site": line.site,
        "capability": line.capability,
        "importance": line.importance,
        "kind": line.kind,
        "subject": line.subject,
        "colour": status.colour,
        "cause": status.cause,
        "act": status.act,
        "until": status.until,
    }
