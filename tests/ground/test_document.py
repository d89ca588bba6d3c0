from __future__ import annotations

import pickle
from copy import deepcopy
from dataclasses import FrozenInstanceError, replace
from datetime import UTC, date, datetime
from enum import StrEnum

import pytest

from floodready.codec import decode, encode
from floodready.document import Document, Line, Name, Natural, build, checked, problems_of, record
from floodready.frozen import fresh
from floodready.refusal import Invalid


class Kind(StrEnum):
    OWN = "own"
    SOCIAL = "social"


@record
class Part:
    count: Natural
    seen_at: datetime | None = None


@record
class Lot(Document):
    table = "lots"

    item: Name
    quantity: Natural = 0
    kind: Kind = Kind.OWN
    usable_until: date | None = None
    note: Line = ""
    parts: tuple[Part, ...] = ()


LOT = Lot(
    id="L1",
    item="编织袋",
    quantity=3,
    kind=Kind.SOCIAL,
    usable_until=date(2026, 7, 1),
    parts=(Part(count=1, seen_at=datetime(2026, 7, 1, tzinfo=UTC)),),
)


def test_a_document_comes_back_from_the_journal_as_it_went_in() -> None:
    assert decode(Lot, encode(LOT)) == LOT
    assert "note" not in encode(LOT)


def test_text_is_made_safe_at_the_border() -> None:
    assert checked(Lot(id="L1", item="a\x1b[2Jb\u202e c\n")).item == "a[2Jb c"


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("quantity", -1, "must be 0 or more"),
        ("quantity", "3", "must be a whole number"),
        ("item", " ", "must not be empty"),
        ("usable_until", "2026-07-01", "must be a date, like 2026-07-01"),
        ("colour", "red", "is not a field of this record"),
    ],
)
def test_a_wrong_field_is_named_with_what_it_needs(field: str, value: object, sentence: str) -> None:
    problems = problems_of(Lot, {"id": "L1", "item": "bag", field: value})
    assert {name: str(said) for name, said in problems.items()} == {field: sentence}


def test_a_changed_copy_is_checked_too() -> None:
    with pytest.raises(Invalid):
        LOT.changed(quantity=-5)
    assert LOT.changed(quantity=5).quantity == 5


def test_a_value_inside_a_document_is_checked_too() -> None:
    with pytest.raises(Invalid):
        build(Lot, {"id": "L1", "item": "bag", "parts": (Part(count=-1),)})


def test_a_record_behaves_as_a_frozen_dataclass() -> None:
    assert LOT == replace(LOT) != replace(LOT, quantity=4)
    assert hash(LOT) == hash(replace(LOT))
    assert repr(LOT.parts[0]) == f"Part(count=1, seen_at={LOT.parts[0].seen_at!r})"
    assert pickle.loads(pickle.dumps(LOT)) == deepcopy(LOT) == LOT
    assert not hasattr(LOT, "__dict__")
    with pytest.raises(FrozenInstanceError):
        LOT.quantity = 1  # type: ignore[misc] # that is what is tested
    with pytest.raises(FrozenInstanceError):
        del LOT.quantity
    with pytest.raises(TypeError, match="other"):
        Lot(id="L1", item="x", other=1)  # type: ignore[call-arg] # that is what is tested
    with pytest.raises(TypeError, match="item"):
        Lot(id="L1")  # type: ignore[call-arg] # that is what is tested


def test_a_default_that_is_made_for_each_document_is_refused_when_its_class_is_made() -> None:
    # A document is written without the fields that have their defaults: read again, it would get another one.
    with pytest.raises(TypeError, match=r"Drawn\.code"):

        @record
        class Drawn(Document):
            code: Line = fresh(factory=str)
