"""Taking a journal entry back: putting its documents back as they were before it, where nobody has moved on."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from floodready.store.contract import Entry, Transaction


def restore_before_images(tx: Transaction, entry: Entry) -> None:
    """Put back every document that an entry changed. Raises Superseded where one is no longer as the entry left it."""
    for change in entry.changes:
        if tx.raw(change.table, change.id) != change.after:
            raise tx.superseded(change.table, change.id, change.after)
    for change in entry.changes:
        tx.write_raw(change.table, change.id, None if change.before is None else dict(change.before))
