"""The journal names what was changed in people's words."""

from __future__ import annotations

import re
from pathlib import Path

import floodready
from floodready.reports.journal_words import DocumentNames
from floodready.season.commands import add_reading
from floodready.store.contract import Change
from floodready.table_words import TABLES, table_word
from tests.season.conftest import MORNING, Room, room

__all__ = ["room"]


def test_every_table_has_a_word_and_every_word_a_table() -> None:
    root = Path(floodready.__file__).parent
    tables = {
        table
        for path in root.rglob("*.py")
        for table in re.findall(r'^    table(?:: ClassVar\[str\])? = "([^"]+)"', path.read_text(), re.MULTILINE)
    }
    assert set(TABLES) == tables


def test_a_reading_is_told_by_its_station_and_found_by_it(room: Room) -> None:
    add_reading(room.store, room.by("li"), station="hyk", measured_at=MORNING, value=3_620_000)
    (change,) = next(room.store.entries_backwards()).changes
    names = DocumentNames(room.store)
    assert str(names.told(change)) == "reading Huayuankou"
    assert names.fits(change, "HUAYUANKOU")
    assert names.fits(change, change.id)
    assert not names.fits(change, "Lanzhou")


def test_of_many_documents_a_few_are_named_and_the_rest_counted(room: Room) -> None:
    changes = [Change(table="season.stations", id=f"s{n}", before=None, after={"name": f"S{n}"}) for n in range(9)]
    told = str(DocumentNames(room.store).all_told(changes))
    assert told == "station S0, station S1, station S2, station S3 and 5 more"


def test_what_nobody_knows_any_more_is_told_by_its_id(room: Room) -> None:
    gone = Change(table="season.readings", id="x@1", before={"station": "x"}, after=None)
    assert str(DocumentNames(room.store).told(gone)) == "reading x@1"
    seat = Change(table="organisation.terminals", id="duty-room", before=None, after={"person": "li"})
    assert str(DocumentNames(None).told(seat)) == "terminal duty-room"
    assert str(table_word("nobody.knows")) == "nobody.knows"
