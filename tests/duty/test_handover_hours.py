"""When shifts change hands and what a shift is, by the plan alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest

from floodready.duty.handover import first_unsigned, last_boundary, shift_start, stood_by
from floodready.duty.models import FixedTurn, Override, OverrideKind, Rota, TemporaryRota, TurnUnit
from floodready.duty.models_shift import Handover
from tests.duty.rosters import at, plan, rota, rotation

SECOND = timedelta(seconds=1)


def handed(due: str, done: bool = True) -> Handover:
    instant = at(due)
    signed = instant if done else None
    return Handover(
        id=f"H{due}", unit="U", shift_from_at=instant - timedelta(days=1), due_at=instant, begun_at=instant,
        outgoing=(), incoming=(), signed_out_at=signed, signed_in_at=signed,
    )  # fmt: skip


DAILY = plan(rota(rotation()))


@pytest.mark.parametrize(
    ("asked", "boundary"),
    [
        (at("2026-07-03 08:00") - SECOND, at("2026-07-02 08:00")),
        (at("2026-07-03 08:00"), at("2026-07-03 08:00")),
        (at("2026-07-03 08:00") + SECOND, at("2026-07-03 08:00")),
        (at("2026-07-02 07:59"), None),
    ],
)
def test_the_last_boundary_is_the_hand_over_up_to_and_with_the_instant(asked: datetime, boundary: datetime) -> None:
    assert last_boundary(DAILY, asked) == boundary


def test_where_one_person_stands_two_turns_nothing_is_handed_over() -> None:
    known = plan(rota(rotation(people="A A B")))
    assert last_boundary(known, at("2026-07-02 12:00")) is None
    assert last_boundary(known, at("2026-07-03 12:00")) == at("2026-07-03 08:00")


def test_a_table_hands_over_at_its_own_hours() -> None:
    turns = tuple(
        FixedTurn(post="leader", people=(who,), from_at=at(start), until_at=at(end))
        for who, start, end in (
            ("A", "2026-07-01 08:00", "2026-07-02 10:00"),
            ("B", "2026-07-02 10:00", "2026-07-03 08:00"),
        )
    )
    table = Rota(id="R", unit="U", since_at=at("2026-07-01 08:00"), until_at=at("2026-07-03 08:00"), turns=turns)
    assert last_boundary(plan(table), at("2026-07-02 12:00")) == at("2026-07-02 10:00")


def test_a_shift_stands_since_the_last_handover_that_was_completed_before_it_ends() -> None:
    due = at("2026-07-04 08:00")
    done = [handed("2026-07-02 08:00"), handed("2026-07-01 08:00"), handed("2026-07-03 08:00", done=False)]
    assert shift_start(DAILY, due, [*done, handed("2026-07-04 08:00"), handed("2026-07-05 08:00")]) == done[0].due_at
    assert shift_start(DAILY, due, ()) == at("2026-07-03 08:00"), "else since its own turn began"
    assert shift_start(plan(), due, ()) == due


def test_a_shift_of_posts_with_different_hours_stands_since_the_earliest_of_those_who_go() -> None:
    known = plan(rota(rotation("leader", "A B"), rotation("officer", "D E", times=(time(8), time(20)))))
    assert shift_start(known, at("2026-07-04 08:00"), ()) == at("2026-07-03 08:00")
    assert shift_start(known, at("2026-07-04 20:00"), ()) == at("2026-07-04 08:00")


def test_a_turn_whose_rota_was_changed_in_its_midst_counts_from_its_hour() -> None:
    edited = rota(rotation(people="X Y"), since="2026-07-03 12:00", id="R2")
    known = plan(rota(rotation()), edited)
    assert last_boundary(known, at("2026-07-03 13:00")) == at("2026-07-03 08:00")
    assert shift_start(known, at("2026-07-04 08:00"), ()) == at("2026-07-03 08:00")


def test_at_a_handover_the_outgoing_stood_up_to_it_and_the_incoming_come_on_at_it() -> None:
    out, came = stood_by(DAILY, at("2026-07-02 08:00"), at("2026-07-03 08:00"))
    assert ([span.person for span in out], [span.person for span in came]) == (["B"], ["C"])


def test_the_first_unsigned_is_the_first_after_the_latest_that_both_signed() -> None:
    held = [handed("2026-07-03 08:00"), handed("2026-07-02 08:00"), handed("2026-07-05 08:00", done=False)]
    assert first_unsigned(DAILY, held) == at("2026-07-04 08:00")
    assert first_unsigned(DAILY, ()) == at("2026-07-02 08:00"), "the first at which somebody takes over from somebody"
    assert first_unsigned(plan(), ()) is None
    assert first_unsigned(plan(rota(rotation(people="A"))), ()) is None


def test_the_first_of_two_rotas_is_where_unsigned_ones_are_looked_for() -> None:
    known = plan(rota(rotation(), since="2026-07-20 08:00", id="R2"), rota(rotation(), until="2026-07-20 08:00"))
    assert first_unsigned(known, ()) == at("2026-07-02 08:00")


def test_after_a_winter_without_a_rota_the_first_of_the_new_season_is_due() -> None:
    known = plan(rota(rotation(), until="2026-10-31 08:00"), rota(rotation(), since="2027-07-01 08:00", id="R2"))
    assert first_unsigned(known, [handed("2026-10-30 08:00")]) == at("2027-07-02 08:00")


def test_however_long_no_rota_was_published_the_next_one_s_first_is_due() -> None:
    known = plan(rota(rotation(), until="2026-10-31 08:00"), rota(rotation(), since="2029-07-01 08:00", id="R2"))
    assert first_unsigned(known, [handed("2026-10-30 08:00")]) == at("2029-07-02 08:00")
    after_it = plan(rota(rotation(), since="2029-07-01 08:00", id="R2"))
    assert first_unsigned(after_it, [handed("2029-07-01 08:00")]) == at("2029-07-02 08:00")


def test_turns_of_months_are_handed_over_too() -> None:
    known = plan(rota(rotation(unit=TurnUnit.MONTHS, length=2)))
    assert first_unsigned(known, [handed("2026-09-01 08:00")]) == at("2026-11-01 08:00")


def test_a_rota_that_follows_at_once_hands_over_at_its_first_instant() -> None:
    known = plan(
        rota(rotation(people="A"), until="2026-10-31 08:00"),
        rota(rotation(people="B"), since="2026-10-31 08:00", id="R2"),
    )
    assert first_unsigned(known, ()) == at("2026-10-31 08:00")


def test_a_temporary_rota_takes_over_at_its_own_first_hour() -> None:
    temporary = TemporaryRota(
        id="T", unit="U", name="t", from_at=at("2026-07-02 20:00"), until_at=at("2026-07-04 20:00"),
        rotations=(rotation(people="V W", times=(time(20),)),),
    )  # fmt: skip
    known = plan(rota(rotation()), temporary=(temporary,))
    assert last_boundary(known, at("2026-07-02 21:00")) == at("2026-07-02 20:00")
    assert last_boundary(known, at("2026-07-03 19:00")) == at("2026-07-02 20:00")


def replaced(who: str, start: str, end: str) -> Override:
    return Override(id="O", unit="U", post="leader", kind=OverrideKind.REPLACE, person=who, by="X", from_at=at(start),
                    until_at=at(end), made_at=at("2026-07-01 08:00"))  # fmt: skip


@pytest.mark.parametrize(
    ("since", "second", "override", "asked", "boundary"),
    [
        # A turn goes on in other hands at an hour that only the other rota hands over at.
        ("07-03 20:00", 20, ("D", "07-05 08:00", "07-05 20:00"), "07-05 12:00", "07-04 20:00"),
        ("07-03 20:00", 20, ("B", "07-02 20:00", "07-03 08:00"), "07-02 21:00", "07-02 08:00"),
        # The second rota's turn of 08:00 had begun before the rota did.
        ("07-03 12:00", 8, ("B", "07-03 08:00", "07-03 12:00"), "07-03 13:00", "07-02 20:00"),
    ],
)
def test_only_the_hours_of_the_rota_that_holds_then_are_handed_over(
    since: str, second: int, override: tuple[str, str, str], asked: str, boundary: str
) -> None:
    first = 8 if second == 20 else 20
    who, start, end = override
    known = plan(
        rota(rotation(times=(time(first),)), until=f"2026-{since}"),
        rota(rotation(people="D E F", times=(time(second),)), since=f"2026-{since}", id="R2"),
        overrides=(replaced(who, f"2026-{start}", f"2026-{end}"),),
    )
    taken = [span.person for span in stood_by(known, at(f"2026-{start}"), at(f"2026-{end}"))[0]]
    assert taken == ["X"], "the override takes effect"
    assert last_boundary(known, at(f"2026-{asked}")) == at(f"2026-{boundary}")


def test_a_table_hands_over_only_while_it_holds() -> None:
    turns = tuple(
        FixedTurn(post="leader", people=(who,), from_at=at(f"2026-07-{start}"), until_at=at(f"2026-07-{end}"))
        for who, start, end in (
            ("A", "01 08:00", "02 10:00"),
            ("B", "02 10:00", "03 10:00"),
            ("C", "03 10:00", "04 10:00"),
        )
    )
    table = Rota(id="R", unit="U", since_at=at("2026-07-01 08:00"), until_at=at("2026-07-02 20:00"), turns=turns)
    known = plan(
        table, rota(rotation(people="D E", times=(time(20),)), since="2026-07-02 20:00", id="R2"),
        overrides=(replaced("E", "2026-07-03 10:00", "2026-07-03 20:00"), ),
    )  # fmt: skip
    assert last_boundary(known, at("2026-07-03 11:00")) == at("2026-07-02 20:00")


def test_a_table_s_turn_that_began_before_the_table_did_is_no_hour_of_its() -> None:
    whole = FixedTurn(post="leader", people=("D",), from_at=at("2026-07-03 08:00"), until_at=at("2026-07-04 08:00"))
    table = Rota(id="R2", unit="U", since_at=at("2026-07-03 12:00"), turns=(whole,))
    known = plan(
        rota(rotation(times=(time(20),)), until="2026-07-03 12:00"), table,
        overrides=(replaced("B", "2026-07-03 08:00", "2026-07-03 12:00"),),
    )  # fmt: skip
    assert last_boundary(known, at("2026-07-03 13:00")) == at("2026-07-02 20:00")
    from_the_start = replace(table, since_at=at("2026-07-03 08:00"))
    starting = plan(rota(rotation(times=(time(20),)), until="2026-07-03 08:00"), from_the_start)
    assert last_boundary(starting, at("2026-07-03 13:00")) == at("2026-07-03 08:00")
