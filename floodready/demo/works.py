"""The demo's works and risk points with a quota, and who must be at post under a level: all made up, and named so.

The plan published in `response-levels.json` states staffing in words and raises stock at risk points from level III by
30 to 50 percent. The figures here give the made-up city something that these words apply to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from floodready.demo.roster import LEADERS, OFFICERS
from floodready.frozen import replace
from floodready.materials.commands import put_quotas
from floodready.materials.models import Item
from floodready.materials.models_equipment import QuotaRow, QuotaTable
from floodready.organisation import commands as organisation
from floodready.organisation.models import PostKind, WorksKind
from floodready.season.level import Level
from floodready.season.models_level import LevelRow, Staffing
from floodready.store.contract import Act
from floodready.store.journal_store import JournalStore

MADE_UP = "made up for the demo city 演示用虚构"
DIKE_METRES = 40_000
RISK_POINTS = (("k12", "K12+300 管涌险点 sand boils"), ("k18", "K18+700 穿堤涵闸 sluice"), ("k31", "K31+050 险工 bend"))
QUOTA = (("救生衣", "5", "80"), ("应急灯", "1", "16"), ("编织袋", "500", "4000"), ("木桩", "25", "200"))
"""Item, its need for every 1,000 m of dike, its need for each risk point."""
AT_POST = {Level.IV: (1, 2), Level.III: (1, 4), Level.II: (2, 4), Level.I: (2, 6)}
"""Leaders in charge and duty officers at every moment. IV: the two at two posts that the roster has; III: two of its
three groups at once, while the third rests; II: the heads too; I: all three groups."""
CALLED_OUT = (*LEADERS, *(one for group in OFFICERS for one in group))
"""Whom every level from III on calls out, in order: all groups take post."""


def staffed(rows: Iterable[LevelRow]) -> tuple[LevelRow, ...]:
    """Give the rows of a level table with the made-up city's figures beside the plan's words."""
    posts = (PostKind.LEADER, PostKind.OFFICER)
    return tuple(
        replace(
            row,
            staffing=tuple(
                Staffing(post=post, people=people) for post, people in zip(posts, AT_POST[row.level], strict=True)
            ),
            call_out=CALLED_OUT if row.level.rank >= Level.III.rank else (),
        )
        for row in rows
    )


def lay_out_works(store: JournalStore, acts: Iterator[Act], unit: str, today: date) -> None:
    """Enter the dike with its risk points, and the made-up quota by which they need stock."""
    organisation.add_works(
        store,
        next(acts),
        id="dike-section",
        name="安澜黄河大堤 Anlan dike section",
        unit=unit,
        kind=WorksKind.DIKE,
        size=DIKE_METRES,
        size_unit="m",
        note=MADE_UP,
    )
    for id, name in RISK_POINTS:
        organisation.add_works(
            store,
            next(acts),
            id=f"risk-{id}",
            name=name,
            unit=unit,
            kind=WorksKind.RISK_POINT,
            size=1,
            size_unit="处 point",
            note=MADE_UP,
        )
    _quota(store, acts, today)


def _quota(store: JournalStore, acts: Iterator[Act], today: date) -> None:
    items = {item.name: item.id for item in store.all(Item)}
    rows = []
    for name, by_length, by_point in QUOTA:
        item = items[name]
        rows.append(QuotaRow(works_kind=WorksKind.DIKE.value, item=item, base=by_length, per=1000))
        rows.append(QuotaRow(works_kind=WorksKind.RISK_POINT.value, item=item, base=by_point))
    table = QuotaTable(
        id="demo-quota",
        name="安澜市示例定额 demo quota",
        source=MADE_UP,
        clause="–",
        in_force_on=today.replace(month=1, day=1),
        rows=tuple(rows),
    )
    put_quotas(store, next(acts), table=table)
