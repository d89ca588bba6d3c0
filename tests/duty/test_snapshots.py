"""What the duty screens look like, as SVG, at 80×24 and 140×40."""

from __future__ import annotations

from datetime import date

import pytest
from syrupy.assertion import SnapshotAssertion

from floodready.duty.commands import enter_leave
from floodready.duty.commands_log import begin_call_round, check_post, write_log
from floodready.duty.commands_swap import ask_swap
from floodready.duty.models import Leg
from floodready.duty.models_shift import LogKind
from floodready.organisation.commands import add_post, add_unit
from floodready.organisation.models import PostKind, UnitKind
from tests.duty.conftest import Room
from tests.duty.rosters import SHANGHAI, at
from tests.duty.test_screens import app_for
from tests.tui.conftest import press, text
from tests.tui.frames import SMALL, Svg, at_each_size, drawn

SCREENS = {
    "roster": (),
    "month": ("m",),
    "week": ("m", "m"),
    "seat": ("m", "down", "down", "down", "right", "enter"),
    "gaps": ("a",),
    "plan": ("o",),
    "rotation": ("o", "enter"),
    "figures": ("o", "f"),
    "proposal": ("o", "p", "n", *["enter"] * 5, *["backspace"] * 3, *"no", "enter"),
    "log": ("l",),
    "danger": ("l", "d"),
    "swaps": ("w",),
    "fairness": ("f",),
    "calls": ("c",),
    "other unit": ("u", "down"),
}


WRITER = {"danger": "ding"}
"""Whoever may write what is drawn, where the planner may not."""


@pytest.fixture
def busy(room: Room) -> Room:
    """A duty room with a gap, an asked swap, a log with a danger report, and a call round."""
    away = at("2026-07-04 08:00"), at("2026-07-05 08:00")
    enter_leave(room.store, room.by("ding"), person="ding", from_at=away[0], until_at=away[1])
    taken = at("2026-07-08 08:00"), at("2026-07-09 08:00")
    leg = Leg(post="officer", giver="geng", taker="lu", from_at=taken[0], until_at=taken[1])
    ask_swap(room.store, room.by("geng"), unit="U", legs=(leg,), asked_by="geng", zone=SHANGHAI)
    write_log(room.store, room.by("ding"), unit="U", kind=LogKind.CALL, content="Gate 3 is open", source_unit="East")
    write_log(
        room.store,
        room.by("ding"),
        unit="U",
        kind=LogKind.DANGER,
        content="Seepage at 12+300, clear water",
        major=True,
        follow_up="report to the city within the hour",
        owner="ding",
        due_at=at("2026-07-01 11:00"),
    )
    begin_call_round(room.store, room.by("bo"), unit="U", today=date(2026, 7, 1))
    return room


@pytest.mark.parametrize("name", SCREENS)
async def test_screen(busy: Room, snapshot: SnapshotAssertion, name: str) -> None:
    if name == "other unit":
        add_unit(busy.store, busy.by("he"), id="E", name="East county", kind=UnitKind.COUNTY, parent="U")
        add_post(busy.store, busy.by("he"), id="east", name="East officer", unit="E", kind=PostKind.OFFICER)
    app = app_for(busy, WRITER.get(name, "pan"))
    app.animation_level = "none"
    async with app.run_test(size=SMALL) as pilot:
        await press(pilot, "4", *SCREENS[name])
        async for size in at_each_size(pilot):
            assert drawn(app) == snapshot.use_extension(Svg)(name=size)


async def test_checks(busy: Room, snapshot: SnapshotAssertion) -> None:
    for whom, later in (("ding", "2026-07-01 13:00"), (None, "2026-07-01 23:30")):
        busy.later(later)
        check_post(busy.store, busy.by("he"), unit="U", method="telephone", on_site=True, whom=whom, zone=SHANGHAI)
    app = app_for(busy, "pan")
    app.animation_level = "none"
    async with app.run_test(size=SMALL) as pilot:
        await press(pilot, "4", "P")
        assert "! not explained yet" in text(app)
        async for size in at_each_size(pilot):
            assert drawn(app) == snapshot.use_extension(Svg)(name=size)
