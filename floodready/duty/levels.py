"""What a response level asks of duty: which level holds when, and the people it needs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise

from floodready.duty.models import DutySettings, LevelNeed
from floodready.duty.plan import LevelWindow
from floodready.frozen import replace
from floodready.organisation.models import PostKind
from floodready.season.level import Level, rank
from floodready.season.level_table import effects
from floodready.season.models_level import LevelTable


def highest_at_a_time(windows: Iterable[LevelWindow]) -> tuple[LevelWindow, ...]:
    """Give at each instant the highest of the levels that hold, in order: a higher unit's level holds below it."""
    held = list(windows)
    edges = sorted({edge for window in held for edge in (window.start, window.end)})
    found: list[LevelWindow] = []
    for low, high in pairwise(edges):
        levels = [window.level for window in held if window.start <= low < window.end]
        if not levels:
            continue
        top = max(levels, key=lambda level: rank(Level(level)))
        if found and found[-1].end == low and found[-1].level == top:
            found[-1] = replace(found[-1], end=high)
        else:
            found.append(LevelWindow(level=top, start=low, end=high))
    return tuple(found)


def with_table(settings: DutySettings, table: LevelTable | None, posts: Mapping[PostKind, str]) -> DutySettings:
    """Add what the unit's level table asks for by kind of post; what the unit set itself for a level and post stays.

    `posts` names the post of each kind that the table speaks of.
    """
    own = {(need.level, need.post) for need in settings.level_needs}
    added = tuple(
        LevelNeed(level=level.value, post=posts[kind], needed=people)
        for level in Level
        for kind, people in effects(table, level).staffing.items()
        if kind in posts and (level.value, posts[kind]) not in own
    )
    return replace(settings, level_needs=(*settings.level_needs, *added)) if added else settings
