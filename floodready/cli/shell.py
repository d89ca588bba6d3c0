"""Words about the program itself: opening the screens and the wall, where files are, shell completion."""

from __future__ import annotations

import argparse
import os
from typing import TYPE_CHECKING, Any

from floodready.cli.numbers import some_seconds
from floodready.language import say
from floodready.refusal import WrongUsage

if TYPE_CHECKING:
    from floodready.cli.desk import Desk


def add_to(words: Any) -> None:
    """Add the words `open`, `wall`, `paths` and `completion`."""
    opened = words.add_parser("open", help=str(say("open the screens")))
    opened.add_argument(
        "--check",
        action="store_true",
        help=str(say("draw the board once without a terminal, then leave: a test of the installation")),
    )
    opened.set_defaults(run=open_screens)
    wall = words.add_parser("wall", help=str(say("the board for a big screen: read only, turns its pages by itself")))
    wall.add_argument("--seconds", type=some_seconds, default=15, help=str(say("how long a page stands; 3 at least")))
    wall.set_defaults(run=open_wall)
    paths = words.add_parser("paths", help=str(say("where the files of this program are")))
    paths.set_defaults(run=show_paths)
    completion = words.add_parser("completion", help=str(say("print the completion script of a shell")))
    completion.add_argument("shell", choices=("bash", "zsh", "fish"))
    completion.set_defaults(run=print_completion)


def open_screens(args: argparse.Namespace, desk: Desk) -> int:
    """Open the screens on the store; where there is none, ask what to begin with."""
    from floodready.tui.start import check_screens, open_screens

    if args.check:
        return check_screens(desk.store, terminal=desk.terminal)
    if desk.is_empty and _at_a_terminal():
        return _begin(args, desk)
    if not desk.is_empty:
        _require_terminal()
    return open_screens(desk.store, terminal=desk.terminal)


def _begin(args: argparse.Namespace, desk: Desk) -> int:
    from floodready.tui.start import ask_what_to_begin_with, open_screens

    beginning = ask_what_to_begin_with(desk.folder)
    if beginning is None:
        return 0
    if beginning.zone is None:
        return _open_demo(args)
    from floodready.store.journal_store import JournalStore

    JournalStore.create(desk.folder, clock=desk.clock, zone=beginning.zone).close()
    return open_screens(desk.store, terminal=desk.terminal)


def _open_demo(args: argparse.Namespace) -> int:
    """Open the demo where it always is, making it where there is none yet; whatever other store was asked for."""
    from floodready.cli.demo_store import DEMO_PERSON, make_demo
    from floodready.cli.desk import Desk
    from floodready.folders import demo_folder

    args.store, args.person = str(demo_folder()), args.person or DEMO_PERSON
    with Desk(args) as desk:
        if desk.is_empty:
            make_demo(desk.folder, desk, scale=0)
        return open_screens(args, desk)


def open_wall(args: argparse.Namespace, desk: Desk) -> int:
    """Open the wall on the store."""
    from floodready.tui.start import open_wall

    if args.seconds < _SHORTEST:
        raise WrongUsage(say("Nobody reads a page in less than 3 seconds. Give --seconds 3 or more."))
    _require_terminal()
    return open_wall(desk.store, seconds=args.seconds)


_SHORTEST = 3


def _at_a_terminal() -> bool:
    return os.isatty(0) and os.isatty(1)


def _require_terminal() -> None:
    if not _at_a_terminal():
        raise WrongUsage(
            say("The screens need a terminal. For scripts there are commands, like: floodready status --json")
        )


def show_paths(args: argparse.Namespace, desk: Desk) -> int:
    """Tell where the store, the settings and the drafts are."""
    from floodready.cli.output import print_json, print_rows
    from floodready.folders import demo_folder, drafts_folder, settings_file

    places = {"store": desk.folder, "demo": demo_folder(), "settings": settings_file(), "drafts": drafts_folder()}
    if args.json:
        print_json({name: str(path) for name, path in places.items()})
        return 0
    rows = [(name, path, say("exists") if path.exists() else say("not yet")) for name, path in places.items()]
    print_rows((say("What"), say("Where"), say("State")), rows, plain=args.plain)
    return 0


def print_completion(args: argparse.Namespace, desk: Desk) -> int:
    """Print a completion script made from the parser itself."""
    from floodready.cli.app import parser
    from floodready.cli.completion import script
    from floodready.cli.output import print_json

    made = script(args.shell, parser())
    if args.json:
        print_json({"shell": args.shell, "content": made})
    else:
        print(made)
    return 0
