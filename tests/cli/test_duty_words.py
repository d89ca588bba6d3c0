"""The words of duty as a tired hand types them."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Type


def test_who_could_fill_a_gap_is_told_only_where_it_is_asked(type_: Type) -> None:
    left = type_(*["duty", "leave", "li", "--from", "2026-09-23T08:00", "--until", "2026-09-24T08:00", "--as", "li"])
    assert left.out.splitlines()[1:] == [
        "值班员 duty officer, 2026-09-23 08:00 to 2026-09-24 08:00: 李伟 is on leave and not replaced",
        "Who could fill it: floodready duty gaps --candidates",
    ]
    assert "Could fill" not in type_("duty", "gaps").out, "an empty column would say that nobody could"
    assert type_("duty", "gaps", "--candidates").out.rstrip().endswith("tang")


def test_a_gap_that_nobody_could_fill_says_so(type_: Type) -> None:
    type_(*["duty", "leave", "chen", "--from", "2026-09-23T08:00", "--until", "2026-09-24T08:00", "--as", "chen"])
    assert type_("duty", "gaps", "--candidates").out.rstrip().endswith("nobody")


@pytest.mark.parametrize("text", ["", "  "])
def test_an_empty_line_of_the_log_is_refused_not_taken_for_a_question(type_: Type, text: str) -> None:
    answer = type_("duty", "log", "--add", text, "--as", "li")
    assert (answer.code, answer.out) == (1, "")
    assert "Content" in answer.err
