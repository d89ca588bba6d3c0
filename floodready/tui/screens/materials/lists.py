"""The lists beside stock: open papers, machines, transfers on the way, quota, replenishment."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import ClassVar
from zoneinfo import ZoneInfo

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from floodready.language import Sentence, say, verbatim
from floodready.materials.models import Holder, Item
from floodready.materials.models_equipment import TestRun
from floodready.materials.models_papers import Transfer, TransferState
from floodready.materials.quota import Comparison
from floodready.materials.replenishment import Replenishment
from floodready.materials.views import (
    EquipmentRow,
    PaperRow,
    comparisons,
    equipment_rows,
    open_papers,
    place_names,
    to_replenish,
    told,
)
from floodready.organisation.models import Person, Unit
from floodready.store.contract import Act, View
from floodready.tui.board_panels import Note
from floodready.tui.keys import bind
from floodready.tui.room import Room
from floodready.tui.screens.clocks import remaining
from floodready.tui.screens.form import Form, Values
from floodready.tui.screens.pillar_screen import PillarScreen
from floodready.tui.theme import Tone
from floodready.tui.widgets.fields import ChoiceField, QuantityField, TextField
from floodready.tui.widgets.virtual_table import Column, VirtualTable


class PapersScreen(PillarScreen[list[PaperRow]]):
    """Issue papers that are not complete, with their clocks; enter completes one."""

    TITLE_WORDS = say("Open papers")
    HELP_WORDS = say("After a verbal order the paper is completed within 48 hours, or what the office has set.")
    TABLES = frozenset({"materials."})
    TIMED = True

    def body(self) -> ComposeResult:
        columns: tuple[Column[PaperRow], ...] = (
            Column(id="left", heading=say("Clock"), cell=lambda r: remaining(r.due_at, self.room.at()), width=16,
                   tone=lambda r: Tone.BAD if r.due_at < self.room.at() else Tone.WATCH),
            Column(id="item", heading=say("Item"), cell=lambda r: r.item, width=14, grow=1),
            Column(id="told", heading=say("Quantity"), cell=lambda r: r.told, width=12, right=True),
            Column(id="place", heading=say("From"), cell=lambda r: r.place, width=10),
            Column(id="missing", heading=say("Missing"), cell=lambda r: len(r.missing), width=8, right=True),
        )  # fmt: skip
        yield VirtualTable(columns, lambda row: row.id, empty=say("Every issue has its paper."), id="papers")

    def read_facts(self, view: View, room: Room) -> list[PaperRow]:
        del room
        return open_papers(view)

    def show_facts(self, facts: list[PaperRow]) -> None:
        self.query_one("#papers", VirtualTable).show_rows(facts)

    @on(VirtualTable.Opened, "#papers")
    def complete(self, opened: VirtualTable.Opened) -> None:
        """Ask for what is missing."""
        self.app.push_screen(complete_form(self.room, opened.row))


def complete_form(room: Room, row: PaperRow) -> Form:
    """Ask for receiver, contacts and approver; what is known may stay blank."""
    words = {
        "receiver": say("Receiver"), "receiver_contact": say("Receiver's contact"),
        "sender_contact": say("Our contact"), "approver": say("Approved by"),
    }  # fmt: skip

    def do(act: Act, values: Values) -> Sentence:
        from floodready.materials.commands import complete_paper

        paper = complete_paper(
            room.store, act, paper=row.id, receiver=values.get("receiver") or "",
            receiver_contact=values.get("receiver_contact") or "", sender_contact=values.get("sender_contact") or "",
            approver=values.get("approver") or "",
        )  # fmt: skip
        return say("Paper {paper} is complete.", paper=paper.id)

    fields = [TextField(name, word) for name, word in words.items() if name in row.missing]
    return Form(say("Complete paper {paper}", paper=row.id), fields, do, act=say("Complete"))


class MachinesScreen(PillarScreen[list[EquipmentRow]]):
    """Machines, the first due for its test first; enter records a test run."""

    TITLE_WORDS = say("Machines")
    HELP_WORDS = say("A failed test takes the machine out of service and opens a record of rectification.")
    TABLES = frozenset({"materials."})

    def body(self) -> ComposeResult:
        columns: tuple[Column[EquipmentRow], ...] = (
            Column(id="id", heading=say("Number"), cell=lambda r: r.id, width=12),
            Column(id="name", heading=say("Name"), cell=lambda r: r.name, width=16, grow=1),
            Column(id="place", heading=say("Place"), cell=lambda r: r.place, width=12),
            Column(id="condition", heading=say("Condition"), cell=lambda r: r.condition.word, width=14),
            Column(id="due", heading=say("Test due"), cell=lambda r: r.next_due_on or "", width=12,
                   tone=lambda r: Tone.BAD if r.overdue else None),
        )  # fmt: skip
        empty = say("No machine is entered yet.")
        yield VirtualTable(columns, lambda row: row.id, empty=empty, id="machines")

    def read_facts(self, view: View, room: Room) -> list[EquipmentRow]:
        return equipment_rows(view, room.at(), room.zone)

    def show_facts(self, facts: list[EquipmentRow]) -> None:
        self.query_one("#machines", VirtualTable).show_rows(facts)

    @on(VirtualTable.Opened, "#machines")
    def test(self, opened: VirtualTable.Opened) -> None:
        """Ask how the test run went."""
        self.app.push_screen(test_form(self.room, opened.row))


def test_form(room: Room, row: EquipmentRow) -> Form:
    """Ask for the result of a test run."""

    def do(act: Act, values: Values) -> Sentence:
        from floodready.materials.commands import record_test

        run: TestRun = record_test(
            room.store, act, zone=room.zone, equipment=row.id, passed=values["passed"],
            minutes=values["minutes"] or 0, note=values["note"] or "",
        )  # fmt: skip
        return say("Recorded {id}.", id=run.id)

    results = [(True, say("passed")), (False, say("failed"))]
    return Form(
        say("Test run of {name} {id}", name=verbatim(row.name), id=verbatim(row.id)),
        [
            ChoiceField("passed", say("Result"), results, value=True),
            QuantityField("minutes", say("Ran for"), unit=say("minutes"), required=False),
            TextField("note", say("Note"), required=False),
        ],
        do,
        act=say("Record"),
    )


class TransfersScreen(PillarScreen[list[Transfer]]):
    """Transfers that are not closed; enter receives one in full, `x` says what came short or damaged."""

    TITLE_WORDS = say("On the way")
    HELP_WORDS = say("Enter receives what is still on the way. What came short or damaged needs its reason.")
    TABLES = frozenset({"materials."})
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("transfers.cancel", "x", "cancel", say("cancel"), say("Cancel before receipt: everything comes back.")),
    ]

    def body(self) -> ComposeResult:
        columns: tuple[Column[Transfer], ...] = (
            Column(id="id", heading=say("Transfer"), cell=lambda r: r.id, width=10),
            Column(id="source", heading=say("From"), cell=lambda r: r.source, width=12, grow=1),
            Column(id="target", heading=say("To"), cell=lambda r: r.target, width=12, grow=1),
            Column(id="state", heading=say("State"), cell=lambda r: r.state.word, width=14),
            Column(id="lines", heading=say("Lots"), cell=lambda r: len(r.lines), width=6, right=True),
        )
        yield VirtualTable(columns, lambda row: row.id, empty=say("Nothing is on the way."), id="transfers")

    def read_facts(self, view: View, room: Room) -> list[Transfer]:
        del room
        done = (TransferState.CLOSED, TransferState.CANCELLED)
        return [one for one in view.all(Transfer) if one.state not in done]

    def show_facts(self, facts: list[Transfer]) -> None:
        self.query_one("#transfers", VirtualTable).show_rows(facts)

    @on(VirtualTable.Opened, "#transfers")
    def receive(self, opened: VirtualTable.Opened) -> None:
        """Ask what came of the first lot that is still open."""
        self.app.push_screen(arrived_form(self.room, opened.row))

    def action_cancel(self) -> None:
        row: Transfer | None = self.query_one("#transfers", VirtualTable).row
        if row is None:
            return
        act = self.room.act()

        def cancel() -> Sentence:
            from floodready.materials.commands import cancel_transfer

            found = cancel_transfer(self.room.store, act, zone=self.room.zone, transfer=row.id)
            return say("Transfer {id} is {state}.", id=found.id, state=found.state.word)

        self.run_command(cancel)


def arrived_form(room: Room, transfer: Transfer) -> Form:
    """Ask what came, lot by lot; all that was sent stands there already. Figures are smallest units."""
    fields = []
    open_lines = [(place, line) for place, line in enumerate(transfer.lines) if line.open]
    for place, line in open_lines:
        came = say("Lot {lot}: came", lot=verbatim(line.lot))
        fields.append(QuantityField(f"received-{place}", came, unit=say("pieces"), value=line.open))
        fields.append(QuantityField(f"damaged-{place}", say("of it damaged"), unit=say("pieces"), value=0))

    def do(act: Act, values: Values) -> Sentence:
        from floodready.materials.commands import receive_transfer
        from floodready.materials.commands_transfer import Arrived

        came = tuple(
            Arrived(lot=line.lot, received=values[f"received-{place}"], damaged=values[f"damaged-{place}"] or 0,
                    reason=values["reason"] or "")
            for place, line in open_lines
        )  # fmt: skip
        found = receive_transfer(room.store, act, zone=room.zone, transfer=transfer.id, arrived=came)
        return say("Transfer {id} is {state}.", id=found.id, state=found.state.word)

    reason = TextField("reason", say("Reason if short, damaged or over"), required=False)
    return Form(say("Receive {id}", id=transfer.id), [*fields, reason], do, act=say("Receive"))


QuotaRow = tuple[Item, Comparison]


class QuotaScreen(PillarScreen[list[QuotaRow]]):
    """What the unit must hold against what is usable, the holders apart."""

    TITLE_WORDS = say("Quota")
    HELP_WORDS = say("Without a quota table the need is not known; it is never taken for met.")
    TABLES = frozenset({"materials.", "organisation."})

    def body(self) -> ComposeResult:
        holders: list[Column[QuotaRow]] = [_holder_column(holder) for holder in Holder]
        columns: tuple[Column[QuotaRow], ...] = (
            Column(id="item", heading=say("Item"), cell=lambda r: r[0].name, width=12, grow=1),
            Column(id="need", heading=say("Required"), width=12, right=True,
                   cell=lambda r: told(r[0], r[1].need.quantity) if r[1].need else say("no quota")),
            Column(id="usable", heading=say("Usable"), cell=lambda r: told(r[0], r[1].usable), width=12, right=True),
            Column(id="short", heading=say("Short"), width=12, right=True,
                   cell=lambda r: say("not known") if r[1].shortfall is None else told(r[0], r[1].shortfall),
                   tone=lambda r: Tone.BAD if r[1].shortfall else None),
            *holders,
        )  # fmt: skip
        empty = say("No stock and no quota yet.")
        yield VirtualTable(columns, lambda row: row[0].id, empty=empty, id="quota")

    def read_facts(self, view: View, room: Room) -> list[QuotaRow]:
        unit = _unit(view, room)
        found = comparisons(view, unit, room.at(), room.zone) if unit else ()
        return [(item, one) for one in found if (item := view.get(Item, one.item)) is not None]

    def show_facts(self, facts: list[QuotaRow]) -> None:
        self.query_one("#quota", VirtualTable).show_rows(facts)


NeedRow = tuple[Item, Replenishment]


class ReplenishScreen(PillarScreen[list[NeedRow]]):
    """What must be bought or replaced."""

    TITLE_WORDS = say("Replenish")
    HELP_WORDS = say("The list as a workbook: floodready stock replenish UNIT --xlsx FILE")
    TABLES = frozenset({"materials.", "organisation."})

    def body(self) -> ComposeResult:
        columns: tuple[Column[NeedRow], ...] = (
            Column(id="item", heading=say("Item"), cell=lambda r: r[0].name, width=14, grow=1),
            Column(id="cause", heading=say("Why"), cell=lambda r: r[1].cause.word, width=16),
            Column(id="told", heading=say("Quantity"), cell=lambda r: told(r[0], r[1].quantity), width=14, right=True),
            Column(id="supplier", heading=say("Last supplier"), cell=lambda r: r[1].last_supplier, width=14, grow=1),
        )
        empty = say("Nothing is short, expiring or set apart.")
        yield VirtualTable(columns, lambda row: f"{row[0].id}{row[1].cause}", empty=empty, id="replenish")

    def read_facts(self, view: View, room: Room) -> list[NeedRow]:
        unit = _unit(view, room)
        found = to_replenish(view, unit, room.at(), room.zone) if unit else []
        return [(item, one) for one in found if (item := view.get(Item, one.item)) is not None]

    def show_facts(self, facts: list[NeedRow]) -> None:
        self.query_one("#replenish", VirtualTable).show_rows(facts)


def _holder_column(holder: Holder) -> Column[QuotaRow]:
    return Column(
        id=holder.value, heading=holder.word, cell=lambda r: told(r[0], r[1].by_holder.get(holder, 0)), width=14,
        right=True, priority=3,
    )  # fmt: skip


def _unit(view: View, room: Room) -> str | None:
    person = view.get(Person, room.person) if room.person else None
    return person.unit if person else next((unit.id for unit in view.all(Unit) if unit.parent is None), None)


def paper_clocks(view: View, at: datetime, zone: ZoneInfo) -> Iterator[Note]:
    """Give the board its clocks: papers that are not complete."""
    del at, zone
    for row in open_papers(view):
        yield Note(
            text=say("paper {paper}: {quantity} {item} from {place}", paper=row.id, quantity=row.told,
                     item=verbatim(row.item), place=verbatim(place_names(view).get(row.place, row.place))),
            tone=Tone.WATCH, opens=("materials.issue_papers", row.id), due_at=row.due_at,
        )  # fmt: skip
