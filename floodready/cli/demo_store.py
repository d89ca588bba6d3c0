"""The demo store as a folder: made whole, marked, and thrown away only where the mark says that it is one."""

from __future__ import annotations

import shutil
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from floodready.language import say, verbatim
from floodready.refusal import Refused

if TYPE_CHECKING:
    from floodready.cli.desk import Desk

MARK = "demo-store"
"""The file that marks a folder as a demo: only such a folder is ever made anew."""
DEMO_PERSON = "li"
"""Who is signed in at a demo's first terminal."""


def make_demo(folder: Path, desk: Desk, scale: int) -> None:
    """Make the demo store in a folder that holds none, with `scale` readings of past years on top."""
    from floodready.demo.build import TERMINAL, build
    from floodready.organisation.commands_terminals import sign_in
    from floodready.store.contract import Act
    from floodready.store.disk import write_file

    # Made beside and put in place whole: a demo that was stopped half-way never looks like a store.
    making = folder.with_name(f"{folder.name}.making")
    shutil.rmtree(making, ignore_errors=True)
    with build(making, desk.clock.now(), scale) as store:
        sign_in(store, Act(person=DEMO_PERSON, terminal=desk.terminal))
        # By the store's own disk: the mark is no more open to others than what lies beside it.
        write_file(store.device, making / MARK, f"made by floodready demo at {TERMINAL}\n".encode())
    with suppress(FileNotFoundError):
        folder.rmdir()
    making.rename(folder)


def require_demo(folder: Path) -> None:
    """Refuse a folder with something in it that is no demo: it is neither opened as one nor thrown away as one."""
    if (folder / MARK).exists() or not folder.exists():
        return
    if not folder.is_dir() or any(folder.iterdir()):
        raise Refused(
            say(
                "{folder} is not a demo store; it is left as it is. Name another folder with --store.",
                folder=verbatim(str(folder)),
            )
        )


def throw_away(folder: Path) -> None:
    """Delete a demo store, where there is one. The folder is one that `require_demo` let pass."""
    # First out of the way, in one step: one stopped half-way might have lost its mark and would be left as it is.
    thrown = folder.with_name(f"{folder.name}.thrown-away")
    shutil.rmtree(thrown, ignore_errors=True)
    if folder.exists():
        folder.rename(thrown)
        shutil.rmtree(thrown)
