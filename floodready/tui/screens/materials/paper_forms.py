"""Papers and files out of the stock screens: count sheets, labels, the replenishment list."""

from __future__ import annotations

from pathlib import Path

from floodready.language import Sentence, say, say_many, verbatim
from floodready.materials.models import Item
from floodready.materials.models_counting import CountSession
from floodready.materials.replenishment import Replenishment
from floodready.missing import not_there
from floodready.refusal import Refused
from floodready.tui.room import Room
from floodready.tui.screens.form import Form
from floodready.tui.screens.paper_file import FileForm


def sheet_form(room: Room, session: str) -> Form:
    """Ask where the count sheet is written."""

    def write(path: Path, overwrite: bool) -> Sentence:
        from floodready.exchange.count_sheet import write_count_sheet

        found = room.store.get(CountSession, session)
        if found is None:
            raise Refused(not_there("open count", session))
        write_count_sheet(path, room.store, found, overwrite=overwrite)
        return say_many(
            "Wrote the sheet with {count} line to {file}.",
            "Wrote the sheet with {count} lines to {file}.",
            len(found.sheet),
            file=verbatim(str(path)),
        )

    return FileForm(
        say("Write the count sheet"),
        f"count-{session}.xlsx",
        write,
        say("Numbered lines with an empty box; back here, type the line number, Enter, the figure."),
    )


def label_form(kind: str, id: str, title: Sentence) -> Form:
    """Ask where the label of a lot, place or machine is written."""

    def write(path: Path, overwrite: bool) -> Sentence:
        from floodready.exchange.labels import write_label

        text = write_label(path, kind, id, overwrite=overwrite)
        return say("Written: {file}, {text}", file=verbatim(str(path)), text=text)

    return FileForm(title, f"label-{id}.svg", write, say("A QR code with a check character, as .svg or .png."))


def replenishment_form(rows: list[tuple[Item, Replenishment]]) -> Form:
    """Ask where the replenishment list is written."""

    def write(path: Path, overwrite: bool) -> Sentence:
        from floodready.exchange.replenishment_xlsx import write_replenishment

        needed = [row for _, row in rows]
        write_replenishment(path, needed, {item.id: item for item, _ in rows}, overwrite=overwrite)
        return say_many(
            "Wrote {count} line to {file}.", "Wrote {count} lines to {file}.", len(rows), file=verbatim(str(path))
        )

    return FileForm(
        say("Write the replenishment list"), "replenish.xlsx", write, say("A workbook with last prices and suppliers.")
    )
