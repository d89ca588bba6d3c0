"""What stock means for readiness: cover against need, evidence, negative balances, goods on the way.

What is usable changes by itself only when lots expire, reservations end or a quota table comes into force: between
those instants the figures hold, so a line's signals are known for all future days.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from floodready.language import Sentence, listed, say, verbatim
from floodready.materials.models import Holder, Item, ItemClass
from floodready.materials.views import place_names, told
from floodready.organisation.lookup import works_name
from floodready.organisation.models import Unit
from floodready.readiness.cover import Figure, Words, cover_signals, cover_told
from floodready.readiness.evidence import believed
from floodready.readiness.gathering import Part, Surroundings
from floodready.readiness.line import Capability, Importance, Kind, Line
from floodready.readiness.machine_lines import machine_lines
from floodready.readiness.set_lines import set_lines
from floodready.readiness.stock_evidence import counted, lots_behind, short_books
from floodready.readiness.turns import levels_turn
from floodready.readiness.unit_stock import UnitStock, stock_of

_USUAL = {
    ItemClass.RESCUE: Capability.HOLD, ItemClass.LIFE_SAVING: Capability.SHELTER, ItemClass.TOOLS: Capability.HOLD,
    ItemClass.EQUIPMENT: Capability.PUMP, ItemClass.DROUGHT: Capability.PUMP,
}  # fmt: skip


def parts(around: Surroundings) -> Iterator[Part]:
    """Name the lines of each unit."""
    for unit in around.view.all(Unit):
        yield Part(unit.id, partial(_lines, unit.id), levels_turn)


def _lines(unit: str, around: Surroundings) -> Iterator[Line]:
    """Give the stock, set and equipment lines of a unit that has places, quotas or machines."""
    items = {item.id: item for item in around.view.all(Item) if not item.retired}
    stock = stock_of(around, unit, items)
    asked, names = stock.asked(), place_names(around.view)
    for item in items.values():
        if item.id in asked:
            yield _stock_line(around, stock, item, items, names)
    if stock.places:
        yield from set_lines(around, stock, items, names)
        yield from machine_lines(around, stock, items)


def _stock_line(
    around: Surroundings, stock: UnitStock, item: Item, items: Mapping[str, Item], names: Mapping[str, str]
) -> Line:
    importance, name = Importance(item.importance.value), verbatim(item.name)
    now = stock.figure(item, items, around.at)
    words = Words(
        unknown=lambda figure: _unknown(around, item, figure),
        cover=lambda figure: _cover(item, figure),
        set_need=lambda figure: _set_need(around, figure),
        replenish=lambda _, missing: say("replenish {item}: {missing}", item=name, missing=told(item, missing)),
        receive=lambda coming: say("receive transfer {transfer} of {item}", transfer=coming.transfer, item=name),
        on_the_way=lambda coming: say("{quantity} on the way by transfer {transfer}",
                                      quantity=told(item, coming.quantity), transfer=coming.transfer),
    )  # fmt: skip
    figures = stock.figures(item, items)
    signals = list(short_books(stock, [item]))
    signals += cover_signals(figures, importance, words)
    signals += counted(around, stock, item, importance)
    return Line(
        id=f"materials/{item.id}/{stock.unit}", unit=stock.unit,
        capability=Capability.stated(item.capability) or _USUAL[item.item_class],
        importance=importance, kind=Kind.STOCK, subject=name, signals=tuple(signals), good=_cover(item, now),
        good_later=tuple(cover_told(figures, words)),
        explanation=tuple(_explained(around, stock, item, items, names, now)), opens=(Item.table, item.id),
    )  # fmt: skip


def _unknown(around: Surroundings, item: Item, figure: Figure) -> Sentence:
    usable = _apart(item, figure)
    if figure.need is None:
        return say("no need is set: {usable} usable", usable=usable)
    return say("the size of {works} is not stated: {usable} usable of at least {need}", usable=usable,
               works=_unsized(around, figure), need=told(item, figure.need))  # fmt: skip


def _set_need(around: Surroundings, figure: Figure) -> Sentence:
    """Say what makes the need known: one table or size for all items, so that it stands once in what is to be done."""
    if figure.need is None:
        return say("import a quota table that names every item in stock")
    return say("state the size of {works}", works=_unsized(around, figure))


def _unsized(around: Surroundings, figure: Figure) -> Sentence:
    return verbatim(", ".join(works_name(around.view, one) for one in dict.fromkeys(figure.without_size)))


def _cover(item: Item, figure: Figure) -> Sentence:
    usable = _apart(item, figure)
    if figure.need is None:
        return say("{usable} usable", usable=usable)
    return say("{usable} usable of {need} required", usable=usable, need=told(item, figure.need))


def _apart(item: Item, figure: Figure) -> Sentence:
    """Say what is usable with the share of each kind of holder, wherever it is not all the unit's own."""
    if set(figure.by_holder) <= {Holder.OWN}:
        return verbatim(told(item, figure.usable))
    shares = [
        say("{quantity} {holder}", quantity=told(item, quantity), holder=holder.word)
        for holder, quantity in figure.by_holder.items()
    ]  # fmt: skip
    return say("{quantity} ({shares})", quantity=told(item, figure.usable), shares=listed(shares))


def _explained(
    around: Surroundings,
    stock: UnitStock,
    item: Item,
    items: Mapping[str, Item],
    names: Mapping[str, str],
    now: Figure,
) -> Iterator[Sentence]:
    """Tell who set the need, whose stock covers it, what is pooled, how long a count holds, and what lies behind."""
    need = stock.need(item.id, around.at)
    if need is not None:
        yield say("Need {need} by {source}, {clause}, over {works}.", need=told(item, need.quantity),
                  source=verbatim(need.source), clause=verbatim(need.clause),
                  works=verbatim(", ".join(works_name(around.view, one) for one in need.works)))  # fmt: skip
        yield from _covered_with(item, now, need.quantity)
    usable = stock.usable_of_all(around.at)
    for other in item.substitutes:
        if other.item in items and usable.get(other.item):
            yield say("{quantity} of {other} may stand in, each for {numerator}/{denominator}.",
                      quantity=told(items[other.item], usable[other.item]), other=verbatim(items[other.item].name),
                      numerator=other.numerator, denominator=other.denominator)  # fmt: skip
    yield believed(Importance(item.importance.value), stock.limits)
    yield from lots_behind(around, stock, item, names)


def _covered_with(item: Item, now: Figure, need: int) -> Iterator[Sentence]:
    """Tell how far each further kind of holder's stock carries the cover; nobody reads four kinds as one."""
    total = 0
    for holder, quantity in now.by_holder.items():
        total += quantity
        covered = min(100, total * 100 // need) if need else 100
        if total == quantity:
            yield say("{holder}: {quantity}, covers {percent} %.", holder=holder.word, quantity=told(item, quantity),
                      percent=covered)  # fmt: skip
        else:
            yield say("With {holder}: {quantity} more, covers {percent} %.", holder=holder.word,
                      quantity=told(item, quantity), percent=covered)  # fmt: skip
