"""The reports about the whole duty room, as they will be printed; each can be written to a file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll

from floodready.clock import local_day
from floodready.exchange.paper import Paper
from floodready.exchange.paper_text import as_text
from floodready.language import Sentence, say, verbatim
from floodready.refusal import Refused
from floodready.reports.papers import Report, asked_about, paper_of
from floodready.store.contract import View
from floodready.tui.keys import bind
from floodready.tui.screens.paper_file import write_form
from floodready.tui.screens.pillar_screen import PillarScreen
from floodready.tui.widgets.words import Words

if TYPE_CHECKING:
    from floodready.tui.room import Room


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """A report, or why there is none."""

    report: Report
    file: str
    paper: Paper | None
    refusal: Sentence | None = None


class BriefsScreen(PillarScreen[Brief]):
    """A preview of each report at the instant that is shown."""

    TITLE_WORDS = say("Briefs and reports")
    HELP_WORDS = say("n shows the next one. w writes it to a file: .html is for printing, .md for further work.")
    DEFAULT_CSS = """
    BriefsScreen { #which { height: 1; padding: 0 1; text-style: bold; color: $accent; }
        VerticalScroll { padding: 0 1; } }
    """
    AUTO_FOCUS = "VerticalScroll"
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("briefs.next", "n", "turn(1)", say("next report"), say("Show the next report.")),
        bind("briefs.before", "b", "turn(-1)", say("report before"), say("Show the report before."), shown=False),
        bind("briefs.write", "w", "write", say("write file"), say("Write this report to a file for printing.")),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._report = Report.SHIFT

    def body(self) -> ComposeResult:
        yield Words(id="which")
        with VerticalScroll():
            yield Words(id="paper")

    def read_facts(self, view: View, room: Room) -> Brief:
        at, report = room.at(), self._report
        file = f"{report.value}-{local_day(at, room.zone)}.html"
        try:
            asked = asked_about(room.store, view, at, room.zone, answer=room.readiness(view, at))
            return Brief(report=report, file=file, paper=paper_of(report, asked))
        except Refused as refused:
            return Brief(report=report, file=file, paper=None, refusal=refused.sentence)

    def show_facts(self, facts: Brief) -> None:
        place = list(Report).index(facts.report) + 1
        which = say("{place}/{of}  {paper}", place=place, of=len(Report), paper=facts.report.word)
        self.query_one("#which", Words).say(which)
        told = verbatim(as_text(facts.paper)) if facts.paper is not None else facts.refusal or verbatim("")
        self.query_one("#paper", Words).say(told)

    def action_turn(self, by: int) -> None:
        """Show the next report, or the one before."""
        reports = list(Report)
        self._report = reports[(reports.index(self._report) + by) % len(reports)]
        self.query_one(VerticalScroll).scroll_home(animate=False)
        self.read_anew()

    def action_write(self) -> None:
        """Write the report to a file."""
        if self.facts is not None and self.facts.paper is not None:
            self.app.push_screen(write_form(self.facts.report.word, self.facts.file, self.facts.paper))
