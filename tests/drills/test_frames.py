"""What the screens of drills look like at 80×24 and 140×40."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion
from textual.screen import Screen

from floodready.drills import commands, reading
from floodready.drills.models import Cadence, Drill, InjectStatus, ReservedMaterial
from floodready.drills.run_models import Finding, Rating
from floodready.materials.commands import receive_stock
from floodready.materials.models import Item, Place
from floodready.organisation.models import Terminal
from floodready.store.contract import SYSTEM, Act
from floodready.tui.app import FloodreadyApp
from floodready.tui.screens.drills.drill import DrillScreen
from floodready.tui.screens.drills.evaluation import EvaluationScreen
from floodready.tui.screens.drills.materials import MaterialsScreen
from floodready.tui.screens.drills.obligations import ObligationsScreen
from floodready.tui.screens.drills.papers import PapersScreen
from floodready.tui.screens.drills.run import RunScreen
from floodready.tui.screens.drills.year import DrillsScreen
from tests.drills.conftest import ZONE, DutyRoom
from tests.drills.scenes import observation
from tests.tui.conftest import settle
from tests.tui.frames import SMALL, at_each_size, drawn, frame

__all__ = ["frame"]

EVENTS = ("Water at the dike foot", "溃口险情报告 breach reported", "Village asks for boats", "Press calls")


@pytest.fixture
def drill(room: DutyRoom) -> Drill:
    """A drill in the middle of its run, one of an obligation, with bags on their way."""
    setup = Act(person=SYSTEM, terminal="T1")
    with room.store.transaction(setup, "setup") as tx:
        tx.put(Terminal(id="T1", person="P1", since_at=tx.now))
        tx.add(Item(id="bag", name="编织袋 Woven bag", unit="条"))
        tx.add(Place(id="W1", name="East store", unit="U1"))
    receive_stock(room.store, Act(person=SYSTEM, terminal="T1"), zone=ZONE, item="bag", place="W1", quantity=500)
    for unit, plan, months in (("U1", "Dike breach", 6), ("U1", "Dam overtopping", 12), ("U2", "Dike breach", 24)):
        cadence = Cadence(anchor_on=date(2026, 5, 20), months=months)
        commands.oblige(room.store, room.act(), unit=unit, plan=plan, cadence=cadence,
                        source="生产安全事故应急条例 art. 8", zone=ZONE)  # fmt: skip
    bags = ReservedMaterial(item="bag", place="W1", quantity=300)
    made = room.planned(4, materials=(bags,), place="Liu village")
    for number, text in enumerate(EVENTS, start=1):
        _reword(room, made, number, text)
    commands.approve_injects(room.store, room.act("P9"), drill=made.id)
    commands.assign_drill(room.store, room.act(), obligation="O4", scheduled_on=date(2026, 5, 20), drill=made.id)
    return made


def _reword(room: DutyRoom, drill: Drill, number: int, text: str) -> None:
    seen = reading.the_inject(room.store, drill.id, number)
    wanted = replace(seen, text=text, recipient="duty officer", expected="reports within 5 minutes")
    commands.change_inject(room.store, room.act(), seen=seen, wanted=wanted)


@pytest.fixture
def run(room: DutyRoom, drill: Drill) -> Drill:
    """The same drill, twelve minutes into its run."""
    room.at(0)
    commands.start_run(room.store, room.act(), drill=drill.id)
    commands.issue_materials(room.store, room.act("P2"), drill=drill.id, zone=ZONE)
    room.at(1)
    commands.release_inject(room.store, room.act(), drill=drill.id, number=1)
    commands.settle_inject(room.store, room.act(), drill=drill.id, number=1, status=InjectStatus.DONE)
    seen = observation("new", Rating("S"), drill=drill.id, run="-", text="Reported after nine minutes",
                       finding=Finding.WEAKNESS)  # fmt: skip
    commands.observe(room.store, room.act("P2"), observation=seen, inject=1)
    room.at(12)
    return drill


async def _compare(room: DutyRoom, screen: Screen[Any], frame: SnapshotAssertion) -> None:
    app = FloodreadyApp(room.store, clock=room.clock, zone=ZONE, terminal="T1")
    app.animation_level = "none"
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        app.push_screen(screen)
        await settle(pilot)
        async for size in at_each_size(pilot):
            assert drawn(app) == frame(name=size)


async def test_year(room: DutyRoom, drill: Drill, frame: SnapshotAssertion) -> None:
    assert drill
    await _compare(room, DrillsScreen(), frame)


async def test_obligations(room: DutyRoom, drill: Drill, frame: SnapshotAssertion) -> None:
    assert drill
    await _compare(room, ObligationsScreen(), frame)


async def test_editor(room: DutyRoom, drill: Drill, frame: SnapshotAssertion) -> None:
    await _compare(room, DrillScreen(drill.id), frame)


async def test_materials(room: DutyRoom, run: Drill, frame: SnapshotAssertion) -> None:
    await _compare(room, MaterialsScreen(run.id), frame)


async def test_run(room: DutyRoom, run: Drill, frame: SnapshotAssertion) -> None:
    await _compare(room, RunScreen(run.id), frame)


async def test_evaluation(room: DutyRoom, run: Drill, frame: SnapshotAssertion) -> None:
    commands.finish_run(room.store, room.act(), drill=run.id)
    await _compare(room, EvaluationScreen(run.id), frame)


async def test_papers(room: DutyRoom, run: Drill, frame: SnapshotAssertion) -> None:
    await _compare(room, PapersScreen(run.id), frame)
