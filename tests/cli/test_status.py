from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import IO, Any

import pytest

ROOT = Path(__file__).parent.parent.parent


class Line:
    """floodready in a subprocess, on one demo store at one instant."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(
        self, *words: str, now: str = "2026-09-20T02:30:00Z", stdout: IO[str] | int = subprocess.PIPE, **more: str
    ) -> subprocess.CompletedProcess[str]:
        settings = {"FLOODREADY_NOW": now, "FLOODREADY_STORE": str(self.folder), "FLOODREADY_LANG": "en"}
        return subprocess.run(
            [sys.executable, "-m", "floodready", *words],
            stdout=stdout,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            cwd=ROOT,
            env={**os.environ, **settings, "PYTHONIOENCODING": "utf-8", **more},
        )

    def json(self, *words: str) -> Any:
        return json.loads(self(*words, "--json").stdout)


@pytest.fixture(scope="module")
def line(tmp_path_factory: pytest.TempPathFactory) -> Line:
    made = Line(tmp_path_factory.mktemp("cli") / "store")
    done = made("demo", "--build-only", "--store", str(made.folder), now="2026-09-20T02:00:00Z")
    assert done.returncode == 0, done.stderr
    return made


def test_the_demo_says_why_it_is_not_quite_ready(line: Line) -> None:
    answer = line.json("status")
    assert answer["colour"] == "amber"
    assert answer["headline"].startswith("WATCH — ")
    assert all(wrong["act"] for wrong in answer["lines"])


@pytest.mark.parametrize("words", [(), ("--tree",), ("--all", "--plain")])
def test_the_answer_loads_nothing_that_it_does_not_use(line: Line, words: tuple[str, ...]) -> None:
    for kept in ("readiness.kept", "status.told"):
        (line.folder / kept).unlink(missing_ok=True)
    told = line("status", *words, PYTHONPROFILEIMPORTTIME="1").stderr
    loaded = {one.rpartition("|")[2].strip() for one in told.splitlines()}
    assert "floodready.readiness.assembly" in loaded
    heavy = {
        "dataclasses",
        "inspect",
        "orjson",
        "argparse",
        "tempfile",
        "click",
        "portalocker",
        "psutil",
        "openpyxl",
        "rich",
        "floodready.field_words",
        "floodready.field_words_when",
        "pydantic",
        "textual",
    }
    assert loaded & heavy == set()


def test_nothing_in_the_demo_s_folder_is_open_to_others(line: Line) -> None:
    opened = {path.name for path in [line.folder, *line.folder.rglob("*")] if path.stat().st_mode & 0o077}
    assert opened == set()


@pytest.mark.parametrize("word", ["status", "who", "duty gaps", "forecast", "what-if III"])
@pytest.mark.parametrize("at", ["9999-12-31", "0001-01-01"])
def test_a_time_beyond_all_reckoning_is_told_not_traced(line: Line, word: str, at: str) -> None:
    asked = line(*word.split(), "--at", at)
    assert (asked.returncode, asked.stderr.count("\n")) == (2, 1), asked.stderr
    assert asked.stderr.startswith((f"{at}: is too far away", f"“{at}” is not a time"))


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device")
@pytest.mark.parametrize("words", [("status",), ("status", "--json"), ("journal",), ("status", "--at", "2026-09-20")])
def test_an_answer_that_cannot_be_written_is_told_not_traced(line: Line, words: tuple[str, ...]) -> None:
    for _ in range(2):
        with Path("/dev/full").open("w", encoding="utf-8") as full:
            asked = line(*words, stdout=full)
        assert "Traceback" not in asked.stderr
        assert "The answer cannot be written: no space is left on the disk" in asked.stderr
        assert asked.returncode == 3


def test_an_output_that_knows_no_chinese_shows_what_it_can(line: Line) -> None:
    for _ in range(2):
        asked = line("status", "--lang", "zh", PYTHONIOENCODING="ascii")
        assert asked.returncode == 0, asked.stderr
        assert asked.stdout.startswith("??")


def test_the_exit_code_is_the_colour(line: Line) -> None:
    assert line("status", "--exit-code").returncode == 1


def test_the_sentence_comes_in_chinese_too(line: Line) -> None:
    assert line("status", "--lang", "zh").stdout.startswith("关注：")


def test_a_reading_above_the_level_iv_value_turns_the_board_red_until_the_level_is_declared(line: Line) -> None:
    added = line("reading", "add", "Huayuankou", "4020", "--as", "li")
    assert added.returncode == 0, added.stderr
    assert "Huayuankou" in line("status").stdout.splitlines()[0]
    assert line("status", "--exit-code").returncode == 2
    declared = line("level", "declare", "IV", "--authority", "陈建国", "--reason", "Huayuankou 4,020", "--as", "chen")
    assert declared.returncode == 0, declared.stderr
    assert line("status", "--exit-code").returncode == 1


def test_the_past_is_as_it_was_known(line: Line) -> None:
    assert line("status", "--at", "2026-08-01T08:00", "--exit-code").returncode == 3


def test_explain_gives_the_arithmetic_of_a_line(line: Line) -> None:
    assert "(setting)" in line("explain", "season/stations/anlan").stdout


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("statu",), 2, "Did you mean: floodready status?"),
        (("status", "--at", "soon"), 2, "is not a time"),
        (("explain", "nothing"), 1, "There is no line nothing"),
        (("journal", "99999"), 1, "There is no entry 99999"),
        (("backup", "--as", "wu"), 1, "may not do this"),
        (("backup", "--as", "nobody"), 1, "There is no person"),
        (("status", "--store", "/nowhere/at/all"), 3, "There is no store in /nowhere/at/all"),
        (("person", "return", "li", "--as", "he"), 1, "has not left"),
        (("open",), 2, "The screens need a terminal"),
    ],
)
def test_wrong_input_gives_a_sentence_and_a_code(line: Line, words: tuple[str, ...], code: int, told: str) -> None:
    done = line(*words)
    assert (done.returncode, told in done.stderr, "Traceback" in done.stderr) == (code, True, False), done.stderr


def test_one_action_of_a_level_is_set_by_a_command(line: Line) -> None:
    set_now = line("level", "set-action", "IV", "Open the shelter", "--within", "45", "--json", "--as", "qian")
    assert set_now.returncode == 0, set_now.stderr
    held = {row["level"]: row for row in line.json("level", "table")["rows"]}
    assert ("Open the shelter", 45) in {(one["name"], one["within_minutes"]) for one in held["IV"]["actions"]}


def test_an_act_is_undone_by_a_compensating_entry(line: Line) -> None:
    before = line.json("journal", "--last", "1")["entries"][0]["seq"]
    assert line("reading", "add", "Lanzhou", "1000", "--as", "li").returncode == 0
    assert line("journal", str(before + 1), "--undo", "--as", "li").returncode == 0
    last = line.json("journal", "--last", "1")["entries"][0]
    assert (last["command"], last["command_id"]) == ("undo season.add_reading", f"undo {before + 1}")
    assert line("journal", str(before + 1), "--undo", "--as", "li").returncode == 0
    assert line.json("journal", "--last", "1")["entries"][0]["seq"] == last["seq"]


def test_a_backup_is_restored_and_the_store_is_whole(line: Line, tmp_path: Path) -> None:
    kept = tmp_path / "kept.backup"
    assert line("backup", str(kept), "--as", "zhou").returncode == 0
    assert line("reading", "add", "Lanzhou", "1200", "--as", "li").returncode == 0
    restored = line("restore", str(kept), "--yes", "--as", "admin")
    assert restored.returncode == 0, restored.stderr
    assert line.json("verify")["whole"] is True


def test_the_journal_never_shows_the_hash_of_a_pin(line: Line) -> None:
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys; from pathlib import Path; from floodready.store.journal_store import JournalStore;"
            "from floodready.store.contract import Act; from floodready.organisation.commands_terminals import set_pin;"
            "set_pin(JournalStore.open(Path(sys.argv[1])), Act(person='li', terminal='t'), person='li', pin='4711')",
            str(line.folder),
        ],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    assert done.returncode == 0, done.stderr
    later = "2099-01-01T00:00:00Z"
    last = json.loads(line("journal", "--last", "1", "--json", now=later).stdout)["entries"][0]["seq"]
    for told in (line("journal", str(last)).stdout, line("journal", str(last), "--json").stdout):
        assert "organisation.pins" in told
        assert "argon2" not in told
