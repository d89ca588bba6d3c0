"""Values of documents as people read them: local times, words for states, names with their codes, figures with units.

What a value is follows from the type its field declares and from the field's name: a `Code` in `written_by` names a
person, a whole number in `rest_hours` counts hours. Whatever fits no type (an older program wrote it) stays as it is.
"""

from __future__ import annotations

import types
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from enum import Enum
from typing import TYPE_CHECKING, Annotated, Any, Union, get_args, get_origin

from floodready.clock import local_time, read_instant
from floodready.codec import type_hints
from floodready.document import Code
from floodready.drills import words as drill_words
from floodready.drills.models import Content, DrillState, Form, InjectKind, InjectStatus, Purpose, Rhythm, Role
from floodready.drills.run_models import Answer, Element, Finding, Rating
from floodready.frozen import is_dataclass
from floodready.language import Sentence, listed, say, verbatim
from floodready.materials.models import Importance
from floodready.materials.places import is_virtual, place_told
from floodready.organisation.models import Person
from floodready.reports.document_kinds import document_kind
from floodready.reports.figure_words import Around, figure_told
from floodready.reports.journal_words import DocumentNames
from floodready.reports.named_fields import LEVELS, NAMED_OR_TYPED, PLACES, kinds_named
from floodready.reports.part_words import part_word
from floodready.season.level import Level
from floodready.store.contract import SYSTEM
from floodready.table_words import table_word

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from floodready.store.contract import View

NOTHING = verbatim("–")
"""Stands where a field says nothing."""
ENUM_WORDS: Mapping[type[Enum], Mapping[Any, Sentence]] = {
    Answer: drill_words.ANSWER,
    Content: drill_words.CONTENT,
    DrillState: drill_words.DRILL_STATE,
    Element: drill_words.ELEMENT,
    Finding: drill_words.FINDING,
    Form: drill_words.FORM,
    InjectKind: drill_words.INJECT_KIND,
    InjectStatus: drill_words.INJECT_STATUS,
    Purpose: drill_words.PURPOSE,
    Rating: drill_words.RATING,
    Rhythm: drill_words.RHYTHM,
    Role: drill_words.ROLE,
    Importance: {one: verbatim(one.value) for one in Importance},
}
"""Words of enumerations that have none of their own."""
YES_AND_NO: Mapping[str, tuple[Sentence, Sentence]] = {
    "blind": (say("hidden: a blind count"), say("shown")),
    "passed": (say("passed"), say("failed")),
}
"""What true and false are called, where it is not yes and no."""


class ValueWords:
    """Words values by the documents of a view, in a zone; whatever many of them name is looked up once."""

    def __init__(self, view: View, zone: ZoneInfo) -> None:
        self._view = view
        self._zone = zone
        self.names = DocumentNames(view)

    def told(self, hint: Any, raw: Any, field: str, around: Around) -> Sentence:
        """Say a stored value of a declared type; `around` is what it stands in, the innermost first."""
        if raw is None or raw in ("", [], {}):
            return NOTHING
        try:
            return self._told(hint, raw, field, around)
        except (ValueError, TypeError, KeyError, AttributeError):
            return verbatim(str(raw))

    def _told(self, hint: Any, raw: Any, field: str, around: Around) -> Sentence:
        if hint == Code:
            return self._named(raw, field)
        origin, args = get_origin(hint), get_args(hint)
        if origin is Annotated:
            return self._told(args[0], raw, field, around)
        if origin in (Union, types.UnionType):
            return self._told(next(arg for arg in args if arg is not types.NoneType), raw, field, around)
        if origin is tuple:
            items = [self.told(args[0], item, field, around) for item in raw]
            return semicolons(items) if _is_record(args[0]) else listed(items)
        if _is_record(hint):
            return self._record(hint, raw, around)
        return self._plain(hint, raw, field, around)

    def _plain(self, hint: type[Any], raw: Any, field: str, around: Around) -> Sentence:
        if issubclass(hint, str) and field in NAMED_OR_TYPED:
            return self._named(raw, field)
        if issubclass(hint, str) and field == "source_ref":
            return self._referred(raw)
        if issubclass(hint, bool):
            yes, no = YES_AND_NO.get(field, (say("yes"), say("no")))
            return yes if raw else no
        if issubclass(hint, Enum):
            value: Any = hint(raw)
            words = ENUM_WORDS.get(hint)
            word: Sentence = value.word if words is None else words[value]
            return word
        if issubclass(hint, datetime):
            return verbatim(local_time(read_instant(raw), self._zone))
        if issubclass(hint, time):
            return verbatim(time.fromisoformat(raw).isoformat("minutes"))
        if issubclass(hint, int):
            return figure_told(self._view, raw, field, around)
        return verbatim(str(date.fromisoformat(raw)) if issubclass(hint, date) else str(raw))

    def _record(self, kind: Any, raw: Mapping[str, Any], around: Around) -> Sentence:
        hints, inside = type_hints(kind), (raw, *around)
        told = listed([
            say("{field}: {value}", field=part_word(kind.__name__, name),
                value=self.told(hints.get(name, str), value, name, inside))
            for name, value in raw.items()
        ])  # fmt: skip
        # A record in a record: its commas are not those of the outer one.
        return say("({record})", record=told) if len(around) > 1 else told

    def _referred(self, source: str) -> Sentence:
        """Name the document a record comes from; the number of somebody's paper stays as typed."""
        table, _, id = source.partition("/")
        kind = document_kind(table)
        if kind is None or self._view.get(kind, id) is None:
            return verbatim(source)
        name = verbatim(self.names.name_of((kind,), id) or id)
        return say("{document} ({stored})", document=say("{kind} {name}", kind=table_word(table), name=name),
                   stored=verbatim(source))  # fmt: skip

    def _named(self, code: str, field: str) -> Sentence:
        if code == SYSTEM and Person in kinds_named(field):
            return say("the program")
        if field in LEVELS:
            return Level(code).word
        if field in PLACES:
            name = place_told(self._view, code)
            if is_virtual(code) and "/" not in code:
                return name
        else:
            name = verbatim(self.names.name_of(kinds_named(field), code) or code)
        return verbatim(code) if str(name) == code else say("{name} ({code})", name=name, code=verbatim(code))


def _is_record(hint: Any) -> bool:
    return isinstance(hint, type) and is_dataclass(hint)


def semicolons(sentences: Sequence[Sentence]) -> Sentence:
    """Join sentences, one at least, that have commas of their own."""
    whole = sentences[0]
    for one in sentences[1:]:
        whole = say("{first}; {then}", first=whole, then=one)
    return whole
