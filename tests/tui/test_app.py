from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from floodready.clock import FixedClock
from floodready.language import current_language, say
from floodready.organisation import commands as organisation
from floodready.organisation.models import Terminal, Unit
from floodready.store.contract import Act
from floodready.store.journal_store import JournalStore
from floodready.tui.app import FloodreadyApp
from floodready.tui.screens.board import BoardScreen, Light
from floodready.tui.screens.dialog import Confirm, Notice
from floodready.tui.screens.form import Form
from floodready.tui.screens.journal import JournalScreen
from floodready.tui.screens.journal_entry import EntryDialog
from floodready.tui.screens.readiness.explain import ExplainScreen
from floodready.tui.screens.season import SeasonScreen
from floodready.tui.widgets.filter_line import FilterField, FilterLine
from floodready.tui.widgets.virtual_table import VirtualTable
from floodready.tui.widgets.words import Words
from tests.tui.conftest import SlowStore, press, settle, shows, text


def seated(store: SlowStore) -> str | None:
    terminal = store.get(Terminal, "duty-room")
    assert terminal is not None
    return terminal.person


async def test_the_board_answers_first_and_names_who_sits_here(app: FloodreadyApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert shows(app, BoardScreen)
        assert "NOT KNOWN" in text(app)
        assert "李伟 Li Wei" in text(app)
        assert "2026-07-01 08:30" in text(app)


async def test_a_tall_board_says_the_line_under_the_cursor_whole(app: FloodreadyApp) -> None:
    async with app.run_test(size=(140, 40)) as pilot:
        await press(pilot, "j")
        row = app.screen.query_one("#lights", VirtualTable).row
        assert isinstance(row, Light)
        shown = " ".join(str(line) for line in app.screen.query_one("#detail", Words).said)
        assert f"Why: {row.cause}" in shown
        assert f"Next: {row.act}" in shown
        assert app.screen.query_one("#detail").region.height > 0
        await pilot.resize_terminal(80, 24)
        await settle(pilot)
        assert app.screen.query_one("#detail").region.height == 0


async def test_a_very_small_terminal_still_shows_rows(app: FloodreadyApp) -> None:
    async with app.run_test(size=(60, 15)) as pilot:
        await settle(pilot)
        assert app.screen.query_one("#lights").region.height >= 4
        await press(pilot, "2")
        assert "花园口" in text(app)


async def test_number_keys_go_to_pillars_and_esc_comes_back_to_the_board(app: FloodreadyApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "8")
        assert shows(app, JournalScreen)
        await press(pilot, "escape")
        assert shows(app, BoardScreen)


async def test_a_full_width_digit_of_an_input_method_goes_there_too(app: FloodreadyApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "８")
        assert shows(app, JournalScreen)


async def test_a_letter_that_is_no_key_says_that_the_input_method_is_on(app: FloodreadyApp) -> None:
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await press(pilot, "好")
        assert "ctrl+p" in text(app)


async def test_what_another_terminal_writes_is_seen_here(app: FloodreadyApp, store: SlowStore) -> None:
    async with app.run_test(size=(140, 40)) as pilot:
        await settle(pilot)
        with JournalStore.open(store.folder, clock=store.clock) as other:
            unit = other.get(Unit, "zhongmu")
            assert unit is not None
            organisation.change_unit(other, Act(person="li", terminal="other"), unit, name="Renamed County")
        app.look()
        await settle(pilot)
        assert "Renamed County" in text(app)


async def test_undo_says_what_it_takes_back_and_the_safe_button_has_the_focus(
    app: FloodreadyApp, store: SlowStore
) -> None:
    unit = store.get(Unit, "zhongmu")
    assert unit is not None
    organisation.change_unit(store, Act(person="li", terminal="duty-room"), unit, name="Wrong")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "z")
        assert shows(app, Confirm)
        assert "unit changed" in text(app)
        await press(pilot, "enter")
        assert store.get(Unit, "zhongmu") == unit.changed(name="Wrong")
        await press(pilot, "z", "right", "enter")
        assert store.get(Unit, "zhongmu") == unit
        await press(pilot, "z")
        assert shows(app, Notice)
        assert "nothing of yours to undo" in text(app)


async def test_without_a_sign_in_nothing_can_be_undone_and_the_way_out_is_told(
    app: FloodreadyApp, store: SlowStore
) -> None:
    with store.transaction(Act(person="system", terminal="t"), "sign out") as tx:
        tx.put(Terminal(id="duty-room"))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "z")
        assert "Sign in with F2" in text(app)


