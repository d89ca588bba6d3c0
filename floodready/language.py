"""Sentences for people, kept apart from the language they are read in.

A `Sentence` is a whole template with its values. It is translated when it is shown, so one store, one journal and one
screen serve English and Chinese at once, and the language can be switched while the program runs. Babel extracts the
templates from the calls of `say` and `say_many`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from floodready.chosen import language_of

LANGUAGES: Mapping[str, str] = {"en": "English", "zh_CN": "简体中文"}

_current = "en"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A template with its values; values may be sentences themselves."""

    template: str
    values: tuple[tuple[str, Any], ...] = ()
    plural: str | None = None
    """The template for any other number than one; the number is the value `count`."""

    def __str__(self) -> str:
        values = dict(self.values)
        template = _translate(self.template, self.plural, values.get("count"))
        # format_map reads only the template's own braces: braces in values stay as typed.
        return template.format_map({name: _shown(value) for name, value in values.items()})

    def to_json(self) -> dict[str, Any]:
        """Give the sentence in the form in which the journal keeps it."""
        told = {name: value.to_json() if isinstance(value, Sentence) else value for name, value in self.values}
        return {"say": self.template, "with": told, **({"many": self.plural} if self.plural else {})}

    @classmethod
    def from_json(cls, raw: Mapping[str, Any]) -> Sentence:
        """Read back what `to_json` gave."""
        values = {
            name: cls.from_json(value) if isinstance(value, dict) and "say" in value else value
            for name, value in raw["with"].items()
        }
        return cls(raw["say"], tuple(values.items()), raw.get("many"))


def say(template: str, **values: Any) -> Sentence:
    """Make a sentence. The template is English, whole, with named places: never glue sentences from pieces."""
    return Sentence(template, tuple(values.items()))


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


def use_language(code: str | None) -> str:
    """Choose the language of all sentences from now on and return it; unknown codes give English.

    `None` asks the environment: FLOODREADY_LANG, then LC_ALL, LC_MESSAGES and LANG.
    """
    global _current
    _current = language_of(code)
    return _current


def current_language() -> str:
    """Tell the language now chosen: `en` or `zh_CN`."""
    return _current


def _shown(value: Any) -> Any:
    return str(value) if isinstance(value, Sentence) else value


def _translate(template: str, plural: str | None, count: int | None) -> str:
    if _current == "en":
        return template if plural is None or count == 1 else plural
    one, many = _catalogue(_current)
    return one(template) if plural is None else many(template, plural, count or 0)


@cache
def _catalogue(language: str) -> tuple[Callable[[str], str], Callable[[str, str, int], str]]:
    # English needs no catalogue, and most starts are quick commands: gettext is loaded when first asked.
    from gettext import translation

    folder = Path(__file__).with_name("locale")
    found = translation("floodready", folder, languages=[language], fallback=True)
    return found.gettext, found.ngettext
