"""What sets mean for readiness: how many are whole, which part limits them, and what lies behind each part."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from floodready.language import Sentence, say, say_many, verbatim
from floodready.materials.models import Item
from floodready.materials.models_equipment import GearSet
from floodready.materials.sets import WholeSets, pooled, whole_sets
from floodready.materials.views import told
from floodready.readiness.cover import Coming, Figure, Words, cover_signals, cover_told
from floodready.readiness.evidence import believed
from floodready.readiness.gathering import Surroundings
from floodready.readiness.line import Capability, Importance, Kind, Line
from floodready.readiness.stock_evidence import counted, lots_behind, short_books
from floodready.readiness.unit_stock import UnitStock


def set_lines(
    around: Surroundings, stock: UnitStock, items: Mapping[str, Item], names: Mapping[str, str]
) -> Iterator[Line]:
    """Give a line for each kind of set, as a unit has it; `names` are those of the places."""
    for gear in around.view.all(GearSet):
        yield _line(around, stock, gear, items, names)


def _line(
    around: Surroundings, stock: UnitStock, gear: GearSet, items: Mapping[str, Item], names: Mapping[str, str]
) -> Line:
    importance = Importance(gear.importance.value)
    parts = [items[part.item] for part in gear.parts if part.item in items]
    pool = {item.id for item in parts} | {other.item for item in parts for other in item.substitutes}
    figures = [_figure(stock, gear, parts, items, edge) for edge in stock.edges(pool)]
    words = _SetWords(stock, gear, items).all()
    signals = [*short_books(stock, parts), *cover_signals(figures, importance, words)]
    for item in parts:
        signals += counted(around, stock, item, importance)
    return Line(
        id=f"materials/set-{gear.id}/{stock.unit}", unit=stock.unit,
        capability=Capability.stated(gear.capability) or Capability.BOATS, importance=importance, kind=Kind.SET,
        subject=verbatim(gear.name), signals=tuple(signals),
        explanation=(
            *_parts(gear, items, stock.usable_of_all(around.at)),
            believed(importance, stock.limits),
            *(behind for item in parts for behind in lots_behind(around, stock, item, names)),
        ),
        good_later=tuple(cover_told(figures, words)), opens=(GearSet.table, gear.id),
    )  # fmt: skip


class _SetWords:
    """What is said of one kind of set, as a unit has it."""

    def __init__(self, stock: UnitStock, gear: GearSet, items: Mapping[str, Item]) -> None:
        self._stock, self._items = stock, items
        self._per_set = {part.item: part.per_set for part in gear.parts}

    def all(self) -> Words:
        """Give them as every line that stock covers has them."""
        return Words(
            unknown=self._unknown,
            cover=self._cover,
            set_need=lambda _: say("set how many sets are needed"),
            replenish=self._replenish,
            receive=self._receive,
            on_the_way=self._on_the_way,
        )

    def _unknown(self, figure: Figure) -> Sentence:
        return say_many("{count} whole set; no need is set", "{count} whole sets; no need is set", figure.usable)

    def _cover(self, figure: Figure) -> Sentence:
        needed = figure.need or 0  # told only of sets whose need is known
        facts = {"number": figure.usable, "item": self._named(figure.limited_by)}
        limited = self._limit(figure)
        if limited is None:
            return say_many(
                "{number} of {count} set, limited by {item}",
                "{number} of {count} sets, limited by {item}",
                needed,
                **facts,
            )
        item, usable, wanted = limited
        return say_many(
            "{number} of {count} set, limited by {item} ({usable} usable of {wanted})",
            "{number} of {count} sets, limited by {item} ({usable} usable of {wanted})",
            needed,
            usable=told(item, usable),
            wanted=told(item, wanted),
            **facts,
        )

    def _replenish(self, figure: Figure, _: int) -> Sentence:
        limited = self._limit(figure)
        if limited is None:
            return say("replenish {item} for the sets", item=self._named(figure.limited_by))
        item, usable, wanted = limited
        return say("replenish {item} for the sets: {missing}", item=self._named(item.id),
                   missing=told(item, wanted - usable))  # fmt: skip

    def _receive(self, coming: Coming) -> Sentence:
        return say("receive transfer {transfer} of {item}", transfer=coming.transfer,
                   item=self._named(coming.limited_by))  # fmt: skip

    def _on_the_way(self, coming: Coming) -> Sentence:
        return say_many(
            "parts of {count} set on the way by transfer {transfer}",
            "parts of {count} sets on the way by transfer {transfer}",
            coming.quantity,
            transfer=coming.transfer,
        )

    def _limit(self, figure: Figure) -> tuple[Item, int, int] | None:
        """Give the part that limits the sets, what is usable of it and what all sets need; None: no item in use."""
        item = self._items.get(figure.limited_by)
        if item is None or figure.need is None:
            return None
        usable = pooled(item, self._items, self._stock.usable_of_all(figure.since))
        return item, usable, figure.need * self._per_set[item.id]

    def _named(self, item: str) -> Sentence:
        return verbatim(self._items[item].name if item in self._items else item)


def _figure(stock: UnitStock, gear: GearSet, parts: Sequence[Item], items: Mapping[str, Item], at: datetime) -> Figure:
    """Give how many whole sets there are at an instant, what limits them, and what is on the way for them."""
    usable = stock.usable_of_all(at)

    def whole(held: Mapping[str, int]) -> WholeSets:
        return whole_sets(gear, {item.id: pooled(item, items, held) for item in parts})

    number, scarce = whole(usable)
    coming = None
    if scarce in stock.coming:
        more = whole({**usable, **{id: usable.get(id, 0) + one.quantity for id, one in stock.coming.items()}}).number
        coming = Coming(quantity=more - number, transfer=stock.coming[scarce].transfer, limited_by=scarce)
    return Figure(since=at, usable=number, need=gear.needed, by_holder={}, limited_by=scarce, coming=coming)


def _parts(gear: GearSet, items: Mapping[str, Item], usable: Mapping[str, int]) -> Iterator[Sentence]:
    """Tell each part's usable pieces, what one set takes of it, and how many sets that makes."""
    if gear.needed is not None:
        yield say_many(
            "{count} set is needed by {source}.",
            "{count} sets are needed by {source}.",
            gear.needed,
            source=verbatim(gear.need_source or "—"),
        )
    for part in gear.parts:
        item = items.get(part.item)
        if item is None:
            yield say("{item} is not an item in use: it makes 0 sets.", item=verbatim(part.item))
            continue
        held = pooled(item, items, usable)
        yield say_many(
            "{item}: {usable} usable, {per_set} in a set, makes {count} set.",
            "{item}: {usable} usable, {per_set} in a set, makes {count} sets.",
            held // part.per_set,
            item=verbatim(item.name),
            usable=told(item, held),
            per_set=told(item, part.per_set),
        )
