"""The line of one transaction: JSON, with a hash over all of it and over the line before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

import orjson

from floodready.clock import read_instant, write_instant
from floodready.store.contract import Act, Change, Entry

NO_HASH = "0" * 64
"""What the first line names as the hash before it."""
_HASH_PART = b',"hash":"'
_TAIL = len(_HASH_PART) + 64 + len(b'"}')


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the journal, read and found whole in itself."""

    seq: int
    hash: str
    prev: str
    synced: int
    """The last transaction that its writer knew to be on disk when it wrote this line."""
    body: dict[str, Any]

    @property
    def closes(self) -> str | None:
        """The segment that follows, where this line closes its segment."""
        return self.body.get("closed")

    def entry(self) -> Entry:
        """Give the transaction."""
        body = self.body
        changes = (Change(table=t, id=i, before=before, after=after) for t, i, before, after in body["changes"])
        return Entry(
            seq=self.seq,
            at=read_instant(body["at"]),
            person=body["person"],
            terminal=body["terminal"],
            command=body["command"],
            command_id=body["command_id"],
            reason=body["reason"],
            changes=tuple(changes),
            hash=self.hash,
        )


class BrokenLine(ValueError):
    """The bytes are no whole line of a journal."""


def write_transaction(
    seq: int, at: datetime, act: Act, command: str, changes: Sequence[Change], prev: str, synced: int, **more: Any
) -> bytes:
    """Write the line of a transaction, with its line end. `more` is what else is worth keeping (answer, clock)."""
    body = {
        "seq": seq,
        "at": write_instant(at),
        "person": act.person,
        "terminal": act.terminal,
        "command": command,
        "command_id": act.command_id,
        "reason": act.reason,
        **more,
        "changes": [[change.table, change.id, change.before, change.after] for change in changes],
        "synced": synced,
        "prev": prev,
    }
    return _sealed(body)


def write_closing(seq: int, following: str, prev: str, synced: int) -> bytes:
    """Write the line that closes a segment and names the next; `seq` is that of the last transaction."""
    return _sealed({"seq": seq, "closed": following, "synced": synced, "prev": prev})


def read_line(raw: bytes) -> Line:
    """Read one line without its line end. Raises BrokenLine where it is not whole."""
    content, sealed = raw[:-_TAIL], raw[-_TAIL:]
    if not sealed.startswith(_HASH_PART) or sealed[len(_HASH_PART) : -2] != _hash(content):
        raise BrokenLine
    body = orjson.loads(raw)
    return Line(seq=body["seq"], hash=body["hash"], prev=body["prev"], synced=body["synced"], body=body)


def _sealed(body: dict[str, Any]) -> bytes:
    content = orjson.dumps(body, option=orjson.OPT_NON_STR_KEYS)[:-1]
    return b"".join((content, _HASH_PART, _hash(content), b'"}\n'))


def _hash(content: bytes) -> bytes:
    return sha256(content).hexdigest().encode()
