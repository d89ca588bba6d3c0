from __future__ import annotations

from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import icalendar
import pytest
import recurring_ical_events
from openpyxl import Workbook

from floodready.duty.commands import change_settings, enter_leave, publish_rota
from floodready.duty.coverage import gaps
from floodready.duty.models import FixedTurn, Rota, TurnUnit
from floodready.duty.resolver import timeline
from floodready.duty.roster import plan_of
from floodready.duty.views import rota_difference
from floodready.exchange.duty_ical import Wanted, calendar_text
from floodready.exchange.duty_print import month_of
from floodready.exchange.duty_table import read_table
from floodready.organisation.commands import add_post
from floodready.organisation.models import PostKind
from floodready.refusal import Refused
from tests.duty.conftest import Room
from tests.duty.rosters import SHANGHAI, at, rotation

START, END = at("2026-07-01 08:00"), at("2026-07-15 08:00")
WANTED = Wanted(unit="U", start=START, end=END)


def events(text: str) -> list[Any]:
    calendar = icalendar.Calendar.from_ical(text)
    return list(recurring_ical_events.of(calendar).between(START, END))


def spans_of(text: str) -> set[tuple[datetime, datetime, str]]:
    confirmed = [event for event in events(text) if str(event["STATUS"]) == "CONFIRMED"]
    return {(event["DTSTART"].dt, event["DTEND"].dt, str(event["UID"]).split("-")[2]) for event in confirmed}


def test_another_program_reads_the_same_spans(room: Room) -> None:
    text = calendar_text(room.store, WANTED, room.clock.instant, SHANGHAI)
    line = timeline(plan_of(room.store, "U", SHANGHAI), START, END)
    assert spans_of(text) == {(s.start, s.end, s.person) for s in line.spans}
    assert icalendar.Calendar.from_ical(text)["VERSION"] == "2.0"
    assert "\r\n" in text


def test_a_withdrawn_turn_is_cancelled_under_its_uid_and_an_extended_one_keeps_it(room: Room) -> None:
    sent_at = room.clock.instant
    before = calendar_text(room.store, WANTED, sent_at, SHANGHAI)
    room.later("2026-07-01 11:00")
    longer = (rotation("leader", "an"), rotation("officer", "ding+fang geng+hao jia+kong"))
    publish_rota(room.store, room.by("pan"), unit="U", since_at=at("2026-07-04 08:00"), rotations=longer)
    after = calendar_text(room.store, WANTED, room.clock.instant, SHANGHAI, room.store.past(sent_at))
    states = {str(e["UID"]): str(e["STATUS"]) for e in events(after)}
    assert all(str(event["UID"]) in states for event in events(before))
    cancelled = {uid for uid, state in states.items() if state == "CANCELLED"}
    assert cancelled
    assert all("-bo-" in uid or "-cui-" in uid for uid in cancelled)
    line = timeline(plan_of(room.store, "U", SHANGHAI), START, END)
    assert spans_of(after) == {(s.start, s.end, s.person) for s in line.spans}


def test_a_turn_that_runs_keeps_its_uid_whenever_it_is_exported(room: Room) -> None:
    """Exported twice in one shift, a client must not show the running turn twice, nor the last one as shorter."""

    def sent(hour: str) -> dict[str, tuple[datetime, datetime]]:
        wanted = Wanted(unit="U", start=at(f"2026-07-01 {hour}"), end=at(f"2026-07-03 {hour}"))
        calendar: Any = icalendar.Calendar.from_ical(calendar_text(room.store, wanted, room.clock.instant, SHANGHAI))
        return {str(e["UID"]): (e["DTSTART"].dt, e["DTEND"].dt) for e in calendar.walk("VEVENT")}

    assert sent("11:00") == sent("15:00")
    assert {end - start for start, end in sent("11:00").values()} == {timedelta(days=1)}


def test_one_persons_calendar_holds_only_their_turns(room: Room) -> None:
    wanted = Wanted(unit="U", start=START, end=END, person="ding")
    assert {person for _, _, person in spans_of(calendar_text(room.store, wanted, START, SHANGHAI))} == {"ding"}


