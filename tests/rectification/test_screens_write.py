"""Every part of rectification is written on screens, as a person types; what was typed outlives a refusal."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from textual.pilot import Pilot

from floodready.cli.app import parser
from floodready.organisation.models import Terminal, Works, WorksKind
from floodready.rectification import commands
from floodready.rectification.grading import Criteria
from floodready.rectification.models import Finding, Incident, RectificationSettings
from floodready.rectification.models_campaign import Campaign, Stage, StageKind
from floodready.rectification.states import Grade, State
from floodready.rectification.transitions import MOVES, MoveName, forward_move, legal_moves, move_named
from floodready.store.contract import SYSTEM, Act
from floodready.store.journal_store import JournalStore
from floodready.tui.app import FloodreadyApp
from floodready.tui.screens.form import Form
from floodready.tui.screens.pillar_screen import AnyPillarScreen
from floodready.tui.screens.rectification.campaign import CampaignScreen
from floodready.tui.screens.rectification.campaigns import CampaignsScreen
from floodready.tui.screens.rectification.choices import form_facts
from floodready.tui.screens.rectification.criteria import CriteriaScreen
from floodready.tui.screens.rectification.evidence import EvidenceScreen
from floodready.tui.screens.rectification.forms import _COMMANDS, move_form
from floodready.tui.screens.rectification.incidents import IncidentsScreen
from floodready.tui.screens.rectification.ledger_import import LedgerImportScreen
from floodready.tui.screens.rectification.record import RecordScreen
from floodready.tui.screens.rectification.records import RectificationScreen
from floodready.tui.screens.rectification.state_board import StateBoardScreen
from floodready.tui.screens.rectification.statistics import StatisticsScreen
from floodready.tui.screens.rectification.who_knew import WhoKnewScreen
from floodready.tui.widgets.field import Field
from floodready.tui.widgets.fields import ChoiceField
from floodready.tui.widgets.virtual_table import VirtualTable
from tests.rectification.conftest import DEADLINE, TODAY, ZONE, Office
from tests.rectification.test_deadlines import add
from tests.rectification.test_ledger import GRADED
from tests.rectification.test_snapshots import CRITERIA
from tests.tui.conftest import held_at_each_telling, press, settle, shows, stopped_half_way, text


def app_of(office: Office, person: str = "leader") -> FloodreadyApp:
    with office.store.transaction(Act(person=SYSTEM, terminal="T1"), "sign in") as tx:
        tx.put(Terminal(id="T1", person=person, since_at=tx.now))
    made = FloodreadyApp(office.store, clock=office.clock, zone=ZONE, terminal="T1")
    made.animation_level = "none"
    return made


@pytest.fixture
def app(office: Office) -> FloodreadyApp:
    return app_of(office)


async def show(pilot: Pilot[Any], app: FloodreadyApp, screen: AnyPillarScreen) -> None:
    await settle(pilot)
    app.push_screen(screen)
    await settle(pilot)


async def fill_in(pilot: Pilot[Any], app: FloodreadyApp, **texts: str) -> None:
    """Put texts into the fields of the form in front and confirm it."""
    for name, typed in texts.items():
        app.screen.query_one(f"#field-{name}", Field).text = typed
    await press(pilot, "ctrl+s")


def rows(app: FloodreadyApp, id: str) -> VirtualTable[Any]:
    return app.screen.query_one(id, VirtualTable)


async def test_a_hazard_on_the_dike_takes_four_keys_and_its_text(office: Office, app: FloodreadyApp) -> None:
    """At three keys a second, its text included, it is open well within the 30 s of the design."""
    described, place = "seepage at the dike toe", "K3+200"
    before = ["6", "n"]
    after = ["enter"]
    last = ["ctrl+s"]
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        for key in before:
            await press(pilot, key)
        await press(pilot, *described, *after, *place, *last)
    (made,) = office.store.all(Finding)
    assert (made.description, made.place, made.unit, made.found_by) == (described, place, "County", "leader")
    around = [*before, *after, *last]
    assert len(around) == 4
    assert (len(around) + len(described) + len(place)) / 3 <= 30


async def test_a_major_hazard_is_offered_only_those_that_can_take_it_in(office: Office, app: FloodreadyApp) -> None:
    general, major, record = (
        office.brought_to(State.GRADED, grade) for grade in (Grade.GENERAL, Grade.MAJOR, Grade.MAJOR)
    )
    facts = form_facts(office.store, app.room)

    def offered(of: Finding) -> set[str]:
        (field,) = move_form(app.room, move_named(MoveName.MERGE), of, facts)._fields
        assert isinstance(field, ChoiceField)
        return {id for id, _ in field._options}

    assert offered(record) == {major.id}
    assert offered(general) == {major.id, record.id}


async def test_a_campaign_is_opened_changed_and_followed_by_keys(office: Office, app: FloodreadyApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await show(pilot, app, CampaignsScreen())
        await press(pilot, "n")
        await fill_in(pilot, app, name="Special action", MOBILISE="0201 to 0228", milestones="lists")
        assert shows(app, Form)
        assert "is not a milestone" in text(app)
        await fill_in(pilot, app, milestones="lists complete=0315", SELF_CHECK="0220至0531")
        assert "stages must follow one another" in text(app)
        await fill_in(pilot, app, SELF_CHECK="0301至0531", responsibility="Li answers; Wang follows", measures="grout",
                      scope="dikes", source="Order 7", units="East, City")  # fmt: skip
        assert shows(app, CampaignsScreen)
        (made,) = office.store.all(Campaign)
        assert (made.id, made.units, made.responsibility) == (
            "2026-1",
            ("County", "City"),
            ("Li answers", "Wang follows"),
        )
        assert [stage.ends_on for stage in made.stages] == [date(2026, 2, 28), date(2026, 5, 31)]
        number = office.found().id
        await press(pilot, "enter", "a", "down", "enter")
        assert office.known(Finding, number).campaign == "2026-1"
        await press(pilot, "m", "enter", "enter")
        assert office.known(Campaign, "2026-1").milestones[0].reached_on == TODAY
        await press(pilot, "c")
        await fill_in(pilot, app, name="Special action 2", milestones="lists complete=0315; all closed=0930")
        changed = office.store.get(Campaign, "2026-1")
        assert changed is not None
        assert [one.reached_on for one in changed.milestones] == [TODAY, None]
        assert changed.milestones[1].due_on == date(2026, 9, 30)
        assert changed.responsibility == made.responsibility
        assert shows(app, CampaignScreen)
        assert rows(app, "#progress").row_count == 3
        app.screen.query_one("#records").focus()
        await press(pilot, "x")
        assert office.known(Finding, number).campaign is None
        await press(pilot, "escape", "escape")


async def test_an_incident_is_recorded_linked_and_accounted_for(office: Office, app: FloodreadyApp) -> None:
    made = office.brought_to(State.ASSIGNED)
    office.later(hours=2)
    async with app.run_test(size=(80, 24)) as pilot:
        await show(pilot, app, IncidentsScreen())
        await press(pilot, "n")
        await fill_in(pilot, app, happened_at="2359", description="Breach")
        assert "lie in the future" in text(app)
        assert app.screen.query_one("#field-description", Field).text == "Breach"
        await fill_in(pilot, app, happened_at="1030")
        (incident,) = office.store.all(Incident)
        assert incident.finding is None
        assert "not found" in text(app)
        await press(pilot, "enter")
        assert "was not found" in text(app)
        await press(pilot, "escape", "l")
        await fill_in(pilot, app, finding=made.id)
        assert office.known(Incident, incident.id).finding == made.id
        await press(pilot, "enter")
        assert shows(app, WhoKnewScreen)
        assert rows(app, "#knew").row_count == 4
        await press(pilot, "escape")
        app.push_screen(RecordScreen(made.id))
        await press(pilot, "i")
        await fill_in(pilot, app, happened_at="now", description="Second breach")
    assert {one.finding for one in office.store.all(Incident)} == {made.id}


async def test_statistics_are_turned_through_and_written(office: Office, app: FloodreadyApp, tmp_path: Path) -> None:
    office.brought_to(State.CLOSED)
    async with app.run_test(size=(80, 24)) as pilot:
        await show(pilot, app, StatisticsScreen(TODAY))
        assert rows(app, "#tallies").row_count == 2
        for keys, period in (("]", "2026-03-01 to 2026-03-31"), ("[", "2026-02-01 to 2026-02-28"),
                             ("p", "2026-01-01 to 2026-03-31"), ("[", "2025-10-01 to 2025-12-31"),
                             ("]", "2026-01-01 to 2026-03-31"), ("b", "by Grade")):  # fmt: skip
            await press(pilot, keys)
            assert period in text(app)
        await press(pilot, "x")
        await fill_in(pilot, app, file=str(tmp_path / "no-folder" / "q.xlsx"))
        assert "cannot be written" in text(app)
        await fill_in(pilot, app, file=str(tmp_path / "q.xlsx"))
    written = list(load_workbook(tmp_path / "q.xlsx").worksheets[0].iter_rows(values_only=True))
    assert written[0][:2] == ("2026-01-01", "2026-03-31")


async def test_a_dirty_ledger_is_shown_first_and_written_with_its_grades(
    office: Office, app: FloodreadyApp, tmp_path: Path
) -> None:
    file = tmp_path / "old.csv"
    file.write_text(GRADED, encoding="gb18030")
    async with app.run_test(size=(80, 24)) as pilot:
        await show(pilot, app, RectificationScreen())
        await press(pilot, "I")
        await fill_in(pilot, app, file=str(tmp_path / "nothing.csv"))
        assert shows(app, Form)
        await fill_in(pilot, app, file=str(file))
        assert shows(app, LedgerImportScreen)
        assert "2 grades are taken" in text(app)
        assert not list(office.store.all(Finding))
        await press(pilot, "enter", "escape", "w")
        assert [one.grade for one in office.store.all(Finding)] == [Grade.MAJOR, Grade.GENERAL, None]
        assert "there already" in text(app)
        await press(pilot, "w")
        assert len(list(office.store.all(Finding))) == 3


async def test_a_long_dry_run_of_a_ledger_shows_how_far_it_is_and_stops(
    office: Office, app: FloodreadyApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "old.csv"
    file.write_text("排查时间,隐患描述\n" + "".join(f"2026-03-01,裂缝{n}\n" for n in range(1200)), encoding="utf-8")
    gate = held_at_each_telling(monkeypatch, LedgerImportScreen)
    async with app.run_test(size=(80, 24)) as pilot:
        await show(pilot, app, RectificationScreen())
        await press(pilot, "I", *str(file))
        await stopped_half_way(pilot, "ctrl+s", gate)
        assert shows(app, LedgerImportScreen)
        await press(pilot, "w")
        assert not list(office.store.all(Finding))
        await press(pilot, "r")
        assert "1200 new" in text(app)


async def test_criteria_are_imported_and_help_to_grade_but_a_person_decides(office: Office, app: FloodreadyApp) -> None:
    made = office.found()
    async with app.run_test(size=(80, 24)) as pilot:
        await show(pilot, app, RecordScreen(made.id))
        await press(pilot, "c", "I")
        await fill_in(pilot, app, file=str(CRITERIA))
        assert len(list(office.store.all(Criteria))) == 2
        assert shows(app, CriteriaScreen)
        assert "suggests: general hazard" in text(app)
        await press(pilot, "j", *["space", "j"] * 6)
        await press(pilot, "k")
        assert "suggests: major hazard" in text(app)
        assert office.known(Finding, made.id).grade is None
        await press(pilot, "d", "ctrl+s")
        assert shows(app, RecordScreen)
    graded = office.store.get(Finding, made.id)
    assert graded is not None
    assert (graded.grade, graded.graded_by) == (Grade.MAJOR, "leader")
    assert "3 of 3 basic and 3 of 3 physical" in graded.basis
    assert "list in force" in graded.basis


async def test_an_order_becomes_three_measured_tasks_with_evidence(office: Office, app: FloodreadyApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await show(pilot, app, EvidenceScreen())
        await press(pilot, "n")
        await fill_in(pilot, app, meeting="Video meeting", required_on="0501")
        assert "needs an owner" in text(app)
        await fill_in(pilot, app, DUTY_SYSTEM="Rectifier", DRILLS="Officer", MATERIALS="Checker")
        assert [one.responsible for one in office.store.all(Finding)] == ["rectifier", "officer", "checker"]
        assert rows(app, "#tasks").row_count == 3
        await press(pilot, "enter")
        assert shows(app, RecordScreen)


async def test_the_works_and_the_paper_of_a_hazard_are_named_and_shown(office: Office, app: FloodreadyApp) -> None:
    add(office, Works(id="W1", name="East sluice", unit="County", kind=WorksKind.SLUICE))
    async with app.run_test(size=(80, 24)) as pilot:
        await show(pilot, app, RectificationScreen())
        await press(pilot, "n")
        await fill_in(pilot, app, description="rusted hoist", works="sluice", source_ref="Order 7")
        (made,) = office.store.all(Finding)
        assert (made.works, made.source_ref) == ("W1", "Order 7")
        await press(pilot, "enter")
        assert "East sluice" in text(app)


async def test_where_every_milestone_is_reached_the_screen_says_so(office: Office, app: FloodreadyApp) -> None:
    stage = Stage(kind=StageKind.SELF_CHECK, starts_on=TODAY, ends_on=DEADLINE)
    campaign = Campaign(id="c", name="Special action", units=("County",), stages=(stage,))
    commands.open_campaign(office.store, office.act("planner"), campaign=campaign)
    async with app.run_test(size=(80, 24)) as pilot:
        await show(pilot, app, CampaignScreen("c"))
        await press(pilot, "m")
        assert shows(app, CampaignScreen)
        assert [told.message for told in app._notifications] == ["No milestone is still to be reached. Add one with c."]
        # Left as it stood, nothing is written: the journal keeps changes, not confirmations.
        before = office.store.seq
        await press(pilot, "c", "ctrl+s")
        assert office.store.seq == before


async def test_the_offices_figures_are_set(office: Office, app: FloodreadyApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await show(pilot, app, RectificationScreen())
        await press(pilot, "o")
        assert "= 15 working days before the deadline to ask" in text(app)
        await fill_in(pilot, app, failed_before_escalation="0")
        assert "Failed re-checks" in text(app)
        assert "must be 1 or more" in text(app)
        await fill_in(pilot, app, failed_before_escalation="3", extension_working_days="0")
    held = office.store.get(RectificationSettings, "rectification")
    assert held is not None
    # An office may let an extension be asked up to the last day, as by command.
    assert (held.failed_before_escalation, held.extension_working_days) == (3, 0)


async def test_the_board_by_state_scrolls_its_columns_and_carries_a_record_on(
    office: Office, app: FloodreadyApp
) -> None:
    made = office.brought_to(State.ASSIGNED)
    office.brought_to(State.CLOSED)
    async with app.run_test(size=(80, 24)) as pilot:
        await show(pilot, app, StateBoardScreen())
        shown = [node.id for node in app.screen.query("#columns > Vertical") if node.display]
        assert shown == ["of-graded", "of-assigned", "of-rectifying"]
        assert made.id in text(app)
        await press(pilot, "space", "ctrl+s")
        assert office.known(Finding, made.id).state is State.RECTIFYING
        await press(pilot, "l", "space", *"grouted", "enter")
        assert office.known(Finding, made.id).state is State.SUBMITTED
        await press(pilot, "l", "l", "h", "right", "enter")
        assert shows(app, RecordScreen)
        await press(pilot, "escape", "slash", *"nothing", "enter", "escape", "n")
        assert shows(app, Form)
    wide = app_of(office)
    async with wide.run_test(size=(140, 40)) as pilot:
        await show(pilot, wide, StateBoardScreen())
        assert all(node.display for node in wide.screen.query("#columns > Vertical"))


@pytest.mark.parametrize("word", ["hazard", "task"])
def test_every_move_of_the_table_has_a_form_and_a_word(word: str) -> None:
    assert set(_COMMANDS) == set(MoveName) == {move.name for move in MOVES}
    for move in MOVES:
        if word == "hazard" or move.may_task is not None:
            with pytest.raises(SystemExit) as left:
                parser(word).parse_args([word, move.name.value, "--help"])
            assert left.value.code == 0


async def test_a_major_hazard_goes_through_every_move_on_its_screen(office: Office) -> None:
    """Grade, assign with fixes and plan, submit, reject, extend, list, hand up, escalate, de-list, close, reopen."""
    made = office.found()
    app = app_of(office, "city-leader")
    fixes = {"fix_responsibility": "Li", "fix_measures": "grout", "fix_money": "5000", "fix_time_limit": "May",
             "fix_contingency": "plan 7"}  # fmt: skip
    plan = dict.fromkeys(
        (f"part_{name}" for name in ("goal", "method", "money_and_goods", "people", "time", "safety")), "x"
    )
    steps: list[tuple[MoveName, dict[str, str]]] = [
        (MoveName.GRADE, {"grade": "major", "basis": "item 1"}),
        (MoveName.ASSIGN, {"responsible": "Rectifier", "deadline_on": DEADLINE.isoformat(), "interim": "watch",
                           **fixes, **plan}),
        (MoveName.LIST, {}), (MoveName.DELIST, {}), (MoveName.HAND_UP, {}),
        (MoveName.BEGIN, {}), (MoveName.REPORT_PROGRESS, {"text": "half"}), (MoveName.PROTECT, {"interim": "sandbags"}),
        (MoveName.ESCALATE, {"cause": "silence"}),
    ]  # fmt: skip
    async with app.run_test(size=(80, 24)) as pilot:
        await show(pilot, app, RecordScreen(made.id))
        for name, texts in steps:
            rows(app, "#moves").focus()
            assert rows(app, "#moves").go_to(name.value), name
            await press(pilot, "enter")
            assert shows(app, Form), name
            await fill_in(pilot, app, **texts)
            assert shows(app, RecordScreen), (name, text(app))
    held = office.store.get(Finding, made.id)
    assert held is not None
    assert held.fixes is not None
    assert held.fixes.money == 500_000
    assert (held.held_by, held.interim, len(held.listings), len(held.escalations)) == ("City", "sandbags", 1, 1)
    assert forward_move(held) is next(move for move in legal_moves(held) if move.name is MoveName.SUBMIT)


async def test_what_was_typed_stays_when_another_terminal_moved_the_record_first(
    office: Office, app: FloodreadyApp
) -> None:
    made = office.brought_to(State.RECTIFYING)
    async with app.run_test(size=(80, 24)) as pilot:
        await show(pilot, app, RecordScreen(made.id))
        rows(app, "#moves").go_to("submit")
        await press(pilot, "enter", *"grouted by night")
        with JournalStore.open(office.store.folder, clock=office.clock) as other:
            commands.protect(other, office.act("rectifier"), finding=made.id, interim="pumps")
        await press(pilot, "enter")
        assert shows(app, Form)
        assert app.screen.query_one("#field-result", Field).text == "grouted by night"
        assert "Rectifier changed “County-2026-0001”" in text(app)
    assert office.known(Finding, made.id).state is State.RECTIFYING
