"""The proposal without a solver: each turn to who has had least and longest not stood, then improved by exchanges."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from floodready.duty.fairness import TimeClass
from floodready.duty.proposal import FAIR, Proposal, Request, Watch, no_rota_found, spread, stages_of
from floodready.language import say
from floodready.refusal import Refused

_ROUNDS = 6


def arrange(request: Request, zone: ZoneInfo, watch: Watch) -> Proposal:
    """Arrange and improve. Raises Refused where a turn cannot be filled, or the work was stopped."""
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
    last: dict[str, int] = {}
    loads = {(person, kind): request.before(person, [kind]) for person in request.people for kind in TimeClass}
    people: list[list[str]] = []
    for number, slot in enumerate(request.slots):
        free = [
            person
            for person in request.people
            if request.may(person, number) and (person not in last or not request.too_close(last[person], number))
        ]
        if len(free) < request.seats:
            raise no_rota_found(request, number, zone)
        free.sort(
            key=lambda person: (
                loads[person, slot.time_class],
                (person, number) in request.wishes,
                last.get(person, -len(request.slots)),
                person,
            )
        )
        chosen = free[: request.seats]
        for person in chosen:
            last[person] = number
            loads[person, slot.time_class] += 1
        people.append(chosen)
    return people


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
