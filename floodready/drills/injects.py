"""The script of a drill: numbers, order, times, approval, and what may become of a line in a run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from floodready.drills.models import Drill, DrillState, Inject, InjectKind, InjectStatus, Role
from floodready.drills.words import INJECT_STATUS
from floodready.language import listed, say, verbatim
from floodready.refusal import Refused

S = InjectStatus
MOVES: Mapping[InjectStatus, frozenset[InjectStatus]] = {
    S.DRAFT: frozenset(),
    S.APPROVED: frozenset({S.RELEASED, S.DEFERRED, S.MISSED}),
    S.DEFERRED: frozenset({S.RELEASED, S.DEFERRED, S.MISSED}),
    S.RELEASED: frozenset({S.DONE, S.MISSED}),
    S.DONE: frozenset(),
    S.MISSED: frozenset({S.DONE}),
}
"""What a line may become in a run. A missed line may still be done late."""


def in_order(injects: Iterable[Inject]) -> list[Inject]:
    """Give the script in the order of drill time, and of number at one time."""
    return sorted(injects, key=lambda inject: (inject.offset, inject.number))


def require_open_script(drill: Drill) -> None:
    """Refuse to change the script of a drill that is over. Raises Refused."""
    if drill.state not in (DrillState.PLANNED, DrillState.RUNNING):
        raise Refused(say("{drill} is over; its script stands as it was run.", drill=drill.name))


def scenario_instant(drill: Drill, injects: Iterable[Inject], inject: Inject) -> datetime:
    """Give the time in the scenario at which a line comes, UTC.

    It follows from the last jump before it, else from the scenario's start, by drill time. A contingency's own time
    moves no other line: nobody knows when it comes, or whether.
    """
    if inject.scenario_at is not None:
        return inject.scenario_at
    place = (inject.offset, inject.number)
    jumps = (
        (line.offset, line.scenario_at)
        for line in in_order(injects)
        if line.scenario_at is not None
        and line.kind is not InjectKind.CONTINGENCY
        and (line.offset, line.number) < place
    )
    *_, (offset, since) = ((0, drill.scenario_starts_at or drill.starts_at), *jumps)
    return since + timedelta(seconds=inject.offset - offset)


def next_number(injects: Iterable[Inject]) -> int:
    """Give the number of a new line: one more than the highest there ever was in the script."""
    return max((inject.number for inject in injects), default=0) + 1


def require_free_number(number: int, injects: Iterable[Inject], drill: Drill) -> None:
    """Refuse a number that another line of the drill has. Raises Refused."""
    if any(inject.number == number for inject in injects):
        raise Refused(
            say("{drill} already has an inject {number}. Take another number.", drill=drill.name, number=number)
        )


def moved(injects: Iterable[Inject], inject: Inject, place: int) -> dict[str, int]:
    """Give the new offsets, by id, that put a line at a place (0 is first): the times stay, the lines change places."""
    before = in_order(injects)
    after = [other for other in before if other.id != inject.id]
    after.insert(max(0, min(place, len(after))), inject)
    times = [other.offset for other in before]
    return {other.id: time for other, time in zip(after, times, strict=True) if other.offset != time}


def renumbered(injects: Iterable[Inject]) -> dict[str, int]:
    """Give the new numbers, by id, that make the script count 1, 2, 3 … in its order."""
    order = enumerate(in_order(injects), start=1)
    return {inject.id: number for number, inject in order if inject.number != number}


def shifted(injects: Iterable[Inject], from_offset: int, seconds: int) -> dict[str, int]:
    """Give the new offsets, by id, when every line from a time on moves by some seconds.

    Raises Refused where a line would come before the start, or before a line that stays.
    """
    order = in_order(injects)
    moving = [inject for inject in order if inject.offset >= from_offset]
    if not moving or not seconds:
        return {}
    staying = [inject.offset for inject in order if inject.offset < from_offset]
    earliest, floor = moving[0].offset + seconds, max(staying, default=0)
    if earliest < floor:
        raise Refused(
            say(
                "Inject {number} would come {seconds} s too early. Shift by {most} s at most, or shift more lines.",
                number=moving[0].number,
                seconds=floor - earliest,
                most=moving[0].offset - floor,
            )
        )
    return {inject.id: inject.offset + seconds for inject in moving}


def require_approver(inject: Inject, person: str) -> None:
    """Refuse an approval by the author of the line. Raises Refused."""
    if inject.author == person:
        raise Refused(say("You wrote inject {number} yourself. Somebody else must approve it.", number=inject.number))


def unapproved(injects: Iterable[Inject]) -> list[Inject]:
    """Give the lines that nobody has approved yet."""
    return [inject for inject in in_order(injects) if inject.status is S.DRAFT]


def require_approved(injects: Sequence[Inject], drill: Drill) -> None:
    """Refuse to start a scripted drill whose script is empty or has lines without approval. Raises Refused."""
    if drill.scripted and not any(inject.kind is not InjectKind.CONTINGENCY for inject in injects):
        raise Refused(say("{drill} has no injects. Write its script first, or make it scriptless.", drill=drill.name))
    if waiting := unapproved(injects):
        raise Refused(
            say(
                "Not approved yet: inject {numbers}. Have another person than the author approve them.",
                numbers=verbatim(", ".join(str(inject.number) for inject in waiting)),
            )
        )


def require_move(number: int, kind: InjectKind, now: InjectStatus, wanted: InjectStatus) -> None:
    """Refuse what a line may not become, naming what it may. Raises Refused."""
    legal = legal_moves(kind, now)
    if wanted in legal:
        return
    if not legal:
        raise Refused(
            say("Inject {number} is {status}; nothing more can become of it.", number=number, status=INJECT_STATUS[now])
        )
    raise Refused(
        say(
            "Inject {number} is {status}. It can now be marked: {legal}.",
            number=number,
            status=INJECT_STATUS[now],
            legal=listed([INJECT_STATUS[status] for status in S if status in legal]),
        )
    )


def legal_moves(kind: InjectKind, now: InjectStatus) -> frozenset[InjectStatus]:
    """Give what a line may become: an expected action is never released, players simply do it."""
    legal = MOVES[now]
    if kind is InjectKind.EXPECTED and S.RELEASED in legal:
        return (legal - {S.RELEASED}) | {S.DONE}
    return legal


def unwatched(injects: Iterable[Inject], drill: Drill) -> list[Inject]:
    """Give the lines that nobody would watch: their evaluator is not one of the drill's evaluators."""
    watching = {p.person for p in drill.participants if p.role is Role.EVALUATOR}
    return [inject for inject in in_order(injects) if inject.evaluator is not None and inject.evaluator not in watching]


def after_the_end(injects: Iterable[Inject], drill: Drill) -> list[Inject]:
    """Give the lines that would come after the planned end of the drill."""
    return [inject for inject in in_order(injects) if inject.offset > 60 * drill.minutes]
