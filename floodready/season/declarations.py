"""Declarations read in time: which level holds when, and what a change of level starts and ends."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from floodready.frozen import frozen
from floodready.season.level import Level, rank
from floodready.season.level_table import Effects
from floodready.season.models_level import Declaration, LevelAction, StartedAction


@frozen
class LevelWindow:
    """A stretch [since, until) in which one level held; `until` None: it holds."""

    level: Level
    since: datetime
    until: datetime | None
    declaration: str


def in_force(declarations: Iterable[Declaration], at: datetime) -> Declaration | None:
    """Give the declaration that holds for a unit at an instant; None where none has begun or the last said none.

    A declaration ends exactly when the next begins: at that instant the next one holds.
    """
    begun = [d for d in declarations if d.starts_at <= at and (d.until_at is None or at < d.until_at)]
    latest = max(begun, key=lambda d: d.starts_at, default=None)
    return latest if latest is not None and latest.level is not None else None


def level_windows(declarations: Iterable[Declaration]) -> list[LevelWindow]:
    """Give the stretches in which a level held, in order; the same level declared anew is a stretch of its own."""
    return [
        LevelWindow(level=d.level, since=d.starts_at, until=d.until_at, declaration=d.id)
        for d in sorted(declarations, key=lambda d: d.starts_at)
        if d.level is not None and d.until_at != d.starts_at
    ]


@frozen
class LevelChange:
    """What a change of level does to actions: which open ones end, which of the table's begin."""

    ended: tuple[StartedAction, ...]
    started: tuple[LevelAction, ...]


def change_of_level(before: Level | None, after: Effects, open_actions: Sequence[StartedAction]) -> LevelChange:
    """Tell what a declaration starts and ends.

    Lowering ends every open action that a higher level demanded, and starts nothing. Raising starts the actions of the
    new level; an open one of the same name ends, for its clock is now the new one. The same level anew does nothing.
    """
    if rank(after.level) > rank(before):
        names = {action.name for action in after.actions}
        return LevelChange(
            ended=tuple(action for action in open_actions if action.name in names), started=after.actions
        )
    ended = tuple(action for action in open_actions if action.level.rank > rank(after.level))
    return LevelChange(ended=ended, started=())


def due(action: LevelAction, declared_at: datetime) -> datetime:
    """Give the instant by which an action is to be done."""
    return declared_at + timedelta(minutes=action.within_minutes)
