"""Bytes of a file to rows of text: the encoding told from the bytes, the separator from the text. For all imports."""

from __future__ import annotations

import csv
import io
import os
import stat
import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path

from floodready.frozen import frozen_in_order
from floodready.language import Sentence, say, verbatim
from floodready.os_reasons import reason_of
from floodready.refusal import Refused
from floodready.text import folded

LARGEST = 64 * 1024 * 1024
"""Bytes; a larger file is no ledger and would fill the memory."""
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_SEPARATORS = ",\t;，|"


@frozen_in_order
class Sniffed:
    """A text file as it was understood; `first_rows` is for people to see that it was understood rightly."""

    rows: tuple[tuple[str, ...], ...]
    encoding: str

    @property
    def first_rows(self) -> tuple[tuple[str, ...], ...]:
        """The first three rows."""
        return self.rows[:3]


def read_file(path: Path) -> bytes:
    """Read a file. Raises Refused for one that cannot be read, is no file of data, is empty or is too large.

    A pipe is read like a file, so that what another program writes can be imported; one that nobody writes to is empty.
    """
    try:
        with open(path, "rb", opener=_opened_at_once) as file:
            if stat.S_ISCHR(os.fstat(file.fileno()).st_mode):
                raise Refused(say("{file} is a device, not a file. Name a file.", file=verbatim(str(path))))
            # Not by the size it says: a pipe says none, and a file may grow while it is read.
            data = file.read(LARGEST + 1)
    except (OSError, ValueError) as error:  # a name with a zero in it is a ValueError
        raise Refused(
            say(
                "{file} cannot be read ({problem}).",
                file=verbatim(str(path)),
                problem=reason_of(error),
            )
        ) from error
    if len(data) > LARGEST:
        raise Refused(say("{file} is larger than 64 MB. Split it.", file=verbatim(str(path))))
    if not data:
        raise Refused(say("{file} is empty.", file=verbatim(str(path))))
    return data


def _opened_at_once(path: str, flags: int) -> int:
    """Open a file; a pipe to which nobody writes does not hold its reader up for good."""
    number = os.open(path, flags | getattr(os, "O_NONBLOCK", 0))
    if hasattr(os, "O_NONBLOCK"):
        os.set_blocking(number, True)
    return number


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
    raise Refused(say("The file is neither UTF-8 nor GB18030 text. Save it in UTF-8."))


def sniff(data: bytes, encoding: str | None = None) -> Sniffed:
    """Give the rows of a separated text file. Raises Refused for a file that is no text, or is broken."""
    text, encoding = decode(data, encoding)
    separator = max(_SEPARATORS, key=lambda mark: (min(len(text), text[:8192].count(mark)), -_SEPARATORS.index(mark)))
    rows = tuple(tuple(cell.strip() for cell in row) for row in separated(text, separator))
    return Sniffed(rows=rows, encoding=encoding)


def separated(text: str, separator: str = ",") -> list[list[str]]:
    """Give the cells of a separated text; a quoted one may hold line ends. Raises Refused for a text that is broken."""
    rows: list[list[str]] = []
    try:
        rows.extend(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error as error:
        if "unexpected end" in str(error):
            # Without this all that stands below would be one cell, and missed by nobody.
            raise Refused(
                say("Row {row}: a quotation mark is opened and never closed. Close it or take it out.",
                    row=len(rows) + 1)
            ) from error  # fmt: skip
        return _separated_somehow(text, separator)
    return rows


def _separated_somehow(text: str, separator: str) -> list[list[str]]:
    """Give the cells of a text that is not strictly one: text behind a closed quotation mark belongs to the cell."""
    rows: list[list[str]] = []
    try:
        rows.extend(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error as error:
        raise Refused(
            say("Row {row}: a cell is longer than {most} characters. Shorten it, or close the quotation mark "
                "before it.",
                row=len(rows) + 1, most=csv.field_size_limit())
        ) from error  # fmt: skip
    return rows


@frozen_in_order
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
    sniffed: Sniffed, names: Mapping[str, tuple[str, ...]], required: tuple[str, ...], once: tuple[str, ...] = ()
) -> tuple[TableRow, ...]:
    """Find the row of heads among the first ten and give the rows below it by column name.

    `names` gives, for each column, the heads by which offices call it; of several columns with such heads the first is
    read. Raises Refused where a required one is missing, or several may be one that must stand there `once`.
    """
    place, columns = _heads(sniffed, names, required)
    by_head = {folded(head): name for name, heads in names.items() for head in (name, *heads)}
    for name in once:
        named = enumerate(sniffed.rows[place])
        refuse_twins(name, [(at, head) for at, head in named if by_head.get(folded(head)) == name])
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


def unread_told(columns: Sequence[str]) -> Sentence:
    """Say which columns are not read, one at least."""
    return say("Not read: the columns {columns}.", columns=verbatim(", ".join(columns)))


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


def refuse_twins(name: str, columns: Sequence[tuple[int, str]]) -> None:
    """Refuse several columns (place from 0, head) that may be the same one: which is meant, only a person knows."""
    if len(columns) > 1:
        told = ", ".join(f"{column_letter(at)} “{head}”" for at, head in columns)
        raise Refused(
            say("Several columns may be “{column}”: {columns}. Leave the one that is meant, or rename the others.",
                column=verbatim(name), columns=verbatim(told))
        )  # fmt: skip


def column_letter(place: int) -> str:
    """Give a column, counted from 0, as a spreadsheet names it."""
    letters = ""
    while place >= 0:
        place, rest = divmod(place, 26)
        letters, place = chr(ord("A") + rest) + letters, place - 1
    return letters


def plain_digits(text: str) -> str:
    """Give text with full-width digits and signs as ASCII ones, spaces at the ends gone."""
    return unicodedata.normalize("NFKC", text).strip()
