"""`floodready stock …`: what is where, and every act of the ledger by command."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from floodready.cli import materials_catalogue, materials_counting, materials_import, materials_moving, materials_papers
from floodready.cli.answering import Verb, Verbs, add_overwrite, done, require, wrote
from floodready.cli.materials_answers import known_item, quantity_of, show
from floodready.cli.numbers import whole
from floodready.cli.times import day
from floodready.clock import local_time
from floodready.language import Sentence, say, say_as, verbatim
from floodready.missing import not_there
from floodready.refusal import Refused, WrongUsage

if TYPE_CHECKING:
    from floodready.cli.desk import Desk


def add_to(words: Any) -> None:
    """Add the word `stock` with its acts."""
    add = Verbs(words, "stock", say("stock: what is where; receive, issue, count, import")).add
    _add_looks(add)
    _add_moves(add)
    for module in (materials_papers, materials_moving, materials_counting, materials_import, materials_catalogue):
        module.add_to(add)


def _add_looks(add: Verb) -> None:
    listed = add("list", say("stock by lot and place"), run_list)
    listed.add_argument("--item", metavar="ITEM")
    listed.add_argument("--place", metavar="PLACE")
    add("lot", say("the card of a lot: its whole history"), run_lot, "lot").add_argument("--place", metavar="PLACE")
    add("equipment", say("machines and their tests due"), run_equipment)
    for name, purpose, run in (
        ("quota", say("what is required against what is usable"), run_quota),
        ("replenish", say("what must be bought or replaced"), run_replenish),
    ):
        made = add(name, purpose, run, "unit")
        if name == "replenish":
            made.add_argument(
                "--out", "--xlsx", type=Path, metavar="FILE", help=str(say("write the list as a workbook"))
            )
            add_overwrite(made)


def _add_moves(add: Verb) -> None:
    made = add("receive", say("receive a delivery"), run_receive, "item", "place", "quantity")
    made.add_argument("--until", type=day, metavar="DAY", help=str(say("last usable day")))
    made.add_argument("--opening", action="store_true", help=str(say("an opening balance, not a delivery")))
    made.add_argument("--holder", choices=("own", "entrusted", "agreement", "registered"), default="own")
    for name in ("holder-name", "maker", "supplier"):
        made.add_argument(f"--{name}", default="")
    made.add_argument("--made-on", type=day, metavar="DAY")
    made.add_argument("--no-expiry", action="store_true", help=str(say("usable without end")))
    made.add_argument("--price", metavar="YUAN", help=str(say("price of one ledger unit")))
    made.add_argument("--when", metavar="TIME", help=str(say("when the goods moved, for a late paper")))
    made = add("issue", say("issue stock, first expired first"), run_issue, "item", "place", "quantity")
    made.add_argument("--to", dest="to_incident", metavar="INCIDENT")
    made.add_argument("--lot", metavar="LOT")
    made.add_argument("--emergency", action="store_true", help=str(say("post in full, beyond what is available")))
    made.add_argument("--when", metavar="TIME", help=str(say("when the goods moved, for a late paper")))
    made.add_argument(
        "--count-shows-it",
        action="store_true",
        help=str(say("the count since then already includes what this late paper tells")),
    )
    for name in ("authority", "receiver", "receiver-contact", "sender-contact", "approver"):
        made.add_argument(f"--{name}", default="")
    made = add("reserve", say("keep stock for a purpose"), run_reserve, "item", "place", "quantity", "purpose")
    made.add_argument("--until", type=day, metavar="DAY", help=str(say("the last day on which it binds")))
    add("release", say("release a reservation"), run_release, "reservation")
    add("reverse", say("reverse a movement, once"), run_reverse, "movement")
    made = add("test", say("record a test run of a machine"), run_test, "equipment")
    made.add_argument("result", help=str(say("passed or failed")))
    made.add_argument("--minutes", type=whole, default=0)
    made.add_argument("--fuel", default="")
    made.add_argument("--note", default="")
    made.add_argument("--when", metavar="TIME", help=str(say("when it ran")))


def run_list(args: argparse.Namespace, desk: Desk) -> int:
    """Print stock by lot and place."""
    from floodready.materials.models import Place
    from floodready.materials.views import stock_rows

    if args.item is not None:
        known_item(desk, args.item)
    if args.place is not None:
        require(desk, Place, args.place)
    rows = stock_rows(desk.view, desk.at, desk.zone, item=args.item, place=args.place)
    heads = (say("Item"), say("Name"), say("Place"), say("Lot"), say("Holder"), say("Quantity"), say("Life"), say("!"))
    cells = [(r.item, r.name, r.place_told, r.lot, r.holder.word, r.told, r.life, r.worry or "") for r in rows]
    return show(args, "stock", heads, cells, rows)


def run_lot(args: argparse.Namespace, desk: Desk) -> int:
    """Print a lot's history."""
    from floodready.materials.views import lot_card

    rows = lot_card(desk.view, args.lot, args.place)
    if not rows:
        raise Refused(not_there("materials.lots", args.lot))
    heads = (
        say("Time"),
        say("Movement"),
        say("What"),
        say_as("place", "From"),
        say_as("place", "To"),
        say("Quantity"),
        say("By"),
        say("Why"),
    )
    cells = [(local_time(r.at, desk.zone), r.id, r.kind, r.source, r.target, r.told, r.by_told, r.reason) for r in rows]
    return show(args, "movements", heads, cells, rows)


