"""Stock in the season report: what was taken back is no use of stock, whenever that was."""

from __future__ import annotations

from datetime import timedelta

from floodready.exchange.paper import Table
from floodready.organisation.models import Unit
from floodready.readiness.assembly import readiness
from floodready.reports.asked import Asked
from floodready.reports.season_stock import stock_blocks
from tests.materials.conftest import NINE, ZONE, Room


def test_an_issue_that_was_reversed_after_the_season_is_not_counted_in_it(room: Room) -> None:
    room.receive("BAG", 100, opening=True)
    room.issue("BAG", 30)
    room.issue("BAG", 5)
    end = NINE + timedelta(days=1)
    room.clock.instant = end + timedelta(hours=1)
    room.do("reverse_movement", zone=ZONE, movement=room.movements()[1].id)
    unit, now = room.store.get(Unit, "HQ"), room.clock.now()
    assert unit is not None
    asked = Asked(store=room.store, view=room.store, at=now, zone=ZONE, unit=unit,
                  answer=readiness(room.store, now, ZONE))  # fmt: skip
    table = stock_blocks(asked, NINE, end)[0]
    assert isinstance(table, Table)
    (row,) = table.rows
    assert [str(cell) for cell in row][:3] == ["编织袋", "100 条", "5 条"]
