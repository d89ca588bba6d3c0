"""Readiness lines of rectification: each open hazard and task with its deadline, protection and chain."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from floodready.clock import local_time, start_of
from floodready.language import Sentence, say, say_many, verbatim
from floodready.organisation.lookup import unit_name
from floodready.organisation.models import Chain, Person, Unit
from floodready.readiness.gathering import Part, Surroundings
from floodready.readiness.line import Capability, Colour, Importance, Kind, Line, Signal
from floodready.rectification.deadlines import progress_due_on
from floodready.rectification.escalation import chain_errors
from floodready.rectification.lights import Light, light_changes
from floodready.rectification.models import Finding, RectificationSettings
from floodready.rectification.reading import settings_of
from floodready.rectification.states import Grade, Source, State
from floodready.season.models import Season
from floodready.season.seasons import seasons_of
from floodready.text import one_line


def parts(_: Surroundings) -> Iterator[Part]:
    """Name all lines together."""
    yield Part("all", lines)


def lines(around: Surroundings) -> Iterator[Line]:
    """Give one line an open record: A for a major hazard, B for a general one, C for a meeting task."""
    view = around.view
    settings = settings_of(view)
    people = {person.id: person for person in view.all(Person)}
    parents = {unit.id: unit.parent for unit in view.all(Unit)}
    seasons = list(view.all(Season))
    for finding in view.all(Finding):
        if finding.is_open:
            signals = (
                *_deadline(finding, settings, around),
                *_progress(finding, settings, around),
                *_protection(finding, seasons_of(finding.unit, seasons, parents), around),
                *_chain(finding, view.get(Chain, finding.unit), people, unit_name(view, finding.unit)),
            )
            yield _line(finding, signals, tuple(_explained(finding, settings, people, around)))


def _line(finding: Finding, signals: Sequence[Signal], explanation: tuple[Sentence, ...]) -> Line:
    major = finding.grade is Grade.MAJOR
    importance = Importance.C if finding.is_task else Importance.A if major else Importance.B
    told = {"id": finding.id, "text": one_line(finding.description)}
    return Line(
        id=f"rectification/{finding.id}/{finding.unit}",
        unit=finding.unit,
        site=finding.works or "",
        capability=Capability.COMMAND if finding.is_task else Capability.HOLD,
        importance=importance,
        kind=Kind.HAZARD,
        subject=say("task {id}: {text}", **told) if finding.is_task else say("hazard {id}: {text}", **told),
        signals=tuple(signals),
        good=say("{state}, deadline {day}", state=finding.state.word, day=finding.deadline_on or "–"),
        explanation=explanation,
        opens=(Finding.table, finding.id),
    )


def _explained(
    finding: Finding, settings: RectificationSettings, people: Mapping[str, Person], around: Surroundings
) -> Iterator[Sentence]:
    """Tell where it comes from, who graded it and by what, who answers for it, and what was last reported of it."""

    def name(id: str) -> Sentence:
        return verbatim(people[id].name if id in people else id)

    yield say("{source}, found on {day}", source=finding.source.word, day=finding.found_on)
    if finding.grade is not None and finding.graded_by is not None:
        yield say("Graded {grade} by {person}: {basis}", grade=finding.grade.word, person=name(finding.graded_by),
                  basis=verbatim(finding.basis or "—"))  # fmt: skip
    if finding.responsible is not None:
        yield say_many(
            "{person} answers for it; it warns {count} day before its deadline (setting).",
            "{person} answers for it; it warns {count} days before its deadline (setting).",
            settings.amber_days,
            person=name(finding.responsible),
        )
    if finding.progress:
        last = finding.progress[-1]
        yield say("Progress of {time}, by {person}: {text}", time=verbatim(local_time(last.at, around.zone)),
                  person=name(last.by), text=verbatim(last.text))  # fmt: skip
    if finding.round > 1:
        yield say_many("{count} re-check failed.", "{count} re-checks failed.", finding.round - 1)


def _deadline(finding: Finding, settings: RectificationSettings, around: Surroundings) -> Iterator[Signal]:
    if finding.deadline_on is None:
        yield Signal(
            colour=Colour.AMBER,
            cause=say("{id} has no deadline: it is not assigned", id=finding.id),
            act=_next_act(finding),
        )
        return
    act = _next_act(finding)
    changes = {light: since for since, light in light_changes(finding, settings, around.zone)}
    yield Signal(
        colour=Colour.AMBER,
        cause=say("{id} is due on {day}", id=finding.id, day=finding.deadline_on),
        act=act,
        since=changes[Light.AMBER],
        until=changes[Light.OVERDUE],
    )
    yield Signal(
        # Whatever its grade (design, colour of a line); how far it pulls its unit down is a matter of its importance.
        colour=Colour.RED,
        cause=say("{id} is overdue since {day}: on the supervision list", id=finding.id, day=finding.deadline_on),
        act=act,
        since=changes[Light.OVERDUE],
    )


def _next_act(finding: Finding) -> Sentence:
    """Name what carries a record on from where it stands: nobody finishes what is assigned to nobody."""
    match finding.state:
        case State.FOUND if finding.source is Source.POST_CHECK:
            # No defect that anybody grades: an answer is owed (see `floodready.rectification.explained`).
            if finding.progress:
                return say("have the explanation of {id} accepted by another person", id=finding.id)
            return say("explain the missed check of {id} in writing", id=finding.id)
        case State.FOUND | State.GRADED:
            return say("grade and assign {id}", id=finding.id)
        case State.SUBMITTED:
            return say("re-check {id}, or escalate it", id=finding.id)
        case _:
            return say("finish {id}, or escalate it", id=finding.id)


def _progress(finding: Finding, settings: RectificationSettings, around: Surroundings) -> Iterator[Signal]:
    due = progress_due_on(finding, settings, around.zone)
    if due is not None:
        yield Signal(
            colour=Colour.AMBER,
            cause=say("listed {id} should have reported progress by {day}", id=finding.id, day=due),
            act=say("report the progress of {id}", id=finding.id),
            since=start_of(date.fromordinal(due.toordinal() + 1), around.zone),
        )


def _protection(finding: Finding, seasons: Sequence[Season], around: Surroundings) -> Iterator[Signal]:
    if finding.grade is not Grade.MAJOR or finding.interim:
        return
    for season in seasons:
        yield Signal(
            colour=Colour.RED,
            cause=say("major hazard {id} has no interim protection in the flood season", id=finding.id),
            act=say("put interim protection on {id}", id=finding.id),
            since=start_of(season.starts_on, around.zone),
            until=start_of(date.fromordinal(season.ends_on.toordinal() + 1), around.zone),
        )


def _chain(finding: Finding, chain: Chain | None, people: Mapping[str, Person], unit: str) -> Iterator[Signal]:
    for dead in chain_errors(finding, chain, people):
        yield Signal(
            colour=Colour.RED,
            cause=say("the chain above {id} is broken: {cause}", id=finding.id, cause=dead.cause),
            act=say("name people with phones in the chain of {unit}", unit=unit),
        )
