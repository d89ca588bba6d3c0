"""Who sits where after swaps and overrides, for one piece of time."""

from __future__ import annotations

from floodready.duty.models import Override, OverrideKind
from floodready.duty.seats import Seat, overridden
from floodready.duty.why import Cause, Why
from tests.duty.rosters import at

WHY = Why(Cause.ROTATION, "r")


def word(id: str, kind: OverrideKind, person: str | None = None, by: str | None = None) -> Override:
    return Override(
        id=id, unit="U", post="leader", kind=kind, person=person, by=by, from_at=at("2026-07-01 08:00"),
        until_at=at("2026-07-02 08:00"), made_at=at("2026-07-01 08:00"),
    )  # fmt: skip


def after(*overrides: Override) -> tuple[list[str], list[str], set[str]]:
    used: set[str] = set()
    seats, removed = overridden([Seat("A", WHY), Seat("B", WHY)], overrides, used)
    return [seat.person for seat in seats], removed, used


def test_what_changes_nothing_has_no_effect_and_what_follows_has() -> None:
    there = word("O1", OverrideKind.ADD, by="B")
    nobody = word("O2", OverrideKind.REMOVE, person="Z")
    works = word("O3", OverrideKind.REPLACE, person="B", by="C")
    assert after(there, nobody, works) == (["A", "C"], [], {"O3"})


def test_each_kind_does_its_work_after_the_one_before_it() -> None:
    added = word("O1", OverrideKind.ADD, by="C")
    removed = word("O2", OverrideKind.REMOVE, person="A")
    replaced = word("O3", OverrideKind.REPLACE, person="C", by="A")
    assert after(added, removed, replaced) == (["B", "A"], ["A"], {"O1", "O2", "O3"})
