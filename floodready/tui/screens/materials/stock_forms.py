"""The forms of stock: issue, receive, transfer, set apart, condemn, reserve. What the rows say stands in them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from floodready.clock import local_day, local_time
from floodready.frozen import frozen, replace
from floodready.language import Sentence, say, say_as, verbatim
from floodready.materials.models import Item, MaterialSettings, Place
from floodready.materials.models_counting import CountSession
from floodready.materials.models_papers import Incident
from floodready.materials.places import QUARANTINE
from floodready.materials.views import StockRow
from floodready.store.contract import Act
from floodready.tui.room import Room
from floodready.tui.screens.form import Form, Values
from floodready.tui.screens.materials.stock_quantity import StockQuantityField, always, day_of
from floodready.tui.widgets.field import Field
from floodready.tui.widgets.fields import ChoiceField, DateField, MomentField, TextField

CONSUMED = "-"
"""The choice of no incident: used up."""
NOTHING_TYPED = say("Type a quantity of more than zero.")


@frozen
class StockFacts:
    """What the screen shows, and what its forms choose from."""

    rows: list[StockRow]
    items: list[Item]
    places: list[Place]
    incidents: list[Incident]
    counts: list[CountSession]
    settings: MaterialSettings


def issue(room: Room, rows: Sequence[StockRow], facts: StockFacts) -> Form:
    """Ask how much of each row's item goes where, each with its reason; the newest open incident stands there."""
    from floodready.materials.commands_stock import Late

    options = [(one.id, verbatim(one.name)) for one in reversed(facts.incidents)] + [(CONSUMED, say("used up"))]
    moved_at = _moved_at(room)

    def do(act: Act, values: Values) -> Sentence:
        from floodready.materials.commands_issue_order import IssueLine, issue_order

        lines = tuple(
            IssueLine(item=row.item, place=_real(row.place), quantity=values[f"typed-{at}"].quantity,
                      typed=values[f"typed-{at}"].text, reason=values[f"reason-{at}"] or "",
                      lot=row.lot if values["this_lot"] else None)
            for at, row in enumerate(rows)
        )  # fmt: skip
        papers = issue_order(
            room.store, act, zone=room.zone, lines=lines, emergency=values["emergency"] is True,
            to_incident=None if values["to"] == CONSUMED else values["to"], receiver=values["receiver"] or "",
            authority=values["authority"] or "", occurred_at=values["moved_at"], late=values["late"],
        )  # fmt: skip
        if len(papers) > 1:
            return say("Issued {count} items; their papers are open until {due}.", count=len(papers),
                       due=local_time(papers[0].due_at, room.zone))  # fmt: skip
        return say("Issued {quantity}. Paper {paper} is open until {due}.", quantity=verbatim(values["typed-0"].told),
                   paper=papers[0].id, due=local_time(papers[0].due_at, room.zone))  # fmt: skip

    return Form(
        say("Issue {count} items", count=len(rows)) if len(rows) > 1
        else say("Issue {item} from {place}", item=verbatim(rows[0].name), place=rows[0].place_told),
        [
            *_lines(day_of(room, moved_at), rows, facts, reasons=True),
            ChoiceField("to", say_as("place", "To"), options, value=options[0][0]),
            TextField("receiver", say("Receiver"), required=False),
            ChoiceField("emergency", say("Emergency"), [(False, say("no")), (True, say("yes: post in full"))],
                        value=False),
            TextField("authority", say("Ordered by"), required=False),
            ChoiceField("this_lot", say("Lot"), [(False, say("first expired first")), (True, _lots_told(rows))],
                        value=False),
            moved_at,
            ChoiceField("late", say("A count since"), [
                (None, say("none, or it is not known")), (Late.COUNT_SHOWS_IT, say("the count already shows it")),
            ], value=None),
        ],
        do,
        act=say("Issue"),
        check=lambda values: _check_positive(values, len(rows)),
        intro=say("ctrl+s issues from any field. Further down: lot, time, late papers."),
    )  # fmt: skip


