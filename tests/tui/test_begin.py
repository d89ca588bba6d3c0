"""Forms in which an office enters its first people: what can be chosen is told, and nothing is asked in vain."""

from __future__ import annotations

from floodready.organisation.models import Person
from floodready.organisation.permissions import Role
from floodready.store.contract import SYSTEM, Act
from floodready.tui.app import FloodreadyApp
from floodready.tui.screens.form import Form
from tests.tui.conftest import SlowStore, press, text


def administrator(store: SlowStore) -> None:
    with store.transaction(Act(person=SYSTEM, terminal="set-up"), "administrator") as tx:
        tx.put(Person(id="li", name="Li Wei", unit="city", roles=(Role.ADMINISTRATOR,)))


async def test_the_roles_there_are_stand_beside_the_proposed_one_and_typing_replaces_it(
    app: FloodreadyApp, store: SlowStore
) -> None:
    administrator(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "7", "p", *"Zhao Lei", "enter")
        assert "also: stock checker, duty officer" in " ".join(text(app).split())
        await press(pilot, *"planner", "ctrl+s")
        made = next(person for person in store.all(Person) if person.name == "Zhao Lei")
        assert made.roles == (Role.PLANNER,)


async def test_the_old_pin_of_somebody_else_is_not_asked_and_the_second_is_not_wrong_before_it_is_typed(
    app: FloodreadyApp, store: SlowStore
) -> None:
    administrator(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "7", "/", *"Wang", "enter", "i")
        assert isinstance(app.screen, Form)
        assert "Old PIN" not in text(app)
        await press(pilot, *"2580", "enter")
        assert "is not the same PIN" not in text(app)
        await press(pilot, *"25")
        assert "is not the same PIN" in text(app)
