"""First usable frame: the board with its facts, against a bare Textual app of header, input, table and footer.

Each run is a fresh process of `floodready open`, timed from its start to the frame; the median of the wall times and of
the processor times, which other programs disturb less. `python -m benchmarks.tui_first_frame [STORE]`; without a store
a small one and the demo's are made.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

RUNS = 9
BARE = """
import sys
from textual.app import App
from textual.widgets import DataTable, Footer, Header, Input

class Bare(App):
    def compose(self):
        yield Header()
        yield Input()
        yield DataTable()
        yield Footer()

    def on_mount(self):
        table = self.query_one(DataTable)
        table.add_columns(*"abcdef")
        table.add_rows([[str(cell)] * 6 for cell in range(30)])
        self.call_after_refresh(self.exit)

Bare().run(headless=True, size=(80, 24))
"""
BOARD = """
import sys
from functools import partial
from floodready.__main__ import main
from floodready.cli import shell
from floodready.tui import start

def made(*words):
    app = make(*words)
    from floodready.tui.screens.board import BoardScreen
    show = BoardScreen.show_facts

    def shown(screen, facts):
        show(screen, facts)
        screen.call_after_refresh(app.exit)

    BoardScreen.show_facts = shown
    app.run_async = partial(app.run_async, headless=True, size=(80, 24))
    return app

make, start.made = start.made, made
shell._require_terminal = lambda: None
assert main(["open", "--store", sys.argv[1]]) == 0
assert "pydantic" not in sys.modules, "pydantic was loaded before the first frame"
"""


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        stores = {"store": sys.argv[1]} if len(sys.argv) > 1 else made_stores(Path(folder))
        times: dict[str, list[tuple[float, float]]] = {}
        for _ in range(RUNS):
            times.setdefault("bare Textual app", []).append(timed(BARE))
            for name, store in stores.items():
                times.setdefault(f"board, {name}", []).append(timed(BOARD, store))
    bare = middle(times["bare Textual app"])
    for name, found in times.items():
        wall, processor = middle(found)
        print(f"{name:20} {wall:.3f} s ({wall / bare[0]:.2f} ×), processor {processor:.3f} s "
              f"({processor / bare[1]:.2f} ×; aim: 1.5)")  # fmt: skip


def middle(found: list[tuple[float, float]]) -> tuple[float, float]:
    return median(wall for wall, _ in found), median(processor for _, processor in found)


def timed(program: str, *words: str) -> tuple[float, float]:
    """Run a program; give its wall and its processor time in seconds."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment["PYTHONPATH"] = str(Path(__file__).parents[1])
    before, start = os.times(), time.perf_counter()
    subprocess.run([sys.executable, "-c", program, *words], check=True, env=environment, stdout=subprocess.DEVNULL)
    wall, after = time.perf_counter() - start, os.times()
    return wall, sum(after[2:4]) - sum(before[2:4])


def made_stores(folder: Path) -> dict[str, str]:
    demo = folder / "demo"
    words = ("-m", "floodready", "demo", "--build-only", "--store", str(demo))
    subprocess.run([sys.executable, *words], check=True, cwd=Path(__file__).parents[1], stdout=subprocess.DEVNULL)
    return {"a small store": small_store(folder / "store"), "the demo": str(demo)}


def small_store(folder: Path) -> str:
    from floodready.organisation.models import Person, Unit
    from floodready.store.contract import SYSTEM, Act
    from floodready.store.journal_store import JournalStore

    act = Act(person=SYSTEM, terminal="benchmark")
    with JournalStore.create(folder) as store, store.transaction(act, "set up") as tx:
        tx.put(Unit(id="city", name="Headquarters"))
        for place in range(20):
            tx.put(Unit(id=f"u{place}", name=f"County {place}", parent="city"))
            tx.put(Person(id=f"p{place}", name=f"Person {place}", unit=f"u{place}"))
    return str(folder)


if __name__ == "__main__":
    main()
