"""The forms of stock: issue, receive, transfer, begin a count. What the row says stands in them already."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from floodready.clock import local_day, local_time
from floodready.language import Sentence, say, verbatim
from floodready.materials.models import Item, Place
from floodready.materials.views import StockRow
from floodready.quantity import read_quantity, unit_factors
from floodready.refusal import Refused
from floodready.store.contract import Act
from floodready.tui.room import Room
from floodready.tui.screens.form import Form, Values
from floodready.tui.widgets.fields import ChoiceField, DateField, TextField

if TYPE_CHECKING:
    from floodready.tui.screens.materials.stock import StockFacts

CONSUMED = "-"
"""The choice of no incident: used up."""


def issue(room: Room, row: StockRow, facts: StockFacts) -> Form:
    """Ask how much goes where; the newest open incident stands there already."""
    options = [(one.id, verbatim(one.name)) for one in reversed(facts.incidents)] + [(CONSUMED, say("used up"))]

    def do(act: Act, values: Values) -> Sentence:
        from dataclasses import replace

        from floodready.materials.commands import issue_stock

        item = _item(room, row.item)
        to, reason = values["to"], values["reason"] or ""
        paper = issue_stock(
            room.store, replace(act, reason=reason), zone=room.zone, item=row.item, place=row.place,
            quantity=_quantity(room, item, values["typed"]), to_incident=None if to == CONSUMED else to,
            emergency=values["emergency"] is True, typed=values["typed"], receiver=values["receiver"] or "",
        )  # fmt: skip
        return say("Issued {quantity}. Paper {paper} is open until {due}.", quantity=verbatim(values["typed"]),
                   paper=paper.id, due=local_time(paper.due_at, room.zone))  # fmt: skip

    return Form(
        say("Issue {item} from {place}", item=verbatim(row.name), place=row.place_told),
        [
            TextField("typed", say("How much")),
            ChoiceField("to", say("To"), options, value=options[0][0]),
            TextField("receiver", say("Receiver"), required=False),
            TextField("reason", say("Reason"), required=False),
            ChoiceField("emergency", say("Emergency"), [(False, say("no")), (True, say("yes: post in full"))],
                        value=False),
        ],
        do,
        act=say("Issue"),
        intro=say("Sums and packs are read: 12*50+30. ctrl+s issues from any field."),
    )  # fmt: skip


def receive(room: Room, items: Sequence[Item], places: Sequence[Place], row: StockRow | None) -> Form:
    """Ask what came, and where it was put."""

    def do(act: Act, values: Values) -> Sentence:
        from floodready.materials.commands import receive_stock

        item = _item(room, values["item"])
        lot = receive_stock(
            room.store, act, zone=room.zone, item=item.id, place=values["place"],
            quantity=_quantity(room, item, values["typed"]), usable_until=values["until"],
            supplier=values["supplier"] or "", typed=values["typed"],
        )  # fmt: skip
        return say("Received {quantity} as lot {lot}.", quantity=verbatim(values["typed"]), lot=lot.id)

    today = local_day(room.clock.now(), room.zone)
    return Form(
        say("Receive a delivery"),
        [
            ChoiceField("item", say("Item"), [(item.id, verbatim(item.name)) for item in items],
                        value=row.item if row else None),
            ChoiceField("place", say("Place"), _options(places), value=row.place if row else None),
            TextField("typed", say("How much")),
            DateField("until", say("Last usable day"), today=today, required=False),
            TextField("supplier", say("Supplier"), required=False),
        ],
        do,
        act=say("Receive"),
    )  # fmt: skip


def transfer(room: Room, row: StockRow, facts: StockFacts) -> Form:
    """Ask how much of the lot goes to which place; it is shipped at once."""

    def do(act: Act, values: Values) -> Sentence:
        from floodready.materials.commands import order_transfer, ship_transfer
        from floodready.materials.commands_transfer import Asked

        item = _item(room, row.item)
        line = Asked(lot=row.lot, quantity=_quantity(room, item, values["typed"]))
        ordered = order_transfer(
            room.store, act, zone=room.zone, source=row.place, target=values["target"], lines=(line,)
        )
        shipped = ship_transfer(room.store, room.act(), zone=room.zone, transfer=ordered.id)
        return say("Shipped {id}.", id=shipped.id)

    others = [place for place in facts.places if place.id != row.place]
    return Form(
        say("Transfer {item} from {place}", item=verbatim(row.name), place=row.place_told),
        [TextField("typed", say("How much")), ChoiceField("target", say("To"), _options(others))],
        do,
        act=say("Ship"),
        intro=say("Lot {lot} holds {quantity} here.", lot=row.lot, quantity=row.told),
    )


def _options(places: Sequence[Place]) -> list[tuple[str, Sentence]]:
    return [(place.id, verbatim(place.name)) for place in places]


def _item(room: Room, id: str) -> Item:
    found = room.store.get(Item, id)
    if found is None:
        raise Refused(say("There is no item {item}. Look for it by name.", item=verbatim(id)))
    return found


def _quantity(room: Room, item: Item, typed: str) -> int:
    packs = item.packs_on(local_day(room.clock.now(), room.zone))
    return read_quantity(typed, item.scale, unit_factors(item.unit, packs))
