"""The documents of the roster: rotas, what departs from them, who stood duty, and the unit's own figures."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from enum import StrEnum
from typing import Annotated

from floodready.document import Code, Document, Line, Positive, Within, record
from floodready.language import Sentence, say
from floodready.season.level import Level
from floodready.workdays import DayKind

Weekday = Annotated[int, Within(0, 6)]
"""0 is Monday, as in `date.weekday`."""
Seats = Annotated[int, Within(0, 99)]
"""How many people a post needs."""
_LEVELS = frozenset(level.value for level in Level)
_NO_LEVEL = say("must be IV, III, II or I")


class TurnUnit(StrEnum):
    """What the length of a turn is counted in."""

    HOURS = "hours"
    """True hours, whatever the clocks do."""
    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"

    @property
    def word(self) -> Sentence:
        """The unit of length in the reader's language."""
        return _TURN_WORDS[self]


_TURN_WORDS = {
    TurnUnit.HOURS: say("hours"),
    TurnUnit.DAYS: say("days"),
    TurnUnit.WEEKS: say("weeks"),
    TurnUnit.MONTHS: say("months"),
}


@record
class Group:
    """Those who stand a turn together: one leader, or two officers of the same group."""

    people: tuple[Code, ...]
    """May be empty: a place kept in the cycle while nobody fills it."""


@record
class Rotation:
    """One post's turns: groups in order, taking over at fixed local times."""

    name: Code
    """Unique in its rota; stands in *why* and in iCal."""
    post: Code
    groups: tuple[Group, ...]
    first_on: date
    """The anchor: the local day on which turn 0 begins; the first group stands it. Turns before it count down."""
    times: tuple[time, ...]
    """Local handover times of a served day, ascending; each begins a turn. Turns in hours have one."""
    length: Annotated[int, Within(1, 1000)] = 1
    unit: TurnUnit = TurnUnit.DAYS
    weekdays: tuple[Weekday, ...] = ()
    """Days of the week on which turns begin; empty for all. The turn advances by served days only."""
    day_kinds: tuple[DayKind, ...] = ()
    """Kinds of days on which turns begin; empty for all."""
    ends: time | None = None
    """Local time at which each turn ends, on the next day where it is not later than its start. None: it runs on
    until the next turn begins."""

    def problem(self) -> Sentence | None:
        """Say what is wrong between the fields, or None."""
        masked = bool(self.weekdays or self.day_kinds)
        if not self.times or list(self.times) != sorted(set(self.times)):
            return say("rotation {name} needs handover times in ascending order", name=self.name)
        if any(moment.tzinfo is not None for moment in self.times):
            return say("rotation {name}: handover times are local times, without a zone", name=self.name)
        if masked and (self.unit, self.length) != (TurnUnit.DAYS, 1):
            return say("rotation {name}: only turns of one day can be limited to certain days", name=self.name)
        if self.unit is not TurnUnit.DAYS and len(self.times) > 1:
            return say("rotation {name}: only turns of days can have several handover times", name=self.name)
        if self.length > 1 and len(self.times) > 1:
            return say("rotation {name}: several handover times a day need turns of one day", name=self.name)
        if any(len(set(group.people)) < len(group.people) for group in self.groups):
            return say("rotation {name}: the same person stands twice in one group", name=self.name)
        if self.ends is not None and (self.unit, self.length, len(self.times)) != (TurnUnit.DAYS, 1, 1):
            return say("rotation {name}: only a daily turn with one handover can have its own end", name=self.name)
        return None


@record
class FixedTurn:
    """One turn written by hand, as monthly tables have it; half-open [from_at, until_at), UTC."""

    post: Code
    people: tuple[Code, ...]
    from_at: datetime
    until_at: datetime


@record
class Rota(Document):
    """The plan of a unit from an instant on, until the next rota of the unit or its own end.

    Editing never changes the past: an edit is a new rota from a later instant.
    """

    table = "duty.rotas"
    indexes = ("unit",)

    unit: Code
    since_at: datetime
    until_at: datetime | None = None
    rotations: tuple[Rotation, ...] = ()
    turns: tuple[FixedTurn, ...] = ()
    """Turns of a hand-made table or of the generator; they stand beside the rotations."""
    note: Line = ""

    def problems(self) -> Iterable[tuple[str, Sentence]]:
        """Refuse an end before the start, names that stand twice, and rotations that cannot be counted."""
        if self.until_at is not None and self.until_at <= self.since_at:
            yield "until_at", say("must be after the start")
        names = [rotation.name for rotation in self.rotations]
        if len(set(names)) < len(names):
            yield "rotations", say("the same name stands twice")
        for rotation in self.rotations:
            if (wrong := rotation.problem()) is not None:
                yield "rotations", wrong
        if any(turn.until_at <= turn.from_at for turn in self.turns):
            yield "turns", say("each turn must end after its start")


