"""What stands in the way of a planned drill: people, materials, season, response level, and its own gaps.

The facts come from duty, stock and season as plain values, so that a plan can be checked against any state of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from floodready.drills.injects import after_the_end, unwatched
from floodready.drills.models import Drill, DrillState, Form, Inject, Role
from floodready.frozen import EMPTY, frozen
from floodready.language import Sentence, say, verbatim
from floodready.quantity import write_quantity

MATERIAL_SHORT = "material-short"
"""The code of a problem: less of an item can be reserved than the drill needs."""


class Engagement(StrEnum):
    """What else a person does at the time of a drill."""

    DUTY = "duty"
    LEAVE = "leave"
    DRILL = "drill"


@frozen
class Busy:
    """A person is engaged in [since, until), UTC."""

    person: str
    kind: Engagement
    since: datetime
    until: datetime
    what: str = ""
    """The post, the leave's reason, or the drill's name."""


@frozen
class Facts:
    """What the other pillars know about the time and the place of a drill."""

    busy: tuple[Busy, ...] = ()
    available: Mapping[tuple[str, str], int] = EMPTY
    """What can still be reserved, by (item, place), in smallest units; a missing pair is not known."""
    in_season: bool = False
    on_holiday: bool = False
    """Whether its day is a public holiday, or one that the office takes off."""
    level: str | None = None
    """The response level in force for the unit, `I` to `IV`; None for none."""
    at: datetime | None = None
    """When the plan is looked at, UTC; None where its time is no matter."""
    gone: frozenset[str] = frozenset()
    """People who are on the staff no more when it ends."""
    names: Mapping[str, str] = EMPTY
    """People's names by id, to speak of them."""
    items: Mapping[str, str] = EMPTY
    """The names of its items by id."""
    scales: Mapping[str, int] = EMPTY
    """How many decimals the quantities of its items have, by id."""
    places: Mapping[str, str] = EMPTY
    """The names by id of the places that its materials come from."""


@frozen
class Problem:
    """One thing in the way of a drill."""

    code: str
    sentence: Sentence
    blocks: bool = False
    """True where the drill cannot be held as planned; else it is a warning."""


def ends_at(drill: Drill) -> datetime:
    """Give the planned end, UTC."""
    return drill.starts_at + timedelta(minutes=drill.minutes)


def problems(drill: Drill, facts: Facts, injects: Iterable[Inject] = ()) -> list[Problem]:
    """Name everything in the way of a planned drill, what blocks it first."""
    found = [
        *_time(drill, facts),
        *_people(drill, facts),
        *_materials(drill, facts),
        *_season(drill, facts),
        *_calendar(facts),
        *_design(drill, tuple(injects)),
    ]
    return sorted(found, key=lambda problem: not problem.blocks)


def in_drills(drills: Iterable[Drill], but: str = "") -> list[Busy]:
    """Give the engagements that planned and running drills make, except those of one drill."""
    return [
        Busy(person=p.person, kind=Engagement.DRILL, since=drill.starts_at, until=ends_at(drill), what=drill.name)
        for drill in drills
        if drill.id != but and drill.state in (DrillState.PLANNED, DrillState.RUNNING)
        for p in drill.participants
    ]


def postponed(drill: Drill, level: str | None) -> Sentence | None:
    """Offer to postpone a planned drill when a response level is in force; None where nothing is offered.

    Who decides to hold it on purpose is not asked again, unless another level is declared.
    """
    if level is None or drill.state is not DrillState.PLANNED or drill.kept_under == level:
        return None
    return say(
        "Response level {level} is in force. Postpone {drill}, or hold it despite the level.",
        level=verbatim(level),
        drill=drill.name,
    )


def _time(drill: Drill, facts: Facts) -> Iterable[Problem]:
    if facts.at is not None and drill.state is DrillState.PLANNED and ends_at(drill) <= facts.at:
        sentence = say("Its time has passed, and it was not started. Postpone or cancel it.")
        yield Problem(code="past", sentence=sentence, blocks=True)


def _people(drill: Drill, facts: Facts) -> Iterable[Problem]:
    for participant in drill.participants:
        if participant.person in facts.gone:
            name = facts.names.get(participant.person, participant.person)
            yield Problem(
                code="gone", sentence=say("{person} has left. Choose somebody else.", person=name), blocks=True
            )
        for busy in facts.busy:
            if busy.person == participant.person and busy.since < ends_at(drill) and drill.starts_at < busy.until:
                name = facts.names.get(busy.person, busy.person)
                yield Problem(code=f"on-{busy.kind}", sentence=_engaged(busy, name), blocks=True)


def _engaged(busy: Busy, name: str) -> Sentence:
    match busy.kind:
        case Engagement.DUTY:
            return say("{person} is on duty then: {what}. Take another person or time.", person=name, what=busy.what)
        case Engagement.LEAVE:
            return say("{person} is on leave then: {what}. Take another person or time.", person=name, what=busy.what)
        case Engagement.DRILL:
            return say(
                "{person} is in another drill then: {what}. Take another person or time.", person=name, what=busy.what
            )


def _materials(drill: Drill, facts: Facts) -> Iterable[Problem]:
    for material in drill.materials:
        if material.reservations or material.issued:
            continue
        available = facts.available.get((material.item, material.place))
        item = verbatim(facts.items.get(material.item, material.item))
        place = verbatim(facts.places.get(material.place, material.place))
        if available is None:
            sentence = say("What is available of {item} at {place} is not known.", item=item, place=place)
            yield Problem(code="material-unknown", sentence=sentence)
        elif available < material.quantity:
            sentence = say(
                "{item} at {place}: {available} available, {quantity} needed. Name less, or another place.",
                item=item,
                place=place,
                available=write_quantity(available, facts.scales.get(material.item, 0)),
                quantity=write_quantity(material.quantity, facts.scales.get(material.item, 0)),
            )
            yield Problem(code=MATERIAL_SHORT, sentence=sentence, blocks=True)


def _season(drill: Drill, facts: Facts) -> Iterable[Problem]:
    if (offer := postponed(drill, facts.level)) is not None:
        yield Problem(code="level", sentence=offer)
    if facts.in_season and drill.form in (Form.FIELD, Form.FULL_SCALE):
        yield Problem(
            code="season",
            sentence=say("It is flood season then. People and equipment of a field drill are away from their works."),
        )


def _calendar(facts: Facts) -> Iterable[Problem]:
    if facts.on_holiday:
        yield Problem(code="holiday", sentence=say("It is a holiday then. Take a working day, or hold it on purpose."))


def _design(drill: Drill, injects: Sequence[Inject]) -> Iterable[Problem]:
    roles = {participant.role for participant in drill.participants}
    if Role.DIRECTOR not in roles:
        yield Problem(code="no-director", sentence=say("The drill has no director."))
    if Role.EVALUATOR not in roles:
        yield Problem(code="no-evaluator", sentence=say("The drill has no evaluator: nothing of it could be rated."))
    if not drill.objectives:
        yield Problem(code="no-objective", sentence=say("The drill has no objective: nothing of it could be rated."))
    if drill.form in (Form.FIELD, Form.FULL_SCALE) and not drill.safety:
        yield Problem(code="no-safety", sentence=say("A field drill needs its safety measures written."))
    for inject in after_the_end(injects, drill):
        yield Problem(code="late", sentence=say("Inject {number} comes after the planned end.", number=inject.number))
    for inject in unwatched(injects, drill):
        sentence = say("Inject {number} names an evaluator who is not one of the drill's.", number=inject.number)
        yield Problem(code="unwatched", sentence=sentence)