def transfer(room: Room, rows: Sequence[StockRow], facts: StockFacts) -> Form:
    """Ask how much of each lot goes to which place; it is shipped at once, or only ordered."""

    def do(act: Act, values: Values) -> Sentence:
        from floodready.materials.commands import order_transfer, send_transfer
        from floodready.materials.commands_transfer import Asked

        lines = tuple(Asked(lot=row.lot, quantity=values[f"typed-{at}"].quantity) for at, row in enumerate(rows))
        act = replace(act, reason=values["reason"] or "")
        way: dict[str, Any] = {"zone": room.zone, "source": rows[0].place, "target": values["target"], "lines": lines}
        if not values["now"]:
            return say("Ordered {id}.", id=order_transfer(room.store, act, **way).id)
        return say("Shipped {id}.", id=send_transfer(room.store, act, **way, carrier=values["carrier"] or "").id)

    targets = others(rows[0], facts)
    return Form(
        say("Transfer {count} lots", count=len(rows))
        if len(rows) > 1
        else say("Transfer {item} from {place}", item=verbatim(rows[0].name), place=rows[0].place_told),
        [
            *_lines(day_of(room), rows, facts, reasons=False),
            ChoiceField("target", say_as("place", "To"), _options(targets), value=_only(targets)),
            TextField("carrier", say("Carrier"), required=False),
            TextField("reason", say("Reason"), required=False),
            ChoiceField("now", say("Shipped"), [(True, say("now")), (False, say("later: only ordered"))], value=True),
        ],
        do,
        act=say("Ship"),
        check=lambda values: _check_positive(values, len(rows)),
    )


def others(row: StockRow, facts: StockFacts) -> list[Place]:
    """Give the places to which what stands in a row can be sent."""
    return [place for place in facts.places if place.id != row.place]


def receive(room: Room, items: Sequence[Item], places: Sequence[Place], row: StockRow | None) -> Form:
    """Ask what came, and where it was put; with a row, how much comes first."""
    moved_at = _moved_at(room)

    def do(act: Act, values: Values) -> Sentence:
        from floodready.materials.commands import receive_stock
        from floodready.materials.expiry import received_told

        typed = values["typed"]
        lot = receive_stock(
            room.store, replace(act, reason=values["reason"] or ""), zone=room.zone, item=values["item"],
            place=values["place"], quantity=typed.quantity, usable_until=values["until"],
            supplier=values["supplier"] or "", typed=typed.text, occurred_at=values["moved_at"],
        )  # fmt: skip
        return received_told(lot, typed.told, room.clock.now(), room.zone)

    today = local_day(room.at(), room.zone)
    known = {item.id: item for item in items}
    chosen = ChoiceField("item", say("Item"), [(item.id, verbatim(item.name)) for item in items],
                         value=row.item if row else None)  # fmt: skip
    where: list[Field] = [
        chosen,
        ChoiceField("place", say("Place"), _options(places), value=_real(row.place) if row else _only(places)),
    ]  # fmt: skip
    what: list[Field] = [
        StockQuantityField("typed", say("How much"), lambda: known.get(chosen.value), on=day_of(room, moved_at)),
        DateField("until", say("Last usable day"), today=today, required=False),
        TextField("supplier", say("Supplier"), required=False),
        TextField("reason", say("Reason"), required=False),
    ]
    return Form(
        say("Receive a delivery"),
        [*what, *where, moved_at] if row else [*where, *what, moved_at],
        do,
        act=say("Receive"),
        check=lambda values: {} if values["typed"].quantity > 0 else {"typed": NOTHING_TYPED},
        intro=say("The acceptance then waits among the papers."),
    )


def apart(room: Room, rows: Sequence[StockRow], facts: StockFacts) -> Form:
    """Ask how much is set apart, or back into stock where the row is set apart already."""
    row = rows[0]
    back = row.place.startswith(QUARANTINE)

    def do(act: Act, values: Values) -> Sentence:
        from floodready.materials.commands import set_apart

        set_apart(
            room.store, replace(act, reason=values["reason-0"] or ""), zone=room.zone, lot=row.lot,
            place=_real(row.place), quantity=values["typed-0"].quantity, back=back,
        )  # fmt: skip
        if back:
            return say("{quantity} are back in stock.", quantity=verbatim(values["typed-0"].told))
        return say("{quantity} are set apart.", quantity=verbatim(values["typed-0"].told))

    return Form(
        say("Back into stock: {item}, lot {lot}", item=verbatim(row.name), lot=row.lot) if back
        else say("Set apart: {item}, lot {lot}", item=verbatim(row.name), lot=row.lot),
        _lines(day_of(room), [row], facts, reasons=True), do, act=say("Back into stock") if back else say("Set apart"),
        check=_check_one, intro=say("What is set apart (quarantine) is there, but not available."),
    )  # fmt: skip


