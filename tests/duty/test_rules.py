"""The rules of duty, one by one, where no other page holds them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from floodready.duty.commands import change_settings, correct_day, override, publish_rota
from floodready.duty.commands_log import write_log
from floodready.duty.coverage import needs_of
from floodready.duty.fairness import TimeClass, pieces
from floodready.duty.models import OverrideKind
from floodready.duty.models_shift import LogKind
from floodready.duty.resolver import Span, timeline
from floodready.duty.roster import leader_presence, objections, plan_of, settings_of
from floodready.duty.views import who_is_on
from floodready.duty.why import Cause, Why
from floodready.organisation.commands import add_post, add_unit, change_person
from floodready.organisation.models import Person, Phone, PostKind, UnitKind
from floodready.season.commands import add_season
from floodready.workdays import DayKind
from tests.duty.conftest import Room
from tests.duty.rosters import SHANGHAI, at, rotation


def a_county(room: Room) -> None:
    add_unit(room.store, room.by("he"), id="county", name="County", parent="U", kind=UnitKind.COUNTY)
    add_post(room.store, room.by("he"), id="c-leader", name="Leader", unit="county", kind=PostKind.LEADER)
    add_post(room.store, room.by("he"), id="c-officer", name="Officer", unit="county", kind=PostKind.OFFICER)


def test_rule_1_in_season_one_leader_and_two_officers_unless_the_unit_says_otherwise(room: Room) -> None:
    a_county(room)
    days = {"starts_on": date(2026, 5, 1), "ends_on": date(2026, 9, 30)}
    add_season(room.store, room.by("pan"), unit="county", name="flood season", **days)
    found = needs_of(plan_of(room.store, "county", SHANGHAI), at("2026-04-30 00:00"), at("2026-11-01 00:00"))
    assert {(need.post, need.count) for need in found} == {("c-leader", 1), ("c-officer", 2)}
    assert {(need.start, need.end) for need in found} == {(at("2026-05-01 00:00"), at("2026-10-01 00:00"))}


def test_rule_2_the_leader_is_on_site_in_the_main_season_and_while_a_major_danger_is_open(room: Room) -> None:
    assert not leader_presence(room.store, "U", room.clock.instant, SHANGHAI).on_site
    write_log(
        room.store, room.by("ding"), unit="U", kind=LogKind.DANGER, content="Piping", major=True, follow_up="Report up"
    )
    (reason,) = leader_presence(room.store, "U", room.clock.instant, SHANGHAI).reasons
    assert "Report up" in str(reason)
    add_season(
        room.store,
        room.by("pan"),
        unit="U",
        name="flood season",
        starts_on=date(2026, 5, 1),
        ends_on=date(2026, 9, 30),
        main_starts_on=date(2026, 6, 20),
        main_ends_on=date(2026, 8, 20),
    )
    reasons = leader_presence(room.store, "U", room.clock.instant, SHANGHAI).reasons
    assert str(reasons[0]) == "main season"


def test_rule_3_rest_counts_across_units_and_a_person_stands_one_seat_at_a_time(room: Room) -> None:
    a_county(room)
    publish_rota(
        room.store,
        room.by("pan"),
        unit="county",
        since_at=at("2026-07-02 08:00"),
        rotations=(rotation("c-officer", "lu fang jia"),),
    )
    wrong = objections(room.store, "lu", "U", "officer", at("2026-07-04 08:00"), at("2026-07-05 08:00"), SHANGHAI)
    assert [str(told) for told in wrong] == ["Lu stands another seat at that time."]


def test_rule_5_a_changed_number_changes_every_future_shift_and_is_not_verified(room: Room) -> None:
    an = room.store.get(Person, "an")
    assert an is not None
    change_person(room.store, room.by("he"), an, phones=(Phone(number="137 1111 2222", verified_on=date(2026, 6, 30)),))
    for day in ("2026-07-01 10:00", "2026-07-04 10:00", "2026-07-07 10:00"):
        (row,) = [row for row in who_is_on(room.store, "U", at(day), SHANGHAI) if row.post == "leader"]
        assert (row.phone, row.phone_is_old) == ("137 1111 2222", False)
    (row,) = [row for row in who_is_on(room.store, "U", at("2027-05-30 10:00"), SHANGHAI) if row.post == "leader"]
    assert (row.person, row.phone_is_old) == ("an", True)


def test_rule_9_the_offices_own_word_on_a_day_stands_above_the_published_calendar(room: Room) -> None:
    start = at("2026-07-10 08:00")
    span = Span(start, start + timedelta(hours=8), "leader", "an", Why(Cause.ROTATION, "r"))
    plan = plan_of(room.store, "U", SHANGHAI)
    assert pieces(span, SHANGHAI, plan.calendar, plan.settings)[0][0] is TimeClass.ORDINARY
    correct_day(room.store, room.by("pan"), on=date(2026, 7, 10), kind=DayKind.HOLIDAY, note="town festival")
    plan = plan_of(room.store, "U", SHANGHAI)
    assert pieces(span, SHANGHAI, plan.calendar, plan.settings)[0][0] is TimeClass.HOLIDAY


def test_case_4_by_command_a_replacement_of_somebody_not_on_duty_has_no_effect(room: Room) -> None:
    start, end = at("2026-07-04 08:00"), at("2026-07-05 08:00")
    before = timeline(plan_of(room.store, "U", SHANGHAI), start, end)
    made = override(
        room.store,
        room.by("pan"),
        unit="U",
        post="officer",
        kind=OverrideKind.REPLACE,
        person="geng",
        by="lu",
        zone=SHANGHAI,
        from_at=start,
        until_at=end,
    )
    after = timeline(plan_of(room.store, "U", SHANGHAI), start, end)
    assert after.spans == before.spans
    assert after.without_effect == (made.id,)


def test_the_units_own_figure_for_a_level_stands_above_the_table(room: Room) -> None:
    from floodready.duty.levels import with_table
    from floodready.duty.models import LevelNeed
    from floodready.season.level import Level
    from floodready.season.models_level import LevelRow, LevelTable, Staffing

    change_settings(room.store, room.by("pan"), unit="U", rest_hours=24)
    staffing = (Staffing(post=PostKind.OFFICER, people=4),)
    table = LevelTable(id="U", rows=(LevelRow(level=Level.III, staffing=staffing),))
    own = LevelNeed(level="III", post="officer", needed=3)
    held = replace(settings_of(room.store, "U"), level_needs=(own,))
    found = with_table(held, table, {PostKind.OFFICER: "officer"})
    assert {(need.level, need.needed) for need in found.level_needs} == {("III", 3), ("II", 4), ("I", 4)}


def test_what_a_table_asks_of_a_kind_of_post_that_the_unit_has_not_is_passed_over() -> None:
    from floodready.duty.levels import with_table
    from floodready.duty.models import DutySettings
    from floodready.season.level import Level
    from floodready.season.models_level import LevelRow, LevelTable, Staffing

    staffing = (Staffing(post=PostKind.LEADER, people=1), Staffing(post=PostKind.OFFICER, people=4))
    table = LevelTable(id="U", rows=(LevelRow(level=Level.I, staffing=staffing),))
    found = with_table(DutySettings(id="U"), table, {PostKind.OFFICER: "officer"})
    assert [(need.level, need.post, need.needed) for need in found.level_needs] == [("I", "officer", 4)]
