"""The documents of the response level: a unit's level table, declarations, the actions they start."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time
from enum import StrEnum
from typing import Annotated

from floodready.document import Code, Document, Line, Name, Natural, Note, Within, record
from floodready.horizon import Hours, Minutes
from floodready.language import Sentence, say
from floodready.organisation.models import PostKind
from floodready.season.level import Level


class LeaderPlace(StrEnum):
    """Where the leader in charge must be."""

    REACHABLE = "reachable"
    ON_SITE = "on site"
    COMMANDER_ON_SITE = "commander on site"

    @property
    def word(self) -> Sentence:
        """The place in the reader's language."""
        return _PLACE_WORDS[self]


_PLACE_WORDS = {
    LeaderPlace.REACHABLE: say("leader reachable"),
    LeaderPlace.ON_SITE: say("leader on site"),
    LeaderPlace.COMMANDER_ON_SITE: say("commander on site"),
}


@record
class Staffing:
    """So many people at posts of one kind, at every moment."""

    post: PostKind
    people: Annotated[int, Within(1, 99)]


@record
class LevelAction:
    """What must be done within some minutes after the level is declared."""

    name: Name
    within_minutes: Minutes
    who: Line = ""
    """The post or office that does it."""


@record
class LevelRow:
    """What one level demands of a unit."""

    level: Level
    staffing: tuple[Staffing, ...] = ()
    staffing_note: Line = ""
    """Staffing in the plan's own words."""
    leader: LeaderPlace = LeaderPlace.ON_SITE
    bulletins: tuple[time, ...] = ()
    """When bulletins are due each day, wall time of the store's zone."""
    forecasts_per_day: Natural = 0
    forward_stock_percent: tuple[Natural, ...] = ()
    """The least and the most by which stock at risk points grows, in percent; empty: not at all."""
    agreement_stock_within_hours: Hours | None = None
    """How soon agreement stock must be at hand."""
    consultation: Line = ""
    """Who chairs the consultation."""
    actions: tuple[LevelAction, ...] = ()
    call_out: tuple[Code, ...] = ()
    """People to be called out, by id, in order."""


@record
class LevelTable(Document):
    """A unit's level table, under the unit's id. A unit without one follows the nearest unit above that has."""

    table = "season.level_tables"

    rows: tuple[LevelRow, ...]
    source: Line = ""
    """The plan and clause it is from."""

    def problems(self) -> Iterable[tuple[str, Sentence]]:
        """Refuse two rows of one level."""
        if len({row.level for row in self.rows}) < len(self.rows):
            yield "rows", say("the same level stands twice")


@record
class Declaration(Document):
    """A response level declared for a unit, or its end (level None). The latest one that has begun holds."""

    table = "season.declarations"
    indexes = ("unit",)

    unit: Code
    level: Level | None
    authority: Name
    """Who ordered it, and by what right."""
    reason: Note
    starts_at: datetime
    """From when it holds, UTC."""
    until_at: datetime | None = None
    """When the next declaration took its place, UTC; None while it holds."""
    by: Code
    """Who entered it."""
    warning: Code | None = None
    """The warning it was decided on, or None."""


@record
class StartedAction(Document):
    """An action that a declaration started, with its clock."""

    table = "season.actions"
    indexes = ("unit", "declaration")

    unit: Code
    declaration: Code
    level: Level
    """The level whose table demands it; lowering below it ends the action."""
    name: Name
    who: Line = ""
    due_at: datetime
    """UTC."""
    done_at: datetime | None = None
    done_by: Code | None = None
    ended_at: datetime | None = None
    """When the level that demanded it ended, or another clock took its place, with the action not done; UTC."""
    note: Note = ""

    @property
    def open(self) -> bool:
        """Whether it is still to be done."""
        return self.done_at is None and self.ended_at is None
