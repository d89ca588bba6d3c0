"""The clocks of stock beside its open papers, for the board: filing, acceptance reports, places due for a count."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from floodready.language import say, say_many, verbatim
from floodready.materials.models_papers import Delivery, IssuePaper
from floodready.materials.views import open_papers, place_names
from floodready.materials.views_due import PaperTask, papers_due, places_due
from floodready.store.contract import View
from floodready.tui.board_panels import Note
from floodready.tui.theme import Tone


def due_clocks(view: View, at: datetime, zone: ZoneInfo) -> Iterator[Note]:
    """Give the papers to file, the deliveries to report on, and how many places are overdue for a count."""
    names = place_names(view)
    for row in papers_due(view, zone):
        if row.task is not PaperTask.COMPLETE:
            table = IssuePaper.table if row.task is PaperTask.FILE else Delivery.table
            yield Note(
                text=say("{task} {paper}: {quantity} {item} in {place}", task=row.task.word, paper=row.id,
                         quantity=row.told, item=verbatim(row.item), place=verbatim(names.get(row.place, row.place))),
                tone=Tone.BAD if row.due_at <= at else Tone.WATCH, opens=(table, row.id), due_at=row.due_at,
            )  # fmt: skip
    if overdue := sum(row.overdue for row in places_due(view, at, zone)):
        yield Note(text=say_many("{count} place is overdue for a count", "{count} places are overdue for a count",
                                 overdue), tone=Tone.WATCH)  # fmt: skip


def paper_clocks(view: View, at: datetime, zone: ZoneInfo) -> Iterator[Note]:
    """Give the papers that are not complete."""
    del at, zone
    for row in open_papers(view):
        yield Note(
            text=say("paper {paper}: {quantity} {item} from {place}", paper=row.id, quantity=row.told,
                     item=verbatim(row.item), place=verbatim(place_names(view).get(row.place, row.place))),
            tone=Tone.WATCH, opens=("materials.issue_papers", row.id), due_at=row.due_at,
        )  # fmt: skip
