from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from dataclasses import replace as replaced_by_the_standard_library
from importlib import import_module
from pkgutil import walk_packages
from re import sub
from types import ModuleType
from typing import Any, ClassVar, get_type_hints

import pytest

import floodready
from floodready import frozen as ours
from floodready.frozen import EMPTY, _Annotations, fresh, frozen, frozen_in_order, replace


@frozen_in_order
class Span:
    start: int
    end: int = 9
    names: Mapping[str, str] = EMPTY


@frozen
class Base:
    kind: ClassVar[str] = "base"
    id: str
    note: str = ""


@frozen
class Below(Base):
    note: str = "own"
    size: int


def test_a_class_built_in_order_takes_positions_and_names() -> None:
    assert Span(1) == Span(1, 9) == Span(end=9, start=1)
    match Span(1, 2):
        case Span(start, end):
            assert (start, end) == (1, 2)


@pytest.mark.parametrize(
    ("cls", "values", "named"),
    [(Span, (), {}), (Span, (1, 2, {}, 4), {}), (Span, (1,), {"start": 1}), (Span, (1,), {"other": 2}),
     (Below, ("a",), {"size": 1}), (Below, (), {"id": "a"})],
)  # fmt: skip
def test_wrong_arguments_are_refused_by_the_first_instance_as_by_the_hundredth(
    cls: Any, values: tuple[Any, ...], named: dict[str, Any]
) -> None:
    for _ in range(2):
        with pytest.raises(TypeError):
            cls(*values, **named)
        for number in range(100):
            assert (Span(number).start, Below(id="a", size=number).size) == (number, number)


def test_a_class_below_keeps_the_fields_above_it_and_its_own_defaults() -> None:
    made = Below(id="a", size=3)
    assert (made.note, made.kind, vars(Below)["__slots__"]) == ("own", "base", ("size",))
    for copied in (replace, replaced_by_the_standard_library):
        assert copied(made, size=4) == Below(id="a", size=4)
        with pytest.raises(TypeError):
            copied(made, other=4)


@frozen
class Counter:
    name: str = ""
    seen: list[str] = fresh(factory=list)


def test_a_fresh_default_is_made_for_each_instance_the_first_and_the_hundredth() -> None:
    made = [Counter() for _ in range(200)]
    for number, counter in enumerate(made):
        counter.seen.append(str(number))
    assert [counter.seen for counter in made] == [[str(number)] for number in range(200)]
    given = ["given"]
    assert all(Counter(seen=given).seen is given for _ in range(2))
    assert replace(made[3], name="other").seen is made[3].seen
    assert {field.name: field.default_factory for field in fields(Counter)} == {"name": MISSING, "seen": list}


def test_what_is_a_dataclass_is_told_without_the_standard_librarys_table() -> None:
    @dataclass
    class Plain:
        """The standard library's."""

    assert [ours.is_dataclass(cls) for cls in (Below, Plain, str)] == [True, True, False]


def test_the_standard_library_reads_it_as_a_dataclass() -> None:
    assert is_dataclass(Below)
    assert [(field.name, field.default) for field in fields(Below)] == [
        ("id", MISSING), ("note", "own"), ("size", MISSING),
    ]  # fmt: skip
    assert [field.default for field in fields(Span)] == [MISSING, 9, EMPTY]


def _modules_of_models() -> Iterator[ModuleType]:
    for found in walk_packages(floodready.__path__, "floodready."):
        if ".models" in found.name:
            yield import_module(found.name)


def test_annotations_mean_what_typing_reads_in_them() -> None:
    held = {one for module in _modules_of_models() for one in vars(module).values() if isinstance(one, type)}
    made = [one for one in held if isinstance(vars(one).get("__annotations__"), _Annotations)]
    assert len(made) > 50
    for cls in made:
        plain = type(cls.__name__, (), {"__annotations__": dict(cls.__annotations__), "__module__": cls.__module__})
        alone = type(cls.__name__, (), {"__annotations__": cls.__annotations__, "__module__": cls.__module__})
        assert _read(alone) == _read(plain)


def _read(cls: type) -> str:
    try:
        return sub(" at 0x[0-9a-f]+", "", str(get_type_hints(cls, include_extras=True)))
    except NameError as error:  # a name for checkers only
        return str(error)
