from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any, cast

import pytest

from floodready.drills import commands, injects, reading
from floodready.drills.models import Cadence, Drill, InjectStatus
from floodready.drills.run_models import Delivery, Finding, Observation
from floodready.materials.commands import receive_stock
from floodready.materials.models import Item, Place
from floodready.materials.projections import Balances
from floodready.organisation.models import Person, Terminal
from floodready.organisation.permissions import Role as StaffRole
from floodready.store.contract import SYSTEM, Act
from floodready.tui.app import FloodreadyApp
from floodready.tui.screens.dialog import Confirm, Notice
from floodready.tui.screens.drills.drill import DrillScreen
from floodready.tui.screens.drills.evaluation import EvaluationScreen
from floodready.tui.screens.drills.materials import MaterialsScreen
from floodready.tui.screens.drills.obligations import ObligationsScreen
from floodready.tui.screens.drills.papers import PapersScreen
from floodready.tui.screens.drills.quick_line import QuickLine
from floodready.tui.screens.drills.run import RunScreen
from floodready.tui.screens.form import Form
from floodready.tui.widgets.virtual_table import VirtualTable
from floodready.tui.widgets.words import Words
from tests.drills.conftest import ZONE, DutyRoom
from tests.drills.scenes import at, inject, observation
from tests.tui.conftest import press, settle, text


@pytest.fixture
def app(room: DutyRoom) -> FloodreadyApp:
    sign_in(room, "P1")
    made = FloodreadyApp(room.store, clock=room.clock, zone=ZONE, terminal="T1")
    made.animation_level = "none"
    return made


def sign_in(room: DutyRoom, person: str) -> None:
    with room.store.transaction(Act(person=SYSTEM, terminal="T1"), "sign in") as tx:
        tx.put(Terminal(id="T1", person=person, since_at=tx.now))


def table(app: FloodreadyApp, id: str) -> VirtualTable[Any]:
    return app.screen.query_one(id, VirtualTable)


def said(app: FloodreadyApp, id: str) -> str:
    return "\n".join(str(sentence) for sentence in app.screen.query_one(id, Words).said)


async def test_the_year_shows_what_is_owed_and_plans_it(room: DutyRoom, app: FloodreadyApp) -> None:
    cadence = Cadence(anchor_on=date(2026, 6, 1), months=6)
    commands.oblige(room.store, room.act(), unit="U1", plan="Dam", cadence=cadence, source="art. 8", zone=ZONE)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "5")
        assert table(app, "#year").row_count == 1
        assert table(app, "#rows").row_count == 2
        await press(pilot, "p")
        await press(pilot, "tab", "enter")
    assert room.store.count(Drill) == 2


async def test_a_drill_planned_from_the_list_of_units_meets_what_its_plan_is_owed_for(
    room: DutyRoom, app: FloodreadyApp
) -> None:
    cadence = Cadence(anchor_on=date(2026, 11, 1), months=12)
    commands.oblige(room.store, room.act(), unit="U1", plan="Dam", cadence=cadence, source="art. 8", zone=ZONE)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settle(pilot)
        await press(pilot, "5", "n")
        await press(pilot, "enter", *"Dam", "enter", *"Night", "enter", *"2026-10-20 14:00", "ctrl+s")
        assert "is planned for what is due on 2026-11-01" in " ".join(text(app).split())
        assert table(app, "#rows").row_count == 1


async def test_in_the_past_neither_a_year_is_planned_nor_a_line_taken(room: DutyRoom, app: FloodreadyApp) -> None:
    cadence = Cadence(anchor_on=date(2026, 6, 1), months=6)
    commands.oblige(room.store, room.act(), unit="U1", plan="Dam", cadence=cadence, source="art. 8", zone=ZONE)
    made = room.planned(0)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.show_as_of(room.clock.now())
        await press(pilot, "5", "p")
        assert "F5 comes back to now" in text(app)
        await press(pilot, "escape")
        app.push_screen(DrillScreen(made.id))
        await press(pilot, "a", *"1: W1 > all = go", "enter")
        assert "F5 comes back to now" in text(app)
        await press(pilot, "escape")
        assert app.screen.query_one(QuickLine).value == "1: W1 > all = go"
    assert list(reading.script(room.store, made.id)) == []


async def test_lines_are_typed_one_after_the_other_and_none_is_lost(room: DutyRoom, app: FloodreadyApp) -> None:
    made = room.planned(0)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.push_screen(DrillScreen(made.id))
        await settle(pilot)
        await press(pilot, "a")
        for number in range(4):
            await press(pilot, *f"{number + 1}: W{number} > all = go".replace(" ", "\n").replace("\n", " "), "enter")
        assert table(app, "#injects").row_count == 4
    lines = injects.in_order(reading.script(room.store, made.id))
    assert [(line.offset, line.text, line.recipient, line.expected) for line in lines] == [
        (60 * (number + 1), f"W{number}", "all", "go") for number in range(4)
    ]


