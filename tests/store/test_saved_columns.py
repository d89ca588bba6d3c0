"""What is saved beside the journal is taken for what it is only where it fits: command ids and the last segment."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from floodready.store.command_ids import CommandIds, load_command_ids
from floodready.store.line import Facts, confirmed_by
from floodready.store.segments import closing_line, without_room


def facts(seq: int) -> Facts:
    return {"command_id": f"c{seq}", "seq": seq, "synced": seq - 1}


def ids_of(count: int) -> CommandIds:
    held = CommandIds()
    for seq in range(1, count + 1):
        held.add(f"c{seq}", seq)
    return held


SAVED = ids_of(5).saved("G1")


def asked_from(saved: bytes | None, generation: str = "G1", newest: int = 7) -> list[int]:
    """Give the numbers after which lines were read, with all ids found whatever was saved."""
    asked: list[int] = []

    def lines(after: int) -> Iterator[Facts]:
        asked.append(after)
        return (facts(seq) for seq in range(after + 1, newest + 1))

    found = load_command_ids(saved, generation, newest, lines)
    assert found.seq == newest
    assert [list(found.entries_of(f"c{seq}")) for seq in range(1, newest + 1)] == [[n + 1] for n in range(newest)]
    assert list(found.entries_of("unknown")) == []
    return asked


def test_saved_ids_are_read_on_from_and_no_line_before_them() -> None:
    assert asked_from(SAVED) == [5]
    assert asked_from(SAVED, newest=5) == [5], "nothing came after"


@pytest.mark.parametrize(
    ("saved", "generation", "newest"),
    [
        (None, "G1", 7),
        (SAVED, "G2", 7),  # of another generation
        (SAVED, "G1", 4),  # of lines that the journal has no more
        (SAVED[:-1] + bytes([SAVED[-1] ^ 1]), "G1", 7),  # a byte fell over
        (SAVED[:-8], "G1", 7),
        (b"", "G1", 7),
        (b"{}\n", "G1", 7),
        (b"[]\n", "G1", 7),
    ],
)
def test_ids_that_do_not_fit_are_read_from_the_lines_anew(saved: bytes | None, generation: str, newest: int) -> None:
    assert asked_from(saved, generation, newest) == [0]


def test_an_id_used_twice_gives_its_entries_oldest_first() -> None:
    held = ids_of(2)
    held.add("c1", 3)
    assert list(held.entries_of("c1")) == [1], "the first entry with an id counts"
    held.saved("G1")
    held.add("c1", 4)
    assert list(held.entries_of("c1")) == [1, 4]
    held.saved("G1")
    assert list(held.entries_of("c1")) == [1, 4]
    assert held.seq == 4


@pytest.mark.parametrize(
    ("data", "kept"),
    [
        (b"", b""),
        (b"a\n", b"a\n"),
        (b"a\n\0\0\0", b"a\n"),
        (b"\0\0", b""),
        (b"a\n\0\0b\n", b"a\n\0\0b\n"),
        (b"\0b", b"\0b"),
    ],
)
def test_zeros_are_room_only_where_nothing_stands_behind_them(data: bytes, kept: bytes) -> None:
    assert without_room(data) == kept


def test_a_closing_line_confirms_itself_and_names_what_follows() -> None:
    last = {**facts(9), "hash": "x"}
    assert confirmed_by(last) == 8
    line = closing_line(last, "000000000010.jsonl")
    assert b'"next":"000000000010.jsonl"' in line
    assert b'"closed":true' in line
    assert confirmed_by({**last, "closed": True}) == 9
