"""What drills owe readiness: nothing overdue, every drill evaluated, every weakness owned, no plan left unproved.

A drill counts once its evaluation is written, and until it is older than its obligation's interval.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from floodready.clock import local_day, start_of
from floodready.drills import reading, surroundings
from floodready.drills.cadence import no_longer_counts_on
from floodready.drills.closing import close_by, without_owner
from floodready.drills.models import Drill, DrillState, Obligation, Occurrence, Settings
from floodready.drills.planning import ends_at
from floodready.drills.run_models import Evaluation
from floodready.frozen import replace
from floodready.language import Sentence, say, say_many, verbatim
from floodready.organisation.lookup import person_name
from floodready.organisation.models import Unit
from floodready.readiness.gathering import Part, Surroundings
from floodready.readiness.line import Capability, Colour, Evidence, Importance, Kind, Line, Signal

Proof = tuple[date, Drill]
"""A drill that counts, with the day on which it was held."""
TOLD = 3
"""So many of the last drills of a unit are told."""
AHEAD_YEARS = 2
"""How far ahead due days are looked for: farther than any forecast asks."""


def parts(_: Surroundings) -> Iterator[Part]:
    """Name all lines together."""
    yield Part("all", lines)


def lines(around: Surroundings) -> Iterator[Line]:
    """Give a line for each obligation, and one for each unit that has held a drill."""
    today = local_day(around.at, around.zone)
    for obligation in around.view.all(Obligation):
        if obligation.ended_on is None or obligation.ended_on > today:
            yield _obligation(around, obligation, today)
    held = [drill for drill in around.view.all(Drill) if drill.state in (DrillState.HELD, DrillState.CLOSED)]
    for unit in dict.fromkeys(drill.unit for drill in held):
        yield _evaluations(around, unit, [drill for drill in held if drill.unit == unit])


def _obligation(around: Surroundings, obligation: Obligation, today: date) -> Line:
    last = _last_counting(around, obligation)
    settings = reading.settings(around.view)
    until = date(today.year + AHEAD_YEARS, today.month, 1)
    owed = reading.owed(around.view, obligation, date.min, until)
    signals = [signal for occurrence in owed for signal in _due(around, obligation, occurrence, settings)]
    signals.append(_unproved(around, obligation, last))
    if obligation.ended_on is not None:
        signals = list(_ending(signals, start_of(obligation.ended_on, around.zone)))
    return Line(
        id=f"drills/{obligation.id}/{obligation.unit}",
        unit=obligation.unit,
        capability=Capability.COMMAND,
        importance=Importance.B,
        kind=Kind.DRILL,
        subject=say("drill of {plan}", plan=obligation.plan),
        signals=tuple(signals),
        good=_last_told(obligation, last),
        explanation=(
            _last_told(obligation, last),
            say_many("Rule: a drill every month.", "Rule: a drill every {count} months.", obligation.cadence.months),
            say("Source: {source}", source=verbatim(obligation.source)),
            say("A drill counts once its evaluation is written, and until it is older than the interval."),
        ),
        opens=(Obligation.table, obligation.id),
        evidence=((Obligation.table, obligation.id), *(_documents(last[1]) if last is not None else ())),
    )


def _last_told(obligation: Obligation, last: Proof | None) -> Sentence:
    if last is None:
        return say("{plan} was never drilled and evaluated", plan=obligation.plan)
    return say("last drilled and evaluated on {day}", day=last[0])


def _documents(drill: Drill) -> Evidence:
    return (Drill.table, drill.id), (Evaluation.table, drill.id)


def _ending(signals: list[Signal], end: datetime) -> Iterator[Signal]:
    """Give the signals cut at the instant from which the obligation asks nothing more."""
    for signal in signals:
        if signal.since < end:
            yield replace(signal, until=min(signal.until or end, end))


def _due(around: Surroundings, obligation: Obligation, occurrence: Occurrence, settings: Settings) -> Iterator[Signal]:
    drill = reading.drill_of(around.view, occurrence)
    if drill is not None and around.view.get(Evaluation, drill.id) is not None:
        return
    act = say("hold the drill of {plan}", plan=obligation.plan)
    if drill is not None and drill.state is DrillState.HELD:
        act = say("write the evaluation of {drill}", drill=drill.name)
    yield Signal(
        colour=Colour.RED,
        cause=say("the drill of {plan} was due on {day}", plan=obligation.plan, day=occurrence.due_on),
        act=act,
        since=start_of(occurrence.due_on + timedelta(1), around.zone),
    )
    day = occurrence.due_on
    if drill is not None and drill.state is DrillState.PLANNED:
        yield from _missed(around, drill, day)
    if drill is None or drill.state is DrillState.CANCELLED:
        yield Signal(
            colour=Colour.AMBER,
            cause=say(
                "the drill of {plan} is due on {day} and not planned", plan=obligation.plan, day=occurrence.due_on
            ),
            act=say("plan the drill of {plan}", plan=obligation.plan),
            since=start_of(day - timedelta(settings.due_soon_days), around.zone),
            until=start_of(day + timedelta(1), around.zone),
        )


def _missed(around: Surroundings, drill: Drill, due_on: date) -> Iterator[Signal]:
    """Tell of a drill whose planned time passes before its due day without its being begun: nothing will meet it."""
    ends, until = ends_at(drill), start_of(due_on + timedelta(1), around.zone)
    if ends < until:
        yield Signal(
            colour=Colour.AMBER,
            cause=say(
                "{drill} was planned for {day} and not begun",
                drill=drill.name,
                day=local_day(drill.starts_at, around.zone),
            ),
            act=say("put {drill} on another time", drill=drill.name),
            since=ends,
            until=until,
        )


def _unproved(around: Surroundings, obligation: Obligation, last: Proof | None) -> Signal:
    act = say("hold and evaluate a drill of {plan}", plan=obligation.plan)
    if last is None:
        return Signal(colour=Colour.GREY, cause=_last_told(obligation, last), act=act)
    held_on, _ = last
    return Signal(
        colour=Colour.AMBER,
        cause=say(
            "the last evaluated drill of {plan} was on {day}, longer ago than its interval",
            plan=obligation.plan,
            day=held_on,
        ),
        act=act,
        since=start_of(no_longer_counts_on(held_on, obligation.cadence), around.zone),
    )


def _last_counting(around: Surroundings, obligation: Obligation) -> Proof | None:
    counting = (
        (_held_on(around, drill), drill)
        for drill in around.view.find(Drill, unit=obligation.unit)
        if drill.plan == obligation.plan and around.view.get(Evaluation, drill.id) is not None
    )
    return max(counting, key=lambda proof: (proof[0], proof[1].id), default=None)


def _evaluations(around: Surroundings, unit: str, drills: list[Drill]) -> Line:
    signals = [signal for drill in drills for signal in (*_not_closed(around, drill), *_not_owned(around, drill))]
    found = around.view.get(Unit, unit)
    latest = sorted(((_held_on(around, drill), drill) for drill in drills), key=lambda proof: (proof[0], proof[1].id))
    latest = latest[: -TOLD - 1 : -1]
    return Line(
        id=f"drills/evaluation/{unit}",
        unit=unit,
        capability=Capability.COMMAND,
        importance=Importance.B,
        kind=Kind.DRILL,
        subject=say("what drills showed"),
        signals=tuple(signals),
        good=say_many(
            "{count} drill held, evaluated, its weaknesses owned",
            "{count} drills held, evaluated, their weaknesses owned",
            len(drills),
        ),
        explanation=(
            say("Unit: {unit}", unit=found.name if found is not None else unit),
            *(_held_told(around, day, drill) for day, drill in latest),
        ),
        opens=(Drill.table, drills[-1].id),
        evidence=tuple(document for _, drill in latest for document in _documents(drill)),
    )


def _held_told(around: Surroundings, day: date, drill: Drill) -> Sentence:
    evaluation = around.view.get(Evaluation, drill.id)
    told = {"drill": verbatim(drill.name), "day": day}
    if evaluation is None:
        return say("{drill}, held on {day}: not evaluated", **told)
    by = verbatim(person_name(around.view, evaluation.written_by))
    return say("{drill}, held on {day}: evaluated by {person}", person=by, **told)


def _not_closed(around: Surroundings, drill: Drill) -> Iterator[Signal]:
    if drill.state is not DrillState.HELD:
        return
    held_on = _held_on(around, drill)
    limit = close_by(held_on, reading.settings(around.view))
    if around.view.get(Evaluation, drill.id) is None:
        yield Signal(
            colour=Colour.AMBER,
            cause=say("{drill} was held on {day} and is not evaluated", drill=drill.name, day=held_on),
            act=say("write the evaluation of {drill}", drill=drill.name),
            since=start_of(held_on, around.zone),
        )
    yield Signal(
        colour=Colour.AMBER,
        cause=say("{drill} should have been closed by {day}", drill=drill.name, day=limit),
        act=say("close {drill}", drill=drill.name),
        since=start_of(limit + timedelta(1), around.zone),
    )


def _not_owned(around: Surroundings, drill: Drill) -> Iterator[Signal]:
    facts = surroundings.action_facts(around.view, drill.id)
    for weakness in without_owner(reading.observations(around.view, drill.id), facts):
        yield Signal(
            colour=Colour.AMBER,
            cause=say(
                "a weakness of {drill} has no owner: {text}", drill=drill.name, text=verbatim(weakness.text[:60])
            ),
            act=say("give the weakness {id} an action, an owner and a date", id=verbatim(weakness.id)),
            since=weakness.seen_at,
        )


def _held_on(around: Surroundings, drill: Drill) -> date:
    run = reading.latest_run(around.view, drill.id)
    return local_day(run.started_at if run is not None else drill.starts_at, around.zone)
