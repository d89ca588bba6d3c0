from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

from floodready.clock import FixedClock
from floodready.duty.commands import add_temporary_rota, change_settings, enter_leave, publish_rota
from floodready.duty.commands_log import begin_call_round, check_post, record_call
from floodready.duty.coverage import gaps
from floodready.duty.levels import highest_at_a_time
from floodready.duty.models import LevelNeed, PostNeed
from floodready.duty.models_shift import CallAnswer
from floodready.duty.plan import LevelWindow
from floodready.duty.resolver import on_duty
from floodready.duty.roster import leader_presence, plan_of
from floodready.organisation.commands import add_post, add_unit, change_person, change_unit, set_up
from floodready.organisation.commands import change_settings as change_organisation
from floodready.organisation.models import Person, Phone, PostKind, Unit, UnitKind
from floodready.readiness.assembly import gather
from floodready.readiness.duty_lines import parts
from floodready.readiness.gathering import Surroundings
from floodready.readiness.line import Colour, Importance, LineStatus, status_of
from floodready.readiness.supposing import SupposedView
from floodready.season.commands import add_season
from floodready.season.commands_level import declare_level, set_level_table
from floodready.season.level import Level
from floodready.season.models import Season
from floodready.season.models_level import Declaration, LeaderPlace, LevelRow, Staffing
from floodready.store.contract import SYSTEM, Act, View
from floodready.store.journal_store import JournalStore
from tests.duty.conftest import Room
from tests.duty.rosters import SHANGHAI, at, rotation
from tests.readiness.asked import lines_of


def colours(room: Room, moment: datetime, asked_at: datetime | None = None) -> dict[str, Colour]:
    around = Surroundings(room.store, asked_at or moment, SHANGHAI)
    return {line.id: status_of(line, moment).colour for line in lines_of(parts, around)}


def test_a_gap_is_amber_for_a_week_before_and_red_while_it_lasts(room: Room) -> None:
    start, end = at("2026-07-13 08:00"), at("2026-07-14 08:00")
    enter_leave(room.store, room.by("ding"), person="ding", from_at=start, until_at=end)
    officer = "duty/officer/U"
    assert colours(room, at("2026-07-06 07:59"))[officer] is Colour.GREEN
    assert colours(room, at("2026-07-06 08:00"))[officer] is Colour.AMBER
    assert colours(room, start)[officer] is Colour.RED
    assert colours(room, start)["duty/leader/U"] is Colour.GREEN, "a gap is its own post's alone"
    assert colours(room, end)[officer] is Colour.GREEN


def test_the_forecast_of_a_moment_is_the_status_at_that_moment(room: Room) -> None:
    start, end = at("2026-07-13 08:00"), at("2026-07-14 08:00")
    enter_leave(room.store, room.by("ding"), person="ding", from_at=start, until_at=end)
    for hours in range(0, 24 * 16, 29):
        moment = at("2026-07-01 10:00") + timedelta(hours=hours)
        assert colours(room, moment, at("2026-07-01 10:00")) == colours(room, moment)


def test_a_handover_that_was_never_signed_is_not_said_to_be(room: Room) -> None:
    now = at("2026-07-01 10:00")
    (line,) = (one for one in lines_of(parts, Surroundings(room.store, now, SHANGHAI)) if "handover" in one.id)
    assert str(status_of(line, now).cause) == "none is due to be signed"


def test_a_missed_handover_and_a_missed_check_are_amber(room: Room) -> None:
    assert colours(room, at("2026-07-02 08:29"))["duty/handover/U"] is Colour.GREEN
    assert colours(room, at("2026-07-02 08:30"))["duty/handover/U"] is Colour.AMBER
    check_post(room.store, room.by("bo"), unit="U", method="telephone", on_site=False, zone=SHANGHAI)
    assert colours(room, at("2026-07-01 10:01"))["duty/checks/U"] is Colour.AMBER


