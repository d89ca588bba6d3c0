"""Statistics are what a recount from the journal gives, whatever happened; campaigns count the same way."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from floodready.clock import FixedClock, local_day
from floodready.command import undo_entry
from floodready.rectification import commands
from floodready.rectification.accountability import cause_of, who_knew
from floodready.rectification.campaign import progress
from floodready.rectification.models import Finding, IncidentCause, MeetingOrder
from floodready.rectification.models_campaign import Campaign, Stage, StageKind
from floodready.rectification.standing import standing_on
from floodready.rectification.states import Grade, Source, State
from floodready.rectification.statistics import By, Period, Tally, month, quarter, require_begun, table, total
from floodready.rectification.views_campaign import campaign_rows
from floodready.rectification.views_statistics import tally_rows
from floodready.refusal import Refused
from floodready.season.models import Season
from floodready.store.journal_store import JournalStore
from tests.rectification.conftest import DEADLINE, START, TODAY, ZONE, Office, fill
from tests.rectification.test_deadlines import add, record

STEPS = st.lists(st.tuples(st.integers(0, 14), st.integers(0, 5), st.integers(0, 20)), max_size=20)
UNTIL = date(2026, 9, 1)


def happen(office: Office, step: int, which: int, days: int, made: list[str]) -> None:
    """One thing that may happen in an office; what the rules refuse does not."""
    office.later(days=days)
    day = office.clock.now().date()
    if step == 0 or not made:
        made.append(office.found(found_on=day, source=list(Source)[which]).id)
        return
    id = made[which % len(made)]
    if office.store.get(Finding, id) is None:
        return  # its opening was taken back
    store, act = office.store, office.act("leader")
    moves: list[Any] = [
        lambda: commands.grade(store, act, finding=id, grade=Grade.MAJOR if which % 2 else Grade.GENERAL, basis="x"),
        lambda: office.step(office.known(Finding, id), State.ASSIGNED),
        lambda: commands.begin(store, office.act("rectifier"), finding=id),
        lambda: commands.submit(store, office.act("rectifier"), finding=id, result="done"),
        lambda: office.accept(id),
        lambda: commands.reject(store, act, finding=id, conclusion="no"),
        lambda: commands.merge(store, act, finding=id, into=made[0]),
        lambda: commands.list_up(store, office.act("city-leader"), finding=id, zone=ZONE),
        lambda: commands.delist(store, office.act("city-leader"), finding=id, zone=ZONE),
        lambda: commands.ask_extension(store, act, finding=id, until=UNTIL, reason="rain", zone=ZONE),
        lambda: commands.grant_extension(store, office.act("city-leader"), finding=id, zone=ZONE),
        lambda: made.append(commands.reopen(store, act, finding=id, description="again", found_on=day, zone=ZONE).id),
        lambda: made.append(office.task(ordered_on=day, required_on=day + timedelta(days=9)).id),
        lambda: undo_entry(store, act, next(store.entries_backwards())),
    ]
    try:
        moves[step - 1]()
    except Refused:
        return


def recounted(store: JournalStore, period: Period, today: date) -> dict[str, int]:
    """Count from the journal's own lines, by nothing that the statistics use."""
    last: dict[str, dict[str, Any]] = {}
    then: dict[str, dict[str, Any]] = {}
    first, end = period.first.isoformat(), period.last.isoformat()
    over = datetime.combine(period.last + timedelta(days=1), time(), ZONE)
    for entry in store.entries():
        for change in entry.changes:
            if change.table == "rectification.findings":
                last.pop(change.id, None)
                if change.after is not None:
                    last[change.id] = dict(change.after)
                    if entry.at < over or change.id not in then:
                        then[change.id] = dict(change.after)
    stood = [raw if raw.get("closed_on", "9") <= end else then[id] for id, raw in last.items()]
    kept = [{**raw, **({"closed_on": "9"} if raw.get("closed_on", "9") > end else {})} for raw in stood
            if raw.get("state") != "merged"]  # fmt: skip
    closed = [raw for raw in kept if first <= raw.get("closed_on", "9") <= end]
    found = [raw for raw in kept if first <= raw["found_on"] <= end]
    seen = min(end, today.isoformat())
    left = [raw for raw in kept if raw["found_on"] <= end and not raw.get("closed_on", "9") <= end]
    return {
        "found": len(found),
        "closed_of_found": sum(raw.get("closed_on", "9") <= end for raw in found),
        "overdue": sum(raw.get("deadline_on", "9") < seen for raw in left),
        "listed": sum(
            any(one["listed_on"] <= seen < one.get("ended_on", "9") for one in raw.get("listings", ())) for raw in left
        ),
        "closed": len(closed),
        "open": len(left),
        "days": sum((date.fromisoformat(r["closed_on"]) - date.fromisoformat(r["found_on"])).days for r in closed),
    }


