"""What `floodready status` loads: its start is most of what it takes, so whatever is not needed stays out."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
HEAVY = {
    "pydantic", "textual", "rich", "click", "portalocker", "psutil", "openpyxl", "argparse", "orjson", "dataclasses",
    "inspect", "floodready.field_words",
}  # fmt: skip


def test_the_first_status_and_the_next_ones_load_nothing_heavy(made_demo: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    shutil.copytree(made_demo, store)
    code = (
        "import sys; from floodready.__main__ import main; main(sys.argv[1:]);"
        f"print({HEAVY!r} & set(sys.modules), file=sys.stderr)"
    )
    for gone in ("status.told", "status.told", "readiness.kept"):
        (store / gone).unlink(missing_ok=True)
        done = subprocess.run(
            [sys.executable, "-c", code, "status", "--store", str(store)],
            capture_output=True, text=True, check=True, cwd=ROOT,
            env={**os.environ, "FLOODREADY_NOW": "2026-09-20T02:30:00Z", "PYTHONIOENCODING": "utf-8"},
        )  # fmt: skip
        assert done.stderr.strip() == "set()"
