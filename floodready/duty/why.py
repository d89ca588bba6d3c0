"""Why a person stands a post: what put them there, and what changed it since."""

from __future__ import annotations

from enum import StrEnum

from floodready.frozen import frozen_in_order
from floodready.language import Sentence, say


class Cause(StrEnum):
    """What put a person on a post."""

    ROTATION = "rotation"
    TABLE = "table"
    SWAP = "swap"
    OVERRIDE = "override"
    TEMPORARY = "temporary"
    LEVEL = "level"
    STOOD = "stood"

    @property
    def word(self) -> Sentence:
        """The cause in the reader's language."""
        return _CAUSES[self]


_CAUSES = {
    Cause.ROTATION: say("rotation"),
    Cause.TABLE: say("duty table"),
    Cause.SWAP: say("swap"),
    Cause.OVERRIDE: say("change of duty"),
    Cause.TEMPORARY: say("temporary rota"),
    Cause.LEVEL: say("response level"),
    Cause.STOOD: say("recorded duty"),
}


@frozen_in_order
class Why:
    """The reason for a span: its cause, the rotation and turn beneath it, and the documents that changed it."""

    cause: Cause
    source: str
    """The name of the rotation, or the id of the rota or temporary rota or handover."""
    number: int = 0
    """The turn's number in its rotation or table."""
    changed_by: tuple[str, ...] = ()
    """The ids of the swaps and overrides applied, in the order of their effect."""
