"""A journal entry is read in people's words: names, local times, words for states, figures with units."""

from __future__ import annotations

import types
from collections.abc import Iterator
from datetime import timedelta
from enum import Enum
from typing import Annotated, Any, Union, get_args, get_origin
from zoneinfo import ZoneInfo

from floodready.codec import encode, type_hints
from floodready.document import Code, Document
from floodready.field_words import FIELDS
from floodready.frozen import is_dataclass
from floodready.materials.models import Movement
from floodready.organisation.models import Pin, Unit
from floodready.reports.document_kinds import document_kind
from floodready.reports.figure_words import BARE, COUNTED, OF_ITEM, OF_STATION
from floodready.reports.journal_fields import FieldTold, fields_told
from floodready.reports.named_fields import LEVELS, NAMES, OWN, PLACES, kinds_named
from floodready.reports.part_words import PARTS
from floodready.reports.value_words import ENUM_WORDS
from floodready.season.commands import add_reading
from floodready.season.models import Reading
from floodready.store.contract import Change
from tests.ground.test_field_words import documents
from tests.season.conftest import MORNING, Room, room

__all__ = ["room"]

ZONE = ZoneInfo("Asia/Shanghai")


def changed(table: str, before: dict[str, Any] | None, after: dict[str, Any] | None) -> Change:
    return Change(table=table, id="x", before=before, after=after)


def told(room: Room, *changes: Change, whole: bool = False) -> dict[str, FieldTold]:
    return {row.name: row for row in fields_told(room.store, ZONE, changes, whole=whole)}


def test_a_reading_is_told_with_its_station_its_local_time_and_its_unit(room: Room) -> None:
    add_reading(room.store, room.by("li"), station="hyk", measured_at=MORNING, value=3_620_000)
    rows = told(room, *next(room.store.entries_backwards()).changes)
    assert str(rows["station"].after) == "Huayuankou (hyk)"
    assert str(rows["value"].after) == "3,620 m³/s"
    assert str(rows["measured_at"].after) == MORNING.astimezone(ZONE).strftime("%Y-%m-%d %H:%M")
    assert str(rows["value"].before) == ""


def test_only_what_changed_is_told_unless_the_whole_is_asked_for_and_then_first(room: Room) -> None:
    before = {"name": "Old", "kind": "township"}
    change = changed("organisation.units", before, {"name": "Old", "kind": "county", "active": False})
    rows = list(told(room, change).values())
    assert [(row.name, str(row.before), str(row.after)) for row in rows] == [
        ("kind", "township", "county or district"),
        ("active", "yes", "no"),
    ]
    assert [(row.name, row.changed) for row in told(room, change, whole=True).values()] == [
        ("kind", True),
        ("active", True),
        ("name", False),
    ]


def test_of_a_list_only_the_members_that_differ_are_told(room: Room) -> None:
    mobile, radio = {"number": "138", "verified_on": "2026-05-01"}, {"number": "7", "kind": "radio"}
    change = changed("organisation.people", {"phones": [mobile]}, {"phones": [mobile, radio]})
    row = told(room, change)["phones"]
    assert str(row.before) == "–"
    assert str(row.after) == "Number: 7, Kind: radio; 1 as before"


def test_of_a_record_only_the_fields_that_differ_are_told(room: Room) -> None:
    change = changed(
        "rectification.findings",
        {"fixes": {"money": 0, "measures": "m"}},
        {"fixes": {"money": 150, "measures": "m"}},
    )
    row = told(room, change)["fixes"]
    assert (str(row.before), str(row.after)) == ("money: 0 yuan", "money: 1.50 yuan")


def test_times_that_differ_by_seconds_do_not_look_alike(room: Room) -> None:
    change = changed("materials.lots", {"made_at": 1}, None)
    assert str(told(room, change)["made_at"].before) == "1"
    first, then = (encode(MORNING + timedelta(seconds=n)) for n in (1, 2))
    row = told(room, changed("season.readings", {"measured_at": first}, {"measured_at": then}))["measured_at"]
    assert (str(row.before), str(row.after)) == (first, then)


def test_what_another_program_wrote_stays_as_it_is(room: Room) -> None:
    rows = told(room, changed("future.things", None, {"n": 1}), changed(Unit.table, None, {"kind": "empire"}))
    assert str(rows["n"].after) == "1"
    assert str(rows["kind"].after) == "empire"


def test_a_secret_stays_one(room: Room) -> None:
    row = told(room, changed(Pin.table, {"hash": "a"}, {"hash": "b"}))["hash"]
    assert (str(row.before), str(row.after)) == ("•••", "•••")


def test_a_place_of_the_ledger_is_named_though_it_is_none(room: Room) -> None:
    rows = told(room, changed(Movement.table, None, {"source": "supplier", "target": "transit/T-1", "kind": "issue"}))
    assert str(rows["source"].after) == "supplier"
    assert str(rows["target"].after) == "on the way T-1 (transit/T-1)"


def test_every_table_has_its_class() -> None:
    # By name: the class of which `record` made another may still wait to be collected.
    assert {k.table: k.__qualname__ for k in documents()} == {
        k.table: getattr(document_kind(k.table), "__qualname__", "") for k in documents()
    }
    assert document_kind(Reading.table) is Reading


def test_every_code_number_state_and_record_has_words() -> None:
    spots = [spot for kind in documents() for spot in _spots(kind)]
    codes = {name for _, name, hint in spots if hint == Code}
    assert {name for name in codes if not kinds_named(name)} == codes & (OWN | PLACES | LEVELS)
    assert {*NAMES, *OWN, *PLACES, *LEVELS} - {"parent"} <= codes
    numbers = {name for _, name, hint in spots if hint is int}
    counted = {name for name in numbers if any(f"_{word}_" in f"_{name}_" for word in COUNTED)}
    assert numbers == OF_ITEM | OF_STATION | BARE | counted
    states = {hint for _, _, hint in spots if isinstance(hint, type) and issubclass(hint, Enum)}
    assert {state for state in states if hasattr(state, "word")} == states - set(ENUM_WORDS)
    assert all(set(words) == set(state) for state, words in ENUM_WORDS.items())
    of_parts = {(kind.__name__, name) for kind, name, _ in spots if not issubclass(kind, Document)}
    assert {f"{kind}.{name}" for kind, name in of_parts} >= set(PARTS)
    assert {(kind, name) for kind, name in of_parts if f"{kind}.{name}" not in PARTS and name not in FIELDS} == set()


def _spots(kind: Any) -> Iterator[tuple[Any, str, Any]]:
    """Every field of a document and of the records in it, with what its type comes down to."""
    for name, hint in type_hints(kind).items():
        if name in {"table", "indexes"}:
            continue
        for plain in _plain(hint):
            yield kind, name, plain
            if isinstance(plain, type) and is_dataclass(plain):
                yield from _spots(plain)


def _plain(hint: Any) -> Iterator[Any]:
    origin, args = get_origin(hint), get_args(hint)
    if hint == Code:
        yield hint
    elif origin is Annotated:
        yield from _plain(args[0])
    elif origin in (Union, types.UnionType, tuple):
        for arg in args:
            if arg not in (types.NoneType, ...):
                yield from _plain(arg)
    else:
        yield hint