@settings(max_examples=12)
@given(STEPS)
def test_statistics_equal_a_recount_from_the_journal(steps: list[tuple[int, int, int]]) -> None:
    with TemporaryDirectory() as folder:
        clock = FixedClock(START)
        with JournalStore.create(Path(folder) / "store", clock=clock) as store:
            fill(store)
            office, made = Office(store, clock), list[str]()
            for step in steps:
                happen(office, *step, made)
            for period in (month(2026, 3), month(2026, 5), quarter(2026, 2)):
                today = local_day(clock.now(), ZONE)
                findings = standing_on(store, store, period.last, clock.now(), ZONE)
                whole = total(findings, period, today)
                expected = recounted(store, period, today)
                assert {name: getattr(whole, name) for name in expected} == expected
                for by in By:
                    lines = table(findings, period, by, today)
                    for name in expected:
                        assert sum(getattr(line, name) for line in lines) == expected[name]
                    assert tally_rows(store, findings, period, by, today)[-1].tally == whole


def test_rate_and_average_are_whole_and_said_to_be_unknown_where_nothing_was() -> None:
    empty = total([], month(2026, 12), TODAY)
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
    assert [line.key for line in table(office.store.all(Finding), month(2026, 3), By.GRADE, TODAY)] == ["", "task"]


def test_a_month_gone_counts_what_was_listed_when_it_ended(office: Office) -> None:
    made = office.brought_to(State.RECTIFYING, Grade.MAJOR)
    office.on(date(2026, 4, 10))
    commands.list_up(office.store, office.act("city-leader"), finding=made.id, zone=ZONE)
    office.on(date(2026, 6, 10))
    made = commands.delist(office.store, office.act("city-leader"), finding=made.id, zone=ZONE)
    listed = [total([made], month(2026, number), date(2026, 6, 10)).listed for number in (3, 4, 5, 6)]
    assert listed == [0, 1, 1, 0]


def test_a_period_that_still_runs_makes_nothing_overdue_before_its_day(office: Office) -> None:
    made = office.brought_to(State.ASSIGNED)
    assert total([made], quarter(2026, 2), TODAY).overdue == 0
    assert total([made], quarter(2026, 2), DEADLINE).overdue == 0
    assert total([made], quarter(2026, 2), DEADLINE + timedelta(days=1)).overdue == 1
    assert total([made], month(2026, 5), date(2026, 12, 1)).overdue == 0


def in_march(office: Office, by: By) -> dict[str, Tally]:
    """The lines of March's table as they are told now."""
    march, now = month(2026, 3), office.clock.now()
    findings = standing_on(office.store, office.store, march.last, now, ZONE)
    return {row.key: row.tally for row in tally_rows(office.store, findings, march, by, local_day(now, ZONE))}


def test_a_month_gone_is_told_as_it_ended_whatever_came_after(office: Office) -> None:
    made, merged = office.brought_to(State.RECTIFYING, Grade.MAJOR), office.brought_to(State.FOUND)
    office.on(date(2026, 3, 31))
    before = {by: in_march(office, by) for by in By}
    assert {key for key, one in before[By.STATE].items() if one.open} == {"rectifying", "found", ""}
    office.on(date(2026, 4, 1))
    commands.merge(office.store, office.act(), finding=merged.id, into=made.id)
    ask = {"finding": made.id, "until": UNTIL, "reason": "rain", "zone": ZONE}
    commands.ask_extension(office.store, office.act("rectifier"), **ask)  # type: ignore[arg-type] # one mapping holds fields of several types
    office.step(made, State.SUBMITTED)
    office.on(date(2026, 4, 20))
    office.accept(made.id)
    assert {by: in_march(office, by) for by in By} == before


def test_what_was_found_or_closed_in_a_month_and_entered_later_is_counted_in_it(office: Office) -> None:
    made = office.brought_to(State.SUBMITTED)
    office.on(date(2026, 4, 2))
    office.accept(made.id, on=date(2026, 3, 31))
    late = office.found(found_on=date(2026, 3, 30))
    office.on(date(2026, 4, 3))
    office.step(late, State.GRADED, Grade.MAJOR)
    told = in_march(office, By.STATE)
    assert (told["closed"].closed, told["found"].open, told[""].found) == (1, 1, 2)
    assert in_march(office, By.GRADE)["general"].closed_of_found == 1


def closed_after(days: int) -> Finding:
    return record(state=State.CLOSED, found_on=TODAY, closed_on=TODAY + timedelta(days=days))


