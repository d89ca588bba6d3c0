"""What `floodready status` printed, saved beside the store, so that asking again loads next to nothing.

A saved text counts only for the very journal it was read from (its last hash and length), for this program as it now
is, and within the window of time in which nothing turns by itself. Anything else, damage too, is as if it were not
there; nobody but who may write the folder leaves one.

This module is loaded before anything else and loads nothing itself but when a text is saved: no pathlib, no JSON.
"""

# ruff: noqa: PTH100, PTH118, PTH120, PTH123, PTH208

from __future__ import annotations

import os
import sys
from zlib import crc32

TYPE_CHECKING = False  # importing typing would take as long as reading the text
if TYPE_CHECKING:
    from datetime import datetime

    from floodready.store.journal_store import JournalStore

NAME = "status.told"
_BETWEEN, _INSIDE = "\x1e", "\x1f"
"""ASCII's own separators of records and of their fields; no text of people holds one."""
_APART = frozenset({"tui", "locale", "po", "demo", "__pycache__"})
"""Parts of the program that no answer depends on."""

_program: list[str] = []
"""The sum of this program's files as they were when first asked: reading them all costs more than the rest."""

Told = tuple[str, int]
"""What was printed, and the exit code of its colour."""
Texts = dict[str, Told]
"""What was told to each question."""


def recalled(folder: str, question: str, at: str) -> Told | None:
    """Give what was told to the same question, if it would be told so again at this instant; None if not known.

    The instant is written as the journal writes it.
    """
    try:
        facts, since, until, texts = _read(folder)
        told = texts.get(question)
        if told is None or not since <= at < until or facts[0] != program() or not _same_journal(folder, facts):
            return None
    except (OSError, ValueError):
        return None
    return told


def remember(store: JournalStore, question: str, told: Told, since: datetime, until: datetime) -> None:
    """Save what was told; it holds within [since, until), UTC. A folder that cannot be written stays as it is."""
    from contextlib import suppress

    from floodready.clock import write_instant
    from floodready.store.disk import put_file

    facts = journal_facts(store)
    begins, ends = write_instant(since), write_instant(until)
    texts = {**_still_true(str(store.folder), facts, begins), question: told}
    records = [(*facts, begins, ends), *((asked, str(code), text) for asked, (text, code) in texts.items())]
    body = _BETWEEN.join(_INSIDE.join(fields) for fields in records).encode()
    with suppress(OSError):
        put_file(store.device, store.folder / NAME, checked(body))


def journal_facts(store: JournalStore) -> tuple[str, ...]:
    """Tell what a saved answer stands on: this program, the store's present journal, and how far it was read."""
    position = store.journal.position
    current = _current(str(store.folder))
    return program(), current, store.current.generation, position.segment, str(position.offset), position.hash


def checked(body: bytes) -> bytes:
    """Give what is written to a file: the content with a check sum before it."""
    return b"%08x\n%b" % (crc32(body), body)


def unchecked(content: bytes) -> bytes:
    """Give the content of a file that `checked` made. Raises ValueError where it is damaged."""
    check, _, body = content.partition(b"\n")
    if int(check, 16) != crc32(body):
        raise ValueError(NAME)
    return body


def program() -> str:
    """Tell this program apart from every other version of it, an edited one too."""
    if not _program:
        _program.append(_sum_of_files())
    return _program[0]


def _sum_of_files() -> str:
    sums = crc32(sys.version.encode())
    waiting = [os.path.dirname(os.path.dirname(os.path.abspath(__file__)))]
    while waiting:
        with os.scandir(waiting.pop()) as found:
            for entry in sorted(found, key=lambda one: one.name):
                if entry.name.endswith(".py"):
                    facts = entry.stat()
                    sums = crc32(f"{entry.name} {facts.st_mtime_ns} {facts.st_size}".encode(), sums)
                elif entry.name not in _APART and entry.is_dir():
                    waiting.append(entry.path)
    return f"{sums:08x}"


def _read(folder: str) -> tuple[tuple[str, ...], str, str, Texts]:
    with open(os.path.join(folder, NAME), "rb") as file:
        first, *others = unchecked(file.read()).decode().split(_BETWEEN)
    *facts, since, until = first.split(_INSIDE)
    texts: Texts = {}
    for other in others:
        question, code, text = other.split(_INSIDE)
        texts[question] = (text, int(code))
    return tuple(facts), since, until, texts


def _still_true(folder: str, facts: tuple[str, ...], at: str) -> Texts:
    """Give the texts saved for other questions from the same journal, if they hold now."""
    try:
        saved, since, until, texts = _read(folder)
    except (OSError, ValueError):
        return {}
    return texts if saved == facts and since <= at < until else {}


def _same_journal(folder: str, facts: tuple[str, ...]) -> bool:
    """Tell whether the journal ends where it ended: each line's hash closes over all lines before it."""
    _, current, generation, segment, length, hash = facts
    if _current(folder) != current:
        return False
    place = os.path.join(folder, generation)
    if max(name.removesuffix(".gz") for name in os.listdir(place)) != segment:
        return False
    last = hash.encode() + b'"}\n'
    with open(os.path.join(place, segment), "rb") as file:
        file.seek(int(length) - len(last))
        found = file.read()
    # After the last line stands nothing, or the zeros of the room set aside for the next ones.
    return found.startswith(last) and not found[len(last) :].strip(b"\0")


def _current(folder: str) -> str:
    with open(os.path.join(folder, "CURRENT"), encoding="utf-8") as file:
        return file.read()
