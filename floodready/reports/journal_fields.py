"""A whole journal entry as people read it: every field of its documents, before and after, the changed ones first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from floodready.codec import encode, names_and_defaults, type_hints
from floodready.field_words import field_word
from floodready.frozen import REQUIRED, frozen_in_order
from floodready.language import Sentence, say_many, verbatim
from floodready.organisation.secrecy import without_secrets
from floodready.reports.document_kinds import document_kind
from floodready.reports.named_fields import LIKE
from floodready.reports.value_words import NOTHING, ValueWords, semicolons
from floodready.store.contract import Change, Raw, View

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

Row = tuple[Any, Any]


@frozen_in_order
class FieldTold:
    """One field of a document of an entry, before and after."""

    document: Sentence
    """What people call the document."""
    stored: str
    """Table and id."""
    name: str
    """As the document calls the field."""
    word: Sentence
    """What people call it."""
    before: Sentence
    """Of a list, and of a record in a document, only what is no longer so."""
    after: Sentence
    """Of a list, and of a record in a document, only what is new."""
    changed: bool


def fields_told(view: View, zone: ZoneInfo, changes: Iterable[Change], *, whole: bool = False) -> Iterator[FieldTold]:
    """Word the fields that an entry changed, document by document; `whole` adds those that stayed, below the others.

    Names are those of `view`, times those of `zone`. A field that the journal leaves out has the value that nobody
    needs to say: it is told too.
    """
    words = ValueWords(view, zone)
    for change in changes:
        shown = without_secrets(change)
        names = list({**(change.before or {}), **(change.after or {})})
        moved = [name for name in names if (change.before or {}).get(name) != (change.after or {}).get(name)]
        document, stored = words.names.told(change), f"{change.table} {change.id}"
        stayed = [name for name in names if name not in moved] if whole else []
        for name in (*moved, *stayed):
            before, after = _told(words, shown, name)
            word = field_word(change.table, name)
            yield FieldTold(document, stored, name, word, before, after, name in moved)


def _told(words: ValueWords, change: Change, name: str) -> tuple[Sentence, Sentence]:
    """Word a field before and after: what differs between them where both are long."""
    kind: Any = document_kind(change.table)
    hint = type_hints(kind).get(name, str) if kind is not None else str
    held, kept = (_value(kind, image, name) for image in (change.before, change.after))
    parted, rest, same = _apart(held, kept)

    def told(value: Any, image: Raw | None) -> Sentence:
        return (
            words.told(hint, value, LIKE.get(f"{change.table}.{name}", name), (image or {},))
            if image is not None
            else verbatim("")
        )

    before, after = told(parted, change.before), told(rest, change.after)
    if same:
        unchanged = say_many("{count} as before", "{count} as before", same)
        after = unchanged if after == NOTHING else semicolons([after, unchanged])
    if held != kept and str(before) == str(after):
        # Seconds, or a name that two have: told alike, they would be no change.
        return verbatim(str(held)), verbatim(str(kept))
    return before, after


def _value(kind: Any, image: Raw | None, name: str) -> Any:
    """Give a field's stored value, or the one it has where nothing was said."""
    if image is None or name in image or kind is None:
        return None if image is None else image.get(name)
    default = dict(names_and_defaults(kind)).get(name)
    return None if default is REQUIRED else encode(default)


def _apart(before: Any, after: Any) -> tuple[Any, Any, int]:
    """Give what two lists or records do not share, and how many members of a list they do; other values whole."""
    if isinstance(before, dict) and isinstance(after, dict):
        lost = {name: value for name, value in before.items() if value != after.get(name)}
        return lost, {name: value for name, value in after.items() if value != before.get(name)}, 0
    if isinstance(before, list) and isinstance(after, list):
        held, kept = ({repr(one) for one in side} for side in (before, after))
        gone = [one for one in before if repr(one) not in kept]
        new = [one for one in after if repr(one) not in held]
        if gone or new:
            return gone, new, len(after) - len(new)
    return before, after, 0
