from __future__ import annotations

import os
import shutil
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest

from floodready.__main__ import main
from floodready.cli import status
from floodready.cli.desk import Desk
from floodready.clock import write_instant
from floodready.readiness import kept_on_disk, saved
from floodready.readiness.assembly import Readiness
from floodready.store.backup import back_up, restore
from floodready.store.contract import Act
from floodready.store.upkeep import keep_up
from tests.readiness.acts import Acting, make_room, phone, reading
from tests.readiness.more_acts import EVERY_ACT


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("saved") / "store"
    make_room(folder)
    return folder


class Terminal:
    """The command line on one store, at the time of its room; counts how often the answer is worked out."""

    def __init__(self, room: Acting, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        self.room, self.capsys, self.monkeypatch = room, capsys, monkeypatch
        self.worked_out = 0
        whole = status._answer

        def counting(desk: Desk) -> Readiness:
            self.worked_out += 1
            return whole(desk)

        monkeypatch.setattr(status, "_answer", counting)

    def says(self, *words: str) -> tuple[str, int]:
        self.monkeypatch.setenv("FLOODREADY_NOW", write_instant(self.room.clock.now()))
        code = main(["status", "--exit-code", "--store", str(self.room.store.folder), *words])
        told = self.capsys.readouterr()
        assert told.err == ""
        return told.out, code

    def says_anew(self, *words: str) -> tuple[str, int]:
        kept = {file: file.read_bytes() for file in (self.file, self.room.store.folder / kept_on_disk.NAME)}
        for file in kept:
            file.unlink()
        told = self.says(*words)
        for file, content in kept.items():
            file.write_bytes(content)
        return told

    @property
    def file(self) -> Path:
        return self.room.store.folder / saved.NAME


@pytest.fixture
def terminal(
    made: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Terminal:
    shutil.copytree(made, tmp_path / "store")
    return Terminal(Acting(tmp_path / "store", Random(7)), capsys, monkeypatch)


@pytest.mark.parametrize("seed", range(3))
def test_what_is_saved_is_what_would_be_worked_out_at_any_time_after_any_act(terminal: Terminal, seed: int) -> None:
    room = terminal.room
    room.random.seed(seed)
    recalled = 0
    for _ in range(8):
        room.do_something(EVERY_ACT)
        terminal.says()
        for minutes in (0, 1, room.random.randint(2, 600), 60 * 24):
            room.clock.instant += timedelta(minutes=minutes)
            before = terminal.worked_out
            told = terminal.says()
            recalled += terminal.worked_out == before
            assert told == terminal.says_anew()
    assert recalled > 8


def test_the_same_question_is_worked_out_once_until_something_is_entered(terminal: Terminal) -> None:
    first = terminal.says()
    assert terminal.says() == first
    assert terminal.worked_out == 1
    phone(terminal.room)
    terminal.says()
    assert terminal.worked_out == 2


def test_each_question_has_its_own_text(terminal: Terminal) -> None:
    told = [terminal.says(*words) for words in ((), ("--all",), ("--plain",), ("--lang", "zh"))]
    assert len(set(told)) == 4
    assert told == [terminal.says(*words) for words in ((), ("--all",), ("--plain",), ("--lang", "zh"))]
    assert terminal.worked_out == 4


def test_a_clock_set_back_is_answered_anew(terminal: Terminal) -> None:
    terminal.says()
    terminal.room.clock.instant -= timedelta(minutes=1)
    terminal.says()
    assert terminal.worked_out == 2


@pytest.mark.parametrize("place", [0, 9, 60, -3])
def test_a_damaged_file_is_ignored(terminal: Terminal, place: int) -> None:
    first = terminal.says()
    content = bytearray(terminal.file.read_bytes())
    content[place] ^= 1
    terminal.file.write_bytes(content)
    assert terminal.says() == first
    assert terminal.worked_out == 2


def test_a_file_of_another_program_is_ignored(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    terminal.says()
    monkeypatch.setattr(saved, "_program", ["other"])
    terminal.says()
    assert terminal.worked_out == 2


def test_a_restored_journal_is_answered_anew(terminal: Terminal, tmp_path: Path) -> None:
    store = terminal.room.store
    first = terminal.says()
    kept = tmp_path / "kept.backup"
    back_up(store, kept)
    reading(terminal.room)
    terminal.says()
    restore(store.folder, kept, Act(person="he", terminal="test"), clock=terminal.room.clock)
    assert terminal.says()[0].splitlines()[1:] == first[0].splitlines()[1:]
    assert terminal.worked_out == 3


def test_a_torn_line_or_a_new_segment_is_answered_anew(terminal: Terminal) -> None:
    store = terminal.room.store
    terminal.says()
    with store.journal.path.open("ab") as segment:
        segment.write(b'{"seq":')
    terminal.says()
    assert terminal.worked_out == 2
    reading(terminal.room)
    keep_up(store)
    assert terminal.says() == terminal.says_anew()


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="the administrator may write everywhere")
def test_a_folder_that_may_only_be_read_is_answered_all_the_same(terminal: Terminal) -> None:
    folder = terminal.room.store.folder
    folder.chmod(0o500)
    try:
        assert terminal.says() == terminal.says()
        assert not terminal.file.exists()
    finally:
        folder.chmod(0o700)


def test_a_disk_that_takes_nothing_is_answered_all_the_same(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("floodready.store.disk.put_file", full)
    assert terminal.says() == terminal.says()
    assert not terminal.file.exists()


def test_the_file_is_as_private_as_the_store(terminal: Terminal) -> None:
    terminal.says()
    assert terminal.file.stat().st_mode & 0o777 == terminal.room.store.journal.path.stat().st_mode & 0o777
