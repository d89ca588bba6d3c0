from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from floodready.document import problems_of
from floodready.language import use_language
from floodready.refusal import Refused
from floodready.season.commands import (
    add_reading,
    add_season,
    add_station,
    change_settings,
    declare_level,
    lower_level,
    send_report,
    set_level_table,
    start_event,
)
from floodready.season.declarations import LevelWindow
from floodready.season.level import Level
from floodready.season.models import Mark, StationKind, Threshold
from floodready.season.models_level import LevelRow, LevelTable
from floodready.season.models_report import Report, ReportRule, SeasonSettings, Trigger
from floodready.season.report_clocks import event_reports, expected, late_by, reading_late_by, report_id, with_sent
from floodready.season.report_names import report_words
from floodready.season.settings import DEFAULTS
from floodready.season.situation import reports_for
from tests.season.conftest import MORNING, ZONE, Room

DAY = timedelta(days=1)


def local(report: Report) -> str:
    return f"{report.rule} {report.due_at.astimezone(ZONE):%m-%d %H:%M}"


def due(room: Room, since: datetime, until: datetime) -> list[str]:
    return [local(report) for report in reports_for(room.store, "anlan", since, until, ZONE)]


def test_a_major_danger_is_due_at_the_city_the_province_and_the_nation(room: Room) -> None:
    started = start_event(room.store, room.by("li"), unit="anlan", about="管涌 K12+400")
    assert [(r.rule, r.due_at - MORNING) for r in started] == [
        ("danger-city", timedelta(hours=1)),
        ("danger-province", timedelta(hours=2)),
        ("danger-national", timedelta(hours=4)),
    ]
    room.later(minutes=90)
    city = started[0]
    sent = send_report(
        room.store, room.by("li"), unit="anlan", rule=city.rule, due_at=city.due_at, event=city.event, note="by phone"
    )
    assert (sent.sent_by, late_by(sent, room.clock.instant + DAY)) == ("li", timedelta(minutes=30))
    assert late_by(started[1], room.clock.instant) == timedelta()
    with pytest.raises(Refused, match="sent already, by Li"):
        send_report(room.store, room.by("li"), unit="anlan", rule=city.rule, due_at=city.due_at, event=city.event)


def test_two_events_have_their_own_clocks(room: Room) -> None:
    for about in ("管涌", "漫溢"):
        start_event(room.store, room.by("li"), unit="anlan", about=about, clocks=("danger-city",))
    assert sorted(report.about for report in room.store.all(Report)) == ["漫溢", "管涌"]


def test_an_event_needs_words_a_clock_and_a_time_that_has_been(room: Room) -> None:
    act = room.by("li")
    with pytest.raises(Refused, match="what happened"):
        start_event(room.store, act, unit="anlan", about=" ")
    with pytest.raises(Refused, match="No such report clock"):
        start_event(room.store, act, unit="anlan", about="x", clocks=("danger-city", "nobody"))
    with pytest.raises(Refused, match="future"):
        start_event(room.store, act, unit="anlan", about="x", known_at=MORNING + DAY)


def test_the_daily_report_is_due_on_every_day_of_the_season_only(room: Room) -> None:
    add_season(
        room.store, room.by("qian"), unit="anlan", name="Summer", starts_on=date(2026, 7, 1), ends_on=date(2026, 7, 2)
    )
    assert due(room, MORNING - 3 * DAY, MORNING + 9 * DAY) == ["units 07-01 16:00", "units 07-02 16:00"]


def test_what_was_sent_takes_the_place_of_what_is_expected(room: Room) -> None:
    add_season(
        room.store, room.by("qian"), unit="anlan", name="Summer", starts_on=date(2026, 7, 1), ends_on=date(2026, 7, 1)
    )
    (first,) = reports_for(room.store, "anlan", MORNING, MORNING + DAY, ZONE)
    assert first.sent_at is None
    send_report(room.store, room.by("li"), unit="anlan", rule="units", due_at=first.due_at)
    (again,) = reports_for(room.store, "anlan", MORNING, MORNING + DAY, ZONE)
    assert again.sent_at == MORNING
    with pytest.raises(Refused, match="sent already"):
        send_report(room.store, room.by("li"), unit="anlan", rule="units", due_at=first.due_at)
    with pytest.raises(Refused, match="no report"):
        send_report(room.store, room.by("li"), unit="anlan", rule="nothing", due_at=first.due_at)


