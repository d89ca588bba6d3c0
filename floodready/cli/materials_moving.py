"""`floodready stock …`: transfers, incidents, labels, and the import of ledgers."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from floodready.cli.answering import Verb, add_outcomes, add_overwrite, done
from floodready.cli.materials_answers import pair, quantity_of
from floodready.language import Sentence, say, say_many, verbatim
from floodready.missing import not_there
from floodready.refusal import Refused, WrongUsage

if TYPE_CHECKING:
    from floodready.cli.desk import Desk
    from floodready.materials.models import Movement


def add_to(add: Verb) -> None:
    """Add the acts of this module."""
    made = add("transfer", say("order and ship goods to another place"), run_transfer, "source", "target")
    made.add_argument("lines", nargs="+", metavar="LOT=QUANTITY")
    made.add_argument("--carrier", default="")
    made.add_argument("--order-only", action="store_true", help=str(say("order it; nothing moves yet")))
    made = add("issue-order", say("issue several items as one order: all of it, or none"), run_issue_order)
    made.add_argument("lines", nargs="+", metavar="ITEM@PLACE=QUANTITY")
    made.add_argument("--to", dest="to_incident", metavar="INCIDENT")
    made.add_argument("--receiver", default="")
    made.add_argument("--emergency", action="store_true", help=str(say("post in full, beyond what is available")))
    add("ship", say("ship an ordered transfer"), run_ship, "transfer").add_argument("--carrier", default="")
    made = add("arrived", say("receive a transfer"), run_arrived, "transfer")
    made.add_argument("lines", nargs="+", metavar="LOT=RECEIVED[/DAMAGED]")
    add("cancel-transfer", say("cancel a transfer before receipt"), run_cancel, "transfer")
    made = add("settle-transfer", say("close a transfer whose rest did not arrive"), run_settle, "transfer")
    made.add_argument("--returned", action="store_true", help=str(say("the rest went back; otherwise written off")))
    made = add("incident", say("open the account of an incident"), run_incident, "incident", "name")
    made.add_argument("--unit")
    made = add("back", say("say what became of what an incident had"), run_back, "incident", "place", "lot")
    add_outcomes(made)
    add("close-incident", say("close an incident's account"), run_close, "incident")
    made = add("set-apart", say("put goods in quarantine at their place"), run_apart, "lot", "place", "quantity")
    made.add_argument("--back", action="store_true", help=str(say("from quarantine into stock again")))
    made = add("condemn", say("write condemned goods off; give the --reason"), run_condemn, "lot", "place", "quantity")
    made.add_argument("--from-quarantine", action="store_true", help=str(say("they stand in the place's quarantine")))
    made = add("label", say("write the label of a lot, place or machine"), run_label)
    made.add_argument("kind", help=str(say("lot, place or equipment")))
    made.add_argument("id")
    made.add_argument("file", type=Path, metavar="FILE")
    add_overwrite(made)


def run_transfer(args: argparse.Namespace, desk: Desk) -> int:
    """Order a transfer and ship it."""
    from floodready.materials.commands import order_transfer, send_transfer
    from floodready.materials.commands_transfer import Asked

    lines = tuple(Asked(lot=lot, quantity=_quantity(desk, lot, typed)) for lot, typed in map(pair, args.lines))
    if args.order_only:
        transfer = order_transfer(
            desk.store, desk.act(), zone=desk.zone, source=args.source, target=args.target, lines=lines
        )
        return done(args, say("Ordered {id}.", id=transfer.id), transfer)
    transfer = send_transfer(
        desk.store, desk.act(), zone=desk.zone, source=args.source, target=args.target, lines=lines,
        carrier=args.carrier,
    )  # fmt: skip
    return done(args, say("Shipped {id}.", id=transfer.id), transfer)


def run_issue_order(args: argparse.Namespace, desk: Desk) -> int:
    """Issue every line of an order, or none."""
    from floodready.materials.commands import issue_order
    from floodready.materials.commands_issue_order import IssueLine

    lines = []
    for what, typed in map(pair, args.lines):
        item, at, place = what.partition("@")
        if not at:
            raise WrongUsage(say("Write ITEM@PLACE=QUANTITY, not “{text}”.", text=verbatim(f"{what}={typed}")))
        lines.append(
            IssueLine(item=item, place=place, quantity=quantity_of(desk, item, typed), typed=typed, reason=args.reason)
        )
    papers = issue_order(
        desk.store, desk.act(), zone=desk.zone, lines=tuple(lines), to_incident=args.to_incident,
        emergency=args.emergency, receiver=args.receiver,
    )  # fmt: skip
    told = say_many(
        "Issued {count} line. Paper: {papers}.",
        "Issued {count} lines. Papers: {papers}.",
        len(papers),
        papers=verbatim(", ".join(paper.id for paper in papers)),
    )
    return done(args, told, papers)


def run_ship(args: argparse.Namespace, desk: Desk) -> int:
    """Ship an ordered transfer."""
    from floodready.materials.commands import ship_transfer

    found = ship_transfer(desk.store, desk.act(), zone=desk.zone, transfer=args.transfer, carrier=args.carrier)
    return done(args, say("Shipped {id}.", id=found.id), found)


def run_arrived(args: argparse.Namespace, desk: Desk) -> int:
    """Receive a transfer."""
    from floodready.materials.commands import receive_transfer
    from floodready.materials.commands_transfer import Arrived

    arrived = []
    for lot, typed in (pair(text, "LOT=RECEIVED") for text in args.lines):
        received, _, damaged = typed.partition("/")
        arrived.append(
            Arrived(lot=lot, received=_quantity(desk, lot, received), reason=args.reason,
                    damaged=_quantity(desk, lot, damaged) if damaged else 0)
        )  # fmt: skip
    found = receive_transfer(desk.store, desk.act(), zone=desk.zone, transfer=args.transfer, arrived=tuple(arrived))
    return done(args, say("Transfer {id} is {state}.", id=found.id, state=found.state.word), found)


def run_cancel(args: argparse.Namespace, desk: Desk) -> int:
    """Cancel a transfer."""
    from floodready.materials.commands import cancel_transfer

    found = cancel_transfer(desk.store, desk.act(), zone=desk.zone, transfer=args.transfer)
    return done(args, say("Transfer {id} is {state}.", id=found.id, state=found.state.word), found)


def run_settle(args: argparse.Namespace, desk: Desk) -> int:
    """Close a transfer whose rest did not arrive."""
    from floodready.materials.commands import settle_transfer

    found = settle_transfer(desk.store, desk.act(), zone=desk.zone, transfer=args.transfer, returned=args.returned)
    return done(args, say("Transfer {id} is {state}.", id=found.id, state=found.state.word), found)


def run_incident(args: argparse.Namespace, desk: Desk) -> int:
    """Open an incident's account."""
    from floodready.materials.commands import open_incident

    found = open_incident(desk.store, desk.act(), id=args.incident, name=args.name, unit=args.unit)
    return done(args, say("Opened {id}.", id=found.id), found)


