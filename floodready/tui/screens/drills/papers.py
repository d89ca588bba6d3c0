"""The papers of a drill, as they will be printed; each can be written as Markdown or as a printable page."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll

from floodready.drills.book import Book, book
from floodready.exchange.drill_reports import REPORT_WORDS, Report, paper
from floodready.exchange.paper_text import as_text
from floodready.language import say, verbatim
from floodready.store.contract import View
from floodready.tui.keys import bind
from floodready.tui.room import Room
from floodready.tui.screens.drills.of_drill import OfDrillScreen
from floodready.tui.screens.paper_file import write_form
from floodready.tui.widgets.words import Words


class PapersScreen(OfDrillScreen[Book]):
    """A preview of each paper."""

    TITLE_WORDS = say("Papers of a drill")
    HELP_WORDS = say("n shows the next paper. w writes it to a file: .html is for printing, .md for further work.")
    TABLES = frozenset({"drills.", "organisation."})
    DEFAULT_CSS = """
    PapersScreen { #which { height: 1; padding: 0 1; text-style: bold; color: $accent; }
        VerticalScroll { padding: 0 1; } }
    """
    AUTO_FOCUS = "VerticalScroll"
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("papers.next", "n", "turn(1)", say("next paper"), say("Show the next paper.")),
        bind("papers.before", "b", "turn(-1)", say("paper before"), say("Show the paper before."), shown=False),
        bind("papers.write", "w", "write", say("write file"), say("Write this paper to a file for printing.")),
    ]

    def __init__(self, drill: str, first: Report = Report.PLAN) -> None:
        super().__init__(drill)
        self._report = first

    def body(self) -> ComposeResult:
        yield Words(id="which")
        with VerticalScroll():
            yield Words(id="paper")

    def read_facts(self, view: View, room: Room) -> Book:
        return book(view, self._drill, room.zone)

    def show_facts(self, facts: Book) -> None:
        place = list(Report).index(self._report) + 1
        self.query_one("#which", Words).say(
            say("{place}/{of}  {paper}", place=place, of=len(Report), paper=REPORT_WORDS[self._report])
        )
        self.query_one("#paper", Words).say(verbatim(as_text(paper(facts, self._report))))

    def action_turn(self, by: int) -> None:
        """Show the next paper, or the one before."""
        reports = list(Report)
        self._report = reports[(reports.index(self._report) + by) % len(reports)]
        if self.facts is not None:
            self.show_facts(self.facts)
            self.query_one(VerticalScroll).scroll_home(animate=False)

    def action_write(self) -> None:
        """Write the paper to a file."""
        if self.facts is not None:
            name = f"{self.facts.drill.id}-{self._report.value}.html"
            made = paper(self.facts, self._report)
            self.app.push_screen(write_form(REPORT_WORDS[self._report], name, made))
