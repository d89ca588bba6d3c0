"""What the season screen does beside reading and declaring: thresholds by day, corrections, events, other units."""

from __future__ import annotations

from datetime import UTC, date, datetime

from floodready.clock import FixedClock
from floodready.season.commands import add_reading, add_station
from floodready.season.commands_level import declare_level
from floodready.season.level import Level
from floodready.season.models import FloodWarning, Mark, Reading, Season, Station, StationKind, Threshold
from floodready.season.models_report import Report
from floodready.store.contract import SYSTEM, Act
from floodready.tui.app import FloodreadyApp
from floodready.tui.board_panels import CLOCKS, notes
from floodready.tui.screens.choose_unit import ChooseUnit
from floodready.tui.screens.dialog import Confirm
from floodready.tui.screens.form import Form
from tests.tui.conftest import SlowStore, press, settle, shows, text


async def test_a_threshold_holds_from_its_day_and_ends_the_older_one_the_day_before(
    app: FloodreadyApp, store: SlowStore
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "2", "t")
        await press(pilot, *"level IV", "enter", *"3500", "enter", "ctrl+s")
        station = store.get(Station, "hyk")
        assert station is not None
        of_iv = [held for held in station.thresholds if held.mark is Mark.IV]
        assert of_iv == [
            Threshold(mark=Mark.IV, value=4_000_000, valid_until=date(2026, 6, 30)),
            Threshold(mark=Mark.IV, value=3_500_000, valid_from=date(2026, 7, 1)),
        ]
        await press(pilot, "t")
        await press(pilot, *"level IV", "enter", *"3600", "enter", "tab", *"2026-06-01", "ctrl+s")
        assert "the last day is before the first" in text(app)


async def test_the_last_reading_is_corrected_with_a_reason(app: FloodreadyApp, store: SlowStore) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "2", "c")
        await press(pilot, *["backspace"] * 12, *"3000", "enter", "ctrl+s")
        assert "Reason" in text(app)
        await press(pilot, *"misread", "ctrl+s")
        last = max(store.all(Reading), key=lambda reading: reading.measured_at)
        assert (last.value, last.note, len(last.earlier_values)) == (3_000_000, "misread", 1)
        assert "3,000 m³/s" in text(app)


async def test_a_reading_that_looks_like_a_slip_is_asked_back_and_mended(app: FloodreadyApp, store: SlowStore) -> None:
    before = store.count(Reading)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "2", "r", *"36200", "ctrl+s")
        assert shows(app, Confirm)
        assert "more than twice its highest threshold" in " ".join(text(app).split())
        await press(pilot, "enter")
        assert shows(app, Form), "what was typed is kept"
        assert store.count(Reading) == before
        await press(pilot, *["backspace"] * 12, *"3620", "ctrl+s")
        assert not shows(app, Form)
    last = max(store.all(Reading), key=lambda reading: reading.measured_at)
    assert (last.value, last.confirmed) == (3_620_000, False)


async def test_a_flood_beyond_all_thresholds_costs_one_confirmation(app: FloodreadyApp, store: SlowStore) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "2", "r", *"36200", "ctrl+s", "tab", "enter")
        assert not shows(app, Form)
        assert "36,200" in text(app)
    last = max(store.all(Reading), key=lambda reading: reading.measured_at)
    assert (last.value, last.confirmed) == (36_200_000, True)


async def test_a_reading_of_an_earlier_year_shows_its_year(app: FloodreadyApp, store: SlowStore) -> None:
    def act() -> Act:
        return Act(person=SYSTEM, terminal="duty-room")

    station = add_station(store, act(), name="Lanzhou", unit="city", kind=StationKind.DISCHARGE)
    add_reading(store, act(), station=station.id, measured_at=datetime(2021, 9, 20, tzinfo=UTC), value=3_620_000)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "2")
        assert "2021-09-20" in text(app)
        assert "07-01 03:30" in text(app)


async def test_an_event_starts_its_report_clocks(app: FloodreadyApp, store: SlowStore) -> None:
    async with app.run_test(size=(140, 40)) as pilot:
        await press(pilot, "2", "v")
        await press(pilot, *"piping at 12+300", "ctrl+s")
        assert len(list(store.all(Report))) == 3
        assert "Major danger" in text(app)


async def test_the_explanation_of_a_level_names_who_declared_it(app: FloodreadyApp, store: SlowStore) -> None:
    act = Act(person="li", terminal="duty-room")
    declare_level(store, act, unit="city", level=Level.IV, authority="the commander", reason="rising")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "2", "e")
        told = " ".join(text(app).split())
        assert "by 李伟 Li Wei, on the authority of the commander" in told
        assert "by li" not in told


def test_the_board_names_a_level_in_force_before_every_clock(store: SlowStore, clock: FixedClock) -> None:
    def first() -> str:
        return str(notes(CLOCKS, store, clock.now(), store.zone)[0].text)

    assert "level" not in first()
    declare_level(store, Act(person="li", terminal="t"), unit="city", level=Level.IV, authority="Li", reason="rising")
    assert first() == "! level IV since 07-01 08:30: Zhengzhou Flood Headquarters"


async def test_a_station_is_taken_out_of_use(app: FloodreadyApp, store: SlowStore) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "2", "m")
        await press(pilot, "tab", "tab", "tab", *["backspace"] * 3, *"no", "ctrl+s")
        station = store.get(Station, "hyk")
        assert station is not None
        assert not station.active
        assert "No station yet" in text(app)


async def test_a_warning_that_was_decided_stands_until_it_is_lifted(app: FloodreadyApp, store: SlowStore) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "2", "tab", "enter")
        await press(pilot, *"do not", "enter", *"dry ground", "enter", "enter")
        await press(pilot, "enter", "ctrl+s")
        warning = store.get(FloodWarning, "A1")
        assert warning is not None
        assert warning.lifted_at is not None
        assert "orange warning" not in text(app).replace("Lifted: orange warning", "")


async def test_another_unit_is_chosen_and_shown(app: FloodreadyApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "2", "u")
        assert shows(app, ChooseUnit)
        await press(pilot, "down", "enter")
        await settle(pilot)
        assert "中牟县 Zhongmu County: " in text(app)
        await press(pilot, "u", "escape")
        assert "中牟县 Zhongmu County: " in text(app)


async def test_a_document_of_another_unit_shows_that_unit(app: FloodreadyApp, store: SlowStore) -> None:
    with store.transaction(Act(person=SYSTEM, terminal="set-up"), "set up") as tx:
        tx.put(Station(id="zm", name="Jialu River", unit="zhongmu", kind=StationKind.WATER_LEVEL))
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.open_document(Station.table, "zm")
        await settle(pilot)
        shown = text(app)
        assert "中牟县 Zhongmu County: " in shown
        assert "Jialu River" in shown
        app.open_document(FloodWarning.table, "A1")
        await settle(pilot)
        assert "Zhengzhou Flood Headquarters: " in text(app)


async def test_a_season_opens_on_the_screen_that_sets_seasons_up(app: FloodreadyApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.open_document(Season.table, "f1")
        await settle(pilot)
        assert "Season › Seasons" in text(app)


async def test_a_warning_is_decided_by_a_key_without_looking_for_its_row(app: FloodreadyApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "2", "a")
        assert "Decide on orange warning" in text(app)
        await press(pilot, "escape")
        await press(pilot, "colon", *"decide")
        assert "decide, send" in text(app)
