"""What the filter means: words that must all be there, `field:value` for one column, `!word` for what must not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from floodready.text import folded
from floodready.tui.by_sound import may_be_sound


class Term(NamedTuple):
    """One word of a filter."""

    column: str | None
    """Id of the column it looks in; None for all."""
    needle: str
    """Folded."""
    wanted: bool


def understood(text: str, columns: Mapping[str, str]) -> tuple[Term, ...]:
    """Read a filter; `columns` gives each column's id by its id and by its heading, both folded.

    A word before a colon that names no column is a part of what is looked for (a time is `08:30`).
    """
    return tuple(_term(word, columns) for word in folded(text).split() if word.strip("!"))


def is_narrower(terms: tuple[Term, ...], before: tuple[Term, ...]) -> bool:
    """Tell whether every row that fits `terms` surely fits those before too, as when one types on."""
    return all(any(_implies(term, wider) for term in terms) for wider in before)


def _implies(term: Term, wider: Term) -> bool:
    same_place = (term.column, term.wanted) == (wider.column, wider.wanted)
    one, other = (wider.needle, term.needle) if wider.wanted else (term.needle, wider.needle)
    # What sounds like the end of what is typed need not be among what sounds like all of it.
    return same_place and (other.startswith(one) if may_be_sound(one) else one in other)


def _term(word: str, columns: Mapping[str, str]) -> Term:
    wanted = not word.startswith("!")
    word = word.lstrip("!")
    field, colon, value = word.partition(":")
    if colon and field in columns:
        return Term(columns[field], value, wanted)
    return Term(None, word, wanted)
