"""Which rotas a unit has once one is published, and a monthly table or a proposed season as such a rota."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from floodready.duty.models import FixedTurn, Rota
from floodready.frozen import replace
from floodready.language import say
from floodready.refusal import Refused

_NOW = timedelta(minutes=1)
"""People type whole minutes, and a form takes a moment to be confirmed: a minute ago still means now."""


def refuse_past(rotas: Iterable[Rota], since_at: datetime, now: datetime) -> None:
    """Refuse a rota that would begin in the past of a unit that has others. Raises Refused."""
    if since_at < now - _NOW and any(True for _ in rotas):
        raise Refused(say("A rota cannot change the past. Let it begin now or later."))


def once_published(rotas: Iterable[Rota], rota: Rota, *, then_as_before: bool = False) -> tuple[Rota, ...]:
    """Give the rotas of a unit as they stand once `rota` is in force.

    Those that would begin at or after it go. With `then_as_before` a rota with an end changes nothing after that end:
    rotas that begin there or later stay, and the one that would have held there goes on from it, under the id of
    `rota` with a `+`.
    """
    held = sorted(rotas, key=lambda one: (one.since_at, one.id))
    kept = [one for one in held if one.since_at < rota.since_at]
    if not then_as_before or rota.until_at is None:
        return (*kept, rota)
    end = rota.until_at
    later = [one for one in held if one.since_at >= end]
    before = next((one for one in reversed(held) if one.since_at < end), None)
    goes_on = before is not None and (before.until_at is None or before.until_at > end)
    if before is not None and goes_on and not any(one.since_at == end for one in later):
        later.insert(0, replace(before, id=f"{rota.id}+", since_at=end))
    return (*kept, rota, *later)


def rota_with_turns(
    rotas: Sequence[Rota], unit: str, turns: Sequence[FixedTurn], note: str = "", now: datetime | None = None
) -> Rota:
    """Give a rota from the first of some turns by hand to the end of the last; there is one turn at least.

    The posts of the turns are stood by them alone; what the rota that holds at the first says of other posts stays.
    With `now` it begins no earlier where the unit has other rotas: the table of a month may come in its midst.
    """
    start, end = min(turn.from_at for turn in turns), max(turn.until_at for turn in turns)
    if now is not None and rotas and start < now < end:
        start, turns = now, [turn for turn in turns if turn.until_at > now]
    begun = [rota for rota in rotas if rota.since_at <= start]
    held = max(begun, key=lambda rota: (rota.since_at, rota.id), default=None)
    if held is not None and held.until_at is not None and held.until_at <= start:
        held = None
    posts = {turn.post for turn in turns}
    return Rota(
        id="new",
        unit=unit,
        since_at=start,
        until_at=end,
        rotations=tuple(rotation for rotation in held.rotations if rotation.post not in posts) if held else (),
        turns=(*turns, *(turn for turn in held.turns if turn.post not in posts)) if held else tuple(turns),
        note=note,
    )
