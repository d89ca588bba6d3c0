"""`floodready brief`: the reports about the whole duty room, as Markdown, printable HTML or JSON."""

from __future__ import annotations

import argparse
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from floodready.cli.answering import add_overwrite, write_file
from floodready.cli.output import print_json
from floodready.language import say
from floodready.refusal import Refused

if TYPE_CHECKING:
    from floodready.cli.desk import Desk
    from floodready.exchange.paper import Block

_KINDS = ("shift", "daily", "season", "inspection")


def add_to(words: Any) -> None:
    """Add the word `brief`."""
    brief = words.add_parser(
        "brief", help=str(say("shift brief, daily brief, season report, inspection pack; for print"))
    )
    brief.add_argument("kind", choices=_KINDS)
    brief.add_argument("--unit", help=str(say("of this unit and those below it; without it, of all")))
    brief.add_argument(
        "--season", metavar="ID", help=str(say("which season; without it, the one that runs or ended last"))
    )
    brief.add_argument("--html", action="store_true", help=str(say("one printable page instead of Markdown")))
    brief.add_argument("--out", metavar="FILE", help=str(say("the file to write; .html makes a printable page")))
    add_overwrite(brief)
    brief.set_defaults(run=run_brief)


def run_brief(args: argparse.Namespace, desk: Desk) -> int:
    """Write a report, or print it."""
    from floodready.exchange.paper import as_file, as_html
    from floodready.reports.papers import Report, asked_about, paper_of

    if args.at and desk.at > desk.clock.now():
        raise Refused(say("A report tells what was or is. Ask for a time that has come, or use: floodready forecast"))
    asked = asked_about(desk.store, desk.view, desk.at, desk.zone, unit=args.unit)
    made = paper_of(Report(args.kind), asked, season=args.season)
    if args.json and not args.out:
        blocks = [_block_json(block) for block in made.blocks]
        print_json({"at": desk.at, "unit": asked.unit.id, "brief": args.kind, "title": made.title, "blocks": blocks})
        return 0
    return write_file(args, (as_html(made) if args.html else as_file(made, args.out or "")).encode(), args.out)


def _block_json(block: Block) -> dict[str, Any]:
    return {"kind": type(block).__name__.lower(), **{field.name: getattr(block, field.name) for field in fields(block)}}
