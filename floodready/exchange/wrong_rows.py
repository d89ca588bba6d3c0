"""A file is taken whole or not at all: while a row of it is wrong, nothing is written."""

from __future__ import annotations

from typing import Any

from floodready.language import say_many
from floodready.refusal import Refused


def refuse_wrong_rows(wrong: int, **parts: Any) -> None:
    """Refuse a file of which so many rows are wrong. Raises Refused, with `parts` for scripts; none raises nothing."""
    if wrong:
        raise Refused(
            say_many(
                "{count} row is wrong. Put it right in the file, then import it again.",
                "{count} rows are wrong. Put them right in the file, then import it again.",
                wrong,
            ),
            **parts,
        )
