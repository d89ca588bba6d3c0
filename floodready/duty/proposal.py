"""A rota asked for and proposed for one post, and how good it is: the measures of every stage and their bounds."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from floodready.clock import local_time
from floodready.duty.fairness import TimeClass
from floodready.frozen import fresh, frozen
from floodready.language import Sentence, say, verbatim
from floodready.refusal import Refused

FAIR = (TimeClass.HOLIDAY, TimeClass.WEEKEND, TimeClass.NIGHT)
"""The classes shared out one by one, the weightiest first; all turns together follow."""


@frozen
class Slot:
    """One turn to be filled, half-open, UTC, with the class in which it counts."""

    start: datetime
    end: datetime
    time_class: TimeClass


@frozen
class Request:
    """What a proposal is asked for. Slots are in order of time and of one post."""

    slots: tuple[Slot, ...]
    seats: int
    people: tuple[str, ...]
    rest: timedelta
    away: Mapping[str, Sequence[tuple[datetime, datetime]]] = fresh(factory=dict)
    wishes: frozenset[tuple[str, int]] = frozenset()
    """(person, slot) where the person would rather not."""
    history: Mapping[tuple[str, TimeClass], int] = fresh(factory=dict)
    """Turns of last season, by person and class."""
    published: Mapping[int, frozenset[str]] = fresh(factory=dict)
    """Who stands a slot by the rota in force."""
    names: Mapping[str, str] = fresh(factory=dict)
    """People's names by id, to speak of them."""

    def may(self, person: str, slot: int) -> bool:
        """Tell whether a person is not away in a slot."""
        turn = self.slots[slot]
        return not any(low < turn.end and high > turn.start for low, high in self.away.get(person, ()))

    def too_close(self, one: int, other: int) -> bool:
        """Tell whether a person cannot stand both slots, the first being earlier."""
        return self.slots[other].start - self.slots[one].end < self.rest

    def before(self, person: str, kinds: Sequence[TimeClass]) -> int:
        """Count a person's turns of last season in some classes."""
        return sum(self.history.get((person, kind), 0) for kind in kinds)


@frozen
class Stage:
    """What one stage reached: its value, the bound no rota can beat, and whether the value is proved best."""

    name: Sentence
    value: int
    bound: int
    proved: bool


@frozen
class Proposal:
    """Who would stand each slot, and how good that is, stage by stage."""

    people: tuple[tuple[str, ...], ...]
    stages: tuple[Stage, ...]


Watch = Callable[[Sentence], bool]
"""Told what is being worked on; False stops the work."""


def no_rota_found(request: Request, slot: int, zone: ZoneInfo) -> Refused:
    """Say that the people there around a slot cannot fill it with the rest they need."""
    turn = request.slots[slot]
    there = [person for person in request.people if request.may(person, slot)]
    if len(there) < request.seats:
        return no_rota_exists(request, turn.start, turn.end, request.seats, there, zone)
    return Refused(
        say(
            "No rota exists: there from {start} to {end} are {names}, and however the turns around it are shared out, "
            "somebody rests too little. Shorten leave, add people or lower the rest.",
            start=verbatim(local_time(turn.start, zone)),
            end=verbatim(local_time(turn.end, zone)),
            names=_named(request, there),
        )
    )


def no_rota_in_reach(request: Request, slot: int, zone: ZoneInfo) -> Refused:
    """Say that no rota was found that fills a slot and those before it, and that there may yet be one."""
    turn = request.slots[slot]
    return Refused(
        say(
            "No rota was found: the turn from {start} to {end} could not be filled with the rest that everybody needs. "
            "Shorten leave, add people or lower the rest.",
            start=verbatim(local_time(turn.start, zone)),
            end=verbatim(local_time(turn.end, zone)),
        )
    )


def spread(request: Request, people: Sequence[Sequence[str]], kinds: Sequence[TimeClass]) -> int:
    """Give the most turns of one person less the fewest of another, last season's included."""
    loads = {person: request.before(person, kinds) for person in request.people}
    for slot, standing in zip(request.slots, people, strict=True):
        if slot.time_class in kinds:
            for person in standing:
                loads[person] += 1
    return max(loads.values()) - min(loads.values())


def least_spread(request: Request, kinds: Sequence[TimeClass]) -> int:
    """Give the least spread that arithmetic allows, whatever rest and leave say: each turn to the fewest so far."""
    loads = sorted(request.before(person, kinds) for person in request.people)
    for _ in range(request.seats * sum(slot.time_class in kinds for slot in request.slots)):
        loads[0] += 1
        loads.sort()
    return loads[-1] - loads[0]


