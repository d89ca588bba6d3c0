"""When a post hands over: what tables, proposed seasons and temporary rotas go by where no hours are named."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from floodready.duty.models import Rotation, TurnUnit
from floodready.duty.plan import Plan
from floodready.duty.turns import instant_of, own_end

_DAY_HOURS = 24


class ChangeHours(NamedTuple):
    """The local handover times of a post's day, ascending, and its own end where it is not manned around the clock."""

    times: tuple[time, ...]
    ends: time | None = None
    first: time | None = None
    """The hour at which a day's duty begins, where that is not the earliest of `times`."""

    def day_of_duty(self, day: date, plan: Plan) -> tuple[datetime, datetime]:
        """Give the duty of a local day, [start, end) in UTC: from its first handover to the next day's, or its end."""
        first = self.first or self.times[0]
        start = instant_of(day, first, plan.zone)
        if self.ends is not None:
            return start, own_end(self.ends, day, first, plan.zone)
        return start, instant_of(day + timedelta(days=1), first, plan.zone)


def change_hours(plan: Plan, post: str, at: datetime) -> ChangeHours:
    """Give when a post hands over: by its rotations that hold at an instant, UTC, or else by those nearest to it.

    A post that no rota of the unit ever rotates hands over at the hour of the unit's figures.
    """
    far_off = [
        # A rota does not hold at its end: where the next one begins there, that one does.
        (max(start - at, at - end, timedelta(0)), at - start, own)
        for rota, start, end in plan.rotas_in_order()
        if (own := [rotation for rotation in rota.rotations if rotation.post == post])
    ]
    if not far_off:
        return ChangeHours((plan.settings.hand_over_at,))
    return _hours_of(min(far_off, key=lambda found: found[:2])[2])


def _hours_of(rotations: list[Rotation]) -> ChangeHours:
    times = tuple(sorted({moment for rotation in rotations for moment in _times_of(rotation)}))
    only = rotations[0] if len(rotations) == 1 else None
    return ChangeHours(times, only.ends if only else None, only.times[0] if only else None)


def _times_of(rotation: Rotation) -> Iterator[time]:
    """Give the local hours of a day at which turns begin; of turns in hours that fit into no day the first alone."""
    yield from rotation.times
    if rotation.unit is TurnUnit.HOURS and _DAY_HOURS % rotation.length == 0:
        for hours in range(rotation.length, _DAY_HOURS, rotation.length):
            for moment in rotation.times:
                yield moment.replace(hour=(moment.hour + hours) % _DAY_HOURS)
