"""Workloads of many programs on one store, with what each of them was told, and the proof of what that must mean."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from floodready.refusal import Refused, Superseded
from floodready.language import say
from floodready.store.contract import Act, Transaction
from floodready.store.journal_store import JournalStore
from floodready.store.limits import Limits
from floodready.store.verify import verify
from tests.store.papers import Paper, SheetCount, by

PILES = 4
FEW = Limits(segment_bytes=60_000, lines_between_snapshots=150)
"""So that segments and snapshots change all the time."""

fork = multiprocessing.get_context("fork" if hasattr(os, "fork") else "spawn")


@dataclass(frozen=True)
class Told:
    """One command as its program saw it: when it was asked and answered, and what the answer was."""

    kind: str
    pile: int
    command_id: str
    asked: float
    answered: float
    seq: int
    """The entry that did it; of a reading: the last entry it knew; 0 for a refusal."""
    sheets: int
    """Sheets on the pile afterwards."""


def prepare(folder: Path, limits: Limits) -> None:
    with JournalStore.create(folder, limits=limits) as store, store.transaction(by(), "test.prepare") as tx:
        for pile in range(PILES):
            tx.put(Paper(id=f"P{pile}", name="pile", sheets=10))


def take(tx: Transaction, pile: int, sheets: int) -> list[int]:
    held = tx.get(Paper, f"P{pile}")
    assert held is not None
    if held.sheets + sheets < 0:
        raise Refused(say("Not enough sheets."))
    return [tx.seq + 1, tx.change(held, sheets=held.sheets + sheets).sheets]


def work(folder: Path, number: int, commands: int, limits: Limits, told: Path) -> None:
    """Do mixed commands, some of them twice, some on stale documents, with readings between."""
    dice = random.Random(number)
    kept: list[list[Any]] = []
    with JournalStore.open(folder, limits=limits) as store:
        for n in range(commands):
            pile, sheets = dice.randrange(PILES), dice.choice([-3, -2, -1, 1, 2])
            act = Act(person=f"p{number}", terminal=f"T{number}", command_id=f"{number}-{n}")
            asked = time.monotonic()
            kind, seq, left = "take", 0, 0
            try:
                match dice.randrange(10):
                    case 0 | 1:
                        kind = "read"
                        store.refresh()
                        held = store.get(Paper, f"P{pile}")
                        assert held is not None
                        seq, left = store.seq, held.sheets
                    case 2:
                        kind = "stale"
                        seen = store.get(Paper, f"P{pile}")
                        assert seen is not None
                        with store.transaction(act, "test.edit") as tx:
                            left = tx.change(seen, sheets=seen.sheets + 1).sheets
                            seq = tx.seq + 1
                    case _:
                        body: Callable[[Transaction], list[int]] = lambda tx: take(tx, pile, sheets)  # noqa: B023, E731
                        seq, left = store.run(act, "test.take", body, list[int])
                        if dice.randrange(4) == 0:
                            assert [seq, left] == store.run(act, "test.take", body, list[int])
            except (Refused, Superseded):
                kind = "refused"
            kept.append([kind, pile, act.command_id, asked, time.monotonic(), seq, left])
    told.write_bytes(orjson.dumps(kept))


def run_together(folder: Path, processes: int, commands: int, limits: Limits) -> list[Told]:
    """Let so many programs work at once; gives everything they were told."""
    prepare(folder, limits)
    files = [folder.with_name(f"told-{number}") for number in range(processes)]
    started = [
        fork.Process(target=work, args=(folder, number, commands, limits, file)) for number, file in enumerate(files)
    ]
    for process in started:
        process.start()
    for process in started:
        process.join()
    assert [process.exitcode for process in started] == [0] * processes
    return [Told(*facts) for file in files for facts in orjson.loads(file.read_bytes())]


def prove(folder: Path, told: list[Told]) -> dict[str, int]:
    """Prove that every accepted command is there once, none is invented, and that all fits one order in time."""
    with JournalStore.open(folder) as store:
        entries = [entry for entry in store.entries() if entry.command != "test.prepare"]
        assert store.projection(SheetCount).sheets == {"front": sum(paper.sheets for paper in store.all(Paper))}
    written = [fact for fact in told if fact.seq and fact.kind != "read"]
    assert {fact.command_id: fact.seq for fact in written} == {entry.command_id: entry.seq for entry in entries}
    assert len(written) == len(entries)
    sheets_after = _replay(folder)
    for fact in told:
        if fact.seq:
            assert sheets_after[fact.seq][fact.pile] == fact.sheets, fact
    _prove_order(told)
    assert verify(folder).problems == []
    return {kind: sum(fact.kind == kind for fact in told) for kind in ("take", "stale", "read", "refused")}


def _replay(folder: Path) -> dict[int, list[int]]:
    piles = [0] * PILES
    after: dict[int, list[int]] = {}
    with JournalStore.open(folder) as store:
        for entry in store.entries():
            for change in entry.changes:
                assert change.after is not None
                piles[int(change.id[1:])] = change.after.get("sheets", 0)
            after[entry.seq] = list(piles)
    return after


def _prove_order(told: list[Told]) -> None:
    """What was answered before another was asked has no later place, and a reading knows everything answered before."""
    ended = sorted((fact for fact in told if fact.seq), key=lambda fact: fact.answered)
    newest, at = 0, 0
    for fact in sorted((fact for fact in told if fact.seq), key=lambda fact: fact.asked):
        while at < len(ended) and ended[at].answered < fact.asked:
            newest = max(newest, ended[at].seq)
            at += 1
        if fact.kind == "read":
            assert fact.seq >= newest, fact
        else:
            assert fact.seq > newest, fact


def write_until_killed(folder: Path, prefix: str, limits: Limits, log: Path) -> None:
    """Write one document after another; note each one when told that it is on disk."""
    noted = os.open(log, os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600)
    with JournalStore.open(folder, limits=limits) as store:
        n = 0
        while True:
            n += 1
            id = f"{prefix}-{n}"
            store.run(by(command_id=id), "test.write", lambda tx: tx.add(Paper(id=id, name="paper")).id, str)  # noqa: B023
            os.write(noted, f"{id}\n".encode())


def kill_writers(folder: Path, kills: int, seed: int, limits: Limits) -> int:
    """Kill two writers again and again at random moments; gives how many transactions were accepted. Proves them."""
    dice = random.Random(seed)
    JournalStore.create(folder, limits=limits).close()
    log = folder.with_name("accepted")
    killed = 0
    writers: list[Any] = []
    while killed < kills:
        while len(writers) < 2:
            process = fork.Process(target=write_until_killed, args=(folder, f"W{killed}-{len(writers)}", limits, log))
            process.start()
            writers.append(process)
        time.sleep(dice.uniform(0.005, 0.12))
        victim = writers.pop(dice.randrange(2))
        assert victim.exitcode is None, "a writer died of itself"
        os.kill(victim.pid, signal.SIGKILL)
        victim.join()
        killed += 1
    for process in writers:
        process.kill()
        process.join()
    accepted = log.read_text().split()
    with JournalStore.open(folder) as store:
        present = [paper.id for paper in store.all(Paper)]
        store.run(by(), "test.after", lambda tx: tx.put(Paper(id="after", name="paper")).id, str)
    assert len(accepted) == len(set(accepted))
    assert set(accepted) <= set(present)
    assert len(present) - len(accepted) <= kills + 2, "more than one unanswered transaction a kill"
    assert verify(folder).problems == []
    return len(accepted)
