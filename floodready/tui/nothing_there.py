"""What is said where there is nothing: what to do first or, looking back, how to come back to now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from floodready.language import Sentence, say

if TYPE_CHECKING:
    from floodready.tui.room import Room

NO_UNIT = say("No unit yet.")
SET_UP = say("Press F2 to set this store up.")
NO_DUTY = say("No unit keeps duty yet.")
POSTS_FIRST = say("First its posts (7, o), then a rotation (o, n).")
NO_ROTA = say("No rota is published yet.")
ROTA_FIRST = say("Press o for the rotas, there n for a rotation.")
NOTHING_THEN = say("Nothing had been entered at that time. F5 comes back to now.")


def nothing_told(fact: Sentence, first: Sentence, *, past: bool) -> Sentence:
    """Say that there is nothing, and what to do first; in the past nothing can be done any more."""
    if past:
        return say("At that time: {fact} F5 comes back to now.", fact=fact)
    return say("{fact} {then}", fact=fact, then=first)


def no_unit(room: Room) -> Sentence:
    """Say why there is no unit to show."""
    return nothing_told(NO_UNIT, SET_UP, past=False) if room.as_of is None else NOTHING_THEN
