"""What stock and sets mean for readiness: cover against need, evidence, negative balances, goods on the way.

What is usable changes by itself only when lots expire, reservations end or a quota table comes into force: between
those instants the figures hold, so a line's signals are known for all future days.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial

from floodready.clock import local_day, local_time, read_instant
from floodready.language import Sentence, say, verbatim
from floodready.materials.models import Holder, Item, ItemClass, Lot, Movement
from floodready.materials.models_equipment import GearSet
from floodready.materials.places import place_words
from floodready.materials.projections import REMEMBERED
from floodready.materials.sets import WholeSets, pooled, whole_sets
from floodready.materials.views import place_names, told
from floodready.organisation.models import Unit
from floodready.readiness.cover import Coming, Figure, Words, cover_signals, cover_told
from floodready.readiness.evidence import ageing, believed
from floodready.readiness.gathering import Part, Surroundings
from floodready.readiness.line import Capability, Colour, Importance, Kind, Line, Signal
from floodready.readiness.machine_lines import machine_lines
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
        for gear in around.view.all(GearSet):
            yield _set_line(around, stock, gear, items, names)
        yield from machine_lines(around, stock, items)


def _stock_line(
    around: Surroundings, stock: UnitStock, item: Item, items: Mapping[str, Item], names: Mapping[str, str]
) -> Line:
    importance, name = Importance(item.importance.value), verbatim(item.name)
    now = stock.figure(item, items, around.at)
    words = Words(
        unknown=lambda figure: say("no need is set: {usable} usable", usable=_apart(item, figure)),
        cover=lambda figure: _cover(item, figure),
        # One table mends all its items: one act, so that it stands once in what is to be done.
        set_need=say("import a quota table that names every item in stock"),
        replenish=lambda _, missing: say("replenish {item}: {missing}", item=name, missing=told(item, missing)),
        receive=lambda coming: say("receive transfer {transfer} of {item}", transfer=coming.transfer, item=name),
        on_the_way=lambda coming: say("{quantity} on the way by transfer {transfer}",
                                      quantity=told(item, coming.quantity), transfer=coming.transfer),
    )  # fmt: skip
    figures = stock.figures(item, items)
    signals = list(_short(stock, [item]))
    signals += cover_signals(figures, importance, words)
    signals += _counted(around, stock, item, importance)
    return Line(
        id=f"materials/{item.id}/{stock.unit}", unit=stock.unit, capability=_capability(item.capability, item),
        importance=importance, kind=Kind.STOCK, subject=name, signals=tuple(signals), good=_cover(item, now),
        good_later=tuple(cover_told(figures, words)),
        explanation=tuple(_explained(around, stock, item, items, names, now)), opens=(Item.table, item.id),
    )  # fmt: skip


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
    return say("{quantity} ({shares})", quantity=told(item, figure.usable), shares=_listed(shares))


def _listed(parts: Sequence[Sentence]) -> Sentence:
    if len(parts) == 1:
        return parts[0]
    return say("{first}, {rest}", first=parts[0], rest=_listed(parts[1:]))


def _short(stock: UnitStock, parts: Iterable[Item]) -> Iterator[Signal]:
    for item in parts:
        if item.id in stock.short:
            yield Signal(colour=Colour.RED, cause=say("the books are short: more left than was held"),
                         act=say("count {item}", item=verbatim(item.name)))  # fmt: skip


def _counted(around: Surroundings, stock: UnitStock, item: Item, importance: Importance) -> Iterable[Signal]:
    """Judge how long ago the item was really counted: its oldest lot and place decide."""
    balances = stock.balances
    spots = [(lot, place) for lot, place, _ in balances.of_item(item.id) if place in stock.places]
    if not spots:
        return ()
    act = say("count {item}", item=verbatim(item.name))
    counted = [balances.counted.get(lot, {}).get(place) for lot, place in spots]
    if None in counted:
        return (Signal(colour=Colour.GREY, cause=say("never really counted"), act=act),)
    oldest = min(local_day(read_instant(at), around.zone) for at, _ in filter(None, counted))
    return ageing(
        oldest, importance, stock.limits, around.zone, act=act,
        doubted=say("last counted on {day}: too long ago", day=str(oldest)),
        lost=say("last counted on {day}: no longer known", day=str(oldest)),
    )  # fmt: skip


def _set_line(
    around: Surroundings, stock: UnitStock, gear: GearSet, items: Mapping[str, Item], names: Mapping[str, str]
) -> Line:
    importance = Importance(gear.importance.value)
    parts = [items[part.item] for part in gear.parts if part.item in items]
    pool = {item.id for item in parts} | {other.item for item in parts for other in item.substitutes}

    def named(item: str) -> Sentence:
        return verbatim(items[item].name if item in items else item)

    now_usable = stock.usable_of_all(around.at)
    figures = [_sets(stock, gear, parts, items, edge) for edge in stock.edges(pool)]
    words = Words(
        unknown=lambda figure: say("{number} whole sets; no need is set", number=figure.usable),
        cover=lambda figure: say("{number} of {needed} sets, limited by {item}", number=figure.usable,
                                 needed=figure.need, item=named(figure.limited_by)),
        set_need=say("set how many sets are needed"),
        replenish=lambda figure, _: say("replenish {item} for the sets", item=named(figure.limited_by)),
        receive=lambda coming: say("receive transfer {transfer} of {item}", transfer=coming.transfer,
                                   item=named(coming.limited_by)),
        on_the_way=lambda coming: say("parts of {number} sets on the way by transfer {transfer}",
                                      number=coming.quantity, transfer=coming.transfer),
    )  # fmt: skip
    signals = [*_short(stock, parts), *cover_signals(figures, importance, words)]
    for item in parts:
        signals += _counted(around, stock, item, importance)
    return Line(
        id=f"materials/set-{gear.id}/{stock.unit}", unit=stock.unit,
        capability=_capability(gear.capability, None, Capability.BOATS), importance=importance, kind=Kind.SET,
        subject=verbatim(gear.name), signals=tuple(signals),
        explanation=(
            *_parts(gear, items, now_usable),
            believed(importance, stock.limits),
            *(words for item in parts for words in _lots_behind(around, stock, item, names)),
        ),
        good_later=tuple(cover_told(figures, words)), opens=(GearSet.table, gear.id),
    )  # fmt: skip


def _sets(stock: UnitStock, gear: GearSet, parts: Sequence[Item], items: Mapping[str, Item], at: datetime) -> Figure:
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
        yield say("{needed} sets are needed by {source}.", needed=gear.needed, source=verbatim(gear.need_source or "—"))
    for part in gear.parts:
        item = items.get(part.item)
        if item is None:
            yield say("{item} is no item in use: it makes 0 sets.", item=verbatim(part.item))
            continue
        held = pooled(item, items, usable)
        yield say("{item}: {usable} usable, {per_set} in a set, makes {number} sets.", item=verbatim(item.name),
                  usable=told(item, held), per_set=told(item, part.per_set),
                  number=held // part.per_set)  # fmt: skip


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
                  works=verbatim(", ".join(need.works)))  # fmt: skip
        yield from _covered_with(item, now, need.quantity)
    usable = stock.usable_of_all(around.at)
    for other in item.substitutes:
        if other.item in items and usable.get(other.item):
            yield say("{quantity} of {other} may stand in, each for {numerator}/{denominator}.",
                      quantity=told(items[other.item], usable[other.item]), other=verbatim(items[other.item].name),
                      numerator=other.numerator, denominator=other.denominator)  # fmt: skip
    yield believed(Importance(item.importance.value), stock.limits)
    yield from _lots_behind(around, stock, item, names)


def _lots_behind(around: Surroundings, stock: UnitStock, item: Item, names: Mapping[str, str]) -> Iterator[Sentence]:
    """Tell every lot of an item that stands here with its last count, and the movements behind them."""
    balances = stock.balances
    lots: dict[str, None] = {}
    for lot, place, quantity in balances.of_item(item.id):
        if place in stock.places:
            lots[lot] = None
            counted = balances.counted.get(lot, {}).get(place)
            day = str(local_day(read_instant(counted[0]), around.zone)) if counted else "—"
            held = around.view.get(Lot, lot)
            yield say("Lot {lot} in {place}: {quantity}, {holder}, last counted {day}", lot=lot,
                      place=verbatim(names.get(place, place)), quantity=told(item, quantity), day=day,
                      holder=held.holder.word if held else verbatim("—"))  # fmt: skip
    yield from _movements_behind(around, stock, item, lots, names)


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


def _movements_behind(
    around: Surroundings, stock: UnitStock, item: Item, lots: Iterable[str], names: Mapping[str, str]
) -> Iterator[Sentence]:
    """Tell the latest movements of the lots that stand here, newest first, and where the earlier ones are read."""
    balances, view = stock.balances, around.view
    here = sorted(lots, key=lambda lot: balances.last_seq.get(lot, 0), reverse=True)
    found = [one for lot in here[:REMEMBERED] for id in balances.recent.get(lot, ()) if (one := view.get(Movement, id))]
    shown = sorted(found, key=lambda one: one.seq, reverse=True)[:REMEMBERED]
    for one in shown:
        yield say("{time} {kind} of {quantity}, {source} to {target}, by {person} ({id})",
                  time=local_time(one.occurred_at, around.zone), kind=one.kind.word, quantity=told(item, one.quantity),
                  source=place_words(one.source, names), target=place_words(one.target, names),
                  person=verbatim(one.by), id=one.id)  # fmt: skip
    earlier = sum(balances.moves.get(lot, 0) for lot in here) - len(shown)
    if earlier > 0:
        yield say("{count} earlier movements stand on the cards of these lots.", count=earlier)


def _capability(stated: str, item: Item | None, usual: Capability = Capability.HOLD) -> Capability:
    known = next((capability for capability in Capability if capability.value == stated), None)
    return known or (_USUAL[item.item_class] if item is not None else usual)
