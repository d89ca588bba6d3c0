"""What must hold of every screen, whatever it shows."""

from __future__ import annotations

from typing import Any

import pytest
from textual.pilot import Pilot

from floodready.language import LANGUAGES
from floodready.organisation.models import Person, Terminal, Unit
from floodready.season.models import Station, StationKind
from floodready.store.contract import SYSTEM, Act
from floodready.tui.app import FloodreadyApp
from floodready.tui.keys import TABLE, clashes
from floodready.tui.pillars import PILLARS
from floodready.tui.screens.pillar_screen import PillarScreen
from floodready.tui.widgets.key_line import every_key_here, fits
from tests.tui.conftest import SlowStore, press, settle, text

HOSTILE = "x [/] [b]y[/b] [@click=app.quit]z[/] {curly} a\\[b] c\\"
PILLAR_IDS = [pillar.id for pillar in PILLARS]


async def go(pilot: Pilot[None], app: FloodreadyApp, id: str) -> PillarScreen[Any]:
    await settle(pilot)
    screen = app.show_pillar(id)
    await settle(pilot)
    return screen


@pytest.mark.parametrize("id", PILLAR_IDS)
async def test_a_screen_fits_80_columns_and_its_keys_are_in_the_table_and_in_the_palette(
    app: FloodreadyApp, id: str
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await go(pilot, app, id)
        keys_are_in_the_table_and_in_the_palette(screen)
        for language in LANGUAGES:
            app.speak(language)
            await settle(pilot)
            assert fits(screen), language
            assert not [node for node in screen.query("*") if node.region.right > 80]
            assert not [node for node in screen.query("*") if node.show_horizontal_scrollbar]


def keys_are_in_the_table_and_in_the_palette(screen: PillarScreen[Any]) -> None:
    in_palette = {key.id for key, _ in every_key_here(screen)}
    own = [binding for bindings in type(screen)._merge_bindings().key_to_bindings.values() for binding in bindings]
    ours = [binding for binding in own if not binding.system and binding.id in TABLE]
    assert {binding.id for binding in ours} <= in_palette
    declared = list(type(screen).__dict__.get("BINDINGS", ()))
    assert all(b.id in TABLE for b in declared)


@pytest.mark.parametrize("id", PILLAR_IDS)
async def test_peoples_text_is_shown_as_typed(app: FloodreadyApp, store: SlowStore, id: str) -> None:
    with store.transaction(Act(person=SYSTEM, terminal=HOSTILE, reason=HOSTILE), HOSTILE) as tx:
        tx.put(Unit(id="city", name=HOSTILE))
        tx.put(Person(id=HOSTILE, name=HOSTILE, unit="city", title=HOSTILE, note=HOSTILE))
        tx.put(Terminal(id="duty-room", person=HOSTILE))
        tx.put(Station(id="bad", name=HOSTILE, unit="city", kind=StationKind.WATER_LEVEL))
    async with app.run_test(size=(140, 40), notifications=True) as pilot:
        await go(pilot, app, id)
        assert "x [/] [b]y" in text(app)
        for key in ("enter", "escape", "j", "enter", "escape", "e", "escape", "f2", "escape", "question_mark"):
            await press(pilot, key)
        assert app.is_running


def test_every_key_says_what_it_does() -> None:
    for pillar in PILLARS:
        pillar.load()
    for key in TABLE.values():
        assert str(key.words)
        assert key.help.template.endswith("."), key
        assert len(str(key.help)) > len(str(key.words)), key


def test_no_key_means_two_things_in_one_place() -> None:
    for pillar in PILLARS:
        pillar.load()
    assert [str(clash) for clash in clashes({})] == []


def test_a_persons_keymap_is_checked() -> None:
    found = [str(clash) for clash in clashes({"app.undo": "q", "app.undoo": "x"})]
    assert any("“q”" in clash for clash in found)
    assert any("app.undoo" in clash and "app.undo" in clash for clash in found)


async def test_keys_as_a_person_set_them(store: SlowStore) -> None:
    app = FloodreadyApp(
        store, clock=store.clock, zone=store.zone, terminal="duty-room", keymap={"board.explain": "full_stop"}
    )
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert ". explain" in text(app)
