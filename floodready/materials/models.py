"""The documents of the ledger: items, places, lots, movements, reservations."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction
from typing import Annotated

from floodready.document import Code, Document, Line, Name, Natural, Positive, Within, record
from floodready.horizon import Days, Hours, HoursOrZero, Months
from floodready.language import Sentence, say

Scale = Annotated[int, Within(0, 6)]


class ItemClass(StrEnum):
    """The classes of flood-control materials."""

    RESCUE = "rescue material"
    LIFE_SAVING = "life-saving gear"
    TOOLS = "small tools"
    EQUIPMENT = "equipment"
    DROUGHT = "drought relief"

    @property
    def word(self) -> Sentence:
        """The class in the reader's language."""
        return _CLASS_WORDS[self]


_CLASS_WORDS = {
    ItemClass.RESCUE: say("rescue material"),
    ItemClass.LIFE_SAVING: say("life-saving gear"),
    ItemClass.TOOLS: say("small tools"),
    ItemClass.EQUIPMENT: say("equipment"),
    ItemClass.DROUGHT: say("drought relief"),
}


class Importance(StrEnum):
    """A: without it a capability fails; counted twice by two people. B and C: less so."""

    A = "A"
    B = "B"
    C = "C"


@record
class Pack:
    """What one pack of an item holds, from a day on: `numerator / denominator` ledger units."""

    name: Name
    numerator: Positive
    denominator: Positive = 1
    since: date = date.min


@record
class Substitute:
    """Another item that may stand in: one of it is worth `numerator / denominator` of this one."""

    item: Code
    numerator: Positive = 1
    denominator: Positive = 1


@record
class Item(Document):
    """A kind of material, under its code. Quantities of it are whole numbers of 10^-scale ledger units."""

    table = "materials.items"
    indexes = ("name",)

    name: Name
    item_class: ItemClass = ItemClass.RESCUE
    spec: Line = ""
    unit: Name
    """The ledger unit as the office writes it: 条, 件, 台, kg, L."""
    scale: Scale = 0
    packs: tuple[Pack, ...] = ()
    life_months: Months | None = None
    """Shelf life from the day of making; None where no source states one."""
    life_source: Line = ""
    importance: Importance = Importance.B
    substitutes: tuple[Substitute, ...] = ()
    capability: Line = ""
    """What it serves, as readiness names its capabilities; empty for the usual one of its class."""
    retired: bool = False

    def problems(self) -> Iterable[tuple[str, Sentence]]:
        """Refuse a life without a source and an item that stands in for itself."""
        if self.life_months is not None and not self.life_source:
            yield "life_source", say("a shelf life needs its source: the standard, the maker's paper or the rule")
        if any(other.item == self.id for other in self.substitutes):
            yield "substitutes", say("an item cannot stand in for itself")

    def packs_on(self, day: date) -> dict[str, Fraction]:
        """Give the packs in force on a day, each in ledger units; the youngest of a name wins."""
        in_force = sorted((pack for pack in self.packs if pack.since <= day), key=lambda pack: pack.since)
        return {pack.name: Fraction(pack.numerator, pack.denominator) for pack in in_force}


class PlaceKind(StrEnum):
    """What a real place is; virtual places are known by their ids (`places.py`)."""

    AREA = "area"
    SITE = "site"
    WAREHOUSE = "warehouse"
    BAY = "bay"
    SHELF = "shelf"
    VEHICLE = "vehicle"

    @property
    def word(self) -> Sentence:
        """The kind in the reader's language."""
        return _PLACE_WORDS[self]


_PLACE_WORDS = {
    PlaceKind.AREA: say("area"),
    PlaceKind.SITE: say("site"),
    PlaceKind.WAREHOUSE: say("warehouse"),
    PlaceKind.BAY: say("bay"),
    PlaceKind.SHELF: say("shelf"),
    PlaceKind.VEHICLE: say("vehicle"),
}


@record
class Place(Document):
    """Where stock really stands: area, site, warehouse, bay, shelf; places form a tree."""

    table = "materials.places"
    indexes = ("parent", "unit")

    name: Name
    kind: PlaceKind = PlaceKind.WAREHOUSE
    parent: Code | None = None
    unit: Code | None = None
    """The unit whose stock it is; None takes the parent's."""
    walking_order: Natural = 0
    reach_hours: HoursOrZero | None = None
    """Hours until goods from here are at the works; None takes the parent's."""
    custodian: Code | None = None
    retired: bool = False


class Holder(StrEnum):
    """Whose stock a lot is. The kinds are shown apart and never silently added."""

    OWN = "own"
    ENTRUSTED = "entrusted"
    AGREEMENT = "agreement"
    REGISTERED = "registered"

    @property
    def word(self) -> Sentence:
        """The kind in the reader's language."""
        return _HOLDER_WORDS[self]


_HOLDER_WORDS = {
    Holder.OWN: say("own stock"),
    Holder.ENTRUSTED: say("entrusted stock"),
    Holder.AGREEMENT: say("agreement stock"),
    Holder.REGISTERED: say("registered social stock"),
}


class Life(StrEnum):
    """What is known of how long a lot is usable."""

    DATED = "dated"
    UNLIMITED = "unlimited"
    UNKNOWN = "unknown"

    @property
    def word(self) -> Sentence:
        """What is known, in the reader's language."""
        return _LIFE_WORDS[self]


