"""Papers as they will be printed, one after the other; the one in front can be written to a file."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll

from floodready.exchange.paper import Paper
from floodready.exchange.paper_text import as_text
from floodready.frozen import frozen
from floodready.language import Sentence, say, verbatim
from floodready.tui.keys import bind
from floodready.tui.screens.paper_file import write_form
from floodready.tui.screens.pillar_screen import PillarScreen
from floodready.tui.widgets.words import Words


@frozen
class Preview:
    """The paper in front, or why there is none."""

    place: int
    """Its place among the papers, from 0."""
    title: Sentence
    paper: Paper | None
    file: str
    """What its file would be called."""
    refusal: Sentence | None = None


class PaperPreviewScreen(PillarScreen[Preview]):
    """Turns over the papers of one kind; `read_facts` gives the one at `place`."""

    HELP_WORDS = say("] shows the next paper. w writes it to a file: .html is for printing, .md for further work.")
    DEFAULT_CSS = """
    PaperPreviewScreen { #which { height: 1; text-style: bold; color: $accent; }
        VerticalScroll { padding: 0 1; } }
    """
    AUTO_FOCUS = "VerticalScroll"
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("papers.next", "right_square_bracket,】", "turn(1)", say("next paper"), say("Show the next paper.")),
        bind("papers.before", "left_square_bracket,【", "turn(-1)", say("paper before"), say("Show the paper before."),
             shown=False),
        bind("papers.write", "w", "write", say("write file"), say("Write this paper to a file for printing.")),
    ]  # fmt: skip

    PAPERS: ClassVar[int]
    """How many papers there are."""

    place = 0
    """Which of them is in front, from 0."""

    def body(self) -> ComposeResult:
        yield Words(id="which")
        with VerticalScroll():
            yield Words(id="paper")

    def show_facts(self, facts: Preview) -> None:
        which = say("{place}/{of}  {paper}", place=facts.place + 1, of=self.PAPERS, paper=facts.title)
        self.query_one("#which", Words).say(which)
        told = verbatim(as_text(facts.paper)) if facts.paper is not None else facts.refusal or verbatim("")
        self.query_one("#paper", Words).say(told)

    def action_turn(self, by: int) -> None:
        """Show the next paper, or the one before."""
        self.place = (self.place + by) % self.PAPERS
        self.query_one(VerticalScroll).scroll_home(animate=False)
        self.read_anew()

    def action_write(self) -> None:
        """Write the paper to a file."""
        if self.facts is not None and self.facts.paper is not None:
            self.app.push_screen(write_form(self.facts.title, self.facts.file, self.facts.paper))