def test_works_and_defence_reports_are_due_while_a_station_stands_above_its_warning(room: Room) -> None:
    add_station(
        room.store,
        room.by("qian"),
        id="dp",
        name="东平湖",
        unit="anlan",
        kind=StationKind.WATER_LEVEL,
        thresholds=(Threshold(mark=Mark.WARNING, value=41_720),),
    )
    for hours, value in ((2, 41_730), (30, 41_700)):
        room.later(hours=hours)
        add_reading(room.store, room.by("li"), station="dp", measured_at=room.clock.instant, value=value)
    assert due(room, MORNING, MORNING + 4 * DAY) == ["works 07-02 08:00", "defence 07-02 09:00"]
    # Asked about the morning alone, what began the day before is not forgotten.
    assert due(room, MORNING + DAY, MORNING + 4 * DAY) == ["works 07-02 08:00", "defence 07-02 09:00"]


def test_bulletins_follow_the_level(room: Room) -> None:
    rows = (
        LevelRow(level=Level.IV, bulletins=(time(8), time(20))),
        LevelRow(level=Level.III, bulletins=(time(8), time(14), time(20))),
    )
    set_level_table(room.store, room.by("qian"), unit="anlan", rows=rows, source="the plan")
    words: dict[str, Any] = {"unit": "anlan", "authority": "Zhang", "reason": "x"}
    declare_level(room.store, room.by("li"), level=Level.IV, **words)  # 08:00 sharp: nothing is owed at once
    room.later(hours=25)
    declare_level(room.store, room.by("li"), level=Level.III, **words)
    room.later(hours=12)
    lower_level(room.store, room.by("li"), level=None, **words)
    assert due(room, MORNING, MORNING + 5 * DAY) == [
        "bulletin 07-01 20:00",
        "bulletin 07-02 08:00",
        "bulletin 07-02 14:00",
        "bulletin 07-02 20:00",
    ]


@given(st.integers(0, 5000), st.integers(0, 5000), st.integers(0, 5000))
def test_what_is_expected_in_two_halves_is_what_is_expected_in_the_whole(start: int, middle: int, end: int) -> None:
    since, split, until = (MORNING + timedelta(minutes=m) for m in sorted((start, middle, end)))
    season = [(MORNING + timedelta(hours=3), MORNING + timedelta(hours=70))]

    def ask(a: datetime, b: datetime) -> list[Report]:
        return expected(
            "anlan",
            DEFAULTS,
            in_season=season,
            above_warning=season,
            levels=[],
            table=None,
            zone=ZONE,
            since=a,
            until=b,
        )

    whole = ask(since, until)
    assert ask(since, split) + ask(split, until) == whole
    assert all(since <= report.due_at < until and season[0][0] < report.due_at < season[0][1] for report in whole)
    assert len({report.id for report in whole}) == len(whole)


def test_a_reading_that_came_late_is_measured_by_its_station_s_clock() -> None:
    came = MORNING + timedelta(minutes=50)
    assert reading_late_by(DEFAULTS, key=True, measured_at=MORNING, recorded_at=came) == timedelta(minutes=20)
    assert reading_late_by(DEFAULTS, key=False, measured_at=MORNING, recorded_at=came) == timedelta()
    none = SeasonSettings(id="u")
    assert reading_late_by(none, key=True, measured_at=MORNING, recorded_at=came + DAY) == timedelta()


def test_a_clock_needs_its_minutes_or_its_time(room: Room) -> None:
    rules = (
        ReportRule(code="a", name="A", trigger=Trigger.EVENT),
        ReportRule(code="a", name="B", trigger=Trigger.DAILY),
    )
    assert set(problems_of(SeasonSettings, {"id": "u", "reports": rules})) == {"reports"}
    kept = change_settings(room.store, room.by("qian"), unit="heyang", reading_counts_hours=6)
    assert (kept.reading_counts_hours, kept.reports) == (6, DEFAULTS.reports)


def test_reports_of_an_event_are_due_in_order_and_one_without_minutes_at_once(room: Room) -> None:
    rules = (
        ReportRule(code="late", name="Late", trigger=Trigger.EVENT, within_minutes=60),
        ReportRule(code="daily", name="Daily", trigger=Trigger.DAILY, at=time(8)),
        ReportRule(code="now", name="Now", trigger=Trigger.EVENT, within_minutes=1),
    )
    settings = SeasonSettings(id="u", reports=rules)
    found = event_reports("u", settings, "E1", "x", MORNING)
    assert [(report.rule, report.due_at - MORNING) for report in found] == [
        ("now", timedelta(minutes=1)),
        ("late", timedelta(hours=1)),
    ]
    assert [report.rule for report in event_reports("u", settings, "E1", "x", MORNING, ["late"])] == ["late"]


