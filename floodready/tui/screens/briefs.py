"""The reports about the whole duty room, as they will be printed; each can be written to a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from floodready.clock import local_day
from floodready.language import say
from floodready.refusal import Refused
from floodready.reports.papers import Report, asked_about, paper_of
from floodready.store.contract import View
from floodready.tui.screens.paper_preview import PaperPreviewScreen, Preview

if TYPE_CHECKING:
    from floodready.tui.room import Room


class BriefsScreen(PaperPreviewScreen):
    """A preview of each report at the instant that is shown."""

    TITLE_WORDS = say("Briefs and reports")
    PAPERS = len(Report)

    def read_facts(self, view: View, room: Room) -> Preview:
        at, place = room.at(), self.place
        report = list(Report)[place]
        paper, refusal = None, None
        try:
            paper = paper_of(report, asked_about(room.store, view, at, room.zone, answer=room.readiness(view, at)))
        except Refused as refused:
            refusal = refused.sentence
        file = f"{report.value}-{local_day(at, room.zone)}.html"
        return Preview(place=place, title=report.word, paper=paper, file=file, refusal=refusal)
