"""Kept up to date by each movement: one item's stock, and what a ledger's row brought in, is a look-up, not a scan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar, Self

from floodready.store.contract import Change, Entry, Projection, Raw

REMEMBERED = 8


class Balances(Projection):
    """What stands where, the last issue of each item, and the last count of each lot and place."""

    name = "materials.balances"
    version = 2
    tables: ClassVar[frozenset[str]] = frozenset({"materials.movements", "materials.count_lines"})

    def __init__(self) -> None:
        self.by_lot: dict[str, dict[str, int]] = {}
        """Lot → place → smallest units; virtual places included, zeros left out."""
        self.item_lots: dict[str, dict[str, None]] = {}
        """Item → its lots that have ever moved, in order."""
        self.by_place: dict[str, dict[str, int]] = {}
        """Place → lot → smallest units."""
        self.last_out: dict[str, str] = {}
        """Item → the last issue movement."""
        self.last_seq: dict[str, int] = {}
        """Lot → the journal position of its last movement."""
        self.counted: dict[str, dict[str, tuple[str, str]]] = {}
        """Lot → place → (instant counted, count line)."""
        self.recent: dict[str, list[str]] = {}
        """Lot → its last movements, oldest first, `REMEMBERED` at most: what explains a figure without a scan."""
        self.moves: dict[str, int] = {}
        """Lot → how many movements it has had."""
        self.reversed: dict[str, str] = {}
        """Movement → the movement that reversed it."""

    def held(self, lot: str, place: str) -> int:
        """Give the balance of a lot in a place, in smallest units."""
        return self.by_lot.get(lot, {}).get(place, 0)

    def of_item(self, item: str) -> Iterator[tuple[str, str, int]]:
        """Give (lot, place, quantity) of an item wherever its balance is not zero."""
        for lot in self.item_lots.get(item, ()):
            for place, quantity in self.by_lot.get(lot, {}).items():
                yield lot, place, quantity

    def apply(self, entry: Entry, change: Change) -> None:
        """Take in a movement or a posted count line, or its removal."""
        for raw, sign in ((change.before, -1), (change.after, 1)):
            if raw is None:
                continue
            if change.table == "materials.movements":
                self._move(change.id, raw, sign, entry.seq)
            elif sign > 0:
                self._count(change.id, raw)
            else:
                self._uncount(change.id, raw)

    def dump(self) -> Any:
        """Give the whole state."""
        return [
            self.by_lot,
            {item: list(lots) for item, lots in self.item_lots.items()},
            self.by_place,
            self.last_out,
            self.last_seq,
            {lot: {place: list(seen) for place, seen in places.items()} for lot, places in self.counted.items()},
            self.recent,
            self.moves,
            self.reversed,
        ]

    @classmethod
    def load(cls, dumped: Any) -> Self:
        """Rebuild from what `dump` gave."""
        made = cls()
        made.by_lot, item_lots, made.by_place, made.last_out, made.last_seq, counted, *rest = dumped
        made.recent, made.moves, made.reversed = rest
        made.item_lots = {item: dict.fromkeys(lots) for item, lots in item_lots.items()}
        made.counted = {
            lot: {place: (at, line) for place, (at, line) in places.items()} for lot, places in counted.items()
        }
        return made

    def _move(self, id: str, raw: Raw, sign: int, seq: int) -> None:
        lot, quantity = raw["lot"], raw["quantity"] * sign
        self.item_lots.setdefault(raw["item"], {})[lot] = None
        for place, change in ((raw["source"], -quantity), (raw["target"], quantity)):
            _add(self.by_lot.setdefault(lot, {}), place, change)
            _add(self.by_place.setdefault(place, {}), lot, change)
        self.last_seq[lot] = seq
        if raw.get("reverses") is not None:
            if sign > 0:
                self.reversed[raw["reverses"]] = id
            else:
                self.reversed.pop(raw["reverses"], None)
        self.moves[lot] = self.moves.get(lot, 0) + sign
        recent = self.recent.setdefault(lot, [])
        if sign > 0:
            recent.append(id)
            del recent[:-REMEMBERED]
        elif id in recent:
            recent.remove(id)
        if sign > 0 and raw["kind"] in ("issue", "emergency issue"):
            self.last_out[raw["item"]] = id

    def _count(self, id: str, raw: Raw) -> None:
        places = self.counted.setdefault(raw["lot"], {})
        before = places.get(raw["place"])
        if before is None or before[0] <= raw["counted_at"]:
            places[raw["place"]] = (raw["counted_at"], id)

    def _uncount(self, id: str, raw: Raw) -> None:
        places = self.counted.get(raw["lot"], {})
        if places.get(raw["place"], ("", ""))[1] == id:
            del places[raw["place"]]


class BroughtIn(Projection):
    """What imported ledgers brought in, by the key of the row; apart from `Balances`, which every screen loads."""

    name = "materials.brought_in"
    version = 1
    tables: ClassVar[frozenset[str]] = frozenset({"materials.movements"})

    def __init__(self) -> None:
        self.by_key: dict[str, dict[str, str]] = {}
        """Key of a row → movement that brought it in → its lot, in the order in which they came."""

    def standing(self, key: str, reversed: Mapping[str, str]) -> str | None:
        """Give the lot that a row brought in by a movement that is not among the reversed ones; None for none."""
        return next((lot for movement, lot in self.by_key.get(key, {}).items() if movement not in reversed), None)

    def apply(self, entry: Entry, change: Change) -> None:
        """Take in a movement, or its removal."""
        del entry
        for raw in (change.before, change.after):
            if raw is None or raw.get("import_key") is None:
                continue
            if raw is change.after:
                self.by_key.setdefault(raw["import_key"], {})[change.id] = raw["lot"]
            else:
                self.by_key.get(raw["import_key"], {}).pop(change.id, None)

    def dump(self) -> Any:
        """Give the whole state."""
        return self.by_key

    @classmethod
    def load(cls, dumped: Any) -> Self:
        """Rebuild from what `dump` gave."""
        made = cls()
        made.by_key = dumped
        return made


def _add(held: dict[str, int], key: str, change: int) -> None:
    after = held.get(key, 0) + change
    if after:
        held[key] = after
    else:
        held.pop(key, None)