def status(room: Room, line: str, moment: str, view: View | None = None) -> LineStatus:
    around = Surroundings(view or room.store, at(moment), SHANGHAI)
    (found,) = [made for made in lines_of(parts, around) if made.id == line]
    return status_of(found, at(moment))


def a_season(room: Room, unit: str) -> None:
    add_season(
        room.store,
        room.by("pan"),
        unit=unit,
        name="flood season",
        starts_on=date(2026, 5, 1),
        ends_on=date(2026, 9, 30),
    )


def test_a_unit_in_season_without_any_rota_or_post_is_not_known_and_says_what_to_do(room: Room) -> None:
    add_unit(room.store, room.by("he"), id="county", name="County", parent="U", kind=UnitKind.COUNTY)
    a_season(room, "county")
    found = status(room, "duty/rota/county", "2026-07-01 10:00")
    assert (found.colour, found.line.importance) == (Colour.GREY, Importance.A)
    assert found.act is not None
    assert "County" in str(found.act)
    assert status(room, "duty/rota/county", "2026-11-01 10:00").colour is Colour.GREEN, "out of season none is owed"


def test_a_season_alone_is_enough_for_readiness_to_ask_for_duty(tmp_path: Path) -> None:
    clock = FixedClock(at("2026-07-01 10:00"))
    with JournalStore.create(tmp_path / "store", clock=clock) as store:
        act = Act(person=SYSTEM, terminal="desk")
        set_up(store, act, unit="U", unit_name="安澜", person="pan", person_name="Pan")
        with store.transaction(act, "season") as tx:
            tx.put(Season(id="S", unit="U", name="s", starts_on=date(2026, 5, 1), ends_on=date(2026, 9, 30)))
        assert "duty/rota/U" in {line.id for line in gather(store, clock.instant, SHANGHAI)}


def test_posts_without_a_rota_are_one_gap_of_the_whole_season_and_red(room: Room) -> None:
    add_unit(room.store, room.by("he"), id="county", name="County", parent="U", kind=UnitKind.COUNTY)
    a_season(room, "county")
    add_post(room.store, room.by("he"), id="c-leader", name="Leader", unit="county", kind=PostKind.LEADER)
    add_post(room.store, room.by("he"), id="c-officer", name="Officer", unit="county", kind=PostKind.OFFICER)
    assert status(room, "duty/c-leader/county", "2026-07-01 10:00").colour is Colour.RED
    assert status(room, "duty/rota/county", "2026-07-01 10:00").colour is Colour.GREY
    (gap,) = gaps(plan_of(room.store, "county", SHANGHAI), at("2026-07-01 10:00"), at("2026-09-01 08:00"))[:1]
    assert (gap.start, gap.end) == (at("2026-07-01 10:00"), at("2026-09-01 08:00"))


def test_the_rotas_end_is_amber_for_a_week_before(room: Room) -> None:
    new = (rotation("leader", "an bo cui"), rotation("officer", "ding+fang geng+hao jia+kong"))
    end = at("2026-07-20 08:00")
    publish_rota(room.store, room.by("pan"), unit="U", since_at=at("2026-07-02 08:00"), until_at=end, rotations=new)
    assert status(room, "duty/rota/U", "2026-07-13 07:59").colour is Colour.GREEN
    found = status(room, "duty/rota/U", "2026-07-13 08:00")
    assert (found.colour, "2026-07-20 08:00" in str(found.cause)) == (Colour.AMBER, True)
    assert status(room, "duty/leader/U", "2026-07-20 08:00").colour is Colour.RED


def test_a_post_is_said_to_be_filled_up_to_its_next_gap_and_no_farther(room: Room) -> None:
    assert str(status(room, "duty/leader/U", "2026-07-13 07:59").cause) == "filled without a gap for 400 days"
    new = (rotation("leader", "an bo cui"), rotation("officer", "ding+fang geng+hao jia+kong"))
    end = at("2026-07-20 08:00")
    publish_rota(room.store, room.by("pan"), unit="U", since_at=at("2026-07-02 08:00"), until_at=end, rotations=new)
    # A week before the gap the line turns amber; until then nothing but these words tells of it.
    filled = status(room, "duty/leader/U", "2026-07-02 10:00")
    assert (filled.colour, str(filled.cause)) == (Colour.GREEN, "filled without a gap until 2026-07-20 08:00")


