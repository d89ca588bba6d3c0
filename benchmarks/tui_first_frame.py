"""First usable frame: the board with its facts, against a bare Textual app of header, input, table and footer.

Each run is a fresh process, timed from its start to the frame. `python benchmarks/tui_first_frame.py [STORE]`; without
a store a small one is made.
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
from pathlib import Path
from floodready.store.journal_store import JournalStore
from floodready.tui.settings import Settings
from floodready.tui.start import made
from floodready.tui.screens import board

show = board.BoardScreen.show_facts

def shown(screen, facts):
    show(screen, facts)
    screen.call_after_refresh(screen.app.exit)

board.BoardScreen.show_facts = shown
with JournalStore.open(Path(sys.argv[1])) as store:
    made(store, "benchmark", Settings()).run(headless=True, size=(80, 24))
assert "pydantic" not in sys.modules, "pydantic was loaded before the first frame"
"""


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = sys.argv[1] if len(sys.argv) > 1 else small_store(Path(folder) / "store")
        bare, board = [], []
        for _ in range(RUNS):
            bare.append(timed(BARE))
            board.append(timed(BOARD, store))
    print(f"bare Textual app   {median(bare):.3f} s")
    print(f"floodready board   {median(board):.3f} s")
    print(f"ratio              {median(board) / median(bare):.2f}  (aim: 1.5)")


def timed(program: str, *words: str) -> float:
    start = time.perf_counter()
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}
    subprocess.run([sys.executable, "-c", program, *words], check=True, env=environment, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


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