async def test_the_terminal_is_handed_over(app: FloodreadyApp, store: SlowStore) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "f2", *"wang", "enter", "enter")
        assert seated(store) == "wang"
        assert "Wang Fang" in text(app)
        assert [entry.command for entry in store.entries()][-1] == "organisation.hand_over"


async def test_the_language_switches_while_it_runs_and_keeps_the_cursor(app: FloodreadyApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "j", "j", "f3")
        assert current_language() == "zh_CN"
        assert app.screen.query_one("#lights", VirtualTable).cursor == 2


async def test_the_journal_opens_to_before_and_after(app: FloodreadyApp, store: SlowStore) -> None:
    unit = store.get(Unit, "zhongmu")
    assert unit is not None
    organisation.change_unit(store, Act(person="li", terminal="duty-room", reason="typing"), unit, name="After")
    async with app.run_test(size=(140, 40)) as pilot:
        await press(pilot, "8", "enter")
        await settle(pilot)
        assert shows(app, EntryDialog)
        assert "中牟县 Zhongmu County" in text(app)
        assert "After" in text(app)
        assert "Reason: typing" in text(app)
        assert "Asia/Shanghai" in text(app)
        assert "Under" not in text(app)
        await press(pilot, "a")
        await settle(pilot)
        assert "Under" in text(app)


async def test_the_filter_is_a_chip_and_esc_clears_it(app: FloodreadyApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "slash", *"phones", "enter")
        table = app.screen.query_one("#lights", VirtualTable)
        assert table.shown_count == 2
        assert app.screen.query_one(FilterLine).filtering
        assert app.screen.focused is table
        await press(pilot, "escape")
        assert table.shown_count > 2
        assert not app.screen.query_one(FilterLine).filtering


async def test_the_filter_hears_chinese_by_its_first_letters(app: FloodreadyApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "7", "slash", *"zmx", "enter")
        assert app.screen.query_one(FilterLine).filtering
        assert "中牟县" in text(app)
        await press(pilot, "escape", "slash", *"zmxx", "enter")
        assert "中牟县" not in text(app)


async def test_the_wide_space_of_an_input_method_is_a_space(app: FloodreadyApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "/", "a", "\u3000", "b")
        assert app.screen.query_one(FilterField).value == "a b"


async def test_a_form_that_was_typed_in_asks_before_esc_throws_it_away(app: FloodreadyApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "2", "r", "escape")
        assert shows(app, SeasonScreen)
        await press(pilot, "r", *"4020", "escape")
        assert shows(app, Confirm)
        await press(pilot, "enter")
        assert shows(app, Form)
        assert "4020" in text(app)
        await press(pilot, "escape", "tab", "enter")
        assert shows(app, SeasonScreen)


async def test_the_palette_takes_a_place_with_a_filter(app: FloodreadyApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "ctrl+p")
        await press(pilot, *"journal set", "down", "enter")
        await settle(pilot)
        assert shows(app, JournalScreen)
        assert app.screen.query_one("#entries", VirtualTable).filter == "set"


async def test_the_keys_of_here_are_shown(app: FloodreadyApp) -> None:
    async with app.run_test(size=(140, 60)) as pilot:
        await press(pilot, "question_mark")
        assert "Explain the line to its last movement." in text(app)
        await press(pilot, "escape")
        assert shows(app, BoardScreen)


async def test_the_last_of_the_keys_of_here_is_reached_by_the_arrows(app: FloodreadyApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "question_mark", "end")
        assert "Switch the language." in text(app)


async def test_explain_shows_what_stands_behind_a_line(app: FloodreadyApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "j", "e")
        assert shows(app, ExplainScreen)
        assert "Class" in text(app)


async def test_quitting_waits_for_what_is_being_written(app: FloodreadyApp, store: SlowStore) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "f2")
        store.gate.clear()
        await pilot.press(*"wang", "enter", "enter", "escape", "q")
        assert app.is_running
        store.gate.set()
        await app.room.runner.drained()
        await pilot.pause()
    assert seated(store) == "wang"


