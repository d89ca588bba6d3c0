"""Statistics are what a recount from the journal gives, whatever happened; campaigns count the same way."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from floodready.clock import FixedClock
from floodready.rectification import commands
from floodready.rectification.accountability import cause_of, who_knew
from floodready.rectification.models import Finding, IncidentCause
from floodready.rectification.models_campaign import Campaign, Stage, StageKind
from floodready.rectification.states import Grade, Source, State
from floodready.rectification.statistics import By, Period, month, quarter, table, total
from floodready.rectification.views_campaign import campaign_rows
from floodready.refusal import Refused
from floodready.season.models import Season
from floodready.store.journal_store import JournalStore
from tests.rectification.conftest import DEADLINE, START, TODAY, ZONE, Office, fill
from tests.rectification.test_deadlines import add

STEPS = st.lists(st.tuples(st.integers(0, 7), st.integers(0, 5), st.integers(0, 20)), max_size=25)


def happen(office: Office, step: int, which: int, days: int, made: list[str]) -> None:
    """One thing that may happen in an office; what the rules refuse does not."""
    office.later(days=days)
    day = office.clock.now().date()
    if step == 0 or not made:
        made.append(office.found(found_on=day, source=list(Source)[which]).id)
        return
    id = made[which % len(made)]
    store, act = office.store, office.act("leader")
    moves: list[Any] = [
        lambda: commands.grade(store, act, finding=id, grade=Grade.MAJOR if which % 2 else Grade.GENERAL, basis="x"),
        lambda: office.step(office.store.get(Finding, id), State.ASSIGNED),  # type: ignore[arg-type]
        lambda: commands.begin(store, office.act("rectifier"), finding=id),
        lambda: commands.submit(store, office.act("rectifier"), finding=id, result="done"),
        lambda: office.accept(id),
        lambda: commands.reject(store, act, finding=id, conclusion="no"),
        lambda: commands.merge(store, act, finding=id, into=made[0]),
    ]
    try:
        moves[step - 1]()
    except Refused:
        return


def recounted(store: JournalStore, period: Period) -> dict[str, int]:
    """Count from the journal's own lines, by nothing that the statistics use."""
    last: dict[str, dict[str, Any]] = {}
    for entry in store.entries():
        for change in entry.changes:
            if change.table == "rectification.findings" and change.after is not None:
                last[change.id] = dict(change.after)
    kept = [raw for raw in last.values() if raw.get("state") != "merged"]
    first, end = period.first.isoformat(), period.last.isoformat()
    closed = [raw for raw in kept if first <= raw.get("closed_on", "") <= end]
    return {
        "found": sum(first <= raw["found_on"] <= end for raw in kept),
        "closed": len(closed),
        "open": sum(raw["found_on"] <= end and not raw.get("closed_on", "9") <= end for raw in kept),
        "days": sum((date.fromisoformat(r["closed_on"]) - date.fromisoformat(r["found_on"])).days for r in closed),
    }


@settings(max_examples=15, deadline=None)
@given(STEPS)
def test_statistics_equal_a_recount_from_the_journal(steps: list[tuple[int, int, int]]) -> None:
    with TemporaryDirectory() as folder:
        clock = FixedClock(START)
        with JournalStore.create(Path(folder) / "store", clock=clock) as store:
            fill(store)
            office, made = Office(store, clock), list[str]()
            for step in steps:
                happen(office, *step, made)
            findings = list(store.all(Finding))
            for period in (month(2026, 3), month(2026, 5), quarter(2026, 2)):
                whole = total(findings, period)
                expected = recounted(store, period)
                assert {name: getattr(whole, name) for name in expected} == expected
                for by in By:
                    assert sum(line.found for line in table(findings, period, by)) == whole.found


def test_rate_and_average_are_whole_and_said_to_be_unknown_where_nothing_was() -> None:
    empty = total([], month(2026, 12))
    assert (empty.rate, empty.average_days) == (None, None)
    assert quarter(2026, 4).last == date(2026, 12, 31)


def test_a_campaign_counts_by_unit_and_asks_for_measures_at_season_start(office: Office) -> None:
    campaign = Campaign(
        id="special", name="Special action", units=("County", "City"),
        stages=(Stage(kind=StageKind.MOBILISE, starts_on=date(2026, 1, 1), ends_on=date(2026, 2, 1)),),
    )  # fmt: skip
    commands.open_campaign(office.store, office.act("planner"), campaign=campaign)
    for state in (State.CLOSED, State.FOUND, State.ASSIGNED):
        office.brought_to(state, campaign="special")
    county, city = campaign_rows(office.store, campaign, START, ZONE)
    assert (county.found, county.fixed, county.rate, county.without_measure) == (3, 1, 33, 0)
    assert (city.found, city.rate) == (0, None)
    add(office, Season(id="S", name="Flood", unit="City", starts_on=TODAY, ends_on=date(2026, 9, 30)))
    assert campaign_rows(office.store, campaign, START, ZONE)[0].without_measure == 1


def test_the_journal_tells_who_knew_what_when(office: Office) -> None:
    made = office.brought_to(State.ASSIGNED)
    moments = list(who_knew(office.store.history(Finding.table, made.id), made.id))
    assert [(m.person, m.told, m.state) for m in moments] == [
        ("officer", False, "found"),
        ("leader", False, "graded"),
        ("leader", False, "assigned"),
        ("rectifier", True, "assigned"),
    ]
    assert not list(who_knew(office.store.history(Finding.table, made.id), made.id, START - timedelta(days=1)))


def test_an_incident_says_whether_the_hazard_was_not_found_or_not_rectified_in_time(office: Office) -> None:
    made = office.brought_to(State.ASSIGNED)

    def cause(day: date) -> IncidentCause:
        at = START + (day - TODAY)
        return cause_of(made, office.store.history(Finding.table, made.id), day, at)

    assert cause(TODAY - timedelta(days=1)) is IncidentCause.NOT_FOUND
    assert cause(DEADLINE) is IncidentCause.FOUND_LATE
    assert cause(DEADLINE + timedelta(days=1)) is IncidentCause.NOT_RECTIFIED
    assert cause_of(None, (), TODAY, START) is IncidentCause.NOT_FOUND


def test_meeting_tasks_have_no_grade_and_stand_apart(office: Office) -> None:
    office.task()
    office.found()
    assert [line.key for line in table(office.store.all(Finding), month(2026, 3), By.GRADE)] == ["", "task"]
