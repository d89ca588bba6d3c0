"""The papers that accompany movements: issue papers, deliveries, transfers, incidents, discrepancies."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum

from floodready.document import Code, Document, Line, Name, Natural, Note, Positive, record
from floodready.language import Sentence, say, say_as

PAPER_FIELDS = {
    "receiver": say("Receiver"),
    "receiver_contact": say("Receiver's contact"),
    "sender_contact": say("Our contact"),
    "approver": say("Approved by"),
}
"""What a complete issue paper names, with the words for it."""
DELIVERY_CHECKS = {"quantity_checked": say("Quantity"), "spec_checked": say("Spec"), "quality_checked": say("Quality")}
"""What is checked of a delivery, with the words for it."""


@record
class IssuePaper(Document):
    """The order behind an issue (调拨令). After a verbal order it is completed within the hours of the settings."""

    table = "materials.issue_papers"
    indexes = ("item",)

    item: Code
    quantity: Positive
    """Smallest units."""
    place: Code
    receiver: Line = ""
    receiver_contact: Line = ""
    sender_contact: Line = ""
    approver: Line = ""
    emergency: bool = False
    issued_at: datetime
    due_at: datetime
    """When it must be complete, UTC."""
    completed_at: datetime | None = None
    file_by: date | None = None
    """The last day for filing it; None where the office files none."""
    filed_on: date | None = None

    def missing(self) -> tuple[str, ...]:
        """Name the fields that are still empty."""
        return tuple(name for name in PAPER_FIELDS if not getattr(self, name))


@record
class Delivery(Document):
    """The acceptance of one delivery: quantity, spec and quality checked, and a report by its day."""

    table = "materials.deliveries"
    indexes = ("lot",)

    lot: Code
    received_at: datetime
    quantity_checked: bool = False
    spec_checked: bool = False
    quality_checked: bool = False
    note: Note = ""
    """What was found: how many were opened, which certificate, what was wrong."""
    report_due_on: date | None = None
    """The last day for the report; None where the office asks for none."""
    reported_on: date | None = None

    def unchecked(self) -> tuple[str, ...]:
        """Name the checks that are still to be made."""
        return tuple(name for name in DELIVERY_CHECKS if not getattr(self, name))


class TransferState(StrEnum):
    """How far a transfer has come."""

    ORDERED = "ordered"
    SHIPPED = "shipped"
    PART_RECEIVED = "part received"
    CLOSED = "closed"
    CANCELLED = "cancelled"

    @property
    def word(self) -> Sentence:
        """The state in the reader's language."""
        return _TRANSFER_WORDS[self]


_TRANSFER_WORDS = {
    TransferState.ORDERED: say("ordered"),
    TransferState.SHIPPED: say("shipped"),
    TransferState.PART_RECEIVED: say("part received"),
    TransferState.CLOSED: say_as("stock", "closed"),
    TransferState.CANCELLED: say("cancelled"),
}


@record
class TransferLine:
    """One lot of a transfer. Quantities are smallest units; `received` counts good and damaged pieces."""

    item: Code
    lot: Code
    sent: Positive
    received: Natural = 0
    damaged: Natural = 0
    settled: Natural = 0
    """What did not arrive and was returned or written off."""
    reason: Line = ""
    """Why it came short, damaged or over; the sender sees it."""

    @property
    def open(self) -> int:
        """What is still on the way."""
        return max(0, self.sent - self.received - self.settled)


@record
class Transfer(Document):
    """Goods on the way from place to place, line by line."""

    table = "materials.transfers"
    indexes = ("state",)

    source: Code
    target: Code
    lines: tuple[TransferLine, ...]
    state: TransferState = TransferState.ORDERED
    ordered_at: datetime
    ordered_by: Line = ""
    carrier: Line = ""
    shipped_at: datetime | None = None
    closed_at: datetime | None = None

    def problems(self) -> Iterable[tuple[str, Sentence]]:
        """Refuse an empty transfer, one that goes nowhere, and the same lot on two lines."""
        if not self.lines:
            yield "lines", say("needs one line at least")
        if self.source == self.target:
            yield "target", say("is where the goods already are")
        if len({line.lot for line in self.lines}) < len(self.lines):
            yield "lines", say("the same lot stands on two lines")


@record
class Incident(Document):
    """A use of materials with its own account: it closes only when everything issued is accounted for."""

    table = "materials.incidents"

    name: Name
    unit: Code | None = None
    opened_at: datetime
    closed_at: datetime | None = None


@record
class Discrepancy(Document):
    """A balance below zero: goods left that the books did not have. Open until that lot and place are counted."""

    table = "materials.discrepancies"
    indexes = ("lot",)

    item: Code
    lot: Code
    place: Code
    opened_at: datetime
    short: Positive
    """By how many smallest units the balance stood below zero when it opened."""
    closed_at: datetime | None = None
    closed_by: Code | None = None
    """The count session that settled it."""


@record
class LedgerImport(Document):
    """One ledger file taken in, and what of it: the same file again changes nothing."""

    table = "materials.imports"
    indexes = ("digest",)

    file_name: Line
    digest: Code
    """SHA-256 of the file's bytes."""
    imported_at: datetime
    rows: Natural
    movements: Natural
    place: Code
