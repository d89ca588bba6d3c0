"""Documents and projections that the store's tests write."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, Self

from floodready.clock import FixedClock
from floodready.document import Code, Document, Name, Natural, record
from floodready.store.contract import Act, Change, Entry, LateText, Projection
from floodready.store.journal_store import JournalStore

CLOCK = FixedClock(datetime(2026, 7, 1, tzinfo=UTC))


class Shelf(StrEnum):
    FRONT = "front"
    BACK = "back"


@record
class Paper(Document):
    """A paper on a shelf."""

    table = "papers"
    indexes = ("shelf",)
    name: Name
    shelf: Shelf = Shelf.FRONT
    sheets: Natural = 0
    filed_at: datetime | None = None


@record
class Stamp(Document):
    """A stamp; another table."""

    table = "stamps"
    text: Name
    owner: Code = "nobody"


class SheetCount(Projection):
    """Sheets of all papers by shelf."""

    name = "sheet-count"
    tables = frozenset({"papers"})

    def __init__(self, sheets: dict[str, int] | None = None) -> None:
        self.sheets = sheets or {}

    def apply(self, entry: Entry, change: Change) -> None:
        for raw, sign in ((change.before, -1), (change.after, 1)):
            if raw is not None:
                shelf = raw.get("shelf", "front")
                self.sheets[shelf] = self.sheets.get(shelf, 0) + sign * raw.get("sheets", 0)

    def dump(self) -> Any:
        return self.sheets

    @classmethod
    def load(cls, dumped: Any) -> Self:
        return cls(dict(dumped))


class Titles(Projection):
    """A long text for every change of a paper, by the paper's id."""

    name = "titles"
    tables = frozenset({"papers"})
    apart = True

    def __init__(self, texts: dict[str, list[str | LateText]] | None = None) -> None:
        self.texts = texts or {}

    def apply(self, entry: Entry, change: Change) -> None:
        self.texts.setdefault(change.id, []).append(f"{entry.seq} é " * 40)

    def dump(self) -> Any:
        return {id: [_text(one) for one in texts] for id, texts in self.texts.items()}

    @classmethod
    def load(cls, dumped: Any) -> Self:
        return cls({id: list(texts) for id, texts in dumped.items()})


def _text(one: str | LateText) -> str:
    return one if isinstance(one, str) else one.read()


def by(person: str = "li", **facts: Any) -> Act:
    return Act(person=person, terminal="T1", **facts)


def write(store: JournalStore, name: str) -> None:
    """Add a paper of a name, under that name as the command's id."""
    store.run(by(command_id=name), "test.write", lambda tx: tx.add(Paper(id=name, name=name)), Paper)


def ids(store: JournalStore) -> list[str]:
    """Name the papers there are."""
    return [paper.id for paper in store.all(Paper)]


def first_segment(folder: Path) -> Path:
    """Name the file of a new store's first lines."""
    return folder / "gen-0001" / "000000000001.jsonl"
