"""Stock checker, duty officer and drill planner in one store, at two terminals at once, by the keys people press."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack, redirect_stdout
from datetime import UTC, datetime
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from floodready.cli.app import run
from floodready.clock import FixedClock
from floodready.exchange.labels import payload
from floodready.materials.models import Lot
from floodready.materials.models_counting import CountSession, SessionState
from floodready.materials.models_papers import IssuePaper
from floodready.store.journal_store import JournalStore
from floodready.tui.app import FloodreadyApp
from tests.endtoend.office import BEGINS, office
from tests.tui.conftest import feed, settle, text
from tests.tui.conftest import press as press_keys


class Office:
    """Two terminals, each with a store of its own on the one folder, and a shell beside them."""

    def __init__(self, here: JournalStore, there: JournalStore, clock: FixedClock, shell: Shell) -> None:
        self.clock, self.shell, self.store = clock, shell, there
        self.duty_room = self._app(here, "duty-room")
        self.warehouse = self._app(there, "warehouse")

    def at(self, day: int, time: str) -> None:
        hour, minute = map(int, time.split(":"))
        self.clock.instant = datetime(2026, 7, day, hour - 8, minute, tzinfo=UTC)

    def _app(self, store: JournalStore, terminal: str) -> FloodreadyApp:
        made = FloodreadyApp(store, clock=self.clock, zone=store.zone, terminal=terminal)
        made.animation_level = "none"
        return made


class Shell:
    """The command line of the duty room, at the hour that the office's clock shows."""

    def __init__(self, clock: FixedClock, monkeypatch: pytest.MonkeyPatch) -> None:
        self._clock, self._monkeypatch = clock, monkeypatch

    def __call__(self, *words: str) -> str:
        self._monkeypatch.setenv("FLOODREADY_NOW", self._clock.instant.isoformat())
        written = BytesIO()
        paper = TextIOWrapper(written, encoding="utf-8", write_through=True)
        with redirect_stdout(paper):
            assert run([*words, "--lang", "en"]) == 0
        return written.getvalue().decode()


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    clock = FixedClock(BEGINS)
    monkeypatch.setenv("FLOODREADY_STORE", str(tmp_path / "store"))
    with ExitStack() as stack:
        here = stack.enter_context(office(tmp_path / "store", clock))
        there = stack.enter_context(JournalStore.open(tmp_path / "store", clock=clock))
        yield Office(here, there, clock, Shell(clock, monkeypatch))


class Typed(str):
    """Text that a person types without waiting for the screen."""

    __slots__ = ()


async def press(pilot: Pilot[Any], *steps: str) -> None:
    for step in steps:
        if isinstance(step, Typed):
            feed(pilot.app, *step)
        else:
            await press_keys(pilot, step)
    await settle(pilot)


async def sit_down(pilot: Pilot[Any], person: str) -> None:
    await press(pilot, "f2", Typed(person), "enter", "enter")


def shown(app: FloodreadyApp) -> str:
    return " ".join(text(app).split())


def send_report(place: Office, by: str) -> None:
    """Record from the shell that the next report has gone out."""
    rows = json.loads(place.shell("report", "list", "--json"))["reports"]
    owed = next(row for row in rows if row["sent_at"] is None and row["due_at"] > place.clock.instant.isoformat())
    place.shell("report", "sent", owed["id"], "--as", by)


async def count_the_warehouse(place: Office, duty: Pilot[Any], ware: Pilot[Any]) -> None:
    """The stock checker's day. While the count is open, sandbags leave for the dike at the other terminal."""
    await press(ware, "3", "c", "ctrl+s")
    (session,) = place.store.all(CountSession)
    await press(ware, "f4")
    for line in session.sheet:
        await press(ware, Typed({"BAG": "600", "JACKET": "58"}[line.item]), "enter")
    assert "The sheet is done" in text(place.warehouse)

    place.at(1, "09:10")
    await press(duty, "3", "slash", Typed("编织袋"), "enter", "i", Typed("120"), "enter", Typed("dike"), "ctrl+s")
    assert "480 条" in text(place.duty_room)

    # Jackets are class A: a second person counts them blind, a third posts.
    await press(ware, "f8", "w")
    assert "may not do this" in shown(place.warehouse)
    await press(ware, "escape")
    await sit_down(ware, "sun")
    jackets = next(lot.id for lot in place.store.all(Lot) if lot.item == "JACKET")
    await press(ware, Typed(payload("lot", jackets)), "enter", Typed("58"), "enter", "f8")
    assert "1 equal, 1 to look at, 1 without a reason" in shown(place.warehouse), "the issue after it is not a variance"
    await press(ware, "a", Typed("theft"), "enter")
    await sit_down(ware, "chen")
    await press(ware, "w")
    assert "This count is posted" in text(place.warehouse)
    await press(ware, "escape", "escape")
    assert [session.state for session in place.store.all(CountSession)] == [SessionState.POSTED]

    place.at(1, "15:50")
    send_report(place, "li")
    (paper,) = place.store.all(IssuePaper)
    place.shell("stock", "complete-paper", paper.id, "--receiver", "Ma", "--receiver-contact", "139 0000 0002",
                "--sender-contact", "139 0000 0001", "--approver", "Chen", "--as", "chen")  # fmt: skip


