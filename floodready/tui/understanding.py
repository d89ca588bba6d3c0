"""What people type for quantities, without guessing: what cannot be understood is refused."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from floodready.text import folded


def understood_quantity(text: str, scale: int) -> int | None:
    """Read a quantity in smallest units; `scale` of them make the one that is typed.

    Thousands may be set apart by commas or spaces. None where it is no number, or finer than the smallest unit.
    """
    plain = re.sub(r"(?<=\d)[, _](?=\d{3}(\D|$))", "", folded(text))
    if not re.fullmatch(r"[+-]?\d{1,15}(\.\d{0,9})?", plain):
        return None
    try:
        smallest = Decimal(plain) * scale
    except InvalidOperation:
        return None
    return int(smallest) if smallest == smallest.to_integral_value() else None


def written_quantity(smallest: int, scale: int) -> str:
    """Write a quantity of smallest units in the unit of which `scale` make one: `12,500` or `1.5`."""
    whole, rest = divmod(abs(smallest), scale)
    sign = "-" if smallest < 0 else ""
    if not rest:
        return f"{sign}{whole:,}"
    fraction = format((Decimal(rest) / Decimal(scale)).normalize(), "f").removeprefix("0")
    return f"{sign}{whole:,}{fraction}"
