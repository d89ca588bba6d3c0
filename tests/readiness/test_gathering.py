"""What a source read is touched by every change that turns what it read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, cast

from hypothesis import given
from hypothesis import strategies as st

from floodready.codec import encode
from floodready.document import Document, Line, record
from floodready.organisation.models import Person
from floodready.readiness.gathering import Read, Watched, touched
from floodready.store.contract import Change, View


@record
class Held(Document):
    """Something with fields of each kind that is looked up."""

    table = "test.held"

    unit: Line
    note: Line = ""
    active: bool = True
    closed: bool = False
    count: int = 0


FIELDS: Mapping[str, st.SearchStrategy[Any]] = {
    "unit": st.sampled_from(["A", "B", "", "False"]),
    "note": st.sampled_from(["A", "", "True"]),
    "active": st.booleans(),
    "closed": st.booleans(),
    "count": st.integers(0, 2),
}
documents = st.dictionaries(st.sampled_from("12"), st.fixed_dictionaries(dict(FIELDS)))
equals = st.fixed_dictionaries({}, optional=dict(FIELDS))


class _Documents:
    """A view of a few documents, by plain comparison."""

    def __init__(self, held: Mapping[str, Mapping[str, Any]]) -> None:
        self.held = {id: Held(id=id, **values) for id, values in held.items()}

    def find(self, kind: type[Held], **equal: Any) -> Iterator[Held]:
        return (one for one in self.held.values() if all(getattr(one, name) == value for name, value in equal.items()))


@given(documents, documents, equals)
def test_a_change_that_turns_what_was_found_touches_it(before: Any, after: Any, equal: dict[str, Any]) -> None:
    old, new = _Documents(before), _Documents(after)
    watched = Watched(cast(View, old))
    found = list(watched.find(Held, **equal))
    changes = [_change(id, old.held.get(id), new.held.get(id)) for id in sorted(old.held.keys() | new.held.keys())]
    if found != list(new.find(Held, **equal)):
        assert not touched(one for one in changes if one.before != one.after).isdisjoint(watched.reads)


def _change(id: str, before: Held | None, after: Held | None) -> Change:
    return Change(table=Held.table, id=id, before=encode(before), after=encode(after))


def read_by(**equal: Any) -> set[Read]:
    watched = Watched(cast(View, _Documents({})))
    watched.find(Person, **equal)
    return watched.reads


def test_what_only_looks_at_who_left_is_not_touched_by_a_phone() -> None:
    chen = {"id": "chen", "name": "Chen", "unit": "A"}
    called = Change(table=Person.table, id="chen", before=chen, after={**chen, "note": "called"})
    left = Change(table=Person.table, id="chen", before=chen, after={**chen, "active": False})
    assert touched([called]).isdisjoint(read_by(active=False))
    assert not touched([left]).isdisjoint(read_by(active=False))
    assert not touched([called]).isdisjoint(read_by(active=True))
