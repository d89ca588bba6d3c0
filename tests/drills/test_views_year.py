from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar

from floodready.drills import commands
from floodready.drills.models import Cadence, Drill, Rhythm
from floodready.drills.owed import Standing
from floodready.drills.views_year import obligation_rows, open_rows, owed_rows, rule_words, year_rows
from floodready.exchange.drill_ical import calendar
from floodready.season.models import Season
from tests.drills.conftest import ZONE, DutyRoom
from tests.drills.scenes import START, drill


def oblige(room: DutyRoom, plan: str, day: date, months: int = 12) -> str:
    cadence = Cadence(anchor_on=day, months=months)
    return commands.oblige(room.store, room.act(), unit="U1", plan=plan, cadence=cadence, source="art. 8", zone=ZONE).id


def test_done_planned_due_and_overdue_stand_apart(room: DutyRoom) -> None:
    for plan, day in (("Breach", date(2026, 4, 20)), ("Dam", date(2026, 5, 20)), ("Pump", date(2026, 12, 1))):
        oblige(room, plan, day)
    done = room.planned(0, plan="Breach", scripted=False)
    planned = oblige(room, "Shelter", date(2026, 5, 25))
    later = room.planned(0, plan="Shelter")
    commands.assign_drill(room.store, room.act(), obligation=planned, scheduled_on=date(2026, 5, 25), drill=later.id)
    room.at(0)
    at = room.clock.now()
    standings = {row.plan: row.standing for row in owed_rows(room.store, date(2026, 1, 1), date(2027, 1, 1), at, ZONE)}
    assert standings == {
        "Breach": Standing.OVERDUE,
        "Dam": Standing.DUE,
        "Shelter": Standing.PLANNED,
        "Pump": Standing.LATER,
    }
    commands.start_run(room.store, room.act(), drill=done.id)
    commands.finish_run(room.store, room.act(), drill=done.id)
    first = owed_rows(room.store, date(2026, 1, 1), date(2027, 1, 1), at, ZONE)[0]
    commands.assign_drill(
        room.store, room.act(), obligation=first.obligation, scheduled_on=first.scheduled_on, drill=done.id
    )
    assert open_rows(room.store, at, ZONE)[0].standing is Standing.HELD
    commands.write_evaluation(room.store, room.act(), drill=done.id, text="Good.")
    assert "Breach" not in [row.plan for row in open_rows(room.store, at, ZONE) if row.due_on.year == 2026]


def test_a_planned_drill_whose_time_passes_is_missed_until_it_is_put_on_another(room: DutyRoom) -> None:
    owing = oblige(room, "Shelter", date(2026, 5, 25))
    asked, unasked = room.planned(0, plan="Shelter"), room.planned(0, plan="Extra")
    commands.assign_drill(room.store, room.act(), obligation=owing, scheduled_on=date(2026, 5, 25), drill=asked.id)
    later = START + timedelta(days=2)
    for made in (asked, unasked):
        commands.postpone_drill(room.store, room.act(), drill=made.id, starts_at=later, reason="rain")

    def standings(at: datetime) -> dict[str, Standing]:
        units = year_rows(room.store, 2026, at, ZONE)
        return {row.plan: row.standing for unit in units for month in unit.months for row in month}

    end = later + timedelta(minutes=asked.minutes)
    assert set(standings(end - timedelta(seconds=1)).values()) == {Standing.PLANNED}
    assert set(standings(end).values()) == {Standing.MISSED}
    assert standings(START + timedelta(days=20))["Shelter"] is Standing.OVERDUE


def test_due_ends_with_its_local_day(room: DutyRoom) -> None:
    oblige(room, "Breach", date(2026, 5, 20))
    last_second = datetime(2026, 5, 20, 15, 59, 59, tzinfo=UTC)
    rows = [open_rows(room.store, at, ZONE)[0].standing for at in (last_second, last_second + timedelta(seconds=1))]
    assert rows == [Standing.DUE, Standing.OVERDUE]


def test_the_year_stands_by_unit_and_month_with_the_drills_nobody_asked_for(room: DutyRoom) -> None:
    oblige(room, "Dam", date(2026, 6, 20), months=6)
    room.planned(0, name="Extra", plan="Extra")
    year = year_rows(room.store, 2026, room.clock.now(), ZONE)
    assert [unit.unit_name for unit in year] == ["County U1"]
    assert [[row.plan for row in month] for month in year[0].months if month] == [["Extra"], ["Dam"], ["Dam"]]


