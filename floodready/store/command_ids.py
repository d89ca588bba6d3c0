"""Which command ids were used before, over the whole history, without keeping them all in memory.

Saved as sorted records of 16 bytes: the first 8 bytes of the id's hash, and the number of the entry. A find is proved
by reading that entry, so that two ids of one hash do no harm.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from hashlib import sha256
from zlib import crc32

import orjson

from floodready.store.line import Facts

_RECORD = 16
_HALF = 8


class CommandIds:
    """The ids of all entries up to `seq`, sorted, and those after it as they come."""

    def __init__(self, seq: int = 0, records: bytes = b"") -> None:
        self.seq = seq
        self._records = records
        self._recent: dict[str, int] = {}

    def add(self, command_id: str, seq: int) -> None:
        """Take in an entry's id; the first entry with an id counts."""
        self._recent.setdefault(command_id, seq)
        self.seq = seq

    def entries_of(self, command_id: str) -> Iterator[int]:
        """Give the numbers of the entries that may have this id, oldest first."""
        records = self._records
        if records:
            key = _key(command_id)
            at = bisect_left(
                range(len(records) // _RECORD), key, key=lambda i: records[i * _RECORD : i * _RECORD + _HALF]
            )
            while records[at * _RECORD : at * _RECORD + _HALF] == key:
                yield int.from_bytes(records[at * _RECORD + _HALF : (at + 1) * _RECORD])
                at += 1
        if command_id in self._recent:
            yield self._recent[command_id]

    def saved(self, generation: str) -> bytes:
        """Give the form in which the ids are saved: one line of JSON, then the records."""
        old = self._records
        records = [old[at : at + _RECORD] for at in range(0, len(old), _RECORD)]
        records += [_key(id) + seq.to_bytes(_HALF) for id, seq in self._recent.items()]
        self._records, self._recent = b"".join(sorted(records)), {}
        return (
            orjson.dumps({"generation": generation, "seq": self.seq, "check": crc32(self._records)})
            + b"\n"
            + self._records
        )


def load_command_ids(
    saved: bytes | None, generation: str, newest: int, lines: Callable[[int], Iterable[Facts]]
) -> CommandIds:
    """Rebuild from what was saved and the lines after it; from the lines alone where it does not fit."""
    ids = CommandIds()
    if saved is not None:
        head, _, records = saved.partition(b"\n")
        try:
            told = orjson.loads(head)
            fits = told["generation"] == generation and told["seq"] <= newest and told["check"] == crc32(records)
        except (ValueError, KeyError, TypeError):
            fits = False
        if fits:
            ids = CommandIds(told["seq"], records)
    for facts in lines(ids.seq):
        ids.add(facts["command_id"], facts["seq"])
    return ids


def _key(command_id: str) -> bytes:
    return sha256(command_id.encode()).digest()[:_HALF]