@record
class TemporaryRota(Document):
    """A rota for a window of time or for as long as a response level holds; it stands above all else."""

    table = "duty.temporary_rotas"
    indexes = ("unit",)

    unit: Code
    name: Line
    from_at: datetime | None = None
    until_at: datetime | None = None
    levels: tuple[Code, ...] = ()
    """The response levels (`IV` … `I`) at which it stands; empty where it is bound to the window alone."""
    rotations: tuple[Rotation, ...] = ()
    turns: tuple[FixedTurn, ...] = ()
    beside: bool = False
    """True: its people stand beside the regular ones. False: they replace them at its posts."""
    withdrawn: bool = False

    def problems(self) -> Iterable[tuple[str, Sentence]]:
        """Demand a window or a level, and levels that can be declared: no other would ever stand."""
        if not _LEVELS.issuperset(self.levels):
            yield "levels", _NO_LEVEL
        if not self.levels and (self.from_at is None or self.until_at is None):
            yield "from_at", say("needs a start and an end, or a response level")
        if self.from_at is not None and self.until_at is not None and self.until_at <= self.from_at:
            yield "until_at", say("must be after the start")
        for rotation in self.rotations:
            if (wrong := rotation.problem()) is not None:
                yield "rotations", wrong


class OverrideKind(StrEnum):
    """What an override does to a post."""

    ADD = "add"
    REMOVE = "remove"
    REPLACE = "replace"

    @property
    def word(self) -> Sentence:
        """The kind in the reader's language."""
        return _OVERRIDE_WORDS[self]


_OVERRIDE_WORDS = {
    OverrideKind.ADD: say("added"),
    OverrideKind.REMOVE: say("taken off"),
    OverrideKind.REPLACE: say("replaced"),
}


@record
class Override(Document):
    """A planner's word on one post for a stretch of time, half-open, UTC."""

    table = "duty.overrides"
    indexes = ("unit",)

    unit: Code
    post: Code
    kind: OverrideKind
    from_at: datetime
    until_at: datetime
    person: Code | None = None
    """Who is taken off or replaced; empty for an addition."""
    by: Code | None = None
    """Who comes; empty for a removal."""
    over: Code | None = None
    """The temporary rota this corrects; None for the regular rota."""
    made_at: datetime
    withdrawn: bool = False

    def problems(self) -> Iterable[tuple[str, Sentence]]:
        """Demand the people that the kind needs."""
        if self.until_at <= self.from_at:
            yield "until_at", say("must be after the start")
        if (self.kind is not OverrideKind.ADD) != (self.person is not None):
            yield "person", say("name who is taken off; an addition takes nobody off")
        if (self.kind is not OverrideKind.REMOVE) != (self.by is not None):
            yield "by", say("name who comes; a removal brings nobody")
        if self.person is not None and self.person == self.by:
            yield "by", say("must be another person")


class SwapState(StrEnum):
    """How far a swap has come; only an effective one changes who stands duty."""

    ASKED = "asked"
    AGREED = "agreed"
    """The other has agreed; waits for approval."""
    EFFECTIVE = "effective"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"

    @property
    def word(self) -> Sentence:
        """The state in the reader's language."""
        return _SWAP_WORDS[self]


_SWAP_WORDS = {
    SwapState.ASKED: say("asked"),
    SwapState.AGREED: say("agreed, waits for approval"),
    SwapState.EFFECTIVE: say("in force"),
    SwapState.DECLINED: say("declined"),
    SwapState.WITHDRAWN: say("withdrawn"),
}


@record
class Leg:
    """One stretch of duty that goes from one person to another; half-open, UTC."""

    post: Code
    giver: Code
    taker: Code
    from_at: datetime
    until_at: datetime