def test_an_obligation_tells_its_rule_and_its_next_drill(room: DutyRoom) -> None:
    oblige(room, "Dam", date(2026, 6, 20), months=6)
    row = obligation_rows(room.store, room.clock.now(), ZONE)[0]
    assert (str(row.rule), row.source) == ("every 6 months from 2026-06-20", "art. 8")
    assert row.next is not None
    assert row.next.due_on == date(2026, 6, 20)


def test_a_weekday_rule_and_a_season_rule_are_said_in_words() -> None:
    last_friday = Cadence(rhythm=Rhythm.WEEKDAY, anchor_on=date(2026, 5, 1), weekday=4)
    assert str(rule_words(last_friday)) == "the last Friday of the month, every 12 months from 2026-05"
    monthly = replace(last_friday, months=1)
    assert str(rule_words(monthly)) == "the last Friday of the month, every month from 2026-05"
    season = Cadence(rhythm=Rhythm.BEFORE_SEASON, anchor_on=date(2026, 1, 1), days_before=14)
    assert str(rule_words(season)) == "14 days before each season"


def test_the_calendar_file_is_read_by_another_program(room: DutyRoom) -> None:
    oblige(room, "Dam", date(2026, 6, 20), months=6)
    room.planned(0)
    gone = room.planned(0, name="Gone")
    commands.cancel_drill(room.store, room.act(), drill=gone.id, reason="flood")
    at = room.clock.now()
    rows = owed_rows(room.store, date(2026, 1, 1), date(2027, 1, 1), at, ZONE)
    changes = {gone.id: 1}
    read = Calendar.from_ical(calendar(room.store.all(Drill), rows, at, {"P1": "Li Min"}, {"U1": "County U1"}, changes))
    events = {str(event["uid"]): event for event in read.walk("VEVENT")}
    assert len(events) == 4
    cancelled = events[f"drill-{gone.id}@floodready"]
    assert "Unit County U1," in str(cancelled["description"])
    assert (str(cancelled["status"]), cancelled["sequence"]) == ("CANCELLED", 1)
    due = next(event for uid, event in events.items() if uid.startswith("due-"))
    assert due.decoded("dtstart") == date(2026, 6, 20)
    assert len(due.walk("VALARM")) == 2


def test_the_calendar_never_carries_the_script(room: DutyRoom) -> None:
    made = room.planned(2)
    text = calendar([made], [], room.clock.now(), {}, {}, {}).decode()
    assert "Event 1" not in text
    assert drill().name in text


def test_a_drill_before_the_season_follows_the_season_of_the_unit(room: DutyRoom) -> None:
    with room.store.transaction(room.act(), "season") as tx:
        tx.add(Season(id="S1", unit="U1", name="Summer", starts_on=date(2026, 6, 15), ends_on=date(2026, 9, 30)))
    cadence = Cadence(rhythm=Rhythm.BEFORE_SEASON, anchor_on=date(2026, 1, 1), days_before=14)
    commands.oblige(room.store, room.act(), unit="U1", plan="Dam", cadence=cadence, source="own rule", zone=ZONE)
    rows = owed_rows(room.store, date(2026, 1, 1), date(2028, 1, 1), room.clock.now(), ZONE)
    assert [row.due_on for row in rows] == [date(2026, 6, 1)]


def test_a_drill_that_was_held_stands_under_the_day_on_which_it_was_held(room: DutyRoom) -> None:
    owing = oblige(room, "Dam", date(2026, 6, 20))
    for plan in ("Dam", "Extra"):
        made = room.planned(0, plan=plan, scripted=False)
        if plan == "Dam":
            commands.assign_drill(
                room.store, room.act(), obligation=owing, scheduled_on=date(2026, 6, 20), drill=made.id
            )
        room.at(30 * 24 * 60)
        commands.start_run(room.store, room.act(), drill=made.id)
        commands.finish_run(room.store, room.act(), drill=made.id)
    year = year_rows(room.store, 2026, room.clock.now(), ZONE)
    assert [len(month) for month in year[0].months] == [0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0]
