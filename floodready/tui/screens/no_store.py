"""No store yet: make one here, look at the demo first, or leave. Nothing is made before one of them is chosen."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical

from floodready.frozen import frozen
from floodready.language import Sentence, say, verbatim
from floodready.refusal import Refused
from floodready.tui.screens.dialog import Dialog
from floodready.tui.screens.form import ENTRY_KEYS
from floodready.tui.widgets.field import Field, Understood
from floodready.tui.widgets.words import ActButton, Words
from floodready.zones import OUR_ZONE, zone_named


@frozen
class Beginning:
    """What whoever started the program wants to begin with."""

    zone: str | None
    """The time zone of a new store; None for the demo."""


class NoStore(Dialog[Beginning]):
    """Asks what to begin with."""

    AUTO_FOCUS = "FieldInput"
    BINDINGS: ClassVar[list[BindingType]] = ENTRY_KEYS
    HELP_WORDS = say("A store is a folder of its own; everything that is entered stands in it.")

    def __init__(self, folder: Path) -> None:
        super().__init__(say("There is no store yet"))
        self._folder = folder

    def body(self) -> ComposeResult:
        yield Words(
            say("Nothing stands in {folder}.", folder=verbatim(str(self._folder))),
            say("Make a store there, and the next form names your headquarters and you; or look at the demo first."),
        )
        yield _ZoneField("zone", say("Time zone"), value=OUR_ZONE, hint=say("of the duty room; it stays"))
        with Vertical(classes="dialog--buttons"):
            yield ActButton(say("Make the store"), id="act")
            yield ActButton(say("Open the demo"), id="demo")
            yield ActButton(say("Leave"), id="keep")

    @on(Field.Entered)
    def action_submit(self) -> None:
        """Make the store, in the zone that is typed."""
        zone = self.query_one(_ZoneField)
        problem = zone.understood().problem
        if problem is None:
            self.dismiss(Beginning(zone=zone.text.strip()))
        else:
            zone.object(problem)
            zone.enter()

    def on_button_pressed(self, pressed: ActButton.Pressed) -> None:
        """Do what the button says."""
        if pressed.button.id == "act":
            self.action_submit()
        else:
            self.dismiss(Beginning(zone=None) if pressed.button.id == "demo" else None)


class _ZoneField(Field):
    def understand(self, text: str) -> Understood:
        try:
            zone_named(text)
        except Refused as refusal:
            return Understood(problem=refusal.sentence)
        return Understood(text, _echo(text))


def _echo(zone: str) -> Sentence | None:
    return say("the zone of all China; it stays with the store") if zone == OUR_ZONE else None