async def test_a_script_is_reordered_and_shifted_by_single_keys(room: DutyRoom, app: FloodreadyApp) -> None:
    made = room.planned(3)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.push_screen(DrillScreen(made.id))
        await settle(pilot)
        await press(pilot, "greater_than_sign")
        await press(pilot, "plus")
    lines = injects.in_order(reading.script(room.store, made.id))
    assert [(line.number, line.offset) for line in lines] == [(2, 0), (1, 660), (3, 1260)]


async def test_a_drill_is_run_from_the_screen(room: DutyRoom, app: FloodreadyApp) -> None:
    made = room.planned(2)
    room.at(0)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.push_screen(RunScreen(made.id))
        await settle(pilot)
        assert "not started" in said(app, "#state")
        await press(pilot, "p")
        assert "NOW  1" in said(app, "#next")
        room.at(1)
        await press(pilot, "space")
        assert "NEXT  2  in 0:09:00" in said(app, "#next")
        await press(pilot, "d", "p")
        assert "the clock has been stopped" in said(app, "#state")
        room.at(11)
        screen = cast(RunScreen, app.screen)
        screen.tick()
        assert "NEXT  2  in 0:09:00" in said(app, "#next")
    run = reading.latest_run(room.store, made.id)
    assert run is not None
    assert [d.status for d in reading.deliveries(room.store, run)] == [InjectStatus.DONE]
    assert room.store.count(Delivery) == 1


async def test_an_observation_is_written_in_the_run(room: DutyRoom, app: FloodreadyApp) -> None:
    made = room.running(2)
    async with app.run_test(size=(80, 30)) as pilot:
        await settle(pilot)
        app.push_screen(RunScreen(made.id))
        await settle(pilot)
        await press(pilot, "o")
        await press(pilot, *"Slow", "tab", *"S perf", "ctrl+s")
    (seen,) = room.store.all(Observation)
    assert (seen.text, seen.rating, seen.objective) == ("Slow", "S", "warn")


async def test_the_evaluation_names_what_is_missing_and_the_papers_open(room: DutyRoom, app: FloodreadyApp) -> None:
    made = room.running(1)
    weak = observation("new", drill=made.id, run="-", finding=Finding.WEAKNESS, text="Wrong channel")
    commands.observe(room.store, room.act("P2"), observation=weak, inject=1)
    commands.finish_run(room.store, room.act(), drill=made.id)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.push_screen(EvaluationScreen(made.id))
        await settle(pilot)
        assert "the evaluation is not written" in said(app, "#missing")
        await press(pilot, "enter")
        await press(pilot, *"New list", "tab", *"Zhao", "tab", *"2026-06-01", "enter")
        assert "no corrective action" not in said(app, "#missing")
        await press(pilot, "p")
        assert isinstance(app.screen, PapersScreen)
        assert "Wrong channel" in said(app, "#paper")
        await press(pilot, "right_square_bracket", "】")
        assert "Players' handout" in said(app, "#paper")
        assert "Event 1" not in said(app, "#paper")


async def test_two_hundred_injects_open_and_run(room: DutyRoom, app: FloodreadyApp) -> None:
    made = room.planned(0)
    with room.store.transaction(room.act(), "many") as tx:
        for number in range(1, 201):
            tx.add(inject(number, number, id=f"I9{number}", drill=made.id))
    room.at(0)
    commands.start_run(room.store, room.act(), drill=made.id)
    async with app.run_test(size=(140, 40)) as pilot:
        await settle(pilot)
        app.push_screen(RunScreen(made.id))
        await settle(pilot)
        assert table(app, "#script").row_count == 200
        room.clock.instant = at(3)
        await press(pilot, "space", "space", "space")
        assert "NEXT  4" in said(app, "#next")


async def test_a_line_of_the_script_that_is_refused_can_be_mended(room: DutyRoom, app: FloodreadyApp) -> None:
    made = room.planned(0)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.push_screen(DrillScreen(made.id))
        await settle(pilot)
        await press(pilot, "a", *"> all", "enter")
        line = app.screen.query_one(QuickLine)
        assert line.value == "> all"
        await press(pilot, "ctrl+u", *"300 people", "enter")
        assert line.value == "300 people", "a number that may be a minute is asked about, not guessed at"
        assert [told.message[:23] for told in app._notifications] == ["Is “300” a time, or par"]
        line.value = "10: water rises"
        app.room.person = "nobody"
        await press(pilot, "enter")
        assert line.value == "10: water rises"
    assert not reading.script(room.store, made.id)


