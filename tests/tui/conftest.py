"""A small duty room for the screens: a store on disk, a clock that stands, one person signed in."""

from __future__ import annotations

import asyncio
import threading
import unicodedata
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from textual import events
from textual.app import App
from textual.keys import REPLACED_KEYS, _character_to_key, _get_unicode_name_from_key
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Input

from floodready.clock import FixedClock
from floodready.organisation.models import Person, Terminal, Unit, UnitKind
from floodready.organisation.permissions import Role
from floodready.season.commands import reading_id
from floodready.season.models import (
    FloodWarning,
    Hazard,
    Mark,
    Reading,
    Season,
    Station,
    StationKind,
    Threshold,
    WarningColour,
)
from floodready.store.contract import SYSTEM, Act, R, Transaction
from floodready.store.journal_store import JournalStore
from floodready.tui.app import FloodreadyApp
from floodready.tui.screens.dry_run import DryRunScreen

NOW = datetime(2026, 7, 1, 0, 30, tzinfo=UTC)
"""08:30 in the duty room."""
FRAMES = 100_000
"""Turns after which a screen that asks again and again to be drawn will never come to rest."""


class SlowStore(JournalStore):
    """A store whose disk can be made to wait: clear `gate`, and every command stands until it is set."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.gate = threading.Event()
        self.gate.set()
        super().__init__(*args, **kwargs)

    def run(self, act: Act, command: str, body: Callable[..., R], answer: Any) -> R:
        self.gate.wait(10)
        return super().run(act, command, body, answer)


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOW)


@pytest.fixture
def store(tmp_path: Path, clock: FixedClock) -> Iterator[SlowStore]:
    with SlowStore.create(tmp_path / "store", clock=clock) as made:
        with made.transaction(Act(person=SYSTEM, terminal="set-up"), "set up") as tx:
            tx.put(Unit(id="city", name="Zhengzhou Flood Headquarters", kind=UnitKind.HEADQUARTERS))
            tx.put(Unit(id="zhongmu", name="中牟县 Zhongmu County", parent="city"))
            tx.put(Person(id="li", name="李伟 Li Wei", unit="city", roles=(Role.LEADER, Role.PLANNER)))
            tx.put(Person(id="wang", name="Wang Fang", unit="zhongmu", roles=(Role.DUTY_OFFICER,)))
            tx.put(Terminal(id="duty-room", person="li", since_at=NOW))
            _season(tx)
        yield made


def _season(tx: Transaction) -> None:
    marks = ((Mark.IV, 4_000_000), (Mark.III, 6_000_000), (Mark.II, 8_000_000), (Mark.I, 15_000_000))
    thresholds = tuple(Threshold(mark=mark, value=value) for mark, value in marks)
    tx.put(Station(id="hyk", name="花园口 Huayuankou", unit="city", kind=StationKind.DISCHARGE, thresholds=thresholds))
    first, last = date(2026, 7, 1), date(2026, 10, 31)
    tx.put(Season(id="f1", name="summer and autumn flood", unit="city", starts_on=first, ends_on=last))
    for hours in range(20):
        at = NOW - timedelta(hours=24 - hours)
        value = 2_800_000 + hours * hours * 2_000
        tx.put(Reading(id=reading_id("hyk", at), station="hyk", measured_at=at, value=value, recorded_at=at))
    tx.put(
        FloodWarning(
            id="A1",
            unit="city",
            hazard=Hazard.RAIN,
            colour=WarningColour.ORANGE,
            issuer="Meteorological Bureau",
            area="Zhongmu",
            issued_at=NOW - timedelta(minutes=15),
            received_at=NOW - timedelta(minutes=10),
            decide_within_minutes=30,
        )
    )


@pytest.fixture
def app(store: SlowStore, clock: FixedClock) -> FloodreadyApp:
    made = FloodreadyApp(store, clock=clock, zone=store.zone, terminal="duty-room")
    made.animation_level = "none"
    return made


def text(app: App[Any]) -> str:
    """Everything now on the screen."""
    return "\n".join("".join(segment.text for segment in strip) for strip in app.screen._compositor.render_strips())


def shows(app: FloodreadyApp, kind: type[Screen[Any]]) -> bool:
    """Tell whether a screen of this kind is in front."""
    return isinstance(app.screen, kind)


async def press(pilot: Pilot[Any], *keys: str) -> None:
    """Press keys as a person does, and wait for what they bring; text into a field comes as fast as a hand can."""
    app = pilot.app
    assert isinstance(app, FloodreadyApp)
    await settle(pilot)
    for key in keys:
        if len(key) == 1 and isinstance(app.focused, Input):
            feed(app, key)
        else:
            await quiet(app)
            await app.keys.all_taken()
            app.post_message(_made(app, key))
            await settle(pilot)
    await settle(pilot)


def _made(app: App[Any], key: str) -> events.Key:
    """Make the event of a key that is named as Textual's pilot names it."""
    name = _character_to_key(key) if len(key) == 1 and not key.isalnum() else key
    try:
        character: str | None = unicodedata.lookup(_get_unicode_name_from_key(REPLACED_KEYS.get(name, name)))
    except KeyError:
        character = name if len(name) == 1 else None
    event = events.Key(name, character)
    event.set_sender(app)
    return event


