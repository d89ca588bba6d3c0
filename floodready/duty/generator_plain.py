"""The proposal without a solver: each turn to who has had least and longest not stood, then improved by exchanges."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from zoneinfo import ZoneInfo

from floodready.duty.fairness import TimeClass
from floodready.duty.proposal import FAIR, Proposal, Request, Watch, no_rota_found, no_rota_in_reach, spread, stages_of
from floodready.language import say
from floodready.refusal import Refused

_ROUNDS = 6
_TRIES = 5000
"""So often a turn is filled otherwise before the search ends: a second or two on a slow machine."""


def arrange(request: Request, zone: ZoneInfo, watch: Watch) -> Proposal:
    """Arrange and improve. Raises Refused where no rota exists or none was found, and where the work was stopped."""
    people = _longest_since_last(request, zone)
    for number in range(_ROUNDS):
        if not watch(say("exchanging turns, round {number}", number=number + 1)):
            raise Refused(say("Stopped. Nothing was published."))
        if not _exchange(request, people):
            break
    return Proposal(
        people=tuple(tuple(sorted(standing)) for standing in people), stages=stages_of(request, people, [False] * 7)
    )


def _longest_since_last(request: Request, zone: ZoneInfo) -> list[list[str]]:
    """Fill turn after turn; where one cannot be filled, those before it are filled otherwise, the nearest first."""
    people: list[list[str]] = []
    tries = [_candidates(request, people)]
    farthest = steps = 0
    while len(people) < len(request.slots):
        if steps == len(request.slots) + _TRIES:
            raise no_rota_in_reach(request, farthest, zone)
        steps += 1
        chosen = next(tries[-1], None)
        if chosen is not None:
            people.append(list(chosen))
            farthest = max(farthest, len(people))
            tries.append(_candidates(request, people))
        elif people:
            tries.pop()
            people.pop()
        else:
            raise no_rota_found(request, farthest, zone)
    return people


def _candidates(request: Request, people: Sequence[Sequence[str]]) -> Iterator[tuple[str, ...]]:
    """Give who may stand the first turn not filled, those with the fewest turns and the longest pause first."""
    number = len(people)
    if number == len(request.slots):
        return iter(())
    kind = request.slots[number].time_class
    last = {person: place for place, standing in enumerate(people) for person in standing}
    loads = {person: request.before(person, [kind]) for person in request.people}
    for slot, standing in zip(request.slots, people, strict=False):
        for person in standing if slot.time_class is kind else ():
            loads[person] += 1
    free = [person for person in request.people if _fits(request, people, number, person)]
    free.sort(
        key=lambda person: (
            loads[person],
            (person, number) in request.wishes,
            last.get(person, -len(request.slots)),
            person,
        )
    )
    return combinations(free, request.seats)


def _exchange(request: Request, people: list[list[str]]) -> bool:
    """Give single turns to others where that lowers the spreads, in the order of the stages; tell whether any did."""
    improved = False
    for number, standing in enumerate(people):
        for place in range(len(standing)):
            improved |= _give_away(request, people, number, place)
    return improved


def _give_away(request: Request, people: list[list[str]], number: int, place: int) -> bool:
    """Give one seat of a turn to whoever lowers the spreads most; tell whether anybody did."""
    standing, cost, given = people[number], _cost(request, people), False
    person = standing[place]
    for other in request.people:
        if other in standing or not _fits(request, people, number, other):
            continue
        standing[place] = other
        after = _cost(request, people)
        if after < cost:
            person, cost, given = other, after, True
        standing[place] = person
    return given


def _cost(request: Request, people: Sequence[Sequence[str]]) -> tuple[int, ...]:
    every = list(TimeClass)
    return (*(spread(request, people, [kind]) for kind in FAIR), spread(request, people, every))


def _fits(request: Request, people: Sequence[Sequence[str]], number: int, person: str) -> bool:
    if not request.may(person, number):
        return False
    for back in range(number - 1, -1, -1):
        if not request.too_close(back, number):
            break
        if person in people[back]:
            return False
    for later in range(number + 1, len(people)):
        if not request.too_close(number, later):
            break
        if person in people[later]:
            return False
    return True