def run_equipment(args: argparse.Namespace, desk: Desk) -> int:
    """Print machines and their tests due."""
    from floodready.materials.views import equipment_rows

    rows = equipment_rows(desk.view, desk.at, desk.zone)
    heads = (say_as("machine", "Number"), say("Name"), say("Place"), say("Condition"), say("Test due"), say("!"))
    cells = [
        (r.id, r.name, r.place_told, r.condition.word, r.next_due_on, say("overdue") if r.overdue else "") for r in rows
    ]
    return show(args, "equipment", heads, cells, rows)


def run_quota(args: argparse.Namespace, desk: Desk) -> int:
    """Print what is required against what is usable, the holders apart."""
    from floodready.materials.models import Holder, Item
    from floodready.materials.views import comparisons, required_told, told
    from floodready.organisation.models import Unit

    require(desk, Unit, args.unit)
    rows = list(comparisons(desk.view, args.unit, desk.at, desk.zone))
    heads = (say("Item"), say("Required"), say("Usable"), *(holder.word for holder in Holder), say("Short"))
    cells: list[tuple[object, ...]] = []
    for row in rows:
        item = desk.view.get(Item, row.item)
        if item is not None:
            short = say("not known") if row.shortfall is None else told(item, row.shortfall)
            held = (told(item, row.by_holder.get(holder, 0)) for holder in Holder)
            cells.append((item.name, required_told(item, row.need), told(item, row.usable), *held, short))
    facts = [
        {"item": r.item, "need": r.need, "usable": r.usable, "by_holder": r.by_holder, "shortfall": r.shortfall}
        for r in rows
    ]
    return show(args, "quotas", heads, cells, facts)


def run_replenish(args: argparse.Namespace, desk: Desk) -> int:
    """Print what must be bought or replaced, and write it as a workbook where asked."""
    from floodready.materials.models import Item
    from floodready.materials.views import to_replenish, told
    from floodready.organisation.models import Unit

    require(desk, Unit, args.unit)
    rows = to_replenish(desk.view, args.unit, desk.at, desk.zone)
    items = {item.id: item for item in desk.view.all(Item)}
    if args.out:
        from floodready.exchange.replenishment_xlsx import write_replenishment

        write_replenishment(args.out, rows, items, overwrite=args.overwrite)
    heads = (say("Item"), say("Why"), say("Quantity"), say("Last price"), say("Last supplier"))
    cells = [
        (items[r.item].name, r.cause.word, told(items[r.item], r.quantity), r.last_price, r.last_supplier) for r in rows
    ]
    if args.out and args.json:
        return wrote(args, args.out, say("Written: {file}", file=verbatim(str(args.out))), replenishment=rows)
    show(args, "replenishment", heads, cells, rows)
    if args.out:
        print(say("Written: {file}", file=verbatim(str(args.out))))
    return 0


