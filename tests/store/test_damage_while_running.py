"""What happens to a journal's files while programs have it open: noticed, told, and nothing written on top."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from floodready.refusal import StoreProblem
from floodready.store.disk import RealHandle
from floodready.store.journal_store import JournalStore
from floodready.store.limits import Limits
from floodready.store.segments import without_room
from floodready.store.verify import verify
from tests.store.papers import CLOCK, first_segment, ids, write


def edit_in_place(path: Path) -> None:
    """Change a byte of the second line, as a hand with an editor of bytes or a failing disk does."""
    with path.open("r+b") as file:
        file.seek(path.read_bytes().index(b'"name":"b"') + 8)
        file.write(b"q")


def spoil_the_end(path: Path) -> None:
    """Change the hash of the last line."""
    with path.open("r+b") as file:
        file.seek(len(without_room(path.read_bytes())) - 10)
        file.write(b"xxxx")


def save_with_an_editor(path: Path) -> None:
    """Change a byte of the second line and put the file in its own place, as most editors save."""
    new = path.with_name("new")
    new.write_bytes(path.read_bytes().replace(b'"name":"b"', b'"name":"q"'))
    new.replace(path)


def cut_off(path: Path) -> None:
    os.truncate(path, 10)


def empty(path: Path) -> None:
    os.truncate(path, 0)


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (spoil_the_end, "line 3,"),
        (save_with_an_editor, "line 2,"),
        (cut_off, "line 1,"),
        (empty, "line 1,"),
        (Path.unlink, "cannot be read: no such file"),
    ],
)
def test_a_running_program_notices_that_confirmed_lines_are_gone_and_goes_on_showing_them(
    store: JournalStore, other: JournalStore, spoil: Callable[[Path], None], told: str
) -> None:
    for name in "abc":
        write(store, name)
    other.refresh()
    spoil(first_segment(store.folder))
    store.refresh()
    assert told in str(store.damage)
    assert "floodready restore" in str(store.damage)
    assert ids(store) == ["a", "b", "c"]
    with pytest.raises(StoreProblem, match=told):
        write(store, "d")
    assert not list(store.folder.glob("torn-*"))
    if spoil is not spoil_the_end:  # the last line alone: nobody told the other program that it is on disk
        other.refresh()
        assert told in str(other.damage)
        with pytest.raises(StoreProblem, match=told):
            write(other, "e")


def test_the_open_segment_is_not_asked_for_itself_while_no_name_in_its_folder_changes(
    store: JournalStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(store, "a")
    looks: list[bool] = []
    look = RealHandle.in_place

    def counted(handle: RealHandle) -> bool:
        looks.append(look(handle))
        return looks[-1]

    monkeypatch.setattr(RealHandle, "in_place", counted)
    os.utime(first_segment(store.folder).parent, (0, 0))
    for name in "bcd":
        write(store, name)
    assert looks == [True]
    save_with_an_editor(first_segment(store.folder))
    with pytest.raises(StoreProblem, match="line 2,"):
        write(store, "e")
    assert looks == [True, False, False]


def test_a_byte_changed_in_a_line_that_was_read_is_found_when_the_store_is_looked_over(
    store: JournalStore, other: JournalStore
) -> None:
    for name in "abc":
        write(store, name)
    for program in (store, other):
        program.refresh()
        program.look_over()
        assert program.damage is None
    edit_in_place(first_segment(store.folder))
    for program in (store, other):
        program.look_over()
        assert "line 2," in str(program.damage)
        assert ids(program) == ["a", "b", "c"]
        with pytest.raises(StoreProblem, match=r"line 2,"):
            write(program, "d")


@pytest.mark.parametrize("packed", [True, False])
def test_a_byte_changed_in_a_closed_segment_is_found_when_the_store_is_looked_over(
    tmp_path: Path, packed: bool
) -> None:
    limits = Limits(segment_bytes=300)
    with JournalStore.create(tmp_path / "store", clock=CLOCK, limits=limits) as store:
        for name in "abcd":
            write(store, name)
        if packed:
            store.keep_up()
        store.look_over()
        store.keep_up()
        store.look_over()
        assert store.damage is None
        path = sorted((store.folder / "gen-0001").iterdir())[1]
        content = bytearray(path.read_bytes())
        content[60] ^= 1
        path.write_bytes(content)
        store.look_over()
        assert path.name.removesuffix(".gz") in str(store.damage)
        assert ids(store) == [*"abcd"]


def test_the_same_lines_in_another_file_are_read_on_and_written_to(store: JournalStore, other: JournalStore) -> None:
    write(store, "a")
    path = first_segment(store.folder)
    shutil.copyfile(path, path.with_name("new"))
    path.with_name("new").replace(path)
    write(store, "b")
    write(other, "c")
    store.refresh()
    assert ids(store) == ids(other) == ["a", "b", "c"]
    assert verify(store.folder).transactions == 3


def test_a_store_whose_file_was_put_back_goes_on(store: JournalStore) -> None:
    write(store, "a")
    path = first_segment(store.folder)
    path.rename(path.with_name("away"))
    store.refresh()
    assert "no such file" in str(store.damage)
    path.with_name("away").rename(path)
    store.look_over()
    assert str(store.damage) == "None"
    write(store, "b")
    assert verify(store.folder).transactions == 2


def test_a_journal_cut_off_before_its_snapshot_is_damaged_for_a_new_start_too(store: JournalStore) -> None:
    for name in "abc":
        write(store, name)
    store.keep_up()
    path = first_segment(store.folder)
    lines = without_room(path.read_bytes()).splitlines(keepends=True)
    path.write_bytes(lines[0])
    with JournalStore.open(store.folder, clock=CLOCK) as again:
        assert "line 2," in str(again.damage)
        with pytest.raises(StoreProblem, match=r"line 2,"):
            write(again, "d")
