"""Values of stations: read as people type them, shown as people read them. Whole thousandths inside."""

from __future__ import annotations

import unicodedata

from floodready.language import say, verbatim
from floodready.refusal import Refused
from floodready.season.models import StationKind

PER_UNIT = 1000
_LARGEST = 10**12


def read_value(text: str) -> int:
    """Read a value in the station's unit (`4000`, `4,000`, `41.72`, full-width digits) as thousandths.

    Raises Refused for text that is no number, or is finer than a thousandth: nothing is rounded silently.
    """
    from decimal import Decimal, InvalidOperation  # most who show a value read none

    plain = unicodedata.normalize("NFKC", text).strip().replace(",", "").replace("−", "-")
    try:
        scaled = Decimal(plain) * PER_UNIT
    except InvalidOperation as error:
        raise _no_value(text) from error
    if not scaled.is_finite() or abs(scaled) > _LARGEST or "_" in plain:
        raise _no_value(text)
    if scaled != scaled.to_integral_value():
        raise Refused(say("“{text}” is finer than a thousandth. Round it.", text=verbatim(text)))
    return int(scaled)


def figure(value: int, kind: StationKind) -> str:
    """Write a value alone: `4,000`, `12.5` for discharge; levels always with centimetres: `41.72`, `317.50`."""
    whole, rest = divmod(abs(value), PER_UNIT)
    decimals = f"{rest:03d}".rstrip("0")
    if kind is not StationKind.DISCHARGE:
        decimals = decimals.ljust(2, "0")
    sign = "-" if value < 0 else ""
    return f"{sign}{whole:,}.{decimals}" if decimals else f"{sign}{whole:,}"


def shown(value: int, kind: StationKind) -> str:
    """Write a value with its unit: `4,000 m³/s`, `41.72 m`."""
    return f"{figure(value, kind)} {kind.unit}"


def _no_value(text: str) -> Refused:
    return Refused(say("“{text}” is not a value. Write a number, like 4000 or 41.72.", text=verbatim(text[:40])))
