"""The papers of a drill, as they will be printed; each can be written as Markdown or as a printable page."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll

from floodready.drills.book import Book, book
from floodready.exchange.drill_reports import REPORT_WORDS, Report, paper
from floodready.exchange.paper import as_html, as_markdown
from floodready.exchange.paper_text import as_text
from floodready.language import Sentence, say, verbatim
from floodready.refusal import Refused
from floodready.store.contract import Act, View
from floodready.tui.keys import bind
from floodready.tui.room import Room
from floodready.tui.screens.form import Form, Values
from floodready.tui.screens.pillar_screen import PillarScreen
from floodready.tui.widgets.fields import TextField
from floodready.tui.widgets.words import Words


class PapersScreen(PillarScreen[Book]):
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
        super().__init__()
        self._drill = drill
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
            self.app.push_screen(_write_form(self.facts, self._report))


def _write_form(found: Book, report: Report) -> Form:
    def do(act: Act, values: Values) -> Sentence:
        del act
        path = Path(values["file"]).expanduser()
        made = paper(found, report)
        try:
            path.write_text(as_html(made) if path.suffix == ".html" else as_markdown(made), encoding="utf-8")
        except OSError as error:
            raise Refused(
                say(
                    "{file} cannot be written: {cause}.", file=verbatim(str(path)), cause=verbatim(error.strerror or "")
                )
            ) from error
        return say("Written: {file}", file=verbatim(str(path.resolve())))

    fields = [TextField("file", say("File"), value=f"{found.drill.id}-{report.value}.html")]
    title = say("Write: {paper}", paper=REPORT_WORDS[report])
    return Form(title, fields, do, act=say("Write"))
