"""The deadlines that are running out, for the board: from the day on which their owners are urged."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from floodready.language import say, verbatim
from floodready.rectification.lights import Light, deadline_end, light
from floodready.rectification.models import Finding
from floodready.rectification.reading import settings_of
from floodready.store.contract import View
from floodready.tui.board_panels import Note
from floodready.tui.theme import Tone

_TONES = {Light.OVERDUE: Tone.BAD, Light.RED: Tone.BAD, Light.AMBER: Tone.WATCH, Light.URGED: None}


def deadline_clocks(view: View, at: datetime, zone: ZoneInfo) -> Iterator[Note]:
    """Give every open record whose light is no longer green."""
    settings = settings_of(view)
    for finding in view.all(Finding):
        shown = light(finding, at, settings, zone)
        if shown in _TONES and finding.deadline_on is not None:
            yield Note(
                text=say("{mark} {id}, {light}: {what}", mark=shown.mark, id=verbatim(finding.id), light=shown.word,
                         what=verbatim(finding.description)),
                tone=_TONES[shown],
                opens=(Finding.table, finding.id),
                due_at=deadline_end(finding.deadline_on, zone),
            )  # fmt: skip
