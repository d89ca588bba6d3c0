"""The roster of a unit as a view knows it: what the resolver is given, and who could stand in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from floodready.clock import end_of
from floodready.duty.levels import highest_at_a_time, with_table
from floodready.duty.models import (
    DutySettings,
    Leave,
    Override,
    PostNeed,
    Rota,
    StoodDuty,
    Swap,
    TemporaryRota,
)
from floodready.duty.models_shift import FollowUp, FollowUpState
from floodready.duty.plan import ENDLESS, LevelWindow, Plan, Window
from floodready.duty.resolver import Timeline, timeline
from floodready.duty.rest import Breach, BreachKind, Duty, breaches, duties_of
from floodready.frozen import frozen
from floodready.language import Sentence, say, verbatim
from floodready.organisation.lookup import by_name, person_name
from floodready.organisation.models import Person, Post, PostKind, Unit
from floodready.organisation.tree import ancestors, parents_of
from floodready.season.level import Level
from floodready.season.level_table import effects
from floodready.season.models_level import LeaderPlace
from floodready.season.seasons import season_windows
from floodready.season.settings import level_table_of, seasons_for
from floodready.season.situation import levels_for, situation
from floodready.store.contract import View
from floodready.workdays import DayCorrection, calendar_with

_TURNS_BEFORE, _TURNS_AFTER = timedelta(days=60), timedelta(days=30)
_NEEDED = {PostKind.LEADER: 1, PostKind.OFFICER: 2}
"""What the national rule asks for at least, until the unit sets its own figures."""


def plan_of(view: View, unit: str, zone: ZoneInfo) -> Plan:
    """Gather what is known of a unit's duty."""
    return Plan(
        unit=unit,
        zone=zone,
        calendar=calendar_with(view.all(DayCorrection)),
        rotas=tuple(view.find(Rota, unit=unit)),
        temporary=tuple(view.find(TemporaryRota, unit=unit)),
        overrides=tuple(view.find(Override, unit=unit)),
        swaps=tuple(view.find(Swap, unit=unit)),
        leaves=tuple(view.all(Leave)),
        stood=tuple(view.find(StoodDuty, unit=unit)),
        left={
            person.id: end_of(person.left_on, zone)
            for person in view.find(Person, active=False)
            if person.left_on is not None
        },
        levels=_levels(view, unit),
        seasons=seasons_in_time(view, unit, zone),
        settings=with_table(settings_of(view, unit), level_table_of(view, unit), _first_posts(view, unit)),
    )


def seasons_in_time(view: View, unit: str, zone: ZoneInfo) -> tuple[Window, ...]:
    """Give the seasons a unit follows as stretches of time."""
    return tuple(Window(start=start, end=end) for start, end in season_windows(seasons_for(view, unit), zone))


def _levels(view: View, unit: str) -> tuple[LevelWindow, ...]:
    """Give the level that holds for a unit in time: its own or a higher unit's, the highest of them."""
    found: list[LevelWindow] = []
    for name in (unit, *ancestors(unit, parents_of(view.all(Unit)))):
        found += [
            LevelWindow(level=window.level.value, start=window.since, end=window.until or ENDLESS)
            for window in levels_for(view, name)
        ]
    return highest_at_a_time(found)


def _first_posts(view: View, unit: str) -> dict[PostKind, str]:
    """Name a unit's first post of each kind: the one that a need by kind speaks of."""
    found: dict[PostKind, str] = {}
    for post in view.find(Post, unit=unit):
        if post.active:
            found.setdefault(post.kind, post.id)
    return found


def settings_of(view: View, unit: str) -> DutySettings:
    """Give a unit's figures; until it sets them, one leader and two officers at its posts of these kinds."""
    held = view.get(DutySettings, unit)
    if held is not None:
        return held
    posts = _first_posts(view, unit)
    needs = tuple(PostNeed(post=posts[kind], needed=needed) for kind, needed in _NEEDED.items() if kind in posts)
    return DutySettings(id=unit, needs=needs)


def kinds_without_post(view: View, unit: str) -> list[PostKind]:
    """Give the kinds of post that the national rule asks for and a unit has not; none once it set its own figures."""
    if view.get(DutySettings, unit) is not None:
        return []
    posts = _first_posts(view, unit)
    return [kind for kind in _NEEDED if kind not in posts]


def units_with_duty(view: View) -> list[Unit]:
    """Give the active units that have a rota, posts of the duty kinds or duty settings of their own."""
    return [
        unit
        for unit in view.all(Unit)
        if unit.active
        and (
            any(True for _ in view.find(Rota, unit=unit.id))
            or view.get(DutySettings, unit.id) is not None
            or any(post.kind is not PostKind.OTHER for post in view.find(Post, unit=unit.id))
        )
    ]


def all_timelines(view: View, start: datetime, end: datetime, zone: ZoneInfo) -> list[tuple[str, Timeline]]:
    """Resolve every unit over one stretch: for conflicts and for rest across units."""
    return [(unit.id, timeline(plan_of(view, unit.id, zone), start, end)) for unit in units_with_duty(view)]


def lines_around(view: View, unit: str, start: datetime, end: datetime, zone: ZoneInfo) -> list[tuple[str, Timeline]]:
    """Resolve all units for as long before and after a stretch as the rules of rest reach."""
    settings = settings_of(view, unit)
    reach = timedelta(hours=settings.rest_hours * (settings.most_in_row + 1), days=8)
    return all_timelines(view, start - reach, end + reach, zone)


