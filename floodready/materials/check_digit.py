"""The check character of labels: ISO/IEC 7064 MOD 37,36 over 0-9 and A-Z; hyphens do not count."""

from __future__ import annotations

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def check_character(text: str) -> str:
    """Give the check character of a payload. Raises ValueError for characters outside 0-9, A-Z and hyphen."""
    carry = 36
    for char in text.replace("-", ""):
        total = (carry + ALPHABET.index(char)) % 36 or 36
        carry = total * 2 % 37
    return ALPHABET[(37 - carry) % 36]


def with_check(text: str) -> str:
    """Give a payload with its check character behind a hyphen."""
    return f"{text}-{check_character(text)}"


def without_check(payload: str) -> str | None:
    """Give what a payload says; None where its check character does not fit it."""
    text, hyphen, check = payload.rpartition("-")
    if not hyphen or not text or any(char not in ALPHABET + "-" for char in text):
        return None
    return text if check_character(text) == check else None