def test_what_is_a_gap_is_no_event_at_the_second_either_side(room: Room) -> None:
    away = at("2026-07-04 08:00"), at("2026-07-04 20:00")
    enter_leave(room.store, room.by("ding"), person="ding", from_at=away[0], until_at=away[1])
    found = spans_of(calendar_text(room.store, WANTED, room.clock.instant, SHANGHAI))
    for edge in away:
        for offset in (-1, 0, 1):
            moment = edge + timedelta(seconds=offset)
            shown = any(start <= moment < end for start, end, person in found if person == "ding")
            planned = timeline(plan_of(room.store, "U", SHANGHAI), START, END).at(moment)
            assert shown == any(span.person == "ding" for span in planned)


def test_a_monthly_table_in_gb18030_is_read(room: Room, tmp_path: Path) -> None:
    file = tmp_path / "七月.csv"
    text = "日期,Leader in charge,Duty officer\n2026年7月10日,An,Ding、Fang\n2026/7/11,Bo,Geng Hao\n"
    file.write_bytes(text.encode("gb18030"))
    rota = read_table(str(file), "U", room.store, SHANGHAI)
    assert (rota.since_at, rota.until_at) == (at("2026-07-10 08:00"), at("2026-07-12 08:00"))
    assert [(turn.post, turn.people) for turn in rota.turns] == [
        ("leader", ("an",)),
        ("officer", ("ding", "fang")),
        ("leader", ("bo",)),
        ("officer", ("geng", "hao")),
    ]


def test_a_cell_of_two_lines_is_one_cell_and_a_broken_table_is_told(room: Room, tmp_path: Path) -> None:
    file = tmp_path / "table.csv"
    file.write_text('date,leader,officer\n2026-07-10,an,"ding\nfang"\n', encoding="utf-8")
    rota = read_table(str(file), "U", room.store, SHANGHAI)
    assert [turn.people for turn in rota.turns] == [("an",), ("ding", "fang")]
    file.write_text("date,leader\n2026-07-10," + "x" * 200_000, encoding="utf-8")
    with pytest.raises(Refused, match="Row 2: a cell is longer than"):
        read_table(str(file), "U", room.store, SHANGHAI)
    file.write_bytes(b"PK\x03\x04 a workbook named like a text file")
    with pytest.raises(Refused, match="This is a workbook"):
        read_table(str(file), "U", room.store, SHANGHAI)


def imported(room: Room, tmp_path: Path, text: str) -> Rota:
    file = tmp_path / "table.csv"
    file.write_text(text, encoding="utf-8")
    rota = read_table(str(file), "U", room.store, SHANGHAI)
    return publish_rota(
        room.store, room.by("pan"), unit="U", since_at=rota.since_at, until_at=rota.until_at,
        rotations=rota.rotations, turns=rota.turns, then_as_before=True,
    )  # fmt: skip


def test_a_table_changes_when_the_rota_of_each_post_does(room: Room, tmp_path: Path) -> None:
    """Leaders change at 09:00, officers at 20:00: the table moves no hand-over, and leaves no hole at its edges."""
    rotations = (
        rotation("leader", "an bo cui", times=(time(9),)),
        rotation("officer", "ding+fang geng+hao jia+kong", times=(time(20),)),
    )
    publish_rota(room.store, room.by("pan"), unit="U", since_at=at("2026-07-02 09:00"), rotations=rotations)
    rota = imported(room, tmp_path, "date,leader,officer\n2026-07-10,cui,jia kong\n2026-07-11,an,ding fang\n")
    assert {(turn.from_at, turn.until_at) for turn in rota.turns if turn.people == ("cui",)} >= {
        (at("2026-07-10 09:00"), at("2026-07-11 09:00"))
    }
    assert {(turn.from_at, turn.until_at) for turn in rota.turns if turn.people == ("jia", "kong")} >= {
        (at("2026-07-10 20:00"), at("2026-07-11 20:00"))
    }
    assert gaps(plan_of(room.store, "U", SHANGHAI), at("2026-07-02 09:00"), at("2026-07-20 09:00")) == []


