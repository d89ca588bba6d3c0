"""The cells of dirty ledgers: quantities with their units inside, dates year first, words for no expiry."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections.abc import Mapping
from datetime import date, timedelta
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from floodready.horizon import too_far
from floodready.language import say, verbatim
from floodready.materials.models import Holder, Life
from floodready.refusal import Refused
from floodready.text import folded
from floodready.typed_quantity import read_quantity, tidied, unit_factors, unit_word

_UNIT = re.compile(r"^[\d., ]+[百千万亿]*(?P<unit>\D*(?:(?<=[mM])[23])?)$")
_SEVERAL_UNITS = re.compile(r"[/、,;或]")
_MIDNIGHT = re.compile(r"[ T]0?0:00(?::00)?$")
_DIGITS = 15
"""More digits than these are no quantity of anything; the slower reading says so."""
_CANONICAL = {
    **dict.fromkeys(("吨", "t", "公斤", "千克", "kg", "克", "g"), "kg"),
    **dict.fromkeys(("米", "m", "千米", "km", "公里", "延米"), "m"),
    **dict.fromkeys(("升", "l", "毫升", "ml"), "L"),
    **dict.fromkeys(("立方米", "立方", "方", "m3"), "m³"),
    **dict.fromkeys(("平方米", "平米", "m2"), "m²"),
}
_SCALES = {"kg": 3, "L": 3, "m³": 3}
_HOLDERS = (
    ("号料", Holder.REGISTERED), ("群众", Holder.REGISTERED), ("代储", Holder.ENTRUSTED), ("协议", Holder.AGREEMENT),
    ("自储", Holder.OWN), ("自有", Holder.OWN), ("registered", Holder.REGISTERED), ("entrusted", Holder.ENTRUSTED),
    ("agreement", Holder.AGREEMENT), ("own", Holder.OWN),
)  # fmt: skip
_NO_EXPIRY = frozenset({"长期", "永久", "无", "不限", "unlimited"})
_DAY = re.compile(r"^(\d{4})[-./年](\d{1,2})(?:[-./月](\d{1,2})日?|月)?$")


class Amount(NamedTuple):
    """A quantity in smallest units of the ledger unit it was written for."""

    quantity: int
    unit: str
    scale: int


def read_amount(cell: str, unit_cell: str) -> Amount:
    """Read a quantity cell with the unit inside it or in its own column: `１２００条`, `35.9万条`, `1吨`, `3千米`.

    Raises Refused for a vague or missing number, or one without a unit or with two that differ.
    """
    text = tidied(cell)
    inside = _UNIT.match(text)
    unit = (inside["unit"] if inside and inside["unit"] else "") or unit_cell
    if inside and not unit.strip():
        raise Refused(say("“{text}” has no unit. Add it in the cell or in the unit column.", text=verbatim(cell)))
    known = _known_unit(unit)
    if unit_cell.strip() and _known_unit(unit_cell).canonical != known.canonical:
        raise Refused(
            say("“{text}” and the unit column, {unit}, name different units. Write the one the figure is in.",
                text=verbatim(cell), unit=verbatim(unit_cell))
        )  # fmt: skip
    if text.isascii() and text.isdecimal() and len(text) <= _DIGITS and known.whole:
        return Amount(int(text) * known.whole, known.canonical, known.scale)
    return Amount(read_quantity(text, known.scale, known.factors), known.canonical, known.scale)


class _Unit(NamedTuple):
    canonical: str
    scale: int
    factors: Mapping[str, Fraction]
    whole: int
    """Smallest units in one of this unit; 0 where they are no whole number, so that only some figures can be kept."""


@lru_cache(maxsize=1024)
def _known_unit(unit: str) -> _Unit:
    named = unit_word(unit)
    if _SEVERAL_UNITS.search(named):
        raise Refused(say("“{unit}” names several units. Write the one the figure is in.", unit=verbatim(unit)))
    canonical = _CANONICAL.get(named.casefold(), named)
    scale = _SCALES.get(canonical, 0)
    factors = unit_factors(canonical)
    worth = factors.get(named.casefold(), factors[""])
    smallest = worth * 10**scale
    whole = int(smallest) if smallest.denominator == 1 else 0
    return _Unit(canonical, scale, factors | {"": worth}, whole)


def read_day(cell: str, *, serials: bool = True) -> tuple[Life, date | None]:
    """Read a last usable day, year first: `2027年6月` is its last day, `长期` no expiry, empty unknown.

    `serials` allows the day numbers of spreadsheets: only in a column of dates. Raises Refused for anything else, such
    as `26-6-30`, which may be read three ways.
    """
    # A day that a spreadsheet wrote as text often has its midnight behind it.
    text = _MIDNIGHT.sub("", unicodedata.normalize("NFKC", cell).strip()).replace(" ", "")
    if not text:
        return Life.UNKNOWN, None
    if text in _NO_EXPIRY:
        return Life.UNLIMITED, None
    found = _dated(text, serials)
    if found is None:
        raise Refused(say("“{text}” is not a clear day. Write it year first, like 2026-06-30.", text=verbatim(cell)))
    if (problem := too_far(found)) is not None:
        raise Refused(say("{field}: {problem}", field=verbatim(cell), problem=problem))
    return Life.DATED, found


def _dated(text: str, serials: bool) -> date | None:
    try:
        if re.fullmatch(r"\d{8}", text):
            return date(int(text[:4]), int(text[4:6]), int(text[6:]))
        if serials and re.fullmatch(r"\d{5}", text) and 20_000 <= int(text) <= 80_000:
            return date(1899, 12, 30) + timedelta(int(text))
        if match := _DAY.match(text):
            year, month = int(match[1]), int(match[2])
            return date(year, month, int(match[3]) if match[3] else monthrange(year, month)[1])
    except ValueError:
        return None
    return None


def read_holder(cell: str) -> Holder | None:
    """Read whose stock a row is; None for an empty cell. Raises Refused for a way of holding that is not known."""
    text = folded(cell)
    if not text:
        return None
    words = text.split()
    # “unknown” is not “own”: Latin words are compared whole.
    found = next((holder for word, holder in _HOLDERS if word in (words if word.isascii() else text)), None)
    if found is None:
        raise Refused(
            say("“{text}” does not say whose stock it is. Write 自储 (own), 代储 (entrusted), 协议 (agreement) or 号料 "
                "(registered).", text=verbatim(cell))
        )  # fmt: skip
    return found