def test_of_two_clocks_of_a_reading_the_shorter_holds() -> None:
    rules = tuple(
        ReportRule(code=f"r{minutes}", name="R", trigger=trigger, within_minutes=minutes)
        for minutes, trigger in ((30, Trigger.READING), (20, Trigger.READING), (5, Trigger.KEY_READING))
    )
    settings = SeasonSettings(id="u", reports=rules)
    came = MORNING + timedelta(minutes=21)
    assert reading_late_by(settings, key=False, measured_at=MORNING, recorded_at=came) == timedelta(minutes=1)


def daily(since: datetime, until: datetime, *windows: tuple[datetime, datetime]) -> list[str]:
    rules = (
        ReportRule(code="b", name="B", trigger=Trigger.DAILY, at=time(8)),
        ReportRule(code="a", name="A", trigger=Trigger.DAILY, at=time(8)),
        ReportRule(code="k", name="K", trigger=Trigger.KEY_READING, within_minutes=5, at=time(8)),
    )
    found = expected(
        "u", SeasonSettings(id="u", reports=rules), in_season=windows, above_warning=windows, levels=[], table=None,
        zone=ZONE, since=since, until=until,
    )  # fmt: skip
    return [local(report) for report in found]


def test_a_report_due_as_its_season_begins_is_not_owed_and_one_due_as_it_ends_is_not_either() -> None:
    assert daily(MORNING - DAY, MORNING + 5 * DAY, (MORNING, MORNING + 2 * DAY)) == ["a 07-02 08:00", "b 07-02 08:00"]


def test_a_report_is_asked_for_from_its_due_instant_on_up_to_not_with_the_last_and_only_once() -> None:
    season = (MORNING - 9 * DAY, MORNING + 9 * DAY)
    assert daily(MORNING, MORNING + DAY, season, season) == ["a 07-01 08:00", "b 07-01 08:00"]
    assert daily(MORNING, MORNING, season) == []


def test_bulletins_go_on_while_a_level_holds_and_end_with_it() -> None:
    rule = ReportRule(code="bulletin", name="Bulletin", trigger=Trigger.BULLETIN)
    table = LevelTable(id="u", rows=(LevelRow(level=Level.IV, bulletins=(time(20), time(8))),))

    def due_in(until: datetime | None) -> list[str]:
        window = LevelWindow(level=Level.IV, since=MORNING, until=until, declaration="D1")
        found = expected(
            "u", SeasonSettings(id="u", reports=(rule,)), in_season=[], above_warning=[], levels=[window],
            table=table, zone=ZONE, since=MORNING, until=MORNING + 2 * DAY,
        )  # fmt: skip
        return [local(report) for report in found]

    assert due_in(None) == ["bulletin 07-01 20:00", "bulletin 07-02 08:00", "bulletin 07-02 20:00"]
    assert due_in(MORNING + DAY) == ["bulletin 07-01 20:00"]


def test_what_is_kept_stands_in_the_order_of_due_times_among_what_is_expected() -> None:
    early, late = (Report(id=id, unit="u", rule="r", name="R", due_at=at)
                   for id, at in (("E", MORNING), ("L", MORNING + DAY)))  # fmt: skip
    sent = late.changed(sent_at=MORNING)
    assert with_sent([late], {"L": sent, "E": early}) == [early, sent]


def test_the_id_of_a_report_is_its_unit_clock_and_due_minute() -> None:
    assert report_id("u", "daily", MORNING) == "u/daily@2026-07-01T00:00Z"


def test_a_report_of_the_programs_own_is_named_in_the_readers_language_and_an_offices_as_it_was_typed() -> None:
    units = next(rule for rule in DEFAULTS.reports if rule.code == "units")
    try:
        for language, told in (("en", "Units' daily report"), ("zh_CN", "各单位日报")):
            use_language(language)
            assert str(report_words(units.name)) == told
            assert str(report_words("日报 / daily")) == "日报 / daily"
            for rule in DEFAULTS.reports:
                assert " / " not in f"{report_words(rule.name)}{report_words(rule.to)}"
    finally:
        use_language("en")