def feed(app: App[Any], *keys: str) -> None:
    """Put keys into the app's queue as a wedge scanner or a quick hand does: without waiting for anything."""
    for key in keys:
        event = events.Key(key, key if len(key) == 1 else None)
        event.set_sender(app)
        app.post_message(event)


async def settle(pilot: Pilot[Any]) -> None:
    """Wait until every command is answered and what is shown is what is true.

    What is still to be done is asked for. Textual's pilot watches the processor for 20 ms and more after each key, and
    sends a message to every widget: that is most of the time of a test, and on a busy machine it may still be too soon.
    """
    app = pilot.app
    assert isinstance(app, FloodreadyApp)
    for _ in range(FRAMES):
        if not (await _went_on() or await _drew(app) or await _waited_for_work(app)):
            return
    raise AssertionError("the screen never comes to rest")


async def quiet(app: App[Any]) -> None:
    """Let the app's loop run until nothing on it can go on and the screen is drawn; no thread is waited for."""
    for _ in range(FRAMES):
        if not (await _went_on() or await _drew(app)):
            return
    raise AssertionError("the screen never comes to rest")


async def _went_on() -> bool:
    """Let the loop run until nothing on it can go on; tell whether anything did."""
    went_on = False
    while True:
        await asyncio.sleep(0)
        if not asyncio.get_running_loop()._ready:  # type: ignore[attr-defined] # the one thing that knows
            return went_on
        went_on = True


async def _drew(app: App[Any]) -> bool:
    """Draw the screen in front if it waits for its next frame; tell whether it did."""
    if not app.screen_stack or not app.screen.is_running:
        return False
    screen = app.screen
    if app._batch_count or screen._callbacks:
        # Somebody holds the frames back, or is called after the next one: Textual's own clock goes on with it.
        await asyncio.sleep(0.001)
        return True
    if not (
        screen._layout_required
        or screen._scroll_required
        or screen._repaint_required
        or screen._recompose_required
        or screen._dirty_widgets
    ):
        return False
    # Of two apps on one loop the one entered last would be taken for this one.
    with app._context():
        screen._on_timer_update()
    return True


async def _waited_for_work(app: FloodreadyApp) -> bool:
    """Wait until no key, command, reading or worker is on its way; tell whether one was."""
    # An empty list would mean every worker, and the runner's never ends.
    waiting = [worker for worker in app.workers if worker.group != "runner"]
    pending = app.keys._following is not None or app.room.runner.unanswered > 0 or bool(waiting)
    await app.keys.all_taken()
    await app.room.runner.drained()
    if waiting:
        await app.workers.wait_for_complete(waiting)
    await app.animator.wait_until_complete()
    # The store's thread answers in order: whatever was asked before this is answered then.
    await app.room.runner.read(lambda: None)
    return pending or bool(asyncio.get_running_loop()._ready)  # type: ignore[attr-defined] # as in `quiet`


def held_at_each_telling(monkeypatch: pytest.MonkeyPatch, screen: type[DryRunScreen[Any]]) -> threading.Event:
    """Make an import's dry run wait wherever it tells how far it is, but at the start; gives what lets it go."""
    gate, usual = threading.Event(), screen.told_row

    def wait(self: DryRunScreen[Any], done: int, rows: int) -> None:
        usual(self, done, rows)
        if done:
            gate.wait(10)

    monkeypatch.setattr(screen, "told_row", wait)
    return gate


async def stopped_half_way(pilot: Pilot[Any], key: str, gate: threading.Event) -> None:
    """Begin a dry run of 1200 rows with a key, see how far it is, and stop it there."""
    app = pilot.app
    assert isinstance(app, FloodreadyApp)
    await pilot.press(key)
    for _ in range(2000):
        if "Row 500 of 1200" in text(app):
            break
        await pilot.pause()
    assert "Row 500 of 1200 … esc stops it" in text(app)
    await pilot.press("escape")
    gate.set()
    await settle(pilot)
    assert "Stopped. Nothing was written" in text(app)
