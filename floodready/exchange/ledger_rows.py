"""The rows of a ledger file: text or workbook, titles and two-row heads found, total and footer rows told apart."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from floodready.exchange.sniff import read_file, refuse_twins, sniff
from floodready.exchange.workbook_reading import read_workbook
from floodready.frozen import fresh, frozen
from floodready.language import say, verbatim
from floodready.refusal import Refused
from floodready.text import folded, one_line

HEADS: dict[str, tuple[str, ...]] = {
    "code": ("编码", "物资编码", "代码", "code"),
    "name": ("品名", "名称", "物资名称", "物资", "item", "name"),
    "spec": ("规格", "型号", "规格型号", "spec"),
    "quantity": ("数量", "库存", "库存数量", "储备数量", "实有数量", "账面", "账面数", "实有", "quantity"),
    "unit": ("单位", "计量单位", "unit"),
    "holder": ("储备方式", "储备形式", "方式", "holder"),
    "place": ("存放地点", "仓库", "地点", "储备地点", "place"),
    "until": ("有效期", "有效期至", "到期日", "失效日期", "usable until"),
    "note": ("备注", "说明", "note"),
    "number": ("序号", "编号", "no"),
}
_TOTALS = ("合计", "总计", "小计", "grandtotal", "subtotal", "total")
"""Spaces left out."""
_LONGEST_TOTAL = 10
"""Characters; what is longer than `东库本页合计：` is a remark that ends in such a word."""
_FILLED_DOWN = ("code", "name", "unit", "holder", "place")
"""Columns in which one merged cell stands for several rows. A merged quantity is one quantity, not several."""


@frozen
class LedgerFile:
    """A ledger file as it was understood; people see the encoding and the first rows before anything happens."""

    name: str
    digest: str
    encoding: str
    first_rows: tuple[tuple[str, ...], ...]
    columns: dict[str, int]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    """(row number as a spreadsheet counts, cells) of all rows below the heads."""
    unread: tuple[str, ...] = ()
    """Other sheets of the workbook that hold anything: they are not read."""

    def cell(self, cells: tuple[str, ...], column: str) -> str:
        """Give a cell as one line by its column's name; empty where the file has no such column."""
        place = self.columns.get(column)
        return one_line(cells[place]) if place is not None and place < len(cells) else ""


@frozen
class Grid:
    """All rows of a file as text, before anything is made of them."""

    name: str
    digest: str
    encoding: str
    rows: tuple[tuple[str, ...], ...]
    merged: Mapping[tuple[int, int], tuple[int, int]] = fresh(factory=dict)
    """As `SheetCells` has them; empty for text files."""
    unread: tuple[str, ...] = ()


def read_grid(path: Path, encoding: str | None = None) -> Grid:
    """Read a file's rows; `encoding` None is told from the bytes. Raises Refused where it cannot be read."""
    data = read_file(path)
    digest = hashlib.sha256(data).hexdigest()
    if data.startswith(b"PK"):
        sheet = read_workbook(data)
        return Grid(name=path.name, digest=digest, encoding="xlsx", rows=sheet.rows, merged=sheet.merged,
                    unread=sheet.unread)  # fmt: skip
    sniffed = sniff(data, encoding)
    return Grid(name=path.name, digest=digest, encoding=sniffed.encoding, rows=sniffed.rows)


def read_ledger(path: Path, columns: dict[str, int] | None = None, encoding: str | None = None) -> LedgerFile:
    """Read a ledger file; `columns` overrides what the heads say, below zero is *not used*.

    Raises Refused where it is no ledger, or where names or quantities may stand in several columns and none is chosen.
    """
    grid = read_grid(path, encoding)
    found, below = find_heads(grid.rows)
    for name in ("name", "quantity"):
        if name not in (columns or {}):
            refuse_twins(name, _named(grid.rows[:below], name))
    chosen = {name: at for name, at in {**found, **(columns or {})}.items() if at >= 0}
    if not {"name", "quantity"} <= chosen.keys():
        raise Refused(
            say("{file} has no columns for name and quantity. Name them in the heads, or choose them.",
                file=verbatim(path.name))
        )  # fmt: skip
    if not found:
        below = _first_with_figure(grid.rows, chosen["quantity"])
    return LedgerFile(
        name=grid.name,
        digest=grid.digest,
        encoding=grid.encoding,
        first_rows=grid.rows[:3],
        columns=chosen,
        rows=tuple((number, cells) for number, cells in enumerate(_filled_down(grid, chosen)[below:], below + 1)),
        unread=grid.unread,
    )


def _named(heads: Sequence[tuple[str, ...]], name: str) -> list[tuple[int, str]]:
    """Give the columns, with their lowest head, that the rows of heads name so."""
    known = {folded(head) for head in HEADS[name]}
    return sorted({at: cell for row in heads for at, cell in enumerate(row) if folded(cell) in known}.items())


def is_total(cells: tuple[str, ...]) -> bool:
    """Tell whether a row sums others: it must not be taken for stock.

    Any cell may say so in a word alone; the first filled one also as `本页小计：`.
    """
    filled = [cell for cell in cells if cell and not cell[0].isdigit()]
    return any(_total_word(cell) in _TOTALS for cell in filled) or bool(filled and ends_in_total(filled[0]))


@lru_cache(maxsize=4096)
def _total_word(cell: str) -> str:
    return folded(cell).rstrip(": ").replace(" ", "")


def ends_in_total(cell: str) -> bool:
    """Tell whether a cell is the head of a total row, such as `合 计：`."""
    return len(cell) <= _LONGEST_TOTAL and _total_word(cell).endswith(_TOTALS)


def _filled_down(grid: Grid, columns: Mapping[str, int]) -> Sequence[tuple[str, ...]]:
    """Give the rows with merged cells in every row they cover, as the eye reads them, in the columns that name."""
    wanted = {columns[name] for name in _FILLED_DOWN if name in columns}
    rows = list(grid.rows)
    for (row, column), (above, left) in grid.merged.items():
        if column in wanted and row < len(rows) and column < len(rows[row]):
            rows[row] = (*rows[row][:column], grid.rows[above][left], *rows[row][column + 1 :])
    return rows


def find_heads(grid: Sequence[tuple[str, ...]]) -> tuple[dict[str, int], int]:
    """Give the columns that the heads name, and how many rows stand above the first row of stock."""
    by_head = {folded(head): name for name, heads in HEADS.items() for head in heads}
    for place, row in enumerate(grid[:15]):
        found = {by_head[folded(cell)]: at for at, cell in enumerate(row) if folded(cell) in by_head}
        if len(found) < 2 or "name" not in found:
            continue
        below = place + 1
        second = grid[below] if below < len(grid) else ()
        filled = [cell for cell in second if cell.strip()]
        if filled and all(folded(cell) in by_head for cell in filled):
            found |= {by_head[folded(cell)]: at for at, cell in enumerate(second) if cell.strip()}
            below += 1
        return found, below
    return {}, 0


def _first_with_figure(grid: Sequence[tuple[str, ...]], column: int) -> int:
    """Give the place of the first row with a digit in the column of quantities: what is above are titles and heads."""
    filled = (at for at, row in enumerate(grid) if column < len(row) and any(char.isdigit() for char in row[column]))
    return next(filled, len(grid))
