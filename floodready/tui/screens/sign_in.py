"""Sitting down at this terminal: choose one's name, give the PIN; whoever sat there hands over by it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from floodready.frozen import replace
from floodready.language import Sentence, say, verbatim
from floodready.organisation.lookup import active_people
from floodready.organisation.models import Person
from floodready.store.contract import Act
from floodready.tui.screens.form import Form, Values
from floodready.tui.screens.set_up import set_up_form
from floodready.tui.widgets.fields import ChoiceField, SecretField

if TYPE_CHECKING:
    from floodready.tui.duty_app import DutyApp
    from floodready.tui.room import Room


async def ask_who_sits_down(app: DutyApp) -> None:
    """Open the sign-in; where somebody is signed in it is a hand-over, and the journal says so.

    Where nobody is entered yet, whoever sits here sets the store up.
    """
    room = app.room
    people = await room.runner.read(partial(active_people, room.store))
    if not people:
        app.push_screen(set_up_form(room))
        return
    sitting = room.person
    title = say("Sign in") if sitting is None else say("Hand over this terminal")
    intro = (
        say("Choose your name; a part of it is enough. Everything done here is then done by you.")
        if sitting is None
        else say("{person} is signed in. Who sits down now?", person=verbatim(room.person_name))
    )
    app.push_screen(
        SignIn(
            title,
            [
                ChoiceField("person", say("Person"), [(p.id, verbatim(f"{p.name} ({p.id})")) for p in people]),
                SecretField("pin", say("PIN"), required=False, hint=say("only where you have one")),
            ],
            partial(_sit_down, room, sitting),
            act=say("Sign in") if sitting is None else say("Hand over"),
            intro=intro,
        )
    )


class SignIn(Form):
    """A form for which nobody need be signed in."""

    WRITES = False

    def act(self) -> Act:
        """Give the act of whoever sits down; a hand-over is the act of who sits there."""
        room = self.duty_app.room
        return Act(person=room.person or self.values()["person"], terminal=room.terminal)


def _sit_down(room: Room, sitting: str | None, act: Act, values: Values) -> Sentence:
    from floodready.organisation.commands_terminals import hand_over, sign_in

    person, pin = values["person"], values["pin"] or None
    if sitting is None or sitting == person:
        sign_in(room.store, replace(act, person=person), pin=pin)
    else:
        hand_over(room.store, act, to=person, pin=pin)
    found = room.store.get(Person, person)
    name = verbatim(found.name if found is not None else person)
    return say("{person} is signed in at {terminal}.", person=name, terminal=verbatim(act.terminal))
