"""When a drill is closed, when it counts, and what the next one must ask of the last."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

from floodready.drills.models import Drill, DrillState, Settings
from floodready.drills.rating import standing
from floodready.drills.run_models import Evaluation, Finding, FollowUp, Observation
from floodready.frozen import frozen
from floodready.language import Sentence, say, say_many, verbatim


@frozen
class ActionFacts:
    """What the rectification record of a weakness holds."""

    record: str
    action: str = ""
    unit: str = ""
    """The name of the unit that answers for it."""
    owner: str | None
    owner_left: bool = False
    """Whether the owner is on the staff no more."""
    started_on: date | None = None
    due_on: date | None
    closed: bool = False


def weaknesses(observations: Iterable[Observation]) -> list[Observation]:
    """Give the weaknesses that stand, in the order in which they were seen."""
    found = [o for o in standing(observations) if o.finding is Finding.WEAKNESS]
    return sorted(found, key=lambda observation: observation.seen_at)


def without_owner(observations: Iterable[Observation], actions: Mapping[str, ActionFacts]) -> list[Observation]:
    """Give the weaknesses that lack a corrective action with an owner and a date; `actions` by observation id."""
    return [o for o in weaknesses(observations) if not _assigned(actions.get(o.id))]


def missing_for_closing(
    drill: Drill,
    evaluation: Evaluation | None,
    observations: Iterable[Observation],
    actions: Mapping[str, ActionFacts],
    items_out: Iterable[str] = (),
) -> list[Sentence]:
    """Name everything that keeps a drill from being closed; an empty list says it may be.

    `items_out` are the names of items that were issued to it and are not accounted for.
    """
    observations = tuple(observations)
    missing = []
    if drill.state in (DrillState.PLANNED, DrillState.RUNNING):
        missing.append(say("it has not been held to its end"))
    if evaluation is None:
        missing.append(say("the evaluation is not written"))
    missing += [
        say(
            "weakness {id} has no corrective action with an owner and a date: {text}",
            id=observation.id,
            text=verbatim(observation.text[:60]),
        )
        for observation in without_owner(observations, actions)
    ]
    missing += [
        say("the owner of {record} has left: give it another one in the rectification list", record=action.record)
        for action in _ownerless(weaknesses(observations), actions)
    ]
    missing += [say("{item} of its materials is not accounted for", item=verbatim(item)) for item in items_out]
    if evaluation is None or evaluation.filed_at is None:
        missing.append(say("the summary is not filed"))
    return missing


def close_by(held_on: date, settings: Settings) -> date:
    """Give the last day on which a drill held on a day may be closed in time."""
    return held_on + timedelta(settings.evaluation_days)


def reminder(drill: Drill, held_on: date, today: date, settings: Settings) -> Sentence | None:
    """Remind of a drill that is held and not closed; None where nothing is to be said."""
    if drill.state is not DrillState.HELD:
        return None
    left = (close_by(held_on, settings) - today).days
    if left < 0:
        return say_many(
            "{drill} should have been closed {count} day ago ({source}).",
            "{drill} should have been closed {count} days ago ({source}).",
            -left,
            drill=drill.name,
            source=verbatim(settings.evaluation_source),
        )
    return say_many(
        "{drill} must be closed within {count} day ({source}).",
        "{drill} must be closed within {count} days ({source}).",
        left,
        drill=drill.name,
        source=verbatim(settings.evaluation_source),
    )


def last_of_plan(drill: Drill, begun: Iterable[tuple[datetime, Drill]], began: datetime | None = None) -> Drill | None:
    """Give the last drill of the same plan and unit that was held before this one.

    `begun` are drills with the instants at which their runs began, `began` the same of this one; without it, this one
    has not begun, and whatever was held came before it. Planned times decide nothing: drills are brought forward and
    put off.
    """
    held = (
        (since, other)
        for since, other in begun
        if other.id != drill.id
        and (other.unit, other.plan) == (drill.unit, drill.plan)
        and other.state in (DrillState.HELD, DrillState.CLOSED)
        and (began is None or since < began)
    )
    last = max(held, key=lambda pair: (pair[0], pair[1].id), default=None)
    return None if last is None else last[1]


def unanswered(last_actions: Iterable[str], answers: Iterable[FollowUp]) -> list[str]:
    """Give the actions of the last drill (by observation id) of which nobody has said whether they are implemented."""
    answered = {answer.observation for answer in answers}
    return [observation for observation in last_actions if observation not in answered]


def _ownerless(weak: Iterable[Observation], actions: Mapping[str, ActionFacts]) -> list[ActionFacts]:
    """Give the actions that are still open and whose owner has left."""
    known = (actions.get(observation.id) for observation in weak)
    return [action for action in known if action is not None and action.owner_left and not action.closed]


def _assigned(action: ActionFacts | None) -> bool:
    return action is not None and action.owner is not None and action.due_on is not None
