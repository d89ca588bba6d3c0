"""Labels of lots, places and machines: a QR code whose text has only 0-9, A-Z and hyphens, with a check character."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from floodready.exchange.file_writing import write_out
from floodready.language import say, verbatim
from floodready.materials.check_digit import ALPHABET, with_check
from floodready.refusal import Refused

KINDS = {"lot": "L", "place": "P", "equipment": "E"}


def payload(kind: str, id: str) -> str:
    """Give what a label says. Raises Refused for an id that a scanner's keyboard could garble."""
    if any(char not in ALPHABET + "-" for char in id):
        raise Refused(say("{id} cannot stand on a label: use a code of 0-9, A-Z and hyphens.", id=verbatim(id)))
    return with_check(f"{KINDS[kind]}-{id}")


def write_label(path: Path, kind: str, id: str, *, overwrite: bool = False) -> str:
    """Write a label as SVG or PNG by the file's ending and give its text. Raises Refused."""
    import segno

    text = payload(kind, id)
    if path.suffix.lower() not in {".svg", ".png"}:
        raise Refused(say("Name the file .svg or .png, not {file}.", file=verbatim(path.name)))
    drawn = BytesIO()
    segno.make(text, error="m", boost_error=False).save(drawn, kind=path.suffix.lower()[1:], scale=6, border=2)
    write_out(path, drawn.getvalue(), overwrite=overwrite)
    return text
