"""The line at the foot of a script, into which new injects are typed one after the other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.message import Message
from textual.widgets import Input

from floodready.language import say
from floodready.tui.keys import Group, bind


class QuickLine(Input):
    """Enter hands over what is typed and empties the line at once; Esc goes back to the list."""

    DEFAULT_CSS = """
    QuickLine { height: 1; border: none; background: $surface; padding: 0 1;
        &:focus { border: none; background: $panel; } }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("quick.leave", "escape", "leave", say("to the list"), say("Go back to the list."), group=Group.ENTRY),
    ]

    @dataclass
    class Entered(Message):
        """A line was typed."""

        text: str

    @dataclass
    class NotTaken(Message):
        """A line was refused."""

        text: str

    def give_back(self, text: str) -> None:
        """Put a refused line back to be mended; what has been typed since stays behind it."""
        self.value = " ".join(part for part in (text, self.value) if part)
        self.cursor_position = len(self.value)

    def on_key(self, event: events.Key) -> None:
        """Take Enter before the stock field does: fast typing must not wait for the disk."""
        if event.key == "enter":
            event.stop().prevent_default()
            if self.value.strip():
                self.post_message(self.Entered(self.value))
                self.value = ""

    def action_leave(self) -> None:
        """Go back to the list above."""
        self.screen.focus_previous()
