"""The resolver against a person who watches the wall clock, second by second, over every change of clocks."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from floodready.duty.models import Rota
from floodready.duty.resolver import timeline
from tests.duty.rosters import plan, rotation
from tests.duty.test_turns import CHANGES, clock_changes

_PEOPLE = "ABCDE"
_AROUND = timedelta(hours=2)


def watched(change: datetime, moment: time, first_on: date, zone: ZoneInfo) -> list[str]:
    """Give who is on in each second around a change, by what the wall clock shows.

    A day's hand-over happens when the wall shows its time for the first time; when the wall has jumped over it, at the
    first second after.
    """
    start = change - _AROUND
    wall = start.astimezone(zone)
    day = wall.date() if wall.time() >= moment else wall.date() - timedelta(days=1)
    found = []
    for second in range(int(2 * _AROUND.total_seconds())):
        wall = (start + timedelta(seconds=second)).astimezone(zone)
        shown = wall.date() if wall.time() >= moment else wall.date() - timedelta(days=1)
        day = max(day, shown)
        found.append(_PEOPLE[(day - first_on).days % len(_PEOPLE)])
    return found


@pytest.mark.parametrize(("name", "year"), CHANGES)
@pytest.mark.parametrize("moment", [time(0), time(1, 45), time(2, 30)])
def test_who_is_on_is_what_a_person_at_the_wall_clock_sees(name: str, year: int, moment: time) -> None:
    zone, first_on = ZoneInfo(name), date(year, 1, 1)
    made = rotation(people=" ".join(_PEOPLE), times=(moment,), first_on=first_on)
    known = plan(Rota(id="R", unit="U", since_at=datetime(year, 1, 2, tzinfo=UTC), rotations=(made,)), zone=zone)
    for change in clock_changes(zone, year):
        start = change - _AROUND
        line = timeline(known, start, change + _AROUND)
        resolved: list[str] = []
        for span in line.spans:
            resolved += [span.person] * int((span.end - span.start).total_seconds())
        assert resolved == watched(change, moment, first_on, zone), (name, change)
