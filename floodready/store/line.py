"""One transaction as one line of the journal: JSON, closed by a hash over itself and, through `prev`, over all before.

The hash is taken over the bytes as they stand in the file, up to the hash itself, so that proving a journal needs no
agreement on how JSON is written.
"""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from floodready.clock import read_instant
from floodready.json_text import read_json, write_json
from floodready.store.contract import Change, Entry

Facts = dict[str, Any]
"""A line as parsed: seq, at, person, terminal, command, command_id, reason, answer, changes, synced, prev, hash.

`changes` holds [table, id, before, after]; `synced` is the highest number the writer knew to be on disk; `clock`,
where present, is what a clock set back said; `closed` marks the last line of a segment, which is no transaction.
"""

FIRST_HASH = "0" * 64
"""What stands in `prev` of the first line."""

_MARK = b',"hash":"'
_TAIL = len(_MARK) + 64 + len(b'"}')


def write_line(facts: Facts) -> tuple[bytes, str]:
    """Give the line, with its end of line, and its hash."""
    body = write_json(facts)[:-1]
    digest = sha256(body).hexdigest()
    return b"".join((body, _MARK, digest.encode(), b'"}\n')), digest


def read_line(line: bytes) -> Facts | None:
    """Read a line without its end of line; None where its hash does not fit, so that it is not as it was written."""
    body = line[:-_TAIL]
    if line[-_TAIL:] != b'%b%b"}' % (_MARK, sha256(body).hexdigest().encode()):
        return None
    try:
        facts: Facts = read_json(line)
    except ValueError:
        return None
    return facts


def seal(digest: str) -> bytes:
    """Give the bytes in which the line of a hash ends."""
    return digest.encode() + b'"}\n'


def confirmed_by(facts: Facts) -> int:
    """Tell up to which number a line's writer knew everything to be on disk; a closing line is written after that."""
    number: int = facts["seq"] if "closed" in facts else facts["synced"]
    return number


def entry_of(facts: Facts) -> Entry:
    """Give a line as the entry that the rest of the program knows."""
    return Entry(
        seq=facts["seq"],
        at=read_instant(facts["at"]),
        person=facts["person"],
        terminal=facts["terminal"],
        command=facts["command"],
        command_id=facts["command_id"],
        reason=facts["reason"],
        changes=tuple(
            Change(table=table, id=id, before=before, after=after) for table, id, before, after in facts["changes"]
        ),
        hash=facts["hash"],
    )
