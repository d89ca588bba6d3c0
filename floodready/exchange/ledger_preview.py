"""How a ledger file is about to be read: its encoding, first rows, and what each column is taken for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from floodready.exchange.ledger_rows import find_heads, read_grid
from floodready.exchange.sniff import column_letter
from floodready.frozen import frozen
from floodready.language import Sentence, say

ENCODINGS = ("utf-8", "gb18030", "utf-16", "big5")
"""What a person may choose instead of the guess."""
MEANINGS: Mapping[str, Sentence] = {
    "name": say("name"),
    "quantity": say("quantity"),
    "unit": say("unit"),
    "spec": say("spec"),
    "code": say("code"),
    "holder": say("holder"),
    "place": say("place"),
    "until": say("last usable day"),
    "note": say("note"),
    "number": say("row number"),
}
"""What a column may be taken for."""
_LOOKED_AT = 60
"""Rows below the heads from which samples are taken."""


@frozen
class LedgerColumn:
    """One column of the file: its head, the first figures below it, and what the heads say it means."""

    place: int
    """From 0."""
    head: str
    samples: tuple[str, ...]
    guess: str | None

    @property
    def letter(self) -> str:
        """The column as a spreadsheet names it."""
        return column_letter(self.place)


def column_place(letter: str) -> int | None:
    """Give the place from 0 of a column by its letters, as `LedgerColumn.letter` writes them; None for other text."""
    place = 0
    for char in letter.upper():
        if not "A" <= char <= "Z":
            return None
        place = place * 26 + ord(char) - ord("A") + 1
    return place - 1 if letter else None


@frozen
class LedgerPreview:
    """A file as it would be read."""

    name: str
    encoding: str
    first_rows: tuple[tuple[str, ...], ...]
    columns: tuple[LedgerColumn, ...]
    row_count: int
    """Rows below the heads."""
    unread: tuple[str, ...]
    """Other sheets that hold anything: they are not read."""


def preview_ledger(path: Path, encoding: str | None = None) -> LedgerPreview:
    """Look at a file without making anything of its rows. Raises Refused where it cannot be read."""
    grid = read_grid(path, encoding)
    found, below = find_heads(grid.rows)
    if not found:
        below = _likely_heads(grid.rows)
    meant = {place: name for name, place in found.items()}
    under = grid.rows[below : below + _LOOKED_AT]
    width = max((len(row) for row in (*grid.rows[:below], *under)), default=0)
    columns = []
    for place in range(width):
        head = next((row[place] for row in reversed(grid.rows[:below]) if place < len(row) and row[place].strip()), "")
        filled = (row[place].strip() for row in under if place < len(row) and row[place].strip())
        samples = tuple(dict.fromkeys(filled))[:3]
        columns.append(LedgerColumn(place=place, head=head.strip(), samples=samples, guess=meant.get(place)))
    return LedgerPreview(
        name=grid.name, encoding=grid.encoding, first_rows=grid.rows[:3], columns=tuple(columns),
        row_count=len(grid.rows) - below, unread=grid.unread,
    )  # fmt: skip


def _likely_heads(rows: Sequence[tuple[str, ...]]) -> int:
    """Say how many rows stand above the stock where no head is known: to the first of two words and no digit."""
    for place, row in enumerate(rows[:_LOOKED_AT]):
        if sum(bool(cell.strip()) for cell in row) > 1 and not any(char.isdigit() for cell in row for char in cell):
            return place + 1
    return 0
