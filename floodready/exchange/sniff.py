"""Bytes of a file to rows of text: the encoding told from the bytes, the separator from the text. For all imports."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from floodready.language import say, verbatim
from floodready.os_reasons import reason_of
from floodready.refusal import Refused
from floodready.text import folded

LARGEST = 64 * 1024 * 1024
"""Bytes; a larger file is no ledger and would fill the memory."""
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_SEPARATORS = ",\t;，|"


@dataclass(frozen=True, slots=True)
class Sniffed:
    """A text file as it was understood; `first_rows` is for people to see that it was understood rightly."""

    rows: tuple[tuple[str, ...], ...]
    encoding: str

    @property
    def first_rows(self) -> tuple[tuple[str, ...], ...]:
        """The first three rows."""
        return self.rows[:3]


def read_file(path: Path) -> bytes:
    """Read a file. Raises Refused for one that cannot be read or is too large."""
    try:
        if path.stat().st_size > LARGEST:
            raise Refused(say("{file} is larger than 64 MB. Split it.", file=verbatim(str(path))))
        return path.read_bytes()
    except OSError as error:
        raise Refused(
            say(
                "{file} cannot be read ({problem}).",
                file=verbatim(str(path)),
                problem=reason_of(error),
            )
        ) from error


def decode(data: bytes, encoding: str | None = None) -> tuple[str, str]:
    """Give the text of a file and the name of its encoding: byte order mark, then strict UTF-8, then GB18030.

    `encoding` is the one a person chose instead. Raises Refused for bytes that are none of these, and for a workbook
    named like a text file.
    """
    if data.startswith(b"PK\x03\x04") or data.startswith(b"\xd0\xcf\x11\xe0"):
        raise Refused(say("This is a workbook, not a text file. Save it as CSV or, for a ledger, as .xlsx."))
    marked = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None)
    usual = (marked,) if marked else ("utf-8", "gb18030")
    for tried in usual if encoding is None else (encoding,):
        try:
            text = data.decode(tried)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text, tried
    if encoding is not None:
        raise Refused(say("The file is no {encoding} text. Choose another encoding.", encoding=verbatim(encoding)))
    raise Refused(say("The file is neither UTF-8 nor GB18030 text. Save it as CSV in UTF-8."))


def sniff(data: bytes, encoding: str | None = None) -> Sniffed:
    """Give the rows of a separated text file. Raises Refused for a file that is no text, or is broken."""
    text, encoding = decode(data, encoding)
    separator = max(_SEPARATORS, key=lambda mark: (min(len(text), text[:8192].count(mark)), -_SEPARATORS.index(mark)))
    rows = tuple(tuple(cell.strip() for cell in row) for row in separated(text, separator))
    return Sniffed(rows=rows, encoding=encoding)


def separated(text: str, separator: str = ",") -> list[list[str]]:
    """Give the cells of a separated text; a quoted one may hold line ends. Raises Refused for a text that is broken."""
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error as error:
        raise Refused(
            say("The file is no table of separated values ({problem}).", problem=verbatim(str(error)))
        ) from error


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row below the heads; `number` counts the rows of the file from 1, as a spreadsheet does."""

    number: int
    cells: Mapping[str, str]
    """By the name of the column; columns that the file lacks hold empty text."""

    @property
    def empty(self) -> bool:
        """Whether nothing stands in it."""
        return not any(self.cells.values())


def below_heads(
    sniffed: Sniffed, names: Mapping[str, tuple[str, ...]], required: tuple[str, ...]
) -> tuple[TableRow, ...]:
    """Find the row of heads among the first ten and give the rows below it by column name.

    `names` gives, for each column, the heads by which offices call it. Raises Refused where a required one is missing.
    """
    place, columns = _heads(sniffed, names, required)
    found = []
    for number, cells in enumerate(sniffed.rows[place + 1 :], place + 2):
        told = {name: cells[columns[name]] if columns.get(name, len(cells)) < len(cells) else "" for name in names}
        found.append(TableRow(number=number, cells=told))
    return tuple(row for row in found if not row.empty)


def unread_heads(sniffed: Sniffed, names: Mapping[str, tuple[str, ...]], required: tuple[str, ...]) -> tuple[str, ...]:
    """Give the heads of the columns that `below_heads` does not read. Raises Refused as it does."""
    place, columns = _heads(sniffed, names, required)
    read = set(columns.values())
    return tuple(cell for at, cell in enumerate(sniffed.rows[place]) if at not in read and cell.strip())


def _heads(
    sniffed: Sniffed, names: Mapping[str, tuple[str, ...]], required: tuple[str, ...]
) -> tuple[int, Mapping[str, int]]:
    """Give the place of the row of heads and, by column name, where each column stands."""
    by_head = {folded(head): name for name, heads in names.items() for head in (name, *heads)}
    for place, row in enumerate(sniffed.rows[:10]):
        columns = {by_head[folded(cell)]: at for at, cell in reversed(list(enumerate(row))) if folded(cell) in by_head}
        if all(name in columns for name in required):
            return place, columns
    wanted = ", ".join("/".join((name, *names[name][:1])) for name in required)
    raise Refused(say("No row of heads was found. It must name: {columns}.", columns=verbatim(wanted)))


def plain_digits(text: str) -> str:
    """Give text with full-width digits and signs as ASCII ones, spaces at the ends gone."""
    return unicodedata.normalize("NFKC", text).strip()
