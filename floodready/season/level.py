"""Response levels (应急响应) I to IV and their order; I is the highest."""

from __future__ import annotations

from enum import StrEnum

from floodready.language import Sentence, say


class Level(StrEnum):
    """A response level. Where no level is in force, code says None."""

    IV = "IV"
    III = "III"
    II = "II"
    I = "I"  # noqa: E741 - the level's own name

    @property
    def rank(self) -> int:
        """1 for IV up to 4 for I; compare levels by it, with 0 for none."""
        return _RANKS[self]

    @property
    def word(self) -> Sentence:
        """The level in the reader's language."""
        return _WORDS[self]


_WORDS = {
    Level.IV: say("level IV"),
    Level.III: say("level III"),
    Level.II: say("level II"),
    Level.I: say("level I"),
}
_RANKS = {level: place for place, level in enumerate(Level, 1)}


def rank(level: Level | None) -> int:
    """Give the rank of a level, 0 for none."""
    return 0 if level is None else level.rank


def level_word(level: Level | None) -> Sentence:
    """Name a level, or none, in the reader's language."""
    return say("no response level") if level is None else level.word


def highest(*levels: Level | None) -> Level | None:
    """Give the highest of some levels; None where there is none."""
    return max(levels, key=rank, default=None)
