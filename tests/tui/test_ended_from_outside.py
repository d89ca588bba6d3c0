"""A program on a terminal that is told to end, or whose line is cut: nothing typed is lost, the terminal is as before.

A real program on a real terminal. The test waits for what it draws, never for time.
"""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys
import termios
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from floodready.organisation.commands_terminals import sign_in
from floodready.organisation.models import Person, Unit, UnitKind
from floodready.organisation.permissions import Role
from floodready.store.contract import SYSTEM, Act
from floodready.store.journal_store import JournalStore

NEW_UNIT = "A new unit"


class Window:
    """A terminal with a program in it."""

    def __init__(self, folder: Path, *words: str) -> None:
        self._ours, self._theirs = pty.openpty()
        termios.tcsetwinsize(self._theirs, (24, 80))
        self.before = termios.tcgetattr(self._theirs)
        state = {"XDG_STATE_HOME": folder / "state", "XDG_CONFIG_HOME": folder / "config"}
        self.program = subprocess.Popen(
            [sys.executable, "-m", "floodready", "--lang", "en", "--store", str(folder / "store"), *words],
            stdin=self._theirs, stdout=self._theirs, stderr=self._theirs, start_new_session=True,
            preexec_fn=lambda: _take_terminal(self._theirs),
            env={**os.environ, "TERM": "xterm-256color", "FLOODREADY_TERMINAL": "duty-room",
                 **{name: str(path) for name, path in state.items()}},
        )  # fmt: skip
        self.drawn = ""

    def wait_for(self, words: str) -> None:
        """Read what is drawn until these words are."""
        while words not in self.drawn:
            self.drawn += self._read()

    def look(self) -> None:
        """Take what is drawn by now, if anything is."""
        with suppress(BlockingIOError):
            os.set_blocking(self._ours, False)
            self.drawn += self._read()

    def press(self, keys: str) -> None:
        os.write(self._ours, keys.encode())

    def settings(self) -> list[Any]:
        """Tell how the terminal is set: whether it echoes and the like."""
        return termios.tcgetattr(self._theirs)

    def end(self) -> int:
        """Read to the end of the program and give its exit code."""
        os.set_blocking(self._ours, False)
        while self.program.poll() is None:
            with suppress(BlockingIOError, OSError):
                self.drawn += self._read()
        with suppress(BlockingIOError, OSError):
            while True:
                self.drawn += self._read()
        return self.program.wait()

    def hang_up(self) -> int:
        """Cut the line, as a closed window or a lost network does, and give the exit code."""
        os.close(self._theirs)
        os.close(self._ours)
        self._ours = self._theirs = -1
        return self.program.wait()

    def close(self) -> None:
        if self.program.poll() is None:
            self.program.kill()
            self.program.wait()
        for number in (self._ours, self._theirs):
            if number >= 0:
                os.close(number)

    def _read(self) -> str:
        return os.read(self._ours, 1 << 16).decode(errors="replace")


def _take_terminal(number: int) -> None:
    import fcntl

    fcntl.ioctl(number, termios.TIOCSCTTY, 0)


@contextmanager
def window(folder: Path, *words: str) -> Iterator[Window]:
    with closing(Window(folder, *words)) as opened:
        yield opened


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with JournalStore.create(tmp_path / "store") as made:
        with made.transaction(Act(person=SYSTEM, terminal="set-up"), "set up") as tx:
            tx.put(Unit(id="city", name="City", kind=UnitKind.HEADQUARTERS))
            tx.put(Person(id="li", name="Li Wei", unit="city", roles=(Role.ADMINISTRATOR,)))
        sign_in(made, Act(person="li", terminal="duty-room"), pin=None)
    return tmp_path


def typing(opened: Window) -> None:
    opened.wait_for("Board")
    opened.press("7")
    opened.wait_for("Li Wei")
    opened.press("n")
    opened.wait_for(NEW_UNIT)
    opened.press("Yiluo")
    opened.wait_for("Yiluo")


def stands_again(folder: Path) -> None:
    with window(folder) as opened:
        opened.wait_for("Board")
        opened.press("7")
        opened.wait_for("Li Wei")
        opened.press("n")
        opened.wait_for("Not recorded: you typed this until")
        opened.wait_for("Yiluo")


@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGINT])
def test_a_program_told_to_end_leaves_the_terminal_as_it_was_and_keeps_what_is_typed(
    folder: Path, told: signal.Signals
) -> None:
    with window(folder) as opened:
        typing(opened)
        opened.program.send_signal(told)
        assert opened.end() == 128 + told
        assert opened.settings() == opened.before
        assert "\x1b[?1049l" in opened.drawn, "the screen before stands there again"
        assert "\x1b[?25h" in opened.drawn, "the cursor too"
        assert "Traceback" not in opened.drawn
    stands_again(folder)


def test_a_line_that_is_cut_ends_the_program_and_keeps_what_is_typed(folder: Path) -> None:
    with window(folder) as opened:
        typing(opened)
        while not any(b"Yiluo" in kept.read_bytes() for kept in folder.glob("state/floodready/drafts/*.draft")):
            opened.look()
        assert opened.hang_up() == -signal.SIGHUP
    stands_again(folder)


def test_the_wall_that_is_told_to_end_leaves_the_terminal_as_it_was(folder: Path) -> None:
    with window(folder, "wall") as opened:
        opened.wait_for("City")
        opened.program.send_signal(signal.SIGTERM)
        assert opened.end() == 128 + signal.SIGTERM
        assert opened.settings() == opened.before
