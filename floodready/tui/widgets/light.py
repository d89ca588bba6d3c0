"""A readiness light: colour, mark and word together, so that no one of them is needed alone."""

from __future__ import annotations

from collections.abc import Mapping
from unicodedata import east_asian_width

from textual.app import RenderResult
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from floodready.language import Sentence, say
from floodready.readiness.line import Colour, LineStatus
from floodready.tui.theme import Tone, mark
from floodready.tui.widgets.words import NOTHING

TONES: Mapping[Colour, Tone] = {
    Colour.GREEN: Tone.GOOD,
    Colour.AMBER: Tone.WATCH,
    Colour.RED: Tone.BAD,
    Colour.GREY: Tone.UNKNOWN,
}


class ReadinessLight(Widget):
    """Mark and word in the colour."""

    DEFAULT_CSS = """
    ReadinessLight { width: auto; height: 1; text-style: bold;
        &.-green { color: $tone-good; }
        &.-amber { color: $tone-watch; }
        &.-red { color: $tone-bad; }
        &.-grey { color: $tone-unknown; }
    }
    """

    colour: reactive[Colour] = reactive(Colour.GREY)

    def __init__(self, colour: Colour = Colour.GREY, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.set_reactive(ReadinessLight.colour, colour)
        self.add_class(f"-{colour}")

    def render(self) -> RenderResult:
        return Content(f"{mark(self.colour.mark)} {self.colour.word}")

    def watch_colour(self, before: Colour, colour: Colour) -> None:
        self.remove_class(f"-{before}")
        self.add_class(f"-{colour}")


class Headline(ReadinessLight):
    """The readiness sentence, which holds the word already; the mark stands before it."""

    DEFAULT_CSS = """
    Headline { width: 1fr; height: auto; max-height: 5; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._sentence = NOTHING

    def tell(self, colour: Colour, sentence: Sentence) -> None:
        """Show the answer."""
        self.colour = colour
        self._sentence = sentence
        self.refresh(layout=True)

    def render(self) -> RenderResult:
        said = str(self._sentence)
        # A Chinese sentence has no space to break at: behind one it would leave the mark alone on its line.
        gap = "" if east_asian_width(said[:1] or " ") in "WF" else " "
        return Content(f"{mark(self.colour.mark)}{gap}{said}" if said else "")


def light_told(status: LineStatus) -> Sentence:
    """Say a line's state with its mark; a star says that a leader set it."""
    star = "*" if status.overriding is not None else ""
    return say("{mark} {word}{star}", mark=mark(status.colour.mark), word=status.colour.word, star=star)
