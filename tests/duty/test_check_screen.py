"""Post checks on their screen: what each found, and the written explanation of a miss."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from textual.widgets import Input

from floodready.duty.commands_log import check_post
from floodready.duty.models_shift import CallRound, Handover, PostCheck
from floodready.language import use_language
from floodready.organisation.models import Terminal
from floodready.rectification.models import Finding
from floodready.rectification.states import State
from floodready.store.contract import SYSTEM, Act
from floodready.tui.app import FloodreadyApp
from floodready.tui.screens.dialog import Notice
from floodready.tui.screens.duty.calls import CallScreen
from floodready.tui.screens.duty.checks import ChecksScreen
from floodready.tui.screens.duty.log import LogScreen
from floodready.tui.screens.duty.of_unit import OfUnitScreen
from floodready.tui.theme import use_ascii
from floodready.tui.widgets.virtual_table import VirtualTable
from tests.duty.conftest import Room
from tests.duty.rosters import SHANGHAI
from tests.tui.conftest import press, settle, shows, text


@pytest.fixture
def app(room: Room, monkeypatch: pytest.MonkeyPatch) -> Iterator[FloodreadyApp]:
    monkeypatch.setattr(Input.cursor_blink, "_default", False)
    use_language("en")
    use_ascii(False)
    with room.store.transaction(Act(person=SYSTEM, terminal="desk"), "sign in") as tx:
        tx.put(Terminal(id="desk", person="an", since_at=room.clock.instant))
    yield FloodreadyApp(room.store, clock=room.clock, zone=room.store.zone, terminal="desk")
    use_language("en")


async def test_a_missed_check_is_explained_and_a_manned_one_has_nothing_to_explain(
    app: FloodreadyApp, room: Room
) -> None:
    he = room.by("he")
    missed = check_post(room.store, he, unit="U", method="telephone", on_site=True, zone=SHANGHAI)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "4", "P")
        assert shows(app, ChecksScreen)
        assert "! not explained yet" in text(app)
        await press(pilot, "space", "ctrl+s")
        assert "must not be empty" in text(app)
        await press(pilot, *"road flooded", "enter")
        held = room.store.get(PostCheck, missed.id)
        assert held is not None
        assert (held.explanation, held.explained_by) == ("road flooded", "an")
        assert "not accepted: road flooded" in text(app)
        await press(pilot, "y")
        assert "Another person accepts" in text(app)
        await press(pilot, "escape", "f2", *"cui", "enter", "enter", "y")
        (record,) = room.store.all(Finding)
        assert record.state is State.CLOSED
        assert " accepted: road flooded" in text(app)
        await press(pilot, "enter")
        whole = " ".join(text(app).split())
        assert "Explained by An, 2026-07-01 10:00." in whole
        assert "Accepted by Cui, 2026-07-01 10:00." in whole
        await press(pilot, "escape")
        await press(pilot, "f2", *"an", "enter", "enter", "n", "enter", *"ding", "ctrl+s")
        assert "✔ manned" in text(app)
        held = next(check for check in room.store.all(PostCheck) if not check.missed)
        app.screen.query_one(VirtualTable).go_to(held.id)
        await press(pilot, "space")
        assert shows(app, Notice)
        assert "nothing to explain" in text(app)


async def test_the_journal_opens_a_check_where_it_is_explained(app: FloodreadyApp, room: Room) -> None:
    missed = check_post(room.store, room.by("he"), unit="U", method="visit", on_site=False, zone=SHANGHAI)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.open_document(PostCheck.table, missed.id)
        await settle(pilot)
        await press(pilot, "enter")
        assert shows(app, Notice)
        assert "not on site" in text(app)


@pytest.mark.parametrize(
    ("table", "screen"),
    [(PostCheck.table, ChecksScreen), (CallRound.table, CallScreen), (Handover.table, LogScreen)],
)
async def test_a_line_of_the_board_opens_on_the_screen_of_what_it_speaks_of(
    app: FloodreadyApp, room: Room, table: str, screen: type[OfUnitScreen[Any]]
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.open_document(table, "U")
        await settle(pilot)
        assert isinstance(app.screen, screen)
        assert app.screen.chosen == "U"
