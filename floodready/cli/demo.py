"""`floodready demo`: make a demo store from real public figures and open it."""

from __future__ import annotations

import argparse
import shutil
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from floodready.cli.numbers import several
from floodready.language import say, verbatim
from floodready.refusal import Refused

if TYPE_CHECKING:
    from floodready.cli.desk import Desk

MARK = "demo-store"
"""The file that marks a folder as a demo: only such a folder is ever made anew."""


def add_to(words: Any) -> None:
    """Add the word `demo`."""
    demo = words.add_parser("demo", help=str(say("make a demo store from real public figures and open it")))
    demo.add_argument("--new", action="store_true", help=str(say("make it anew, throwing the old demo away")))
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
    from floodready.folders import demo_folder

    folder = Path(args.store).expanduser().absolute() if args.store else demo_folder()
    if args.new:
        _throw_away(folder)
    if not (folder / "CURRENT").exists():
        _make(folder, desk, args.scale)
    args.store = str(folder)
    if args.build_only:
        print(
            say("The demo store is in {folder}. Look: floodready status --store {folder}", folder=verbatim(str(folder)))
        )
        return 0
    return _open(args, desk)


def open_demo(args: argparse.Namespace) -> int:
    """Open the demo where it always is, making it where there is none yet; whatever other store was asked for."""
    from floodready.cli.desk import Desk
    from floodready.folders import demo_folder

    args.store = str(demo_folder())
    with Desk(args) as desk:
        if desk.is_empty:
            _make(desk.folder, desk, scale=0)
        return _open(args, desk)


def _open(args: argparse.Namespace, desk: Desk) -> int:
    from floodready.cli.shell import open_screens

    args.person = args.person or "li"
    return open_screens(args, desk)


def _make(folder: Path, desk: Desk, scale: int) -> None:
    from floodready.demo.build import TERMINAL, build
    from floodready.organisation.commands_terminals import sign_in
    from floodready.store.contract import Act
    from floodready.store.disk import write_file

    # Made beside and put in place whole: a demo that was stopped half-way never looks like a store.
    making = folder.with_name(f"{folder.name}.making")
    shutil.rmtree(making, ignore_errors=True)
    with build(making, desk.clock.now(), scale) as store:
        sign_in(store, Act(person="li", terminal=desk.terminal))
        # By the store's own disk: the mark is no more open to others than what lies beside it.
        write_file(store.device, making / MARK, f"made by floodready demo at {TERMINAL}\n".encode())
    with suppress(FileNotFoundError):
        folder.rmdir()
    making.rename(folder)


def _throw_away(folder: Path) -> None:
    if not folder.exists():
        return
    if not (folder / MARK).exists():
        raise Refused(
            say(
                "{folder} is not a demo store; it is left as it is. Name another folder with --store.",
                folder=verbatim(str(folder)),
            )
        )
    shutil.rmtree(folder)
