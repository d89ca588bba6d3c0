"""Turns by hand for some posts, beside what the rota in force says of the others: a monthly table, a proposed season."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from floodready.duty.models import FixedTurn, Rota
from floodready.store.contract import View


def rota_with_turns(
    view: View, unit: str, turns: Sequence[FixedTurn], start: datetime, end: datetime, *, note: str = ""
) -> Rota:
    """Give a rota from `start` on in which the posts of `turns` are stood by these turns in [start, end), UTC.

    What the rota that holds at `start` says of other posts goes on, and so do turns by hand of the same posts after
    `end`. Where nothing else goes on the rota ends with its last turn, so that running out is told beforehand.
    Raises nothing.
    """
    held = _held_at(view, unit, start)
    posts = {turn.post for turn in turns}
    rotations = tuple(rotation for rotation in held.rotations if rotation.post not in posts) if held else ()
    kept = [turn for turn in held.turns if turn.until_at > start] if held else []
    beside = [turn for turn in kept if turn.post not in posts or turn.from_at >= end]
    ends = [end, *(turn.until_at for turn in beside)]
    if held is not None and held.until_at is not None:
        ends.append(held.until_at)
    return Rota(
        id="new",
        unit=unit,
        since_at=start,
        until_at=None if rotations and held is not None and held.until_at is None else max(ends),
        rotations=rotations,
        turns=(*turns, *beside),
        note=note,
    )


def _held_at(view: View, unit: str, at: datetime) -> Rota | None:
    """Give the rota of a unit that holds at an instant: the last that began, unless it has ended."""
    begun = [rota for rota in view.find(Rota, unit=unit) if rota.since_at <= at]
    last = max(begun, key=lambda rota: (rota.since_at, rota.id), default=None)
    return last if last is not None and (last.until_at is None or last.until_at > at) else None
