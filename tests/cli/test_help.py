"""What `--help` says: what each word is for, what stands behind each option, what holds without it."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator

import pytest
from rich.cells import cell_len

from floodready.cli.app import parser, run
from floodready.language import use_language


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    use_language("en")
    yield
    use_language("en")


def help_of(*words: str) -> str:
    """Give the help of a word, in lines as wide as needed to keep an option's meaning whole."""
    found: argparse.ArgumentParser = parser(words[0] if words else None)
    for word in words:
        (below,) = (action for action in found._actions if isinstance(action, argparse._SubParsersAction))
        found = below.choices[word]
    return re.sub(r"\n {10,}", " ", found.format_help())


@pytest.mark.parametrize(
    ("words", "option", "meaning"),
    [
        ("sign-in", "PERSON", "the person's code: floodready person list"),
        ("hand-over", "PERSON", "the person's code: floodready person list"),
        ("duty called", "WHO", "the code of who was called"),
        ("duty assign", "ITEM", "the open item: floodready duty follow-ups"),
        ("duty done", "ITEM", "the open item: floodready duty follow-ups"),
        ("drill objective", "KEY", "Short key"),
        ("drill shift", "SECONDS", "how many seconds later; with a minus, earlier"),
        ("drill return", "--damaged QUANTITY", "Came back damaged"),
        ("stock back", "--damaged QUANTITY", "Came back damaged"),
        ("stock add-item", "LEDGER_UNIT", "the unit it is kept in, like 条, 件, kg or L"),
        ("stock label", "KIND", "lot, place or equipment"),
        ("stock test", "RESULT", "passed or failed"),
        ("person add", "--post POSTS", "May take the posts; may be repeated"),
        ("person remove-phone", "NUMBER", "Phone"),
        ("level done", "ACTION", "the action: floodready level show"),
        ("reading list", "--last N", "how many, newest first; without it: 24"),
        ("hazard statistics", "--by {unit,grade,state,source}", "Counted by; without it: unit"),
        ("hazard begin", "NUMBER", "number of the record: floodready hazard list, or task list"),
        ("campaign put", "NUMBER", "number of the record: floodready hazard list, or task list"),
        ("campaign change", "--measure TEXT", "List of measures; may be repeated"),
        ("task open", "--item ITEM", "Item of the meeting"),
    ],
)
def test_an_option_is_called_what_it_is(words: str, option: str, meaning: str) -> None:
    assert re.search(rf"^  {re.escape(option)} +{re.escape(meaning)}$", help_of(*words.split()), re.MULTILINE)


def test_the_help_of_the_program_is_shown_behind_a_common_option(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="0"):
        run(["--store", "/nowhere", "--help"])
    assert "commands:" in capsys.readouterr().out


def test_what_holds_without_an_option_is_said_and_so_is_what_must_be_given() -> None:
    assert re.search(r"--seconds SECONDS +how long a page stands; 3 at least; without it: 15", help_of("wall"))
    assert re.search(r"--unit CODE +the code of the headquarters \(must be given\)", help_of("setup"))
    twice = parser("wall")
    assert twice.format_help() == twice.format_help()


def test_every_word_says_what_it_is_for_and_how_times_are_written() -> None:
    told = help_of("stock", "receive")
    assert "\n\nreceive a delivery\n" in told
    assert "TIME is like 2026-07-01T08:00" in told
    assert "Exit codes: 0 done, 1 refused, 2 usage, 3 the store, 4 only shown, 130 stopped." in help_of()


def test_values_stand_in_capitals_and_what_is_written_only_on_demand_has_one_name() -> None:
    told = help_of("duty", "publish")
    assert re.search(r"^  FILE ", told, re.MULTILINE)
    for words in ("duty publish", "duty import", "duty generate", "stock import", "hazard import"):
        assert "--yes" in help_of(*words.split()), words
    for words in ("stock replenish", "hazard statistics", "drill report", "brief"):
        assert "--out FILE" in help_of(*words.split()), words
    for word in ("duty", "drill", "stock", "hazard", "person", "report"):
        assert re.search(r"^    settings", help_of(word), re.MULTILINE), word


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_help_fits_eighty_columns(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    use_language(language)
    too_wide = [
        f"{word.prog}: {line}"
        for word in every_word(parser())
        for line in word.format_help().splitlines()
        if cell_len(line) > 80
    ]
    assert too_wide == []


def every_word(word: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    yield word
    for action in word._actions:
        if isinstance(action, argparse._SubParsersAction):
            for one in action.choices.values():
                yield from every_word(one)
