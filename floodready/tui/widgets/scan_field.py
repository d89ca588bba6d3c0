"""Entry for barcode scanners, which type faster than any disk saves and end with Enter or Tab.

Enter and Tab are taken in the field's own key handler: the value is taken and cleared at once and handed on as a
message, so that the next scan can begin while the last one is being saved.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input

from floodready.language import Sentence, say
from floodready.text import one_line
from floodready.tui.widgets.words import NOTHING, Words


class ScanInput(Input):
    """The typed part of a scan field."""

    def on_key(self, event: events.Key) -> None:
        if event.key not in ("enter", "tab"):
            return
        scanned = self.value
        if event.key == "tab" and not scanned.strip():
            return  # an empty field: Tab goes to the next one as everywhere
        event.stop().prevent_default()
        self.value = ""
        self.query_ancestor(ScanField).take(scanned)

    def _on_paste(self, event: events.Paste) -> None:
        # Several pasted lines are several scans; a last one without line end stays in the field.
        event.stop().prevent_default()
        lines = (self.value + event.text).splitlines(keepends=True)
        self.value = ""
        for line in lines:
            if line.endswith(("\n", "\r")):
                self.query_ancestor(ScanField).take(line)
            else:
                self.insert_text_at_cursor(line)


class ScanField(Widget):
    """A label, the scanned or typed code, and a warning when an input method is in the way."""

    DEFAULT_CSS = """
    ScanField { height: 2; width: 1fr; layout: grid; grid-size: 2; grid-columns: 22 1fr; grid-rows: 1 1;
        #scan-told { column-span: 2; padding: 0 0 0 22; color: $tone-muted; text-wrap: nowrap;
            text-overflow: ellipsis; }
        #scan-told.-warning { color: $background; background: $tone-watch; text-style: bold; }
    }
    """

    @dataclass
    class Scanned(Message):
        """One code was scanned or typed, folded to plain width."""

        field: ScanField
        code: str

        @property
        def control(self) -> ScanField:
            return self.field

    def __init__(self, label: Sentence, *, hint: Sentence | None = None, id: str | None = None) -> None:
        super().__init__(id=id)
        self._label = label
        self._hint = hint or NOTHING

    def compose(self) -> ComposeResult:
        yield Words(self._label)
        yield ScanInput(compact=True, select_on_focus=False)
        yield Words(self._hint, id="scan-told")

    def take(self, scanned: str) -> None:
        """Hand a scan on; nothing was scanned where it is empty."""
        code = one_line(unicodedata.normalize("NFKC", scanned))
        if code:
            self.post_message(self.Scanned(self, code))

    def enter(self) -> None:
        """Put the cursor into the field."""
        self.query_one(ScanInput).focus()

    def on_input_changed(self, changed: Input.Changed) -> None:
        """Warn when the text looks as if an input method had changed it."""
        changed.stop()
        wide = cell_len(changed.value) > len(changed.value)
        told = self.query_one("#scan-told", Words)
        told.set_class(wide, "-warning")
        told.say(
            say("The input method is on: switch the keyboard to English, then scan again.") if wide else self._hint
        )
