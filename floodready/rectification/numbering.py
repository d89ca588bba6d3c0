"""Numbers of records: by unit and year, counted up, never reused."""

from __future__ import annotations


def counter_id(unit: str, year: int) -> str:
    """Name the counter of a unit's year."""
    return f"{unit}-{year}"


def number(unit: str, year: int, place: int) -> str:
    """Write the number of a unit's record: `U1-2026-0007`."""
    return f"{unit}-{year}-{place:04d}"
