"""Forward stock: what a response level adds to the need at risk points (+30 to 50 % from level III)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from floodready.frozen import replace
from floodready.materials.quota import Need
from floodready.season.level_table import Effects, effects
from floodready.season.settings import level_table_of
from floodready.season.situation import declaration_for

if TYPE_CHECKING:
    from floodready.store.contract import View


def effects_now(view: View, unit: str, at: datetime) -> Effects:
    """Give what the level in force at an instant demands of a unit by its table; nothing without a level."""
    declaration = declaration_for(view, unit, at)
    level = declaration.level if declaration is not None else None
    return effects(level_table_of(view, unit) if level is not None else None, level)


def raised(needed: Mapping[str, Need], at_risk_points: Mapping[str, Need], level: Effects) -> Mapping[str, Need]:
    """Give the needs of a unit with the share of its risk points raised by the level's least percentage, rounded up.

    `at_risk_points` are the needs over the unit's risk points alone, in the same smallest units.
    """
    more = {item: level.forward_need(need.quantity) - need.quantity for item, need in at_risk_points.items()}
    return {item: replace(need, quantity=need.quantity + more.get(item, 0)) for item, need in needed.items()}