async def test_two_hundred_injects_are_edited(room: DutyRoom, app: FloodreadyApp) -> None:
    made = room.planned(0)
    with room.store.transaction(room.act(), "many") as tx:
        for number in range(1, 201):
            tx.add(inject(number, number, id=f"I9{number}", drill=made.id))
    async with app.run_test(size=(140, 40)) as pilot:
        await settle(pilot)
        app.push_screen(DrillScreen(made.id))
        await settle(pilot)
        assert table(app, "#injects").row_count == 200
        await press(pilot, "a", *"300: last > all", "enter", "escape")
        table(app, "#injects").focus()
        await press(pilot, "end", "less_than_sign", "less_than_sign", "minus", "home", "down", "plus", "x")
        assert table(app, "#injects").row_count == 200
    lines = injects.in_order(reading.script(room.store, made.id))
    assert [line.number for line in lines[:3]] == [1, 3, 4]
    assert [line.offset for line in lines[:3]] == [60, 240, 300]
    assert [(line.text, line.offset) for line in lines[-3:]] == [
        ("last", 11940),
        ("Event 199", 12000),
        ("Event 200", 18000),
    ]


async def test_materials_are_named_issued_and_brought_back_by_keys(room: DutyRoom, app: FloodreadyApp) -> None:
    setup = Act(person=SYSTEM, terminal="T1")
    with room.store.transaction(setup, "setup") as tx:
        tx.add(Item(id="bag", name="Bag", unit="条"))
        tx.add(Place(id="W1", name="East store", unit="U1"))
    receive_stock(room.store, Act(person=SYSTEM, terminal="T1"), zone=ZONE, item="bag", place="W1", quantity=500)
    sign_in(room, "P2")
    with room.store.transaction(Act(person=SYSTEM, terminal="T1"), "roles") as tx:
        officer = tx.get(Person, "P2")
        assert officer is not None
        tx.put(replace(officer, roles=(StaffRole.DUTY_OFFICER, StaffRole.PLANNER)))
    made = room.planned(1)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.push_screen(DrillScreen(made.id))
        await settle(pilot)
        await press(pilot, "m")
        await press(pilot, "n")
        await press(pilot, *"Bag", "tab", *"East", "tab", "0", "enter")
        assert "must be 1 or more" in said(app, "#field-quantity .field--told")
        await press(pilot, "ctrl+u", *"2*50+1", "enter")
        await press(pilot, "m")
        assert str(cast(MaterialsScreen, app.screen).facts.rows[0].state) == "reserved"  # type: ignore[union-attr] # the facts were read
        await press(pilot, "i")
        await press(pilot, "b")
        await press(pilot, *"100", "tab", "tab", "tab", *"1", "ctrl+s")
        assert str(cast(MaterialsScreen, app.screen).facts.rows[0].state) == "accounted for"  # type: ignore[union-attr] # the facts were read
    balances = room.store.projection(Balances).by_place
    assert sum(balances["W1"].values()) == 499


async def test_a_person_changes_roles_and_leaves_the_drill_by_keys(room: DutyRoom, app: FloodreadyApp) -> None:
    made = room.planned(0)
    with room.store.transaction(room.act(), "they leave") as tx:
        tx.change(made, participants=tuple(replace(one, post="gate 3") for one in made.participants))
        tx.change(cast(Person, tx.get(Person, "P2")), active=False)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.push_screen(DrillScreen(made.id))
        await settle(pilot)
        assert "With: director: Li Min, evaluator: Wang Fang, Zhao Lei, player: Chen Jie" in said(app, "#head")
        for person, role in (("Wang", "no more"), ("Zhao", "control")):
            await pilot.press("w")
            await settle(pilot)
            await pilot.press(*person, "tab", *role, "ctrl+s")
            await settle(pilot)
        assert "With: director: Li Min, controller: Zhao Lei, player: Chen Jie" in said(app, "#head")
        await pilot.press("w")
        await settle(pilot)
        await pilot.press(*"Sun", "tab", *"no more", "ctrl+s")
        await settle(pilot)
        assert isinstance(app.screen, Form)
    found = reading.the_drill(room.store, made.id).participants
    assert [one.post for one in found] == ["gate 3"] * 3, "another role takes no post away that nobody was asked about"


async def test_a_line_typed_halfway_is_left_only_after_asking(room: DutyRoom, app: FloodreadyApp) -> None:
    made = room.planned(0)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.push_screen(DrillScreen(made.id))
        await settle(pilot)
        await pilot.press("a", *"25:99 dike", "enter")
        await settle(pilot)
        line = app.screen.query_one(QuickLine)
        assert line.value == "25:99 dike"
        await pilot.press("escape", "escape")
        await settle(pilot)
        assert isinstance(app.screen, Confirm)
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, DrillScreen)
        assert line.value == "25:99 dike"
        await pilot.press("escape", "escape", "right", "enter")
        await settle(pilot)
        assert not isinstance(app.screen, DrillScreen)


