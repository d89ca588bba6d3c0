from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from floodready.command import undo_entry
from floodready.organisation.chain import Link, dead_links
from floodready.organisation.commands import (
    add_person,
    add_post,
    add_unit,
    add_works,
    change_person,
    change_settings,
    change_unit,
    change_works,
    retire_person,
    set_chain,
    set_up,
    sign_in,
    verify_phone,
)
from floodready.organisation.lookup import settings_of
from floodready.organisation.models import (
    Chain,
    Person,
    Phone,
    PhoneKind,
    PostKind,
    Terminal,
    Unit,
    UnitKind,
    WorksKind,
)
from floodready.organisation.permissions import Role
from floodready.refusal import Invalid, NotAllowed, Refused, Superseded
from floodready.store.contract import SYSTEM, Act
from floodready.store.journal_store import JournalStore
from tests.organisation.conftest import Office

TODAY = date(2026, 7, 1)


def person(store: JournalStore, id: str) -> Person:
    found = store.get(Person, id)
    assert found is not None
    return found


def unit(store: JournalStore, id: str) -> Unit:
    found = store.get(Unit, id)
    assert found is not None
    return found


def test_the_first_administrator_needs_nobody_and_there_is_no_second_set_up(office: Office) -> None:
    assert person(office.store, "he").roles == (Role.ADMINISTRATOR,)
    with pytest.raises(Refused, match="set up already"):
        set_up(office.store, Act(person=SYSTEM, terminal="x"), unit="u", unit_name="U", person="p", person_name="P")


def test_a_unit_cannot_stand_above_itself(office: Office) -> None:
    store = office.store
    add_unit(store, office.by("qian"), id="town", name="Town", kind=UnitKind.TOWNSHIP, parent="heyang")
    with pytest.raises(Refused, match="cannot stand above itself"):
        change_unit(store, office.by("qian"), unit(store, "heyang"), parent="town")
    with pytest.raises(Refused, match="cannot stand above itself"):
        change_unit(store, office.by("qian"), unit(store, "heyang"), parent="heyang")
    with pytest.raises(Refused, match="no unit"):
        change_unit(store, office.by("qian"), unit(store, "heyang"), parent="nowhere")
    assert change_unit(store, office.by("qian"), unit(store, "town"), parent="anlan").parent == "anlan"


def test_two_units_of_one_name_do_not_stand_in_one_place(office: Office) -> None:
    store = office.store
    town = add_unit(store, office.by("qian"), id="town", name="Town", kind=UnitKind.TOWNSHIP, parent="heyang")
    with pytest.raises(Refused, match=r"a unit Town in that place already \(town\)"):
        add_unit(store, office.by("qian"), name="town", kind=UnitKind.TOWNSHIP, parent="heyang")
    other = add_unit(store, office.by("qian"), id="other", name="Town", kind=UnitKind.TOWNSHIP, parent="anlan")
    with pytest.raises(Refused, match="in that place already"):
        change_unit(store, office.by("qian"), other, parent="heyang")
    change_unit(store, office.by("qian"), town, active=False)
    change_unit(store, office.by("qian"), other, parent="heyang")
    with pytest.raises(Refused, match="in that place already"):
        change_unit(store, office.by("qian"), unit(store, "town"), active=True)


def test_a_unit_with_people_or_works_is_not_retired(office: Office) -> None:
    store = office.store
    works = add_works(
        store, office.by("qian"), name="Dike 12+400", unit="heyang", kind=WorksKind.DIKE, size=1200, size_unit="m"
    )
    with pytest.raises(Refused, match=r"still holds .*1: Dike 12\+400"):
        change_unit(store, office.by("qian"), unit(store, "heyang"), active=False)
    change_works(store, office.by("qian"), works, active=False)
    assert not change_unit(store, office.by("qian"), unit(store, "heyang"), active=False).active
    with pytest.raises(Refused, match="retired"):
        add_person(store, office.by("qian"), name="New", unit="heyang")


def test_two_works_or_posts_of_one_name_do_not_stand_in_one_unit(office: Office) -> None:
    store, by = office.store, office.by("qian")
    works = add_works(store, by, id="w", name="Dike", unit="heyang", kind=WorksKind.DIKE)
    with pytest.raises(Refused, match=r"has Dike already \(w\)"):
        add_works(store, office.by("qian"), name="dike", unit="heyang", kind=WorksKind.RESERVOIR)
    change_works(store, office.by("qian"), works, active=False)
    add_works(store, office.by("qian"), name="Dike", unit="heyang", kind=WorksKind.DIKE)
    add_post(store, office.by("qian"), name="Driver of heyang", unit="heyang", kind=PostKind.OTHER)
    with pytest.raises(Refused, match="already"):
        add_post(store, office.by("qian"), name="Driver of heyang", unit="heyang", kind=PostKind.OTHER)


