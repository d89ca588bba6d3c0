from __future__ import annotations

from datetime import timedelta

import pytest

from floodready.organisation.commands import hand_over, set_pin, sign_in, sign_out
from floodready.organisation.models import Pin, Terminal
from floodready.refusal import NotAllowed, Refused
from tests.organisation.conftest import MORNING, Office


@pytest.fixture
def with_pin(office: Office) -> Office:
    set_pin(office.store, office.by("he"), person="li", pin="4071")
    return office


def wrong(office: Office, times: int) -> None:
    for _ in range(times):
        with pytest.raises(Refused, match="PIN is wrong"):
            sign_in(office.store, office.by("li"), pin="9999")


def failed(office: Office) -> int:
    kept = office.store.get(Pin, "li")
    assert kept is not None
    return kept.failed


def test_a_terminal_knows_who_sits_there_since_when(with_pin: Office) -> None:
    assert sign_in(with_pin.store, with_pin.by("li"), pin="4071") == Terminal(id="desk", person="li", since_at=MORNING)
    assert sign_out(with_pin.store, with_pin.by("li")).person is None
    with pytest.raises(Refused, match="Nobody is signed in"):
        sign_out(with_pin.store, with_pin.by("li"))


def test_a_shared_terminal_changes_hands(with_pin: Office) -> None:
    office = with_pin
    with pytest.raises(Refused, match="赵 is not signed in"):
        hand_over(office.store, office.by("zhao"), to="li", pin="4071")
    sign_in(office.store, office.by("zhao"))
    office.later(timedelta(hours=12))
    taken = hand_over(office.store, office.by("zhao"), to="li", pin="4071")
    assert (taken.person, taken.since_at) == ("li", MORNING + timedelta(hours=12))


def test_a_wrong_pin_is_recorded_and_nobody_sits_down(with_pin: Office) -> None:
    wrong(with_pin, 2)
    assert failed(with_pin) == 2
    assert with_pin.store.get(Terminal, "desk") is None
    sign_in(with_pin.store, with_pin.by("li"), pin="4071")
    assert failed(with_pin) == 0


def test_five_wrong_pins_wait_and_each_further_one_waits_longer(with_pin: Office) -> None:
    office = with_pin
    wrong(office, 5)
    with pytest.raises(Refused, match=r"Try again in 60 s"):
        sign_in(office.store, office.by("li", "another terminal"), pin="4071")
    office.later(timedelta(seconds=60))
    wrong(office, 1)
    office.later(timedelta(seconds=119))
    with pytest.raises(Refused, match=r"for 李 明\. Try again in 1 s"):
        sign_in(office.store, office.by("li"), pin="4071")
    office.later(timedelta(seconds=1))
    assert sign_in(office.store, office.by("li"), pin="4071").person == "li"


def test_a_pin_must_be_given_where_there_is_one(with_pin: Office) -> None:
    with pytest.raises(Refused, match="李 明 has a PIN"):
        sign_in(with_pin.store, with_pin.by("li"))
    assert failed(with_pin) == 0


def test_a_pin_is_changed_by_its_owner_with_the_old_one_or_by_an_administrator(with_pin: Office) -> None:
    office = with_pin
    set_pin(office.store, office.by("li"), person="li", pin="8264", old="4071")
    with pytest.raises(Refused, match="PIN is wrong"):
        set_pin(office.store, office.by("li"), person="li", pin="1111999", old="4071")
    assert failed(office) == 1
    with pytest.raises(NotAllowed):
        set_pin(office.store, office.by("zhao"), person="li", pin="8264")
    with pytest.raises(NotAllowed):
        set_pin(office.store, office.by("li"), person="li", pin="8264")
    set_pin(office.store, office.by("zhao"), person="zhao", pin="8264")
    with pytest.raises(Refused, match="no person"):
        set_pin(office.store, office.by("he"), person="nobody", pin="8264")


@pytest.mark.parametrize("pin", ["123", "12a4", "0000", "1234", "4321", "8901", "１２７４", "1" * 13, ""])
def test_a_simple_or_malformed_pin_is_refused(office: Office, pin: str) -> None:
    with pytest.raises(Refused, match="PIN"):
        set_pin(office.store, office.by("zhao"), person="zhao", pin=pin)


def test_no_document_but_the_pin_itself_carries_the_hash_and_nothing_carries_the_pin(with_pin: Office) -> None:
    written = [str(change.after) for entry in with_pin.store.entries() for change in entry.changes]
    assert not any("4071" in text for text in written)
    assert sum("argon2" in text for text in written) == 1