async def test_a_drill_that_is_over_opens_no_form_to_type_into_for_nothing(room: DutyRoom, app: FloodreadyApp) -> None:
    made = room.running(1)
    commands.finish_run(room.store, room.act(), drill=made.id)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.push_screen(DrillScreen(made.id))
        await settle(pilot)
        for key, why in (("enter", "is over; its script"), ("a", "is over; its script"), ("d", "its plan stands")):
            await pilot.press(key)
            await settle(pilot)
            assert isinstance(app.screen, Notice), key
            assert why in said(app, "#notice")
            await pilot.press("escape")
            await settle(pilot)


async def test_a_jump_of_the_scenario_is_set_in_the_script_and_told_in_the_run(
    room: DutyRoom, app: FloodreadyApp
) -> None:
    made = room.planned(2)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.push_screen(DrillScreen(made.id))
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        await pilot.press("tab", *"2026-05-13 06:00", "ctrl+s")
        await settle(pilot)
        commands.approve_injects(room.store, room.act("P9"), drill=made.id)
        room.at(0)
        commands.start_run(room.store, room.act(), drill=made.id)
        app.push_screen(RunScreen(made.id))
        await settle(pilot)
        assert "scenario 2026-05-13 06:00" in said(app, "#next")
        commands.release_inject(room.store, room.act(), drill=made.id, number=1)
        await settle(pilot)
        app.push_screen(RunScreen(made.id))
        await settle(pilot)
        assert "scenario 2026-05-13 06:10" in said(app, "#next")
        await pilot.press("v")
        await settle(pilot)
        assert isinstance(app.screen, EvaluationScreen)


async def test_an_obligation_entered_by_mistake_is_withdrawn_by_keys(room: DutyRoom, app: FloodreadyApp) -> None:
    cadence = Cadence(anchor_on=date(2026, 6, 1), months=6)
    commands.oblige(room.store, room.act(), unit="U1", plan="Dam", cadence=cadence, source="art. 8", zone=ZONE)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.push_screen(ObligationsScreen())
        await settle(pilot)
        await pilot.press("x")
        await settle(pilot)
        await pilot.press("ctrl+s")
        await settle(pilot)
        assert "takes away what was owed" in said(app, "#field-reason .field--told")
        await pilot.press(*"wrong unit", "ctrl+s")
        await settle(pilot)
        assert table(app, "#obligations").row_count == 0


async def test_before_the_clock_runs_each_key_of_the_run_says_what_starts_it(
    room: DutyRoom, app: FloodreadyApp
) -> None:
    made = room.planned()
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.push_screen(RunScreen(made.id))
        await settle(pilot)
        for key in ("space", "d", "m", "f"):
            await press(pilot, key)
            told = [notice.message for notice in app._notifications]
            assert told[-1] == "The clock does not run yet. Press p to start it.", key
            app.clear_notifications()


async def test_the_keys_help_names_no_key_of_an_input_method(app: FloodreadyApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "5", "question_mark")
        assert "Show the year before." in text(app)
        assert "lenticular" not in text(app)


async def test_who_does_not_evaluate_is_told_before_anything_is_typed(room: DutyRoom, app: FloodreadyApp) -> None:
    made = room.running(participants=())
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.push_screen(RunScreen(made.id))
        await settle(pilot)
        await press(pilot, "o")
        assert isinstance(app.screen, Notice)
        told = " ".join(text(app).split())
        assert "Li Min does not evaluate Dike breach at Liu village. Add them to its evaluators." in told


async def test_a_drill_names_its_next_step_and_a_strength_is_read_out_whole(room: DutyRoom, app: FloodreadyApp) -> None:
    made = room.planned(1)
    commands.add_inject(room.store, room.act(), inject=inject(2, 20, drill=made.id, approver=None))
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.push_screen(DrillScreen(made.id))
        await settle(pilot)
        assert "1 line waits for another than its author to approve it: y" in text(app)
        commands.approve_injects(room.store, room.act("P9"), drill=made.id)
        room.at(0)
        commands.start_run(room.store, room.act(), drill=made.id)
        strong = observation("new", drill=made.id, run="-", text="Warned in four minutes", root_cause="drilled monthly")
        commands.observe(room.store, room.act("P2"), observation=strong, inject=1)
        commands.finish_run(room.store, room.act(), drill=made.id)
        app.screen.read_anew()  # type: ignore[attr-defined] # the drill's screen
        await settle(pilot)
        assert "Next: its evaluation, v" in text(app)
        await press(pilot, "v", "enter")
        assert isinstance(app.screen, Notice)
        for told in ("Warned in four minutes", "Evaluator: Wang Fang", "Root cause: drilled monthly"):
            assert told in text(app)
