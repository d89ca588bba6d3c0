"""Setting a season up without leaving the screens: seasons, report clocks, the level table, the call-out."""

from __future__ import annotations

from datetime import date, time

import pytest
from syrupy.assertion import SnapshotAssertion

from floodready.organisation.models import Person, Phone, PostKind
from floodready.season.commands import set_level_table, set_report_rule
from floodready.season.level import Level
from floodready.season.models import Season
from floodready.season.models_level import LevelAction, LevelRow, LevelTable, Staffing
from floodready.season.models_report import ReportRule, SeasonSettings, Trigger
from floodready.store.contract import SYSTEM, Act
from floodready.tui.app import FloodreadyApp
from floodready.tui.screens.dialog import Notice
from tests.tui.conftest import SlowStore, press, settle, shows, text
from tests.tui.frames import SMALL, at_each_size, drawn, frame

__all__ = ["frame"]


def li() -> Act:
    """Li Wei acts; each act is one of its own."""
    return Act(person="li", terminal="duty-room")


@pytest.fixture
def table(store: SlowStore) -> LevelTable:
    with store.transaction(Act(person=SYSTEM, terminal="set-up"), "phones") as tx:
        tx.put(Person(id="wang", name="Wang Fang", unit="zhongmu", phones=(Phone(number="13800000005"),)))
    rows = (
        LevelRow(level=Level.IV, staffing_note="two persons at two posts", bulletins=(time(8), time(20))),
        LevelRow(
            level=Level.III,
            staffing=(Staffing(post=PostKind.OFFICER, people=4),),
            bulletins=(time(8), time(14), time(20)),
            forward_stock_percent=(30, 50),
            actions=(LevelAction(name="Report upward", within_minutes=120),),
            call_out=("wang", "li"),
        ),
    )
    return set_level_table(store, li(), unit="city", rows=rows, source="plan, clause 5")


async def test_a_season_is_entered_with_main_season_and_parts(app: FloodreadyApp, store: SlowStore) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "2", "y", "n")
        await press(pilot, *"ice flood", "enter", *"2026-11-01", "enter", *"2027-03-31", "enter", "tab", "tab")
        await press(pilot, *"early 1101 2026-12-31, late 2027-01-01 2027-03-31", "ctrl+s")
        made = next(season for season in store.all(Season) if season.name == "ice flood")
        assert [part.name for part in made.parts] == ["early", "late"]
        assert (made.unit, made.parts[0].starts_on) == ("city", date(2026, 11, 1))
        assert "ice flood" in text(app)


async def test_a_season_that_ends_before_it_begins_is_refused_beside_its_field(app: FloodreadyApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "2", "y", "c")
        await press(pilot, "tab", "tab", *["backspace"] * 12, *"0601", "ctrl+s")
        assert "must not be before the first day" in text(app)


async def test_the_seasons_of_a_year_are_written_for_the_next(app: FloodreadyApp, store: SlowStore) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "2", "y", "y", "ctrl+s")
        assert sorted(season.year for season in store.all(Season)) == [2026, 2027]
        await press(pilot, "home", "x", *"wrong year", "ctrl+s")
        assert [season.year for season in store.all(Season)] == [2026]


async def test_a_unit_below_says_whose_seasons_it_follows(app: FloodreadyApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "2", "u", "down", "enter", "y")
        assert "中牟县 Zhongmu County follows the flood seasons" in " ".join(text(app).split())


async def test_a_report_clock_is_added_changed_and_taken_away(app: FloodreadyApp, store: SlowStore) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "2", "o", "n")
        await press(pilot, *"night", "enter", *"Night report", "enter", *"city", "enter", *"daily in", "enter")
        await press(pilot, "ctrl+s")
        assert "needs a time of day" in text(app)
        await press(pilot, *"2200", "ctrl+s")
        own = store.get(SeasonSettings, "city")
        assert own is not None
        assert own.reports[-1] == ReportRule(
            code="night", name="Night report", to="city", trigger=Trigger.DAILY, at=time(22)
        )
        await press(pilot, "end", "x", "ctrl+s")
        own = store.get(SeasonSettings, "city")
        assert own is not None
        assert "night" not in {rule.code for rule in own.reports}


