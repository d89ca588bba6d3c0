"""What stands behind the lines of stock and sets: counts, books that are short, lots and their movements."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from floodready.clock import local_day, local_time, read_instant
from floodready.language import Sentence, say, say_many, verbatim
from floodready.materials.models import Item, Lot, Movement
from floodready.materials.places import place_told
from floodready.materials.projections import REMEMBERED
from floodready.materials.views import told
from floodready.organisation.lookup import person_name
from floodready.readiness.evidence import ageing
from floodready.readiness.gathering import Surroundings
from floodready.readiness.line import Colour, Importance, Signal
from floodready.readiness.unit_stock import UnitStock


def short_books(stock: UnitStock, items: Iterable[Item]) -> Iterator[Signal]:
    """Give a signal for each item of which more left than was held."""
    for item in items:
        if item.id in stock.short:
            yield Signal(colour=Colour.RED, cause=say("the books are short: more left than was held"),
                         act=say("count {item}", item=verbatim(item.name)))  # fmt: skip


def counted(around: Surroundings, stock: UnitStock, item: Item, importance: Importance) -> Iterable[Signal]:
    """Judge how long ago the item was really counted: its oldest lot and place decide."""
    balances = stock.balances
    spots = [(lot, place) for lot, place, _ in balances.of_item(item.id) if place in stock.places]
    if not spots:
        return ()
    act = say("count {item}", item=verbatim(item.name))
    last = [balances.counted.get(lot, {}).get(place) for lot, place in spots]
    if None in last:
        return (Signal(colour=Colour.GREY, cause=say("never really counted"), act=act),)
    oldest = min(local_day(read_instant(at), around.zone) for at, _ in filter(None, last))
    return ageing(
        oldest, importance, stock.limits, around.zone, act=act,
        doubted=say("last counted on {day}: too long ago", day=str(oldest)),
        lost=say("last counted on {day}: no longer known", day=str(oldest)),
    )  # fmt: skip


def lots_behind(around: Surroundings, stock: UnitStock, item: Item, names: Mapping[str, str]) -> Iterator[Sentence]:
    """Tell every lot of an item that stands here with its last count, and the movements behind them."""
    balances = stock.balances
    lots: dict[str, None] = {}
    for lot, place, quantity in balances.of_item(item.id):
        if place in stock.places:
            lots[lot] = None
            count = balances.counted.get(lot, {}).get(place)
            day = str(local_day(read_instant(count[0]), around.zone)) if count else "—"
            held = around.view.get(Lot, lot)
            yield say("Lot {lot} in {place}: {quantity}, {holder}, last counted {day}", lot=lot,
                      place=verbatim(names.get(place, place)), quantity=told(item, quantity), day=day,
                      holder=held.holder.word if held else verbatim("—"))  # fmt: skip
    yield from _movements_behind(around, stock, item, lots)


def _movements_behind(around: Surroundings, stock: UnitStock, item: Item, lots: Iterable[str]) -> Iterator[Sentence]:
    """Tell the latest movements of the lots that stand here, newest first, and where the earlier ones are read."""
    balances, view = stock.balances, around.view
    here = sorted(lots, key=lambda lot: balances.last_seq.get(lot, 0), reverse=True)
    found = [one for lot in here[:REMEMBERED] for id in balances.recent.get(lot, ()) if (one := view.get(Movement, id))]
    shown = sorted(found, key=lambda one: one.seq, reverse=True)[:REMEMBERED]
    for one in shown:
        yield say("{time} {kind} of {quantity}, {source} to {target}, by {person} ({id})",
                  time=local_time(one.occurred_at, around.zone), kind=one.kind.word, quantity=told(item, one.quantity),
                  source=place_told(view, one.source), target=place_told(view, one.target),
                  person=verbatim(person_name(view, one.by)), id=one.id)  # fmt: skip
    earlier = sum(balances.moves.get(lot, 0) for lot in here) - len(shown)
    if earlier > 0:
        yield say_many(
            "{count} earlier movement stands on the cards of these lots.",
            "{count} earlier movements stand on the cards of these lots.",
            earlier,
        )
