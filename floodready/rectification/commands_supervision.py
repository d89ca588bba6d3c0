"""What stands beside the loop: extensions, listing, handing up, attachments, accidents, settings, criteria."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from floodready.clock import local_day
from floodready.command import command, require_as_seen
from floodready.frozen import replace
from floodready.language import say, verbatim
from floodready.organisation.lookup import require_unit, unit_name
from floodready.organisation.permissions import Permission
from floodready.rectification.deadlines import require_asked_in_time
from floodready.rectification.grading import Criteria
from floodready.rectification.models import (
    Attachment,
    Extension,
    Finding,
    Incident,
    Listing,
    RectificationSettings,
)
from floodready.rectification.moving import begin_move, make_move, take_back, unit_of
from floodready.rectification.reading import (
    calendar_of,
    names_in,
    settings_of,
    the_finding,
    the_incident,
    units_above,
)
from floodready.rectification.separation import require_listing_office
from floodready.rectification.transitions import MoveName
from floodready.refusal import Refused
from floodready.store.contract import Transaction


@command("rectification.ask_extension", undo=take_back(MoveName.ASK_EXTENSION))
def ask_extension(
    tx: Transaction, *, finding: str, until: date, reason: str, zone: ZoneInfo, seen: Finding | None = None
) -> Finding:
    """Ask a later deadline, working days before the present one. Raises Refused, NotAllowed, Superseded."""
    record = begin_move(tx, finding, MoveName.ASK_EXTENSION, seen)
    if record.asked_extension is not None:
        raise Refused(
            say("An extension of {id} has been asked for already and waits for an answer.", id=verbatim(finding))
        )
    if not reason.strip():
        raise Refused(say("Say why {id} needs more time.", id=verbatim(finding)))
    today = local_day(tx.now, zone)
    require_asked_in_time(record, today, until, settings_of(tx), calendar_of(tx))
    asked = Extension(asked_by=tx.act.person, asked_on=today, until=until, reason=reason)
    return make_move(tx, record, MoveName.ASK_EXTENSION, extensions=(*record.extensions, asked))


@command("rectification.grant_extension", undo=take_back(MoveName.GRANT_EXTENSION))
def grant_extension(
    tx: Transaction, *, finding: str, zone: ZoneInfo, answer: str = "", seen: Finding | None = None
) -> Finding:
    """Grant the extension that was asked. Raises Refused, NotAllowed, Superseded."""
    record = begin_move(tx, finding, MoveName.GRANT_EXTENSION, seen)
    answered = _answered(tx, record, zone, granted=True, answer=answer)
    extensions = (*record.extensions[:-1], answered)
    return make_move(tx, record, MoveName.GRANT_EXTENSION, extensions=extensions, deadline_on=answered.until)


@command("rectification.refuse_extension", undo=take_back(MoveName.REFUSE_EXTENSION))
def refuse_extension(
    tx: Transaction, *, finding: str, zone: ZoneInfo, answer: str, seen: Finding | None = None
) -> Finding:
    """Refuse the extension that was asked, saying why. Raises Refused, NotAllowed, Superseded."""
    record = begin_move(tx, finding, MoveName.REFUSE_EXTENSION, seen)
    if not answer.strip():
        raise Refused(say("Say why the extension is refused."))
    answered = _answered(tx, record, zone, granted=False, answer=answer)
    return make_move(tx, record, MoveName.REFUSE_EXTENSION, extensions=(*record.extensions[:-1], answered))


@command("rectification.list_up", undo=take_back(MoveName.LIST))
def list_up(tx: Transaction, *, finding: str, zone: ZoneInfo, seen: Finding | None = None) -> Finding:
    """List a major hazard: the office of whoever acts supervises it from now on and re-checks it itself.

    Raises Refused where that office does not stand above the unit; NotAllowed, Superseded.
    """
    record = begin_move(tx, finding, MoveName.LIST, seen)
    office = unit_of(tx)
    if office is None or office not in units_above(tx, record.unit):
        raise Refused(say("Only an office above {unit} lists its hazards.", unit=verbatim(unit_name(tx, record.unit))))
    listing = Listing(office=office, listed_by=tx.act.person, listed_on=local_day(tx.now, zone))
    return make_move(tx, record, MoveName.LIST, listings=(*record.listings, listing))


@command("rectification.delist", undo=take_back(MoveName.DELIST))
def delist(tx: Transaction, *, finding: str, zone: ZoneInfo, seen: Finding | None = None) -> Finding:
    """End the supervision of a listed hazard. Raises Refused for another office; NotAllowed, Superseded."""
    record = begin_move(tx, finding, MoveName.DELIST, seen)
    require_listing_office(record, unit_of(tx), names_in(tx, record, tx.act.person))
    ended = replace(record.listings[-1], ended_on=local_day(tx.now, zone))
    return make_move(tx, record, MoveName.DELIST, listings=(*record.listings[:-1], ended))


@command("rectification.hand_up", undo=take_back(MoveName.HAND_UP))
def hand_up(tx: Transaction, *, finding: str, seen: Finding | None = None) -> Finding:
    """Hand a record to the next unit above the one that holds it. Raises Refused at the top; NotAllowed, Superseded."""
    record = begin_move(tx, finding, MoveName.HAND_UP, seen)
    above = units_above(tx, record.held_by or record.unit)
    if not above:
        name = unit_name(tx, record.held_by or record.unit)
        raise Refused(say("There is no unit above {unit}.", unit=verbatim(name)))
    return make_move(tx, record, MoveName.HAND_UP, held_by=above[0])


@command("rectification.attach", may=Permission.HAZARD_REPORT)
def attach(tx: Transaction, *, finding: str, attachment: Attachment) -> Finding:
    """Attach a photo or paper that lies in the store's folder already. Raises Refused where it is attached."""
    record = the_finding(tx, finding)
    if any(held.sha256 == attachment.sha256 for held in record.attachments):
        raise Refused(say("{file} is attached to {id} already.", file=verbatim(attachment.name), id=verbatim(finding)))
    return tx.change(record, attachments=(*record.attachments, attachment))


