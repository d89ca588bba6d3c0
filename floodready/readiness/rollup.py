"""The worst link: lines to capabilities, sites and units. Never a weighted mean."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime

from floodready.frozen import frozen
from floodready.readiness.line import Capability, Colour, Importance, Line, LineStatus, status_of, worst


@frozen
class CapabilityStatus:
    """A capability of one site: the worst of its A lines; B lines pull it to amber at most; C lines are listed."""

    capability: Capability
    colour: Colour
    lines: tuple[LineStatus, ...]
    """Worst first, A before B before C."""


@frozen
class SiteStatus:
    """A site (or, with an empty name, the unit itself): its worst capability."""

    site: str
    colour: Colour
    capabilities: tuple[CapabilityStatus, ...]


@frozen
class UnitStatus:
    """A unit: its worst site or unit below, and the counts."""

    unit: str
    colour: Colour
    sites: tuple[SiteStatus, ...]
    below: tuple[UnitStatus, ...] = ()

    def lines(self) -> Iterable[LineStatus]:
        """Give every line of this unit and of those below."""
        for site in self.sites:
            for capability in site.capabilities:
                yield from capability.lines
        for unit in self.below:
            yield from unit.lines()

    def counts(self) -> Mapping[Colour, int]:
        """Count the sites of this unit and of those below by colour."""
        counted = dict.fromkeys(Colour, 0)
        for site in self.all_sites():
            counted[site.colour] += 1
        return counted

    def all_sites(self) -> Iterable[SiteStatus]:
        """Give every site of this unit and of those below."""
        yield from self.sites
        for unit in self.below:
            yield from unit.all_sites()


def capability_status(capability: Capability, statuses: Iterable[LineStatus]) -> CapabilityStatus:
    """Roll lines up into a capability."""
    ordered = sorted(statuses, key=_urgency)
    of_a = worst(status.colour for status in ordered if status.line.importance is Importance.A)
    of_b = worst(status.colour for status in ordered if status.line.importance is Importance.B)
    pulled = Colour.AMBER if of_b is not Colour.GREEN else Colour.GREEN
    return CapabilityStatus(capability=capability, colour=worst((of_a, pulled)), lines=tuple(ordered))


def roll_up(
    lines: Iterable[Line],
    at: datetime,
    parents: Mapping[str, str | None],
    status: Callable[[Line, datetime], LineStatus] = status_of,
) -> Sequence[UnitStatus]:
    """Roll lines up to the units that have no parent.

    `parents` gives each unit's parent. A unit without lines, alone or through those below, is not shown: nothing is
    known of it and nothing was asked.
    """
    by_unit: dict[str, list[LineStatus]] = defaultdict(list)
    for line in lines:
        by_unit[line.unit].append(status(line, at))
    children: dict[str | None, list[str]] = defaultdict(list)
    for unit in {*parents, *by_unit}:
        parent = parents.get(unit)
        children[parent if parent in parents else None].append(unit)
    return _units(None, by_unit, children)


def _units(
    parent: str | None, by_unit: Mapping[str, list[LineStatus]], children: Mapping[str | None, list[str]]
) -> tuple[UnitStatus, ...]:
    made = []
    for unit in sorted(children.get(parent, ())):
        below = _units(unit, by_unit, children)
        sites = _sites(by_unit.get(unit, ()))
        if sites or below:
            colour = worst([*(site.colour for site in sites), *(other.colour for other in below)])
            made.append(UnitStatus(unit=unit, colour=colour, sites=sites, below=below))
    return tuple(made)


def _sites(statuses: Iterable[LineStatus]) -> tuple[SiteStatus, ...]:
    grouped: dict[str, dict[Capability, list[LineStatus]]] = defaultdict(lambda: defaultdict(list))
    for status in statuses:
        grouped[status.line.site][status.line.capability].append(status)
    made = []
    for site, capabilities in sorted(grouped.items()):
        rolled = [capability_status(capability, found) for capability, found in capabilities.items()]
        rolled.sort(key=lambda one: (-one.colour.severity, one.capability))
        made.append(SiteStatus(site=site, colour=worst(one.colour for one in rolled), capabilities=tuple(rolled)))
    return tuple(made)


def _urgency(status: LineStatus) -> tuple[object, ...]:
    return (status.line.importance, -status.colour.severity, status.line.id)