def test_a_post_without_a_rotation_changes_by_the_figures_of_the_unit(room: Room, tmp_path: Path) -> None:
    add_post(room.store, room.by("he"), id="driver", name="Driver", unit="U", kind=PostKind.OTHER)
    change_settings(room.store, room.by("pan"), unit="U", hand_over_at=time(7, 30))
    rota = imported(room, tmp_path, "date,driver\n2026-07-10,lu\n")
    assert [(turn.from_at, turn.until_at) for turn in rota.turns] == [(at("2026-07-10 07:30"), at("2026-07-11 07:30"))]


def test_a_post_manned_by_day_only_keeps_its_end(room: Room, tmp_path: Path) -> None:
    add_post(room.store, room.by("he"), id="driver", name="Driver", unit="U", kind=PostKind.OTHER)
    day = (*room.rota().rotations, rotation("driver", "lu", times=(time(8, 30),), ends=time(17, 30)))
    publish_rota(room.store, room.by("pan"), unit="U", since_at=at("2026-07-02 08:00"), rotations=day)
    rota = imported(room, tmp_path, "date,driver\n2026-07-10,lu\n2026-07-11,lu\n")
    assert [(turn.from_at, turn.until_at) for turn in rota.turns] == [
        (at(f"2026-07-{d} 08:30"), at(f"2026-07-{d} 17:30")) for d in (10, 11)
    ]


def test_a_table_of_one_post_leaves_the_others_as_they_are(room: Room, tmp_path: Path) -> None:
    """Shorter rows, as a sheet without trailing cells gives them, are read too."""
    file = tmp_path / "leaders.csv"
    file.write_text("日期,备注,leader\n2026-07-10\n2026-07-11,,bo\n2026-07-12,,cui\n,,\n", encoding="utf-8")
    rota = read_table(str(file), "U", room.store, SHANGHAI)
    start, end = at("2026-07-11 08:00"), at("2026-08-20 08:00")
    before = timeline(plan_of(room.store, "U", SHANGHAI), start, end).spans
    publish_rota(
        room.store, room.by("pan"), unit="U", since_at=rota.since_at, until_at=rota.until_at,
        rotations=rota.rotations, turns=rota.turns, then_as_before=True,
    )  # fmt: skip
    after = timeline(plan_of(room.store, "U", SHANGHAI), start, end).spans
    leaders = [(s.start, s.person) for s in after if s.post == "leader"]
    assert leaders[:2] == [(at("2026-07-11 08:00"), "bo"), (at("2026-07-12 08:00"), "cui")]
    assert leaders[2:] == [(s.start, s.person) for s in before if s.post == "leader"][2:]
    assert [s for s in after if s.post == "officer"] == [s for s in before if s.post == "officer"]


def test_what_a_rota_takes_away_after_its_own_end_is_told_before_it_is_published(room: Room) -> None:
    """August is published; July published after it takes August away, though July ends before it begins."""
    august = tuple(
        FixedTurn(post="leader", people=("cui",), from_at=at(f"2026-08-{d:02d} 08:00"),
                  until_at=at(f"2026-08-{d + 1:02d} 08:00"))
        for d in range(1, 10)
    )  # fmt: skip
    publish_rota(room.store, room.by("pan"), unit="U", since_at=at("2026-08-01 08:00"), turns=august)
    july = FixedTurn(post="leader", people=("an",), from_at=at("2026-07-05 08:00"), until_at=at("2026-07-06 08:00"))
    made = Rota(id="new", unit="U", since_at=july.from_at, until_at=july.until_at, turns=(july,))
    gone = rota_difference(room.store, made, SHANGHAI).gone
    assert {span.start for span in gone if span.person == "cui"} >= {turn.from_at for turn in august}


