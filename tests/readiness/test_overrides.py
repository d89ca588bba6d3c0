from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from floodready.clock import FixedClock
from floodready.command import undo_entry
from floodready.language import verbatim
from floodready.organisation.models import Person, Unit
from floodready.organisation.permissions import Role
from floodready.readiness.assembly import answer, readiness
from floodready.readiness.commands import end_override, override
from floodready.readiness.line import Colour, Line, Overriding, shades_of, status_of, turning_points
from floodready.readiness.models import Override
from floodready.readiness.overriding import counted
from floodready.refusal import Invalid, NotAllowed, Refused
from floodready.store.contract import SYSTEM, Act
from floodready.store.journal_store import JournalStore
from tests.materials.conftest import NINE, ZONE
from tests.readiness.test_rollup import INSTANTS, NOW, PARENTS, line, lines, signal

CHAIN = "organisation/chain/HQ"
BY_LI = Act(person="li", terminal="T1")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[JournalStore]:
    clock = FixedClock(NINE)
    with JournalStore.create(tmp_path / "store", clock=clock) as made:
        with made.transaction(Act(person=SYSTEM, terminal="T1"), "set up") as tx:
            tx.put(Unit(id="HQ", name="Anlan headquarters"))
            tx.put(Person(id="li", name="Li Wei", unit="HQ", roles=(Role.LEADER,)))
            tx.put(Person(id="wang", name="Wang Fang", unit="HQ", roles=(Role.DUTY_OFFICER,)))
        with pytest.MonkeyPatch.context() as surroundings:
            # What the office has not entered yet is not what is overridden here.
            surroundings.setattr("floodready.readiness.gathering.SOURCES", ("organisation",))
            yield made


def hold(store: JournalStore, colour: Colour = Colour.GREEN, hours: int = 24, second: str | None = "wang") -> Override:
    return override(
        store,
        Act(person="li", terminal="T1"),
        line=CHAIN,
        colour=colour,
        reason="named by phone, the order is on its way",
        until_at=store.clock.now() + timedelta(hours=hours),
        zone=ZONE,
        second=second,
    )


def test_both_values_stay_visible_and_the_override_is_counted(store: JournalStore) -> None:
    hold(store)
    seen = readiness(store, NINE, ZONE)
    status = next(s for unit in seen.units for s in unit.lines() if s.line.id == CHAIN)
    assert (status.colour, status.computed) == (Colour.GREEN, Colour.GREY)
    assert str(status.cause) == (
        "Li Wei and Wang Fang set it to READY (named by phone, the order is on its way); "
        "computed: NOT KNOWN, nobody is named as responsible for Anlan headquarters"
    )
    assert str(counted([status])) == "1 override holds"


def test_it_ends_by_time_without_anything_running(store: JournalStore) -> None:
    made = hold(store, hours=72)
    last = made.until_at - timedelta(microseconds=1)
    colours = [readiness(store, at, ZONE).colour for at in (NINE, last, made.until_at)]
    assert colours[0] is not Colour.GREY
    assert colours[2] is Colour.GREY


def test_it_may_last_72_hours_and_no_longer(store: JournalStore) -> None:
    with pytest.raises(Invalid, match="72 h"):
        hold(store, hours=73)


def test_a_better_colour_needs_a_second_name_a_worse_one_does_not(store: JournalStore) -> None:
    with pytest.raises(Invalid, match="second name"):
        hold(store, second=None)
    with pytest.raises(Invalid, match="another person"):
        hold(store, second="li")
    assert hold(store, Colour.RED, second=None).second is None


def test_only_a_leader_may_and_must_say_why(store: JournalStore) -> None:
    facts = {"line": CHAIN, "colour": Colour.RED, "until_at": NINE + timedelta(hours=1), "zone": ZONE}
    with pytest.raises(NotAllowed):
        override(store, Act(person="wang", terminal="T1"), reason="x", **facts)  # type: ignore[arg-type] # facts of the command's own types
    with pytest.raises(Invalid, match="Reason"):
        override(store, BY_LI, reason="  ", **facts)  # type: ignore[arg-type] # facts of the command's own types


def test_one_override_at_a_time_for_a_line_that_exists_and_says_something_else(store: JournalStore) -> None:
    with pytest.raises(Refused, match="already by the rules"):
        hold(store, Colour.GREY)
    hold(store)
    with pytest.raises(Refused, match="still holds"):
        hold(store, Colour.RED)


def test_ended_early_the_computed_colour_shows_again_and_the_past_keeps_both(store: JournalStore) -> None:
    made = hold(store)
    clock = store.clock
    assert isinstance(clock, FixedClock)
    clock.instant += timedelta(hours=2)
    end_override(store, Act(person="li", terminal="T1"), override=made.id)
    assert readiness(store, clock.now(), ZONE).colour is Colour.GREY
    assert readiness(store, NINE + timedelta(hours=1), ZONE).colour is not Colour.GREY
    with pytest.raises(Refused, match="holds no more"):
        end_override(store, Act(person="li", terminal="T1"), override=made.id)


def test_undo_takes_the_override_away(store: JournalStore) -> None:
    hold(store)
    undo_entry(store, Act(person="li", terminal="T1"), next(store.entries_backwards()))
    assert list(store.all(Override)) == []


@st.composite
def overridden_lines(draw: st.DrawFn) -> Line:
    found = draw(lines())
    since = draw(INSTANTS)
    over = Overriding(
        id="O1",
        colour=draw(st.sampled_from(Colour)),
        leader="Li",
        reason="seen",
        since=since,
        until=since + timedelta(hours=draw(st.integers(1, 72))),
    )
    return line(found.id, *found.signals, importance=found.importance, unit=found.unit, overridings=(over,))


@given(overridden_lines(), INSTANTS)
def test_an_override_shows_exactly_within_its_window_and_names_an_act_when_not_green(found: Line, at: object) -> None:
    (over,) = found.overridings
    shades = shades_of(found)
    assert all(before is not after for (_, before), (_, after) in pairwise(shades))
    for instant in (NOW, over.since, over.until, over.until - timedelta(microseconds=1)):
        status = status_of(found, instant)
        assert (status.overriding is over) == (over.since <= instant < over.until)
        assert status.colour is (over.colour if status.overriding else status.computed)
        assert status.colour is Colour.GREEN or status.act is not None
        held = [shade for shade in shades if shade[0] <= instant]
        assert status.colour is held[-1][1]
        assert status.until == (shades[len(held)][0] if len(held) < len(shades) else None)
    assert {over.since, over.until} <= {*turning_points(found, over.since - timedelta(1), over.until)}


def test_an_override_of_one_line_leaves_the_others_as_they_are() -> None:
    over = Overriding(id="O1", colour=Colour.GREEN, leader="Li", second="Wang", reason="seen", since=NOW,
                      until=NOW + timedelta(hours=1))  # fmt: skip
    good = line("a", signal(Colour.RED), overridings=(over,))
    bad = line("b", signal(Colour.RED))
    seen = answer([good, bad], NOW, PARENTS)
    assert [status.line.id for status in seen.wrong] == ["b"]
    assert verbatim("b") == seen.wrong[0].line.subject