async def test_the_figures_beside_the_clocks_are_set(app: FloodreadyApp, store: SlowStore) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "2", "o", "f", "backspace", "backspace", *"20", "ctrl+s")
        own = store.get(SeasonSettings, "city")
        assert own is not None
        assert own.decide_within_minutes == 20


async def test_a_row_of_the_level_table_is_changed_and_the_others_stay(
    app: FloodreadyApp, store: SlowStore, table: LevelTable
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "2", "b", "c")
        await press(pilot, "tab", *"2", "ctrl+s")
        made = store.get(LevelTable, "city")
        assert made is not None
        assert made.rows[0].staffing == (Staffing(post=PostKind.OFFICER, people=2),)
        assert made.rows[0].bulletins == (time(8), time(20))
        assert made.rows[1:] == table.rows[1:]
        assert made.source == "plan, clause 5"


async def test_a_unit_below_gets_a_table_of_its_own_by_changing_a_row(
    app: FloodreadyApp, store: SlowStore, table: LevelTable
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "2", "u", "down", "enter", "b")
        assert "follows the level table of Zhengzhou" in text(app)
        await press(pilot, "c", *"1", "ctrl+s")
        own = store.get(LevelTable, "zhongmu")
        assert own is not None
        assert own.rows[0].staffing == (Staffing(post=PostKind.LEADER, people=1),)
        assert own.rows[1:] == table.rows[1:]
        assert store.get(LevelTable, "city") == table


async def test_a_stale_row_is_refused(app: FloodreadyApp, store: SlowStore, table: LevelTable) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "2", "b", "c")
        set_level_table(store, li(), unit="city", rows=table.rows[1:], source="another plan")
        await press(pilot, *"1", "ctrl+s")
        held = store.get(LevelTable, "city")
        assert held is not None
        assert held.rows == table.rows[1:]


async def test_an_action_is_set_and_taken_away_and_then_its_whole_row(
    app: FloodreadyApp, store: SlowStore, table: LevelTable
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "2", "b", "j", "a", *"Open shelter", "ctrl+s")
        assert "a new action needs its minutes" in text(app)
        await press(pilot, *"45", "ctrl+s")
        held = store.get(LevelTable, "city")
        assert held is not None
        assert held.rows[1].actions[1:] == (LevelAction(name="Open shelter", within_minutes=45),)
        await press(pilot, "a", *"Report upward", "ctrl+s")
        held = store.get(LevelTable, "city")
        assert held is not None
        assert [action.name for action in held.rows[1].actions] == ["Open shelter"]
        await press(pilot, "x", "escape")
        assert store.get(LevelTable, "city") == held, "x asks first"
        await press(pilot, "x", *"wrong clause", "ctrl+s")
        held = store.get(LevelTable, "city")
        assert held is not None
        assert held.rows == table.rows[:1]
        await press(pilot, "x")
        assert "nothing to take away" in text(app)


@pytest.mark.usefixtures("table")
async def test_declaring_shows_whom_to_call_in_order_with_phones(app: FloodreadyApp, store: SlowStore) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "2", "d")
        await press(pilot, *"level III", "enter", *"commander", "enter", *"rising", "ctrl+s")
        await press(pilot, "tab", "enter")
        assert shows(app, Notice)
        shown = text(app)
        assert "Wang Fang: 13800000005 (mobile)" in shown
        assert "! 李伟 Li Wei: no phone number" in shown
        assert shown.index("Wang Fang") < shown.index("Li Wei: no")


@pytest.mark.usefixtures("table")
@pytest.mark.parametrize("keys", ["y", "yc", "o", "oc", "b", "bjc", "bjp"])
async def test_frame(app: FloodreadyApp, store: SlowStore, frame: SnapshotAssertion, keys: str) -> None:
    rule = ReportRule(code="night", name="Night report", trigger=Trigger.DAILY, at=time(22))
    set_report_rule(store, li(), unit="city", rule=rule)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "2", *keys)
        async for size in at_each_size(pilot):
            assert drawn(app) == frame(name=size)
