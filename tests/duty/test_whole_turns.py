"""Turns as people read them: a plan that changed in their midst cuts nobody's duty in two."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from itertools import pairwise

import icalendar
from hypothesis import given
from hypothesis import strategies as st

from floodready.duty.calendar import calendar_of
from floodready.duty.commands import publish_rota
from floodready.duty.commands_shift import begin_handover, sign_handover
from floodready.duty.models import StoodDuty, TurnUnit
from floodready.duty.resolver import Span, timeline
from floodready.duty.views import rota_difference, timeline_rows, who_is_on
from floodready.duty.whole_turns import whole_turns
from floodready.exchange.duty_ical import Wanted, calendar_text
from floodready.exchange.duty_print import month_of
from floodready.frozen import replace
from tests.duty.conftest import Room
from tests.duty.rosters import SHANGHAI, at, plan, rota, rotation

_OFFICERS = rotation("officer", "ding+fang geng+hao jia+kong")


def _brief(spans: tuple[Span, ...]) -> list[tuple[str, datetime, datetime]]:
    return [(span.person, span.start, span.end) for span in spans]


def _republished(room: Room) -> None:
    """Publish at 10:00 a rota of other leaders from tomorrow on: today An goes on from 08:00."""
    leaders = rotation("leader", "an cui bo", name="three leaders")
    publish_rota(room.store, room.by("pan"), unit="U", since_at=at("2026-07-01 10:00"), rotations=(leaders, _OFFICERS))


def test_who_is_on_stands_since_the_hour_of_the_turn(room: Room) -> None:
    _republished(room)
    row = next(row for row in who_is_on(room.store, "U", room.clock.instant, SHANGHAI) if row.person == "an")
    assert (row.start, row.end) == (at("2026-07-01 08:00"), at("2026-07-02 08:00"))
    assert "three leaders" in str(row.why)


def test_every_list_and_paper_has_one_turn(room: Room) -> None:
    _republished(room)
    start, end = at("2026-07-01 00:00"), at("2026-07-02 00:00")
    rows = timeline_rows(room.store, "U", start, end, SHANGHAI)
    assert [row.person for row in rows if row.post == "leader"] == ["an"]
    day = calendar_of(room.store, "U", date(2026, 7, 1), 1, SHANGHAI, room.clock.instant).days[0]
    assert [row.person for cell in day.cells for row in cell.begun] == ["an", "ding", "fang"]
    assert month_of(room.store, "U", date(2026, 7, 1), SHANGHAI).rows[1].cells[0][0] == "Cui"
    assert month_of(room.store, "U", date(2026, 7, 1), SHANGHAI).rows[0].cells[0][0].startswith("An, ✘")


def test_a_calendar_keeps_the_event_it_has(room: Room) -> None:
    wanted = Wanted(unit="U", start=room.clock.instant, end=at("2026-07-01 20:00"), post="leader")
    sent_at = room.clock.instant
    before = calendar_text(room.store, wanted, sent_at, SHANGHAI)
    room.later("2026-07-01 10:30")
    leaders = rotation("leader", "an cui bo", name="three leaders")
    publish_rota(room.store, room.by("pan"), unit="U", since_at=room.clock.instant, rotations=(leaders, _OFFICERS))
    after = calendar_text(room.store, wanted, room.clock.instant, SHANGHAI, room.store.past(sent_at))
    uids = [[str(event["UID"]) for event in icalendar.Calendar.from_ical(text).events] for text in (before, after)]
    assert uids[0] == uids[1]
    assert len(uids[0]) == 1


def test_a_leaders_week_stays_one_though_each_morning_is_signed(room: Room) -> None:
    weekly = rotation("leader", "an bo", unit=TurnUnit.WEEKS, first_on=date(2026, 7, 1))
    publish_rota(room.store, room.by("pan"), unit="U", since_at=room.clock.instant, rotations=(weekly, _OFFICERS))
    for morning, gone, come in (("2026-07-02 08:05", "ding", "geng"), ("2026-07-03 08:05", "geng", "jia")):
        room.later(morning)
        begun = begin_handover(room.store, room.by(gone), unit="U", zone=SHANGHAI)
        signed = sign_handover(room.store, room.by(gone), begun, outgoing=True, zone=SHANGHAI)
        sign_handover(room.store, room.by(come), signed, outgoing=False, zone=SHANGHAI)
    assert any(stood.person == "an" for stood in room.store.all(StoodDuty))
    row = next(row for row in who_is_on(room.store, "U", room.clock.instant, SHANGHAI) if row.person == "an")
    assert (row.start, row.end) == (at("2026-07-01 08:00"), at("2026-07-08 08:00"))


def test_two_turns_of_one_person_stay_two() -> None:
    alone = plan(rota(rotation("leader", "A")))
    spans = whole_turns(alone, at("2026-07-01 08:00"), at("2026-07-04 08:00"))
    assert _brief(spans) == [("A", at(f"2026-07-0{day} 08:00"), at(f"2026-07-0{day + 1} 08:00")) for day in (1, 2, 3)]


def test_nothing_joins_over_other_hands_or_over_a_gap() -> None:
    first = rota(rotation("leader", "A B"), until="2026-07-01 12:00")
    other = rota(rotation("leader", "B A"), since="2026-07-01 14:00", id="R2")
    again = rota(rotation("leader", "A B", name="again"), since="2026-07-01 20:00", id="R3")
    spans = whole_turns(plan(first, other, again), at("2026-07-01 08:00"), at("2026-07-02 08:00"))
    assert [span.person for span in spans] == ["A", "B", "A"]


def test_the_reason_is_that_of_the_asked_instant_else_the_last() -> None:
    first, other = rota(rotation("leader", "A B")), rota(rotation("leader", "A C"), since="2026-07-01 12:00", id="R2")
    edited, start, end = plan(first, other), at("2026-07-01 08:00"), at("2026-07-02 08:00")
    (then,) = whole_turns(edited, start, end, at("2026-07-01 11:59"))
    (now,) = whole_turns(edited, start, end, at("2026-07-01 12:00"))
    (last,) = whole_turns(edited, start, end)
    assert (then.why.source, now.why.source, last.why.source) == ("leader A B", "leader A C", "leader A C")


def test_a_rota_that_leaves_a_turn_as_it_is_shows_no_difference_in_it(room: Room) -> None:
    other = rota(rotation("leader", "an bo cui", name="other"), _OFFICERS, since="2026-07-01 11:00", id="new")
    month = replace(other, until_at=at("2026-07-03 15:00"))
    found = rota_difference(room.store, month, SHANGHAI, then_as_before=True)
    assert (found.gone, found.come) == ((), ())


@given(st.lists(st.integers(1, 240), max_size=4, unique=True), st.lists(st.sampled_from("ABC"), min_size=1, max_size=3))
def test_joining_moves_nobody(hours: list[int], people: list[str]) -> None:
    begin, end = at("2026-07-01 08:00"), at("2026-07-15 08:00")
    rotas = [
        rota(
            rotation("leader", " ".join(people[n:] + people[:n]), name=f"{n}", times=(time(8), time(20))),
            since=f"{(begin + timedelta(hours=hour)).astimezone(SHANGHAI):%Y-%m-%d %H:%M}",
            id=f"R{n}",
        )
        for n, hour in enumerate([0, *sorted(hours)])
    ]
    edited = plan(*rotas)
    spans = whole_turns(edited, begin, end)
    line = timeline(edited, begin, end)
    for instant in {edge for span in line.spans for edge in (span.start, span.end - timedelta(seconds=1))}:
        assert {s.person for s in line.at(instant)} == {s.person for s in spans if s.start <= instant < s.end}
    assert all(one.end <= other.start for one, other in pairwise(spans))