def objections(
    view: View,
    person: str,
    unit: str,
    post: str,
    start: datetime,
    end: datetime,
    zone: ZoneInfo,
    lines: Sequence[tuple[str, Timeline]] | None = None,
) -> list[Sentence]:
    """Say why a person should not stand a post in [start, end): leave, qualification, another seat, rest.

    `lines` are all units' timelines around the stretch, where they are at hand already (see `lines_around`).
    """
    around = lines_around(view, unit, start, end, zone) if lines is None else lines
    spans = [(name, span) for name, line in around for span in line.spans]
    duties = sorted([*duties_of(person, spans), Duty(start, end, unit, post)])
    return [
        *unfit(view, person, unit, post, start, end),
        *unrested(view, person, unit, duties, start, end, zone),
    ]


def unfit(view: View, person: str, unit: str, post: str, start: datetime, end: datetime) -> list[Sentence]:
    """Say why a person cannot stand a post in [start, end) whatever else they stand: staff list, post, leave."""
    found = view.get(Person, person)
    if found is None or not found.active:
        return [say("{person} is not on the staff list.", person=verbatim(person_name(view, person)))]
    wrong: list[Sentence] = []
    if not _is_qualified(view, found, unit, post):
        wrong.append(say("{person} is not qualified for this post.", person=found.name))
    if any(
        not leave.withdrawn and leave.from_at < end and leave.until_at > start
        for leave in view.find(Leave, person=person)
    ):
        wrong.append(say("{person} is on leave then.", person=found.name))
    return wrong


def unrested(
    view: View, person: str, unit: str, duties: Sequence[Duty], start: datetime, end: datetime, zone: ZoneInfo
) -> list[Sentence]:
    """Say which rules of rest a person's duties break where they touch [start, end)."""
    return [
        _objection(person_name(view, person), breach)
        for breach in breaches(duties, settings_of(view, unit), zone)
        if any(duty.start < end and duty.end > start for duty in (breach.earlier, breach.later))
    ]


def _objection(name: str, breach: Breach) -> Sentence:
    match breach.kind:
        case BreachKind.OTHER_SEAT:
            return say("{person} stands another seat at that time.", person=name)
        case BreachKind.IN_ROW:
            return say("{person} would stand too many duties in a row.", person=name)
        case BreachKind.DAY_AFTER_NIGHT:
            return say("{person} would stand a day straight after a night.", person=name)
        case BreachKind.REST:
            hours = int(breach.rest.total_seconds() // 3600)
            return say("{person} would have only {hours} h of rest.", person=name, hours=hours)


def _is_qualified(view: View, person: Person, unit: str, post: str) -> bool:
    """Tell whether a person may take a post; where an office lists nobody for it, everybody may."""
    return post in person.posts or not any(post in other.posts for other in view.find(Person, unit=unit))


@frozen
class Candidate:
    """Somebody who is free, rested and qualified, with the turns stood and planned around the gap."""

    person: str
    name: str
    turns: int


def candidates(view: View, unit: str, post: str, start: datetime, end: datetime, zone: ZoneInfo) -> Sequence[Candidate]:
    """Give who could fill a gap, the one with the fewest turns first."""
    plan = plan_of(view, unit, zone)
    recent = timeline(plan, start - _TURNS_BEFORE, end + _TURNS_AFTER)
    spans = [(unit, span) for span in recent.spans]
    lines = lines_around(view, unit, start, end, zone)
    free = [
        Candidate(person=person.id, name=person.name, turns=len(duties_of(person.id, spans)))
        for person in qualified(view, unit, post)
        if not objections(view, person.id, unit, post, start, end, zone, lines)
    ]
    return sorted(free, key=lambda one: (one.turns, one.person))


def serving(view: View, unit: str, on: date) -> list[Person]:
    """Give a unit's people who serve on a local day, by name: the active ones, and who has left up to the last day."""
    return by_name(person for person in view.find(Person, unit=unit) if person.serves_on(on))


def qualified(view: View, unit: str, post: str) -> Iterator[Person]:
    """Give a unit's active people who may take a post."""
    for person in view.find(Person, unit=unit):
        if person.active and _is_qualified(view, person, unit, post):
            yield person


@frozen
class LeaderPresence:
    """Whether the leader in charge must be on site, and which rules hold; without any, reachable is enough."""

    on_site: bool
    reasons: tuple[Sentence, ...]


def leader_presence(view: View, unit: str, at: datetime, zone: ZoneInfo) -> LeaderPresence:
    """Tell whether the leader must be on site.

    Rules: main season, a station at its warning level, a major danger open, or the level's own row in the unit's table.
    """
    now = situation(view, unit, at, zone)
    held = next((w.level for w in _levels(view, unit) if w.start <= at < w.end), None)
    level = effects(level_table_of(view, unit), Level(held) if held else None)
    reasons = [say("main season")] if now.main_season else []
    reasons += [say("{station} is at or above its warning level", station=s.name) for s in now.at_or_above_warning]
    if level.level is not None and level.leader in (LeaderPlace.ON_SITE, LeaderPlace.COMMANDER_ON_SITE):
        reasons.append(say("{level}: {place}", level=level.level.word, place=level.leader.word))
    reasons += [say("major danger open: {task}", task=verbatim(item.task)) for item in open_major(view, unit)]
    return LeaderPresence(on_site=bool(reasons), reasons=tuple(reasons))


def open_major(view: View, unit: str) -> Iterable[FollowUp]:
    """Give the follow-ups of major dangers that are not done."""
    return [f for f in view.find(FollowUp, unit=unit) if f.major and f.state is not FollowUpState.DONE]
