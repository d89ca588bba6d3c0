"""A paper as plain text for the screen: tables become a block of named lines for each row, which no width can break."""

from __future__ import annotations

from collections.abc import Iterator

from floodready.exchange.paper import Blank, Block, Facts, Heading, Paper, Paragraph, Table


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
            yield from (f"{name}: {value}" for name, value in block.pairs if str(value))
        case Table():
            for row in block.rows:
                pairs = [f"{head}: {value}" for head, value in zip(block.heads, row, strict=True) if str(value).strip()]
                yield "- " + "; ".join(pairs)
        case Blank():
            yield from ["_" * 40] * block.lines
