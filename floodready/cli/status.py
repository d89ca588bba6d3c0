"""`floodready status`: the readiness sentence and its reasons, for people, cron and monitoring."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from contextlib import redirect_stdout
from io import StringIO
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from floodready.cli.asking import COMMON_DEFAULTS
from floodready.cli.output import print_json, print_rows
from floodready.language import current_language, say
from floodready.readiness.alike import cause_told, subjects_told, together
from floodready.readiness.line import Colour, LineStatus

if TYPE_CHECKING:
    import argparse

    from floodready.cli.desk import Desk
    from floodready.readiness.assembly import Readiness
    from floodready.readiness.tree import Branch

_EXIT = {Colour.GREEN: 0, Colour.AMBER: 1, Colour.RED: 2, Colour.GREY: 3}


def add_to(words: Any) -> None:
    """Add the word `status`."""
    status = words.add_parser("status", help=str(say("are we ready, why not, and what must be done next")))
    status.add_argument("--all", action="store_true", help=str(say("every line for itself, also those in order")))
    status.add_argument("--tree", action="store_true", help=str(say("unit, site, capability, lines; the worst first")))
    status.add_argument("--exit-code", action="store_true", help=str(say("0 ready, 1 watch, 2 not ready, 3 not known")))
    status.set_defaults(run=run_status)


def run_status(args: argparse.Namespace, desk: Desk) -> int:
    """Answer; with --exit-code the colour is the exit code. What is printed is saved, for `said_again`."""
    with redirect_stdout(StringIO()) as printed:
        answer = _print_answer(args, desk)
    text, code = printed.getvalue(), _EXIT[answer.colour]
    sys.stdout.write(text)
    if not (args.json or args.at):
        from floodready.cli.said_again import question
        from floodready.readiness.saved import remember

        asked = question(current_language(), args.all, args.tree, args.plain)
        remember(desk.store, asked, (text, code), answer.at, answer.until)
    return code if args.exit_code else 0


def run_plainly(flags: set[str], values: Mapping[str, str]) -> int:
    """Answer a plain question that `said_again.asked` understood."""
    from floodready.cli.desk import Desk

    said = {name: f"--{name.replace('_', '-')}" in flags for name in ("all", "tree", "exit_code", "plain")}
    given = {"store": values.get("--store"), "lang": values.get("--lang")}
    args: Any = SimpleNamespace(**{**COMMON_DEFAULTS, **said, **given})
    with Desk(args) as desk:
        return run_status(args, desk)


def _answer(desk: Desk) -> Readiness:
    if desk.view is not desk.store:
        from floodready.readiness.assembly import readiness_then

        return readiness_then(desk.view, desk.at, desk.zone)
    from floodready.readiness.kept import KeptReadiness
    from floodready.readiness.kept_on_disk import keep_on_disk, kept_on_disk

    kept = KeptReadiness(desk.store, desk.zone, *kept_on_disk(desk.store))
    answer = kept.readiness(desk.at)
    keep_on_disk(desk.store, kept)
    return answer


def _print_answer(args: argparse.Namespace, desk: Desk) -> Readiness:
    from floodready.readiness.overriding import counted

    answer = _answer(desk)
    statuses = [line for unit in answer.units for line in unit.lines()] if args.all else list(answer.wrong)
    if args.json:
        tree = {"tree": [_branch_json(row) for row in _branches(desk, answer, args)]} if args.tree else {}
        print_json({**_as_json(answer, statuses), **tree})
    else:
        print(answer.headline)
        if answer.units:
            print(answer.counts)
        if (overrides := counted(line for unit in answer.units for line in unit.lines())) is not None:
            print(overrides)
        if args.tree:
            _print_tree(desk, answer, args)
            return answer
        heads = (say("State"), say("Class"), say("Unit"), say("Line"), say("Cause"), say("Next"))
        one_by_one = args.all or args.plain
        rows = [
            (*_light(group[0]), subjects_told(group), cause_told(group), group[0].act)
            for group in ([[status] for status in statuses] if one_by_one else together(statuses))
        ]
        if rows:
            print_rows(heads, rows, plain=args.plain)
    return answer


def _light(status: LineStatus) -> tuple[str, str, str]:
    return f"{status.colour.mark} {status.colour.word}", status.line.importance, status.line.unit


def _as_json(answer: Readiness, statuses: list[LineStatus]) -> dict[str, Any]:
    return {
        "at": answer.at,
        "colour": answer.colour,
        "headline": answer.headline,
        "counts": answer.counts,
        "progress_percent": answer.progress,
        "overrides": sum(s.overriding is not None for unit in answer.units for s in unit.lines()),
        "lines": [line_json(status) for status in statuses],
    }


def _branches(desk: Desk, answer: Readiness, args: argparse.Namespace) -> list[Branch]:
    from floodready.readiness.tree import branches, tree_of

    return list(branches(tree_of(desk.view, answer), all_lines=args.all))


def _print_tree(desk: Desk, answer: Readiness, args: argparse.Namespace) -> None:
    heads = (say("Unit, site, capability, line"), say("State"), say("Class"), say("Cause"), say("Next"))
    rows = [
        ("  " * row.depth + str(row.what), f"{row.colour.mark} {row.colour.word}", row.importance, row.cause, row.act)
        for row in _branches(desk, answer, args)
    ]
    print_rows(heads, rows, plain=args.plain)


def _branch_json(row: Branch) -> dict[str, Any]:
    line = row.status.line.id if row.status is not None else None
    told = {name: getattr(row, name) for name in ("depth", "what", "colour", "importance", "cause", "act")}
    return {**told, "line": line}


def line_json(status: LineStatus) -> dict[str, Any]:
    """Give a line's status as JSON answers show it: the shown colour and the computed one."""
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
        "computed": status.computed,
        "override": status.overriding.id if status.overriding is not None else None,
        "cause": status.cause,
        "act": status.act,
        "until": status.until,
    }
