"""Random acts of all pillars on a small duty room, for properties that must hold after every one of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

from floodready.clock import FixedClock, local_day
from floodready.command import undo_entry
from floodready.demo.build import build
from floodready.document import D
from floodready.duty import commands as duty
from floodready.duty.commands_log import check_post
from floodready.duty.models import Leave, OverrideKind
from floodready.language import say
from floodready.materials import (
    commands_catalogue,
    commands_counting,
    commands_receiving,
    commands_stock,
    commands_transfer,
)
from floodready.materials.commands_transfer import Arrived, Asked
from floodready.materials.models import Item, Life, Movement, Place
from floodready.materials.models_counting import VarianceReason
from floodready.materials.models_papers import Transfer
from floodready.organisation import commands as organisation
from floodready.organisation.models import Person, Post, Unit
from floodready.rectification import commands as rectification
from floodready.refusal import Refused
from floodready.season import commands as season
from floodready.season import commands_level, commands_report
from floodready.season.level import Level
from floodready.season.models import FloodWarning, Hazard, Season, Station, WarningColour
from floodready.store.contract import SYSTEM, Act
from floodready.store.journal_store import JournalStore

BEGIN = datetime(2026, 9, 20, 2, tzinfo=UTC)
CITY = "anlan"


def make_room(folder: Path) -> None:
    """Make the store that every sequence of acts begins with."""
    with build(folder, BEGIN) as store:
        act = Act(person=SYSTEM, terminal="test", reason="test")
        for id, unit in (("WEST", CITY), ("UP", "heyang")):
            commands_catalogue.put_place(store, act, place=Place(id=id, name=id, unit=unit))


class Acting:
    """One terminal at which anything may be done, at any time."""

    def __init__(self, folder: Path, random: Random) -> None:
        self.clock = FixedClock(BEGIN)
        self.store = JournalStore.open(folder, clock=self.clock)
        self.zone: ZoneInfo = self.store.zone
        self.random = random

    def do_something(self, among: Sequence[Callable[[Acting], None]]) -> str:
        """Do one act, allowed or refused, and give its name."""
        act = self.random.choice(among)
        with suppress(Refused):
            act(self)
        return act.__name__

    def today(self) -> date:
        return local_day(self.clock.now(), self.zone)

    def by(self) -> Act:
        return Act(person=SYSTEM, terminal="test", reason="test")

    def soon(self, hours: int) -> datetime:
        return self.clock.now() + timedelta(minutes=self.random.randint(-60 * hours, 60 * hours))

    def one(self, kind: type[D]) -> D:
        found = list(self.store.all(kind))
        if not found:
            raise Refused(say("there is none"))
        return self.random.choice(found)


def time_passes(room: Acting) -> None:
    room.clock.instant += timedelta(minutes=room.random.choice([1, 59, 60 * 9, 60 * 24, 60 * 24 * 33]))


def reading(room: Acting) -> None:
    value = room.random.choice([1_000_000, 4_100_000, 9_000_000])
    season.add_reading(
        room.store,
        room.by(),
        station=room.one(Station).id,
        measured_at=min(room.soon(20), room.clock.now()),
        value=value,
        confirmed=True,
    )


def level(room: Acting) -> None:
    commands_level.declare_level(
        room.store, room.by(), unit=room.one(Unit).id, level=room.random.choice(list(Level)), authority="chen",
        reason="test", starts_at=room.random.choice([None, room.soon(5)]),
    )  # fmt: skip


def warning(room: Acting) -> None:
    season.record_warning(
        room.store, room.by(), unit=CITY, hazard=Hazard.RIVER, colour=room.random.choice(list(WarningColour)),
        issuer="office", area="city", issued_at=room.clock.now(), valid_until_at=room.soon(60),
    )  # fmt: skip


def decision(room: Acting) -> None:
    season.decide_warning(room.store, room.by(), warning=room.one(FloodWarning).id, level=None, why="no need")


def event(room: Acting) -> None:
    commands_report.start_event(room.store, room.by(), unit=CITY, about="a breach")


def season_removed(room: Acting) -> None:
    season.remove_season(room.store, room.by(), room.one(Season))


def phone(room: Acting) -> None:
    person = room.one(Person)
    if person.phones:
        organisation.verify_phone(
            room.store, room.by(), person=person.id, number=person.phones[0].number, on=room.today()
        )


def retirement(room: Acting) -> None:
    organisation.retire_person(room.store, room.by(), room.one(Person), on=room.today())


def leave(room: Acting) -> None:
    begins = room.soon(90)
    duty.enter_leave(
        room.store, room.by(), person=room.one(Person).id, from_at=begins, until_at=begins + timedelta(hours=30)
    )


def leave_withdrawn(room: Acting) -> None:
    duty.withdraw_leave(room.store, room.by(), room.one(Leave))


def removal_from_duty(room: Acting) -> None:
    begins = room.soon(50) + timedelta(hours=50)
    duty.override(
        room.store, room.by(), unit=CITY, post=room.one(Post).id, kind=OverrideKind.REMOVE, from_at=begins,
        until_at=begins + timedelta(hours=9), zone=room.zone, person=room.one(Person).id, despite=True,
    )  # fmt: skip


def post_check(room: Acting) -> None:
    check_post(room.store, room.by(), unit=CITY, method="telephone", on_site=room.random.random() < 0.5, zone=room.zone)


def receipt(room: Acting) -> None:
    until = room.today() + timedelta(room.random.randint(1, 60))
    commands_receiving.receive_stock(
        room.store, room.by(), zone=room.zone, item=room.one(Item).id, place=room.one(Place).id,
        quantity=room.random.randint(1, 500), life=Life.DATED, usable_until=until,
    )  # fmt: skip


def issue(room: Acting) -> None:
    commands_stock.issue_stock(
        room.store, room.by(), zone=room.zone, item=room.one(Item).id, place=room.one(Place).id,
        quantity=room.random.randint(1, 500),
    )  # fmt: skip


def reservation(room: Acting) -> None:
    commands_stock.reserve_stock(
        room.store, room.by(), zone=room.zone, item=room.one(Item).id, place=room.one(Place).id,
        quantity=room.random.randint(1, 50), purpose="levee", until_on=room.random.choice([None, room.today()]),
    )  # fmt: skip


def setting_apart(room: Acting) -> None:
    last = room.one(Movement)
    commands_stock.set_apart(room.store, room.by(), zone=room.zone, lot=last.lot, place=last.target, quantity=1)


def reversal(room: Acting) -> None:
    commands_stock.reverse_movement(room.store, room.by(), zone=room.zone, movement=room.one(Movement).id)


def transfer(room: Acting) -> None:
    last = room.one(Movement)
    ordered = commands_transfer.order_transfer(
        room.store, room.by(), zone=room.zone, source=last.target, target=room.one(Place).id,
        lines=(Asked(lot=last.lot, quantity=room.random.randint(1, 20)),),
    )  # fmt: skip
    commands_transfer.ship_transfer(room.store, room.by(), zone=room.zone, transfer=ordered.id)


def arrival(room: Acting) -> None:
    coming = room.one(Transfer)
    arrived = tuple(Arrived(lot=line.lot, received=line.sent) for line in coming.lines)
    commands_transfer.receive_transfer(
        room.store, room.by(), zone=room.zone, transfer=coming.id, arrived=arrived
    )  # fmt: skip


def count(room: Acting) -> None:
    last = room.one(Movement)
    session = commands_counting.open_count(room.store, room.by(), name="count", places=(last.target,))
    commands_counting.observe(
        room.store, room.by(), zone=room.zone, session=session.id, place=last.target, code=last.lot,
        typed=str(room.random.randint(0, 300)), counted_at=room.clock.now(), seen_seq=room.store.seq,
    )  # fmt: skip
    commands_counting.post_count(
        room.store, room.by(), zone=room.zone, session=session.id, reasons={last.lot: VarianceReason.UNKNOWN},
        blanks_stay_uncounted=True,
    )  # fmt: skip


def task(room: Acting) -> None:
    rectification.open_task(
        room.store, room.by(), unit=room.one(Unit).id, meeting="meeting", description="do it",
        owner=room.one(Person).id, ordered_on=room.today(), required_on=room.today() + timedelta(3),
    )  # fmt: skip


def undoing(room: Acting) -> None:
    undo_entry(room.store, room.by(), room.random.choice(list(room.store.entries())[-12:]))


ACTS: tuple[Callable[[Acting], None], ...] = (
    time_passes, time_passes, reading, level, warning, decision, event, season_removed, phone, retirement, leave,
    leave_withdrawn, removal_from_duty, post_check, receipt, issue, reservation, setting_apart, reversal, transfer,
    arrival, count, task, undoing,
)  # fmt: skip