def test_the_phone_of_who_stands_duty_soon_must_be_verified(room: Room) -> None:
    assert status(room, "duty/phones/U", "2026-07-01 10:00").colour is Colour.AMBER
    begun = begin_call_round(room.store, room.by("bo"), unit="U", today=date(2026, 7, 1))
    for person in begun.people:
        held = room.store.get(Person, person)
        assert held is not None
        begun = record_call(
            room.store,
            room.by("bo"),
            begun,
            person=person,
            number=held.phones[0].number if held.phones else "",
            answer=CallAnswer.REACHED,
            today=date(2026, 7, 1),
        )
    assert status(room, "duty/phones/U", "2026-07-02 10:00").colour is Colour.GREEN
    assert status(room, "duty/phones/U", "2027-07-02 10:00").colour is Colour.AMBER


def a_level_table(room: Room) -> None:
    staffing = (Staffing(post=PostKind.LEADER, people=1), Staffing(post=PostKind.OFFICER, people=4))
    rows = (LevelRow(level=Level.IV, leader=LeaderPlace.REACHABLE), LevelRow(level=Level.III, staffing=staffing))
    set_level_table(room.store, room.by("pan"), unit="U", rows=rows, source="plan 4.2")


def test_what_if_shows_what_a_level_needs_before_it_is_declared_and_the_declaration_shows_the_same(room: Room) -> None:
    a_level_table(room)
    now = room.clock.instant
    supposed = SupposedView(room.store, "U", Level.III, now)
    assert status(room, "duty/officer/U", "2026-07-01 10:00").colour is Colour.GREEN
    beforehand = status(room, "duty/officer/U", "2026-07-01 10:00", supposed)
    assert beforehand.colour is Colour.RED
    assert "2 more people" in str(beforehand.cause)
    assert leader_presence(supposed, "U", now, SHANGHAI).on_site
    assert list(room.store.all(Declaration)) == []
    declare_level(room.store, room.by("an"), unit="U", level=Level.III, authority="HQ", reason="crest")
    declared = status(room, "duty/officer/U", "2026-07-01 10:00")
    assert (declared.colour, declared.cause) == (beforehand.colour, beforehand.cause)
    ended = SupposedView(room.store, "U", None, now)
    assert status(room, "duty/officer/U", "2026-07-01 10:00", ended).colour is Colour.GREEN


def test_a_temporary_rota_of_the_level_fills_what_the_level_needs(room: Room) -> None:
    a_level_table(room)
    extra = rotation("officer", "lu+pan", name="level III")
    add_temporary_rota(
        room.store, room.by("pan"), unit="U", name="III", levels=("III",), beside=True, rotations=(extra,)
    )
    supposed = SupposedView(room.store, "U", Level.III, room.clock.instant)
    assert status(room, "duty/officer/U", "2026-07-01 10:00", supposed).colour is Colour.GREEN
    plan = plan_of(supposed, "U", SHANGHAI)
    assert [span.person for span in on_duty(plan, room.clock.instant)] == ["an", "ding", "fang", "lu", "pan"]
    assert len(on_duty(plan_of(room.store, "U", SHANGHAI), room.clock.instant)) == 3


def test_a_level_of_the_unit_above_holds_below_and_the_highest_decides() -> None:
    windows = [
        LevelWindow(level="IV", start=at("2026-07-01 08:00"), end=at("2026-07-05 08:00")),
        LevelWindow(level="II", start=at("2026-07-02 08:00"), end=at("2026-07-03 08:00")),
    ]
    held = [(window.level, window.start) for window in highest_at_a_time(windows)]
    assert held == [
        ("IV", at("2026-07-01 08:00")),
        ("II", at("2026-07-02 08:00")),
        ("IV", at("2026-07-03 08:00")),
    ]


