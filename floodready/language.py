"""Sentences for people, kept apart from the language they are read in.

A `Sentence` is a whole template with its values. It is translated when it is shown, so one store, one journal and one
screen serve English and Chinese at once, and the language can be switched while the program runs. Babel extracts the
templates from the calls of `say`, `say_as` and `say_many`.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from floodready.chosen import language_of
from floodready.frozen import frozen_in_order

if TYPE_CHECKING:
    from gettext import NullTranslations

LANGUAGES: Mapping[str, str] = {"en": "English", "zh_CN": "简体中文"}

_current = "en"
_asked_for = False


@frozen_in_order
class Sentence:
    """A template with its values; values may be sentences themselves."""

    template: str
    values: tuple[tuple[str, Any], ...] = ()
    plural: str | None = None
    """The template for any other number than one; the number is the value `count`."""
    meaning: str | None = None
    """Which of its meanings an ambiguous English word has here: what gettext calls the context."""

    def __str__(self) -> str:
        values = dict(self.values)
        template = _translate(self, values.get("count"))
        # format_map reads only the template's own braces: braces in values stay as typed.
        return template.format_map({name: _shown(value) for name, value in values.items()})

    def to_json(self) -> dict[str, Any]:
        """Give the sentence in the form in which the journal keeps it."""
        told = {name: value.to_json() if isinstance(value, Sentence) else value for name, value in self.values}
        many = {"many": self.plural} if self.plural else {}
        return {"say": self.template, "with": told, **many, **({"as": self.meaning} if self.meaning else {})}

    @classmethod
    def from_json(cls, raw: Mapping[str, Any]) -> Sentence:
        """Read back what `to_json` gave."""
        values = {
            name: cls.from_json(value) if isinstance(value, dict) and "say" in value else value
            for name, value in raw["with"].items()
        }
        return cls(raw["say"], tuple(values.items()), raw.get("many"), raw.get("as"))


def say(template: str, **values: Any) -> Sentence:
    """Make a sentence. The template is English, whole, with named places: never glue sentences from pieces."""
    return Sentence(template, tuple(values.items()))


def say_as(meaning: str, template: str, **values: Any) -> Sentence:
    """Make a sentence whose English says several things: a heading “From” above times, and above senders.

    `meaning` tells translators which one this is; nobody else reads it.
    """
    return Sentence(template, tuple(values.items()), meaning=meaning)


def say_many(one: str, many: str, count: int, **values: Any) -> Sentence:
    """Make a sentence that differs for one and for many; `{count}` is the number."""
    return Sentence(one, (("count", count), *values.items()), many)


def verbatim(text: str) -> Sentence:
    """Wrap text that is no sentence of ours (a name, a figure, a person's words); it is never translated."""
    return Sentence("{text}", (("text", text),))


def listed(sentences: Sequence[Sentence]) -> Sentence:
    """Join sentences, one at least, to a list in the reader's language."""
    joined = sentences[0]
    for sentence in sentences[1:]:
        joined = say("{first}, {then}", first=joined, then=sentence)
    return joined


def languages_told() -> Sentence:
    """Name the languages there are, each with its code."""
    return verbatim(", ".join(f"{code} ({name})" for code, name in LANGUAGES.items()))


def use_language(code: str | None) -> str:
    """Choose the language of all sentences from now on and return it; unknown codes give English.

    `None` asks the environment: FLOODREADY_LANG, then LC_ALL, LC_MESSAGES and LANG.
    """
    global _current, _asked_for
    _current = language_of(code)
    _asked_for = bool(code or os.environ.get("FLOODREADY_LANG"))
    return _current


def language_is_asked_for() -> bool:
    """Tell whether the language was named, by option or FLOODREADY_LANG, and not only taken from the surroundings."""
    return _asked_for


def current_language() -> str:
    """Tell the language now chosen: `en` or `zh_CN`."""
    return _current


def _shown(value: Any) -> Any:
    return str(value) if isinstance(value, Sentence) else value


def _translate(said: Sentence, count: int | None) -> str:
    if _current == "en":
        return said.template if said.plural is None or count == 1 else said.plural
    catalogue = _catalogue(_current)
    if said.plural is not None:
        return catalogue.ngettext(said.template, said.plural, count or 0)
    return catalogue.gettext(said.template) if said.meaning is None else catalogue.pgettext(said.meaning, said.template)


@cache
def _catalogue(language: str) -> NullTranslations:
    # English needs no catalogue, and most starts are quick commands: gettext is loaded when first asked.
    from gettext import translation

    folder = Path(__file__).with_name("locale")
    return translation("floodready", folder, languages=[language], fallback=True)
