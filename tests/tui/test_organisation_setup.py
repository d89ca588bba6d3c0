"""Posts, works, risk points, figures and people kept without leaving the organisation screen."""

from __future__ import annotations

import pytest
from syrupy.assertion import SnapshotAssertion

from floodready.organisation.commands import add_post, add_unit, add_works
from floodready.organisation.models import (
    OrganisationSettings,
    Person,
    Post,
    PostKind,
    Terminal,
    Unit,
    UnitKind,
    Works,
    WorksKind,
)
from floodready.organisation.permissions import Role
from floodready.store.contract import SYSTEM, Act
from floodready.tui.app import FloodreadyApp
from tests.tui.conftest import SlowStore, press, settle, text
from tests.tui.frames import SMALL, at_each_size, drawn, frame

__all__ = ["frame"]


def li() -> Act:
    """Li Wei acts; each act is one of its own."""
    return Act(person="li", terminal="duty-room")


@pytest.fixture
def sites(store: SlowStore) -> None:
    with store.transaction(Act(person=SYSTEM, terminal="set-up"), "administrator") as tx:
        tx.put(Person(id="zhao", name="Zhao Lei", unit="city", roles=(Role.ADMINISTRATOR,)))
    add_post(store, li(), name="duty officer", unit="city", kind=PostKind.OFFICER, id="officer")
    add_works(store, li(), name="South dike", unit="zhongmu", kind=WorksKind.DIKE, id="dike", grade="1", size=5800,
              size_unit="m")  # fmt: skip


async def test_a_post_is_added_changed_and_taken_out_of_use(app: FloodreadyApp, store: SlowStore) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "7", "o", "n", *"driver", "enter", "enter", *"other", "ctrl+s")
        (post,) = store.all(Post)
        assert (post.name, post.unit, post.kind) == ("driver", "city", PostKind.OTHER)
        await press(pilot, "c", *" of boats", "ctrl+s")
        await press(pilot, "x", *"no boats", "ctrl+s")
        (post,) = store.all(Post)
        assert (post.name, post.active) == ("driver of boats", False)
        await press(pilot, "x", "ctrl+s")
        assert next(iter(store.all(Post))).active


@pytest.mark.usefixtures("sites")
async def test_a_risk_point_is_marked_on_works_and_takes_their_grade(app: FloodreadyApp, store: SlowStore) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "7", "w", "m", *"K3+200", *["tab"] * 4, *"200", "ctrl+s")
        made = next(works for works in store.all(Works) if works.kind is WorksKind.RISK_POINT)
        assert (made.name, made.unit, made.grade) == ("South dike K3+200", "zhongmu", "1")
        assert (made.size, made.size_unit) == (200, "m")


@pytest.mark.usefixtures("sites")
async def test_works_are_changed_by_enter(app: FloodreadyApp, store: SlowStore) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "7", "w", "enter", *" 2", "ctrl+s")
        assert next(iter(store.all(Works))).name == "South dike 2"


@pytest.mark.usefixtures("sites")
async def test_a_person_is_named_for_a_post(app: FloodreadyApp, store: SlowStore) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "7", "j", "j", "c", *["tab"] * 5, *"duty officer", "ctrl+s")
        person = store.get(Person, "li")
        assert person is not None
        assert person.posts == ("officer",)
        await press(pilot, "enter")
        assert "may take the post duty officer" in text(app)


async def test_the_days_after_which_a_phone_is_old_are_set(app: FloodreadyApp, store: SlowStore) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "7", "f", "backspace", "backspace", *"30", "ctrl+s")
        held = store.get(OrganisationSettings, "organisation")
        assert held is not None
        assert held.phone_verified_within_days == 30


@pytest.mark.usefixtures("sites")
async def test_a_unit_that_still_holds_people_is_not_retired(app: FloodreadyApp, store: SlowStore) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "7", "j", "j", "j", "x", "ctrl+s")
        assert "still holds units, people or works" in " ".join(text(app).split())
        unit = store.get(Unit, "zhongmu")
        assert unit is not None
        assert unit.active


async def test_a_unit_out_of_use_stands_last_and_comes_back(app: FloodreadyApp, store: SlowStore) -> None:
    add_unit(store, li(), name="Old station", kind=UnitKind.TOWNSHIP, parent="city", id="old")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "7", "end", "x", "ctrl+s")
        unit = store.get(Unit, "old")
        assert unit is not None
        assert not unit.active
        assert "retired" in text(app)
        await press(pilot, "end", "x", *"needed", "ctrl+s")
        unit = store.get(Unit, "old")
        assert unit is not None
        assert unit.active


@pytest.mark.usefixtures("sites")
async def test_who_may_do_what_is_read_on_the_screen_with_the_people(app: FloodreadyApp, store: SlowStore) -> None:
    async with app.run_test(size=(140, 40)) as pilot:
        await press(pilot, "7", "m", "slash", *"restore the store", "enter", "enter")
        shown = " ".join(text(app).split())
        assert "Roles: administrator" in shown
        assert "People: Zhao Lei" in shown
        with store.transaction(Act(person=SYSTEM, terminal="gate"), "sign in") as tx:
            tx.put(Terminal(id="gate", person="zhao", since_at=tx.now))
        await press(pilot, "escape", "escape", "escape", "colon", *"terminals", "enter")
        assert "Organisation › Terminals" in text(app)
        await press(pilot, "end", "enter")
        assert "administrator" in text(app)


async def test_a_terminal_is_left_with_nobody_signed_in(app: FloodreadyApp, store: SlowStore) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "7", "t", "o")
        held = store.get(Terminal, "duty-room")
        assert held is not None
        assert held.person is None
        assert "nobody signed in" in text(app)
        seq = store.seq
        await press(pilot, "o")
        assert "Sign in with F2" in text(app)
        assert store.seq == seq


async def test_a_post_that_a_line_points_to_is_opened_on_its_own_screen(app: FloodreadyApp, store: SlowStore) -> None:
    add_post(store, li(), name="leader", unit="city", kind=PostKind.LEADER, id="leader")
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.open_document(Post.table, "leader")
        await settle(pilot)
        assert "Organisation › Posts" in text(app)


@pytest.mark.usefixtures("sites")
@pytest.mark.parametrize("keys", ["o", "oc", "w", "wm", "jjc", "f", "m", "t"])
async def test_frame(app: FloodreadyApp, frame: SnapshotAssertion, keys: str) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "7", *keys)
        async for size in at_each_size(pilot):
            assert drawn(app) == frame(name=size)