def run_back(args: argparse.Namespace, desk: Desk) -> int:
    """Say what became of a lot in an incident."""
    from floodready.materials.commands import account_for
    from floodready.materials.commands_incident import Outcome

    figures = {name: _quantity(desk, args.lot, getattr(args, name)) for name in ("good", "damaged", "consumed", "lost")}
    outcome = Outcome(lot=args.lot, **figures)
    found = account_for(
        desk.store, desk.act(), zone=desk.zone, incident_id=args.incident, place=args.place, outcomes=(outcome,)
    )
    return done(args, say("Accounted for, {id}.", id=found.id), found)


def run_close(args: argparse.Namespace, desk: Desk) -> int:
    """Close an incident's account."""
    from floodready.materials.commands import close_incident

    found = close_incident(desk.store, desk.act(), incident_id=args.incident)
    return done(args, say("Closed {id}.", id=found.id), found)


def run_label(args: argparse.Namespace, desk: Desk) -> int:
    """Write a label."""
    from floodready.cli.answering import require, wrote
    from floodready.exchange.labels import KINDS, write_label
    from floodready.materials.models import Lot, Place
    from floodready.materials.models_equipment import Equipment

    if args.kind not in KINDS:
        raise WrongUsage(say("Say lot, place or equipment."))
    labelled: dict[str, type[Lot | Place | Equipment]] = {"lot": Lot, "place": Place, "equipment": Equipment}
    require(desk, labelled[args.kind], args.id)
    text = write_label(args.file, args.kind, args.id, overwrite=args.overwrite)
    return wrote(args, args.file, say("Written: {file}, {text}", file=verbatim(str(args.file)), text=text), text=text)


def run_apart(args: argparse.Namespace, desk: Desk) -> int:
    """Put goods in quarantine, or back."""
    from floodready.materials.commands import set_apart
    from floodready.materials.places import place_told

    found = set_apart(
        desk.store, desk.act(), zone=desk.zone, lot=args.lot, place=args.place, back=args.back,
        quantity=_quantity(desk, args.lot, args.quantity),
    )  # fmt: skip
    return done(args, say("Moved {quantity} to {place}.", quantity=_told(desk, found),
                                 place=place_told(desk.store, found.target)), found)  # fmt: skip


def run_condemn(args: argparse.Namespace, desk: Desk) -> int:
    """Write condemned goods off."""
    from floodready.materials.commands import condemn_stock
    from floodready.materials.places import quarantine

    found = condemn_stock(
        desk.store, desk.act(), zone=desk.zone, lot=args.lot,
        place=quarantine(args.place) if args.from_quarantine else args.place,
        quantity=_quantity(desk, args.lot, args.quantity),
    )  # fmt: skip
    return done(args, say("Condemned {quantity} of lot {lot}.", quantity=_told(desk, found), lot=found.lot), found)


def _told(desk: Desk, moved: Movement) -> Sentence:
    """Write what moved, in its item's unit."""
    from floodready.materials.models import Item
    from floodready.materials.views import told

    item = desk.store.get(Item, moved.item)
    assert item is not None, "the command before refused an unknown item"
    return verbatim(told(item, moved.quantity))


def _quantity(desk: Desk, lot: str, typed: str) -> int:
    from floodready.materials.models import Lot

    found = desk.store.get(Lot, lot)
    if found is None:
        raise Refused(not_there("materials.lots", lot))
    return quantity_of(desk, found.item, typed)
