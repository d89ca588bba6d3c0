"""Opening records: a hazard found, a meeting's order, a hazard that came back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from zoneinfo import ZoneInfo

from floodready.clock import local_day
from floodready.codec import decode
from floodready.command import command
from floodready.document import invalid
from floodready.language import say, verbatim
from floodready.missing import not_there
from floodready.organisation.lookup import require_person, require_unit
from floodready.organisation.models import Works
from floodready.organisation.permissions import Permission
from floodready.rectification.commands_move import grade
from floodready.rectification.ledger_row import LedgerRow
from floodready.rectification.models import Counter, Finding, FiveFixes, Measure, MeetingOrder, Progress
from floodready.rectification.moving import begin_move
from floodready.rectification.numbering import counter_id, number
from floodready.rectification.reading import the_campaign
from floodready.rectification.states import Source, State
from floodready.rectification.transitions import MoveName
from floodready.refusal import Refused, existing
from floodready.store.contract import Entry, Transaction


def _take_back_opening(tx: Transaction, entry: Entry) -> None:
    """Take a new record away; its number stays used. Raises Superseded where it has moved on."""
    for change in entry.changes:
        if change.table == Finding.table and change.after is not None:
            tx.remove(decode(Finding, change.after))


def _refuse_to_come(tx: Transaction, found_on: date, zone: ZoneInfo) -> None:
    today = local_day(tx.now, zone)
    if found_on > today:
        to_come = say("{day} has not come yet; type the day on which it was found, {today} or before", day=found_on,
                      today=today)  # fmt: skip
        raise invalid(Finding, {"found_on": to_come})


def next_number(tx: Transaction, unit: str, year: int) -> str:
    """Give the next number of a unit's year and mark it used."""
    id = counter_id(unit, year)
    counter = tx.get(Counter, id) or Counter(id=id)
    tx.put(counter.changed(last=counter.last + 1))
    return number(unit, year, counter.last + 1)


@command("rectification.open_finding", may=Permission.HAZARD_REPORT, undo=_take_back_opening)
def open_finding(
    tx: Transaction,
    *,
    unit: str,
    source: Source,
    description: str,
    found_on: date,
    zone: ZoneInfo,
    found_by: str = "",
    source_ref: str = "",
    place: str = "",
    works: str | None = None,
    kind: str = "",
    harm: str = "",
    interim: str = "",
    responsible: str | None = None,
    deadline_on: date | None = None,
    measures: str = "",
    fixes: FiveFixes | None = None,
    campaign: str | None = None,
) -> Finding:
    """Open a record for something found.

    Responsible person, deadline, measures and fixes are proposals until it is assigned. `source_ref` names the
    document it comes from, as `table/id`. Raises Refused for a unit, works, person or campaign that does not exist,
    Invalid, also for a day of `zone` that has not come.
    """
    _refuse_to_come(tx, found_on, zone)
    _require_named(tx, unit, works, responsible, campaign)
    return tx.add(
        Finding(
            id=next_number(tx, unit, found_on.year),
            unit=unit,
            source=source,
            source_ref=source_ref,
            found_on=found_on,
            found_by=found_by or tx.act.person,
            opened_at=tx.now,
            opened_by=tx.act.person,
            place=place,
            works=works,
            kind=kind,
            description=description,
            harm=harm,
            interim=interim,
            responsible=responsible,
            deadline_on=deadline_on,
            measures=measures,
            fixes=fixes,
            campaign=campaign,
        )
    )


def _require_named(
    tx: Transaction, unit: str, works: str | None, responsible: str | None, campaign: str | None
) -> None:
    """Refuse a unit, works, person or campaign that does not exist. Raises Refused."""
    require_unit(tx, unit)
    if works is not None:
        existing(tx.get(Works, works), not_there("organisation.works", works))
    if responsible is not None:
        require_person(tx, responsible)
    if campaign is not None:
        the_campaign(tx, campaign)


