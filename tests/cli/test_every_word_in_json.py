"""Every word of the command line, asked with --json, keeps to the shapes and exit codes of docs/formats.md."""

from __future__ import annotations

import argparse
import json
import re
import shlex
from collections import defaultdict
from collections.abc import Iterator, Mapping
from io import StringIO
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from floodready.cli.app import parser, run
from floodready.store.journal_store import JournalStore
from tests.cli.conftest import Answer, Type

LINES = [
    line
    for line in (Path(__file__).parent / "every_word.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]
WITHOUT_JSON = {"open", "wall", "demo", "setup"}
"""They open screens, or make a store: tested beside them."""
DATA = Path(__file__).parents[2] / "floodready" / "demo" / "data"
FILES = {
    "stations.csv": "station,kind,IV\nBridge,water level,20\n",
    "readings.csv": "station,time,value\nhuayuankou,2026-09-20 10:00,3720\n",
    "wrong.csv": "station,time,value\nnowhere,2026-09-20 10:00,3720\n",
    "levels.json": '{"source": "the plan", "levels": {"IV": {"bulletins": ["08:00"]}, "III": {}}}',
    "ledger.csv": "品名,数量,单位\n草袋,100,条\n",
    "quotas.json": '{"id": "Q", "name": "Q", "source": "S", "clause": "1", "in_force_on": "2026-01-01", "rows": '
    '[{"works_kind": "dike", "item": "编织袋", "base": "1"}]}',
    "hazards-new.csv": "隐患描述,位置,发现日期\n裂缝,K9,2026-09-01\n",
    "criteria.json": '{"criteria": [{"id": "new", "name": "New", "source": "S", "direct": [{"code": "D1", "text": "T"}]'
    "}]}",
    "rota.json": "{}",
    "month.csv": "date,officer\n" + "".join(f"2026-10-{day:02},li wang\n" for day in range(1, 32)),
    "photo.txt": "a photo",
}


@pytest.fixture
def files(tmp_path: Path) -> Path:
    for name, content in FILES.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    return tmp_path


def test_every_word_is_walked() -> None:
    walked = {tuple(_walked(line).typed[:count]) for line in LINES for count in (1, 2)}
    missing = [path for _, path in _leaves(parser(), ()) if path not in walked and path[0] not in WITHOUT_JSON]
    assert missing == []


def test_every_word_keeps_to_the_shapes(type_: Type, files: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    known = defaultdict(lambda: "nothing", tmp=str(files))  # what a word that failed did not give
    monkeypatch.setattr("sys.stdin", StringIO("2468\n" * 9))
    problems, after = [], _written(files)
    for line in LINES:
        if line.startswith("NOW "):
            monkeypatch.setenv("FLOODREADY_NOW", line.removeprefix("NOW "))
            continue
        name, held, person, words, code = _walked(line)
        typed = [word.format_map(known) for word in words]
        answer = type_(*typed, "--json", "--as", person)
        before, after = after, _written(files)
        problems += [f"{line}: {problem}" for problem in _problems(answer, code, after != before)]
        if name is not None and answer.code == 0:
            known[name] = _first_id(json.loads(answer.out), held)
    assert not problems, "\n".join(problems)


def test_every_word_answers_nonsense_in_the_same_shapes(
    type_: Type, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A traceback, or a refusal that no script can read, would be told here."""
    monkeypatch.chdir(files)
    monkeypatch.setattr("sys.stdin", StringIO())
    problems, after = [], _written(files)
    for word, path in _leaves(parser(), ()):
        if path[0] in WITHOUT_JSON:
            continue
        needed = [action for action in word._actions if action.required]
        values = [[*action.option_strings[:1], "nonsense"] for action in needed]
        typed = [*path, *(part for value in values for part in value)]
        answer = type_(*typed, "--json", "--as", "zhou")
        before, after = after, _written(files)
        problems += [f"{typed}: {problem}" for problem in _problems(answer, answer.code, after != before)]
    assert not problems, "\n".join(problems)


def test_what_makes_a_store_gives_a_receipt_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FLOODREADY_NOW", "2026-09-20T02:30:00Z")
    who = "--unit u --unit-name U --admin a --admin-name A"
    for words in (f"setup {who} --store {tmp_path}/new", f"demo --build-only --store {tmp_path}/demo"):
        assert run([*words.split(), "--json"]) == 0
        told = json.loads(capsys.readouterr().out)
        assert {"format", "done", "document"} <= told.keys(), words


def _problems(answer: Answer, code: int, wrote: bool) -> Iterator[str]:
    if answer.code != code:
        yield f"ended with {answer.code}: {answer.err.strip()}"
    told = json.loads(answer.out)
    if told.get("format") != 1:
        yield "does not tell its format"
    if answer.code in (1, 2, 3):
        if {"code", "sentence"} - told.get("error", {}).keys() or told["error"]["sentence"] not in answer.err:
            yield "refuses without code and sentence, or not on standard error too"
        if wrote:
            yield "refuses and has written"
    elif answer.code == 4:
        if "shown" not in told or "done" in told or wrote or told["shown"] not in answer.err:
            yield "shows without saying so"
    elif wrote and not ({"done", "document"} <= told.keys() and isinstance(told["done"], str)):
        yield f"gives no receipt: {sorted(told)}"
    elif "done" in told and not wrote and "Nothing new" not in told["done"] and "already" not in told["done"]:
        yield f"gives a receipt and has written nothing: {told['done']}"


class Walked(NamedTuple):
    """A line of the walk: under which name the id is kept, of which list, who acts, what is typed, the exit code."""

    name: str | None
    held: str
    person: str
    typed: list[str]
    code: int


def _walked(line: str) -> Walked:
    found = re.fullmatch(r"(?:(\w+)(?::(\w+))? = )?(?:@(\w+) )?(.*?)(?: \((\d)\))?", line)
    assert found is not None
    name, held, person, typed, code = found.groups()
    return Walked(name, held or "document", person or "zhou", shlex.split(typed), int(code or 0))


def _written(folder: Path) -> tuple[int, set[Path]]:
    """Give what changes when something is written: the number of the last entry, and the files for others."""
    with JournalStore.open(folder / "store") as store:
        return store.seq, {*folder.iterdir(), *(folder / "store").glob("backups/*")}


def _first_id(told: Mapping[str, Any], held: str) -> str:
    """Give the id of what was written, or of the first row of the list named, or of the only list."""
    found = told[held] if held in told else next(value for value in told.values() if isinstance(value, list))
    first = found[0] if isinstance(found, list) else found
    row = first if isinstance(first, dict) else {"id": first}
    return str(row.get("id") or row.get("batch") or row["override"]["id"])


def _leaves(
    word: argparse.ArgumentParser, path: tuple[str, ...]
) -> Iterator[tuple[argparse.ArgumentParser, tuple[str, ...]]]:
    below = [action for action in word._actions if isinstance(action, argparse._SubParsersAction)]
    if not below:
        yield word, path
    for action in below:
        for name, one in action.choices.items():
            yield from _leaves(one, (*path, name))
