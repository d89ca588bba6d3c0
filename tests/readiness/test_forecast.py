from __future__ import annotations

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from floodready.clock import start_of
from floodready.language import verbatim
from floodready.readiness.assembly import answer
from floodready.readiness.forecast import Day, forecast, mends_most
from floodready.readiness.line import Colour, Importance, Line, Signal
from floodready.readiness.outlook import Outlook, cells
from tests.readiness.test_rollup import INSTANTS, NOW, PARENTS, line, lines, signal

ZONE = ZoneInfo("Asia/Shanghai")


@given(st.lists(lines(), min_size=1, max_size=6), INSTANTS)
def test_the_forecast_for_a_day_is_the_status_of_that_day(found: list[Line], at: object) -> None:
    days = forecast(found, NOW, date(2026, 7, 20), ZONE)
    assert days[0].colour is answer(found, NOW, PARENTS).colour
    for day in days[1:]:
        assert day.colour is answer(found, start_of(day.on, ZONE), PARENTS).colour


def test_the_strip_says_when_a_line_turns_and_why() -> None:
    expiring = line("boats", signal(Colour.AMBER, NOW + timedelta(days=3), NOW + timedelta(days=5)))
    days = forecast([expiring], NOW, date(2026, 7, 8), ZONE)
    turned = [(day.on.day, turn.before, turn.status.colour) for day in days for turn in day.turns]
    assert turned == [(4, Colour.GREEN, Colour.AMBER), (6, Colour.AMBER, Colour.GREEN)]


def test_the_act_that_several_lines_ask_for_mends_most() -> None:
    shared = Signal(colour=Colour.RED, cause=signal(Colour.RED).cause, act=signal(Colour.RED).act)
    found = [line("a", shared), line("b", shared, importance=Importance.B), line("fine")]
    days = forecast(found, NOW, date(2026, 7, 2), ZONE)
    (best,) = mends_most(found, days, ZONE)
    assert ([one.id for one in best.lines], best.days) == (["a", "b"], 4)


def test_where_nothing_is_entered_no_day_is_green() -> None:
    assert {day.colour for day in forecast([], NOW, date(2026, 7, 20), ZONE)} == {Colour.GREY}


def test_a_horizon_in_the_past_gives_no_days() -> None:
    assert forecast([], NOW, date(2026, 6, 1), ZONE) == []


def test_what_mends_most_is_ranked_by_days_and_class_and_then_by_its_words() -> None:
    def asked(word: str, importance: Importance, until: int, hour: int = 16) -> Line:
        end = NOW.replace(day=until, hour=hour)
        wrong = Signal(colour=Colour.RED, cause=verbatim("x"), act=verbatim(word), since=NOW, until=end)
        return line(word, wrong, importance=importance)

    found = [
        asked("a for a week", Importance.C, 7),
        asked("b for four days", Importance.B, 4),
        asked("b again", Importance.B, 4),
        asked("y for a day", Importance.A, 1),
        asked("z that ends before the day does", Importance.A, 1, hour=15),
    ]
    ranked = mends_most(found, forecast(found, NOW, date(2026, 7, 9), ZONE), ZONE)
    assert [(str(one.act), one.days) for one in ranked] == [
        ("y for a day", 1),
        ("b again", 4),
        ("b for four days", 4),
        ("a for a week", 7),
    ]
    assert mends_most(found, [], ZONE) == []


def test_the_turns_of_a_day_stand_in_order_of_time_and_those_of_the_last_day_are_among_them() -> None:
    midnight = start_of(date(2026, 7, 3), ZONE)
    found = [
        line("late", signal(Colour.RED, midnight - timedelta(seconds=1))),
        line("early", signal(Colour.RED, midnight - timedelta(hours=2))),
        line("next", signal(Colour.RED, midnight)),
    ]
    days = forecast(found, NOW, date(2026, 7, 2), ZONE)
    assert [[turn.status.line.id for turn in day.turns] for day in days] == [[], ["early", "late"]]


def strip(*colours: Colour) -> list[Day]:
    return [Day(on=date(2026, 7, 1) + timedelta(n), colour=colour, turns=()) for n, colour in enumerate(colours)]


@pytest.mark.parametrize(
    ("days", "width", "lengths"),
    [(7, 7, [1] * 7), (8, 7, [7, 1]), (14, 2, [7, 7]), (15, 2, [14, 1]), (3, 0, [3]), (0, 5, [])],
)
def test_a_strip_has_a_cell_a_day_or_else_one_for_each_week_or_for_more(
    days: int, width: int, lengths: list[int]
) -> None:
    found = cells(strip(*[Colour.GREEN] * days), width)
    assert [(cell.last - cell.first).days + 1 for cell in found] == lengths


def test_a_cell_has_the_worst_colour_of_its_days_and_counts_turns_for_the_worse_alone() -> None:
    wrong = line("boats", signal(Colour.AMBER, NOW + timedelta(days=1), NOW + timedelta(days=2)))
    days = forecast([wrong], NOW, date(2026, 7, 8), ZONE)
    (week, rest) = cells(days, 2)
    assert (week.colour, week.worse, rest.colour, rest.worse) == (Colour.AMBER, 1, Colour.GREEN, 0)


def test_the_first_worse_day_is_worse_than_today_and_not_as_bad() -> None:
    def first_worse(*colours: Colour) -> int | None:
        ahead = Outlook(at=NOW, until=date(2026, 7, 9), season="", days=strip(*colours), mendings=())
        return ahead.first_worse.on.day if ahead.first_worse else None

    assert first_worse(Colour.AMBER, Colour.AMBER, Colour.GREEN, Colour.GREY, Colour.RED) == 4
    assert first_worse(Colour.GREEN, Colour.AMBER) == 2
    assert first_worse(Colour.RED, Colour.RED) is None
    assert first_worse() is None


def test_an_act_is_counted_on_the_days_on_which_it_is_asked_for() -> None:
    later = signal(Colour.AMBER, NOW + timedelta(days=3), NOW + timedelta(days=5))
    days = forecast([line("boats", later)], NOW, date(2026, 7, 9), ZONE)
    (mending,) = mends_most([line("boats", later)], days, ZONE)
    assert mending.days == 2
