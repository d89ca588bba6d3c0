"""Windows over a screen: a frame with a title, the keys that work in it, and Esc as the way out."""

from __future__ import annotations

from typing import ClassVar, TypeVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen

from floodready.language import Sentence, say, say_as
from floodready.tui.keys import Group, bind
from floodready.tui.widgets.key_line import KeyLine
from floodready.tui.widgets.words import ActButton, Words

T = TypeVar("T")


class Dialog(ModalScreen[T]):
    """A window; Esc leaves it with nothing done."""

    DEFAULT_CSS = """
    Dialog { align: center middle; background: $background 60%; }
    Dialog > Vertical { width: 76; max-width: 96%; height: auto; max-height: 90%; background: $surface;
        border: none; padding: 1 2; }
    Dialog .dialog--title { text-style: bold; color: $accent; margin: 0 0 1 0; }
    Dialog .dialog--buttons { height: 1; margin: 1 0 0 0; layout: horizontal; }
    Dialog VerticalScroll { height: auto; max-height: 16; scrollbar-size-vertical: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("dialog.help", "f1", "app.keys_here", say("more"), say("Show the keys of this window."),
             group=Group.PROGRAM, shown=False),
        bind("dialog.language", "f3", "app.next_language", say("中文/English"), say("Switch the language here."),
             group=Group.PROGRAM, shown=False),
        bind("dialog.leave", "escape", "leave", say("back"), say("Leave this window; nothing is done."),
             group=Group.ENTRY),
    ]  # fmt: skip

    def __init__(self, title: Sentence) -> None:
        super().__init__()
        self._title = title

    def body(self) -> ComposeResult:
        """Give what stands under the title."""
        raise NotImplementedError

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Words(self._title, classes="dialog--title")
            yield from self.body()
        yield KeyLine()

    def action_leave(self) -> None:
        self.dismiss(None)


class Notice(Dialog[None]):
    """Something to read: an explanation, or why nothing was done."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bind("notice.done", "enter", "leave", say_as("to have read", "done"), say("Close this window."),
             group=Group.ENTRY),
    ]  # fmt: skip

    def __init__(self, title: Sentence, *lines: Sentence) -> None:
        super().__init__(title)
        self._lines = lines

    def says(self, sentence: Sentence) -> bool:
        """Tell whether this stands in it."""
        return sentence in self._lines

    def body(self) -> ComposeResult:
        with VerticalScroll():
            yield Words(*self._lines, id="notice")


class Confirm(Dialog[bool]):
    """Asks once before what cannot be mended by undo. The safe button has the focus; the other names the act."""

    AUTO_FOCUS = "#keep"
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("confirm.next", "right,left,up,down", "app.focus_next", say("the other"), say("To the other button."),
             group=Group.ENTRY),
    ]  # fmt: skip

    def __init__(self, title: Sentence, *lines: Sentence, act: Sentence, keep: Sentence | None = None) -> None:
        super().__init__(title)
        self._lines = lines
        self._act = act
        self._keep = keep or say("Leave as it is")

    def body(self) -> ComposeResult:
        with VerticalScroll():
            yield Words(*self._lines, id="notice")
        with Vertical(classes="dialog--buttons"):
            yield ActButton(self._keep, id="keep")
            yield ActButton(self._act, id="act")

    def on_button_pressed(self, pressed: ActButton.Pressed) -> None:
        """Answer."""
        self.dismiss(pressed.button.id == "act")
