"""`floodready status` as a whole process, against `python -c pass`, in turn: on the demo store and on a large one.

*Said again* is what cron and a person meet: nothing was entered since it was last asked. *After an entry* something
was, of the kind named. *From nothing* is the first answer of all. Each case is told in two parts: its start-up, which
is a process that loads the very modules the case loads and ends, and what the answer costs beyond it.
`python -m benchmarks.cli_status [STORE]`; without a store the demo's is made, and the demo's with 100,000 readings.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from statistics import median

from benchmarks.readiness_speed import SCALE, change
from floodready.readiness import kept_on_disk, saved
from floodready.store.journal_store import JournalStore

RUNS = 11
LIMIT = 12
BEYOND = 50
ROOT = Path(__file__).parents[1]
LOADED = (
    "import sys; from floodready.__main__ import main; code = main(sys.argv[1:]); "
    "print(*sys.modules, file=sys.stderr); sys.exit(code)"
)
LOADING = "import gc, sys; gc.disable(); [__import__(name) for name in sys.argv[1:]]; gc.freeze()"


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        if len(sys.argv) > 1:
            measure(sys.argv[1], sys.argv[1])
            return
        measure("the demo", demo(Path(folder) / "store"))
        measure(f"the demo and {SCALE:,} readings", demo(Path(folder) / "large", "--scale", str(SCALE)))


def measure(name: str, store: str) -> None:
    words = ("status", "--store", store)
    timed("-c", LOADED, *words)  # modules are compiled now, and the first text is saved
    bare: list[float] = []
    times: dict[str, list[tuple[float, float]]] = {}
    with JournalStore.open(Path(store)) as entering:
        for number in range(RUNS):
            bare.append(timed("-c", "pass")[0])
            for case, prepare in cases(store, entering, number):
                prepare()
                whole, loaded = timed("-c", LOADED, *words)
                times.setdefault(case, []).append((whole, timed("-c", LOADING, *modules(loaded))[0]))
    print(f"{name}: python -c pass {median(bare) * 1000:.1f} ms (aims: {LIMIT} ×, {BEYOND} ms beyond start-up)")
    for case, found in times.items():
        whole, start = median(one for one, _ in found), median(one for _, one in found)
        beyond = median(one - other for one, other in found)
        print(f"  {case:15} {whole * 1000:6.1f} ms, {whole / median(bare):5.1f} × | start-up {start * 1000:6.1f} ms, "
              f"beyond it {beyond * 1000:6.1f} ms")  # fmt: skip


def cases(store: str, entering: JournalStore, number: int) -> Iterator[tuple[str, Callable[[], None]]]:
    """Name each case with what must have happened before the question."""
    yield "said again", lambda: None
    for kind in ("phone", "reading", "stock", "leave"):
        yield f"after: {kind}", lambda kind=kind: change(entering, kind, number)  # type: ignore[misc] # no type is inferred for a lambda with a default
    yield "from nothing", lambda: forget(store)


def forget(store: str) -> None:
    for name in (saved.NAME, kept_on_disk.NAME):
        with suppress(FileNotFoundError):
            (Path(store) / name).unlink()


def demo(folder: Path, *words: str) -> str:
    timed("-m", "floodready", "demo", "--build-only", "--store", str(folder), *words)
    return str(folder)


def modules(told: str) -> list[str]:
    """Name what was loaded, in order; not what other modules make without a file of their own."""
    return [name for name in told.split() if name != "__main__" and not name.startswith("six.moves")]


def timed(*words: str) -> tuple[float, str]:
    """Run Python; give the seconds it took and what it wrote to stderr."""
    surroundings = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    start = time.perf_counter()
    done = subprocess.run([sys.executable, *words], cwd=ROOT, env=surroundings, capture_output=True, text=True)
    taken = time.perf_counter() - start
    if done.returncode:
        sys.exit(done.stderr)
    return taken, done.stderr


if __name__ == "__main__":
    main()
