"""A day is chosen in a calendar over the form; nothing of the form is lost, and Esc leaves the field as it was."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from floodready.language import say
from floodready.store.contract import SYSTEM, Act
from floodready.tui.app import FloodreadyApp
from floodready.tui.screens.day_chooser import DayChooser
from floodready.tui.screens.form import Form
from floodready.tui.widgets.field import Field
from floodready.tui.widgets.fields import DateField, MomentField, TextField
from floodready.workdays import DayCorrection, DayKind
from tests.tui.conftest import NOW, SlowStore, press, settle, text

SMALL = (80, 24)


def fields() -> list[Field]:
    return [
        TextField("name", say("Name")),
        DateField("on", say("Day"), today=date(2026, 7, 1), value=date(2026, 9, 30)),
        MomentField("at", say("Moment"), now=NOW, zone=ZoneInfo("Asia/Shanghai")),
    ]


async def opened(app: FloodreadyApp, made: list[Field]) -> None:
    app.push_screen(Form(say("Change"), made, lambda act, values: None, act=say("Change")))


async def test_a_day_is_chosen_with_its_kind_in_sight(app: FloodreadyApp, store: SlowStore) -> None:
    with store.transaction(Act(person=SYSTEM, terminal="duty-room"), "local day") as tx:
        tx.put(DayCorrection(id="2026-10-09", on=date(2026, 10, 9), kind=DayKind.HOLIDAY))
    name, day, moment = made = fields()
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await opened(app, made)
        await press(pilot, *"dike", "f6")
        assert isinstance(app.screen, Form), "a field without a day has no calendar"
        await press(pilot, "tab", "f6")
        assert isinstance(app.screen, DayChooser)
        assert "2026-09-30, Wednesday: ordinary day" in text(app)
        await press(pilot, "right")
        assert "2026-10-01, Thursday: holiday" in text(app)
        await press(pilot, "down", "right")
        assert "2026-10-09, Friday: holiday" in text(app), "the office's own word stands above the published one"
        await press(pilot, "pagedown", "enter")
        assert isinstance(app.screen, Form)
        assert (name.value, day.value) == ("dike", date(2026, 11, 9))
        await press(pilot, "tab", "f6", "right", "enter")
        assert moment.text == "2026-07-02 08:30", "the hour stays"
        await press(pilot, "f6", "right", "escape")
        assert moment.text == "2026-07-02 08:30"


async def test_the_calendar_stops_where_days_are_too_far_away(app: FloodreadyApp) -> None:
    _, day, _ = made = fields()
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await opened(app, made)
        await press(pilot, "tab", *"2199-12-31", "f6", "right", "pagedown", "enter")
        assert day.value == date(2199, 12, 31)
