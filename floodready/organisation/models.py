"""The documents of the organisation: units, works, people and their phones, posts, chains, terminals, settings."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum

from floodready.document import Code, Document, Line, Name, Natural, Note, record
from floodready.horizon import Days
from floodready.language import Sentence, say
from floodready.organisation.permissions import Role


class UnitKind(StrEnum):
    """What kind of office a unit is."""

    HEADQUARTERS = "headquarters"
    COUNTY = "county"
    TOWNSHIP = "township"
    WORKS_MANAGEMENT = "works management"
    ENTERPRISE = "enterprise"

    @property
    def word(self) -> Sentence:
        """The kind in the reader's language."""
        return _UNIT_WORDS[self]


_UNIT_WORDS = {
    UnitKind.HEADQUARTERS: say("headquarters"),
    UnitKind.COUNTY: say("county or district"),
    UnitKind.TOWNSHIP: say("township"),
    UnitKind.WORKS_MANAGEMENT: say("works management"),
    UnitKind.ENTERPRISE: say("enterprise"),
}


@record
class Unit(Document):
    """An office that answers for something (单位); units form a tree."""

    table = "organisation.units"
    indexes = ("parent",)

    name: Name
    kind: UnitKind = UnitKind.COUNTY
    parent: Code | None = None
    """The unit above it; None for the headquarters at the top."""
    active: bool = True
    note: Line = ""


class WorksKind(StrEnum):
    """What kind of works or site."""

    DIKE = "dike"
    RESERVOIR = "reservoir"
    SLUICE = "sluice"
    PUMP_STATION = "pump station"
    DETENTION_BASIN = "detention basin"
    RISK_POINT = "risk point"
    SHELTER = "shelter"

    @property
    def word(self) -> Sentence:
        """The kind in the reader's language."""
        return _WORKS_WORDS[self]


_WORKS_WORDS = {
    WorksKind.DIKE: say("dike section"),
    WorksKind.RESERVOIR: say("reservoir dam"),
    WorksKind.SLUICE: say("sluice"),
    WorksKind.PUMP_STATION: say("pump station"),
    WorksKind.DETENTION_BASIN: say("detention basin"),
    WorksKind.RISK_POINT: say("risk point"),
    WorksKind.SHELTER: say("shelter"),
}


@record
class Works(Document):
    """Flood-control works (防洪工程) or another site that a unit answers for."""

    table = "organisation.works"
    indexes = ("unit",)

    name: Name
    unit: Code
    kind: WorksKind
    grade: Line = ""
    """The grade by which quotas are read, as the quota table writes it; empty where it has none."""
    size: Natural | None = None
    """The size that quotas multiply, in whole units of `size_unit`; None where nobody has stated it."""
    size_unit: Line = ""
    """What `size` counts, such as `m` of dike or `10,000 m³` of reservoir."""
    active: bool = True
    note: Line = ""


class PhoneKind(StrEnum):
    """What kind of number."""

    MOBILE = "mobile"
    DUTY_ROOM = "duty room"
    OFFICE = "office"
    HOME = "home"
    SATELLITE = "satellite"
    RADIO = "radio"

    @property
    def word(self) -> Sentence:
        """The kind in the reader's language."""
        return _PHONE_WORDS[self]


_PHONE_WORDS = {
    PhoneKind.MOBILE: say("mobile"),
    PhoneKind.DUTY_ROOM: say("duty room line"),
    PhoneKind.OFFICE: say("office line"),
    PhoneKind.HOME: say("home line"),
    PhoneKind.SATELLITE: say("satellite phone"),
    PhoneKind.RADIO: say("radio"),
}


@record
class Phone:
    """One number under which a person is reached; kept as it is dialled."""

    number: Name
    kind: PhoneKind = PhoneKind.MOBILE
    verified_on: date | None = None
    """The day on which somebody last reached the person under it; None for never."""


@record
class Person(Document):
    """One of the staff. Who has left is retired (`active` false), never removed: the journal names them."""

    table = "organisation.people"
    indexes = ("unit",)

    name: Name
    unit: Code
    roles: tuple[Role, ...] = (Role.VIEWER,)
    title: Line = ""
    """The office held, such as director or section chief."""
    posts: tuple[Code, ...] = ()
    """The posts (`Post`) this person is qualified to take."""
    phones: tuple[Phone, ...] = ()
    """In the order in which they are to be tried."""
    active: bool = True
    left_on: date | None = None
    """The last day of service, by the local calendar: duty is stood up to its end."""
    note: Line = ""

    def serves_on(self, day: date) -> bool:
        """Tell whether the person is of the staff on a local day: who has left is, to the end of the last day."""
        return self.active or (self.left_on is not None and day <= self.left_on)

    def problems(self) -> Iterable[tuple[str, Sentence]]:
        """Refuse a number that stands twice and a person without a role."""
        if not self.roles:
            yield "roles", say("needs one role at least; “viewer” only looks")
        numbers = [phone.number for phone in self.phones]
        if len(set(numbers)) < len(numbers):
            yield "phones", say("the same number stands twice")


class PostKind(StrEnum):
    """What a post is for: the duty rules count leaders and officers, whatever a unit calls them."""

    LEADER = "leader in charge"
    OFFICER = "duty officer"
    OTHER = "other"

    @property
    def word(self) -> Sentence:
        """The kind in the reader's language."""
        return _POST_WORDS[self]


_POST_WORDS = {
    PostKind.LEADER: say("leader in charge"),
    PostKind.OFFICER: say("duty officer"),
    PostKind.OTHER: say("other post"),
}


@record
class Post(Document):
    """A post (岗位) that people of a unit are qualified for and that a rota fills: leader in charge, driver …."""

    table = "organisation.posts"
    indexes = ("unit",)

    name: Name
    unit: Code
    kind: PostKind = PostKind.OTHER
    active: bool = True
    note: Line = ""


@record
class Chain(Document):
    """The chain of responsibility (责任链) of a unit, under the unit's id. Escalation climbs it field by field.

    Rule: the special action fixes responsibility for party and government leaders, counties and districts, industry
    supervision, enterprises and supervision groups.
    """

    table = "organisation.chains"

    responsible: Code | None = None
    """The responsible person; the unit's head first."""
    regulator: Code | None = None
    """Who answers in the industry regulator (行业监管)."""
    county: Code | None = None
    """Who answers in the county or district."""
    city_leader: Code | None = None
    supervision: Code | None = None
    """Who heads the supervision group (督导组)."""


@record
class Pin(Document):
    """The PIN of a person, under the person's id; apart from `Person`, so that no list of people carries it."""

    table = "organisation.pins"

    hash: Note
    """Argon2id, in its own encoded form."""
    failed: Natural = 0
    """Wrong tries in a row since the last right one."""
    last_failed_at: datetime | None = None


@record
class Terminal(Document):
    """A terminal, under its name, and who is signed in at it. A shared one changes hands at handover."""

    table = "organisation.terminals"

    person: Code | None = None
    since_at: datetime | None = None
    """Since when `person` is signed in, UTC; None when nobody is."""


@record
class OrganisationSettings(Document):
    """The office's own figures for this pillar; one document, under the id `organisation`."""

    table = "organisation.settings"

    id: Code = "organisation"
    phone_verified_within_days: Days = 90
    """A phone not verified within so many days is marked as old."""
