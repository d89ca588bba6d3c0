"""When a post hands over: what tables, proposed seasons and temporary rotas go by where no hours are named."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from floodready.duty.models import Rotation
from floodready.duty.plan import Plan
from floodready.duty.turns import instant_of, own_end


class ChangeHours(NamedTuple):
    """The local hand-over times of a post's day, ascending, and its own end where it is not manned around the clock."""

    times: tuple[time, ...]
    ends: time | None = None

    def day_of_duty(self, day: date, plan: Plan) -> tuple[datetime, datetime]:
        """Give the duty of a local day, [start, end) in UTC: from its first hand-over to the next day's, or its end."""
        start = instant_of(day, self.times[0], plan.zone)
        if self.ends is not None:
            return start, own_end(self.ends, day, self.times[0], plan.zone)
        return start, instant_of(day + timedelta(days=1), self.times[0], plan.zone)


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
    times = tuple(sorted({moment for rotation in rotations for moment in rotation.times}))
    return ChangeHours(times, rotations[0].ends if len(rotations) == 1 else None)
