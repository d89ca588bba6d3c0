"""The laws of readiness over random stores and random lines."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from floodready.clock import FixedClock, start_of
from floodready.drills.models import Cadence, Obligation
from floodready.language import say, verbatim
from floodready.materials import commands as stock
from floodready.materials.models import Holder, Item, Life, Place
from floodready.materials.models_equipment import QuotaRow, QuotaTable
from floodready.materials.projections import Balances
from floodready.organisation.models import Chain, Person, Phone, Unit, Works, WorksKind
from floodready.readiness.assembly import answer, gather, parents, readiness
from floodready.readiness.cover import Figure, Words, cover_signals
from floodready.readiness.evidence import Limits, ageing
from floodready.readiness.forecast import forecast
from floodready.readiness.line import BEGINNING, Capability, Colour, Importance, Kind, Line, status_of
from floodready.readiness.outlook import cells, outlook
from floodready.readiness.tree import branches, tree_of
from floodready.readiness.unit_stock import Holding, UnitStock
from floodready.rectification.models import Finding
from floodready.rectification.states import Grade, Source, State
from floodready.season.commands import reading_id
from floodready.season.models import Mark, Reading, Season, Station, StationKind, Threshold
from floodready.store.contract import SYSTEM, Act
from floodready.store.journal_store import JournalStore
from tests.materials.conftest import NINE, ZONE
from tests.readiness.test_evidence import IN_SEASON, OUT_OF_SEASON
from tests.readiness.test_rollup import INSTANTS, NOW, PARENTS, lines

TODAY = NINE.astimezone(ZONE).date()
DAYS = st.integers(-60, 120).map(lambda days: TODAY + timedelta(days))


@dataclass(frozen=True, slots=True)
class Office:
    """What a random store holds."""

    season: tuple[date, date]
    lots: list[tuple[int, date]]
    need: int
    read_hours_ago: int | None
    reading: int
    deadlines: list[tuple[date, bool]]
    phone_on: date
    owed_from: date


OFFICES = st.builds(
    Office,
    season=st.tuples(DAYS, st.integers(10, 120)).map(lambda drawn: (drawn[0], drawn[0] + timedelta(drawn[1]))),
    lots=st.lists(st.tuples(st.integers(1, 80), st.integers(1, 90).map(lambda n: TODAY + timedelta(n))), max_size=3),
    need=st.integers(0, 120),
    read_hours_ago=st.none() | st.integers(0, 72),
    reading=st.integers(1000, 9000),
    deadlines=st.lists(st.tuples(DAYS, st.booleans()), max_size=3),
    phone_on=st.integers(0, 400).map(lambda days: TODAY - timedelta(days)),
    owed_from=DAYS,
)


def filled(folder: Path, office: Office) -> JournalStore:
    """Make a store of an office on disk; the clock stands at NINE."""
    store = JournalStore.create(folder, clock=FixedClock(NINE))
    with store.transaction(Act(person=SYSTEM, terminal="T1"), "demo.build") as tx:
        tx.put(Unit(id="HQ", name="Anlan headquarters"))
        tx.put(Unit(id="DIKE", name="Dike office", parent="HQ"))
        phone = Phone(number="139 0000 0001", verified_on=office.phone_on)
        tx.put(Person(id="li", name="Li Wei", unit="HQ", phones=(phone,)))
        tx.put(Chain(id="HQ", responsible="li"))
        tx.put(Season(id="S", name="flood", unit="HQ", starts_on=office.season[0], ends_on=office.season[1]))
        marks = (Threshold(mark=Mark.IV, value=4_000_000),)
        tx.put(Station(id="hyk", name="hyk", unit="HQ", kind=StationKind.DISCHARGE, thresholds=marks))
        if office.read_hours_ago is not None:
            at = NINE - timedelta(hours=office.read_hours_ago)
            value = office.reading * 1000
            tx.put(Reading(id=reading_id("hyk", at), station="hyk", measured_at=at, value=value, recorded_at=at))
        cadence = Cadence(months=3, anchor_on=office.owed_from)
        tx.put(Obligation(id="O", unit="HQ", plan="flood plan", cadence=cadence, source="s",
                          applies_from=office.owed_from))  # fmt: skip
        for place, (day, major) in enumerate(office.deadlines):
            tx.put(Finding(id=f"F{place}", unit="DIKE", source=Source.PATROL, found_on=date(2026, 1, 5),
                           opened_at=NINE, opened_by="li", found_by="li", description="seepage", state=State.ASSIGNED,
                           grade=Grade.MAJOR if major else Grade.GENERAL, responsible="li",
                           deadline_on=day))  # fmt: skip
        tx.put(Works(id="W", name="dike", unit="HQ", kind=WorksKind.DIKE, grade="2", size=1))
        tx.put(Place(id="EAST", name="East", unit="HQ", reach_hours=1))
        tx.put(Item(id="BAG", name="bag", unit="条"))
        row = QuotaRow(works_kind="dike", grade="2", item="BAG", base=str(office.need))
        tx.put(QuotaTable(id="Q", name="t", source="test", clause="—", in_force_on=date(2026, 1, 1), rows=(row,)))
        for quantity, until in office.lots:
            stock.receive_stock.within(tx, zone=ZONE, item="BAG", place="EAST", quantity=quantity, life=Life.DATED,
                                       usable_until=until)  # fmt: skip
    return store


@settings(max_examples=12)
@given(OFFICES, st.lists(st.integers(1, 110), min_size=2, max_size=4))
def test_the_forecast_of_a_day_is_the_status_of_that_day_if_nothing_is_done(office: Office, ahead: list[int]) -> None:
    with TemporaryDirectory() as folder, filled(Path(folder) / "store", office) as store:
        today = gather(store, NINE, ZONE)
        days = {day.on: day.colour for day in forecast(today, NINE, TODAY + timedelta(max(ahead)), ZONE)}
        assert days[TODAY] is readiness(store, NINE, ZONE).colour
        for number in ahead:
            on = TODAY + timedelta(number)
            at = start_of(on, ZONE)
            of_today = {line.id: status_of(line, at).colour for line in today}
            assert of_today == {line.id: status_of(line, at).colour for line in gather(store, at, ZONE)}
            assert days[on] is readiness(store, at, ZONE).colour


@settings(max_examples=6)
@given(OFFICES)
def test_the_same_store_and_clock_give_the_same_text_and_every_line_not_green_an_act(office: Office) -> None:
    with TemporaryDirectory() as folder:
        with filled(Path(folder) / "store", office) as store:
            first = readiness(store, NINE, ZONE)
            tree = [str(row) for row in branches(tree_of(store, first), all_lines=True)]
            ahead = outlook(store, NINE, ZONE)
        with JournalStore.open(Path(folder) / "store", clock=FixedClock(NINE)) as store:
            again = readiness(store, NINE, ZONE)
            assert str(first.headline) == str(again.headline)
            assert tree == [str(row) for row in branches(tree_of(store, again), all_lines=True)]
            assert ahead == outlook(store, NINE, ZONE)
    for status in first.wrong:
        assert status.act is not None
        assert str(status.act)
    for turn in ahead.turns:
        assert turn.status.colour is Colour.GREEN or turn.status.act is not None


WORDS = Words(
    unknown=lambda _: verbatim("no need"),
    cover=lambda figure: say("{usable} usable", usable=figure.usable),
    set_need=lambda _: say("set"),
    replenish=lambda *_: say("replenish"),
    receive=lambda _: say("receive"),
    on_the_way=lambda _: say("coming"),
)
BAGS = Line(
    id="bags",
    unit="city",
    capability=Capability.HOLD,
    importance=Importance.A,
    kind=Kind.STOCK,
    subject=verbatim("bags"),
)
HOLDINGS = st.lists(st.tuples(st.integers(0, 60), st.none() | st.integers(1, 50)), max_size=4)


def stocked(holdings: list[tuple[int, int | None]], need: int, importance: Importance) -> Line:
    """Make a line of holdings, each of so many pieces until it expires in so many days."""
    held = tuple(
        Holding(item="BAG", holder=Holder.OWN, quantity=quantity, since=BEGINNING,
                until=None if days is None else NOW + timedelta(days))
        for quantity, days in holdings
    )  # fmt: skip
    has = UnitStock(unit="HQ", places=frozenset(), balances=Balances(), holdings=held, short=frozenset(),
                    coming={}, needed=(),
                    limits=Limits(in_season=IN_SEASON, out_of_season=OUT_OF_SEASON, seasons=()))  # fmt: skip
    figures = [
        Figure(since=edge, usable=has.usable_of_all(edge).get("BAG", 0), need=need, by_holder={})
        for edge in has.edges(["BAG"])
    ]
    return replace(BAGS, importance=importance, signals=tuple(cover_signals(figures, importance, WORDS)))


@given(HOLDINGS, st.integers(0, 150), st.integers(0, 3), st.integers(1, 60), st.sampled_from(Importance), INSTANTS)
def test_more_usable_stock_never_worsens_a_colour(
    holdings: list[tuple[int, int | None]], need: int, place: int, more: int, importance: Importance, at: datetime
) -> None:
    grown = [*holdings, (more, None)]
    if place < len(holdings):
        grown = [(n + more * (index == place), days) for index, (n, days) in enumerate(holdings)]
    before, after = stocked(holdings, need, importance), stocked(grown, need, importance)
    assert status_of(after, at).colour.severity <= status_of(before, at).colour.severity


@given(HOLDINGS, st.integers(0, 150), st.data(), st.sampled_from(Importance), INSTANTS)
def test_a_lot_split_in_two_halves_changes_nothing(
    holdings: list[tuple[int, int | None]], need: int, data: st.DataObject, importance: Importance, at: datetime
) -> None:
    halves = []
    for quantity, days in holdings:
        part = data.draw(st.integers(0, quantity))
        halves += [(part, days), (quantity - part, days)]
    whole, split = stocked(holdings, need, importance), stocked(halves, need, importance)
    assert status_of(whole, at).cause == status_of(split, at).cause
    assert status_of(whole, at).colour is status_of(split, at).colour


@given(st.lists(lines(), min_size=1, max_size=6), INSTANTS, st.data())
def test_a_line_split_in_two_halves_changes_nothing(found: list[Line], at: datetime, data: st.DataObject) -> None:
    cut = found[data.draw(st.integers(0, len(found) - 1))]
    place = data.draw(st.integers(0, len(cut.signals)))
    halves = [replace(cut, signals=cut.signals[:place]), replace(cut, signals=cut.signals[place:])]
    split = [*(line for line in found if line is not cut), *halves]
    whole, parts = answer(found, at, PARENTS), answer(split, at, PARENTS)
    assert whole.colour is parts.colour
    assert str(whole.counts) == str(parts.counts)
    assert [unit.colour for unit in whole.units] == [unit.colour for unit in parts.units]


@given(st.integers(0, 300), st.integers(0, 200), DAYS, st.sampled_from(Importance), DAYS)
def test_ageing_evidence_never_improves_a_colour(
    older: int, age: int, on: date, importance: Importance, starts: date
) -> None:
    limits = Limits(in_season=IN_SEASON, out_of_season=OUT_OF_SEASON, seasons=((starts, starts + timedelta(60)),))

    def colour(last_on: date) -> Colour:
        text = verbatim("x")
        signals = tuple(ageing(last_on, importance, limits, ZONE, doubted=text, lost=text, act=text))
        return status_of(replace(BAGS, signals=signals), start_of(on, ZONE)).colour

    fresh = colour(on - timedelta(age))
    assert colour(on - timedelta(age + older)).severity >= fresh.severity


@given(st.integers(0, 400), st.integers(1, 160))
def test_the_strip_has_every_day_once_in_as_many_cells_as_fit(number: int, width: int) -> None:
    days = forecast([], NOW, TODAY + timedelta(number), ZONE)
    strip = cells(days, width)
    assert len(strip) <= width
    covered = [cell.first + timedelta(n) for cell in strip for n in range((cell.last - cell.first).days + 1)]
    assert covered == [day.on for day in days]


def test_parents_of_a_store_without_units_are_none(tmp_path: Path) -> None:
    with JournalStore.create(tmp_path / "store", clock=FixedClock(NINE)) as store:
        assert parents(store) == {}
        assert outlook(store, NINE, ZONE).first_worse is None