@record
class Swap(Document):
    """An exchange between two people (换班): one leg where one stands in for the other, two where both give a turn."""

    table = "duty.swaps"
    indexes = ("unit", "state")

    unit: Code
    legs: tuple[Leg, ...]
    asked_by: Code
    asked_at: datetime
    """Orders swaps of swaps, whatever the order in which they are stored."""
    other: Code
    state: SwapState = SwapState.ASKED
    over: Code | None = None
    agreed_at: datetime | None = None
    approved_by: Code | None = None
    """None where the office's setting is to report only."""

    def has_lapsed(self, at: datetime) -> bool:
        """Tell whether it can no longer come into force: nobody agreed before its duty began, or approved in time."""
        if self.state is SwapState.ASKED:
            return any(leg.from_at < at for leg in self.legs)
        return self.state is SwapState.AGREED and any(leg.until_at <= at for leg in self.legs)

    def state_word(self, at: datetime) -> Sentence:
        """How far it has come by an instant, in the reader's language."""
        return say("lapsed") if self.has_lapsed(at) else self.state.word

    def problems(self) -> Iterable[tuple[str, Sentence]]:
        """Demand one or two legs between the two."""
        if not 1 <= len(self.legs) <= 2:
            yield "legs", say("a swap has one or two legs")
        for leg in self.legs:
            if leg.until_at <= leg.from_at:
                yield "legs", say("must end after its start")
            if {leg.giver, leg.taker} != {self.asked_by, self.other} or leg.giver == leg.taker:
                yield "legs", say("a swap is between two people")


@record
class Leave(Document):
    """A stretch in which a person stands no duty, half-open, UTC. It leaves a gap until someone fills it."""

    table = "duty.leaves"
    indexes = ("person",)

    person: Code
    from_at: datetime
    until_at: datetime
    why: Line = ""
    withdrawn: bool = False

    def problems(self) -> Iterable[tuple[str, Sentence]]:
        """Demand an end after the start."""
        if self.until_at <= self.from_at:
            yield "until_at", say("must be after the start")


@record
class Wish(Document):
    """A person's wish not to stand duty on a day; the generator weighs it, nobody is bound by it."""

    table = "duty.wishes"
    indexes = ("person",)

    person: Code
    on: date
    withdrawn: bool = False


@record
class StoodDuty(Document):
    """Who really stood duty, as a handover established it; a fact that no later plan changes."""

    table = "duty.stood"
    indexes = ("unit", "person")

    unit: Code
    post: Code
    person: Code
    from_at: datetime
    until_at: datetime
    handover: Code


@record
class PostNeed:
    """How many distinct people a post needs."""

    post: Code
    needed: Seats


@record
class LevelNeed:
    """How many people a post needs while a response level holds, from the unit's table."""

    level: Code
    post: Code
    needed: Seats


@record
class DutySettings(Document):
    """A unit's own figures for duty, under the unit's id."""

    table = "duty.settings"

    needs: tuple[PostNeed, ...] = ()
    level_needs: tuple[LevelNeed, ...] = ()
    all_year: bool = False
    """True: the needs hold outside the seasons too."""
    rest_hours: Annotated[int, Within(0, 744)] = 24
    """True hours between the end of a duty and the start of the next; a month at most."""
    most_in_row: Annotated[int, Within(1, 366)] = 3
    """Duties that may follow each other with no more than the rest between them."""
    swaps_need_approval: bool = True
    """False: an agreed swap is in force at once and only reported to the leader."""
    handover_late_minutes: Annotated[int, Within(1, 1440)] = 30
    gap_warning_days: Annotated[int, Within(1, 366)] = 7
    post_check_rings: Positive = 5
    hand_over_at: time = time(8, 0)
    """Local time at which a post hands over that no rotation says the hours of."""
    night_begins: time = time(17, 0)
    """Local time at which the night hours begin; a turn that lies in them for its greater part is a night duty."""
    night_ends: time = time(8, 0)
    """Local time at which the night hours end, exclusive; on the next day where it is not later than their begin."""

    def problems(self) -> Iterable[tuple[str, Sentence]]:
        """Demand levels that can be declared, and night hours that are neither none nor all."""
        if not _LEVELS.issuperset(need.level for need in self.level_needs):
            yield "level_needs", _NO_LEVEL
        if self.night_ends == self.night_begins:
            yield "night_ends", say("must be another time than the night's begin")
