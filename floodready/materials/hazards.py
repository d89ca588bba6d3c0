"""What stock hands to rectification: a failed test run, goods that came back damaged."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from floodready.clock import local_day
from floodready.language import Sentence
from floodready.materials.models import Place
from floodready.materials.places import unit_of
from floodready.rectification.commands import open_finding
from floodready.rectification.states import Source
from floodready.store.contract import Transaction


def open_hazard(tx: Transaction, zone: ZoneInfo, place: str, about: str, description: Sentence) -> None:
    """Open a record at the unit whose stock stands at a place; without a unit nobody could answer for it.

    `about` names the document it comes from, as `table/id`.
    """
    places = {one.id: one for one in tx.all(Place)}
    unit = unit_of(places, place)
    if unit is None:
        return
    open_finding.within(
        tx, unit=unit, source=Source.STOCK, description=str(description), found_on=local_day(tx.now, zone), zone=zone,
        place=places[place].name, source_ref=about,
    )  # fmt: skip
