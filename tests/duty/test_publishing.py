from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from floodready.duty.models import FixedTurn, Rota
from floodready.duty.publishing import once_published, rota_with_turns
from floodready.duty.resolver import on_duty
from tests.duty.rosters import at, plan, rotation

ZERO = at("2026-07-01 08:00")


def day(number: int) -> datetime:
    return ZERO + timedelta(days=number)


@st.composite
def rotas(draw: st.DrawFn) -> tuple[Rota, ...]:
    begins = draw(st.lists(st.integers(0, 30), max_size=4, unique=True))
    return tuple(
        Rota(
            id=f"R{number}", unit="U", since_at=day(begin), rotations=(rotation(people=f"A{number} B{number}"),),
            until_at=draw(st.none() | st.integers(begin + 1, 45).map(day)),
        )
        for number, begin in enumerate(begins)
    )  # fmt: skip


@given(rotas(), st.integers(0, 30), st.integers(1, 12))
def test_a_rota_that_leaves_the_rest_as_before_changes_nothing_outside_its_own_time(
    held: tuple[Rota, ...], begin: int, length: int
) -> None:
    new = Rota(id="new", unit="U", since_at=day(begin), until_at=day(begin + length), rotations=(rotation(people="N"),))
    before, after = plan(*held), plan(*once_published(held, new, then_as_before=True))
    for number in range(60):
        moment = day(number) + timedelta(hours=5)
        standing = [(span.person, span.why) for span in on_duty(after, moment)]
        if begin <= number < begin + length:
            assert [person for person, _ in standing] == ["N"]
        else:
            assert standing == [(span.person, span.why) for span in on_duty(before, moment)]


@given(rotas(), st.integers(0, 30))
def test_without_that_nothing_holds_beside_or_after_a_rota(held: tuple[Rota, ...], begin: int) -> None:
    new = Rota(id="new", unit="U", since_at=day(begin), rotations=(rotation(people="N"),))
    after = plan(*once_published(held, new))
    assert {span.person for number in range(begin, 60) for span in on_duty(after, day(number))} == {"N"}


def test_a_table_leaves_the_posts_it_is_silent_of() -> None:
    held = Rota(id="R1", unit="U", since_at=ZERO, rotations=(rotation(), rotation("officer", "D+E")))
    turn = FixedTurn(post="leader", people=("Z",), from_at=day(5), until_at=day(6))
    made = rota_with_turns([held], "U", [turn])
    assert (made.since_at, made.until_at) == (day(5), day(6))
    assert [one.post for one in made.rotations] == ["officer"]


def test_a_table_after_a_rota_that_has_ended_stands_alone() -> None:
    held = Rota(id="R1", unit="U", since_at=ZERO, until_at=day(3), rotations=(rotation("officer", "D+E"),))
    turn = FixedTurn(post="leader", people=("Z",), from_at=day(5), until_at=day(6))
    assert rota_with_turns([held], "U", [turn]).rotations == ()
