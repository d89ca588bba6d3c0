"""What the organisation's lines say: chains without a dead link, phones really tried."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from floodready.organisation.commands import change_person, change_settings, change_unit, set_chain
from floodready.organisation.models import Person, Phone, Unit
from floodready.readiness.gathering import Surroundings
from floodready.readiness.line import Colour, Importance, LineStatus, status_of
from floodready.readiness.organisation_lines import parts
from tests.organisation.conftest import MORNING, Office
from tests.readiness.asked import lines_of

SECOND = timedelta(seconds=1)


def known(office: Office, id: str) -> Person:
    person = office.store.get(Person, id)
    assert person is not None
    return person


def phoned(office: Office, id: str, *verified: date | None) -> None:
    phones = tuple(Phone(number=f"1{n}", verified_on=day) for n, day in enumerate(verified))
    change_person(office.store, office.by("he"), known(office, id), phones=phones)


def status(office: Office, line: str, at: datetime = MORNING) -> LineStatus:
    around = Surroundings(office.store, at, office.store.zone)
    (found,) = [made for made in lines_of(parts, around) if made.id == f"organisation/{line}"]
    return status_of(found, at)


def names(office: Office) -> set[str]:
    around = Surroundings(office.store, MORNING, office.store.zone)
    return {line.id for line in lines_of(parts, around)}


def test_each_unit_in_use_has_its_chain_and_where_it_has_people_their_phones(office: Office) -> None:
    both = {"organisation/chain/anlan", "organisation/phones/anlan"}
    assert names(office) == {*both, "organisation/chain/heyang"}
    heyang = office.store.get(Unit, "heyang")
    assert heyang is not None
    change_unit(office.store, office.by("he"), heyang, active=False)
    assert names(office) == both


def test_a_chain_in_which_nobody_is_responsible_is_not_known(office: Office) -> None:
    for chained in (False, True):
        if chained:
            set_chain(office.store, office.by("he"), unit="heyang", regulator="li")
        found = status(office, "chain/heyang")
        assert (found.colour, found.line.importance) == (Colour.GREY, Importance.A)
        assert str(found.cause) == "nobody is named as responsible for Heyang county"
        assert str(found.act) == "name the responsible person of Heyang county"


@pytest.mark.parametrize("link", ["responsible", "regulator", "county", "city_leader", "supervision"])
def test_a_dead_link_is_red_whether_it_left_or_has_no_phone(office: Office, link: str) -> None:
    links: dict[str, Any] = {"responsible": "zhao", link: "li"}
    set_chain(office.store, office.by("he"), unit="heyang", **links)
    assert status(office, "chain/heyang").colour is Colour.GREEN
    phoned(office, "li")
    found = status(office, "chain/heyang")
    assert (found.colour, str(found.act)) == (Colour.RED, "enter a phone of 李 明")
    assert str(found.cause) == "李 明 is named in the chain of Heyang county but has no phone"
    change_person(office.store, office.by("he"), known(office, "li"), active=False)
    found = status(office, "chain/heyang")
    assert (found.colour, str(found.act)) == (Colour.RED, "name a successor of 李 明 for Heyang county")
    assert str(found.cause) == "李 明 is named in the chain of Heyang county but has left"


def test_a_dead_link_is_red_also_where_nobody_is_responsible(office: Office) -> None:
    set_chain(office.store, office.by("he"), unit="heyang", regulator="li")
    phoned(office, "li")
    assert status(office, "chain/heyang").colour is Colour.RED


def test_the_chain_is_told_link_by_link(office: Office) -> None:
    set_chain(office.store, office.by("he"), unit="heyang", responsible="li", county="zhao")
    phoned(office, "zhao")
    told = [str(sentence) for sentence in status(office, "chain/heyang").line.explanation[2:]]
    assert told == [
        "responsible person: 李 明, 138-li", "industry regulator: nobody is named",
        "county or district leader: 赵, —", "city leader: nobody is named", "supervision group: nobody is named",
    ]  # fmt: skip


def test_whoever_was_never_reached_is_amber_and_so_is_the_one_not_reached_for_longest(office: Office) -> None:
    change_settings(office.store, office.by("he"), phone_verified_within_days=10)
    phoned(office, "li", date(2026, 6, 1), date(2026, 6, 25))
    phoned(office, "zhao", None, date(2026, 6, 24))
    assert str(status(office, "phones/anlan").cause) == "2 people were never reached by phone"
    for id in ("qian", "he"):
        phoned(office, id, date(2026, 6, 30))
    last_good = datetime(2026, 7, 5, tzinfo=office.store.zone)
    found = status(office, "phones/anlan", last_good - SECOND)
    assert (found.colour, str(found.cause)) == (Colour.GREEN, "4 people, each reached within 10 days")
    found = status(office, "phones/anlan", last_good)
    assert found.colour is Colour.AMBER
    assert str(found.cause) == "a phone was last tried on 2026-06-24, more than 10 days ago"
    told = [str(sentence) for sentence in found.line.explanation[1:]]
    assert told[0] == "赵: last reached on 2026-06-24"
    assert told[1] == "李 明: last reached on 2026-06-25"
    assert [id for _, id in found.line.evidence] == ["zhao", "li", "he"]
