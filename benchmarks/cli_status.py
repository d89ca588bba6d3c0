"""`floodready status` as a whole process, against `python -c pass`, in turn, on the demo store.

*Said again* is what cron and a person meet: nothing was entered since it was last asked. *After an entry* something
was, of the kind named. *From nothing* is the first answer of all.
`python -m benchmarks.cli_status [STORE]`; without a store the demo's is made.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from statistics import median

from benchmarks.readiness_speed import change
from floodready.readiness import kept_on_disk, saved
from floodready.store.journal_store import JournalStore

RUNS = 15
LIMIT = 12
ROOT = Path(__file__).parents[1]
ENTRIES = ("phone", "reading", "stock", "leave")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = sys.argv[1] if len(sys.argv) > 1 else demo(Path(folder) / "store")
        status = ("-m", "floodready", "status", "--store", store)
        timed(*status)  # modules are compiled now, and the first text is saved
        times: dict[str, list[float]] = {}
        with JournalStore.open(Path(store)) as entering:
            for number in range(RUNS):
                times.setdefault("python -c pass", []).append(timed("-c", "pass"))
                times.setdefault("said again", []).append(timed(*status))
                for name in ENTRIES:
                    change(entering, name, number)
                    times.setdefault(f"after an entry: {name}", []).append(timed(*status))
                for name in (saved.NAME, kept_on_disk.NAME):
                    with suppress(FileNotFoundError):
                        (Path(store) / name).unlink()
                times.setdefault("from nothing", []).append(timed(*status))
    bare = median(times["python -c pass"])
    for name, found in times.items():
        ratio, beyond = median(found) / bare, (median(found) - bare) * 1000
        print(f"{name:24} {median(found) * 1000:6.1f} ms, {ratio:5.1f} × (aim: {LIMIT}), {beyond:4.0f} ms beyond start")


def demo(folder: Path) -> str:
    timed("-m", "floodready", "demo", "--build-only", "--store", str(folder))
    return str(folder)


def timed(*words: str) -> float:
    surroundings = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    start = time.perf_counter()
    subprocess.run([sys.executable, *words], check=True, cwd=ROOT, env=surroundings, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
