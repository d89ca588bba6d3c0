"""Chinese found by its sound, for who types without an input method: `bzd` or `bianzhidai` finds 编织袋.

Each character is stood for by the whole of one of its readings (in Hanyu Pinyin, without tones) or by a beginning of
it, mostly its first letter; a character with several readings is found by each.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import islice

_LETTERS = re.compile(r"[a-z]+")
_FIRST = {*"abcdefghjklmnopqrstwxyz", "zh", "ch", "sh"}
"""What a character is shortened to."""
_LONGEST = 6
"""Letters of the longest reading, as in zhuang."""
_PARTINGS = 32
"""Ways to part the letters that are tried; names take one to six."""


def may_be_sound(typed: str) -> bool:
    """Tell whether folded text consists of the letters in which sounds are written."""
    return _LETTERS.fullmatch(typed) is not None


def fits(typed: str, characters: Iterable[str]) -> Callable[[str], bool]:
    """Give the test whether a folded text holds what was typed, as it stands or by its sound.

    `characters` are all that occur in the texts that will be tested.
    """
    heard = sound_of(typed, characters)
    if heard is None:
        return lambda text: typed in text
    return lambda text: typed in text or heard.search(text) is not None


def sound_of(typed: str, characters: Iterable[str]) -> re.Pattern[str] | None:
    """Give the pattern of the Chinese among these characters that sounds as typed; None where none can."""
    if not may_be_sound(typed):
        return None
    readings = {character: readings_of(character) for character in sorted(set(characters)) if _is_chinese(character)}
    spoken = {reading for several in readings.values() for reading in several}

    @cache
    def those_of(sound: str) -> str:
        """Give the characters that have a reading which begins so."""
        return "".join(c for c, several in readings.items() if any(one.startswith(sound) for one in several))

    parted = islice(_partings(typed, spoken), _PARTINGS)
    ways = ["".join(f"[{those_of(sound)}]" for sound in sounds) for sounds in parted]
    return re.compile("|".join(ways)) if ways else None


@cache
def readings_of(character: str) -> tuple[str, ...]:
    """Give a character's readings without tones; ü is written v, as on a keyboard."""
    load()
    from pypinyin import Style, pinyin

    return tuple(*pinyin(character, style=Style.NORMAL, heteronym=True, errors="ignore"))


@cache
def load() -> None:
    """Load the readings of characters: once, as that takes a moment. Those of whole phrases are not needed."""
    import os

    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    import pypinyin

    del pypinyin


def _partings(letters: str, spoken: set[str]) -> Iterator[tuple[str, ...]]:
    """Part letters into sounds that are spoken: first letters or whole readings, and at the end any beginning."""
    begins = {reading[:length] for reading in spoken for length in range(1, len(reading) + 1)}
    whole = spoken | (begins & _FIRST)

    @cache
    def lengths(start: int) -> tuple[int, ...]:
        """Give the lengths of a first sound after which the rest can be parted too."""
        rest = letters[start:]
        inner = [n for n in range(min(_LONGEST, len(rest) - 1), 0, -1) if rest[:n] in whole and lengths(start + n)]
        return (*([len(rest)] if rest in begins else []), *inner)

    def parted(start: int) -> Iterator[tuple[str, ...]]:
        for length in lengths(start):
            sound = letters[start : start + length]
            if start + length == len(letters):
                yield (sound,)
            else:
                yield from ((sound, *sounds) for sounds in parted(start + length))

    return parted(0)


def _is_chinese(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff" or character >= "\U00020000"