def run_receive(args: argparse.Namespace, desk: Desk) -> int:
    """Receive a delivery."""
    from floodready.materials.commands import receive_stock
    from floodready.materials.expiry import received_told
    from floodready.materials.models import Holder, Life

    moved_at = desk.instant_given(args.when)
    lot = receive_stock(
        desk.store, desk.act(), zone=desk.zone, item=args.item, place=args.place,
        quantity=quantity_of(desk, args.item, args.quantity, moved_at), opening=args.opening,
        holder=Holder(args.holder), holder_name=args.holder_name, maker=args.maker, supplier=args.supplier,
        made_on=args.made_on, life=Life.UNLIMITED if args.no_expiry else None, usable_until=args.until,
        price_fen=_fen(args.price), occurred_at=moved_at, typed=args.quantity,
    )  # fmt: skip
    return done(args, received_told(lot, str(_told(args, desk)), desk.clock.now(), desk.zone), lot)


def run_issue(args: argparse.Namespace, desk: Desk) -> int:
    """Issue stock."""
    from floodready.materials.commands import issue_stock
    from floodready.materials.commands_stock import Late

    moved_at = desk.instant_given(args.when)
    paper = issue_stock(
        desk.store, desk.act(), zone=desk.zone, item=args.item, place=args.place,
        quantity=quantity_of(desk, args.item, args.quantity, moved_at), to_incident=args.to_incident, lot=args.lot,
        emergency=args.emergency, occurred_at=moved_at,
        late=Late.COUNT_SHOWS_IT if args.count_shows_it else None, authority=args.authority, receiver=args.receiver,
        receiver_contact=args.receiver_contact, sender_contact=args.sender_contact, approver=args.approver,
        typed=args.quantity,
    )  # fmt: skip
    due = local_time(paper.due_at, desk.zone)
    if paper.completed_at is None:
        told = say("Issued {quantity}. Paper {paper} is open until {due}.", quantity=_told(args, desk),
                   paper=paper.id, due=due)  # fmt: skip
    else:
        told = say("Issued {quantity}. Paper {paper} is complete.", quantity=_told(args, desk), paper=paper.id)
    return done(args, told, paper)


def run_reserve(args: argparse.Namespace, desk: Desk) -> int:
    """Keep stock for a purpose."""
    from floodready.materials.commands import reserve_stock

    ids = reserve_stock(
        desk.store, desk.act(), zone=desk.zone, item=args.item, place=args.place,
        quantity=quantity_of(desk, args.item, args.quantity), purpose=args.purpose,
        until_on=args.until,
    )  # fmt: skip
    return done(args, say("Reserved: {ids}.", ids=verbatim(", ".join(ids))), ids)


def run_release(args: argparse.Namespace, desk: Desk) -> int:
    """Release a reservation."""
    from floodready.materials.commands import release_stock

    found = release_stock(desk.store, desk.act(), reservation=args.reservation)
    return done(args, say("Released {id}.", id=found.id), found)


def run_reverse(args: argparse.Namespace, desk: Desk) -> int:
    """Reverse a movement."""
    from floodready.materials.commands import reverse_movement

    found = reverse_movement(desk.store, desk.act(), zone=desk.zone, movement=args.movement)
    return done(args, say("Reversed by {id}.", id=found.id), found)


def run_test(args: argparse.Namespace, desk: Desk) -> int:
    """Record a test run."""
    from floodready.materials.commands import record_test

    if args.result not in ("passed", "failed"):
        raise WrongUsage(say("Say passed or failed."))
    run = record_test(
        desk.store, desk.act(), zone=desk.zone, equipment=args.equipment, passed=args.result == "passed",
        minutes=args.minutes, fuel=args.fuel, note=args.note, tested_at=desk.instant_given(args.when),
    )  # fmt: skip
    return done(args, say("Recorded {id}.", id=run.id), run)


def _told(args: argparse.Namespace, desk: Desk) -> Sentence:
    """Write what was typed as it was understood: the sum of packs, with the item's unit."""
    from floodready.materials.models import Item
    from floodready.materials.views import told

    item = desk.store.get(Item, args.item)
    assert item is not None, "the command before refused an unknown item"
    moved_at = desk.instant_given(getattr(args, "when", None))
    return verbatim(told(item, quantity_of(desk, args.item, args.quantity, moved_at)))


def _fen(text: str | None) -> int | None:
    """Read a price in yuan as 1/100 yuan."""
    from floodready.money import FEN_DECIMALS
    from floodready.typed_quantity import read_quantity, unit_factors

    return None if text is None else read_quantity(text, FEN_DECIMALS, unit_factors("元"))
