"""Forms on a small terminal: what is out of sight is told, a refusal leaves with its reason, nothing is lost."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from floodready.language import Sentence, say
from floodready.organisation.models import Person, Terminal
from floodready.organisation.permissions import Role
from floodready.refusal import Refused
from floodready.store.contract import SYSTEM, Act
from floodready.tui.app import FloodreadyApp
from floodready.tui.pillars import PILLARS
from floodready.tui.screens.dialog import Notice
from floodready.tui.screens.form import Form, Values
from floodready.tui.screens.paper_file import FileForm
from floodready.tui.widgets.field import Field, FieldInput
from floodready.tui.widgets.fields import (
    ChoiceField,
    DateField,
    MomentField,
    QuantityField,
    SeveralField,
    TextField,
    TimeField,
)
from floodready.tui.widgets.virtual_table import VirtualTable
from tests.tui.conftest import NOW, SlowStore, feed, press, quiet, settle, shows, text

SMALL = (80, 24)


def form(fields: list[Field], do: Callable[[Act, Values], Sentence | None] = lambda act, values: None) -> Form:
    return Form(say("Change"), fields, do, act=say("Change"))


def many() -> list[Field]:
    return [TextField(f"f{place}", say("Plan: {name}", name=f"part {place}")) for place in range(1, 13)]


async def test_a_form_longer_than_the_terminal_says_which_of_its_fields_are_in_sight(app: FloodreadyApp) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        app.push_screen(form(many()))
        await settle(pilot)
        assert "Fields 1 to 5 of 12" in text(app)
        await press(pilot, "shift+tab", "shift+tab", "shift+tab")
        assert "to 12 of 12" in text(app)
        assert "Leave" in text(app)


async def test_a_form_that_is_wholly_in_sight_counts_nothing(app: FloodreadyApp) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        app.push_screen(form(many()[:3]))
        await settle(pilot)
        assert "Fields" not in text(app)


async def test_confirm_names_what_is_wrong_out_of_sight_and_goes_to_the_first(app: FloodreadyApp) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        fields = many()
        app.push_screen(form(fields))
        await press(pilot, *"one", "tab", "tab", *"three", "ctrl+s")
        told = " ".join(text(app).split())
        assert "Not right yet: Plan: part 2, Plan: part 4, Plan: part 5, Plan: part 6 and 6 more." in told
        assert app.focused is fields[1].query_one(FieldInput)
        await press(pilot, *"two")
        assert "Not right yet: Plan: part 4" in text(app)
        assert "Leave" in text(app)


PREFILLED: list[tuple[Field, str, str]] = [
    (DateField("it", say("Day"), today=date(2026, 7, 1), value=date(2026, 7, 1)), "0703", "0703"),
    (TimeField("it", say("Time"), value=time(8)), "0930", "0930"),
    (MomentField("it", say("Moment"), now=NOW, zone=ZoneInfo("Asia/Shanghai"), value=NOW), "0930", "0930"),
    (QuantityField("it", say("Quantity"), unit=say("yuan"), value=500), "7", "7"),
    (ChoiceField("it", say("Post"), [("a", say("Duty")), ("b", say("Board"))], value="a"), "bo", "bo"),
    (TextField("it", say("Name"), value="Wang"), "s", "Wangs"),
]


@pytest.mark.parametrize(("field", "typed", "then"), PREFILLED, ids=lambda one: type(one).__name__)
async def test_typing_into_a_short_field_that_is_filled_replaces_it(
    app: FloodreadyApp, field: Field, typed: str, then: str
) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        app.push_screen(form([TextField("first", say("Name")), field]))
        await press(pilot, "tab", *typed)
        assert field.text == then


async def test_end_keeps_what_stands_in_a_filled_field(app: FloodreadyApp) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        field = QuantityField("it", say("Quantity"), unit=say("yuan"), value=50)
        app.push_screen(form([TextField("first", say("Name")), field]))
        await press(pilot, "tab", "end", "0")
        assert field.text == "500"


async def test_a_refusal_goes_when_the_fields_change(app: FloodreadyApp) -> None:
    def refuse(act: Act, values: Values) -> Sentence | None:
        raise Refused(say("Say what was done, found or ordered: the text is empty."))

    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        app.push_screen(form([TextField("first", say("Name"))], refuse))
        await press(pilot, "a", "ctrl+s")
        assert "Say what was done" in text(app)
        await press(pilot, "b")
        assert "Say what was done" not in text(app)


def only_checks_stock(store: SlowStore) -> None:
    with store.transaction(Act(person=SYSTEM, terminal="set-up"), "set up") as tx:
        tx.put(Person(id="li", name="Li Wei", unit="city", roles=(Role.STOCK_CHECKER,)))


async def test_who_may_not_do_an_act_is_told_when_its_form_would_open(app: FloodreadyApp, store: SlowStore) -> None:
    only_checks_stock(store)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "2", "d")
        assert shows(app, Notice)
        told = " ".join(text(app).split())
        assert "Li Wei may not do this (declare and end response levels)" in told
        assert "Who may: duty officer, leader" in told


async def test_who_may_import_neither_readings_nor_stations_is_told_before_a_file_is_named(
    app: FloodreadyApp, store: SlowStore
) -> None:
    only_checks_stock(store)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "2", "I")
        assert shows(app, Notice)
        assert "Li Wei may not do this (import readings)" in " ".join(text(app).split())


async def test_who_may_import_readings_but_no_stations_is_told_when_stations_are_chosen(
    app: FloodreadyApp, store: SlowStore, tmp_path: Path
) -> None:
    with store.transaction(Act(person=SYSTEM, terminal="set-up"), "set up") as tx:
        tx.put(Person(id="li", name="Li Wei", unit="city", roles=(Role.DUTY_OFFICER,)))
    file = tmp_path / "s.csv"
    file.write_text("站名,站码,类型,警戒水位\nJialu,jl,水位,75.5\n", "utf-8")
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "2", "I", *str(file), "enter", *"stat", "ctrl+s")
        assert shows(app, Form)
        assert "Li Wei may not do this (keep seasons, stations, levels)" in " ".join(text(app).split())


async def test_a_permission_taken_while_a_form_is_open_is_told_by_its_confirmation(
    app: FloodreadyApp, store: SlowStore
) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "2", "d")
        assert shows(app, Form)
        only_checks_stock(store)
        await settle(pilot)
        assert shows(app, Form)


async def test_nobody_signed_in_is_told_when_a_form_would_open(app: FloodreadyApp, store: SlowStore) -> None:
    with store.transaction(Act(person=SYSTEM, terminal="set-up"), "set up") as tx:
        tx.put(Terminal(id="duty-room", person=None, since_at=NOW))
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "2", "d")
        assert "Sign in with F2" in text(app)
        await press(pilot, "escape", "f2")
        assert shows(app, Form)


async def test_no_key_opens_a_form_in_the_past_that_only_confirm_would_refuse(app: FloodreadyApp) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        app.show_as_of(datetime(2026, 7, 1, 0, 29, tzinfo=UTC))
        await settle(pilot)
        refused: dict[str, str] = {}
        for pillar in PILLARS:
            await press(pilot, pillar.key)
            for binding in type(app.screen).__dict__["BINDINGS"]:
                await press(pilot, binding.key.split(",")[0])
                front = app.screen
                assert not (isinstance(front, Form) and front.WRITES), binding
                if isinstance(front, Notice) and "F5" in text(app):
                    refused[binding.id] = text(app)
                while len(app.screen_stack) > 1:
                    app.pop_screen()
                    await settle(pilot)
        assert len(refused) > 12, refused.keys()


async def test_keys_before_the_first_reading_wait_for_it(app: FloodreadyApp) -> None:
    gate = threading.Event()
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        before = asyncio.create_task(app.room.runner.read(lambda: gate.wait(10)))
        await asyncio.sleep(0)
        feed(app, "7", "j")
        await quiet(app)
        gate.set()
        await before
        await settle(pilot)
        assert app.screen.query(VirtualTable).first().cursor == 1


async def test_a_first_reading_that_does_not_come_holds_nobody(app: FloodreadyApp) -> None:
    gate = threading.Event()
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        before = asyncio.create_task(app.room.runner.read(lambda: gate.wait(10)))
        await asyncio.sleep(0)
        feed(app, "7")
        await quiet(app)
        assert app.current_mode == "organisation"
        feed(app, "escape")
        await quiet(app)
        assert app.current_mode == "board"
        gate.set()
        await before
        await settle(pilot)


async def test_a_paper_of_the_past_is_written_though_nothing_can_be_changed_then(
    app: FloodreadyApp, tmp_path: Path
) -> None:
    file = tmp_path / "brief.md"

    def write(path: Path, overwrite: bool) -> Sentence:
        del overwrite
        path.write_text("the brief", "utf-8")
        return say("Written: {file}", file=path.name)

    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        app.show_as_of(datetime(2026, 7, 1, 0, 29, tzinfo=UTC))
        app.push_screen(FileForm(say("Write"), str(file), write, say("File")))
        await press(pilot, "ctrl+s")
    assert file.read_text("utf-8") == "the brief"


async def test_what_was_chosen_stays_chosen_when_the_language_is_switched(app: FloodreadyApp) -> None:
    duties = [("a", say("Duty")), ("b", say("Board"))]
    one = ChoiceField("one", say("Post"), duties, value="b")
    typed = ChoiceField("typed", say("Unit"), duties)
    wrong = ChoiceField("wrong", say("Name"), duties)
    several = SeveralField("several", say("Roles"), duties, value=("b", "a"))
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        app.push_screen(form([one, typed, wrong, several]))
        await press(pilot, "tab", *"du", "tab", *"zzz", "f3")
        assert [one.text, typed.text, wrong.text, several.text] == ["看板", "值班", "zzz", "看板, 值班"]
        assert [one.value, typed.value, several.value] == ["b", "a", ("b", "a")]
        assert [one.changed, typed.changed, several.changed] == [False, True, False]
        await press(pilot, "f3")
        assert [one.text, typed.text, wrong.text, several.text] == ["Board", "Duty", "zzz", "Board, Duty"]
