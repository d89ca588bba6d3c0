"""What drills need to know of the other pillars, and of each other: seasons, levels, people's other drills, actions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from floodready.clock import local_day
from floodready.drills.closing import ActionFacts
from floodready.drills.models import Drill
from floodready.drills.planning import Busy, Engagement, Facts, ends_at, in_drills
from floodready.drills.run_models import CorrectiveAction
from floodready.organisation.lookup import person_names, unit_name
from floodready.organisation.models import Person, Unit
from floodready.organisation.tree import ancestors, parents_of

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from floodready.season.models import Season
    from floodready.store.contract import View
    from floodready.workdays import DayCalendar


def season_starts(view: View, unit: str) -> list[date]:
    """Give the first days of the seasons that a unit follows."""
    return [season.starts_on for season in _seasons(view, unit)]


def facts(view: View, drill: Drill, zone: ZoneInfo, at: datetime | None = None) -> Facts:
    """Give what the other pillars, and the other drills, know about the time and the place of a drill.

    `at` is when the plan is looked at; without it, its time is not compared with any.
    """
    from floodready.season.seasons import season_on
    from floodready.workdays import DayKind

    last_day = local_day(ends_at(drill) - timedelta(seconds=1), zone)
    return Facts(
        busy=(*in_drills(view.all(Drill), but=drill.id), *_on_duty(view, drill, zone), *_on_leave(view, drill)),
        available=_available(view, drill, zone),
        in_season=season_on(local_day(drill.starts_at, zone), _seasons(view, drill.unit)) is not None,
        on_holiday=day_calendar(view).kind(local_day(drill.starts_at, zone)) is DayKind.HOLIDAY,
        level=level_for(view, drill),
        at=at,
        gone=frozenset(person.id for person in view.all(Person) if not person.serves_on(last_day)),
        names=person_names(view),
        items={material.item: item_name(view, material.item) for material in drill.materials},
        scales=_scales(view, drill),
        places=_places(view, drill),
    )


def is_below(view: View, unit: str, above: str) -> bool:
    """Tell whether a unit is another one, or answers to it."""
    return unit == above or above in ancestors(unit, parents_of(view.all(Unit)))


def materials_out(view: View, drill: Drill) -> dict[str, dict[str, int]]:
    """Give what a drill has been issued and not accounted for: item, then lot, then smallest units."""
    from floodready.materials.models import Lot
    from floodready.materials.places import incident
    from floodready.materials.projections import Balances

    if drill.account is None:
        return {}
    out: dict[str, dict[str, int]] = {}
    for id, quantity in view.projection(Balances).by_place.get(incident(drill.account), {}).items():
        lot = view.get(Lot, id)
        if lot is not None:
            out.setdefault(lot.item, {})[id] = quantity
    return out


def items_out(view: View, drill: Drill) -> list[str]:
    """Name the items that a drill has been issued and not accounted for."""
    return [item_name(view, item) for item in materials_out(view, drill)]


def item_name(view: View, item: str) -> str:
    """Give an item's name, or the id where there is none."""
    from floodready.materials.models import Item

    found = view.get(Item, item)
    return found.name if found is not None else item


def account_is_open(view: View, drill: Drill) -> bool:
    """Tell whether the stock account of a drill stands open."""
    from floodready.materials.models_papers import Incident

    account = None if drill.account is None else view.get(Incident, drill.account)
    return account is not None and account.closed_at is None


def day_calendar(view: View) -> DayCalendar:
    """Give the calendar of holidays and make-up days, with the office's own corrections."""
    from floodready.workdays import DayCorrection, calendar_with

    return calendar_with(view.all(DayCorrection))


def action_facts(view: View, drill: str) -> Mapping[str, ActionFacts]:
    """Give what the rectification records of a drill's weaknesses hold, by observation id."""
    from floodready.rectification.models import Finding

    found = {}
    for action in view.find(CorrectiveAction, drill=drill):
        record = view.get(Finding, action.record)
        if record is not None:
            owner = None if record.responsible is None else view.get(Person, record.responsible)
            found[action.observation] = ActionFacts(
                record=record.id,
                action=action.action,
                unit=unit_name(view, record.unit),
                owner=record.responsible,
                owner_left=owner is not None and not owner.active,
                started_on=record.found_on,
                due_on=record.deadline_on,
                closed=not record.is_open,
            )
    return found


def _on_duty(view: View, drill: Drill, zone: ZoneInfo) -> Iterable[Busy]:
    from floodready.duty.roster import plan_of, units_with_duty
    from floodready.duty.whole_turns import whole_turns
    from floodready.organisation.models import Post

    people = {participant.person for participant in drill.participants}
    for unit in units_with_duty(view):
        for span in whole_turns(plan_of(view, unit.id, zone), drill.starts_at, ends_at(drill)):
            if span.person in people:
                post = view.get(Post, span.post)
                what = span.post if post is None else post.name
                yield Busy(person=span.person, kind=Engagement.DUTY, since=span.start, until=span.end, what=what)


def _on_leave(view: View, drill: Drill) -> Iterable[Busy]:
    from floodready.duty.models import Leave

    for participant in drill.participants:
        for leave in view.find(Leave, person=participant.person):
            if not leave.withdrawn:
                yield Busy(
                    person=leave.person,
                    kind=Engagement.LEAVE,
                    since=leave.from_at,
                    until=leave.until_at,
                    what=leave.why,
                )


def _available(view: View, drill: Drill, zone: ZoneInfo) -> dict[tuple[str, str], int]:
    from floodready.materials.ledger import Stock
    from floodready.materials.models import Item, Place
    from floodready.materials.places import inside

    stock = Stock(view, zone)
    return {
        (m.item, m.place): stock.availability(m.item, inside(view.all(Place), m.place), drill.starts_at).available
        for m in drill.materials
        if view.get(Item, m.item) is not None and view.get(Place, m.place) is not None
    }


def _scales(view: View, drill: Drill) -> dict[str, int]:
    from floodready.materials.models import Item

    found = (view.get(Item, material.item) for material in drill.materials)
    return {item.id: item.scale for item in found if item is not None}


def _places(view: View, drill: Drill) -> dict[str, str]:
    from floodready.materials.models import Place

    found = {material.place: view.get(Place, material.place) for material in drill.materials}
    return {id: place.name for id, place in found.items() if place is not None}


def _seasons(view: View, unit: str) -> Iterable[Season]:
    from floodready.season.models import Season
    from floodready.season.seasons import seasons_of

    return seasons_of(unit, view.all(Season), parents_of(view.all(Unit)))


def level_for(view: View, drill: Drill) -> str | None:
    """Give the level in force for the unit, or for one above it, that nobody has ended yet."""
    from floodready.season.models_level import Declaration

    for unit in (drill.unit, *ancestors(drill.unit, parents_of(view.all(Unit)))):
        standing = [d for d in view.find(Declaration, unit=unit) if d.until_at is None and d.level is not None]
        if standing:
            level = standing[-1].level
            return None if level is None else str(level.value)
    return None
