"""The fields of a form, one under the other, which knows which of them are in sight."""

from __future__ import annotations

from textual.containers import VerticalScroll
from textual.geometry import Size
from textual.message import Message

from floodready.tui.widgets.field import Field


class FieldList(VerticalScroll, can_focus=False):
    """Fields; says `Moved` when others may have come into sight."""

    class Moved(Message):
        """It was scrolled, or has another size."""

    def seen(self) -> tuple[int, int] | None:
        """Give the first and the last field whose entry is in sight, counted from 1; None where all are."""
        top, bottom = self.scroll_offset.y, self.scroll_offset.y + self.size.height
        fields = list(self.query_children(Field))
        seen = [place for place, field in enumerate(fields, 1) if top <= field.virtual_region.y < bottom]
        return (seen[0], seen[-1]) if seen and len(seen) < len(fields) else None

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Tell it on."""
        super().watch_scroll_y(old_value, new_value)
        self.post_message(self.Moved())

    def watch_virtual_size(self, _old: Size, _new: Size) -> None:
        """Tell it on: what is told below a field takes lines."""
        self.post_message(self.Moved())

    def on_resize(self) -> None:
        """Tell it on."""
        self.post_message(self.Moved())
