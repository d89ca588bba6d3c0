from __future__ import annotations

from floodready.drills.models import InjectKind
from floodready.drills.rating import Rated, ratings
from floodready.drills.run_models import Rating
from floodready.drills.words import rating_words
from tests.drills.scenes import drill, inject, observation

P, S, M, U = Rating.PERFORMED, Rating.SOME_CHALLENGES, Rating.MAJOR_CHALLENGES, Rating.UNABLE
SCRIPT = [inject(1), inject(2), inject(3, objective="call"), inject(4, objective="move")]


def rated(parts: tuple[Rated, ...]) -> dict[str, Rating | None]:
    return {part.subject: part.rating for part in parts}


def test_the_worst_task_rates_the_objective_and_the_worst_objective_the_capability() -> None:
    seen = [
        observation("B1", P, inject="I1"),
        observation("B2", S, inject="I2"),
        observation("B3", M, inject="I3"),
        observation("B4", P, inject="I4"),
    ]
    result = ratings(drill(), SCRIPT, seen)
    assert rated(result.objectives) == {"warn": S, "move": P, "call": M}
    assert rated(result.capabilities) == {"warn and command": M, "shelter": P}


def test_of_several_evaluators_the_lowest_rating_holds() -> None:
    seen = [observation("B1", P, inject="I1"), observation("B2", U, inject="I1", evaluator="P3")]
    task = ratings(drill(), SCRIPT, seen).tasks[0]
    assert (task.rating, task.evaluators) == (U, ("P2", "P3"))


def test_without_evidence_there_is_no_rating() -> None:
    result = ratings(drill(), SCRIPT, [observation("B1", None, inject="I4")])
    assert set(rated(result.capabilities).values()) == {None}
    assert str(rating_words(None)) == "not rated: no evidence"


def test_the_tasks_without_evidence_are_counted_beside_the_rating() -> None:
    warn = ratings(drill(), SCRIPT, [observation("B1", P, inject="I1")]).objectives[0]
    assert (warn.rating, warn.rated, warn.tasks) == (P, 1, 2)


def test_an_observation_of_an_objective_itself_is_evidence_too() -> None:
    result = ratings(drill(), SCRIPT, [observation("B1", S, objective="move")])
    assert rated(result.objectives)["move"] is S


def test_an_inject_may_show_something_of_another_objective() -> None:
    result = ratings(drill(), SCRIPT, [observation("B1", M, inject="I1", objective="move")])
    assert rated(result.objectives) == {"warn": M, "move": M, "call": None}


def test_a_later_observation_takes_the_place_of_the_one_it_replaces() -> None:
    seen = [observation("B1", U, inject="I1"), observation("B2", S, inject="I1", replaces="B1")]
    assert ratings(drill(), SCRIPT, seen).tasks[0].rating is S


def test_a_contingency_that_was_not_needed_is_no_missing_evidence() -> None:
    script = [inject(1), inject(2, kind=InjectKind.CONTINGENCY)]
    warn = ratings(drill(), script, [observation("B1", P, inject="I1")]).objectives[0]
    assert (warn.rated, warn.tasks) == (1, 1)


def test_a_contingency_that_was_needed_and_rated_counts_like_any_task() -> None:
    script = [inject(1), inject(2, kind=InjectKind.CONTINGENCY)]
    seen = [observation("B1", P, inject="I1"), observation("B2", M, inject="I2")]
    warn = ratings(drill(), script, seen).objectives[0]
    assert (warn.rating, warn.rated, warn.tasks) == (M, 2, 2)


def test_what_an_inject_shows_of_its_own_objective_is_evidence_once() -> None:
    warn = ratings(drill(), [inject(1)], [observation("B1", S, inject="I1", objective="warn")]).objectives[0]
    assert (warn.rating, warn.rated, warn.tasks) == (S, 1, 1)


def test_who_saw_and_did_not_rate_is_no_evaluator_of_the_rating() -> None:
    seen = [observation("B1", P, inject="I1"), observation("B2", None, inject="I1", evaluator="P3")]
    task = ratings(drill(), SCRIPT, seen).tasks[0]
    assert (task.evaluators, task.rated, task.tasks) == (("P2",), 1, 1)
    unseen = ratings(drill(), SCRIPT, seen).tasks[1]
    assert (unseen.rating, unseen.rated) == (None, 0)
