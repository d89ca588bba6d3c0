"""A paper of headings, paragraphs and tables, written as Markdown or as one printable HTML page.

It knows nothing of what the paper says. People's text is data in both: it can open no tag, link, table or heading.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from pathlib import PurePath

from floodready.frozen import frozen_in_order
from floodready.language import Sentence, current_language, say, verbatim
from floodready.refusal import Refused

Text = Sentence | str
"""A sentence of ours, or people's own words."""


@frozen_in_order
class Heading:
    """A heading inside the paper; level 2 is the highest, 1 is the title's."""

    text: Text
    level: int = 2


@frozen_in_order
class Paragraph:
    """Running text; its line breaks stay."""

    text: Text


@frozen_in_order
class Facts:
    """Names with their values, one pair a line; pairs without a value are left out."""

    pairs: Sequence[tuple[Text, Text]]


@frozen_in_order
class Table:
    """Rows under their heads."""

    heads: Sequence[Text]
    rows: Sequence[Sequence[Text]]


@frozen_in_order
class Blank:
    """Room for handwriting: so many ruled lines."""

    lines: int = 3


Block = Heading | Paragraph | Facts | Table | Blank


@frozen_in_order
class Paper:
    """A whole paper."""

    title: Text
    blocks: Sequence[Block]
    landscape: bool = False


def as_markdown(paper: Paper) -> str:
    """Write a paper as Markdown (CommonMark with tables)."""
    parts = [_heading(paper.title, 1), *(_markdown(block) for block in paper.blocks)]
    return "\n\n".join(part for part in parts if part) + "\n"


def as_html(paper: Paper) -> str:
    """Write a paper as one HTML page with its own print style: A4, no outside file, no script."""
    language = "zh-CN" if current_language() == "zh_CN" else "en"
    style = _STYLE.replace("SIZE", "A4 landscape" if paper.landscape else "A4")
    body = "\n".join(_html(block) for block in paper.blocks)
    title = escape(str(paper.title))
    return (
        f'<!doctype html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n<title>{title}</title>\n'
        f"<style>{style}</style>\n</head>\n<body>\n<h1>{title}</h1>\n{body}\n</body>\n</html>\n"
    )


def as_file(paper: Paper, name: str) -> str:
    """Write a paper as the name of its file says: .html or .htm as a page, any other as Markdown.

    Raises Refused for a name that promises what would not open: a PDF, a document or a workbook.
    """
    suffix = PurePath(name).suffix.lower()
    if suffix in _NOT_WRITTEN:
        told = say("Name the file .html or .md, not {file}. A page is printed to PDF by any browser.",
                   file=verbatim(PurePath(name).name))  # fmt: skip
        raise Refused(told)
    return as_html(paper) if suffix in {".html", ".htm"} else as_markdown(paper)


_NOT_WRITTEN = frozenset({".pdf", ".doc", ".docx", ".odt", ".rtf", ".wps", ".xls", ".xlsx", ".csv"})
_STYLE = """
@page { size: SIZE; margin: 16mm; }
body { font: 10.5pt/1.5 "Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", sans-serif; color: #000;
  max-width: 277mm; margin: 1em auto; padding: 0 1em; }
h1 { font-size: 17pt; } h2 { font-size: 13pt; margin-top: 1.4em; } h3 { font-size: 11pt; }
h1, h2, h3 { break-after: avoid; }
p { white-space: pre-line; }
table { border-collapse: collapse; width: 100%; } thead { display: table-header-group; }
th, td { border: 0.5pt solid #444; padding: 2pt 4pt; text-align: left; vertical-align: top; white-space: pre-line; }
th { background: #eee; } tr { break-inside: avoid; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 2pt 10pt; } dt { font-weight: bold; } dd { margin: 0;
  white-space: pre-line; }
.rule { border-bottom: 0.5pt solid #444; height: 8mm; }
@media print { body { max-width: none; margin: 0; padding: 0; } }
"""

_MARKS = re.compile(r"([\\`*_{}\[\]<>#|~])")
_BULLETS = re.compile(r"^(\s*)([-+=])", re.MULTILINE)
_NUMBERS = re.compile(r"^(\s*\d+)([.)])", re.MULTILINE)


def _marked(text: Text) -> str:
    """Write text so that Markdown takes every character as it stands."""
    safe = _MARKS.sub(r"\\\1", str(text))
    return _NUMBERS.sub(r"\1\\\2", _BULLETS.sub(r"\1\\\2", safe))


def _markdown(block: Block) -> str:
    match block:
        case Heading():
            return _heading(block.text, block.level)
        case Paragraph():
            return _marked(block.text).replace("\n", "\\\n")
        case Facts():
            return "\n".join(f"- **{_marked(name)}:** {_cell(value)}" for name, value in block.pairs if str(value))
        case Table():
            lines = [block.heads, *block.rows]
            told = ["| " + " | ".join(_cell(value) for value in row) + " |" for row in lines]
            told.insert(1, "|" + " --- |" * len(block.heads))
            return "\n".join(told)
        case Blank():
            return "\n\n".join(["\\_" * 40] * block.lines)


def _heading(text: Text, level: int) -> str:
    return f"{'#' * level} {' '.join(_marked(text).split())}"


def _cell(text: Text) -> str:
    return "<br>".join(_marked(line) for line in str(text).split("\n"))


def _html(block: Block) -> str:
    match block:
        case Heading():
            return f"<h{block.level}>{escape(str(block.text))}</h{block.level}>"
        case Paragraph():
            return f"<p>{escape(str(block.text))}</p>"
        case Facts():
            pairs = ((escape(str(name)), escape(str(value))) for name, value in block.pairs if str(value))
            return "<dl>" + "".join(f"<dt>{name}</dt><dd>{value}</dd>" for name, value in pairs) + "</dl>"
        case Table():
            heads = "".join(f"<th>{escape(str(head))}</th>" for head in block.heads)
            rows = ("".join(f"<td>{escape(str(value))}</td>" for value in row) for row in block.rows)
            body = "\n".join(f"<tr>{row}</tr>" for row in rows)
            return f"<table><thead><tr>{heads}</tr></thead>\n<tbody>{body}</tbody></table>"
        case Blank():
            return '<div class="rule"></div>' * block.lines