def test_the_rate_is_rounded_down_and_the_average_to_the_nearest_half_a_day_up() -> None:
    march = month(2026, 3)
    two_of_three = total([closed_after(1), closed_after(2), record()], march, TODAY)
    assert (two_of_three.rate, two_of_three.average_days) == (66, 2)
    assert total([closed_after(1), closed_after(1), closed_after(2)], march, TODAY).average_days == 1
    assert total([closed_after(7)], march, TODAY).average_days == 7


def test_a_quarter_is_three_months_and_a_month_ends_with_its_last_day() -> None:
    quarters = [quarter(2026, number) for number in (1, 2, 3, 4)]
    assert [(q.first.month, q.last.month, q.last.day) for q in quarters] == [
        (1, 3, 31),
        (4, 6, 30),
        (7, 9, 30),
        (10, 12, 31),
    ]
    assert (month(2024, 2).last, month(2026, 12).last) == (date(2024, 2, 29), date(2026, 12, 31))


def test_what_is_found_or_closed_on_the_last_day_of_a_period_belongs_to_it() -> None:
    march = month(2026, 3)
    last = record(state=State.CLOSED, found_on=march.last, closed_on=march.last, opened_at=START + timedelta(days=40))
    after = record(found_on=march.last + timedelta(days=1), opened_at=START + timedelta(days=40))
    found = total([last, after], march, date(2026, 5, 1))
    assert (found.found, found.closed, found.closed_of_found, found.open) == (1, 1, 1, 0)
    late = record(state=State.CLOSED, found_on=march.first, closed_on=march.last + timedelta(days=1))
    left = total([late], march, date(2026, 5, 1))
    assert (left.closed, left.closed_of_found, left.open) == (0, 0, 1)


def test_a_period_may_be_counted_from_its_first_day_on() -> None:
    require_begun(month(2026, 3), date(2026, 3, 1))
    with pytest.raises(Refused, match="2026-03-01 has not come yet"):
        require_begun(month(2026, 3), date(2026, 2, 28))


def test_a_month_ends_with_the_last_instant_of_its_last_day(office: Office) -> None:
    made, other = office.brought_to(State.FOUND), office.brought_to(State.FOUND)
    over = datetime(2026, 3, 31, 16, tzinfo=UTC)  # midnight in Shanghai after 31 March
    office.clock.instant = over - timedelta(microseconds=1)
    office.step(made, State.GRADED)
    office.clock.instant = over
    office.step(other, State.GRADED)
    late = office.found(found_on=date(2026, 3, 31))
    office.found(found_on=date(2026, 4, 1))
    march = date(2026, 3, 31)
    stood = {one.id: one.state for one in standing_on(office.store, office.store, march, over, ZONE)}
    assert stood == {made.id: State.GRADED, other.id: State.FOUND, late.id: State.FOUND}
    running = standing_on(office.store, office.store, march, over - timedelta(microseconds=1), ZONE)
    assert {one.state for one in running if one.id == other.id} == {State.GRADED}, "not over: as they stand"


def test_a_campaign_counts_its_own_records_and_asks_for_measures_of_open_hazards_from_the_seasons_first_day() -> None:
    campaign = Campaign(id="special", name="x", units=("C",), stages=())
    order = MeetingOrder(meeting="m", required_on=DEADLINE)
    records = [
        record(campaign="special"),
        record(campaign="special", interim="sandbags"),
        record(campaign="special", order=order),
        record(campaign="special", state=State.CLOSED, closed_on=TODAY),
        record(campaign="special", state=State.MERGED, merged_into="C-2026-0002"),
        record(campaign="another"),
        record(),
    ]
    for starts_on, missing in ((TODAY, 1), (TODAY + timedelta(days=1), 0), (None, 0)):
        (county,) = progress(campaign, records, TODAY, season_starts_on=starts_on)
        assert (county.found, county.fixed, county.without_measure) == (4, 1, missing)


def test_an_incident_is_judged_by_what_was_known_at_its_instant_and_named_as_closed_before_it(office: Office) -> None:
    made = office.brought_to(State.SUBMITTED)
    office.later(days=1)
    closing = office.clock.now()
    made = office.accept(made.id)

    def cause(at: datetime) -> IncidentCause:
        return cause_of(made, office.store.history(Finding.table, made.id), local_day(at, ZONE), at)

    second = timedelta(seconds=1)
    asked = (START - second, closing - second, closing)
    assert [cause(at) for at in asked] == [
        IncidentCause.NOT_FOUND,
        IncidentCause.FOUND_LATE,
        IncidentCause.CLOSED_BEFORE,
    ]
