"""Quantities as people type and print them, read into whole numbers of an item's smallest unit."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from fractions import Fraction

from floodready.language import say, verbatim
from floodready.quantity import MOST
from floodready.refusal import Refused

# Grouping marks stand before three digits only: 1,5 is a slip or a decimal comma, and never fifteen.
_FACTOR = re.compile(
    r"(?P<number>(?:\d{1,3}(?:[, ]\d{3})+|\d+)(?:\.\d+)?|\.\d+)(?P<myriad>[百千万亿]*)"
    r"(?P<unit>[^\d+*.,]*(?:(?<=[mM])[23])?)"
)
_MYRIADS = {"百": 100, "千": 1_000, "万": 10_000, "亿": 100_000_000}
_VAGUE = ("约", "若干", "左右", "大约", "余", "近", "多", "some", "about")
_LONGEST = 200
"""Characters of a sum; a longer one is a scan gone wrong."""
_METRIC: tuple[Mapping[str, Fraction], ...] = (
    {
        **dict.fromkeys(("kg", "公斤", "千克"), Fraction(1)),
        **dict.fromkeys(("t", "吨"), Fraction(1000)),
        **dict.fromkeys(("g", "克"), Fraction(1, 1000)),
    },
    {**dict.fromkeys(("m", "米", "延米"), Fraction(1)), **dict.fromkeys(("km", "千米", "公里"), Fraction(1000))},
    {**dict.fromkeys(("l", "升"), Fraction(1)), **dict.fromkeys(("ml", "毫升"), Fraction(1, 1000))},
    dict.fromkeys(("m3", "立方米", "立方", "方"), Fraction(1)),
    dict.fromkeys(("m2", "平方米", "平米"), Fraction(1)),
)
"""Units of one dimension, each in the first unit of its group."""


def unit_factors(unit: str, packs: Mapping[str, Fraction] | None = None) -> dict[str, Fraction]:
    """Give what one of each unit word is worth in ledger units: the unit itself, its metric kin, the item's packs."""
    own = _word(unit)
    group = next((group for group in _METRIC if own in group), {})
    found = {word: worth / group[own] for word, worth in group.items()}
    found.update({_word(name): worth for name, worth in (packs or {}).items()})
    return {"": Fraction(1), own: Fraction(1)} | found


def read_quantity(text: str, scale: int, factors: Mapping[str, Fraction]) -> int:
    """Read a typed quantity or sum: `1,230`, `12*50+30`, `3包+20`, `１２００条`, `35.9万条`. Gives smallest units.

    `scale` is the number of decimals of the ledger unit; `factors` are those of `unit_factors`.
    Raises Refused for what is no number, a vague number (约500), an unknown unit, or more decimals than the item has.
    """
    asked = tidied(text).replace("×", "*")
    asked = re.sub(r"(?<=[\d\w])[xX](?=\d)", "*", asked)
    if any(word in asked.casefold() for word in _VAGUE):
        raise Refused(say("“{text}” is not exact. Type the number counted or weighed.", text=verbatim(text)))
    if not asked:
        raise Refused(say("There is no number. Type one."))
    if len(asked) > _LONGEST:
        raise _too_much(text)
    total = sum((_term(term, text, factors) for term in asked.split("+")), Fraction())
    smallest = total * 10**scale
    if smallest.denominator != 1:
        raise Refused(
            say(
                "“{text}” cannot be kept exactly: this item has {scale} decimals. Type a number that fits.",
                text=verbatim(text),
                scale=scale,
            )
        )
    if smallest > MOST:
        raise _too_much(text)
    return int(smallest)


def tidied(text: str) -> str:
    """Give typed text with full-width signs as ASCII ones and without spaces, but for those between two digits.

    `1 200` may be one number and `12 50` may be two: whoever reads the figure decides.
    """
    return re.sub(r"(?<!\d) +| +(?!\d)", "", unicodedata.normalize("NFKC", text).strip())


def unit_word(unit: str) -> str:
    """Give a unit as it is written, full-width signs as ASCII ones, without the brackets that tables put around it."""
    return unicodedata.normalize("NFKC", unit).strip(" \t()[]【】")


def _too_much(text: str) -> Refused:
    return Refused(say("“{text}” is more than can be kept. Type a smaller number.", text=verbatim(text[:40])))


def _term(term: str, text: str, factors: Mapping[str, Fraction]) -> Fraction:
    product = Fraction(1)
    for factor in term.split("*"):
        match = _FACTOR.fullmatch(factor)
        if match is None:
            raise Refused(say("“{text}” is not a number. Type one, like 1230 or 12*50+30.", text=verbatim(text)))
        product *= Fraction(re.sub("[, ]", "", match["number"]))
        for sign in match["myriad"]:
            product *= _MYRIADS[sign]
        word = _word(match["unit"])
        if word not in factors:
            raise Refused(
                say(
                    "“{unit}” is not a unit of this item; it has {known}.",
                    unit=verbatim(match["unit"]),
                    known=verbatim(", ".join(name for name in factors if name)),
                )
            )
        product *= factors[word]
    return product


def _word(unit: str) -> str:
    return unit_word(unit).casefold()
