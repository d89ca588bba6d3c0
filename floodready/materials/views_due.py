"""What is due in stock, worded: issue papers to complete and file, acceptance reports, places to count."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from floodready.clock import end_of, local_day, read_instant
from floodready.frozen import frozen
from floodready.language import Sentence, say
from floodready.materials.count_due import CountCause, next_count
from floodready.materials.models import Item, Movement, MovementKind, Place
from floodready.materials.models_papers import Delivery, IssuePaper
from floodready.materials.places import place_told, unit_of
from floodready.materials.projections import Balances
from floodready.materials.views import not_taken_back, open_papers, settings_of, told
from floodready.organisation.models import Unit
from floodready.organisation.tree import parents_of
from floodready.season.models import Season
from floodready.season.seasons import seasons_of
from floodready.store.contract import View


class PaperTask(StrEnum):
    """What is still to be done with a paper."""

    COMPLETE = "complete"
    FILE = "file"
    REPORT = "report acceptance"

    @property
    def word(self) -> Sentence:
        """The task in the reader's language."""
        return _TASKS[self]


_TASKS = {
    PaperTask.COMPLETE: say("complete the issue paper"),
    PaperTask.FILE: say("file the issue paper"),
    PaperTask.REPORT: say("report the acceptance"),
}


@frozen
class PaperDue:
    """A paper that waits for somebody, with its clock. `missing` names the fields or checks that are still empty."""

    id: str
    task: PaperTask
    item: str
    told: str
    place: str
    place_told: Sentence
    due_at: datetime
    missing: tuple[str, ...]


@frozen
class PlaceDue:
    """A place with stock, when it was really counted last, and the last day for its next count."""

    place: str
    name: str
    lots: int
    never_counted: int
    """Lots in it that no count has ever seen."""
    last_on: date | None
    """The day of its oldest count; None where a lot was never counted."""
    due_on: date | None
    cause: CountCause
    overdue: bool


def papers_due(view: View, zone: ZoneInfo) -> list[PaperDue]:
    """Give every paper that waits, the most urgent first."""
    found = [
        PaperDue(id=row.id, task=PaperTask.COMPLETE, item=row.item, told=row.told, place=row.place,
                 place_told=place_told(view, row.place), due_at=row.due_at, missing=row.missing)
        for row in open_papers(view)
    ]  # fmt: skip
    found += [*_to_file(view, zone), *_to_report(view, zone)]
    return sorted(found, key=lambda row: (row.due_at, row.id))


def places_due(view: View, at: datetime, zone: ZoneInfo) -> list[PlaceDue]:
    """Give every place with stock by the day on which it is due for a count; never counted ones first."""
    today, settings, balances = local_day(at, zone), settings_of(view), view.projection(Balances)
    places = {place.id: place for place in view.all(Place)}
    seasons, parents = list(view.all(Season)), parents_of(view.all(Unit))
    rows = []
    for place in places.values():
        lots = [lot for lot, quantity in balances.by_place.get(place.id, {}).items() if quantity]
        if not lots:
            continue
        counted = [balances.counted.get(lot, {}).get(place.id) for lot in lots]
        days = [local_day(read_instant(seen[0]), zone) for seen in counted if seen is not None]
        last = min(days) if len(days) == len(lots) else None
        unit = unit_of(places, place.id)
        starts = [season.starts_on for season in seasons_of(unit, seasons, parents)] if unit else []
        due = next_count(last, settings.count_days, starts, settings.count_before_season_days)
        rows.append(
            PlaceDue(
                place=place.id, name=place.name, lots=len(lots), never_counted=len(lots) - len(days), last_on=last,
                due_on=due.due_on, cause=due.cause, overdue=due.overdue(today),
            )
        )  # fmt: skip
    return sorted(rows, key=lambda row: (row.due_on or date.min, row.place))


def _to_file(view: View, zone: ZoneInfo) -> Iterator[PaperDue]:
    for paper in view.all(IssuePaper):
        item = view.get(Item, paper.item)
        if paper.completed_at is None or paper.filed_on is not None or paper.file_by is None or item is None:
            continue
        if left := not_taken_back(view, paper.quantity, view.find(Movement, paper=paper.id)):
            yield PaperDue(
                id=paper.id, task=PaperTask.FILE, item=item.name, told=told(item, left), place=paper.place,
                place_told=place_told(view, paper.place), due_at=end_of(paper.file_by, zone), missing=(),
            )  # fmt: skip


def _to_report(view: View, zone: ZoneInfo) -> Iterator[PaperDue]:
    for delivery in view.all(Delivery):
        if delivery.reported_on is not None or delivery.report_due_on is None:
            continue
        receipt = _receipt(view, delivery)
        item = view.get(Item, receipt.item) if receipt else None
        # What was delivered is reported on, whatever has become of it since.
        if receipt is not None and item is not None and not_taken_back(view, receipt.quantity, [receipt]):
            yield PaperDue(
                id=delivery.id, task=PaperTask.REPORT, item=item.name, told=told(item, receipt.quantity),
                place=receipt.target, place_told=place_told(view, receipt.target),
                due_at=end_of(delivery.report_due_on, zone), missing=delivery.unchecked(),
            )  # fmt: skip


def _receipt(view: View, delivery: Delivery) -> Movement | None:
    """Give the movement by which a delivery came in: each is a lot of its own, so its lot was received once."""
    of_lot = view.find(Movement, lot=delivery.lot)
    return next((one for one in of_lot if one.kind is MovementKind.RECEIPT), None)
