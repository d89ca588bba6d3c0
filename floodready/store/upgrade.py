"""Bringing a store of an older format up to this program's: a backup, a new generation, one swap."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from floodready.clock import Clock, write_instant
from floodready.store.backup import FOLDER, journal_lines, replace_journal, write_backup
from floodready.store.current import FORMAT, read_current, require_format
from floodready.store.disk import Disk, RealDisk
from floodready.store.line import FIRST_HASH, Facts, write_line

Step = Callable[[Facts], Facts]

STEPS: Mapping[int, Step] = {1: lambda facts: facts}
"""For each older format, how one line of it is written in the next.

Format 1 is the first there was. From 2 on the open segment may end in zeros, which a program of format 1 takes for
torn.
"""


def upgrade(folder: Path, *, clock: Clock, disk: Disk | None = None, steps: Mapping[int, Step] = STEPS) -> Path | None:
    """Rewrite the journal line by line in this program's format, chained anew; gives the backup made before.

    None where the store is in that format already. Raises StoreProblem where it is newer, or older than any step.
    """
    disk = disk or RealDisk.like(folder)
    current = read_current(disk, folder)
    if current.format == FORMAT:
        return None
    if any(version not in steps for version in range(current.format, FORMAT)):
        require_format(current, folder)
    at = write_instant(clock.now())
    kept = folder / FOLDER / f"{at[:19].replace(':', '')}-format-{current.format}.backup"

    def rewritten() -> list[bytes]:
        lines = list(journal_lines(disk, folder))
        disk.make_folder(folder / FOLDER)
        write_backup(disk, folder, kept, current, at, lines)
        return _rewritten([facts for facts, _ in lines], current.format, steps)

    replace_journal(disk, folder, rewritten, zone=current.zone, store=current.store)
    return kept


def _rewritten(lines: list[Facts], version: int, steps: Mapping[int, Step]) -> list[bytes]:
    found: list[bytes] = []
    last = FIRST_HASH
    for facts in lines:
        for older in range(version, FORMAT):
            facts = steps[older](facts)  # each step takes what the one before gave
        line, last = write_line({**{name: held for name, held in facts.items() if name != "hash"}, "prev": last})
        found.append(line[:-1])
    return found
