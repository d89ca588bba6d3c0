"""What the screens of rectification look like at 80×24 and 140×40, over one store that is built once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from floodready.clock import FixedClock
from floodready.exchange.hazard_criteria import read_criteria
from floodready.organisation.models import Terminal
from floodready.rectification import commands
from floodready.rectification.models import Finding, Measure
from floodready.rectification.models_campaign import Campaign, Milestone, Stage, StageKind
from floodready.rectification.states import Grade, Source, State
from floodready.store.contract import SYSTEM, Act
from floodready.store.journal_store import JournalStore
from floodready.tui.app import FloodreadyApp
from floodready.tui.screens.pillar_screen import AnyPillarScreen
from floodready.tui.screens.rectification.campaign import CampaignScreen
from floodready.tui.screens.rectification.campaigns import CampaignsScreen
from floodready.tui.screens.rectification.criteria import CriteriaScreen
from floodready.tui.screens.rectification.evidence import EvidenceScreen
from floodready.tui.screens.rectification.incidents import IncidentsScreen
from floodready.tui.screens.rectification.ledger_import import LedgerImportScreen
from floodready.tui.screens.rectification.record import RecordScreen
from floodready.tui.screens.rectification.records import RectificationScreen
from floodready.tui.screens.rectification.state_board import StateBoardScreen
from floodready.tui.screens.rectification.statistics import StatisticsScreen
from floodready.tui.screens.rectification.who_knew import WhoKnewScreen
from floodready.tui.widgets.key_line import fits
from tests.rectification.conftest import DEADLINE, START, TODAY, ZONE, Office, fill
from tests.rectification.test_ledger import DIRTY
from tests.tui.conftest import press, settle
from tests.tui.frames import SMALL, Svg, at_each_size, drawn

CRITERIA = Path(__file__).parents[2] / "floodready" / "demo" / "data" / "hazard-criteria.json"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    clock = FixedClock(START)
    with JournalStore.create(tmp_path_factory.mktemp("frames") / "store", clock=clock) as store:
        fill(store)
        made = Office(store, clock)
        _happen(made)
        yield made


def _happen(office: Office) -> None:
    store, leader = office.store, office.act("leader")
    commands.put_criteria(store, office.act("leader"), criteria=read_criteria(CRITERIA.read_bytes()))
    spans = {StageKind.MOBILISE: ("2026-02-01", "2026-02-28"), StageKind.SELF_CHECK: ("2026-03-01", "2026-05-31")}
    campaign = Campaign(
        id="2026-1", name="Special action", units=("County", "City"), scope="dikes, sluices, reservoirs",
        stages=tuple(Stage(kind=kind, starts_on=date.fromisoformat(first), ends_on=date.fromisoformat(last))
                     for kind, (first, last) in spans.items()),
        responsibility=("each unit's head answers first",), measures=("repair before the season",),
        milestones=(Milestone(name="lists complete", due_on=date(2026, 2, 20)),), source="Order 7",
    )  # fmt: skip
    commands.open_campaign(store, leader, campaign=campaign)
    texts = ["Seepage at the toe of the dike", "Rusted hoist of the sluice", "堤脚渗水", "Crack in the dam"]
    for place, state in enumerate((State.FOUND, State.GRADED, State.ASSIGNED, State.RECTIFYING, State.CLOSED)):
        grade = Grade.MAJOR if state is State.RECTIFYING else Grade.GENERAL
        office.brought_to(state, grade, description=texts[place % 4], place=f"K{place}+200", campaign="2026-1",
                          source=list(Source)[place])  # fmt: skip
    major = next(one for one in store.all(Finding) if one.grade is Grade.MAJOR)
    commands.list_up(store, office.act("city-leader"), finding=major.id, zone=ZONE)
    commands.submit(store, office.act("rectifier"), finding=major.id, result="grouted")
    commands.reject(store, office.act("city-planner"), finding=major.id, conclusion="still wet")
    owners = dict.fromkeys(Measure, "rectifier")
    commands.open_order(
        store, office.act("leader"), unit="County", meeting="Video meeting", ordered_on=TODAY, required_on=DEADLINE,
        owners=owners, descriptions={one: str(one.order) for one in Measure}, campaign="2026-1",
    )  # fmt: skip
    for finding in (None, major.id):
        commands.record_incident(store, office.act("leader"), unit="County", happened_at=START, description="Breach",
                                 finding=finding)  # fmt: skip
    with store.transaction(Act(person=SYSTEM, terminal="T1"), "sign in") as tx:
        tx.put(Terminal(id="T1", person="leader", since_at=tx.now))


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("ledger") / "old.csv"
    file.write_text(DIRTY, encoding="utf-8")
    return file


def _major(office: Office) -> str:
    return next(one.id for one in office.store.all(Finding) if one.grade is Grade.MAJOR)


SCREENS: dict[str, Callable[[Office, Path], AnyPillarScreen]] = {
    "records": lambda _office, _ledger: RectificationScreen(),
    "record": lambda office, _ledger: RecordScreen(_major(office)),
    "board": lambda _office, _ledger: StateBoardScreen(),
    "campaigns": lambda _office, _ledger: CampaignsScreen(),
    "campaign": lambda _office, _ledger: CampaignScreen("2026-1"),
    "criteria": lambda _office, _ledger: CriteriaScreen("County-2026-0001"),
    "evidence": lambda _office, _ledger: EvidenceScreen(),
    "incidents": lambda _office, _ledger: IncidentsScreen(),
    "who-knew": lambda office, _ledger: WhoKnewScreen(_major(office)),
    "statistics": lambda _office, _ledger: StatisticsScreen(TODAY),
    "import": lambda _office, ledger: LedgerImportScreen(Path(ledger), "County"),
}


@pytest.fixture
def app(office: Office) -> FloodreadyApp:
    made = FloodreadyApp(office.store, clock=office.clock, zone=ZONE, terminal="T1")
    made.animation_level = "none"
    return made


@pytest.fixture
def frame(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    return snapshot.use_extension(Svg)


@pytest.mark.parametrize("name", SCREENS)
async def test_screen(app: FloodreadyApp, office: Office, ledger: Path, frame: SnapshotAssertion, name: str) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        screen: Any = SCREENS[name](office, ledger)
        app.push_screen(screen)
        await settle(pilot)
        async for size in at_each_size(pilot):
            assert fits(screen)
            assert not [node for node in screen.query("*") if node.display and node.region.right > app.size.width]
            assert drawn(app) == frame(name=size)


@pytest.mark.parametrize(("name", "keys"), [("campaign", "c"), ("board", "n"), ("evidence", "n"), ("incidents", "n")])
async def test_form(
    app: FloodreadyApp, office: Office, ledger: Path, frame: SnapshotAssertion, name: str, keys: str
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.push_screen(SCREENS[name](office, ledger))
        await settle(pilot)
        await press(pilot, *keys)
        assert drawn(app) == frame
