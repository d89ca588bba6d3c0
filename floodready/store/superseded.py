"""The sentence that tells who changed a document since it was seen, what, and when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from floodready.clock import local_time
from floodready.language import listed, say, verbatim
from floodready.refusal import Superseded
from floodready.store.contract import Raw

if TYPE_CHECKING:
    from floodready.store.journal_store import JournalStore


def superseded_since(store: JournalStore, table: str, id: str, seen: Raw | None, fresh: Raw | None) -> Superseded:
    """Make the refusal of an edit of a document that is no longer as it was seen; None stands for no document."""
    from floodready.acts import act_told  # no answer needs the words of all acts before one is refused
    from floodready.field_words import field_word

    last = next((entry for entry in store.history_backwards(table, id)), None)
    if last is None:
        return Superseded(say("“{id}” was never written. Look again.", id=verbatim(id)))
    facts = {
        "person": verbatim(last.person),
        "id": verbatim(id),
        "time": local_time(last.at, store.zone),
        "command": act_told(last.command),
    }
    if fresh is None:
        return Superseded(
            say("{person} removed “{id}” at {time} ({command}). Your change was not made; look again.", **facts),
            last.person,
        )
    changed = [name for name in {**(seen or {}), **fresh} if (seen or {}).get(name) != fresh.get(name)]
    fields = [field_word(table, name) for name in changed] or [act_told(last.command)]
    return Superseded(
        say(
            "{person} changed “{id}” at {time} ({command}): {fields}. "
            "Your change was not made; look again, then repeat.",
            fields=listed(fields),
            **facts,
        ),
        last.person,
    )