def explained(room: Room, line: str, view: View | None = None) -> list[str]:
    return [str(told) for told in status(room, line, "2026-07-01 10:00", view).line.explanation]


def test_a_post_tells_its_own_needs_and_the_leader_s_where_he_must_be(room: Room) -> None:
    a_level_table(room)
    supposed = SupposedView(room.store, "U", Level.III, room.clock.instant)
    leader, officer = explained(room, "duty/leader/U", supposed), explained(room, "duty/officer/U", supposed)
    assert any("国汛〔2009〕6号" in told for told in officer)
    for post, in_season, raised in ((leader, 1, 1), (officer, 2, 4)):
        told = [sentence for sentence in post if sentence.startswith(("In season", "Under"))]
        levels = [f"Under {level.word}: {raised}." for level in (Level.III, Level.II, Level.I)]
        assert (told[0], sorted(told[1:])) == (f"In season {in_season} at every moment.", sorted(levels))
    on_site = f"Leader on site: {Level.III.word}: leader on site."
    assert on_site in leader
    assert on_site not in officer


def test_a_post_that_only_a_level_asks_for_has_a_line_while_that_level_is_declared_or_known_to_come(room: Room) -> None:
    add_post(room.store, room.by("he"), id="driver", name="Driver", unit="U", kind=PostKind.OTHER)
    change_settings(
        room.store, room.by("pan"), unit="U", level_needs=(LevelNeed(level="III", post="driver", needed=1),)
    )
    for level, found in ((None, False), (Level.IV, False), (Level.III, True)):
        supposed = SupposedView(room.store, "U", level, room.clock.instant)
        lines = lines_of(parts, Surroundings(supposed, room.clock.instant, SHANGHAI))
        assert ("duty/driver/U" in {line.id for line in lines}) is found


def lines(room: Room, unit: str) -> set[str]:
    around = Surroundings(room.store, room.clock.instant, SHANGHAI)
    return {line.id.split("/")[1] for line in lines_of(parts, around) if line.unit == unit}


def test_a_unit_owes_duty_by_its_season_and_phones_and_handovers_by_its_rota(room: Room) -> None:
    add_unit(room.store, room.by("he"), id="county", name="County", parent="U", kind=UnitKind.COUNTY)
    assert lines(room, "county") == set(), "neither season nor rota"
    a_season(room, "county")
    assert lines(room, "county") == {"rota", "checks"} | {
        need.post for need in plan_of(room.store, "county", SHANGHAI).settings.needs
    }
    assert lines(room, "U") == {"rota", "checks", "leader", "officer", "phones", "handover"}
    county = room.store.get(Unit, "county")
    assert county is not None
    change_unit(room.store, room.by("he"), county, active=False)
    assert lines(room, "county") == set(), "closed"


def test_before_its_season_a_unit_without_a_rota_owes_none(room: Room) -> None:
    add_unit(room.store, room.by("he"), id="county", name="County", parent="U", kind=UnitKind.COUNTY)
    a_season(room, "county")
    assert status(room, "duty/rota/county", "2026-04-30 23:59").colour is Colour.GREEN
    found = status(room, "duty/rota/county", "2026-05-01 00:00")
    assert str(found.cause) == f"County has no post of the kind: {PostKind.LEADER.word}"


def test_a_rota_s_end_after_which_no_duty_is_needed_asks_for_nothing(room: Room) -> None:
    a_season(room, "U")
    change_settings(room.store, room.by("pan"), unit="U", all_year=False)
    new = (rotation("leader", "an bo cui"), rotation("officer", "ding+fang geng+hao jia+kong"))
    end = at("2026-10-01 00:00")
    publish_rota(room.store, room.by("pan"), unit="U", since_at=at("2026-07-02 08:00"), until_at=end, rotations=new)
    assert status(room, "duty/rota/U", "2026-09-30 23:59").colour is Colour.GREEN
    assert status(room, "duty/leader/U", "2026-10-01 00:00").colour is Colour.GREEN


