"""Which command ids were used before, over the whole history, without keeping them all in memory.

Saved as two columns, sorted: the first 8 bytes of each id's hash, and the numbers of the entries. A find is proved by
reading that entry, so that two ids of one hash do no harm.
"""

from __future__ import annotations

import sys
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from hashlib import sha256
from typing import Any
from zlib import crc32

from floodready.json_text import read_json, write_json
from floodready.language import say, verbatim
from floodready.refusal import Refused
from floodready.store.contract import Act
from floodready.store.line import Facts

_WIDTH = 8


class CommandIds:
    """The ids of all entries up to `seq`: most of them in the sorted columns, the latest by their text."""

    def __init__(self, seq: int = 0, columns: bytes = b"") -> None:
        self.seq = seq
        numbers = _numbers(columns)
        half = len(numbers) // 2
        self._keys, self._seqs = numbers[:half], numbers[half:]
        self._recent: dict[str, int] = {}

    def add(self, command_id: str, seq: int) -> None:
        """Take in an entry's id; the first entry with an id counts."""
        self._recent.setdefault(command_id, seq)
        self.seq = seq

    def entries_of(self, command_id: str) -> Iterator[int]:
        """Give the numbers of the entries that may have this id, oldest first."""
        key = _key(command_id)
        at = bisect_left(self._keys, key)
        while at < len(self._keys) and self._keys[at] == key:
            yield self._seqs[at]
            at += 1
        if command_id in self._recent:
            yield self._recent[command_id]

    def saved(self, generation: str) -> bytes:
        """Give the form in which the ids are saved: one line of JSON, then the columns."""
        pairs = [*zip(self._keys, self._seqs, strict=True), *((_key(id), seq) for id, seq in self._recent.items())]
        pairs.sort()
        self._keys, self._seqs = array("Q", [key for key, _ in pairs]), array("Q", [seq for _, seq in pairs])
        self._recent = {}
        columns = _bytes(self._keys) + _bytes(self._seqs)
        return write_json({"generation": generation, "seq": self.seq, "check": crc32(columns)}) + b"\n" + columns


def load_command_ids(
    saved: bytes | None, generation: str, newest: int, lines: Callable[[int], Iterable[Facts]]
) -> CommandIds:
    """Rebuild from what was saved and the lines after it; from the lines alone where it does not fit."""
    ids = CommandIds()
    if saved is not None:
        head, _, columns = saved.partition(b"\n")
        try:
            told = read_json(head)
            fits = told["generation"] == generation and told["seq"] <= newest and told["check"] == crc32(columns)
        except (ValueError, KeyError, TypeError):
            fits = False
        if fits:
            ids = CommandIds(told["seq"], columns)
    for facts in lines(ids.seq):
        ids.add(facts["command_id"], facts["seq"])
    return ids


def first_answer(facts: Facts, act: Act, command: str) -> Any:
    """Give the answer of the entry that an act's command id led to, as the journal keeps it.

    Raises Refused where another command or another person used the id: the answer would be to another question.
    """
    if facts["command"] != command:
        raise Refused(
            say(
                "The command id was used before, by “{command}” (entry {seq}). Repeat without the id.",
                command=verbatim(facts["command"]),
                seq=facts["seq"],
            )
        )
    if facts["person"] != act.person:
        raise Refused(
            say(
                "{person} did this already, under the same command id (entry {seq}). "
                "If you mean another act, leave the id out.",
                person=verbatim(facts["person"]),
                seq=facts["seq"],
            )
        )
    return facts["answer"]


def _key(command_id: str) -> int:
    return int.from_bytes(sha256(command_id.encode()).digest()[:_WIDTH])


def _bytes(numbers: array[int]) -> bytes:
    if sys.byteorder == "little":
        return numbers.tobytes()
    swapped = array("Q", numbers)
    swapped.byteswap()
    return swapped.tobytes()


def _numbers(held: bytes) -> array[int]:
    numbers = array("Q")
    numbers.frombytes(held)
    if sys.byteorder != "little":
        numbers.byteswap()
    return numbers
