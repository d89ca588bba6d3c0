"""What was typed in a form that came too late is kept until that form is opened again, on what stands there then.

A form holds what it was opened on, so that a change somebody else made meanwhile is not written over. Refused for that,
it could not be repeated: whoever looked again, as the refusal asks, had to type everything anew.
"""

from __future__ import annotations

from collections.abc import Sequence

from floodready.language import Sentence
from floodready.tui.widgets.field import Field

_Key = tuple[str | None, Sentence, tuple[str, ...]]


class KeptTyping:
    """The typed texts of forms that came too late at one terminal, by who typed, the form's title and its fields."""

    def __init__(self) -> None:
        self._texts: dict[_Key, dict[str, str]] = {}

    def keep(self, person: str | None, title: Sentence, fields: Sequence[Field]) -> bool:
        """Keep what is typed in a form that is left; tells whether there was anything. A PIN is never kept."""
        typed = {field.field_name: field.text for field in fields if field.KEPT and field.changed}
        if typed:
            self._texts[_key(person, title, fields)] = typed
        return bool(typed)

    def give_back(self, person: str | None, title: Sentence, fields: Sequence[Field]) -> bool:
        """Put what was kept into the same form, opened again; tells whether there was anything.

        What was not typed in stays as it stands now.
        """
        typed = self._texts.pop(_key(person, title, fields), {})
        for field in fields:
            if field.field_name in typed:
                field.text = typed[field.field_name]
        return bool(typed)


def _key(person: str | None, title: Sentence, fields: Sequence[Field]) -> _Key:
    return person, title, tuple(field.field_name for field in fields)
