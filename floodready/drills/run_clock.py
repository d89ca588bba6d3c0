"""The clock of a running drill: drill time stands still in pauses, and later injects shift by them.

Everything is computed from the recorded instants of the run, so a terminal that was killed, or another terminal, shows
the same clock. Arithmetic is in UTC.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from floodready.drills.models import Inject, InjectKind, InjectStatus
from floodready.drills.run_models import Delivery, Pause, Run
from floodready.frozen import frozen
from floodready.language import say
from floodready.refusal import Refused

PENDING = frozenset({InjectStatus.DRAFT, InjectStatus.APPROVED, InjectStatus.DEFERRED})


@frozen
class Slot:
    """One line of the script as it stands in a run at an instant."""

    inject: Inject
    delivery: Delivery | None
    status: InjectStatus
    offset: int
    """Seconds of drill time at which the line now stands: its own, or that to which it was deferred."""
    planned_at: datetime
    """When it would come in a run without a pause or a deferral, UTC."""
    expected_at: datetime
    """When it comes with the pauses so far, UTC; while the clock stands, later with every second."""

    @property
    def pending(self) -> bool:
        """Tell whether the line is still to come."""
        return self.status in PENDING

    @property
    def late_by(self) -> timedelta | None:
        """How much later than planned it was released, pauses included; None before that."""
        if self.delivery is None or self.delivery.released_at is None:
            return None
        return self.delivery.released_at - self.planned_at


def elapsed(run: Run, at: datetime) -> timedelta:
    """Give the drill time of a run at an instant: what has passed since its start, without the pauses."""
    end = at if run.finished_at is None else min(at, run.finished_at)
    return max(end - run.started_at - _paused(run, end), timedelta())


def paused(run: Run, at: datetime) -> Pause | None:
    """Give the pause in which the clock stands at an instant, or None while it runs."""
    return next((p for p in run.pauses if p.from_at <= at and (p.until_at is None or at < p.until_at)), None)


def expected_at(run: Run, offset: int, at: datetime) -> datetime:
    """Give the instant at which drill time reaches `offset` seconds, by the pauses known at `at`.

    In an open pause it is what it would be if the clock went on at `at`.
    """
    reached, remaining = run.started_at, timedelta(seconds=offset)
    for pause in run.pauses:
        stretch = pause.from_at - reached
        if remaining <= stretch:
            break
        remaining -= stretch
        reached = max(at, pause.from_at) if pause.until_at is None else pause.until_at
    return reached + remaining


def with_pause(run: Run, at: datetime, reason: str = "") -> tuple[Pause, ...]:
    """Give the pauses of a run with one that begins now. Raises Refused where the clock does not run."""
    require_open(run)
    if (standing := _open_pause(run)) is not None:
        raise Refused(
            say("The clock has been stopped since {instant}. Resume it first.", instant=_seconds(run, standing.from_at))
        )
    return (*run.pauses, Pause(from_at=at, reason=reason))


def without_pause(run: Run, at: datetime) -> tuple[Pause, ...]:
    """Give the pauses of a run with the open one ended now. Raises Refused where the clock runs already."""
    require_open(run)
    standing = _open_pause(run)
    if standing is None:
        raise Refused(say("The clock is running. There is no pause to end."))
    return (*run.pauses[:-1], Pause(from_at=standing.from_at, until_at=at, reason=standing.reason))


def require_open(run: Run) -> None:
    """Refuse a run that is over. Raises Refused."""
    if run.finished_at is not None:
        raise Refused(
            say("Run {number} is over. Begin a new run, or write an observation on this one.", number=run.number)
        )


def slots(run: Run, injects: Iterable[Inject], deliveries: Iterable[Delivery], at: datetime) -> list[Slot]:
    """Give the script as it stands in a run at an instant, in the order of drill time."""
    by_inject: Mapping[str, Delivery] = {delivery.inject: delivery for delivery in deliveries}
    made = [_slot(run, inject, by_inject.get(inject.id), at) for inject in injects]
    return sorted(made, key=lambda slot: (slot.offset, slot.inject.number))


def next_up(script: Iterable[Slot]) -> Slot | None:
    """Give the next line to come; contingencies are kept ready and never come by themselves."""
    return next((slot for slot in script if slot.pending and slot.inject.kind is not InjectKind.CONTINGENCY), None)


def written_clock(span: timedelta) -> str:
    """Write drill time as `h:mm:ss`, whole seconds; a negative span with a minus."""
    sign, seconds = ("-", -span) if span < timedelta() else ("", span)
    whole = int(seconds.total_seconds())
    return f"{sign}{whole // 3600}:{whole // 60 % 60:02}:{whole % 60:02}"


_SPAN = re.compile(r"\d{1,3}(?::\d{1,2}){0,2}")


def read_span(text: str) -> int | None:
    """Read a span of drill time in seconds: `10` minutes, `10:30`, `1:10:30`, also in full width; None for no span.

    Only the first part may be 60 or more: `90:00` is an hour and a half, `25:99` a slip of the fingers.
    """
    found = _SPAN.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if found is None:
        return None
    parts = [int(part) for part in found[0].split(":")]
    if len(parts) == 1:
        return parts[0] * 60
    if max(parts[1:]) > 59:
        return None
    hours, minutes, seconds = [0] * (3 - len(parts)) + parts
    return hours * 3600 + minutes * 60 + seconds


def _slot(run: Run, inject: Inject, delivery: Delivery | None, at: datetime) -> Slot:
    deferred = delivery.deferred_to if delivery is not None else None
    offset = inject.offset if deferred is None else deferred
    return Slot(
        inject=inject,
        delivery=delivery,
        status=inject.status if delivery is None else delivery.status,
        offset=offset,
        planned_at=run.started_at + timedelta(seconds=inject.offset),
        expected_at=expected_at(run, offset, at),
    )


def _paused(run: Run, until: datetime) -> timedelta:
    begun = (pause for pause in run.pauses if pause.from_at < until)
    return sum((min(pause.until_at or until, until) - pause.from_at for pause in begun), timedelta())


def _open_pause(run: Run) -> Pause | None:
    return run.pauses[-1] if run.pauses and run.pauses[-1].until_at is None else None


def _seconds(run: Run, instant: datetime) -> str:
    return written_clock(elapsed(run, instant))
