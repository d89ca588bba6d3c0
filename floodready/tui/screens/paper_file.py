"""Windows that write a file for others; one that is there already is written over only after asking."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from floodready.exchange.file_writing import FileIsThere, write_out
from floodready.exchange.paper import Paper, as_file
from floodready.language import Sentence, say, verbatim
from floodready.refusal import FloodreadyError
from floodready.store.contract import SYSTEM, Act
from floodready.tui.screens.dialog import Confirm
from floodready.tui.screens.form import Form, Values
from floodready.tui.widgets.fields import FileField

Write = Callable[[Path, bool], Sentence]
"""Writes a file by its path, over one that is there where that was agreed, and gives the receipt."""


class FileForm(Form):
    """Asks for the name of a file to write."""

    WRITES = False

    def __init__(self, title: Sentence, name: str, write: Write, intro: Sentence) -> None:
        """`name` is what the file's name begins with; `write` runs in the store's thread."""
        self._agreed: Path | None = None

        def do(act: Act, values: Values) -> Sentence:
            del act
            path: Path = values["file"]
            return write(path, path == self._agreed)

        super().__init__(title, [FileField("file", say("File"), value=name)], do, act=say("Write"), intro=intro)

    def act(self) -> Act:
        """Give whoever sits here: a file for others changes nothing, so it may be of the past, and of nobody."""
        room = self.duty_app.room
        return Act(person=room.person or SYSTEM, terminal=room.terminal)

    def asks_after(self, error: FloodreadyError) -> bool:
        if not isinstance(error, FileIsThere):
            return False
        there = error.path

        def go_on(answer: bool | None) -> None:
            if answer:
                self._agreed = there
                self.submit()

        question = Confirm(self.title_words, error.is_there, act=say("Write over it"), keep=say("Another name"))
        self.app.push_screen(question, go_on)
        return True


def write_form(words: Sentence, name: str, made: Paper) -> Form:
    """Give the window for a paper, with a name for its file to begin with; `.html` makes a printable page."""

    def write(path: Path, overwrite: bool) -> Sentence:
        write_out(path, as_file(made, path.name).encode(), overwrite=overwrite)
        return say("Written: {file}", file=verbatim(str(path.resolve())))

    intro = say("A name ending in .html makes a printable page, any other Markdown.")
    return FileForm(say("Write: {paper}", paper=words), name, write, intro)
