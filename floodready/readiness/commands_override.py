"""Setting a colour over the computed one of a line, and ending it before its time."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from floodready.command import command
from floodready.language import say, verbatim
from floodready.missing import not_there
from floodready.organisation.lookup import require_person
from floodready.organisation.permissions import Permission
from floodready.readiness.assembly import gather
from floodready.readiness.line import Colour, Line, status_of
from floodready.readiness.models import Override
from floodready.refusal import Refused
from floodready.store.contract import Transaction, View


@command("readiness.override", may=Permission.READINESS_OVERRIDE)
def override(
    tx: Transaction,
    *,
    line: str,
    colour: Colour,
    reason: str,
    until_at: datetime,
    zone: ZoneInfo,
    second: str | None = None,
) -> Override:
    """Set a colour over the computed one of a line, from now until an instant (UTC) within 72 h.

    Raises Refused for an unknown line or person, for a line whose override still holds and for the colour that is
    computed anyway; Invalid without reason or end, and for a better colour without a second name.
    """
    computed = status_of(the_line(tx, line, tx.now, zone), tx.now).computed
    if computed is colour:
        raise Refused(say("{line} is {word} already by the rules.", line=verbatim(line), word=colour.word))
    if any(one.since_at <= tx.now < one.ends_at for one in tx.find(Override, line=line)):
        raise Refused(say("An override of {line} still holds. End it first.", line=verbatim(line)))
    if second is not None and not require_person(tx, second).active:
        raise Refused(say("{person} has left: name another second person.", person=verbatim(second)))
    return tx.add(
        Override(
            id=tx.new_id("O"),
            line=line,
            colour=colour,
            computed=computed,
            by=tx.act.person,
            second=second,
            reason=reason.strip(),
            since_at=tx.now,
            until_at=until_at,
        )
    )


@command("readiness.end_override", may=Permission.READINESS_OVERRIDE)
def end_override(tx: Transaction, *, override: str) -> Override:
    """End an override before its time: the computed colour shows again. Raises Refused for one that holds no more."""
    found = tx.get(Override, override)
    if found is None:
        raise Refused(not_there("readiness.overrides", override))
    if found.ends_at <= tx.now:
        raise Refused(say("Override {id} holds no more.", id=verbatim(override)))
    return tx.change(found, ended_at=tx.now, ended_by=tx.act.person)


def the_line(view: View, id: str, at: datetime, zone: ZoneInfo) -> Line:
    """Give a line by its id. Raises Refused."""
    found = next((line for line in gather(view, at, zone) if line.id == id), None)
    if found is None:
        raise Refused(not_there("readiness line", id))
    return found
