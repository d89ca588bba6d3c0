"""What a level demands by the unit's table: the seam through which duty, stock and what-if read it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time

from floodready.frozen import EMPTY, frozen
from floodready.language import say
from floodready.organisation.models import PostKind
from floodready.refusal import Refused
from floodready.season.level import Level
from floodready.season.models_level import LeaderPlace, LevelAction, LevelRow, LevelTable

_MINUTES = 24 * 60


@frozen
class Effects:
    """What is demanded under a level; all empty under none."""

    level: Level | None = None
    staffing: Mapping[PostKind, int] = EMPTY
    """People at every moment by kind of post; a kind not named keeps what the season demands."""
    staffing_note: str = ""
    leader: LeaderPlace | None = None
    """None: the level says nothing, the duty rules decide."""
    bulletins: tuple[time, ...] = ()
    """Wall times of the store's zone, in order."""
    forecasts_per_day: int = 0
    forward_stock: tuple[int, int] = (0, 0)
    """The least and the most by which stock at risk points grows, in percent."""
    agreement_stock_within_hours: int | None = None
    consultation: str = ""
    actions: tuple[LevelAction, ...] = ()
    call_out: tuple[str, ...] = ()

    def forward_need(self, need: int) -> int:
        """Give the stock needed at a risk point, in the need's unit: the need raised by the least percentage, up."""
        return -(-need * (100 + self.forward_stock[0]) // 100)


def effects(table: LevelTable | None, level: Level | None) -> Effects:
    """Give what a level demands by a unit's table; nothing without a table or a level.

    A level that the table leaves out demands what the next lower one in the table does: raising never demands less.
    """
    row = _row(table, level)
    if row is None:
        return Effects(level=level)
    stock = row.forward_stock_percent
    return Effects(
        level=level,
        staffing={need.post: need.people for need in row.staffing},
        staffing_note=row.staffing_note,
        leader=row.leader,
        bulletins=tuple(sorted(row.bulletins)),
        forecasts_per_day=row.forecasts_per_day,
        forward_stock=(min(stock, default=0), max(stock, default=0)),
        agreement_stock_within_hours=row.agreement_stock_within_hours,
        consultation=row.consultation,
        actions=row.actions,
        call_out=row.call_out,
    )


def spread_bulletins(per_day: int) -> tuple[time, ...]:
    """Give bulletin times for a plan that states only their number: evenly over the day, from 08:00, whole minutes.

    Raises Refused for less than none and for more than one a minute.
    """
    if not 0 <= per_day <= _MINUTES:
        raise Refused(say("{count} bulletins a day cannot be: name a number from 0 to {most}.", count=per_day,
                          most=_MINUTES))  # fmt: skip
    minutes = sorted((8 * 60 + place * 24 * 60 // per_day) % (24 * 60) for place in range(per_day))
    return tuple(time(minute // 60, minute % 60) for minute in minutes)


def _row(table: LevelTable | None, level: Level | None) -> LevelRow | None:
    if table is None or level is None:
        return None
    rows = [row for row in table.rows if row.level.rank <= level.rank]
    return max(rows, key=lambda row: row.level.rank, default=None)
