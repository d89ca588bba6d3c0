"""Taking an entry back: a compensating entry that puts its documents back as they were."""

from __future__ import annotations

from floodready.language import say, verbatim
from floodready.refusal import Superseded
from floodready.store.contract import Entry, Transaction


def restore_before_images(tx: Transaction, entry: Entry) -> None:
    """Put every document of an entry back as it was before it.

    Raises Superseded where one has moved on since: undoing would silently take back what others did.
    """
    for change in entry.changes:
        if tx.raw(change.table, change.id) != change.after:
            last = tx.last_entry(change.table, change.id)
            raise Superseded(
                say(
                    "{id} was changed again since by {person} (entry {seq}). Undo that first, or enter a correction.",
                    id=verbatim(change.id),
                    person=verbatim(last.person if last else "?"),
                    seq=last.seq if last else "?",
                )
            )
        if change.before is None:
            tx.remove_raw(change.table, change.id)
        else:
            tx.put_raw(change.table, change.id, change.before)
