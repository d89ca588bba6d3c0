"""Rectification on screens, as a person acts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from floodready.organisation.models import Terminal
from floodready.rectification.commands import submit
from floodready.rectification.models import Finding
from floodready.rectification.states import Grade, State
from floodready.store.contract import SYSTEM, Act
from floodready.tui.app import FloodreadyApp
from floodready.tui.screens.form import Form
from floodready.tui.screens.rectification.record import RecordScreen
from floodready.tui.widgets.fields import TextField
from floodready.tui.widgets.virtual_table import VirtualTable
from tests.rectification.conftest import ZONE, Office
from tests.tui.conftest import press, settle, shows, text


@pytest.fixture
def app(office: Office) -> FloodreadyApp:
    return app_of(office, "leader")


def app_of(office: Office, person: str) -> FloodreadyApp:
    with office.store.transaction(Act(person=SYSTEM, terminal="T1"), "sign in") as tx:
        tx.put(Terminal(id="T1", person=person, since_at=tx.now))
    made = FloodreadyApp(office.store, clock=office.clock, zone=ZONE, terminal="T1")
    made.animation_level = "none"
    return made


def table(app: FloodreadyApp, id: str) -> VirtualTable[Any]:
    return app.screen.query_one(id, VirtualTable)


async def test_a_hazard_on_the_dike_is_opened_with_a_few_keys(office: Office, app: FloodreadyApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "6")
        await press(pilot, "n")
        await press(pilot, *"wet", "enter", *"dike", "ctrl+s")
        (made,) = office.store.all(Finding)
        assert (made.description, made.place, made.state) == ("wet", "dike", State.FOUND)
        assert table(app, "#records").row_count == 1


async def test_a_record_shows_its_possible_moves_and_makes_one(office: Office, app: FloodreadyApp) -> None:
    made = office.found()
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "6")
        await press(pilot, "enter")
        assert isinstance(app.screen, RecordScreen)
        await press(pilot, "enter")
        await press(pilot, "enter", *"item3", "enter")
        graded = office.store.get(Finding, made.id)
        assert graded is not None
        assert (graded.grade, graded.state, graded.basis) == (Grade.GENERAL, State.GRADED, "item3")
        await press(pilot, "w")


async def test_the_view_key_goes_through_all_kinds(office: Office, app: FloodreadyApp) -> None:
    office.brought_to(State.CLOSED)
    office.task(owner="leader")
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "6")
        counted = []
        for _ in range(7):
            counted.append(table(app, "#records").row_count)
            await press(pilot, "v")
        assert counted == [1, 1, 0, 1, 1, 1, 2]
        await press(pilot, "c")
        assert table(app, "#campaigns").row_count == 0


async def test_a_photo_is_attached_by_its_path(office: Office, app: FloodreadyApp, tmp_path: Path) -> None:
    made = office.found()
    photo = tmp_path / "toe.jpg"
    photo.write_bytes(b"wet")
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.push_screen(RecordScreen(made.id))
        await settle(pilot)
        await press(pilot, "a")
        app.screen.query_one("#field-file", TextField).text = str(photo)
        await press(pilot, "ctrl+s")
    kept = office.store.get(Finding, made.id)
    assert kept is not None
    assert [(one.name, one.size) for one in kept.attachments] == [("toe.jpg", 3)]


async def test_a_field_of_an_entry_opens_to_its_whole_text(office: Office, app: FloodreadyApp) -> None:
    office.found(description="Seepage at the toe of the dike, a hand wide, " + "clear water, " * 9 + "at its end")
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "8", "enter")
        fields = table(app, "#fields")
        for _ in range(fields.row_count):
            if fields.row is not None and fields.row.name == "description":
                break
            await press(pilot, "down")
        await press(pilot, "enter")
        assert "Before: –" in text(app)
        assert "at its end" in " ".join(text(app).split())


async def test_who_may_not_import_a_ledger_is_told_before_a_file_is_named(office: Office) -> None:
    app = app_of(office, "officer")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "6", "I")
        assert not shows(app, Form)
        assert "Officer may not do this (assign hazards)" in " ".join(text(app).split())


async def test_what_came_too_late_is_kept_and_done_on_what_stands_there_now(office: Office, app: FloodreadyApp) -> None:
    made = office.brought_to(State.RECTIFYING)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settle(pilot)
        await press(pilot, "6", "enter", "/", *"interim", "enter", "enter")
        await press(pilot, *"sandbags")
        submit(office.store, Act(person="rectifier", terminal="T2"), finding=made.id, result="grouted")
        await press(pilot, "ctrl+s")
        assert "Rectifier changed" in text(app)
        assert "look again, then repeat" in " ".join(text(app).split())
        await press(pilot, "escape")
        assert isinstance(app.screen, RecordScreen), "nothing is thrown away, so nothing is asked"
        assert "is kept" in text(app)
        assert "submitted" in text(app)
        await press(pilot, "enter")
        assert "sandbags" in text(app)
        await press(pilot, "ctrl+s")
        after = office.store.get(Finding, made.id)
        assert after is not None
        assert after.state is State.SUBMITTED
        assert "sandbags" in after.interim
        await press(pilot, "enter")
        assert app.screen.query("Form FieldInput")
        await press(pilot, "escape")
        assert isinstance(app.screen, RecordScreen), "it is given back once"
