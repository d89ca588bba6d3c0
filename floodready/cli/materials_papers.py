"""`floodready stock …`: open papers, deliveries and acceptance; open transfers, incidents and reservations."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from floodready.cli.answering import Verb, done
from floodready.cli.materials_answers import show
from floodready.cli.times import day
from floodready.clock import local_time
from floodready.language import Sentence, listed, say, say_as

if TYPE_CHECKING:
    from collections.abc import Sequence

    from floodready.cli.desk import Desk


def add_to(add: Verb) -> None:
    """Add the acts of this module."""
    add("papers", say("papers that wait: to complete, to file, acceptance to report"), run_papers)
    made = add("complete-paper", say("complete the paper of an issue"), run_complete, "paper")
    for name in ("receiver", "receiver-contact", "sender-contact", "approver"):
        made.add_argument(f"--{name}", default="")
    add("file-paper", say("file a complete issue paper"), run_file, "paper").add_argument(
        "--on", type=day, metavar="DAY"
    )
    made = add("accept", say("record what was checked of a delivery, and its report"), run_accept, "delivery")
    for name in ("quantity", "spec", "quality"):
        made.add_argument(f"--{name}", action="store_true", help=str(say("checked, and in order")))
    made.add_argument("--note", default="", help=str(say("what was found")))
    made.add_argument("--reported", action="store_true", help=str(say("the report of the acceptance is made")))
    made.add_argument("--on", type=day, metavar="DAY", help=str(say("the day of the report")))
    add("deliveries", say("deliveries and how far their acceptance is"), run_deliveries)
    add("transfers", say("transfers and what is on the way"), run_transfers).add_argument(
        "--all", action="store_true", help=str(say("closed ones too"))
    )
    add("incidents", say("incidents and what they still hold"), run_incidents)
    add("reservations", say("what is kept for a purpose"), run_reservations)


def run_papers(args: argparse.Namespace, desk: Desk) -> int:
    """Print every paper that waits, with its clock."""
    from floodready.materials.views_due import papers_due

    rows = papers_due(desk.view, desk.zone)
    heads = (say("Paper"), say("To do"), say("Item"), say("Quantity"), say("Place"), say("Due"), say("!"),
             say("Missing"))  # fmt: skip
    cells = [
        (r.id, r.task.word, r.item, r.told, r.place_told, local_time(r.due_at, desk.zone),
         say("overdue") if r.due_at <= desk.at else "", _missing(r.missing)) for r in rows
    ]  # fmt: skip
    return show(args, "papers", heads, cells, rows)


def _missing(names: Sequence[str]) -> Sentence | str:
    """Name the fields of a paper, or the checks of a delivery, that are still empty."""
    from floodready.materials.models_papers import DELIVERY_CHECKS, PAPER_FIELDS

    words = {**PAPER_FIELDS, **DELIVERY_CHECKS}
    return listed([words[name] for name in names]) if names else ""


def run_complete(args: argparse.Namespace, desk: Desk) -> int:
    """Complete the paper of an issue."""
    from floodready.materials.commands import complete_paper

    paper = complete_paper(
        desk.store, desk.act(), paper=args.paper, receiver=args.receiver, receiver_contact=args.receiver_contact,
        sender_contact=args.sender_contact, approver=args.approver,
    )  # fmt: skip
    return done(args, say("Paper {paper} is complete.", paper=paper.id), paper)


def run_file(args: argparse.Namespace, desk: Desk) -> int:
    """File an issue paper."""
    from floodready.materials.commands import file_paper

    paper = file_paper(desk.store, desk.act(), zone=desk.zone, paper=args.paper, filed_on=args.on)
    return done(args, say("Paper {paper} was filed on {day}.", paper=paper.id, day=str(paper.filed_on)), paper)


def run_accept(args: argparse.Namespace, desk: Desk) -> int:
    """Record what was checked of a delivery."""
    from floodready.materials.commands import accept_delivery
    from floodready.materials.models_papers import DELIVERY_CHECKS

    found = accept_delivery(
        desk.store, desk.act(), zone=desk.zone, delivery=args.delivery, quantity_checked=args.quantity,
        spec_checked=args.spec, quality_checked=args.quality, note=args.note, reported=args.reported,
        reported_on=args.on,
    )  # fmt: skip
    if found.reported_on is not None:
        return done(args, say("Delivery {id} was reported on {day}.", id=found.id, day=str(found.reported_on)), found)
    if missing := found.unchecked():
        return done(
            args,
            say("Still to be checked: {fields}.", fields=listed([DELIVERY_CHECKS[name] for name in missing])),
            found,
        )
    return done(args, say("All is checked. The report is due by {day}.", day=str(found.report_due_on or "—")), found)


def run_deliveries(args: argparse.Namespace, desk: Desk) -> int:
    """Print deliveries."""
    from floodready.materials.models import Item, Lot
    from floodready.materials.models_papers import Delivery

    rows = list(desk.view.all(Delivery))
    items = {r.lot: desk.view.get(Item, lot.item) for r in rows if (lot := desk.view.get(Lot, r.lot)) is not None}
    heads = (
        say("Delivery"),
        say("Item"),
        say("Lot"),
        say("Received"),
        say("Missing"),
        say("Report due"),
        say("Reported"),
    )
    cells = [
        (r.id, item.name if (item := items.get(r.lot)) else "", r.lot, local_time(r.received_at, desk.zone),
         _missing(r.unchecked()), r.report_due_on, r.reported_on)
        for r in rows
    ]  # fmt: skip
    return show(args, "deliveries", heads, cells, rows)


def run_transfers(args: argparse.Namespace, desk: Desk) -> int:
    """Print transfers, line by line."""
    from floodready.materials.models import Item
    from floodready.materials.models_papers import Transfer, TransferState
    from floodready.materials.places import place_told
    from floodready.materials.views import told

    over = () if args.all else (TransferState.CLOSED, TransferState.CANCELLED)
    rows = [transfer for transfer in desk.view.all(Transfer) if transfer.state not in over]
    items = {item.id: item for item in desk.view.all(Item)}
    heads = (say("Transfer"), say("State"), say_as("place", "From"), say_as("place", "To"), say("Item"), say("Lot"),
             say_as("stock", "Sent"), say("Received"), say("Damaged"), say("On the way"), say("Why"))  # fmt: skip
    cells = [
        (r.id, r.state.word, place_told(desk.view, r.source), place_told(desk.view, r.target),
         items[line.item].name, line.lot,
         *(told(items[line.item], n) for n in (line.sent, line.received, line.damaged, line.open)), line.reason)
        for r in rows for line in r.lines
    ]  # fmt: skip
    return show(args, "transfers", heads, cells, rows)


def run_incidents(args: argparse.Namespace, desk: Desk) -> int:
    """Print incidents with the account of each lot."""
    from floodready.materials.incident_account import accounts as accounts_of
    from floodready.materials.models import Item, Lot, Movement
    from floodready.materials.models_papers import Incident
    from floodready.materials.views import told

    facts: list[dict[str, object]] = []
    cells: list[tuple[object, ...]] = []
    for incident in desk.view.all(Incident):
        accounts = accounts_of(desk.view.all(Movement), incident.id)
        facts.append({"incident": incident, "accounts": accounts})
        state = say_as("stock", "closed") if incident.closed_at else say_as("stock", "open")
        if not accounts:
            cells.append((incident.id, incident.name, state, *[""] * 8))
        for id, account in accounts.items():
            lot = desk.view.get(Lot, id)
            item = desk.view.get(Item, lot.item) if lot else None
            figures = (account.issued, account.good, account.damaged, account.consumed, account.lost, account.open)
            named = (item.name if item else "", id)
            cells.append((incident.id, incident.name, state, *named, *(told(item, n) if item else n for n in figures)))
    heads = (say("Incident"), say("Name"), say("State"), say("Item"), say("Lot"), say_as("stock", "Issued"),
             say("Good"), say("Damaged"), say("Consumed"), say("Lost"), say_as("stock", "Open"))  # fmt: skip
    return show(args, "incidents", heads, cells, facts)


def run_reservations(args: argparse.Namespace, desk: Desk) -> int:
    """Print open reservations."""
    from floodready.materials.models import Item, Reservation
    from floodready.materials.places import place_told
    from floodready.materials.views import told

    rows = [one for one in desk.view.all(Reservation) if one.released_at is None]
    items = {item.id: item for item in desk.view.all(Item)}
    heads = (say("Reservation"), say("Item"), say("Lot"), say("Place"), say("Quantity"), say("For"), say("Until"))
    cells = [
        (r.id, items[r.item].name, r.lot, place_told(desk.view, r.place), told(items[r.item], r.quantity), r.purpose,
         r.until_on) for r in rows
    ]  # fmt: skip
    return show(args, "reservations", heads, cells, rows)
