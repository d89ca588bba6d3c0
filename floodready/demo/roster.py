"""The duty roster of the demo's city: leaders in charge and duty officers, day by day.

Three groups, so that two of them may exchange neighbouring turns and still rest their 24 h, and one person who stands
in no group: nobody else could take a turn over without one in return.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time

from floodready.clock import wall_instant
from floodready.duty import commands as duty
from floodready.duty.models import Group, Rotation
from floodready.organisation import commands as organisation
from floodready.organisation.models import Person, PostKind
from floodready.store.contract import Act
from floodready.store.journal_store import JournalStore

LEADERS = ("chen", "zhou", "guo")
OFFICERS = (("li", "wang"), ("zhao", "sun"), ("han", "feng"))
RELIEF = ("tang",)
"""May stand as duty officer, but in no group: takes over for whoever is away."""


def publish_roster(store: JournalStore, acts: Iterator[Act], unit: str, begins: date) -> None:
    """Publish a roster from a day on: a leader in charge a day, two officers a day, handover at 08:00."""
    posts: tuple[tuple[str, str, PostKind, tuple[tuple[str, ...], ...], tuple[str, ...]], ...] = (
        ("leader", "带班领导 leader in charge", PostKind.LEADER, tuple((one,) for one in LEADERS), ()),
        ("officer", "值班员 duty officer", PostKind.OFFICER, OFFICERS, RELIEF),
    )
    for id, name, kind, groups, relief in posts:
        organisation.add_post(store, next(acts), id=id, name=name, unit=unit, kind=kind)
        for person in (*(one for group in groups for one in group), *relief):
            known = store.get(Person, person)
            assert known is not None
            organisation.change_person(store, next(acts), known, posts=(*known.posts, id))
    duty.publish_rota(
        store,
        next(acts),
        unit=unit,
        since_at=wall_instant(begins, time(8), store.zone),
        rotations=tuple(
            Rotation(
                name=name,
                post=id,
                groups=tuple(Group(people=group) for group in groups),
                first_on=begins,
                times=(time(8),),
            )
            for id, name, _, groups, _ in posts
        ),
        note="demo",
    )
