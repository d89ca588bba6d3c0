"""`floodready demo`: make a demo store from real public figures and open it."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from floodready.cli.answering import done
from floodready.cli.demo_store import DEMO_PERSON, make_demo, require_demo, throw_away
from floodready.cli.numbers import several
from floodready.language import say, verbatim

if TYPE_CHECKING:
    from pathlib import Path

    from floodready.cli.desk import Desk


def add_to(words: Any) -> None:
    """Add the word `demo`."""
    demo = words.add_parser("demo", help=str(say("make a demo store from real public figures and open it")))
    demo.add_argument("--new", action="store_true", help=str(say("make it again, throwing the old demo away")))
    demo.add_argument("--build-only", action="store_true", help=str(say("make it, but open no screens")))
    demo.add_argument(
        "--scale",
        type=several,
        default=0,
        metavar="N",
        help=str(say("add N made-up readings of past years, for benchmarks")),
    )
    demo.add_argument("--check", action="store_true", help=str(say("draw the board once without a terminal")))
    demo.set_defaults(run=run_demo)


def run_demo(args: argparse.Namespace, desk: Desk) -> int:
    """Make the demo store where there is none, and open it."""
    folder = _folder(args, desk)
    require_demo(folder)
    if args.new:
        throw_away(folder)
    if not (folder / "CURRENT").exists():
        make_demo(folder, desk, args.scale)
    args.store = str(folder)
    if args.build_only:
        told = say("The demo store is in {folder}. Look: floodready status --store {folder}",
                   folder=verbatim(str(folder)))  # fmt: skip
        return done(args, told, folder=str(folder))
    from floodready.cli.shell import open_screens

    args.person = args.person or DEMO_PERSON
    return open_screens(args, desk)


def _folder(args: argparse.Namespace, desk: Desk) -> Path:
    """Give the folder that is named, else the demo's own: never that of the office's store. Raises WrongUsage."""
    from floodready.chosen import store_named
    from floodready.folders import demo_folder

    return demo_folder() if args.store is None and store_named(None) is None else desk.folder
