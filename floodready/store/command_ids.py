"""Which transaction each command id led to, so that a repetition is answered and not done again."""

from __future__ import annotations

from pathlib import Path

import orjson

from floodready.store.disk import Disk, replace_file
from floodready.store.journal import Journal

NAME = "command-ids.json"


def read(folder: Path, disk: Disk, journal: Journal, generation: str) -> dict[str, int]:
    """Give every command id with its transaction, from what was saved and the journal after it."""
    seqs: dict[str, int] = {}
    after = 0
    try:
        saved = orjson.loads(disk.read(folder / NAME))
        if saved["generation"] == generation and saved["seq"] <= journal.position.seq:
            seqs, after = saved["seqs"], saved["seq"]
    except (OSError, ValueError, KeyError):
        pass
    for line in journal.lines(after):
        seqs[line.body["command_id"]] = line.seq
    return seqs


def save(folder: Path, disk: Disk, seqs: dict[str, int], generation: str, seq: int) -> None:
    """Keep the ids beside the snapshot. Raises OSError."""
    replace_file(disk, folder / NAME, orjson.dumps({"generation": generation, "seq": seq, "seqs": seqs}))