async def stand_duty(place: Office, duty: Pilot[Any], ware: Pilot[Any]) -> None:
    """The duty officer's day: hand over, log, read the river, see level IV declared, report."""
    place.at(2, "08:05")
    await press(duty, "4", "l", "c", Typed("gate 3"), "ctrl+s", "h", "h", "right", "enter")
    assert "Li has signed." in shown(place.duty_room)
    await sit_down(duty, "wang")
    await press(duty, "h", "right", "enter")
    assert "The next handover is at" in shown(place.duty_room)

    place.at(2, "09:00")
    await press(duty, "escape", "2", "r", Typed("4250"), "enter", "enter", Typed("ris"), "enter")
    assert "Readings: Huayuankou 4,250 m³/s meets level IV" in shown(place.duty_room)
    place.warehouse.look()
    await press(ware, "1")
    assert "declare level IV or record why not" in shown(place.warehouse), "the other terminal says it too"

    await sit_down(duty, "zhou")
    await press(duty, "2", "d", "enter", Typed("Mayor"), "enter", "enter")
    assert "no response level becomes level IV." in text(place.duty_room)
    await press(duty, "right", "enter")
    await sit_down(duty, "wang")
    place.at(2, "15:50")
    send_report(place, "wang")


async def hold_a_drill(place: Office, duty: Pilot[Any], ware: Pilot[Any]) -> None:
    """The planner's day: the level is lowered at one terminal; at the other the drill is planned, run and evaluated."""
    place.at(3, "08:05")
    await press(duty, "4", "l", "h", "h", "right", "enter")
    await sit_down(duty, "li")
    await press(duty, "h", "right", "enter")
    place.at(3, "08:30")
    await press(duty, "escape", "2", "r", Typed("2900"), "enter", "enter", Typed("fal"), "enter")
    await sit_down(duty, "chen")
    await press(duty, "2", "l", Typed("no"), "enter", Typed("Mayor"), "enter", Typed("falls"), "ctrl+s")
    assert "level IV becomes no response level." in text(place.duty_room)
    await press(duty, "right", "enter")
    await sit_down(duty, "li")

    await sit_down(ware, "qian")
    await press(ware, "5", "tab", "n", "tab", "tab", "tab", "ctrl+u", Typed("2026-07-03 10:00"), "ctrl+s")
    assert "+ planned" in text(place.warehouse)
    await press(
        ware,
        "enter",
        "b",
        Typed("warn"),
        "enter",
        Typed("Warn"),
        "enter",
        Typed("warn"),
        "ctrl+s",
    )
    await press(ware, "w", Typed("Chen"), "enter", "ctrl+u", Typed("evaluator"), "ctrl+s")
    await press(ware, "a", Typed("0: boil > officer = report"), "enter", "escape")
    await sit_down(ware, "chen")
    await press(ware, "y")
    assert "approved" in text(place.warehouse)

    place.at(3, "10:00")
    await press(ware, "r", "p", "space")
    place.at(3, "10:04")
    await press(ware, "d", "o", Typed("4 min"), "tab", Typed("P perf"), "ctrl+s", "F")
    await press(ware, "escape", "v", "w", Typed("Met."), "ctrl+s")
    assert "the evaluation is not written" not in text(place.warehouse)
    place.at(3, "15:50")
    send_report(place, "li")


RIGHT = "WATCH — 救生衣: 58 件 usable of 60 件 required. Next: replenish 救生衣: 2 件."


async def test_the_days_of_checker_officer_and_planner_end_with_the_right_sentence(place: Office) -> None:
    size = (80, 24)
    async with place.duty_room.run_test(size=size) as duty, place.warehouse.run_test(size=size) as ware:
        await settle(duty)
        await settle(ware)
        assert "NOT KNOWN — 救生衣: never really counted. Next: count 救生衣." in shown(place.duty_room)
        await count_the_warehouse(place, duty, ware)
        await stand_duty(place, duty, ware)
        await hold_a_drill(place, duty, ware)
        place.at(3, "16:30")
        for app, pilot in ((place.duty_room, duty), (place.warehouse, ware)):
            while len(app.screen_stack) > 1:
                await press(pilot, "escape")
            await press(pilot, "1")
            app.look()
            await settle(pilot)
            assert RIGHT in shown(app)
            assert "1 of 1 site to watch; progress 79 %" in shown(app)
    assert place.shell("status").splitlines()[:2] == [RIGHT, "1 of 1 site to watch"]
    brief = place.shell("brief", "shift")
    assert RIGHT in brief
    assert "Since the handover of 2026-07-03 08:05:" in brief
    assert "Anlan headquarters: no response level declared by Mayor: falls" in brief
    assert "drill Dike breach 2026: held" in brief
    assert "The store is whole" in place.shell("verify")
