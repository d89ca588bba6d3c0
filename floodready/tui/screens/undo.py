"""`z`: say what will be undone, ask, and take it back by a compensating entry."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING

from floodready.acts import act_told
from floodready.clock import local_time
from floodready.command import find_command, undo_entry, undone_by
from floodready.language import Sentence, say, say_many, verbatim
from floodready.organisation.lookup import person_name
from floodready.refusal import FloodreadyError, Refused
from floodready.store.contract import Act, Entry, Store
from floodready.tui.screens.dialog import Confirm

if TYPE_CHECKING:
    from floodready.tui.duty_app import DutyApp
    from floodready.tui.room import Room

_LOOK_BACK = 500
"""Entries that are looked through for the last act of a person."""


_SHOWN = 12
"""Documents that are named."""


async def ask_to_undo(app: DutyApp, entry: Entry | None = None) -> None:
    """Ask whether to undo an entry (by default the last act of the person signed in), and do so."""
    room = app.room
    try:
        act = room.act()
        found = entry or await room.runner.read(partial(last_act, room.store, act.person))
        if found is None:
            raise Refused(say("There is nothing of yours to undo."))
        known = await room.runner.read(partial(find_command, found.command))
        if known is not None and known.irreversible is not None:
            raise Refused(known.irreversible)
    except FloodreadyError as error:
        app.tell_refusal(error)
        return
    undo = partial(_undo, room.store, act, found)
    by = await room.runner.read(partial(person_name, room.store, found.person))
    asked = Confirm(say("Undo this?"), *told(found, by, room), act=say("Undo it"))
    app.push_screen(asked, lambda answer: room.runner.submit(app, undo) if answer else None)


def told(entry: Entry, by: Sentence | str, room: Room) -> Iterable[Sentence]:
    """Say what an entry did, and who did it."""
    yield say(
        "{command}, {time}, by {person} at {terminal}",
        command=act_told(entry.command),
        time=local_time(entry.at, room.zone),
        person=by,
        terminal=verbatim(entry.terminal),
    )
    if entry.reason:
        yield say("Reason: {reason}", reason=verbatim(entry.reason))
    documents = list(dict.fromkeys(change.id for change in entry.changes))
    yield say("Documents: {documents}", documents=verbatim(", ".join(documents[:_SHOWN])))
    if len(documents) > _SHOWN:
        yield say_many("and one document more", "and {count} documents more", len(documents) - _SHOWN)


def last_act(store: Store, person: str) -> Entry | None:
    """Give the last entry of a person that changed something, is no undo and was not undone; None for none of late."""
    undone: set[int] = set()
    for place, entry in enumerate(store.entries_backwards()):
        if place >= _LOOK_BACK:
            break
        taken_back = undone_by(entry)
        if taken_back is not None:
            undone.add(taken_back)
        elif entry.person == person and entry.changes and entry.seq not in undone:
            return entry
    return None


def _undo(store: Store, act: Act, entry: Entry) -> Sentence:
    undo_entry(store, act, entry)
    return say("Undone: {command} (entry {seq}).", command=act_told(entry.command), seq=entry.seq)
