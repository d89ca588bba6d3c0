"""What readiness knows, saved beside the store: after an entry only the parts that read what changed are asked.

What is saved counts for this program as it now is and for the journal it was read from: the entry it was as of must
still stand there, and only what was entered since is looked at. Anything else, damage too, is as if it were not there.
"""

from __future__ import annotations

import json
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NamedTuple

from floodready.clock import read_instant, write_instant
from floodready.codec import encode
from floodready.json_text import read_json
from floodready.readiness.gathering import Gathered, Parts, left_after
from floodready.readiness.saved import checked, journal_facts, unchecked
from floodready.readiness.saved_line import saved_line
from floodready.store.disk import put_file
from floodready.store.line import entry_of

if TYPE_CHECKING:
    from floodready.readiness.kept import KeptReadiness
    from floodready.store.journal_store import JournalStore

Raw = dict[str, Any]
NAME = "readiness.kept"
_MOST = 1000
"""After so many entries there is little left that did not change."""


class Known(NamedTuple):
    """What is saved and still stands as of the store's last entry."""

    sources: dict[str, Parts]
    remembered: Raw
    """What took long to work out, as JSON; whoever uses it makes sure that it stands."""


def kept_on_disk(store: JournalStore) -> Known:
    """Give what is saved of each source and still stands as of the store's last entry; nothing where nothing does."""
    nothing = Known({}, {})
    _read.clear()
    try:
        saved = read_json(unchecked(store.device.read(store.folder / NAME)))
        program, current, *_ = journal_facts(store)
        if saved["program"] != program or saved["current"] != current or not 0 <= store.seq - saved["seq"] <= _MOST:
            return nothing
        if saved["seq"] == store.seq and saved["head"] != store.head:
            return nothing
        entered = list(store.lines_after(saved["seq"]))
        if entered and entered[0]["prev"] != saved["head"]:
            return nothing
        sources = {name: {part: _part(raw) for part, raw in parts.items()} for name, parts in saved["sources"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return nothing
    changes = (change for facts in entered for change in entry_of(facts).changes)
    return Known(left_after(sources, changes), saved["remembered"])


def keep_on_disk(store: JournalStore, kept: KeptReadiness) -> None:
    """Save what is known as of the store's last entry. A folder that cannot be written stays as it is."""
    program, current, *_ = journal_facts(store)
    content = {
        "program": program,
        "current": current,
        "seq": store.seq,
        "head": store.head,
        "sources": {name: {part: _raw(kept) for part, kept in parts.items()} for name, parts in kept.sources.items()},
        "remembered": {name: one if isinstance(one, dict) else one.to_json() for name, one in kept.remembered.items()},
    }
    with suppress(OSError):
        # Days and times inside sentences are kept as they are shown.
        body = json.dumps(content, default=str, ensure_ascii=False, separators=(",", ":"))
        put_file(store.device, store.folder / NAME, checked(body.encode()))


def _raw(kept: Gathered) -> Raw:
    part, raw = _read.get(id(kept), (None, None))
    if part is kept and raw is not None:
        return raw
    return {
        "lines": [encode(line) for line in kept.lines],
        "reads": sorted(kept.reads),
        "since": write_instant(kept.since),
        "until": write_instant(kept.until),
    }


def _part(raw: Raw) -> Gathered:
    part = Gathered(
        tuple(map(saved_line, raw["lines"])),
        frozenset(map(tuple, raw["reads"])),
        read_instant(raw["since"]),
        read_instant(raw["until"]),
    )
    _read[id(part)] = part, raw
    return part


_read: dict[int, tuple[Gathered, Raw]] = {}
"""What was read from disk, with the form it stood in: most of it is written again as it was."""
