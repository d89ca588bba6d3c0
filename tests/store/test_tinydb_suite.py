"""TinyDB's own test suite, fetched with its source distribution, run on our classes."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tarfile
from importlib.metadata import version
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def suite(pytestconfig: pytest.Config, tmp_path: Path) -> Path:
    release = f"tinydb-{version('tinydb')}"
    cache = pytestconfig.cache.mkdir("tinydb-source") if pytestconfig.cache else tmp_path
    archive = cache / f"{release}.tar.gz"
    if not archive.exists():
        # Only TinyDB's own source is wanted: pip must not make the tool that reads it out of source too.
        fetch = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-binary", "tinydb"]
        fetched = subprocess.run(
            [*fetch, "--dest", str(tmp_path / "fetched"), release.replace("-", "==")],
            capture_output=True,
            text=True,
            check=False,
        )
        if fetched.returncode:
            pytest.skip(f"TinyDB's source distribution cannot be fetched: {fetched.stderr.strip()[-200:]}")
        shutil.move(str(tmp_path / "fetched" / archive.name), archive)
    with tarfile.open(archive) as packed:
        members = [member for member in packed if member.name.startswith(f"{release}/tests/")]
        packed.extractall(tmp_path, members=members, filter="data")
    return tmp_path / release


def test_tinydb_s_own_suite_passes_on_the_journal(suite: Path) -> None:
    page = (ROOT / "docs" / "store-tinydb-suite.md").read_text(encoding="utf-8")
    left_out = re.findall(r"^\| `(test_\S+::test_\w+)`", page, re.MULTILINE)
    assert len(left_out) == 9
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "tinydb_substitution", "-p", "no:cacheprovider", "tests"],
        cwd=suite,
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "tests" / "store")]),
            "LEFT_OUT": " ".join(left_out),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout[-4000:]
    assert int(re.findall(r"(\d+) passed", run.stdout)[0]) >= 190
    assert f"{len(left_out)} deselected" in run.stdout
