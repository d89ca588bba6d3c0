"""The documents of drills as one needs them together, read from a view."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from floodready.clock import local_day
from floodready.drills import planning, surroundings
from floodready.drills.cadence import occurrence_id, occurrences, untouched_occurrence
from floodready.drills.closing import last_of_plan
from floodready.drills.models import SETTINGS, Drill, DrillState, Inject, Obligation, Occurrence, Settings
from floodready.drills.owed import to_be_planned
from floodready.drills.run_models import CorrectiveAction, Delivery, Observation, Run
from floodready.drills.year_plan import Placed, year_plan
from floodready.language import Sentence, say
from floodready.missing import not_there
from floodready.refusal import Refused, existing

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from floodready.store.contract import View


def settings(view: View) -> Settings:
    """Give the office's settings, or those that hold where none are set."""
    return view.get(Settings, SETTINGS) or Settings(id=SETTINGS)


def the_drill(view: View, id: str) -> Drill:
    """Give a drill. Raises Refused where there is none."""
    return existing(view.get(Drill, id), not_there("drills.drills", id))


def the_obligation(view: View, id: str) -> Obligation:
    """Give an obligation. Raises Refused where there is none."""
    return existing(
        view.get(Obligation, id),
        not_there("drills.obligations", id),
    )


def the_inject(view: View, drill: str, number: int) -> Inject:
    """Give a line of a drill's script by its number. Raises Refused where there is none."""
    found = next((inject for inject in script(view, drill) if inject.number == number), None)
    return existing(found, say("The drill has no inject {number}.", number=number))


def the_observation(view: View, id: str) -> Observation:
    """Give an observation. Raises Refused where there is none."""
    return existing(view.get(Observation, id), not_there("drills.observations", id))


def the_run(view: View, drill: Drill) -> Run:
    """Give the run of a drill that is going on. Raises Refused where none is."""
    if drill.state not in (DrillState.PLANNED, DrillState.RUNNING):
        raise Refused(say("{drill} is over, or cancelled: nothing of it runs any more.", drill=drill.name))
    run = latest_run(view, drill.id)
    if run is None or drill.state is not DrillState.RUNNING:
        raise Refused(say("{drill} is not running. Start it first.", drill=drill.name))
    return run


def latest_run(view: View, drill: str) -> Run | None:
    """Give the last run of a drill that was begun: the one that counts."""
    return max(view.find(Run, drill=drill), key=lambda run: run.number, default=None)


def day_of(view: View, drill: Drill, zone: ZoneInfo) -> date:
    """Give the day on which a drill was held; before that, the one on which it is planned."""
    run = None if drill.state is DrillState.PLANNED else latest_run(view, drill.id)
    return local_day(drill.starts_at if run is None else run.started_at, zone)


def script(view: View, drill: str) -> list[Inject]:
    """Give all lines of a drill's script."""
    return list(view.find(Inject, drill=drill))


def deliveries(view: View, run: Run) -> list[Delivery]:
    """Give what became of the lines in a run."""
    return list(view.find(Delivery, run=run.id))


def observations(view: View, drill: str) -> list[Observation]:
    """Give the observations of the run that counts, in the order in which they were written."""
    run = latest_run(view, drill)
    return [] if run is None else list(view.find(Observation, run=run.id))


def earlier_observations(view: View, drill: str) -> list[Observation]:
    """Give the observations of the runs that were begun anew, in the order in which they were written."""
    run = latest_run(view, drill)
    return [seen for seen in view.find(Observation, drill=drill) if run is None or seen.run != run.id]


def actions(view: View, drill: str) -> dict[str, CorrectiveAction]:
    """Give the corrective actions of a drill by the observation they answer."""
    return {action.observation: action for action in view.find(CorrectiveAction, drill=drill)}


def action_text(view: View, observation: str) -> str:
    """Give the words of the corrective action that answers an observation; its id where there is none."""
    found = view.get(CorrectiveAction, observation)
    return found.action if found is not None else observation


def owed(view: View, obligation: Obligation, since: date, until: date) -> list[Occurrence]:
    """Give the occurrences of an obligation due in [since, until)."""
    touched = view.find(Occurrence, obligation=obligation.id)
    return occurrences(obligation, touched, since, until, surroundings.season_starts(view, obligation.unit))


def the_occurrence(view: View, obligation: Obligation, scheduled_on: date) -> Occurrence:
    """Give one occurrence, touched or from the rule. Raises Refused for a day that the rule does not give."""
    known = view.get(Occurrence, occurrence_id(obligation.id, scheduled_on))
    if known is not None:
        return known
    seasons = surroundings.season_starts(view, obligation.unit)
    day = untouched_occurrence(obligation, scheduled_on)
    if day not in occurrences(obligation, (), scheduled_on, scheduled_on + timedelta(1), seasons):
        raise Refused(
            say(
                "{plan} is not scheduled on {day}. See its days: floodready drill due",
                plan=obligation.plan,
                day=scheduled_on.isoformat(),
            )
        )
    return day


def drill_of(view: View, occurrence: Occurrence) -> Drill | None:
    """Give the drill that meets an owed one, or None."""
    return None if occurrence.drill is None else view.get(Drill, occurrence.drill)


def proposed_year(view: View, year: int, today: date, zone: ZoneInfo, unit: str | None = None) -> list[Placed]:
    """Propose a day for everything that is owed by the end of a year (of one unit, or of all) and has no drill."""
    pairs = [
        (obligation, occurrence)
        for obligation in view.all(Obligation)
        if unit in (None, obligation.unit)
        for occurrence in owed(view, obligation, date.min, date(year + 1, 1, 1))
        if to_be_planned(drill_of(view, occurrence), occurrence, year)
    ]
    standing = [(d.unit, local_day(d.starts_at, zone)) for d in view.all(Drill) if d.state is not DrillState.CANCELLED]
    return year_plan(pairs, standing, today, settings(view), surroundings.day_calendar(view))


def to_postpone(view: View, at: datetime, unit: str | None = None) -> list[tuple[Drill, Sentence]]:
    """Give the planned drills that begin soon under a response level, each with the offer to postpone it.

    Of all units, or of those for which a level of `unit` is in force. Soon is what the settings call due soon.
    """
    until = at + timedelta(settings(view).due_soon_days)
    found = []
    for drill in sorted(view.find(Drill, state=DrillState.PLANNED), key=lambda drill: drill.starts_at):
        offer = planning.postponed(drill, surroundings.level_for(view, drill)) if drill.starts_at < until else None
        if offer is not None and (unit is None or surroundings.is_below(view, drill.unit, unit)):
            found.append((drill, offer))
    return found


def last_drill(view: View, drill: Drill) -> Drill | None:
    """Give the last drill of the same plan and unit that was held before this one, or None."""
    runs = ((latest_run(view, other.id), other) for other in view.find(Drill, unit=drill.unit))
    own = latest_run(view, drill.id)
    begun = ((run.started_at, other) for run, other in runs if run is not None)
    return last_of_plan(drill, begun, began=None if own is None else own.started_at)


def last_actions(view: View, drill: Drill) -> list[str]:
    """Give the actions (by observation id) that the last drill of the same plan and unit left."""
    last = last_drill(view, drill)
    return [] if last is None else list(actions(view, last.id))
