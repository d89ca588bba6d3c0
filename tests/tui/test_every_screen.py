"""What must hold of every screen, whatever it shows."""

from __future__ import annotations

from typing import Any

import pytest
from textual.pilot import Pilot

from floodready.language import LANGUAGES, verbatim
from floodready.organisation.models import Person, Terminal, Unit
from floodready.season.models import Station, StationKind
from floodready.store.contract import SYSTEM, Act
from floodready.tui.app import FloodreadyApp
from floodready.tui.keys import SCREEN_KEYS, TABLE, clashes
from floodready.tui.pillars import PILLARS
from floodready.tui.screens.pillar_screen import PillarScreen
from floodready.tui.widgets.key_line import every_key_here, fits, types_a_character
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
    # Where there is one list, nothing leads to another.
    assert {binding.id for binding in ours} - {"screen.next", "screen.previous"} <= in_palette
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


def _screens(kind: type[Any]) -> set[type[Any]]:
    return {kind, *(deeper for own in kind.__subclasses__() for deeper in _screens(own))}


def test_no_screen_takes_an_act_of_all_screens_for_one_of_its_keys() -> None:
    """Esc, / and the others would do that act instead, and nothing would lead back."""
    for pillar in PILLARS:
        pillar.load()
    shared = {binding.action for binding in SCREEN_KEYS}
    for screen in _screens(PillarScreen) - {PillarScreen}:
        own = [binding for binding in screen.__dict__.get("BINDINGS", ()) if binding.id not in _SHARED_IDS]
        assert not [binding.id for binding in own if binding.action in shared], screen


_SHARED_IDS = {binding.id for binding in SCREEN_KEYS}


def test_a_key_that_types_a_character_is_known() -> None:
    for key in ("slash", "minus", "plus", "colon", "full_stop", "less_than_sign", "a", "："):
        assert types_a_character(key), key
    for key in ("f1", "escape", "enter", "ctrl+p", "up"):
        assert not types_a_character(key), key


async def test_a_long_receipt_is_shown_to_its_last_word(app: FloodreadyApp) -> None:
    """At some lengths the last line, where the number stands, was below the screen."""
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settle(pilot)
        for letters in range(30, 45):
            app.say_in_passing(verbatim("x" * (letters - 6) + " O1234"))
            await settle(pilot)
            assert "O1234" in text(app), letters


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
