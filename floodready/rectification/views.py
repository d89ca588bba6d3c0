"""Rows of rectification, worded already: for the screens, the command line, JSON and the ledger alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING

from floodready.clock import local_day
from floodready.frozen import frozen
from floodready.language import Sentence, say, say_many, verbatim
from floodready.organisation.chain import Link
from floodready.organisation.lookup import person_names, unit_name, unit_names
from floodready.organisation.models import Chain, Person, Works
from floodready.organisation.phones import first_phone
from floodready.rectification.deadlines import days_overdue, is_supervised, progress_due_on
from floodready.rectification.escalation import Step, chain_errors, next_step
from floodready.rectification.lights import Light, light
from floodready.rectification.models import Escalation, Finding
from floodready.rectification.models_campaign import Campaign
from floodready.rectification.preparation import lacks_interim
from floodready.rectification.reading import chains_above, in_season, settings_of
from floodready.rectification.states import Grade, Source, State
from floodready.rectification.transitions import Move, MoveName, legal_moves

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from floodready.store.contract import View


@frozen
class FindingRow:
    """One line of the list."""

    id: str
    unit: str
    unit_name: str
    state: State
    grade: Grade | None
    source: Source
    light: Light
    description: str
    place: str
    responsible: str
    """The person's name; empty where nobody is."""
    deadline_on: date | None
    overdue: int
    """Calendar days."""
    listed_by: str | None
    listed_by_name: str
    """The office's name; empty where the record is not listed."""
    is_task: bool


@frozen
class FindingSheet:
    """One record with its chain, its clock, its rounds and what can be done next."""

    row: FindingRow
    record: Finding
    supervised: bool
    progress_due_on: date | None
    faults: tuple[Sentence, ...]
    """What is wrong with it: dead links of its chain, missing interim protection, overdue."""
    chain: tuple[tuple[Sentence, str], ...]
    """Each link with the name of its person; empty where nobody is named."""
    next_link: Sentence | None
    moves: tuple[tuple[str, Sentence], ...]
    """The moves the table allows now."""
    names: Mapping[str, str]
    """The names of the people on the staff list, by id."""
    works_name: str
    """Empty where it is found on no works."""
    offices: Mapping[str, str]
    """The names of the units that listed the record, took it up or whose chain it climbed, by id."""
    campaign_name: str

    def name(self, person: str) -> str:
        """Give a person's name; whoever is not on the staff list is called as written."""
        return self.names.get(person, person)

    def office(self, unit: str) -> str:
        """Give the name of a unit that listed the record, took it up or whose chain it climbed."""
        return self.offices.get(unit, unit)


def finding_rows(view: View, at: datetime, zone: ZoneInfo, **equal: object) -> list[FindingRow]:
    """Give the records that match, the worst light first, then by deadline."""
    settings = settings_of(view)
    units = unit_names(view)
    people = person_names(view)
    today = local_day(at, zone)
    found: Iterable[Finding] = view.find(Finding, **equal) if equal else view.all(Finding)
    rows = [_row(one, light(one, at, settings, zone), units, people, today) for one in found]
    return sorted(rows, key=_order)


def my_rows(view: View, at: datetime, zone: ZoneInfo, person: str) -> list[FindingRow]:
    """Give the open records a person must put right, follows, or was escalated to."""
    mine = {one.id for one in view.all(Finding) if one.is_open and _concerns(one, person)}
    return [row for row in finding_rows(view, at, zone) if row.id in mine]


def escalated_rows(view: View, at: datetime, zone: ZoneInfo) -> list[FindingRow]:
    """Give the open records that climbed the chain, that a higher office listed, or that are overdue."""
    today = local_day(at, zone)
    raised = {one.id for one in view.all(Finding)
              if one.is_open and (one.escalations or one.listing is not None or is_supervised(one, today))}  # fmt: skip
    return [row for row in finding_rows(view, at, zone) if row.id in raised]


def finding_sheet(view: View, finding: Finding, at: datetime, zone: ZoneInfo) -> FindingSheet:
    """Give everything a person needs to see of one record."""
    settings, today = settings_of(view), local_day(at, zone)
    units = unit_names(view)
    people = {person.id: person for person in view.all(Person)}
    names = {id: person.name for id, person in people.items()}
    chain = view.get(Chain, finding.unit)
    links = tuple(
        (link.word, names.get(link.person(chain) or "", link.person(chain) or "") if chain else "") for link in Link
    )
    step = next_step(finding, chains_above(view, finding.unit), people)
    campaign = view.get(Campaign, finding.campaign) if finding.campaign else None
    works = view.get(Works, finding.works) if finding.works else None
    return FindingSheet(
        row=_row(finding, light(finding, at, settings, zone), units, names, today),
        record=finding,
        supervised=is_supervised(finding, today),
        progress_due_on=progress_due_on(finding, settings, zone),
        faults=tuple(_faults(view, finding, today, chain, people)),
        chain=links,
        next_link=_step_told(step, units) if step is not None else None,
        moves=tuple((move.name.value, move.word) for move in legal_moves(finding)),
        names=names,
        works_name=works.name if works is not None else finding.works or "",
        offices={id: units[id] for id in _offices(finding) if id in units},
        campaign_name=campaign.name if campaign is not None else finding.campaign or "",
    )


