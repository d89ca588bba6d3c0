"""A paper as plain text for the screen: tables become a block of named lines for each row, which no width can break."""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce

from floodready.exchange.paper import Blank, Block, Facts, Heading, Paper, Paragraph, Table
from floodready.language import Sentence, say


def as_text(paper: Paper) -> str:
    """Write a paper as plain text."""
    return "\n".join([str(paper.title), "", *(line for block in paper.blocks for line in (*_lines(block), ""))])


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Heading():
            yield f"== {block.text} =="
        case Paragraph():
            yield str(block.text)
        case Facts():
            yield from (str(_pair(name, value)) for name, value in block.pairs if str(value))
        case Table():
            for row in block.rows:
                pairs = [_pair(head, value) for head, value in zip(block.heads, row, strict=True) if str(value).strip()]
                yield f"- {reduce(_then, pairs)}" if pairs else "-"
        case Blank():
            yield from ["_" * 40] * block.lines


def _pair(name: object, value: object) -> Sentence:
    return say("{name}: {value}", name=str(name), value=str(value))


def _then(told: Sentence, pair: Sentence) -> Sentence:
    return say("{first}; {then}", first=told, then=pair)
