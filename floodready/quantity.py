"""Quantities: whole numbers of an item's smallest unit.

No float comes near a quantity: three times 0.1 L in and 0.3 L out leaves exactly nothing.
"""

from __future__ import annotations

MOST = 10**15
"""Smallest units; more than any store of anything holds, and sums of it still fit the numbers that files can keep."""


def write_quantity(quantity: int, scale: int) -> str:
    """Write smallest units for people: thousands grouped, no idle zeros behind the point."""
    whole, rest = divmod(abs(quantity), 10**scale)
    decimals = f"{rest:0{scale}d}".rstrip("0") if scale else ""
    return f"{'-' if quantity < 0 else ''}{whole:,}{'.' + decimals if decimals else ''}"