def _offices(finding: Finding) -> list[str]:
    named = [*(listing.office for listing in finding.listings), *(step.unit for step in finding.escalations)]
    return [unit for unit in (*named, finding.held_by) if unit is not None]


def _faults(
    view: View, finding: Finding, today: date, chain: Chain | None, people: Mapping[str, Person]
) -> Iterable[Sentence]:
    if is_supervised(finding, today):
        yield say_many(
            "overdue by {count} day: on the supervision list",
            "overdue by {count} days: on the supervision list",
            days_overdue(finding, today),
        )
    if lacks_interim(finding, in_season=in_season(view, finding.unit, today)):
        yield say("no interim protection in the flood season")
    for dead in chain_errors(finding, chain, people):
        yield say("dead link of the chain: {cause}", cause=dead.cause)


def _row(
    finding: Finding, shown: Light, units: Mapping[str, str], people: Mapping[str, str], today: date
) -> FindingRow:
    office = finding.listing.office if finding.listing is not None else None
    return FindingRow(
        id=finding.id,
        unit=finding.unit,
        unit_name=units.get(finding.unit, finding.unit),
        state=finding.state,
        grade=finding.grade,
        source=finding.source,
        light=shown,
        description=finding.description,
        place=finding.place,
        responsible=people.get(finding.responsible, finding.responsible) if finding.responsible else "",
        deadline_on=finding.deadline_on,
        overdue=days_overdue(finding, today),
        listed_by=office,
        listed_by_name=units.get(office, office) if office is not None else "",
        is_task=finding.is_task,
    )


def _order(row: FindingRow) -> tuple[int, int, str, str]:
    ended = 0 if row.state.is_open else 1
    return ended, row.light.rank, row.deadline_on.isoformat() if row.deadline_on else "9", row.id


def _concerns(finding: Finding, person: str) -> bool:
    followers = finding.order.followers if finding.order is not None else ()
    return person in {finding.responsible, *followers, *(step.person for step in finding.escalations)}


def _step_told(step: Step, units: Mapping[str, str]) -> Sentence:
    link = link_told(step.link, units.get(step.unit, step.unit) if step.unit is not None else "")
    return say("{link}: {person}", link=link, person=verbatim(step.person.name))


def link_told(link: Link, above: str) -> Sentence:
    """Tell a link of the chain; `above` names the unit above whose chain it is, empty for the record's own."""
    return say("{link} of {unit}", link=link.word, unit=verbatim(above)) if above else link.word


def made_told(view: View, move: Move, made: Finding) -> Sentence:
    """Tell that a move was made; one that leaves the state is named, or nobody would see that it was made."""
    if move.name is MoveName.REOPEN:
        return say("Opened: {id}. Next: grade it.", id=made.id)
    step = made.escalations[-1] if made.escalations else None
    if move.name is MoveName.REJECT and step is not None and step.at == made.rounds[-1].checked_at:
        return say_many(
            "{id} is {state}; {count} re-check failed, and it climbed to {whom}.",
            "{id} is {state}; {count} re-checks failed, and it climbed to {whom}.",
            made.round - 1,
            id=made.id,
            state=made.state.word,
            whom=_climbed_to(view, step),
        )
    if move.name is MoveName.ESCALATE and step is not None:
        return say("{id} climbed to {whom}. Tell them; it is {state}.", id=made.id, whom=_climbed_to(view, step),
                   state=made.state.word)  # fmt: skip
    if move.to is None:
        return say("{id}: “{move}” is done; it is {state}.", id=made.id, move=move.word, state=made.state.word)
    return say("{id} is {state}.", id=made.id, state=made.state.word)


def _climbed_to(view: View, step: Escalation) -> Sentence:
    """Name whom an escalation went to, by link and number: the program tells nobody, a person must call."""
    link = link_told(step.link, unit_name(view, step.unit) if step.unit is not None else "")
    person = view.get(Person, step.person)
    name = verbatim(person.name if person is not None else step.person)
    phone = first_phone(person) if person is not None else None
    if phone is None:
        return say("{person} ({link})", person=name, link=link)
    return say("{person} ({link}, {phone})", person=name, link=link, phone=verbatim(phone.number))


def light_told(row: FindingRow) -> Sentence:
    """Tell a record's light, or of a closed one whether it was in time; a merged one has neither."""
    if row.state.is_open:
        return row.light.word
    return _late(row.overdue) if row.state is State.CLOSED else verbatim("–")


def _late(days: int) -> Sentence:
    return say_many("{count} day late", "{count} days late", days) if days else say("in time")


def state_told(row: FindingRow) -> Sentence:
    """Tell where a record stands, with its listing."""
    if row.listed_by is None:
        return row.state.word
    return say("{state}, listed by {office}", state=row.state.word, office=verbatim(row.listed_by_name))
