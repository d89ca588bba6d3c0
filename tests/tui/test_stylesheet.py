from __future__ import annotations

from typing import Any

import pytest
from textual.css.parse import parse

from floodready.tui.stylesheet import KeptStylesheet

DAY, NIGHT = {"paper": "#fefefe"}, {"paper": "#010203"}


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The pieces of style that Textual was given to parse."""
    seen: list[str] = []

    def watched(scope: str, css: str, *args: Any, **options: Any) -> Any:
        seen.append(css)
        return parse(scope, css, *args, **options)

    monkeypatch.setattr("textual.css.stylesheet.parse", watched)
    return seen


def sheet(css: str, colours: dict[str, str]) -> KeptStylesheet:
    made = KeptStylesheet(variables=colours)
    made.add_source(css, ("here", css))
    return made


def background(made: KeptStylesheet) -> str:
    (rule,) = made.rules
    return rule.styles.background.hex


def test_a_style_is_parsed_once_for_one_theme(parsed: list[str]) -> None:
    css = "Label { background: $paper; }"
    made = sheet(css, DAY)
    for _ in range(3):
        made.set_variables(dict(DAY))
        made.reparse()
    assert background(sheet(css, DAY)) == "#FEFEFE"
    assert parsed == [css]


def test_another_theme_has_its_own_colours_and_the_first_comes_back() -> None:
    made = sheet("Input { background: $paper; }", DAY)
    seen = []
    for colours in (DAY, NIGHT, DAY):
        made.set_variables(colours)
        made.reparse()
        seen.append(background(made))
    assert seen == ["#FEFEFE", "#010203", "#FEFEFE"]


def test_a_style_that_comes_later_is_taken_in_and_a_changed_one_is_parsed_anew() -> None:
    made = sheet("Button { background: $paper; }", DAY)
    made.add_source("Footer { background: red; }", ("there", ""))
    assert len(made.rules) == 2
    made.add_source("Footer { background: blue; } Header { background: blue; }", ("there", ""))
    made.reparse()
    assert len(made.rules) == 3