def test_a_workbook_is_read_like_a_text_file(room: Room, tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["date", "leader", "officer"])
    sheet.append([datetime(2026, 7, 10), "an", "ding/fang"])  # noqa: DTZ001 - a workbook keeps no zone
    file = tmp_path / "july.xlsx"
    book.save(file)
    assert len(read_table(str(file), "U", room.store, SHANGHAI).turns) == 2
    with ZipFile(file) as whole:
        parts = {part: whole.read(part) for part in whole.namelist()}
    with ZipFile(file, "w") as whole:
        for part, held in parts.items():
            whole.writestr(part, held[: len(held) // 2] if part.endswith("sheet1.xml") else held)
    with pytest.raises(Refused, match="This workbook cannot be read"):
        read_table(str(file), "U", room.store, SHANGHAI)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("date,leader\n2026-07-10,Nobody\n", "Row 2.*Nobody"),
        ("date,leader\n2026-02-30,an\n", "Row 2.*not a day"),
        ("date,driver\n2026-07-10,an\n", "No column"),
        ("day off,leader\n2026-07-10,an\n", "row of heads"),
        ("", "is empty"),
        ("date,leader\n", "no table"),
        ("date,leader\n9999-12-31,an\n", "Row 2: 9999-12-31 is too far away"),
        ("date,leader\n2026-07-10~2026-07-12,an\n", "Row 2.*not a day"),
        ("date,leader\n2026-07-10,an\n2026-07-10,bo\n", "Row 3: 2026-07-10 stands in row 2 too"),
        ("date,leader,driver\n2026-07-10,an,bo\n", "Column C, “driver”, names people"),
    ],
)
def test_a_table_that_cannot_be_understood_says_where(room: Room, tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "t.csv"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(Refused, match=said):
        read_table(str(file), "U", room.store, SHANGHAI)


@pytest.mark.parametrize("separator", [",", "\t", ";", "|", "，"])
def test_a_table_is_read_below_its_title_whatever_divides_its_columns(
    room: Room, tmp_path: Path, separator: str
) -> None:
    file = tmp_path / "t.csv"
    text = "七月值班表,,,\ndate,officer,leader,备注\n2026-07-10（五）,ding/fang,an,bo\n"
    file.write_text(text.replace(",", separator), encoding="utf-8")
    assert len(read_table(str(file), "U", room.store, SHANGHAI).turns) == 2


def test_a_week_of_duty_is_seen_on_each_of_its_days(room: Room) -> None:
    weekly = (rotation("leader", "an bo", unit=TurnUnit.WEEKS), rotation("officer", "ding+fang geng+hao jia+kong"))
    publish_rota(room.store, room.by("pan"), unit="U", since_at=at("2026-07-08 08:00"), rotations=weekly)
    rows = month_of(room.store, "U", date(2026, 7, 1), SHANGHAI).rows
    assert [row.cells[0][0] for row in rows[7:9]] == ["Bo", "(Bo)"]


def test_the_printed_month_shows_gaps_and_escapes_what_people_typed(room: Room) -> None:
    from io import BytesIO

    from openpyxl import load_workbook

    from floodready.exchange.duty_print import as_html, as_xlsx
    from floodready.organisation.models import Person

    an = room.store.get(Person, "an")
    assert an is not None
    with room.store.transaction(room.by("he"), "rename") as tx:
        tx.change(an, name="=1+1 <b>An</b>")
    enter_leave(room.store, room.by("bo"), person="bo", from_at=at("2026-07-02 08:00"), until_at=at("2026-07-03 08:00"))
    month = month_of(room.store, "U", at("2026-07-01 08:00").date(), SHANGHAI)
    assert "<b>An" not in as_html(month)
    assert "✘ 1 missing" in as_html(month)
    sheet = load_workbook(BytesIO(as_xlsx(month))).active
    assert sheet is not None
    assert (sheet["B6"].value, sheet["B6"].data_type) == ("=1+1 <b>An</b>", "s")
    assert len(month.rows) == 31
