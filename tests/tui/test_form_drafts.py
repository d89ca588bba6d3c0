"""What was typed in a form when the program was cut off stands there again when the same person opens it again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from textual.pilot import Pilot

from floodready.clock import FixedClock
from floodready.language import Sentence, say, use_language
from floodready.organisation.commands import add_unit
from floodready.organisation.commands_terminals import sign_in
from floodready.organisation.models import UnitKind
from floodready.store.contract import Act
from floodready.tui.app import FloodreadyApp
from floodready.tui.form_draft import DraftKeeper
from floodready.tui.leaving import leave, write_drafts
from floodready.tui.screens.form import Form, Values
from floodready.tui.widgets.field import Field
from floodready.tui.widgets.fields import (
    ChoiceField,
    DateField,
    MomentField,
    QuantityField,
    SecretField,
    SeveralField,
    TextField,
)
from tests.tui.conftest import SlowStore, press, settle, text

SMALL = (80, 24)
Start = Callable[[], FloodreadyApp]


@pytest.fixture
def start(store: SlowStore, clock: FixedClock, tmp_path: Path) -> Start:
    """Start the program, as often as one likes, with its drafts in one folder."""

    def started() -> FloodreadyApp:
        keeper = DraftKeeper(tmp_path / "drafts", "store-1")
        made = FloodreadyApp(store, clock=clock, zone=store.zone, terminal="duty-room", drafts=keeper)
        made.animation_level = "none"
        return made

    return started


def new_unit(store: SlowStore, clock: FixedClock, place: str = "a") -> Form:
    def do(act: Act, values: Values) -> Sentence:
        made = add_unit(store, act, id=values["id"], name=values["name"], kind=UnitKind.COUNTY, parent="city")
        return say("Recorded: {name}", name=made.name)

    fields: list[Field] = [
        TextField("name", say("Name")),
        TextField("id", say("Code")),
        TextField("place", say("Place"), value=place),
        MomentField("at", say("Moment"), now=clock.instant, zone=store.zone, value=clock.instant),
        SecretField("pin", say("PIN"), required=False),
    ]
    return Form(say("A new unit"), fields, do, act=say("Enter"))


def change(begun: str = "old name") -> Form:
    return Form(
        say("Change"), [TextField("name", say("Name"), value=begun), TextField("note", say("Note"), required=False)],
        lambda act, values: None, act=say("Change"), edits=True,
    )  # fmt: skip


async def open_form(pilot: Pilot[None], form: Form, *keys: str) -> None:
    await settle(pilot)
    pilot.app.push_screen(form)
    await press(pilot, *keys)


async def cut_off(app: FloodreadyApp) -> None:
    """Have on disk what is there a second after the last key, when the power goes."""
    write_drafts(app)
    assert app.drafts is not None
    await app.drafts.settled()


async def typed_and_cut_off(app: FloodreadyApp, form: Form, *keys: str) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await open_form(pilot, form, *keys)
        await cut_off(app)


def told(app: FloodreadyApp) -> str:
    return " ".join(text(app).split())


def fields_of(form: Form) -> list[str]:
    return [field.text for field in form._fields]


async def test_what_was_typed_stands_there_again_with_the_time_of_then(
    start: Start, store: SlowStore, clock: FixedClock
) -> None:
    await typed_and_cut_off(start(), new_unit(store, clock), *"Yiluo", "tab", *"yl")
    clock.instant += timedelta(hours=2)
    app, form = start(), new_unit(store, clock)
    async with app.run_test(size=SMALL) as pilot:
        await open_form(pilot, form)
        assert fields_of(form)[:4] == ["Yiluo", "yl", "a", "2026-07-01 08:30"]
        assert "Not recorded: you typed this until 2026-07-01 08:30, then the program ended. F9 starts again." in told(
            app
        )
        await press(pilot, "ctrl+s")
        assert "Recorded" in text(app) or not isinstance(app.screen, Form)
        await open_form(pilot, again := new_unit(store, clock))
        assert fields_of(again)[0] == "", "what was recorded is not offered again"


async def test_one_key_throws_it_away(start: Start, store: SlowStore, clock: FixedClock, tmp_path: Path) -> None:
    await typed_and_cut_off(start(), new_unit(store, clock), *"Yiluo")
    app, form = start(), new_unit(store, clock)
    async with app.run_test(size=SMALL) as pilot:
        await open_form(pilot, form, "f9")
        assert fields_of(form)[0] == ""
        assert "Not recorded" not in text(app)
        await cut_off(app)
        assert not list((tmp_path / "drafts").iterdir())
        await press(pilot, "f9", *"Luo")
        assert fields_of(form)[0] == "Luo"


@pytest.mark.parametrize("leave", [("escape", "right", "enter"), ("backspace", "escape")])
async def test_leaving_deliberately_leaves_no_draft(
    start: Start, store: SlowStore, clock: FixedClock, tmp_path: Path, leave: tuple[str, ...]
) -> None:
    app = start()
    async with app.run_test(size=SMALL) as pilot:
        await open_form(pilot, new_unit(store, clock), "Y")
        await cut_off(app)
        assert len(list((tmp_path / "drafts").iterdir())) == 1
        await press(pilot, *leave)
        assert not isinstance(app.screen, Form)
        await cut_off(app)
        assert not list((tmp_path / "drafts").iterdir())


async def test_leaving_the_program_keeps_what_is_typed(start: Start, store: SlowStore, clock: FixedClock) -> None:
    app, form = start(), new_unit(store, clock)
    async with app.run_test(size=SMALL) as pilot:
        await open_form(pilot, form, *"Yiluo")
        await leave(app, 0)
    app, form = start(), new_unit(store, clock)
    async with app.run_test(size=SMALL) as pilot:
        await open_form(pilot, form)
        assert fields_of(form)[0] == "Yiluo"


async def test_a_pin_is_in_no_draft(start: Start, store: SlowStore, clock: FixedClock, tmp_path: Path) -> None:
    await typed_and_cut_off(start(), new_unit(store, clock), *"Yiluo", "tab", "tab", "tab", "tab", *"4711")
    (kept,) = (tmp_path / "drafts").iterdir()
    assert b"Yiluo" in kept.read_bytes()
    assert b"4711" not in kept.read_bytes()


async def test_another_person_is_not_shown_it(start: Start, store: SlowStore, clock: FixedClock) -> None:
    await typed_and_cut_off(start(), new_unit(store, clock), *"Yiluo")
    sign_in(store, Act(person="wang", terminal="duty-room"), pin=None)
    app, form = start(), new_unit(store, clock)
    async with app.run_test(size=SMALL) as pilot:
        await open_form(pilot, form)
        assert "Yiluo" not in text(app)
        assert "Not recorded" not in text(app)


async def test_a_form_on_something_else_is_not_filled_with_it(
    start: Start, store: SlowStore, clock: FixedClock
) -> None:
    await typed_and_cut_off(start(), new_unit(store, clock, "a"), *"Yiluo")
    app, form = start(), new_unit(store, clock, "b")
    async with app.run_test(size=SMALL) as pilot:
        await open_form(pilot, form)
        assert fields_of(form)[0] == ""


async def test_a_figure_that_others_changed_meanwhile_is_named(start: Start) -> None:
    await typed_and_cut_off(start(), change(), "end", *"er")
    app, form = start(), change("their name")
    async with app.run_test(size=SMALL) as pilot:
        await open_form(pilot, form)
        assert fields_of(form)[0] == "old nameer"
        assert "Changed meanwhile: Name. Look whether it is still right." in told(app)


async def test_what_was_recorded_in_the_moment_of_the_end_is_not_done_twice(
    start: Start, store: SlowStore, clock: FixedClock, tmp_path: Path
) -> None:
    app = start()
    async with app.run_test(size=SMALL) as pilot:
        await open_form(pilot, form := new_unit(store, clock), *"Yiluo", "tab", *"yl")
        await cut_off(app)
        (kept,) = (tmp_path / "drafts").iterdir()
        content = kept.read_bytes()
        await press(pilot, "ctrl+s")
        assert not isinstance(app.screen, Form)
    kept.write_bytes(content)  # killed between the journal's line and the end of the draft
    app, form = start(), new_unit(store, clock)
    async with app.run_test(size=SMALL) as pilot:
        await open_form(pilot, form)
        assert fields_of(form)[0] == ""
        assert "What you typed here until 2026-07-01 08:30 was recorded before the program ended." in told(app)
        await cut_off(app)
        assert not list((tmp_path / "drafts").iterdir())


async def test_what_depends_on_the_day_and_the_language_means_what_it_meant(start: Start, clock: FixedClock) -> None:
    def form() -> Form:
        options = [("sluice", say("Sluice")), ("dike", say("Dike"))]
        fields: list[Field] = [
            DateField("day", say("Day"), today=clock.instant.date()),
            ChoiceField("kind", say("Kind"), options),
            SeveralField("kinds", say("Kinds"), options),
            QuantityField("quantity", say("Quantity"), unit=say("yuan")),
        ]
        return Form(say("Plan"), fields, lambda act, values: None, act=say("Plan"))

    await typed_and_cut_off(start(), form(), *"+3d", "tab", *"dik", "tab", *"dike, sl", "tab", *"x7")
    clock.instant += timedelta(days=2)
    app, opened = start(), form()
    use_language("zh_CN")
    async with app.run_test(size=SMALL) as pilot:
        await open_form(pilot, opened)
        values = opened.values()
        assert values["day"] == date(2026, 7, 4)
        assert values["kind"] == "dike"
        assert values["kinds"] == ("dike", "sluice")
        assert fields_of(opened)[3] == "x7", "what nobody understands is kept as it is"


async def test_two_windows_with_the_same_form_keep_each_its_own(
    start: Start, store: SlowStore, clock: FixedClock, tmp_path: Path
) -> None:
    first, second = start(), start()
    async with first.run_test(size=SMALL) as pilot:
        await open_form(pilot, new_unit(store, clock), *"Yiluo")
        await cut_off(first)
        async with second.run_test(size=SMALL) as other:
            await open_form(other, form := new_unit(store, clock))
            assert fields_of(form)[0] == "", "the first is being typed in"
            await press(other, *"Qin")
            await cut_off(second)
    assert len(list((tmp_path / "drafts").iterdir())) == 2


async def test_where_no_draft_can_be_kept_it_is_told_once_and_the_form_goes_on(
    start: Start, store: SlowStore, clock: FixedClock, tmp_path: Path
) -> None:
    (tmp_path / "drafts").write_bytes(b"")  # a file where the folder should be
    app = start()
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await open_form(pilot, form := new_unit(store, clock), *"Yi")
        await cut_off(app)
        await press(pilot, *"luo")
        await cut_off(app)
        assert fields_of(form)[0] == "Yiluo"
        assert "is not kept for the case" in told(app)
        assert app.drafts is not None
        assert app.drafts.trouble_to_tell() is None


async def test_what_came_too_late_is_in_the_draft_too(start: Start, store: SlowStore) -> None:
    from floodready.organisation.models import Unit

    def late(room_store: SlowStore, seen: Unit) -> Form:
        def do(act: Act, values: Values) -> None:
            with room_store.transaction(act, "change") as tx:
                tx.change(seen, name=values["name"])

        return Form(say("Change"), [TextField("name", say("Name"), value=seen.name)], do, act=say("Change"), edits=True)

    seen = store.get(Unit, "zhongmu")
    assert seen is not None
    with store.transaction(Act(person="wang", terminal="other"), "change") as tx:
        tx.change(seen, name="Other")
    app = start()
    async with app.run_test(size=SMALL) as pilot:
        await open_form(pilot, late(store, seen), "end", *" 2", "ctrl+s", "escape")
        assert not isinstance(app.screen, Form)
        await cut_off(app)
    now = store.get(Unit, "zhongmu")
    assert now is not None
    app, form = start(), late(store, now)
    async with app.run_test(size=SMALL) as pilot:
        await open_form(pilot, form)
        assert fields_of(form)[0].endswith(" 2")
        assert "Changed meanwhile: Name" in told(app)


async def test_refused_acts_that_are_tried_again_bear_one_command_id_while_the_texts_are_the_same(
    start: Start,
) -> None:
    from floodready.refusal import Refused

    ids: list[str] = []

    def do(act: Act, values: Values) -> None:
        ids.append(act.command_id)
        raise Refused(say("no"))

    app = start()
    async with app.run_test(size=SMALL) as pilot:
        form = Form(say("Plan"), [TextField("name", say("Name"))], do, act=say("Plan"))
        await open_form(pilot, form, "a", "ctrl+s", "ctrl+s", "b", "ctrl+s")
    assert ids[0] == ids[1] != ids[2]