def test_a_phone_that_nobody_can_dial_is_refused_where_it_is_entered(office: Office) -> None:
    store, none = office.store, (Phone(number="abc"),)
    with pytest.raises(Invalid, match="has no digit") as refused:
        add_person(store, office.by("qian"), name="Sun", unit="anlan", phones=none)
    assert set(refused.value.problems) == {"phones"}
    kept = (Phone(number="转８８０１"), Phone(number="Yangtze", kind=PhoneKind.RADIO))
    made = add_person(store, office.by("qian"), name="Sun", unit="anlan", phones=kept)
    with pytest.raises(Invalid, match="has no digit"):
        change_person(store, office.by("qian"), made, phones=none)
    with store.transaction(office.by("he"), "of old") as tx:
        old = tx.change(made, phones=none)
    assert change_person(store, office.by("qian"), old, title="clerk").title == "clerk"


def test_only_who_may_grant_roles_makes_more_than_a_viewer(office: Office) -> None:
    store = office.store
    new = add_person(store, office.by("qian"), id="sun", name="Sun", unit="anlan")
    with pytest.raises(NotAllowed):
        change_person(store, office.by("qian"), new, roles=(Role.LEADER,))
    with pytest.raises(NotAllowed):
        add_person(store, office.by("qian"), name="Zhou", unit="anlan", roles=(Role.ADMINISTRATOR,))
    assert change_person(store, office.by("he"), new, roles=(Role.LEADER,)).roles == (Role.LEADER,)
    with pytest.raises(NotAllowed):
        add_person(store, office.by("li"), name="Wu", unit="anlan")


def test_there_is_always_an_administrator(office: Office) -> None:
    store = office.store
    only = person(store, "he")
    with pytest.raises(Refused, match="administrator"):
        retire_person(store, office.by("he"), only, on=TODAY)
    with pytest.raises(Refused, match="administrator"):
        change_person(store, office.by("he"), only, roles=(Role.VIEWER,))
    with pytest.raises(Refused, match="administrator"):
        change_person(store, office.by("he"), only, active=False)
    add_person(store, office.by("he"), id="two", name="Second", unit="anlan", roles=(Role.ADMINISTRATOR,))
    assert not retire_person(store, office.by("two"), person(store, "he"), on=TODAY).active


def test_who_leaves_is_signed_out_and_their_chain_has_a_dead_link(office: Office) -> None:
    store = office.store
    sign_in(store, office.by("li"))
    set_chain(
        store, office.by("he"), unit="heyang", responsible="li", county="zhao", city_leader="zhao", supervision="qian"
    )
    retire_person(store, office.by("he"), person(store, "li"), on=TODAY)
    assert store.get(Terminal, "desk") == Terminal(id="desk")
    assert person(store, "li").left_on == TODAY
    dead = dead_links(store.get(Chain, "heyang"), {p.id: p for p in store.all(Person)})
    assert [(d.link, str(d.cause)) for d in dead] == [
        (Link.RESPONSIBLE, "responsible person: 李 明 has left"),
        (Link.REGULATOR, "industry regulator: nobody is named"),
    ]
    with pytest.raises(Refused, match="has left"):
        set_chain(store, office.by("he"), unit="heyang", regulator="li")
    with pytest.raises(NotAllowed, match="李 明 is not on the staff list"):
        sign_in(store, office.by("li"))


def test_a_chain_keeps_the_links_that_are_not_named_anew(office: Office) -> None:
    set_chain(office.store, office.by("qian"), unit="heyang", responsible="li")
    chain = set_chain(office.store, office.by("qian"), unit="heyang", county="zhao")
    assert (chain.responsible, chain.county) == ("li", "zhao")


def test_a_phone_is_verified_on_a_day(office: Office) -> None:
    verified = verify_phone(office.store, office.by("li"), person="zhao", number="138-zhao", on=TODAY)
    assert verified.phones[0].verified_on == TODAY
    with pytest.raises(Refused, match=r"no number 999\. Known: 138-zhao"):
        verify_phone(office.store, office.by("li"), person="zhao", number="999", on=TODAY)


def test_an_edit_of_a_person_who_changed_meanwhile_is_refused(office: Office) -> None:
    seen = person(office.store, "zhao")
    verify_phone(office.store, office.by("li"), person="zhao", number="138-zhao", on=TODAY)
    with pytest.raises(Superseded, match=r"李 明 changed .zhao.*Phone"):
        change_person(office.store, office.by("qian"), seen, title="Deputy commander")


def test_a_post_and_who_may_take_it(office: Office) -> None:
    store = office.store
    post = add_post(store, office.by("qian"), id="driver", name="司机", unit="anlan", kind=PostKind.OTHER)
    assert change_person(store, office.by("qian"), person(store, "li"), posts=(post.id,)).posts == ("driver",)
    with pytest.raises(Refused, match="no post pilot"):
        change_person(store, office.by("qian"), person(store, "li"), posts=("pilot",))


def test_adding_a_unit_is_undone(office: Office) -> None:
    add_unit(office.store, office.by("qian"), id="new", name="New", kind=UnitKind.ENTERPRISE, parent=None)
    undo_entry(office.store, office.by("qian"), next(office.store.entries_backwards()))
    assert office.store.get(Unit, "new") is None


def test_settings_hold_a_default_until_they_are_set(office: Office) -> None:
    assert settings_of(office.store).phone_verified_within_days == 90
    change_settings(office.store, office.by("qian"), phone_verified_within_days=30)
    assert settings_of(office.store) == replace(settings_of(office.store), phone_verified_within_days=30)