_LIFE_WORDS = {
    Life.DATED: say("until its last usable day"),
    Life.UNLIMITED: say("no expiry"),
    Life.UNKNOWN: say("life unknown"),
}


@record
class Lot(Document):
    """One delivery of one item, kept apart because it ages by itself. At zero it keeps its history."""

    table = "materials.lots"
    indexes = ("item",)

    item: Code
    holder: Holder = Holder.OWN
    holder_name: Line = ""
    maker: Line = ""
    supplier: Line = ""
    made_on: date | None = None
    in_stock_on: date
    life: Life = Life.UNKNOWN
    usable_until: date | None = None
    """The last day of use, inclusive, in the store's zone; stated exactly where `life` is dated."""
    price_fen: Natural | None = None
    """Price of one ledger unit in 1/100 yuan."""

    def problems(self) -> Iterable[tuple[str, Sentence]]:
        """Refuse a dated life without its day and a day without a dated life."""
        if (self.life is Life.DATED) != (self.usable_until is not None):
            yield "usable_until", say("state the last usable day, or that the life is unlimited or unknown")
        if self.made_on is not None and self.made_on > self.in_stock_on:
            yield "made_on", say("is after the day it came in, {day}", day=str(self.in_stock_on))
        if self.made_on is not None and self.usable_until is not None and self.usable_until < self.made_on:
            yield "usable_until", say("is before the day it was made, {day}", day=str(self.made_on))


class MovementKind(StrEnum):
    """Why goods moved."""

    OPENING = "opening"
    RECEIPT = "receipt"
    ISSUE = "issue"
    EMERGENCY = "emergency issue"
    TRANSFER = "transfer"
    RETURN = "return"
    CONSUMED = "consumed"
    LOST = "lost"
    COUNT = "count"
    QUARANTINE = "quarantine"
    CONDEMNED = "condemned"
    REVERSAL = "reversal"

    @property
    def word(self) -> Sentence:
        """The kind in the reader's language."""
        return _MOVEMENT_WORDS[self]


_MOVEMENT_WORDS = {
    MovementKind.OPENING: say("opening"),
    MovementKind.RECEIPT: say("receipt"),
    MovementKind.ISSUE: say("issue"),
    MovementKind.EMERGENCY: say("emergency issue"),
    MovementKind.TRANSFER: say("transfer"),
    MovementKind.RETURN: say("return"),
    MovementKind.CONSUMED: say("consumed"),
    MovementKind.LOST: say("lost"),
    MovementKind.COUNT: say("count"),
    MovementKind.QUARANTINE: say("quarantine"),
    MovementKind.CONDEMNED: say("condemned"),
    MovementKind.REVERSAL: say("reversal"),
}


@record
class Movement(Document):
    """One immutable transfer of a quantity of a lot: `source` → `target`. The sum over all places is always zero."""

    table = "materials.movements"
    indexes = ("lot", "paper", "reverses")

    item: Code
    lot: Code
    source: Code
    target: Code
    quantity: Positive
    """Smallest units of the item."""
    kind: MovementKind
    occurred_at: datetime
    recorded_at: datetime
    seq: Natural
    """The journal position of the transaction that recorded it."""
    by: Code
    authority: Line = ""
    """Who ordered it; may be empty for a verbal order, which then stands in open papers."""
    reason: Line = ""
    typed: Line = ""
    """The quantity as typed, like `12包+30`: evidence beside the figure."""
    picked_otherwise: bool = False
    """Not the lot that first-expired-first-out suggested; `reason` says why."""
    paper: Code | None = None
    """The issue paper, transfer, incident or count session it belongs to."""
    reverses: Code | None = None
    import_key: Code | None = None

    def problems(self) -> Iterable[tuple[str, Sentence]]:
        """Refuse a movement that goes nowhere."""
        if self.source == self.target:
            yield "target", say("is where the goods already are")


@record
class Reservation(Document):
    """Stock kept for something: it is there, but not available."""

    table = "materials.reservations"
    indexes = ("item",)

    item: Code
    lot: Code
    place: Code
    quantity: Positive
    purpose: Name
    made_at: datetime
    until_on: date | None = None
    """The last day on which it binds; None until released."""
    released_at: datetime | None = None


ClassDays = tuple[Positive, Positive, Positive]
"""Days for class A, B and C."""


@record
class MaterialSettings(Document):
    """The office's own figures for this pillar; one document, under the id `materials`."""

    table = "materials.settings"

    id: Code = "materials"
    expiry_warning_days: tuple[Positive, ...] = (180, 90, 30)
    paper_hours: Hours = 48
    """Hours within which the paper of a verbal order is completed."""
    count_days: Days = 31
    """Days between counts of a place: monthly by default."""
    count_before_season_days: Days | None = 31
    """A count is made within so many days before a season begins; None where the office asks for none."""
    acceptance_working_days: Days | None = 5
    """Working days from a delivery to the report of its acceptance; None where no report is asked for."""
    filing_working_days: Days | None = 2
    """Working days from an issue to the filing of its papers; None where they need not be filed."""
    reach_hours: Hours = 4
    """Stock farther away than this is not counted as ready."""
    evidence_days_in_season: ClassDays = (30, 60, 90)
    """Days after which a count or a test is doubted in season; after twice as many nothing is known by it any more."""
    evidence_days_out_of_season: ClassDays = (90, 180, 365)
    """The same out of season."""
