"""The forms of an override: set it, end it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from floodready.clock import local_time
from floodready.language import Sentence, say, verbatim
from floodready.organisation.models import Person
from floodready.readiness.line import Colour, LineStatus
from floodready.readiness.models import LONGEST
from floodready.store.contract import Act
from floodready.tui.room import Room
from floodready.tui.screens.form import Form, Values
from floodready.tui.widgets.fields import ChoiceField, MomentField, TextField


def set_form(room: Room, status: LineStatus, people: Sequence[Person]) -> Form:
    """Ask which colour a leader sets over the computed one, why, until when, and who stands by it."""
    now = room.clock.now()

    def do(act: Act, values: Values) -> Sentence:
        from floodready.readiness.commands import override

        made = override(room.store, act, line=status.line.id, zone=room.zone, **values)
        return say("Override {id} holds until {time}.", id=verbatim(made.id), time=local_time(made.until_at, room.zone))

    def check(values: Values) -> Mapping[str, Sentence]:
        if values["until_at"] - now > LONGEST:
            return {"until_at": say("ends later than 72 h from now")}
        if values["colour"].severity < status.computed.severity and not values["second"]:
            return {"second": say("a better colour than the computed one needs a second name")}
        return {}

    choices = [(colour, colour.word) for colour in Colour if colour is not status.computed]
    return Form(
        say("Override: {subject}", subject=status.line.subject),
        [
            ChoiceField("colour", say("Show as"), choices),
            TextField("reason", say("Reason")),
            MomentField("until_at", say("Until"), now=now, zone=room.zone, value=now + timedelta(hours=24)),
            ChoiceField("second", say("Second name"), [(one.id, verbatim(one.name)) for one in people if
                        one.id != room.person], required=False),
        ],
        do,
        act=say("Override"),
        intro=say("By the rules it is {word}: {cause}", word=status.computed.word, cause=status.cause),
        check=check,
    )  # fmt: skip


def end_form(room: Room, id: str) -> Form:
    """Ask whether an override is to end now."""

    def do(act: Act, values: Values) -> Sentence:
        from floodready.readiness.commands import end_override

        end_override(room.store, act, override=id)
        del values
        return say("Override {id} is ended.", id=verbatim(id))

    return Form(say("End override {id}", id=verbatim(id)), [], do, act=say("End"),
                intro=say("The computed colour shows again at once."))  # fmt: skip
