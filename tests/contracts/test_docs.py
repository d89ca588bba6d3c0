from __future__ import annotations

import argparse
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from floodready.cli.app import WORDS, parser

ROOT = Path(__file__).parent.parent.parent


def test_the_map_in_the_architecture_names_every_folder_and_no_other() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    told = set(re.findall(r"^  (\w+)/ ", text, re.MULTILINE))
    stands = {path.parent.name for path in (ROOT / "floodready").glob("*/__init__.py")}
    assert told == stands


def test_the_architecture_names_every_file_of_the_ground_floor() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    told = text.partition("Below them stands the ground floor")[2].partition("##")[0]
    stands = {path.stem for path in (ROOT / "floodready").glob("[a-z]*.py")}
    assert set(re.findall(r"`(\w+)`", told)) == stands


def test_every_link_of_the_readme_leads_somewhere() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [link for link in re.findall(r"\]\(([^)]+)\)", text) if not (ROOT / link).exists()] == []


def test_every_command_is_found_by_the_name_that_the_journal_keeps() -> None:
    named = [
        name
        for path in sorted((ROOT / "floodready").glob("*/commands*.py"))
        for name in re.findall(r'@command\(\s*"([\w.]+)"', path.read_text(encoding="utf-8"))
    ]
    code = f"from floodready.command import find_command; print([n for n in {named} if find_command(n) is None])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert (len(named) > 160, done.stdout.strip()) == (True, "[]")


def test_every_command_that_a_page_or_a_sentence_names_can_be_typed() -> None:
    pages = [ROOT / "README.md", *(ROOT / "docs").glob("*.md"), *(ROOT / "floodready").rglob("*.py")]
    found = [
        re.findall(r"[`:(] ?floodready ([a-z][a-z-]+)(?: ([a-z][a-z-]+))?", page.read_text("utf-8")) for page in pages
    ]
    named = {pair for pairs in found for pair in pairs}
    assert len(named) > 60
    assert sorted(pair for pair in named if not _can_be_typed(*pair)) == []


def test_the_guides_name_the_same_keys_options_and_commands() -> None:
    """Two guides of which one is forgotten tell two programs."""
    texts = [(ROOT / "docs" / name).read_text(encoding="utf-8") for name in ("guide.md", "guide.zh.md")]
    for told in (r"^(##) ", r"`([!-~])`", r"(--[a-z][a-z-]*)", r"floodready\s([a-z][a-z-]+)"):
        english, chinese = (re.findall(told, text, re.MULTILINE) for text in texts)
        assert set(english) ^ set(chinese) == set(), told
    assert len({text.count("\n## ") for text in texts}) == 1


def _can_be_typed(first: str, second: str) -> bool:
    if first not in WORDS:
        return False
    word = _second_words(parser(only=first))[first]
    return not second or not _second_words(word) or second in _second_words(word)


def _second_words(words: argparse.ArgumentParser) -> Mapping[str, argparse.ArgumentParser]:
    found = [action for action in words._actions if isinstance(action, argparse._SubParsersAction)]
    return found[0].choices if found else {}
