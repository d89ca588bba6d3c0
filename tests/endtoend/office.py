"""A small office on the first day of its season, with nothing done yet: two terminals stand on one store."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from pathlib import Path

from floodready.clock import FixedClock
from floodready.drills.commands import oblige
from floodready.drills.models import Cadence
from floodready.duty.commands import change_settings, publish_rota
from floodready.duty.models import Group, PostNeed, Rotation
from floodready.materials.commands import put_item, put_place, put_quotas, receive_stock
from floodready.materials.models import Importance, Item, Life, Place
from floodready.materials.models_equipment import QuotaRow, QuotaTable
from floodready.organisation.commands import add_person, add_post, change_person, set_chain, set_up
from floodready.organisation.models import Person, Phone, PostKind, Terminal, Works, WorksKind
from floodready.organisation.permissions import Role
from floodready.season.commands import add_season, add_station
from floodready.season.models import Mark, StationKind, Threshold
from floodready.store.contract import SYSTEM, Act
from floodready.store.journal_store import JournalStore

BEGINS = datetime(2026, 7, 1, 1, tzinfo=UTC)
"""09:00 on the first day of the season."""
LEADERS = ("chen", "zhou")
OFFICERS = ("li", "wang")
OTHERS = {"wu": Role.STOCK_CHECKER, "sun": Role.STOCK_CHECKER, "qian": Role.PLANNER}


@contextmanager
def office(folder: Path, clock: FixedClock) -> Iterator[JournalStore]:
    """Make the store as its administrator sets it up."""
    with JournalStore.create(folder, clock=clock) as store:
        _people(store)
        _season(store)
        _stock(store)
        cadence = Cadence(anchor_on=date(2026, 7, 31), months=12)
        oblige(store, _act(), unit="anlan", plan="Dike breach", cadence=cadence, source="art. 8", zone=store.zone)
        with store.transaction(_act(), "sign in") as tx:
            tx.put(Terminal(id="duty-room", person="li", since_at=BEGINS))
            tx.put(Terminal(id="warehouse", person="wu", since_at=BEGINS))
        yield store


def _act() -> Act:
    return Act(person=SYSTEM, terminal="set-up")


def _people(store: JournalStore) -> None:
    phone = (Phone(number="139 0000 0001", verified_on=date(2026, 6, 25)),)
    set_up(store, _act(), unit="anlan", unit_name="Anlan headquarters", person="admin", person_name="Admin")
    admin = store.get(Person, "admin")
    assert admin is not None
    change_person(store, _act(), admin, phones=phone)
    add_post(store, _act(), id="leader", name="leader in charge", unit="anlan", kind=PostKind.LEADER)
    add_post(store, _act(), id="officer", name="duty officer", unit="anlan", kind=PostKind.OFFICER)
    roles = {**dict.fromkeys(LEADERS, Role.LEADER), **dict.fromkeys(OFFICERS, Role.DUTY_OFFICER), **OTHERS}
    for id, role in roles.items():
        posts = ("leader",) if id in LEADERS else ("officer",) if id in OFFICERS else ()
        add_person(store, _act(), id=id, name=id.title(), unit="anlan", roles=(role,), phones=phone, posts=posts)
    set_chain(store, _act(), unit="anlan", responsible="chen", county="chen", regulator="zhou", city_leader="zhou",
              supervision="chen")  # fmt: skip


def _season(store: JournalStore) -> None:
    add_season(store, _act(), unit="anlan", name="summer flood", starts_on=date(2026, 7, 1),
               ends_on=date(2026, 10, 31))  # fmt: skip
    marks = ((Mark.IV, 4_000_000), (Mark.III, 6_000_000))
    thresholds = tuple(Threshold(mark=mark, value=value) for mark, value in marks)
    add_station(store, _act(), id="hyk", name="Huayuankou", unit="anlan", kind=StationKind.DISCHARGE,
                thresholds=thresholds)  # fmt: skip
    needs = (PostNeed(post="leader", needed=1), PostNeed(post="officer", needed=1))
    change_settings(store, _act(), unit="anlan", needs=needs)
    rotations = tuple(
        Rotation(name=post, post=post, groups=tuple(Group(people=(one,)) for one in people), first_on=date(2026, 7, 1),
                 times=(time(8),))
        for post, people in (("leader", LEADERS), ("officer", OFFICERS))
    )  # fmt: skip
    since = datetime(2026, 7, 1, tzinfo=UTC)
    publish_rota(store, _act(), unit="anlan", since_at=since, rotations=rotations)


def _stock(store: JournalStore) -> None:
    put_place(store, _act(), place=Place(id="EAST", name="East store", unit="anlan", reach_hours=1))
    put_item(store, _act(), item=Item(id="BAG", name="编织袋", unit="条"))
    put_item(store, _act(), item=Item(id="JACKET", name="救生衣", unit="件", importance=Importance.A))
    for item, quantity in (("BAG", 600), ("JACKET", 60)):
        receive_stock(store, _act(), zone=store.zone, item=item, place="EAST", quantity=quantity, life=Life.UNLIMITED,
                      opening=True)  # fmt: skip
    with store.transaction(_act(), "works") as tx:
        tx.put(Works(id="D1", name="East dike", unit="anlan", kind=WorksKind.DIKE, grade="2", size=1))
    rows = tuple(
        QuotaRow(works_kind=WorksKind.DIKE.value, grade="2", item=item, base=base, per=1)
        for item, base in (("BAG", "400"), ("JACKET", "60"))
    )
    table = QuotaTable(id="P1", name="Province table", source="Order 12", clause="4.2",
                       in_force_on=date(2026, 1, 1), rows=rows)  # fmt: skip
    put_quotas(store, _act(), table=table)