@command("rectification.record_incident", may=Permission.HAZARD_ASSIGN)
def record_incident(
    tx: Transaction, *, unit: str, happened_at: datetime, description: str, place: str = "", finding: str | None = None
) -> Incident:
    """Record an accident and the hazard that caused it, or that nobody had found one. Raises Refused, Invalid."""
    require_unit(tx, unit)
    if finding is not None:
        the_finding(tx, finding)
    if happened_at > tx.now:
        raise Refused(say("An accident cannot lie in the future. Type when it happened."))
    return tx.add(
        Incident(
            id=tx.new_id("I"),
            unit=unit,
            happened_at=happened_at,
            place=place,
            description=description,
            finding=finding,
        )
    )


@command("rectification.link_incident", may=Permission.HAZARD_ASSIGN)
def link_incident(tx: Transaction, *, incident: str, finding: str | None, seen: Incident | None = None) -> Incident:
    """Say which hazard caused an accident, or (None) that nobody had found it. Raises Refused, Superseded."""
    if finding is not None:
        the_finding(tx, finding)
    return tx.change(seen or the_incident(tx, incident), finding=finding)


@command("rectification.put_criteria", may=Permission.HAZARD_ASSIGN)
def put_criteria(tx: Transaction, *, criteria: tuple[Criteria, ...]) -> int:
    """Put criteria lists in place of those with their ids and give their number.

    Raises Refused where there is none, or two have one id; Invalid.
    """
    if not criteria:
        raise Refused(say("There is no criteria list in it: nothing is written."))
    ids = [one.id for one in criteria]
    if twins := sorted({id for id in ids if ids.count(id) > 1}):
        raise Refused(say("Two criteria lists are called {id}. Give each its own.", id=verbatim(twins[0])))
    for one in criteria:
        tx.put(one)
    return len(criteria)


@command("rectification.set_settings", may=Permission.CAMPAIGN_EDIT)
def set_settings(
    tx: Transaction, *, settings: RectificationSettings, seen: RectificationSettings | None = None
) -> RectificationSettings:
    """Set the office's own figures; `seen` are those from which they were made. Raises Invalid, Superseded."""
    require_as_seen(tx, tx.get(RectificationSettings, settings.id), seen)
    return tx.put(settings)


def _answered(tx: Transaction, record: Finding, zone: ZoneInfo, *, granted: bool, answer: str) -> Extension:
    asked = record.asked_extension
    if asked is None:
        raise Refused(say("No extension of {id} has been asked for.", id=verbatim(record.id)))
    if tx.act.person == asked.asked_by:
        raise Refused(say("Whoever asked for the extension cannot answer it. Another person must."))
    today = local_day(tx.now, zone)
    return replace(asked, answered_by=tx.act.person, answered_on=today, granted=granted, answer=answer)
