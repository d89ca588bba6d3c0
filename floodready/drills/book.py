"""Everything that belongs to one drill, read together: what its papers, its screens and its evaluation show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from floodready.clock import local_day, local_time
from floodready.drills import reading, run_clock, surroundings
from floodready.drills.closing import ActionFacts, close_by, missing_for_closing, weaknesses
from floodready.drills.injects import in_order, scenario_instant
from floodready.drills.models import Drill, Inject, Participant, Role, Settings
from floodready.drills.rating import Ratings, ratings, standing
from floodready.drills.run_models import Answer, Delivery, Evaluation, FollowUp, Observation, Run
from floodready.drills.views_materials import MaterialRow, material_rows
from floodready.frozen import frozen
from floodready.language import Sentence
from floodready.organisation.lookup import person_names
from floodready.organisation.models import Unit

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from floodready.store.contract import View


@frozen
class LastAction:
    """An action that the last drill of the plan left, and what this drill's opening answered."""

    observation: Observation
    facts: ActionFacts | None
    answer: Answer | None
    note: str


@frozen
class Book:
    """One drill with all that belongs to it, as of one view."""

    drill: Drill
    unit_name: str
    injects: Sequence[Inject]
    """In the order of drill time."""
    run: Run | None
    """The run that counts: the last one begun."""
    deliveries: Sequence[Delivery]
    observations: Sequence[Observation]
    """Of the run that counts."""
    earlier: Sequence[Observation]
    """Of the runs that were begun anew; they rate nothing."""
    ratings: Ratings
    actions: Mapping[str, ActionFacts]
    """By observation."""
    materials: Sequence[MaterialRow]
    items_out: Sequence[str]
    """Names of the items that it holds from the stock."""
    evaluation: Evaluation | None
    last_actions: Sequence[LastAction]
    names: Mapping[str, str]
    settings: Settings
    zone: ZoneInfo

    def name(self, person: str | None) -> str:
        """Give a person's name; the bare id of somebody unknown."""
        return "" if person is None else self.names.get(person, person)

    def time(self, instant: datetime | None) -> str:
        """Write an instant in the duty room's zone; empty for none."""
        return "" if instant is None else local_time(instant, self.zone)

    def with_role(self, role: Role) -> list[Participant]:
        """Give the participants of one role."""
        return [participant for participant in self.drill.participants if participant.role is role]

    def slots(self, at: datetime) -> list[run_clock.Slot]:
        """Give the script as it stands in the run that counts; empty before a run."""
        return [] if self.run is None else run_clock.slots(self.run, self.injects, self.deliveries, at)

    def scenario_time(self, inject: Inject) -> str:
        """Write the time in the scenario at which a line comes."""
        return self.time(scenario_instant(self.drill, self.injects, inject))

    @property
    def has_scenario_clock(self) -> bool:
        """Whether the time in the scenario is another than the real one."""
        return self.drill.scenario_starts_at is not None or any(line.scenario_at for line in self.injects)

    @property
    def held_on(self) -> date:
        """The day on which it was held; before that, on which it is planned."""
        return local_day(self.run.started_at if self.run is not None else self.drill.starts_at, self.zone)

    @property
    def close_by(self) -> date:
        """The last day on which it may be closed in time."""
        return close_by(self.held_on, self.settings)

    @property
    def standing(self) -> list[Observation]:
        """The observations that no later one has taken the place of."""
        return standing(self.observations)

    @property
    def weaknesses(self) -> list[Observation]:
        """The weaknesses that stand."""
        return weaknesses(self.observations)

    @property
    def missing(self) -> list[Sentence]:
        """What keeps the drill from being closed."""
        return missing_for_closing(self.drill, self.evaluation, self.observations, self.actions, self.items_out)


def book(view: View, drill: str, zone: ZoneInfo) -> Book:
    """Read one drill with all that belongs to it. Raises Refused where there is none."""
    found = reading.the_drill(view, drill)
    script = in_order(reading.script(view, drill))
    run = reading.latest_run(view, drill)
    seen = reading.observations(view, drill)
    unit = view.get(Unit, found.unit)
    return Book(
        drill=found,
        unit_name=found.unit if unit is None else unit.name,
        injects=script,
        run=run,
        deliveries=[] if run is None else reading.deliveries(view, run),
        observations=seen,
        earlier=standing(reading.earlier_observations(view, drill)),
        ratings=ratings(found, script, seen),
        actions=surroundings.action_facts(view, drill),
        materials=material_rows(view, drill),
        items_out=surroundings.items_out(view, found),
        evaluation=view.get(Evaluation, drill),
        last_actions=_last_actions(view, found),
        names=person_names(view),
        settings=reading.settings(view),
        zone=zone,
    )


def _last_actions(view: View, drill: Drill) -> list[LastAction]:
    last = reading.last_drill(view, drill)
    if last is None:
        return []
    facts = surroundings.action_facts(view, last.id)
    answers = {answer.observation: answer for answer in view.find(FollowUp, drill=drill.id)}
    found = []
    for id in reading.actions(view, last.id):
        answer = answers.get(id)
        found.append(
            LastAction(
                observation=reading.the_observation(view, id),
                facts=facts.get(id),
                answer=None if answer is None else answer.answer,
                note="" if answer is None else answer.note,
            )
        )
    return found
