"""The papers of a drill, as they will be printed; each can be written as Markdown or as a printable page."""

from __future__ import annotations

from floodready.drills.book import book
from floodready.exchange.drill_reports import REPORT_WORDS, Report, paper
from floodready.language import say
from floodready.store.contract import View
from floodready.tui.room import Room
from floodready.tui.screens.paper_preview import PaperPreviewScreen, Preview


class PapersScreen(PaperPreviewScreen):
    """A preview of each paper."""

    TITLE_WORDS = say("Papers of a drill")
    TABLES = frozenset({"drills.", "organisation."})
    PAPERS = len(Report)

    def __init__(self, drill: str, first: Report = Report.PLAN) -> None:
        super().__init__()
        self._drill = drill
        self.place = list(Report).index(first)

    def read_facts(self, view: View, room: Room) -> Preview:
        place = self.place
        report = list(Report)[place]
        made = paper(book(view, self._drill, room.zone), report)
        return Preview(place=place, title=REPORT_WORDS[report], paper=made, file=f"{self._drill}-{report.value}.html")
