"""A field for drill time: `10` minutes, `10:30`, `1:10:30`."""

from __future__ import annotations

from datetime import timedelta

from floodready.drills.run_clock import read_span, written_clock
from floodready.language import say, verbatim
from floodready.tui.widgets.field import Field, Understood


class SpanField(Field):
    """A span of drill time; its value is whole seconds."""

    def understand(self, text: str) -> Understood:
        """Read the span; a bare number is minutes."""
        value = read_span(text)
        if value is None:
            return Understood(problem=say("is not a drill time; type 10 (minutes), 10:30 or 1:10:30"))
        return Understood(value, verbatim(f"= {written_clock(timedelta(seconds=value))}"))
