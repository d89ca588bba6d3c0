"""Pipes and outputs that know no Chinese: lines stay whole, names stay names, a light keeps its meaning."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

NOW = "2026-09-20T02:30:00Z"


def typed(store: Path, *words: str, **surroundings: str) -> subprocess.CompletedProcess[bytes]:
    known = {**os.environ, "FLOODREADY_STORE": str(store), "FLOODREADY_NOW": NOW, "FLOODREADY_LANG": "en"}
    command = [sys.executable, "-m", "floodready", *words]
    return subprocess.run(command, capture_output=True, check=False, env={**known, **surroundings})


@pytest.mark.parametrize(
    ("encoding", "name"), [("ascii", None), ("gbk", "安澜市防汛抗旱指挥部"), ("utf-8", "安澜市防汛抗旱指挥部")]
)
def test_names_are_whole_in_json_whatever_the_output_can_carry(
    encoding: str, name: str | None, made_demo: Path
) -> None:
    told = typed(made_demo, "unit", "list", "--json", PYTHONIOENCODING=encoding).stdout
    assert json.loads(told.decode("utf-8"))["units"][0]["name"] == "安澜市防汛抗旱指挥部"
    rows = typed(made_demo, "unit", "list", PYTHONIOENCODING=encoding).stdout.decode(encoding)
    assert (name or "??????????") in rows


@pytest.mark.parametrize("encoding", ["ascii", "gbk"])
def test_a_light_that_is_ready_never_looks_like_one_that_is_not_known(encoding: str, made_demo: Path) -> None:
    told = typed(made_demo, "status", "--all", PYTHONIOENCODING=encoding).stdout.decode(encoding)
    assert "+ READY" in told
    assert "? READY" not in told


def test_a_refusal_is_readable_where_the_output_knows_only_plain_signs(made_demo: Path) -> None:
    refused = typed(made_demo, "who", "--at", "soon", PYTHONIOENCODING="ascii")
    assert refused.stderr.decode("ascii").startswith('"soon" is not a time.')


def test_a_pipe_gets_each_row_on_one_line_however_narrow_the_terminal_is(made_demo: Path) -> None:
    wide, narrow = (typed(made_demo, "status", "--all", COLUMNS=columns).stdout for columns in ("200", "20"))
    assert wide == narrow


def test_whoever_reads_only_the_first_line_of_a_pipe_is_told_nothing_more(made_demo: Path) -> None:
    known = {**os.environ, "FLOODREADY_STORE": str(made_demo), "FLOODREADY_NOW": NOW}
    command = [sys.executable, "-m", "floodready", "journal", "--last", "5000", "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=known) as asked:
        assert asked.stdout is not None
        assert asked.stderr is not None
        asked.stdout.readline()
        asked.stdout.close()
        assert asked.stderr.read() == b""
    assert asked.returncode == 0


def test_an_import_reads_standard_input_and_says_by_its_code_that_nothing_is_written(made_demo: Path) -> None:
    known = {**os.environ, "FLOODREADY_STORE": str(made_demo), "FLOODREADY_NOW": NOW, "FLOODREADY_LANG": "en"}
    rows = "station,time,value\nhuayuankou,2026-09-20 10:00,3720\n".encode("utf-16")
    command = [sys.executable, "-m", "floodready", "reading", "import", "-"]
    shown = subprocess.run(command, input=rows, capture_output=True, check=False, env=known)
    assert (shown.returncode, b"Repeat with --yes" in shown.stderr) == (4, True)
