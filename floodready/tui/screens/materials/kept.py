"""Reservations and sets: what is kept for a purpose, and how many sets are whole."""

from __future__ import annotations

from typing import ClassVar, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from floodready.clock import local_time
from floodready.frozen import replace
from floodready.language import Sentence, say, say_as, verbatim
from floodready.materials.models import Item, Reservation
from floodready.materials.models_equipment import GearSet
from floodready.materials.set_rows import PartRow, SetRow, set_rows
from floodready.materials.views import place_names, told
from floodready.store.contract import Act, View
from floodready.tui.keys import bind
from floodready.tui.room import Room
from floodready.tui.screens.dialog import Notice
from floodready.tui.screens.form import Form, Values
from floodready.tui.screens.materials.gear_forms import set_form
from floodready.tui.screens.materials.lists import unit_of
from floodready.tui.screens.pillar_screen import PillarScreen
from floodready.tui.theme import Tone
from floodready.tui.widgets.fields import TextField
from floodready.tui.widgets.virtual_table import Column, VirtualTable


class ReservedRow(NamedTuple):
    """An open reservation, worded."""

    reservation: Reservation
    item: str
    told: str
    place: str


class ReservationsScreen(PillarScreen[list[ReservedRow]]):
    """What is kept for a purpose: there, but not available; enter releases it."""

    TITLE_WORDS = say("Reservations")
    HELP_WORDS = say("Reserved stock is on hand and not available. Enter releases a reservation.")
    TABLES = frozenset({"materials."})

    def body(self) -> ComposeResult:
        columns: tuple[Column[ReservedRow], ...] = (
            Column(id="item", heading=say("Item"), cell=lambda r: r.item, width=12, grow=1),
            Column(id="told", heading=say("Quantity"), cell=lambda r: r.told, width=12, right=True),
            Column(id="place", heading=say("Place"), cell=lambda r: r.place, width=10, grow=1),
            Column(id="purpose", heading=say("For"), cell=lambda r: r.reservation.purpose, width=14, grow=2),
            Column(id="until", heading=say("Until"), cell=lambda r: r.reservation.until_on or "", width=10),
            Column(id="lot", heading=say("Lot"), cell=lambda r: r.reservation.lot, width=7),
            Column(id="made", heading=say("Made"), cell=lambda r: local_time(r.reservation.made_at, self.room.zone),
                   width=16, priority=2),
        )  # fmt: skip
        empty, first = say("Nothing is reserved."), say("Press h on a row of the stock to reserve it.")
        yield VirtualTable(columns, lambda row: row.reservation.id, empty=empty, first=first, id="reservations")

    def read_facts(self, view: View, room: Room) -> list[ReservedRow]:
        del room
        names = place_names(view)
        return [
            ReservedRow(one, item.name, told(item, one.quantity), names.get(one.place, one.place))
            for one in view.all(Reservation)
            if one.released_at is None and (item := view.get(Item, one.item)) is not None
        ]

    def show_facts(self, facts: list[ReservedRow]) -> None:
        self.query_one("#reservations", VirtualTable).show_rows(facts)

    @on(VirtualTable.Opened, "#reservations")
    def release(self, opened: VirtualTable.Opened) -> None:
        """Ask whether to release it."""
        self.app.push_screen(release_form(self.room, opened.row))


def release_form(room: Room, row: ReservedRow) -> Form:
    """Ask why a reservation is released."""

    def do(act: Act, values: Values) -> Sentence:
        from floodready.materials.commands import release_stock

        act = replace(act, reason=values["reason"] or "")
        return say("Released {id}.", id=release_stock(room.store, act, reservation=row.reservation.id).id)

    return Form(
        say("Release {quantity} of {item}", quantity=verbatim(row.told), item=verbatim(row.item)),
        [TextField("reason", say("Reason"), required=False)],
        do,
        act=say("Release"),
        intro=say("It was kept for: {purpose}", purpose=verbatim(row.reservation.purpose)),
    )


class SetFacts(NamedTuple):
    """The sets as rows, and what their forms need."""

    rows: list[SetRow]
    sets: dict[str, GearSet]
    items: dict[str, Item]


class SetsScreen(PillarScreen[SetFacts]):
    """Sets that serve only whole: the scarcest part decides; enter shows the parts."""

    TITLE_WORDS = say("Sets")
    HELP_WORDS = say("One boat is hull, engine, fuel and jackets: the scarcest part says how many boats there are.")
    TABLES = frozenset({"materials.", "organisation."})
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("sets.new", "n", "new", say("new set"), say("Enter a set with its parts.")),
        bind("sets.change", "c", "change", say("change"), say("Change the set: its parts, how many are needed.")),
    ]

    def body(self) -> ComposeResult:
        columns: tuple[Column[SetRow], ...] = (
            Column(id="name", heading=say_as("equipment", "Set"), cell=lambda r: r.name, width=18, grow=1),
            Column(id="whole", heading=say("Whole"), cell=lambda r: r.whole, width=7, right=True,
                   tone=lambda r: Tone.BAD if r.short else None),
            Column(id="needed", heading=say("Needed"), width=10, right=True,
                   cell=lambda r: say("not known") if r.needed is None else r.needed),
            Column(id="limit", heading=say("Limited by"), cell=lambda r: r.limited_by, width=16, grow=1),
        )  # fmt: skip
        empty, first = say("No set is entered yet."), say("Press n to enter the first.")
        yield VirtualTable(columns, lambda row: row.id, empty=empty, first=first, id="sets")

    def read_facts(self, view: View, room: Room) -> SetFacts:
        return SetFacts(
            set_rows(view, unit_of(view, room), room.at(), room.zone),
            {gear.id: gear for gear in view.all(GearSet)},
            {item.id: item for item in view.all(Item)},
        )

    def show_facts(self, facts: SetFacts) -> None:
        self.query_one("#sets", VirtualTable).show_rows(facts.rows)

    def action_new(self) -> None:
        """Enter a set."""
        if self.facts is not None:
            self.app.push_screen(set_form(self.room, self.facts.items))

    def action_change(self) -> None:
        """Change the set under the cursor."""
        row: SetRow | None = self.query_one("#sets", VirtualTable).row
        if self.facts is not None and row is not None:
            self.app.push_screen(set_form(self.room, self.facts.items, self.facts.sets[row.id]))

    @on(VirtualTable.Opened, "#sets")
    def show_parts(self, opened: VirtualTable.Opened) -> None:
        """Show what each part is enough for."""
        row: SetRow = opened.row
        self.app.push_screen(Notice(say("Set {name}", name=verbatim(row.name)), *map(part_told, row.parts)))


def part_told(part: PartRow) -> Sentence:
    """Say what a part of a set is enough for."""
    return say("{item}: {usable} usable, {each} for one set: enough for {sets}", item=verbatim(part.name),
               usable=verbatim(part.usable), each=verbatim(part.per_set), sets=part.enough_for)  # fmt: skip
