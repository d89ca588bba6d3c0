"""What a report is asked about: which unit at which instant, and the answer that all of them begin with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from floodready.duty.roster import units_with_duty
from floodready.exchange.paper import Facts, Paragraph, Text
from floodready.language import Sentence, say, verbatim
from floodready.materials.models import Place
from floodready.materials.places import unit_of
from floodready.organisation.lookup import person_names, unit_names
from floodready.organisation.models import Unit
from floodready.organisation.tree import descendants, parents_of
from floodready.readiness.headline import counts, headline, progress
from floodready.readiness.line import LineStatus

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from floodready.exchange.paper import Block
    from floodready.readiness.assembly import Readiness
    from floodready.readiness.rollup import UnitStatus
    from floodready.store.contract import Store, View


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A question to which a report is the answer."""

    store: Store
    """Asked for the journal; documents are read from `view`."""
    view: View
    """The documents as they were known at the instant."""
    at: datetime
    """UTC."""
    zone: ZoneInfo
    unit: Unit
    """The unit that the report is of, with all below it."""
    answer: Readiness

    @cached_property
    def units(self) -> frozenset[str]:
        """The ids of the unit and of those below it."""
        return frozenset({self.unit.id, *descendants(self.unit.id, parents_of(self.view.all(Unit)))})

    @cached_property
    def unit_names(self) -> Mapping[str, str]:
        """The names of all units by id."""
        return unit_names(self.view)

    @cached_property
    def people(self) -> Mapping[str, str]:
        """The names of all people by id."""
        return person_names(self.view)

    @property
    def duty_units(self) -> list[Unit]:
        """The units of the report that keep a roster, the report's own first."""
        found = [unit for unit in units_with_duty(self.view) if unit.id in self.units]
        return sorted(found, key=lambda unit: unit.id != self.unit.id)

    @property
    def wrong(self) -> list[LineStatus]:
        """The lines of the report's units that are not green, the one that matters most first."""
        return [status for status in self.answer.wrong if status.line.unit in self.units]

    @cached_property
    def _places(self) -> Mapping[str, Place]:
        return {place.id: place for place in self.view.all(Place)}

    def holds_any(self, places: Iterable[str]) -> bool:
        """Tell whether one of some places is a place of the report's units; places of no unit concern everybody."""
        units = {unit_of(self._places, place) for place in places if place in self._places} - {None}
        return not units or bool(units & self.units)

    def in_answer(self, answer: Readiness) -> list[UnitStatus]:
        """Give the report's unit as an answer has it; empty where it has no line."""
        return [unit for _, unit in lights_by_unit(answer.units) if unit.unit == self.unit.id]

    def name_of(self, person: str | None) -> str:
        """Give a person's name, or the id where nobody has it."""
        return self.people.get(person or "", person or "")


def answer_blocks(asked: Asked) -> list[Block]:
    """Give what every report begins with: the unit's sentence, its counts, the progress beside them."""
    units = asked.in_answer(asked.answer)
    percent = progress(status for unit in units for status in unit.lines())
    pairs: list[tuple[Text, Text]] = [
        (say("Sites"), counts(units) if units else ""),
        (say("Progress"), say("{percent} % of the lines in order", percent=percent) if units else ""),
    ]
    return [Paragraph(headline(units)), Facts(pairs)]


def lights_by_unit(units: Sequence[UnitStatus], depth: int = 0) -> list[tuple[int, UnitStatus]]:
    """Give every unit with its depth, parents before those below them."""
    return [row for unit in units for row in ((depth, unit), *lights_by_unit(unit.below, depth + 1))]


def state_told(status: LineStatus) -> Sentence:
    """Say a line's state; a star says that a leader set it over the computed one."""
    star = "*" if status.overriding is not None else ""
    return say("{mark} {word}{star}", mark=status.colour.mark, word=status.colour.word, star=star)


def nothing(text: Text | None) -> Text:
    """Give a text, or a dash for none."""
    return verbatim("—") if text is None or text == "" else text
