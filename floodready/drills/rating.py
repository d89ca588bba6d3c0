"""Ratings from what evaluators saw: the worst task rates the objective, the worst objective the capability.

HSEEP's P, S, M and U. Of several evaluators the lowest rating holds. Without an observation there is no rating.
"""

from __future__ import annotations

from collections.abc import Iterable

from floodready.drills.models import Drill, Inject, InjectKind, Objective
from floodready.drills.run_models import Observation, Rating
from floodready.frozen import frozen

_FROM_BEST = tuple(Rating)


@frozen
class Rated:
    """A rating with the evidence it stands on; none means that nobody rated it."""

    subject: str
    rating: Rating | None
    tasks: int
    """How many tasks (or, for a capability, objectives) it takes in."""
    rated: int
    """For how many of them there is evidence."""
    evaluators: tuple[str, ...] = ()


@frozen
class Ratings:
    """All ratings of one drill."""

    tasks: tuple[Rated, ...]
    """By inject id."""
    objectives: tuple[Rated, ...]
    capabilities: tuple[Rated, ...]


def worst(ratings: Iterable[Rating | None]) -> Rating | None:
    """Give the worst of some ratings; None where there is none at all."""
    known = [rating for rating in ratings if rating is not None]
    return max(known, key=_FROM_BEST.index, default=None)


def standing(observations: Iterable[Observation]) -> list[Observation]:
    """Give the observations that no later one has taken the place of."""
    seen = list(observations)
    replaced = {observation.replaces for observation in seen}
    return [observation for observation in seen if observation.id not in replaced]


def ratings(drill: Drill, injects: Iterable[Inject], observations: Iterable[Observation]) -> Ratings:
    """Rate a drill's tasks, objectives and capabilities from the observations of one run."""
    seen = standing(observations)
    tasks = {inject.id: inject for inject in injects}
    rated_tasks = {task: _rated(task, [o for o in seen if o.inject == task]) for task in tasks}
    objectives = {o.id: _objective(o, tasks, rated_tasks, seen) for o in drill.objectives}
    names = dict.fromkeys(objective.capability for objective in drill.objectives)
    capabilities = [_over(name, [objectives[o.id] for o in drill.objectives if o.capability == name]) for name in names]
    return Ratings(
        tasks=tuple(rated_tasks.values()), objectives=tuple(objectives.values()), capabilities=tuple(capabilities)
    )


def _objective(
    objective: Objective, tasks: dict[str, Inject], rated: dict[str, Rated], seen: list[Observation]
) -> Rated:
    mine = [
        rated[task] for task, inject in tasks.items() if inject.objective == objective.id and _counts(inject, rated)
    ]
    # An inject may serve one objective and yet show something of another: then the observation names it.
    own = [o for o in seen if o.objective == objective.id and not _serves(o, tasks)]
    if own:
        mine.append(_rated(objective.id, own))
    return _over(objective.id, mine)


def _serves(observation: Observation, tasks: dict[str, Inject]) -> bool:
    task = tasks.get(observation.inject or "")
    return task is not None and task.objective == observation.objective


def _counts(inject: Inject, rated: dict[str, Rated]) -> bool:
    # A contingency that was not needed is no task without evidence.
    return inject.kind is not InjectKind.CONTINGENCY or rated[inject.id].rating is not None


def _rated(subject: str, observations: list[Observation]) -> Rated:
    rating = worst(observation.rating for observation in observations)
    evaluators = dict.fromkeys(o.evaluator for o in observations if o.rating is not None)
    return Rated(subject=subject, rating=rating, tasks=1, rated=int(rating is not None), evaluators=tuple(evaluators))


def _over(subject: str, parts: list[Rated]) -> Rated:
    return Rated(
        subject=subject,
        rating=worst(part.rating for part in parts),
        tasks=len(parts),
        rated=sum(part.rating is not None for part in parts),
        evaluators=tuple(dict.fromkeys(name for part in parts for name in part.evaluators)),
    )
