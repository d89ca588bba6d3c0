"""Two real processes move one record at once: exactly one wins, and the other hears who did what."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import IO, Any

import pytest

from floodready.rectification.models import Finding
from floodready.rectification.states import State
from tests.rectification.conftest import Office

TERMINAL = """
import json, sys
from pathlib import Path
from floodready.clock import FixedClock
from floodready.clock import read_instant
from floodready.rectification import commands
from floodready.rectification.models import Finding
from floodready.refusal import Refused
from floodready.store.contract import Act
from floodready.store.journal_store import JournalStore

folder, number, person, move, text, now = sys.argv[1:]
with JournalStore.open(Path(folder), clock=FixedClock(read_instant(now))) as store:
    seen = store.get(Finding, number)
    print("seen", flush=True)
    sys.stdin.readline()
    try:
        words = {"submit": {"result": text}, "protect": {"interim": text}}[move]
        made = getattr(commands, move)(store, Act(person=person, terminal=person), finding=number, seen=seen, **words)
        print(json.dumps({"won": made.state}))
    except Refused as refusal:
        print(json.dumps({"refused": refusal.code, "sentence": str(refusal)}))
"""


def at_once(office: Office, number: str, *moves: tuple[str, str, str]) -> list[dict[str, Any]]:
    """Let processes see the record, then act when all have seen it; give their answers."""
    now = office.clock.now().isoformat()
    folder = str(office.store.folder)
    running = [
        subprocess.Popen(
            [sys.executable, "-c", TERMINAL, folder, number, *move, now],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env={"FLOODREADY_LANG": "en", "PYTHONPATH": "."},
        )
        for move in moves
    ]  # fmt: skip
    pipes: list[tuple[IO[str], IO[str]]] = [(one.stdin, one.stdout) for one in running if one.stdin and one.stdout]
    for _, said in pipes:
        assert said.readline() == "seen\n"
    for start, _ in pipes:
        start.write("\n")
        start.flush()
    answers = [json.loads(one.communicate()[0]) for one in running]
    assert [one.returncode for one in running] == [0] * len(running)
    return answers


@pytest.mark.parametrize("other", [("officer", "submit", "pumped dry"), ("officer", "protect", "sandbags")])
def test_one_of_two_processes_wins_and_the_other_hears_who_did_what(
    office: Office, other: tuple[str, str, str]
) -> None:
    made = office.brought_to(State.RECTIFYING)
    moves = (("rectifier", "submit", "grouted"), other)
    answers = at_once(office, made.id, *moves)
    (won,) = [place for place, answer in enumerate(answers) if "won" in answer]
    refused = answers[1 - won]
    assert refused["refused"] == "superseded"
    assert refused["sentence"].startswith(f"{moves[won][0].capitalize()} changed “{made.id}” at ")
    office.store.refresh()
    after = office.store.get(Finding, made.id)
    assert after is not None
    person, move, text = moves[won]
    told = after.rounds[-1].result if move == "submit" else after.interim
    assert told == text
    assert next(office.store.entries_backwards()).person == person
    assert len(after.rounds) == (1 if move == "submit" else 0)
