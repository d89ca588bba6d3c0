from __future__ import annotations

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from floodready.clock import start_of
from floodready.language import verbatim
from floodready.readiness.evidence import Limits, ageing
from floodready.readiness.line import Capability, Colour, Importance, Kind, Line, status_of

ZONE = ZoneInfo("Asia/Shanghai")
IN_SEASON = {Importance.A: 30, Importance.B: 60, Importance.C: 90}
OUT_OF_SEASON = {Importance.A: 90, Importance.B: 180, Importance.C: 365}
LIMITS = Limits(in_season=IN_SEASON, out_of_season=OUT_OF_SEASON, seasons=[(date(2026, 7, 1), date(2026, 10, 31))])
TEXT = verbatim("x")


def colour(last_on: date, on: date, importance: Importance = Importance.A) -> Colour:
    signals = ageing(last_on, importance, LIMITS, ZONE, doubted=TEXT, lost=TEXT, act=TEXT)
    line = Line(
        id="x",
        unit="city",
        capability=Capability.HOLD,
        importance=importance,
        kind=Kind.STOCK,
        subject=TEXT,
        signals=tuple(signals),
    )
    return status_of(line, start_of(on, ZONE)).colour


def test_in_season_a_count_is_doubted_after_30_days_and_lost_after_60() -> None:
    counted = date(2026, 7, 2)
    assert colour(counted, counted + timedelta(30)) is Colour.GREEN
    assert colour(counted, counted + timedelta(31)) is Colour.AMBER
    assert colour(counted, counted + timedelta(60)) is Colour.AMBER
    assert colour(counted, counted + timedelta(61)) is Colour.GREY


def test_the_first_day_of_the_season_asks_for_fresher_evidence() -> None:
    counted = date(2026, 5, 20)
    assert colour(counted, date(2026, 6, 30)) is Colour.GREEN
    assert colour(counted, date(2026, 7, 1)) is Colour.AMBER


@given(
    st.dates(date(2026, 1, 1), date(2026, 12, 31)),
    st.integers(0, 60),
    st.integers(0, 500),
    st.sampled_from(Importance),
)
def test_older_evidence_never_shows_a_better_colour(on: date, older: int, age: int, importance: Importance) -> None:
    newer = colour(on - timedelta(age), on, importance)
    assert colour(on - timedelta(age + older), on, importance).severity >= newer.severity


@given(st.dates(date(2026, 5, 1), date(2026, 12, 31)), st.integers(0, 500), st.sampled_from(Importance))
def test_evidence_is_held_to_the_limit_of_the_day_one_asks_about(on: date, age: int, importance: Importance) -> None:
    limit = (IN_SEASON if date(2026, 7, 1) <= on <= date(2026, 10, 31) else OUT_OF_SEASON)[importance]
    expected = Colour.GREY if age > 2 * limit else Colour.AMBER if age > limit else Colour.GREEN
    assert colour(on - timedelta(age), on, importance) is expected


def test_the_day_after_the_season_asks_for_less() -> None:
    counted = date(2026, 9, 20)
    assert [colour(counted, on) for on in (date(2026, 10, 31), date(2026, 11, 1))] == [Colour.AMBER, Colour.GREEN]
