"""Looking at a past moment as it was known then; nothing can be changed in it."""

from __future__ import annotations

from floodready.language import Sentence, say
from floodready.store.contract import Act
from floodready.tui.room import Room
from floodready.tui.screens.form import Form, Values
from floodready.tui.widgets.fields import MomentField

_TO_COME = say("is not past; f on the board shows what is to come")


class LookBack(Form):
    """Asks which moment is to be shown; it only looks, so nobody need be signed in."""

    WRITES = False

    def __init__(self, room: Room) -> None:
        moment = MomentField("at", say("Moment"), now=room.clock.now(), zone=room.zone, days=True)
        super().__init__(
            say("Show a past moment"),
            [moment],
            _nothing,
            act=say("Show"),
            intro=say("Every screen then shows what was known at that time. F5 comes back to now."),
            check=lambda values: (
                {"at": say("is not past; f on the board shows what is to come")}
                if values["at"] > room.clock.now()
                else {}
            ),
        )

    def submit(self) -> None:
        self.duty_app.show_as_of(self.values()["at"])
        self.dismiss(True)


def _nothing(act: Act, values: Values) -> Sentence | None:
    del act, values
    return None