def shortest_pause(request: Request, people: Sequence[Sequence[str]]) -> int:
    """Give the fewest slots between two duties of one person; the number of slots where nobody stands twice."""
    last: dict[str, int] = {}
    shortest = len(request.slots)
    for number, standing in enumerate(people):
        for person in standing:
            if person in last:
                shortest = min(shortest, number - last[person] - 1)
            last[person] = number
    return shortest


def longest_pause_bound(request: Request) -> int:
    """Give the longest shortest pause that people and leave allow, whatever fairness says.

    With a pause of p slots, any p + 1 slots in a row are stood by different people; that is tried for every such
    stretch. A rota can still fall short of it, never go beyond.
    """
    slots = len(request.slots)
    there = [[person for person in request.people if request.may(person, number)] for number in range(slots)]
    rounds = len(request.people) // request.seats
    # Where there are people for every turn nobody stands twice, and the pause is the number of turns.
    for pause in range(slots if rounds >= slots else rounds - 1, 0, -1):
        width = min(pause + 1, slots)
        if all(_all_different(there[low : low + width], request.seats) for low in range(slots - width + 1)):
            return pause
    return 0


def is_less_fair_in_strict_cycle(request: Request, people: Sequence[Sequence[str]], pause: int) -> bool:
    """Tell whether a pause is only to be had at the price of fairness already reached: a proof against it.

    Where the people are exactly as many as the seats of `pause` + 1 slots, each such stretch holds everybody once, so
    the order repeats strictly and each place of it has its turns of every class; only without history do these not
    depend on who takes which place.
    """
    length = pause + 1
    if request.history or len(request.people) != request.seats * length:
        return False
    for kinds in (*([kind] for kind in FAIR), list(TimeClass)):
        turns = [sum(slot.time_class in kinds for slot in request.slots[place::length]) for place in range(length)]
        if max(turns) - min(turns) > spread(request, people, kinds):
            return True
    return False


def _all_different(there: Sequence[Sequence[str]], seats: int) -> bool:
    """Tell whether some slots in a row can be stood by different people throughout: a matching of seats to people."""
    standing: dict[str, int] = {}

    def seat(slot: int, tried: set[str]) -> bool:
        for person in there[slot]:
            if person not in tried:
                tried.add(person)
                if person not in standing or seat(standing[person], tried):
                    standing[person] = slot
                    return True
        return False

    return all(seat(slot, set()) for slot in range(len(there)) for _ in range(seats))


def stages_of(
    request: Request, people: Sequence[Sequence[str]], proved: Sequence[bool], most_pause: int | None = None
) -> tuple[Stage, ...]:
    """Measure a proposal in every stage; `proved` says which values are known to be best whatever their bound.

    `most_pause` is a bound of the pause that was proved beyond what arithmetic says.
    """
    measured: list[tuple[Sentence, int, int]] = [
        (
            say("spread of {kind}", kind=kind.word),
            spread(request, people, [kind]),
            least_spread(request, [kind]),
        )
        for kind in FAIR
    ]
    every = list(TimeClass)
    measured.append((say("spread of all turns"), spread(request, people, every), least_spread(request, every)))
    pause = shortest_pause(request, people)
    most = longest_pause_bound(request) if most_pause is None else most_pause
    measured.append((say("turns between two duties"), pause, most))
    against = sum((person, number) in request.wishes for number, standing in enumerate(people) for person in standing)
    measured.append((say("wishes not kept"), against, 0))
    kept = sum(len(names & set(people[number])) for number, names in request.published.items())
    measured.append((say("published turns kept"), kept, sum(len(names) for names in request.published.values())))
    return tuple(
        Stage(name=name, value=value, bound=bound, proved=known or value == bound)
        for (name, value, bound), known in zip(measured, proved, strict=True)
    )


def no_rota_exists(
    request: Request, start: datetime, end: datetime, needed: int, there: Sequence[str], zone: ZoneInfo
) -> Refused:
    """Say that from `start` to `end` turns and rest need more people than `there` are."""
    return Refused(
        say(
            "No rota exists from {start} to {end}: turns and rest need more people than there are ({count} of "
            "{needed}: {names}). Shorten leave, add people or lower the rest.",
            start=verbatim(local_time(start, zone)),
            end=verbatim(local_time(end, zone)),
            needed=needed,
            count=len(there),
            names=_named(request, there),
        )
    )


def _named(request: Request, people: Sequence[str]) -> Sentence:
    return verbatim(", ".join(request.names.get(person, person) for person in people) or "—")
