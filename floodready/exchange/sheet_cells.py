"""The cells of one sheet of a workbook as text, straight from its XML.

openpyxl knows the package, the styles and the shared strings; only the cells are read here, because an object for each
of them takes four times as long as the whole reading of a large ledger may.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import Decimal
from re import compile as pattern
from typing import IO, Any
from xml.parsers.expat import ParserCreate

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_ROW, _CELL, _VALUE, _TEXT, _SOUND, _MERGED = (f"{_MAIN}|{tag}" for tag in ("row", "c", "v", "t", "rPh", "mergeCell"))
_PADDED = pattern("0+")
"""A number format that shows leading zeros."""


class SheetXml:
    """Reads one sheet; afterwards `cells` and `merged` hold what stands in it."""

    def __init__(self, texts: CellTexts) -> None:
        self.cells: dict[int, dict[int, str]] = {}
        """Row → column → text; both from 1, empty cells left out."""
        self.merged: list[str] = []
        """Areas of merged cells, like `A2:A5`."""
        self._texts = texts
        self._columns: dict[str, int] = {}
        self._row = self._column = 0
        self._kind = self._style = ""
        self._wanted = ""
        """The element whose text is the cell's: `v`, or `t` where the string stands in the cell itself."""
        self._taking = False
        self._pieces: list[str] = []

    def read(self, source: IO[bytes]) -> None:
        """Read the whole sheet. Raises ExpatError, ValueError or IndexError where it is damaged."""
        parser = ParserCreate(namespace_separator="|")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._data
        parser.ParseFile(source)

    def _start(self, tag: str, facts: dict[str, str]) -> None:
        if tag == _CELL:
            self._begin_cell(facts)
        elif tag == self._wanted:
            self._taking = True
        elif tag == _ROW:
            self._row = int(float(facts["r"])) if "r" in facts else self._row + 1
            self._column = 0
        elif tag == _SOUND:
            self._wanted = ""
        elif tag == _MERGED:
            self.merged.append(facts["ref"])

    def _begin_cell(self, facts: dict[str, str]) -> None:
        place = facts.get("r")
        if place is None:
            self._column += 1
        else:
            letters = place.rstrip("0123456789")
            self._column = self._columns.get(letters) or self._column_of(letters)
            self._row = int(place[len(letters) :])
        self._kind, self._style = facts.get("t", "n"), facts.get("s", "0")
        self._wanted = _TEXT if self._kind == "inlineStr" else _VALUE
        self._pieces = []

    def _end(self, tag: str) -> None:
        if tag == _CELL:
            self._wanted = ""
            if raw := "".join(self._pieces):
                self.cells.setdefault(self._row, {})[self._column] = self._texts.of(raw, self._kind, self._style)
        elif self._taking:
            self._taking = False
        elif tag == _SOUND:
            self._wanted = _TEXT

    def _data(self, text: str) -> None:
        if self._taking:
            self._pieces.append(text)

    def _column_of(self, letters: str) -> int:
        from openpyxl.utils import column_index_from_string

        return self._columns.setdefault(letters, column_index_from_string(letters))


class CellTexts:
    """What is written in cells, as people see it; the same figure in the same style is made text once."""

    def __init__(self, book: Any, strings: Sequence[str]) -> None:
        """`book` is openpyxl's; what it knows of styles it gives to its own readers only, so it is untyped here."""
        self._book, self._strings = book, strings
        self._known: dict[tuple[str, str, str], str] = {}

    def of(self, raw: str, kind: str, style: str) -> str:
        """Give the text of a cell. Raises ValueError or IndexError for what no cell of that kind may hold."""
        if kind == "s":
            return self._strings[int(raw)]
        known = self._known.get((raw, kind, style))
        if known is None:
            known = self._known[raw, kind, style] = self._read(raw, kind, int(style))
        return known

    def _read(self, raw: str, kind: str, style: int) -> str:
        from openpyxl.utils.datetime import from_ISO8601

        readers: dict[str, Callable[[], Any]] = {
            "n": lambda: self._number(raw, style),
            "b": lambda: bool(int(raw)),
            "d": lambda: from_ISO8601(raw),  # type: ignore[no-untyped-call] # openpyxl gives it no types
        }
        return cell_text(readers[kind]() if kind in readers else raw, self._digits(style))

    def _number(self, raw: str, style: int) -> Any:
        from openpyxl.utils.datetime import from_excel

        value = float(raw) if any(sign in raw for sign in ".eE") else int(raw)
        if style not in self._book._date_formats:
            return value
        try:
            return from_excel(value, self._book.epoch, timedelta=style in self._book._timedelta_formats)
        except (OverflowError, ValueError):
            # A serial that no calendar has: a spreadsheet shows it as an error too.
            return "#VALUE!"

    def _digits(self, style: int) -> int:
        """Give how many digits a style shows at least; 0 for a style that pads nothing."""
        from openpyxl.styles.numbers import BUILTIN_FORMATS, BUILTIN_FORMATS_MAX_SIZE

        number = self._book._cell_styles[style].numFmtId
        own = number - BUILTIN_FORMATS_MAX_SIZE
        shown = self._book._number_formats[own] if own >= 0 else BUILTIN_FORMATS.get(number, "General")
        return len(shown) if _PADDED.fullmatch(shown) else 0


def cell_text(value: Any, digits: int = 0) -> str:
    """Write a value as a spreadsheet shows it: days year first, whole numbers with `digits` digits at least."""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        # Spreadsheets keep 15 digits: what is behind them is noise of the arithmetic, like 0.30000000000000004.
        text = format(Decimal(f"{value:.15g}"), "f")
        value = int(text) if text.lstrip("-").isdecimal() else text
    return str(value).zfill(digits) if type(value) is int and digits else str(value)
