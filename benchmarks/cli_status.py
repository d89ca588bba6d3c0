"""`floodready status` as a whole process, against `python -c pass`, in turn, on the demo store.

*Said again* is what cron and a person meet: nothing was entered since it was last asked. *Worked out* is the first
answer after an entry. `python -m benchmarks.cli_status [STORE]`; without a store the demo's is made.
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

from floodready.readiness.saved import NAME

RUNS = 15
LIMIT = 12
ROOT = Path(__file__).parents[1]


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = sys.argv[1] if len(sys.argv) > 1 else demo(Path(folder) / "store")
        status = ("-m", "floodready", "status", "--store", store)
        timed(*status)  # modules are compiled now, and the first text is saved
        bare, again, anew = [], [], []
        for _ in range(RUNS):
            bare.append(timed("-c", "pass"))
            again.append(timed(*status))
            with suppress(FileNotFoundError):
                (Path(store) / NAME).unlink()
            anew.append(timed(*status))
    print(f"python -c pass        {median(bare) * 1000:6.1f} ms")
    for name, times in (("status, said again", again), ("status, worked out", anew)):
        beyond = (median(times) - median(bare)) * 1000
        ratio = median(times) / median(bare)
        print(
            f"{name}    {median(times) * 1000:6.1f} ms, {ratio:.1f} × (aim: {LIMIT}), {beyond:.0f} ms beyond start-up"
        )


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
