"""The demo's roster: what a guest tries there must be possible, and what rest forbids must be told."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest

from floodready.clock import wall_instant
from floodready.demo.build import CITY, build
from floodready.duty import commands_swap as duty
from floodready.duty.models import Leg, SwapState
from floodready.refusal import Refused
from floodready.store.contract import Act
from floodready.store.journal_store import JournalStore

NOW = datetime(2026, 9, 20, 2, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> JournalStore:
    """The demo as of a Sunday morning; its first turn, of 李伟 and 王芳, has begun."""
    folder: Path = tmp_path_factory.mktemp("demo") / "store"
    return build(folder, NOW)


def turn(store: JournalStore, days: int, giver: str, taker: str) -> Leg:
    """The officers' turn so many days after the demo's first."""
    begins = wall_instant(NOW.date() + timedelta(days), time(8), store.zone)
    ends = wall_instant(NOW.date() + timedelta(days + 1), time(8), store.zone)
    return Leg(post="officer", giver=giver, taker=taker, from_at=begins, until_at=ends)


def agreed(store: JournalStore, number: int, legs: tuple[Leg, ...]) -> SwapState:
    """Ask for a swap as its first giver and agree as the other."""
    asked_by, other = legs[0].giver, legs[0].taker
    first, second = (Act(person=one, terminal="T1", command_id=f"{one}-{number}") for one in (asked_by, other))
    asked = duty.ask_swap(store, first, unit=CITY, legs=legs, asked_by=asked_by, zone=store.zone)
    return duty.answer_swap(store, second, asked, agree=True, zone=store.zone).state


def test_two_groups_exchange_neighbouring_turns(demo: JournalStore) -> None:
    assert agreed(demo, 1, (turn(demo, 4, "zhao", "han"), turn(demo, 5, "han", "zhao"))) is SwapState.AGREED


def test_the_relief_officer_takes_a_turn_over_with_none_in_return(demo: JournalStore) -> None:
    assert agreed(demo, 2, (turn(demo, 7, "sun", "tang"),)) is SwapState.AGREED


def test_a_turn_beside_ones_own_is_refused_for_rest(demo: JournalStore) -> None:
    with pytest.raises(Refused, match="rest"):
        agreed(demo, 3, (turn(demo, 10, "zhao", "han"),))
