"""The documents of equipment, sets and quotas."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Annotated

from floodready.document import Code, Document, Length, Line, Name, Natural, Positive, record
from floodready.horizon import Days
from floodready.language import Sentence, say
from floodready.materials.models import Importance

Decimal = Annotated[str, Length(1, 20)]
"""A decimal figure as the table prints it, like `0.85`: never a float."""


class Condition(StrEnum):
    """Whether a machine can be used."""

    SERVICEABLE = "serviceable"
    REPAIR = "under repair"
    UNSERVICEABLE = "unserviceable"
    CONDEMNED = "condemned"

    @property
    def word(self) -> Sentence:
        """The condition in the reader's language."""
        return _CONDITION_WORDS[self]


_CONDITION_WORDS = {
    Condition.SERVICEABLE: say("serviceable"),
    Condition.REPAIR: say("under repair"),
    Condition.UNSERVICEABLE: say("unserviceable"),
    Condition.CONDEMNED: say("condemned"),
}


@record
class Equipment(Document):
    """One machine, under its serial number: generator, pump, boat, light."""

    table = "materials.equipment"
    indexes = ("item", "place")

    name: Name
    item: Code
    place: Code
    condition: Condition = Condition.SERVICEABLE
    test_interval_days: Days | None = None
    """The office's setting; None where no interval is set."""
    interval_source: Line = ""
    hours: Natural = 0
    """Running hours in minutes, summed over the test runs."""
    last_tested_at: datetime | None = None
    last_passed: bool | None = None
    next_due_on: date | None = None


@record
class TestRun(Document):
    """One test run of a machine and its result."""

    table = "materials.test_runs"
    indexes = ("equipment",)

    equipment: Code
    tested_at: datetime
    minutes: Natural = 0
    passed: bool
    fuel: Line = ""
    note: Line = ""
    by: Code


def next_due(tested_on: date, interval_days: int | None) -> date | None:
    """Give the last day by which a machine must be tested again; None where no interval is set."""
    return None if interval_days is None else tested_on + timedelta(interval_days)


@record
class SetPart:
    """One part of a set: how many smallest units of an item one set needs."""

    item: Code
    per_set: Positive


@record
class GearSet(Document):
    """Items that serve only together: one boat is hull, engine, fuel and jackets."""

    table = "materials.sets"

    name: Name
    parts: tuple[SetPart, ...]
    importance: Importance = Importance.A
    capability: Line = ""
    needed: Natural | None = None
    """How many whole sets are required; None where nobody has stated it."""
    need_source: Line = ""

    def problems(self) -> Iterable[tuple[str, Sentence]]:
        """Refuse a set of nothing and a part that stands twice."""
        if not self.parts:
            yield "parts", say("needs one part at least")
        if len({part.item for part in self.parts}) < len(self.parts):
            yield "parts", say("the same item stands twice")


_FIGURE = re.compile(r"\d{1,12}(\.\d{1,9})?")
"""A decimal that can be multiplied and kept: no sign, no exponent."""


@record
class QuotaRow:
    """What works of one kind and grade need of an item, for every `per` of their size."""

    works_kind: Name
    grade: Line = ""
    item: Code
    base: Decimal
    """Ledger units for every `per` of size."""
    per: Positive = 1
    coefficients: tuple[Name, ...] = ()
    """The named coefficients that multiply the base."""


@record
class Coefficient:
    """One named coefficient, as the table or the office states it."""

    name: Name
    value: Decimal


@record
class QuotaTable(Document):
    """An imported table of storage quotas (储备定额), with its source and clause."""

    table = "materials.quota_tables"

    name: Name
    source: Name
    clause: Name
    in_force_on: date
    rows: tuple[QuotaRow, ...]
    coefficients: tuple[Coefficient, ...] = ()

    def problems(self) -> Iterable[tuple[str, Sentence]]:
        """Refuse figures that are no decimals, and rows that name a coefficient the table does not give."""
        known = {coefficient.name for coefficient in self.coefficients}
        if missing := {name for row in self.rows for name in row.coefficients} - known:
            yield "coefficients", say("{name} has no value in the table", name=min(missing))
        figures = [row.base for row in self.rows] + [coefficient.value for coefficient in self.coefficients]
        for figure in figures:
            if _FIGURE.fullmatch(figure) is None:
                yield "rows", say("{figure} is not a decimal figure of zero or more", figure=figure)
