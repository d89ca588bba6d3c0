"""Projections kept alive: loaded when first asked for, then moved on by every change."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any, cast

import orjson

from floodready.store.contract import Entry, P, Projection
from floodready.store.line import Facts, entry_of


class Projections:
    """The projections that this process has asked for."""

    def __init__(self) -> None:
        self._live: dict[type[Projection], Projection] = {}
        self._lent: dict[type[Projection], int] = {}

    def live(self, kind: type[P], entries: Callable[[int], Iterator[Entry]]) -> P:
        """Give a projection that moves on with the journal; folds `entries(after)` when first asked for."""
        found = self._live.get(kind)
        if found is None:
            found = self._live[kind] = kind()
            fold(found, entries(0))
        return cast(P, found)

    def lend(self, kind: type[P], entries: Callable[[int], Iterator[Entry]]) -> P:
        """Give a projection for reading; what another thread commits while it is read goes to a copy."""
        found = self.live(kind, entries)
        self._lent[kind] = threading.get_ident()
        return found

    def apply(self, facts: Facts) -> None:
        """Take in one transaction."""
        tables = {change[0] for change in facts["changes"]}
        touched = [kind for kind in self._live if not tables.isdisjoint(kind.tables)]
        if not touched:
            return
        entry = entry_of(facts)
        for kind in touched:
            if self._lent.pop(kind, threading.get_ident()) != threading.get_ident():
                self._live[kind] = copied(self._live[kind])
            fold(self._live[kind], [entry])


def fold(projection: P, entries: Any) -> P:
    """Hand entries to a projection, each change of its tables once."""
    tables = projection.tables
    for entry in entries:
        for change in entry.changes:
            if change.table in tables:
                projection.apply(entry, change)
    return projection


def copied(projection: P) -> P:
    """Make a copy through the projection's own dump, which any projection can be rebuilt from."""
    return type(projection).load(orjson.loads(orjson.dumps(projection.dump())))
