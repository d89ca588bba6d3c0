"""Text from people, made safe once at the border: it is data, never markup, escape sequence or formula."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_DIRECTION = {chr(point) for point in (*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F)}
_NUMBER = re.compile("[0-9]+")
_DIGITS = 12
"""Of the largest number in a name whose value counts in sorting."""


def one_line(text: str) -> str:
    """Make one safe line: no controls, no terminal escapes, no direction overrides, spaces folded, NFC."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip(" ")
    return " ".join(_safe(text).split())


def many_lines(text: str) -> str:
    """Make safe text that keeps its line breaks; trailing spaces and outer empty lines go."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(_safe(line).rstrip() for line in lines).strip("\n")


def shortened(text: str, length: int) -> str:
    """Give a text as one line of so many characters at most; `…` tells that there is more."""
    line = one_line(text)
    return line if len(line) <= length else line[: length - 1].rstrip() + "…"


def folded(text: str) -> str:
    """Give the form in which text is matched: full-width folded (NFKC), case folded, spaces folded."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


@lru_cache(maxsize=1 << 13)
def alphabetical(text: str) -> bytes:
    """Give what names are sorted by: numbers by their value, Latin letters whatever their case, Chinese by sound.

    GB/T 2312 has its 3,755 everyday characters in the order of their sounds; the rarer ones follow by radical.
    """
    return _NUMBER.sub(_padded, folded(text)).encode("gb18030", "replace")


def _padded(number: re.Match[str]) -> str:
    return number[0].zfill(_DIGITS)


def _safe(text: str) -> str:
    if text.isprintable() and unicodedata.is_normalized("NFC", text):
        return text  # nothing printable is a control, a direction or another space than " "
    spaced = (" " if char.isspace() else char for char in text)
    kept = (c for c in spaced if unicodedata.category(c) not in {"Cc", "Cs"} and c not in _DIRECTION)
    return unicodedata.normalize("NFC", "".join(kept))
