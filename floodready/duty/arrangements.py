"""What is arranged for a unit, in one worded list: rotations, temporary rotas, overrides, leave, wishes, days."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from floodready.clock import local_time
from floodready.duty.models import Group, Leave, Override, Rota, Rotation, TemporaryRota, Wish
from floodready.duty.plan import ENDLESS
from floodready.duty.roster import plan_of
from floodready.duty.rotation_text import write_groups, write_times
from floodready.duty.views import is_idle, post_name
from floodready.frozen import frozen, replace
from floodready.language import Sentence, say, verbatim
from floodready.organisation.lookup import person_name
from floodready.organisation.models import Person
from floodready.store.contract import View
from floodready.workdays import DayCorrection


@frozen
class Arrangement:
    """One thing arranged, with the time in which it holds; empty where it has no end or no beginning."""

    id: str
    kind: Sentence
    what: Sentence
    start: str
    end: str
    document: Rota | TemporaryRota | Override | Leave | Wish | DayCorrection
    rotation: Rotation | None = None
    """The rotation of a rota that the row speaks of."""


def arrangements(view: View, unit: str, at: datetime, zone: ZoneInfo) -> list[Arrangement]:
    """Give everything that holds at or after an instant, rotas first."""
    return [
        *_rotations(view, unit, at, zone),
        *_temporary(view, unit, at, zone),
        *_overrides(view, unit, at, zone),
        *_of_people(view, unit, at, zone),
        *_days(view),
    ]


def taken_back_by_id(view: View, id: str) -> TemporaryRota | Override | Leave | Wish | None:
    """Find what can be taken back by its id."""
    return view.get(TemporaryRota, id) or view.get(Override, id) or view.get(Leave, id) or view.get(Wish, id)


def _rotations(view: View, unit: str, at: datetime, zone: ZoneInfo) -> Iterator[Arrangement]:
    for rota, start, end in plan_of(view, unit, zone).rotas_in_order():
        if end <= at:
            continue
        since, until = local_time(start, zone), _end(end, zone)
        for rotation in rota.rotations:
            yield Arrangement(
                id=f"{rota.id}/{rotation.name}",
                kind=say("rotation"),
                what=say(
                    "{name}, {post}: {groups} at {times}",
                    name=verbatim(rotation.name),
                    post=verbatim(post_name(view, rotation.post)),
                    groups=verbatim(_groups_told(view, rotation.groups)),
                    times=verbatim(write_times(rotation.times)),
                ),
                start=since,
                end=until,
                document=rota,
                rotation=rotation,
            )
        if rota.turns:
            yield Arrangement(
                id=rota.id,
                kind=say("duty table"),
                what=say("turns written by hand or proposed: {count}", count=len(rota.turns)),
                start=since,
                end=until,
                document=rota,
            )


def _groups_told(view: View, groups: Iterable[Group]) -> str:
    named = (replace(group, people=tuple(person_name(view, one) for one in group.people)) for group in groups)
    return ", ".join(write_groups([group]) for group in named)


def _temporary(view: View, unit: str, at: datetime, zone: ZoneInfo) -> Iterator[Arrangement]:
    for rota in view.find(TemporaryRota, unit=unit):
        if rota.withdrawn or (rota.until_at is not None and rota.until_at <= at):
            continue
        groups = [_groups_told(view, rotation.groups) for rotation in rota.rotations]
        yield Arrangement(
            id=rota.id,
            kind=say("temporary rota"),
            what=say(
                "{name} {levels}: {groups}",
                name=verbatim(rota.name),
                levels=verbatim(" ".join(rota.levels)),
                groups=verbatim("; ".join(groups)),
            ),
            start=local_time(rota.from_at, zone) if rota.from_at else "",
            end=local_time(rota.until_at, zone) if rota.until_at else "",
            document=rota,
        )


def _overrides(view: View, unit: str, at: datetime, zone: ZoneInfo) -> Iterator[Arrangement]:
    for made in sorted(view.find(Override, unit=unit), key=lambda made: made.from_at):
        if made.withdrawn or made.until_at <= at:
            continue
        people = " → ".join(person_name(view, name) for name in (made.person, made.by) if name)
        what = say("{post}: {kind} {people}", post=verbatim(post_name(view, made.post)), kind=made.kind.word,
                   people=verbatim(people))  # fmt: skip
        yield Arrangement(
            id=made.id,
            kind=say("change of duty"),
            what=say("{what} (has no effect)", what=what) if is_idle(view, made, zone) else what,
            start=local_time(made.from_at, zone),
            end=local_time(made.until_at, zone),
            document=made,
        )


def _of_people(view: View, unit: str, at: datetime, zone: ZoneInfo) -> Iterator[Arrangement]:
    names = {person.id: person.name for person in view.find(Person, unit=unit)}
    for leave in sorted(view.all(Leave), key=lambda leave: leave.from_at):
        if leave.person in names and not leave.withdrawn and leave.until_at > at:
            told = verbatim(names[leave.person])
            yield Arrangement(
                id=leave.id,
                kind=say("leave"),
                what=say("{person}: {why}", person=told, why=verbatim(leave.why)) if leave.why else told,
                start=local_time(leave.from_at, zone),
                end=local_time(leave.until_at, zone),
                document=leave,
            )
    for wish in sorted(view.all(Wish), key=lambda wish: wish.on):
        if wish.person in names and not wish.withdrawn and wish.on >= at.astimezone(zone).date():
            yield Arrangement(
                id=wish.id,
                kind=say("wish"),
                what=say("{person}: no duty, please", person=verbatim(names[wish.person])),
                start=wish.on.isoformat(),
                end="",
                document=wish,
            )


def _days(view: View) -> Iterator[Arrangement]:
    for day in sorted(view.all(DayCorrection), key=lambda day: day.on):
        yield Arrangement(
            id=day.id,
            kind=say("day corrected"),
            what=say("{kind} {note}", kind=day.kind.word, note=verbatim(day.note)),
            start=day.on.isoformat(),
            end="",
            document=day,
        )


def _end(end: datetime, zone: ZoneInfo) -> str:
    return "" if end == ENDLESS else local_time(end, zone)
