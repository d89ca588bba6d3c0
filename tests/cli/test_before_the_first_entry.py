"""Asked about a time before anything was entered, no word tells to set up what can no longer be set up then."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Type


@pytest.mark.parametrize(
    "typed", ["status", "who", "forecast", "unit list", "brief shift", "level show", "hazard list", "duty gaps"]
)
def test_nothing_is_asked_for_in_the_past(typed: str, type_: Type) -> None:
    answer = type_(*typed.split(), "--at", "2020-01-01T08:00")
    told = answer.out + answer.err
    assert "Next: enter" not in told
    assert "floodready setup" not in told


def test_the_status_says_that_nothing_had_been_entered(type_: Type) -> None:
    assert type_("status", "--at", "2020-01-01").out == "NOT KNOWN — nothing had been entered then.\n"
    assert "Ask for a later time." in type_("brief", "shift", "--at", "2020-01-01").err
    assert "✔" not in type_("forecast", "--at", "2020-01-01").out


@pytest.mark.parametrize(
    "typed", ["who", "duty gaps", "duty prove", "duty log", "duty print P.html", "what-if III", "level show"]
)
def test_no_answer_is_given_about_a_duty_that_nobody_had_entered(typed: str, type_: Type) -> None:
    answer = type_(*typed.split(), "--at", "2020-01-01T08:00")
    assert (
        answer.out + answer.err
    ).strip() == "Nothing had been entered at that time. Leave out --at to see what there is now."
