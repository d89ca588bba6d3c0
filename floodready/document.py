"""Documents: frozen, closed records, checked by pydantic where they come in.

A document class is a frozen dataclass, so that reading, the board and `floodready status` load nothing heavy; its field
types and constraints are pydantic's, and `checked` (which every write of the store passes through) holds a document to
them strictly: no extra field, no coercion, text made safe.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Annotated, Any, ClassVar, Self, TypeVar, dataclass_transform

from floodready.frozen import defaults_of, frozen, is_fresh, replace
from floodready.language import Sentence, say, verbatim
from floodready.refusal import Invalid
from floodready.text import many_lines, one_line

D = TypeVar("D", bound="Document")
AnyClass = TypeVar("AnyClass", bound=type)


class Cleaned:
    """Marks a text field whose content passes through a cleaning function before it is checked."""

    def __init__(self, clean: Callable[[str], str]) -> None:
        self.clean = clean

    def __get_pydantic_core_schema__(self, source: Any, handler: Callable[[Any], Any]) -> Any:
        """Put the cleaning before pydantic's own checks of the field."""
        from pydantic_core import core_schema

        clean = core_schema.no_info_plain_validator_function(self.clean)
        return core_schema.chain_schema([core_schema.str_schema(strict=True), clean, handler(source)])


class Length:
    """Marks how many characters a text may have, both ends inclusive. Not annotated_types': loading it takes long."""

    def __init__(self, least: int, most: int) -> None:
        self.limits = {"min_length": least, "max_length": most}

    def __get_pydantic_core_schema__(self, source: Any, handler: Callable[[Any], Any]) -> Any:
        """Hold the text to it."""
        return {**handler(source), **self.limits}


class Within:
    """Marks how large a whole number may be, both ends inclusive; by itself as large as the journal can write."""

    def __init__(self, least: int, most: int = 2**63 - 1) -> None:
        self.limits = {"ge": least, "le": most}

    def __get_pydantic_core_schema__(self, source: Any, handler: Callable[[Any], Any]) -> Any:
        """Hold the number to it."""
        return {**handler(source), **self.limits}


Line = Annotated[str, Length(0, 400), Cleaned(one_line)]
"""One line of people's text; may be empty."""
Name = Annotated[str, Length(1, 120), Cleaned(one_line)]
"""One line that must say something."""
Note = Annotated[str, Length(0, 8000), Cleaned(many_lines)]
"""People's text that may have several lines; may be empty."""
Code = Annotated[str, Length(1, 64), Cleaned(one_line)]
"""A code or identifier: one line, never interpreted."""
Natural = Annotated[int, Within(0)]
Positive = Annotated[int, Within(1)]


@dataclass_transform(frozen_default=True, kw_only_default=True)
def record(cls: AnyClass) -> AnyClass:
    """Make a class a frozen record checked like a document: for documents and for the values inside them.

    Raises TypeError for a default that is made for each instance: what is written leaves the fields out that have their
    default, and would have another one each time it is read or looked up.
    """
    made = frozen(cls)
    for name, default in defaults_of(made).items():
        if is_fresh(default):
            raise TypeError(f"{cls.__qualname__}.{name}: the default of a record's field is a value, not a factory")
    made.__pydantic_config__ = {  # type: ignore[attr-defined] # pydantic's own hook for plain dataclasses
        "extra": "forbid",
        "strict": True,
        "revalidate_instances": "always",
    }
    return made


@record
class Document:
    """What all documents have: an id that is unique in its table and never reused."""

    id: Code

    table: ClassVar[str]
    """The table the documents of this class stand in."""
    indexes: ClassVar[tuple[str, ...]] = ()
    """Fields that `View.find` looks up without a scan."""

    def changed(self, **values: Any) -> Self:
        """Give a copy with some fields replaced, checked. Raises Invalid."""
        return checked(replace(self, **values))

    def problems(self) -> Iterable[tuple[str, Sentence]]:
        """Name what is wrong between fields, as (field, sentence); each field alone has passed already."""
        return ()


def checked(document: D) -> D:
    """Hold a document to its field types and to its own `problems`; give it with text made safe. Raises Invalid."""
    hashable: Any = type(document)
    return build(type(document), {name: getattr(document, name) for name in _field_names(hashable)})


def build(cls: type[D], values: Mapping[str, Any]) -> D:
    """Make a document from field values, checked. Raises Invalid, naming every field that is wrong."""
    hashable: Any = cls
    document: D = object.__new__(cls)
    try:
        _validated(hashable)(values, document)
    except _validation_error() as error:
        found = {_field(detail["loc"]): _sentence(detail) for detail in error.errors(include_url=False)}
        raise invalid(cls, found) from error
    if found := dict(document.problems()):
        raise invalid(cls, found)
    return document


def problems_of(cls: type[D], values: Mapping[str, Any]) -> dict[str, Sentence]:
    """Name what is wrong with field values, by field, without raising: for forms that check as one types."""
    try:
        build(cls, values)
    except Invalid as error:
        return error.problems
    return {}


def invalid(cls: type[Document], problems: dict[str, Sentence]) -> Invalid:
    """Make the error that names each wrong field, in the words that people have for it."""
    from floodready.field_words import problems_told  # no reading needs the words of all fields

    return Invalid(problems_told(cls.table, problems), problems, cls.table)


@cache
def _field_names(cls: Any) -> tuple[str, ...]:
    return tuple(defaults_of(cls))


@cache
def _validated(cls: Any) -> Callable[[Mapping[str, Any], Any], object]:
    """Give what fills an empty document of a class with values, or raises pydantic's ValidationError."""
    from pydantic import TypeAdapter  # loaded only when something is written
    from pydantic_core import ArgsKwargs

    validate = TypeAdapter(cls).validator.validate_python
    return lambda values, document: validate(ArgsKwargs((), dict(values)), self_instance=document)


@cache
def _validation_error() -> Any:
    from pydantic import ValidationError

    return ValidationError


def _field(location: tuple[int | str, ...]) -> str:
    return str(location[0]) if location else ""


def _sentence(detail: Mapping[str, Any]) -> Sentence:
    context = detail.get("ctx", {})
    if detail.get("input") is None:
        return say("must not be empty")
    match detail["type"]:
        case "missing" | "string_too_short":
            return say("must not be empty")
        case "string_too_long":
            return say("is longer than {limit} characters", limit=context["max_length"])
        case "greater_than_equal":
            return say("must be {limit} or more", limit=context["ge"])
        case "less_than_equal":
            return say("must be {limit} or less", limit=context["le"])
        case "int_type":
            return say("must be a whole number")
        case "date_type":
            return say("must be a date, like 2026-07-01")
        case "datetime_type":
            return say("must be a date and time with its zone")
        case "unexpected_keyword_argument":
            return say("is not a field of this record")
        case _:
            return say("cannot be {value}", value=verbatim(str(detail.get("input"))[:80]))
