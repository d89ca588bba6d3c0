"""What README, guide and help show as a command can be typed as it stands."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from floodready.cli.app import parser
from tests.cli.conftest import Type
from tests.cli.test_help import every_word

ROOT = Path(__file__).parents[2]
PLACES = {
    "FILE": "kept.backup",
    "LINE": "season/stations/anlan",
    "PERSON": "li",
    "hazard who-knew NUMBER": "hazard who-knew dike-2026-0001",
    "NUMBER": "1",
    "WORD": "stock",
}
"""What stands for the words in capitals, the longer first."""
OPENS_SCREENS = ("", "demo", "wall")


def shown() -> list[str]:
    """Give every command in a code span of the pages, and in the help of any word."""
    pages = [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]
    texts = [
        *(page.read_text(encoding="utf-8") for page in pages),
        *(word.format_help() for word in every_word(parser())),
    ]
    found = {span for text in texts for span in re.findall(r"`floodready ?([^`/]*)`", " ".join(text.split()))}
    return sorted(one for span in found for one in _each(span) if one not in OPENS_SCREENS)


def _each(span: str) -> list[str]:
    """Give a command for each of the words between which a page lets choose."""
    choice = re.search(r"\S+(?:\|\S+)+", span)
    return [span.replace(choice[0], word) for word in choice[0].split("|")] if choice else [span]


def test_examples_are_found() -> None:
    assert {"status", "what-if III", "brief shift", "brief inspection", "status --at 2026-07-01T08:00"} <= set(shown())


@pytest.mark.parametrize("typed", shown())
def test_a_command_that_is_shown_can_be_typed(typed: str, type_: Type, tmp_path: Path) -> None:
    for place, stands in PLACES.items():
        typed = typed.replace(place, stands)
    if "kept.backup" in typed:
        assert type_("backup", str(tmp_path / "kept.backup"), "--as", "admin").code == 0
        typed = typed.replace("kept.backup", str(tmp_path / "kept.backup --yes"))
    if "--help" in typed:
        with pytest.raises(SystemExit):
            type_(*typed.split())
        return
    answer = type_(*typed.split(), "--as", "admin")
    # A page may name a word alone, to be looked up: then its answer says what belongs behind it.
    assert answer.code == 0 or "What is missing" in answer.err or "Nothing had been entered" in answer.err, answer.err
