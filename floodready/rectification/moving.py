"""The way into every move: the table is asked, then the person's permission, on fresh data; and the way back."""

from __future__ import annotations

from typing import Any

from floodready.command import Undo, require_permission
from floodready.missing import not_there
from floodready.organisation.models import Person
from floodready.rectification.concern import require_concerned
from floodready.rectification.models import Finding
from floodready.rectification.reading import the_finding
from floodready.rectification.transitions import OF_EVERYBODY, MoveName, move_named, permission_for, require_legal
from floodready.refusal import Refused
from floodready.store.contract import Entry, Transaction
from floodready.store.undo import restore_before_images


def begin_move(tx: Transaction, id: str, name: MoveName, seen: Finding | None = None) -> Finding:
    """Give the record as it stands now, where the table has this move and the person may make it.

    `seen` is the record as the form showed it; one that moved since is refused. Raises Refused, NotAllowed,
    Superseded.
    """
    finding = the_finding(tx, id)
    move = move_named(name)
    if seen is not None and seen != finding:
        tx.change(seen)  # refuses, telling who changed it and what
    require_permission(tx, permission_for(move, finding) or move.may)
    if name not in OF_EVERYBODY:
        require_concerned(tx, finding, tx.act.person)
    require_legal(move, finding)
    return finding


def make_move(tx: Transaction, finding: Finding, name: MoveName, **values: Any) -> Finding:
    """Write what a move changes, and the state it leads to. Raises Invalid."""
    move = move_named(name)
    leads = {"state": move.to} if move.to is not None else {}
    return tx.change(finding, **leads, **values)


def take_back(name: MoveName) -> Undo:
    """Make the undo of a move: whoever may make the move may take it back."""

    def undo(tx: Transaction, entry: Entry) -> None:
        for change in entry.changes:
            if change.table == Finding.table:
                finding = tx.get(Finding, change.id)
                if finding is None:
                    raise Refused(not_there("rectification.findings", change.id))
                move = move_named(name)
                require_permission(tx, permission_for(move, finding) or move.may)
                require_concerned(tx, finding, tx.act.person)
        restore_before_images(tx, entry)

    return undo


def unit_of(tx: Transaction) -> str | None:
    """Give the unit of whoever acts."""
    person = tx.get(Person, tx.act.person)
    return person.unit if person is not None else None
