"""The capability tree, worded: unit, site, capability, lines; the worst first, the counts beside each unit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from floodready.frozen import frozen
from floodready.language import Sentence, say, verbatim
from floodready.readiness.headline import counts, decisive
from floodready.readiness.line import Capability, Colour, LineStatus
from floodready.readiness.rollup import CapabilityStatus, SiteStatus, UnitStatus

if TYPE_CHECKING:
    from floodready.readiness.assembly import Readiness
    from floodready.store.contract import View


@frozen
class Branch:
    """One row of the tree."""

    key: str
    """Stable, for the cursor: the path from the unit down."""
    depth: int
    what: Sentence
    colour: Colour
    importance: str = ""
    """A, B or C for a line; empty above."""
    cause: Sentence
    act: Sentence | None = None
    status: LineStatus | None = None
    """The line; None for a unit, site or capability."""
    decisive: LineStatus | None
    """The line that makes the row what it is; None where every line under it is in order."""


@frozen
class Tree:
    """The rolled-up units with the names that the rows need."""

    units: tuple[UnitStatus, ...]
    unit_names: Mapping[str, str]
    site_names: Mapping[str, str]


def tree_of(view: View, answer: Readiness) -> Tree:
    """Give the tree of an answer with the names of units and works."""
    from floodready.organisation.models import Unit, Works

    return Tree(
        units=tuple(answer.units),
        unit_names={unit.id: unit.name for unit in view.all(Unit)},
        site_names={works.id: works.name for works in view.all(Works)},
    )


def branches(tree: Tree, *, all_lines: bool) -> Iterator[Branch]:
    """Give the rows from the top down; without `all_lines` what is in order is not gone into.

    A line under an override is always among them: both of its values stay visible.
    """
    for unit in sorted(tree.units, key=lambda one: (-one.colour.severity, one.unit)):
        yield from _unit(tree, unit, 0, all_lines)


def _unit(tree: Tree, unit: UnitStatus, depth: int, all_lines: bool) -> Iterator[Branch]:
    yield Branch(
        key=unit.unit,
        depth=depth,
        what=verbatim(tree.unit_names.get(unit.unit, unit.unit)),
        colour=unit.colour,
        cause=counts([unit]),
        decisive=decisive(unit.lines()),
    )
    for site in sorted(unit.sites, key=lambda one: (-one.colour.severity, one.site)):
        if all_lines or _shown(site):
            yield from _site(tree, unit, site, depth + 1, all_lines)
    for below in sorted(unit.below, key=lambda one: (-one.colour.severity, one.unit)):
        yield from _unit(tree, below, depth + 1, all_lines)


def _site(tree: Tree, unit: UnitStatus, site: SiteStatus, depth: int, all_lines: bool) -> Iterator[Branch]:
    own = say("the unit itself")
    name = verbatim(tree.site_names.get(site.site, site.site)) if site.site else own
    lacking = [one.capability for one in site.capabilities if one.colour is not Colour.GREEN]
    yield Branch(
        key=f"{unit.unit}/{site.site}",
        depth=depth,
        what=name,
        colour=site.colour,
        cause=_lacking(lacking),
        decisive=decisive(status for capability in site.capabilities for status in capability.lines),
    )
    for capability in site.capabilities:
        if all_lines or any(_matters(status) for status in capability.lines):
            yield from _capability(f"{unit.unit}/{site.site}", capability, depth + 1, all_lines)


def _capability(path: str, capability: CapabilityStatus, depth: int, all_lines: bool) -> Iterator[Branch]:
    decides = decisive(capability.lines)
    cause = say("every line in order")
    if decides is not None:
        cause = say("{subject}: {cause}", subject=decides.line.subject, cause=decides.cause)
    path = f"{path}/{capability.capability}"
    yield Branch(
        key=path,
        depth=depth,
        what=capability.capability.word,
        colour=capability.colour,
        cause=cause,
        decisive=decides,
    )
    for status in capability.lines:
        if all_lines or _matters(status):
            yield Branch(
                key=f"{path}/{status.line.id}",
                depth=depth + 1,
                what=status.line.subject,
                colour=status.colour,
                importance=status.line.importance.value,
                cause=status.cause,
                act=status.act,
                status=status,
                decisive=status,
            )


def _lacking(capabilities: list[Capability]) -> Sentence:
    if not capabilities:
        return say("every capability is there")
    told = capabilities[0].word
    for capability in capabilities[1:]:
        told = say("{first}, {rest}", first=told, rest=capability.word)
    return told


def _matters(status: LineStatus) -> bool:
    return status.colour is not Colour.GREEN or status.overriding is not None


def _shown(site: SiteStatus) -> bool:
    return any(_matters(status) for capability in site.capabilities for status in capability.lines)
