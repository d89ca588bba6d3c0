from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from floodready.organisation.chain import Link, broken_links, dead_links, next_link
from floodready.organisation.models import Chain, Person, Phone, Pin, Unit
from floodready.organisation.phones import good_until, is_old, old_phones
from floodready.organisation.pin import waits_until
from floodready.organisation.tree import ancestors, descendants, in_order, parents_of, would_cycle

NAMES = st.sampled_from("abcdefgh")
PARENTS = st.dictionaries(NAMES, NAMES | st.none(), max_size=8)


@given(PARENTS, NAMES)
def test_the_way_up_ends_and_never_meets_a_unit_twice(parents: dict[str, str | None], unit: str) -> None:
    above = ancestors(unit, parents)
    assert len(set(above)) == len(above)
    assert unit not in above


@given(st.lists(st.tuples(NAMES, NAMES | st.none()), max_size=12))
def test_a_tree_in_which_no_change_made_a_cycle_has_none(moves: list[tuple[str, str | None]]) -> None:
    parents: dict[str, str | None] = {}
    for moved, parent in moves:
        if (parent is None or parent in parents) and not would_cycle(moved, parent, parents):
            parents[moved] = parent
    units = [Unit(id=id, name=id, parent=parent) for id, parent in parents.items()]
    outline = list(in_order(units))
    assert {unit.id for _, unit in outline} == set(parents)
    for depth, unit in outline:
        assert depth == len(ancestors(unit.id, parents))
        assert all(unit.id in ancestors(below, parents) for below in descendants(unit.id, parents))
    assert parents_of(units) == parents


DAY = date(2026, 7, 1)


@given(st.dates(), st.integers(1, 4000), st.integers(0, 400))
def test_a_number_that_is_old_stays_old(verified: date, within: int, later: int) -> None:
    phone = Phone(number="1", verified_on=verified)
    if is_old(phone, DAY, within):
        assert is_old(phone, DAY + timedelta(days=later), within)
    assert not is_old(phone, good_until(verified, within), within)


def test_a_number_is_old_the_day_after_its_last_good_one() -> None:
    phone = Phone(number="1", verified_on=DAY)
    assert not is_old(phone, DAY + timedelta(days=90), 90)
    assert is_old(phone, DAY + timedelta(days=91), 90)
    never = Phone(number="2")
    assert old_phones(Person(id="li", name="Li", unit="u", phones=(phone, never)), DAY, 90) == (never,)


PEOPLE = {
    "a": Person(id="a", name="A", unit="u", phones=(Phone(number="1"),)),
    "left": Person(id="left", name="Left", unit="u", phones=(Phone(number="2"),), active=False),
    "mute": Person(id="mute", name="Mute", unit="u"),
}


def test_every_way_a_link_can_be_dead_is_said() -> None:
    chain = Chain(id="u", responsible="a", regulator="left", county="mute", city_leader="ghost")
    assert [str(dead.cause) for dead in dead_links(chain, PEOPLE)] == [
        "industry regulator: Left has left",
        "county or district leader: Mute has no phone",
        "city leader: ghost is not on the staff list",
        "supervision group: nobody is named",
    ]
    assert len(dead_links(None, PEOPLE)) == 5


def test_a_chain_is_broken_by_who_cannot_be_reached_and_by_nobody_responsible_not_by_links_unnamed_above() -> None:
    assert broken_links(Chain(id="u", responsible="a"), PEOPLE) == []
    assert [dead.link for dead in broken_links(None, PEOPLE)] == [Link.RESPONSIBLE]
    assert len(broken_links(Chain(id="u", responsible="a"), PEOPLE, climbed=True)) == 4
    chain = Chain(id="u", responsible="a", county="mute", supervision="left")
    assert [dead.link for dead in broken_links(chain, PEOPLE)] == [Link.COUNTY, Link.SUPERVISION]


def test_escalation_climbs_over_dead_links_to_the_end() -> None:
    chain = Chain(id="u", responsible="a", regulator="left", city_leader="a")
    assert next_link(chain, None, PEOPLE) == (Link.RESPONSIBLE, PEOPLE["a"])
    assert next_link(chain, Link.RESPONSIBLE, PEOPLE) == (Link.CITY_LEADER, PEOPLE["a"])
    assert next_link(chain, Link.CITY_LEADER, PEOPLE) is None
    assert next_link(None, None, PEOPLE) is None


@given(st.integers(0, 3000))
def test_the_wait_after_wrong_pins_grows_and_is_bounded(failed: int) -> None:
    at = datetime(2026, 7, 1, tzinfo=UTC)
    now = waits_until(Pin(id="p", hash="h", failed=failed, last_failed_at=at))
    then = waits_until(Pin(id="p", hash="h", failed=failed + 1, last_failed_at=at))
    assert (now is None) == (failed < 5)
    assert then is None or at < (now or then) <= then <= at + timedelta(hours=1)