def test_a_phone_is_old_from_the_day_after_its_last_good_one_and_only_while_its_owner_stands_duty(room: Room) -> None:
    change_organisation(room.store, room.by("he"), phone_verified_within_days=30)
    for person in room.store.all(Person):
        number = person.phones[0].number if person.phones else "1"
        phone = Phone(number=number, verified_on=date(2026, 6, 1) if person.id == "an" else date(2026, 7, 1))
        change_person(room.store, room.by("he"), person, phones=(phone,))
    # An stands on 1, 4, 7 July … and is near for the week before: always, until the rota ends with the third.
    new = (rotation("leader", "bo cui"), rotation("officer", "ding+fang geng+hao jia+kong"))
    publish_rota(room.store, room.by("pan"), unit="U", since_at=at("2026-07-02 08:00"), rotations=new)
    moments = ("2026-07-01 23:59", "2026-07-02 00:00", "2026-07-02 07:59", "2026-07-02 08:00", "2026-07-31 23:59")
    found = [status(room, "duty/phones/U", moment).colour for moment in moments]
    assert found == [Colour.GREEN, Colour.AMBER, Colour.AMBER, Colour.GREEN, Colour.GREEN]
    assert status(room, "duty/phones/U", "2026-08-01 00:00").colour is Colour.AMBER, "those of 1 July"


def test_who_stands_duty_without_a_phone_is_named(room: Room) -> None:
    an = room.store.get(Person, "an")
    assert an is not None
    change_person(room.store, room.by("he"), an, phones=())
    assert str(status(room, "duty/phones/U", "2026-07-01 10:00").cause) == "An stands duty and has no phone"


def test_a_gap_is_told_with_the_ends_that_it_has_and_with_what_mends_it(room: Room) -> None:
    start, end = at("2026-07-13 08:00"), at("2026-07-14 08:00")
    enter_leave(room.store, room.by("ding"), person="ding", from_at=start, until_at=end)
    found = status(room, "duty/officer/U", "2026-07-13 08:00")
    assert "is short from 2026-07-13 08:00 to 2026-07-14 08:00: " in str(found.cause)
    assert str(found.act) == "fill the post Duty officer of 安澜"
    new = (rotation("leader", "an bo cui"), rotation("officer", "ding+fang geng+hao jia+kong"))
    ends = at("2026-07-20 08:00")
    publish_rota(room.store, room.by("pan"), unit="U", since_at=at("2026-07-02 08:00"), until_at=ends, rotations=new)
    found = status(room, "duty/leader/U", "2026-07-20 08:00")
    assert "is short from 2026-07-20 08:00 on: " in str(found.cause)
    assert str(found.act) == "publish a rota for 安澜"


def test_a_gap_from_the_beginning_of_all_is_told_by_its_end_alone_and_warned_of_by_nothing(room: Room) -> None:
    add_unit(room.store, room.by("he"), id="county", name="County", parent="U", kind=UnitKind.COUNTY)
    add_post(room.store, room.by("he"), id="c", name="Leader", unit="county", kind=PostKind.LEADER)
    change_settings(room.store, room.by("pan"), unit="county", needs=(PostNeed(post="c", needed=1),), all_year=True)
    found = status(room, "duty/c/county", "2026-07-01 10:00")
    assert str(found.cause).startswith("Leader is short: ")
    since = at("2026-07-05 08:00")
    publish_rota(room.store, room.by("pan"), unit="county", since_at=since, rotations=(rotation("c", "lu"),))
    found = status(room, "duty/c/county", "2026-07-01 10:00")
    assert str(found.cause).startswith("Leader is short until 2026-07-05 08:00: ")
    assert [signal.colour for signal in found.line.signals] == [Colour.RED]
