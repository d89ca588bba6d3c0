"""A word in letters five lines high, drawn of blank cells in a colour: whose width no terminal doubts."""

from __future__ import annotations

from textual.app import RenderResult
from textual.content import Content
from textual.widget import Widget

from floodready.language import Sentence
from floodready.tui.theme import Tone, in_ascii
from floodready.tui.widgets.words import NOTHING

HEIGHT = 5
LETTERS = {
    " ": ("   ", "   ", "   ", "   ", "   "),
    "A": (" ### ", "#   #", "#####", "#   #", "#   #"),
    "C": (" ####", "#    ", "#    ", "#    ", " ####"),
    "D": ("#### ", "#   #", "#   #", "#   #", "#### "),
    "E": ("#####", "#    ", "###  ", "#    ", "#####"),
    "H": ("#   #", "#   #", "#####", "#   #", "#   #"),
    "K": ("#   #", "#  # ", "###  ", "#  # ", "#   #"),
    "N": ("#   #", "##  #", "# # #", "#  ##", "#   #"),
    "O": (" ### ", "#   #", "#   #", "#   #", " ### "),
    "R": ("#### ", "#   #", "#### ", "#  # ", "#   #"),
    "T": ("#####", "  #  ", "  #  ", "  #  ", "  #  "),
    "W": ("#   #", "#   #", "# # #", "## ##", "#   #"),
    "Y": ("#   #", " # # ", "  #  ", "  #  ", "  #  "),
}
"""The letters of the four states."""


class BigWord(Widget):
    """The state from across the room; a word that it has no letters for is left to the sentence below it."""

    DEFAULT_CSS = """
    BigWord { width: 1fr; height: auto; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._word: Sentence = NOTHING
        self._tone = Tone.UNKNOWN

    def tell(self, word: Sentence, tone: Tone) -> None:
        """Show a word in a colour."""
        self._word, self._tone = word, tone
        self.refresh(layout=True)

    def render(self) -> RenderResult:
        rows = drawn(str(self._word))
        if not rows or len(rows[0]) > self.size.width:
            return Content("")
        filled = ("#", f"$tone-{self._tone}") if in_ascii() else (" ", f"on $tone-{self._tone}")
        lines = [Content.assemble(*(Content.styled(*filled) if cell == "#" else " " for cell in row)) for row in rows]
        return Content("\n").join(lines)


def drawn(word: str) -> list[str]:
    """Give the five lines of a word, `#` for a filled cell; none where a letter is missing."""
    if not word.strip() or not set(word) <= LETTERS.keys():
        return []
    return [" ".join(LETTERS[letter][row] for letter in word) for row in range(HEIGHT)]
