"""The tree of units: who stands above and below whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from floodready.organisation.models import Unit

Parents = Mapping[str, str | None]
"""The parent of each unit by id; None at the top. A parent that is no key ends the way up."""


def parents_of(units: Iterable[Unit]) -> dict[str, str | None]:
    """Give each unit's parent."""
    return {unit.id: unit.parent for unit in units}


def ancestors(unit: str, parents: Parents) -> list[str]:
    """Give the units above a unit, the nearest first; without end nor error even where data holds a cycle."""
    found: list[str] = []
    above = parents.get(unit)
    while above is not None and above in parents and above not in found and above != unit:
        found.append(above)
        above = parents[above]
    return found


def would_cycle(unit: str, parent: str | None, parents: Parents) -> bool:
    """Tell whether a unit would stand above itself under this parent."""
    return parent is not None and (parent == unit or unit in ancestors(parent, parents))


def descendants(unit: str, parents: Parents) -> set[str]:
    """Give all units below a unit, without itself."""
    return {other for other in parents if unit in ancestors(other, parents)}


def in_order(units: Iterable[Unit]) -> Iterator[tuple[int, Unit]]:
    """Give the units as an outline: each with its depth, parents before children, children in the order given.

    A unit whose parent is not among them stands at depth 0.
    """
    known = {unit.id: unit for unit in units}
    children: dict[str | None, list[Unit]] = {}
    for unit in known.values():
        children.setdefault(unit.parent if unit.parent in known else None, []).append(unit)
    waiting = [(0, unit) for unit in reversed(children.get(None, []))]
    while waiting:
        depth, unit = waiting.pop()
        yield depth, unit
        waiting.extend((depth + 1, child) for child in reversed(children.get(unit.id, [])))
