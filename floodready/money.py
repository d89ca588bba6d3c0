"""Money: whole fen in documents, yuan for people. No float comes near it, as with quantities."""

from __future__ import annotations

from floodready.language import Sentence, say, verbatim

FEN_DECIMALS = 2
"""A yuan has 100 fen."""


def write_yuan(fen: int) -> str:
    """Write a sum of fen in yuan, without the unit: thousands grouped, both decimals or, of whole yuan, none."""
    yuan, rest = divmod(abs(fen), 10**FEN_DECIMALS)
    return f"{'-' if fen < 0 else ''}{yuan:,}{f'.{rest:0{FEN_DECIMALS}d}' if rest else ''}"


def yuan_told(fen: int) -> Sentence:
    """Say a sum of fen in yuan."""
    return say("{amount} yuan", amount=verbatim(write_yuan(fen)))
