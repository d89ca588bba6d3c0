"""What `floodready status` printed, saved beside the store, so that asking again loads next to nothing.

A saved text counts only for the very journal it was read from (its last hash and length), for this program as it now
is, and within the window of time in which nothing turns by itself. Anything else, damage too, is as if it were not
there; nobody but who may write the folder leaves one.
"""

from __future__ import annotations

import json
import os
import sys
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from zlib import crc32

from floodready.clock import write_instant

if TYPE_CHECKING:
    from floodready.store.journal_store import JournalStore

NAME = "status.json"
_APART = frozenset({"tui", "locale", "po", "demo", "__pycache__"})
"""Parts of the program that no answer depends on."""


class Told(NamedTuple):
    """What was printed, and the exit code of its colour."""

    text: str
    code: int


def recalled(folder: Path, question: str, at: datetime) -> Told | None:
    """Give what was told to the same question, if it would be told so again at this instant; None if not known."""
    try:
        saved = _read(folder)
        told = saved["texts"].get(question)
        holds = saved["since"] <= write_instant(at) < saved["until"]
        if told is None or not holds or saved["program"] != program() or not _same_journal(folder, saved):
            return None
        return Told(str(told[0]), int(told[1]))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def remember(store: JournalStore, question: str, told: Told, since: datetime, until: datetime) -> None:
    """Save what was told; it holds within [since, until), UTC. A folder that cannot be written stays as it is."""
    from floodready.store.disk import replace_file

    position = store.journal.position
    with suppress(OSError):
        facts = {
            "program": program(),
            "current": _current(store.folder),
            "generation": store.current.generation,
            "segment": position.segment,
            "length": position.offset,
            "hash": position.hash,
        }
        texts = {**_still_true(store.folder, facts, since), question: list(told)}
        content = {**facts, "since": write_instant(since), "until": write_instant(until), "texts": texts}
        body = json.dumps(content, ensure_ascii=False).encode()
        replace_file(store.device, store.folder / NAME, b"%08x %b\n" % (crc32(body), body))


def program() -> str:
    """Tell this program apart from every other version of it, an edited one too."""
    sums = crc32(sys.version.encode())
    waiting = [os.path.dirname(os.path.dirname(os.path.abspath(__file__)))]  # noqa: PTH100, PTH120 # half the time
    while waiting:
        with os.scandir(waiting.pop()) as found:
            for entry in sorted(found, key=lambda one: one.name):
                if entry.name.endswith(".py"):
                    facts = entry.stat()
                    sums = crc32(f"{entry.name} {facts.st_mtime_ns} {facts.st_size}".encode(), sums)
                elif entry.name not in _APART and entry.is_dir():
                    waiting.append(entry.path)
    return f"{sums:08x}"


def _read(folder: Path) -> dict[str, Any]:
    check, _, body = (folder / NAME).read_bytes().rstrip(b"\n").partition(b" ")
    if int(check, 16) != crc32(body):
        raise ValueError(NAME)
    found: dict[str, Any] = json.loads(body)
    return found


def _still_true(folder: Path, facts: dict[str, Any], at: datetime) -> dict[str, Any]:
    """Give the texts saved for other questions from the same journal, if they hold now."""
    try:
        saved = _read(folder)
        same = all(saved[name] == value for name, value in facts.items())
        texts: dict[str, Any] = saved["texts"] if same and saved["since"] <= write_instant(at) < saved["until"] else {}
    except (OSError, ValueError, KeyError, TypeError):
        return {}
    return texts


def _same_journal(folder: Path, saved: dict[str, Any]) -> bool:
    """Tell whether the journal ends where it ended: each line's hash closes over all lines before it."""
    if _current(folder) != saved["current"]:
        return False
    generation = folder / saved["generation"]
    newest = max(name.removesuffix(".gz") for name in os.listdir(generation))  # noqa: PTH208 # names, no paths
    if newest != saved["segment"]:
        return False
    last = saved["hash"].encode() + b'"}\n'
    with (generation / newest).open("rb") as segment:
        segment.seek(saved["length"] - len(last))
        found = segment.read()
    # After the last line stands nothing, or the zeros of the room set aside for the next ones.
    return found.startswith(last) and not found[len(last) :].strip(b"\0")


def _current(folder: Path) -> str:
    return (folder / "CURRENT").read_text(encoding="utf-8")
