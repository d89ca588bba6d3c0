"""What is said where a store is empty: what to do first or, looking back, that there was nothing."""

from __future__ import annotations

from floodready.language import Sentence, say
from floodready.tui.room import Room

NO_UNIT = say("No unit yet. Press F2 to set this store up.")
NOTHING_THEN = say("Nothing had been entered then.")


def no_unit(room: Room) -> Sentence:
    """Say why there is no unit to show: in the past nothing can be made any more."""
    return NO_UNIT if room.as_of is None else NOTHING_THEN