@command("rectification.open_task", may=Permission.TASK_EDIT, undo=_take_back_opening)
def open_task(
    tx: Transaction,
    *,
    unit: str,
    meeting: str,
    description: str,
    owner: str,
    ordered_on: date,
    required_on: date,
    item: str = "",
    planned_on: date | None = None,
    followers: tuple[str, ...] = (),
    measure: Measure | None = None,
    campaign: str | None = None,
) -> Finding:
    """Open a meeting task, assigned to its owner at once. The deadline is the planned day, or else the required one.

    Raises Refused for people, units and campaigns that do not exist, and for a plan later than what was required.
    """
    require_unit(tx, unit)
    for person in (owner, *followers):
        require_person(tx, person)
    if campaign is not None:
        the_campaign(tx, campaign)
    if planned_on is not None and planned_on > required_on:
        raise Refused(
            say("Planned for {planned}, later than the meeting required: {required}. Plan it by then.",
                planned=planned_on, required=required_on)
        )  # fmt: skip
    order = MeetingOrder(meeting=meeting, item=item, followers=followers, required_on=required_on, measure=measure)
    return tx.add(
        Finding(
            id=next_number(tx, unit, ordered_on.year),
            unit=unit,
            source=Source.MEETING,
            found_on=ordered_on,
            found_by=meeting,
            opened_at=tx.now,
            opened_by=tx.act.person,
            description=description,
            state=State.ASSIGNED,
            responsible=owner,
            deadline_on=planned_on or required_on,
            campaign=campaign,
            order=order,
        )
    )


@command("rectification.reopen", undo=_take_back_opening)
def reopen(tx: Transaction, *, finding: str, description: str, found_on: date, zone: ZoneInfo) -> Finding:
    """Open a new record for a closed hazard that came back, linked to the closed one.

    Raises Refused for a day before it was closed and where it is open again already; NotAllowed; Invalid, also for a
    day of `zone` that has not come.
    """
    closed = begin_move(tx, finding, MoveName.REOPEN)
    _refuse_to_come(tx, found_on, zone)
    if closed.closed_on is not None and found_on < closed.closed_on:
        raise Refused(
            say(
                "{id} was closed on {day}: it cannot have come back before.", id=verbatim(finding), day=closed.closed_on
            )
        )
    again = next((one for one in tx.find(Finding, unit=closed.unit) if one.came_back_from == closed.id and one.is_open),
                 None)  # fmt: skip
    if again is not None:
        raise Refused(
            say("{id} was reopened already: {again} is open. Carry that one on.", id=verbatim(finding),
                again=verbatim(again.id))
        )  # fmt: skip
    return tx.add(
        Finding(
            id=next_number(tx, closed.unit, found_on.year),
            unit=closed.unit,
            source=closed.source,
            source_ref=f"{Finding.table}/{closed.id}",
            found_on=found_on,
            found_by=tx.act.person,
            opened_at=tx.now,
            opened_by=tx.act.person,
            place=closed.place,
            works=closed.works,
            kind=closed.kind,
            description=description,
            harm=closed.harm,
            campaign=closed.campaign,
            came_back_from=closed.id,
        )
    )


@command("rectification.import_ledger", may=Permission.HAZARD_ASSIGN, undo=_take_back_opening)
def import_ledger(tx: Transaction, *, rows: tuple[LedgerRow, ...], zone: ZoneInfo) -> int:
    """Open a record for each row of a ledger, all or none, and give their number; a grade in it is taken.

    Raises Refused, also where there is no row; Invalid; NotAllowed for a person who may not grade.
    """
    if not rows:
        raise Refused(say("No row of the ledger is new: nothing is written."))
    for row in rows:
        told = {field.name: getattr(row, field.name) for field in fields(row)}
        made = open_finding.within(tx, zone=zone, **{name: told[name] for name in told if name not in _AFTER_OPENING})
        if row.progress:
            made = tx.change(made, progress=(Progress(at=tx.now, by=tx.act.person, text=row.progress),))
        if row.grade is not None:
            grade.within(tx, finding=made.id, grade=row.grade, basis=row.basis)
    return len(rows)


_AFTER_OPENING = frozenset({"progress", "grade", "basis"})


@command("rectification.open_order", may=Permission.TASK_EDIT, undo=_take_back_opening)
def open_order(
    tx: Transaction,
    *,
    unit: str,
    meeting: str,
    ordered_on: date,
    required_on: date,
    owners: Mapping[Measure, str],
    descriptions: Mapping[Measure, str],
    campaign: str | None = None,
) -> tuple[Finding, ...]:
    """Open one meeting task for each thing ordered, measured by the program. Raises Refused as `open_task` does."""
    if not owners:
        raise Refused(say("An order needs an owner for one of its tasks at least."))
    return tuple(
        open_task.within(
            tx,
            unit=unit,
            meeting=meeting,
            description=descriptions[measure],
            owner=owner,
            ordered_on=ordered_on,
            required_on=required_on,
            measure=measure,
            campaign=campaign,
        )
        for measure, owner in owners.items()
    )
