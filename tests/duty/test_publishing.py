from __future__ import annotations

from dataclasses import replace
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


def test_of_the_rotas_that_have_begun_the_table_leaves_what_the_latest_says_of_other_posts() -> None:
    kept = FixedTurn(post="officer", people=("D",), from_at=ZERO, until_at=day(9))
    gone = FixedTurn(post="leader", people=("L",), from_at=ZERO, until_at=day(9))
    old = Rota(id="R1", unit="U", since_at=ZERO, rotations=(rotation("driver", "O"),))
    held = Rota(id="R2", unit="U", since_at=day(5), rotations=(rotation(), rotation("driver")), turns=(gone, kept))
    later = Rota(id="R3", unit="U", since_at=day(6), rotations=(rotation("driver", "N"),))
    turn = FixedTurn(post="leader", people=("Z",), from_at=day(5), until_at=day(6))
    for order in ([old, held, later], [later, held, old]):
        made = rota_with_turns(order, "U", [turn])
        assert made.rotations == (held.rotations[1],), "a rota holds from its own first instant on"
        assert made.turns == (turn, kept)
    assert rota_with_turns([later], "U", [turn]).turns == (turn,), "nothing has begun"


def test_a_rota_that_ends_as_the_table_begins_holds_no_more_and_one_that_ends_later_does() -> None:
    turn = FixedTurn(post="leader", people=("Z",), from_at=day(5), until_at=day(6))
    for end, posts in ((5, []), (6, ["officer"])):
        held = Rota(id="R1", unit="U", since_at=ZERO, until_at=day(end), rotations=(rotation("officer", "D+E"),))
        assert [one.post for one in rota_with_turns([held], "U", [turn]).rotations] == posts


def test_a_rota_takes_the_place_of_those_that_begin_with_it_or_later() -> None:
    before, same, later = (Rota(id=f"R{n}", unit="U", since_at=day(n), rotations=(rotation(),)) for n in (1, 2, 3))
    new = Rota(id="new", unit="U", since_at=day(2), until_at=day(4), rotations=(rotation(people="N"),))
    assert once_published([later, same, before], new) == (before, new)
    assert once_published([later, same, before], replace(new, until_at=None), then_as_before=True)[:1] == (before,)
    stays = once_published([before, same, later], new, then_as_before=True)
    assert [(one.id, one.since_at) for one in stays] == [("R1", day(1)), ("new", day(2)), ("new+", day(4))]
    assert stays[2].rotations == later.rotations


def test_what_goes_on_after_a_rota_is_what_held_at_its_end_and_nothing_that_ends_with_it() -> None:
    first, second = (Rota(id=f"R{n}", unit="U", since_at=day(n), rotations=(rotation(),)) for n in (1, 2))
    new = Rota(id="new", unit="U", since_at=day(3), until_at=day(4), rotations=(rotation(people="N"),))
    for order in ([first, second], [second, first]):
        goes_on = once_published(order, new, then_as_before=True)[-1]
        assert (goes_on.id, goes_on.since_at) == ("new+", day(4))
    ends = replace(second, until_at=day(4))
    assert once_published([first, ends], new, then_as_before=True) == (first, ends, new)
