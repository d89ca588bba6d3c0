"""A small duty room for the screens: a store on disk, a clock that stands, one person signed in."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from floodready.clock import FixedClock
from floodready.language import use_language
from floodready.organisation.models import Person, Terminal, Unit, UnitKind
from floodready.organisation.permissions import Role
from floodready.store.contract import SYSTEM, Act, R
from floodready.store.journal_store import JournalStore
from floodready.tui.app import FloodreadyApp
from floodready.tui.theme import use_ascii

NOW = datetime(2026, 7, 1, 0, 30, tzinfo=UTC)
"""08:30 in the duty room."""


class SlowStore(JournalStore):
    """A store whose disk can be made to wait: clear `disk`, and every command stands until it is set."""

    def __init__(self, *args: Any) -> None:
        self.disk = threading.Event()
        self.disk.set()
        super().__init__(*args)

    def run(self, act: Act, command: str, body: Callable[..., R], answer: Any) -> R:
        self.disk.wait(10)
        return super().run(act, command, body, answer)


@pytest.fixture(autouse=True)
def _plain_surroundings(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setattr(Input.cursor_blink, "_default", False)
    use_language("en")
    use_ascii(False)
    yield
    use_language("en")
    use_ascii(False)


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
        yield made


@pytest.fixture
def app(store: SlowStore, clock: FixedClock) -> FloodreadyApp:
    made = FloodreadyApp(store, clock=clock, zone=store.zone, terminal="duty-room")
    made.animation_level = "none"
    return made


async def settle(pilot: Pilot[Any]) -> None:
    """Wait until every command is answered and what is shown is what is true."""
    app = pilot.app
    assert isinstance(app, FloodreadyApp)
    for _ in range(3):
        await pilot.pause()
        await app.room.runner.drained()
        # An empty list would mean every worker, and the runner's never ends.
        if waiting := [worker for worker in app.workers if worker.group != "runner"]:
            await app.workers.wait_for_complete(waiting)
    await pilot.pause()
