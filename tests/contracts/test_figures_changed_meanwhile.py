"""Two people open the form of an office's figures: whoever sets them second is told, in every pillar alike."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from floodready.clock import FixedClock
from floodready.document import Document
from floodready.drills import reading
from floodready.drills.commands import set_settings as set_drill_figures
from floodready.duty import roster
from floodready.duty.commands import change_settings as change_duty_figures
from floodready.materials.commands import set_figures as set_stock_figures
from floodready.materials.models import MaterialSettings
from floodready.organisation import lookup
from floodready.organisation.commands import change_settings as change_organisation_figures
from floodready.organisation.commands import set_up
from floodready.rectification.commands import set_settings as set_rectification_figures
from floodready.rectification.reading import settings_of as rectification_figures
from floodready.refusal import Superseded
from floodready.season.commands import change_settings as change_season_figures
from floodready.season.settings import settings_of as season_figures
from floodready.store.contract import SYSTEM, Act
from floodready.store.journal_store import JournalStore
from tests.duty.rosters import at

Held = Callable[[JournalStore], Any]
Write = Callable[[JournalStore, Any, int], Any]


def act() -> Act:
    """Give an act of its own: a repeated one would get the first answer again."""
    return Act(person=SYSTEM, terminal="desk")


PILLARS: dict[str, tuple[Held, Write]] = {
    "organisation": (
        lookup.settings_of,
        lambda store, seen, n: change_organisation_figures(store, act(), seen=seen, phone_verified_within_days=n),
    ),
    "season": (
        lambda store: season_figures(store, "U"),
        lambda store, seen, n: change_season_figures(store, act(), unit="U", seen=seen, decide_within_minutes=n),
    ),
    "duty": (
        lambda store: roster.settings_of(store, "U"),
        lambda store, seen, n: change_duty_figures(store, act(), unit="U", seen=seen, post_check_rings=n),
    ),
    "drills": (
        reading.settings,
        lambda store, seen, n: set_drill_figures(store, act(), seen=seen, wanted=seen.changed(due_soon_days=n)),
    ),
    "rectification": (
        rectification_figures,
        lambda store, seen, n: set_rectification_figures(store, act(), seen=seen, settings=seen.changed(red_hours=n)),
    ),
    "materials": (
        lambda store: next(store.all(MaterialSettings), MaterialSettings()),
        lambda store, seen, n: set_stock_figures(store, act(), seen=seen, settings=seen.changed(paper_hours=n)),
    ),
}


@pytest.mark.parametrize("pillar", PILLARS)
def test_whoever_sets_figures_second_is_told_and_overwrites_nothing(tmp_path: Path, pillar: str) -> None:
    held, write = PILLARS[pillar]
    with JournalStore.create(tmp_path / "store", clock=FixedClock(at("2026-07-01 10:00"))) as store:
        set_up(store, act(), unit="U", unit_name="Unit", person="he", person_name="He")
        nobody_set_any: Document = held(store)
        write(store, nobody_set_any, 7)
        set_first: Document = held(store)
        with pytest.raises(Superseded, match="Your change was not made"):
            write(store, nobody_set_any, 8)
        assert held(store) == set_first
        write(store, set_first, 9)
        with pytest.raises(Superseded, match="Your change was not made"):
            write(store, set_first, 10)
