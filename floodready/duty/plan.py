"""Everything the resolver needs to know of one unit, as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from floodready.duty.models import DutySettings, Leave, Override, Rota, StoodDuty, Swap, TemporaryRota
from floodready.frozen import EMPTY, frozen
from floodready.workdays import DayCalendar

ENDLESS = datetime.max.replace(tzinfo=UTC)


@frozen
class Window:
    """A half-open stretch of time [start, end), UTC."""

    start: datetime
    end: datetime

    def cut(self, start: datetime, end: datetime) -> Window | None:
        """Give the part of it inside [start, end), or None."""
        low, high = max(self.start, start), min(self.end, end)
        return Window(start=low, end=high) if low < high else None


@frozen
class LevelWindow:
    """A stretch in which a response level holds; the end of the present one lies in the endless future."""

    level: str
    start: datetime
    end: datetime = ENDLESS


@frozen
class Plan:
    """The roster of one unit as it is known at one moment. The order inside each tuple means nothing."""

    unit: str
    zone: ZoneInfo
    calendar: DayCalendar = DayCalendar()
    rotas: tuple[Rota, ...] = ()
    temporary: tuple[TemporaryRota, ...] = ()
    overrides: tuple[Override, ...] = ()
    swaps: tuple[Swap, ...] = ()
    leaves: tuple[Leave, ...] = ()
    stood: tuple[StoodDuty, ...] = ()
    left: Mapping[str, datetime] = EMPTY
    """The instant, UTC, from which a person who left the office stands no more duty."""
    levels: tuple[LevelWindow, ...] = ()
    seasons: tuple[Window, ...] = ()
    settings: DutySettings

    def rotas_in_order(self) -> list[tuple[Rota, datetime, datetime]]:
        """Give the rotas with the stretch in which each holds: until the next one begins or its own end."""
        ordered = sorted(self.rotas, key=lambda rota: (rota.since_at, rota.id))
        found = []
        for place, rota in enumerate(ordered):
            following = ordered[place + 1].since_at if place + 1 < len(ordered) else ENDLESS
            found.append((rota, rota.since_at, min(following, rota.until_at or ENDLESS)))
        return [(rota, start, end) for rota, start, end in found if start < end]

    def temporary_windows(self) -> list[tuple[TemporaryRota, datetime, datetime]]:
        """Give each temporary rota with the stretches in which it stands: its window, its levels, or both."""
        found = []
        for rota in self.temporary:
            if rota.withdrawn:
                continue
            low = rota.from_at or datetime.min.replace(tzinfo=UTC)
            high = rota.until_at or ENDLESS
            held = [level for level in self.levels if level.level in rota.levels] if rota.levels else [None]
            for level in held:
                start = low if level is None else max(low, level.start)
                end = high if level is None else min(high, level.end)
                if start < end:
                    found.append((rota, start, end))
        return found
