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
    words = _words(stock, gear, items)
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


def _words(stock: UnitStock, gear: GearSet, items: Mapping[str, Item]) -> Words:
    per_set = {part.item: part.per_set for part in gear.parts}

    def named(item: str) -> Sentence:
        return verbatim(items[item].name if item in items else item)

    def limit(figure: Figure) -> tuple[Item, int, int] | None:
        """Give the part that limits the sets, what is usable of it and what all sets need; None: no item in use."""
        item = items.get(figure.limited_by)
        if item is None or figure.need is None:
            return None
        usable = pooled(item, items, stock.usable_of_all(figure.since))
        return item, usable, figure.need * per_set[item.id]

    def cover(figure: Figure) -> Sentence:
        needed = figure.need or 0  # told only of sets whose need is known
        facts = {"number": figure.usable, "item": named(figure.limited_by)}
        limited = limit(figure)
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

    def replenish(figure: Figure, _: int) -> Sentence:
        limited = limit(figure)
        if limited is None:
            return say("replenish {item} for the sets", item=named(figure.limited_by))
        item, usable, wanted = limited
        return say("replenish {item} for the sets: {missing}", item=named(item.id), missing=told(item, wanted - usable))

    return Words(
        unknown=lambda figure: say_many("{count} whole set; no need is set", "{count} whole sets; no need is set",
                                        figure.usable),
        cover=cover,
        set_need=say("set how many sets are needed"),
        replenish=replenish,
        receive=lambda coming: say("receive transfer {transfer} of {item}", transfer=coming.transfer,
                                   item=named(coming.limited_by)),
        on_the_way=lambda coming: say_many("parts of {count} set on the way by transfer {transfer}",
                                           "parts of {count} sets on the way by transfer {transfer}",
                                           coming.quantity, transfer=coming.transfer),
    )  # fmt: skip


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
            yield say("{item} is no item in use: it makes 0 sets.", item=verbatim(part.item))
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