async def test_a_past_moment_is_shown_as_it_was_known_and_cannot_be_changed(
    app: FloodreadyApp, store: SlowStore, clock: FixedClock
) -> None:
    clock.instant += timedelta(hours=2)
    unit = store.get(Unit, "zhongmu")
    assert unit is not None
    organisation.change_unit(store, Act(person="li", terminal="duty-room"), unit, name="Later Name")
    async with app.run_test(size=(140, 40)) as pilot:
        await press(pilot, "7")
        assert "Later Name" in text(app)
        await press(pilot, "f5", *"0900", "enter")
        assert "中牟县 Zhongmu County" in text(app)
        assert "as known on 2026-07-01 09:00" in text(app)
        await press(pilot, "z")
        assert "The past is shown" in text(app)
        await press(pilot, "escape", "f5")
        assert "Later Name" in text(app)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("2026-06-30", "2026-06-30 00:00"),
        ("yesterday", "2026-06-30 00:00"),
        ("2026-06-30T09:05", "2026-06-30 09:05"),
        ("2026-06-30T01:05Z", "2026-06-30 09:05"),
        ("2026-06-30 09:05", "2026-06-30 09:05"),
    ],
)
async def test_a_past_moment_is_typed_as_it_is_for_the_command_line(app: FloodreadyApp, typed: str, shown: str) -> None:
    async with app.run_test(size=(140, 40)) as pilot:
        await press(pilot, "f5", *typed, "enter")
        assert f"as known on {shown}" in text(app)


async def test_before_the_first_entry_nobody_is_told_to_set_up_what_can_no_longer_be_made(app: FloodreadyApp) -> None:
    async with app.run_test(size=(140, 40)) as pilot:
        app.show_as_of(datetime(2020, 1, 1, tzinfo=UTC))
        for keys in ("1", "1 t", "1 w", "2", "3", "4", "5", "6", "7"):
            await press(pilot, *keys.split())
            assert "Nothing had been entered at that time. F5 comes back to now." in text(app), keys
            assert "Press " not in text(app), keys
            assert "Next: enter the units" not in text(app), keys
            if " " in keys:
                await press(pilot, "escape")
        await press(pilot, "f5")
        assert "Nothing had been entered at that time. F5 comes back to now." not in text(app)


async def test_an_empty_list_of_the_past_invites_nobody_to_enter_anything(app: FloodreadyApp) -> None:
    async with app.run_test(size=(140, 40)) as pilot:
        for keys in ("2", "3", "4", "5", "6", "6 c", "7 w", "7 o"):
            await press(pilot, *keys.split())
            await settle(pilot)
            if " " in keys:
                await press(pilot, "escape")
        app.show_as_of(app.room.clock.now())
        seen = ""
        for keys in ("2", "3", "4", "5", "6"):
            await press(pilot, *keys.split())
            await settle(pilot)
            assert "Press " not in text(app), keys
            seen += text(app)
        assert "At that time: No stock yet. F5 comes back to now." in seen


async def test_a_tick_that_comes_while_the_screens_are_being_left_is_harmless(app: FloodreadyApp) -> None:
    async with app.run_test(size=(80, 24)):
        pass
    assert app.screen_stack == []
    app._tick()


async def test_every_screen_that_lies_open_names_who_is_signed_in_now(app: FloodreadyApp) -> None:
    from floodready.tui.screens.drills.obligations import ObligationsScreen

    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.push_screen(ObligationsScreen())
        await press(pilot, "f2", *"Wang", "enter", "enter")
        assert "Wang Fang" in text(app).splitlines()[0]
        await press(pilot, "escape")
        assert "Wang Fang" in text(app).splitlines()[0]


async def test_what_the_store_says_stands_in_a_window_until_it_is_read(app: FloodreadyApp) -> None:
    told = [say("The end of the journal was torn.")]
    made = FloodreadyApp(app.room.store, clock=app.room.clock, zone=app.room.zone, terminal="duty-room", notices=told)
    async with made.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        made.look()
        await settle(pilot)
        assert "The end of the journal was torn." in text(made)
        await press(pilot, "escape")
        assert "The end of the journal was torn." not in text(made)
        assert not told


async def test_somebody_signs_in_over_a_form_and_nothing_typed_is_lost(app: FloodreadyApp, store: SlowStore) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "2", "w")
        form = app.screen
        assert isinstance(form, Form)
        await press(pilot, "tab", "tab", *"Zhongmu", "f2")
        assert app.screen is not form
        await press(pilot, "f2", *"wang", "enter", "enter")
        assert seated(store) == "wang"
        assert app.screen is form
        assert "Zhongmu" in text(app)
