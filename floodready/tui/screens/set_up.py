"""A store in which nobody is entered yet: the headquarters and its first administrator, asked for by the screens."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from floodready.language import Sentence, say, verbatim
from floodready.store.contract import SYSTEM, Act
from floodready.tui.screens.form import Form, Values
from floodready.tui.widgets.fields import SecretField, TextField

if TYPE_CHECKING:
    from floodready.tui.room import Room


def set_up_form(room: Room) -> SetUp:
    """Ask for the headquarters and for whoever sits here, who becomes the first administrator and is signed in."""
    return SetUp(
        say("Set this store up"),
        [
            TextField("unit_name", say("Headquarters"), hint=say("its full name")),
            TextField("unit", say("Its code"), value="hq"),
            TextField("person_name", say("Your name"), hint=say("you become the administrator")),
            TextField("person", say("Your code"), value="admin"),
            TextField("phones", say("Your phone"), required=False, hint=say("may stay empty")),
            SecretField("pin", say("PIN"), required=False, hint=say("may stay empty")),
            SecretField("again", say("PIN again"), required=False, hint=say("only where you typed one")),
        ],
        partial(_set_up, room),
        act=say("Set up and sign in"),
        intro=say(
            "Nobody is entered here yet. Name the headquarters and yourself; then 7 adds units, people and roles."
        ),
        check=_same_pin,
    )  # fmt: skip


class SetUp(Form):
    """A form for which nobody need be entered yet."""

    WRITES = False

    def act(self) -> Act:
        """Give the act of the program: there is no person yet who could act."""
        return Act(person=SYSTEM, terminal=self.duty_app.room.terminal)


def _same_pin(values: Values) -> Mapping[str, Sentence]:
    return {} if values["pin"] == values["again"] else {"again": say("is not the same PIN")}


def _set_up(room: Room, act: Act, values: Values) -> Sentence:
    from floodready.organisation.commands import set_up
    from floodready.organisation.commands_terminals import sign_in

    pin = values["pin"] or None
    asked = {name: values[name] for name in ("unit", "unit_name", "person", "person_name")}
    first = set_up(room.store, act, pin=pin, phone=values["phones"] or None, **asked)
    sign_in(room.store, Act(person=first.id, terminal=act.terminal), pin=pin)
    return say("{unit} is set up. {person} is signed in.", unit=verbatim(values["unit_name"]),
               person=verbatim(first.name))  # fmt: skip
