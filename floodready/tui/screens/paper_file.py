"""The window that writes a paper to a file: a name ending in .html makes a printable page, any other Markdown."""

from __future__ import annotations

from floodready.exchange.paper import Paper, as_file
from floodready.language import Sentence, say, verbatim
from floodready.refusal import Refused
from floodready.store.contract import Act
from floodready.tui.screens.form import Form, Values
from floodready.tui.widgets.fields import FileField


def write_form(words: Sentence, name: str, made: Paper) -> Form:
    """Give the window for a paper, with a name for its file to begin with."""

    def do(act: Act, values: Values) -> Sentence:
        del act
        path = values["file"]
        try:
            path.write_text(as_file(made, path.name), encoding="utf-8")
        except OSError as error:
            raise Refused(
                say(
                    "{file} cannot be written: {cause}.", file=verbatim(str(path)), cause=verbatim(error.strerror or "")
                )
            ) from error
        return say("Written: {file}", file=verbatim(str(path.resolve())))

    intro = say("A name ending in .html makes a printable page, any other Markdown.")
    fields = [FileField("file", say("File"), value=name)]
    return Form(say("Write: {paper}", paper=words), fields, do, act=say("Write"), intro=intro)