def condemn(room: Room, rows: Sequence[StockRow], facts: StockFacts) -> Form:
    """Ask how much is condemned, and why."""
    row = rows[0]

    def do(act: Act, values: Values) -> Sentence:
        from floodready.materials.commands import condemn_stock

        condemn_stock(
            room.store, replace(act, reason=values["reason-0"] or ""), zone=room.zone, lot=row.lot, place=row.place,
            quantity=values["typed-0"].quantity,
        )  # fmt: skip
        return say("{quantity} are condemned and written off.", quantity=verbatim(values["typed-0"].text))

    return Form(
        say("Condemn {item}, lot {lot}", item=verbatim(row.name), lot=row.lot),
        _lines(day_of(room), [row], facts, reasons=True), do, act=say("Condemn"),
        check=_check_one, intro=say("Condemned goods leave the books; a reason is needed, and a leader's right."),
    )  # fmt: skip


def reserve(room: Room, rows: Sequence[StockRow], facts: StockFacts) -> Form:
    """Ask how much of the item is kept, for what and until when."""
    row, today = rows[0], local_day(room.at(), room.zone)

    def do(act: Act, values: Values) -> Sentence:
        from floodready.materials.commands import reserve_stock

        made = reserve_stock(
            room.store, act, zone=room.zone, item=row.item, place=_real(row.place),
            quantity=values["typed-0"].quantity, purpose=values["purpose"], until_on=values["until"],
        )  # fmt: skip
        return say("Reserved: {ids}.", ids=verbatim(", ".join(made)))

    return Form(
        say("Reserve {item} in {place}", item=verbatim(row.name), place=row.place_told),
        [
            *_lines(day_of(room), [row], facts, reasons=False),
            TextField("purpose", say("For")),
            DateField("until", say("Until"), today=today, required=False),
        ],
        do,
        act=say("Reserve"),
        check=_check_one,
    )


StockForm = Callable[[Room, Sequence[StockRow], StockFacts], Form]
"""Makes a form over rows of stock."""


def _moved_at(room: Room) -> MomentField:
    return MomentField("moved_at", say("Moved at"), now=room.at(), zone=room.zone, required=False)


def _lines(on: Callable[[], date], rows: Sequence[StockRow], facts: StockFacts, *, reasons: bool) -> list[Field]:
    """Give a quantity for each row, named by it where there are several, and its own reason where one is asked.

    `on` gives the day whose packs hold.
    """
    items = {item.id: item for item in facts.items}
    fields: list[Field] = []
    for at, row in enumerate(rows):
        item = items.get(row.item) or Item(id=row.item, name=row.name, unit=row.told.rpartition(" ")[2])
        named = say("{item} {lot}", item=verbatim(row.name), lot=row.lot) if len(rows) > 1 else say("How much")
        fields.append(StockQuantityField(f"typed-{at}", named, always(item), on=on))
        if reasons:
            fields.append(TextField(f"reason-{at}", say("Reason"), required=False))
    return fields


def _lots_told(rows: Sequence[StockRow]) -> Sentence:
    lots = ", ".join(row.lot for row in rows)
    return say("{lots} itself, with a reason", lots=verbatim(lots))


def _check_positive(values: Values, lines: int) -> dict[str, Sentence]:
    return {f"typed-{at}": NOTHING_TYPED for at in range(lines) if values[f"typed-{at}"].quantity < 1}


def _check_one(values: Values) -> dict[str, Sentence]:
    return _check_positive(values, 1)


def _real(place: str) -> str:
    """Give the real place a row stands at: what is set apart stands at its place too."""
    return place.removeprefix(f"{QUARANTINE}/")


def _only(places: Sequence[Place]) -> str | None:
    return places[0].id if len(places) == 1 else None


def _options(places: Sequence[Place]) -> list[tuple[str, Sentence]]:
    return [(place.id, verbatim(place.name)) for place in places]
