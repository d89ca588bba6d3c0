"""Text of ours on the screen: a sentence stays a sentence until it is drawn, so a change of language only redraws."""

from __future__ import annotations

from textual.app import RenderResult
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Button

from floodready.language import Sentence, verbatim

NOTHING = verbatim("")


class Words(Widget):
    """A sentence, or several lines of sentences; never markup."""

    DEFAULT_CSS = """
    Words { width: 1fr; height: auto; }
    Words.-muted { color: $tone-muted; }
    Words.-bad { color: $tone-bad; }
    Words.-watch { color: $tone-watch; }
    Words.-good { color: $tone-good; }
    Words.-strong { text-style: bold; }
    """

    def __init__(self, *said: Sentence, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self.said = said

    def say(self, *said: Sentence) -> None:
        """Show other sentences, one a line."""
        if said != self.said:
            self.said = said
            self.refresh(layout=True)

    def render(self) -> RenderResult:
        return Content("\n".join(str(sentence) for sentence in self.said))


class ActButton(Button):
    """A button that names its act."""

    DEFAULT_CSS = """
    ActButton { min-width: 10; height: 1; padding: 0 2; margin: 0 2 0 0; text-style: bold; }
    """

    def __init__(self, words: Sentence, id: str) -> None:
        super().__init__(Content(str(words)), id=id, compact=True)
        self._words = words

    def retranslate(self) -> None:
        """Say the same in the language now chosen."""
        self.label = Content(str(self._words))
