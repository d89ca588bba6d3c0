"""The lists beside stock: machines and their tests, quota against what is usable, what is to be replenished."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import ClassVar, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from floodready.clock import local_time
from floodready.language import Sentence, say, say_as, say_many, verbatim
from floodready.materials.models import Holder, Item, Place
from floodready.materials.models_equipment import Equipment, TestRun
from floodready.materials.quota import Comparison
from floodready.materials.replenishment import Replenishment
from floodready.materials.views import EquipmentRow, comparisons, equipment_rows, required_told, to_replenish, told
from floodready.organisation.lookup import home_unit, person_name, works_name
from floodready.store.contract import Act, View
from floodready.tui.keys import bind
from floodready.tui.room import Room
from floodready.tui.screens.dialog import Notice
from floodready.tui.screens.form import Form, Values
from floodready.tui.screens.materials.gear_forms import machine_form
from floodready.tui.screens.materials.paper_forms import label_form, replenishment_form
from floodready.tui.screens.pillar_screen import PillarScreen
from floodready.tui.theme import Tone
from floodready.tui.widgets.fields import ChoiceField, FileField, QuantityField, TextField
from floodready.tui.widgets.virtual_table import Column, VirtualTable
from floodready.tui.work import start


class MachineFacts(NamedTuple):
    """The machines as rows, and what their forms need."""

    rows: list[EquipmentRow]
    machines: dict[str, Equipment]
    items: list[Item]
    places: list[Place]


class MachinesScreen(PillarScreen[MachineFacts]):
    """Machines, the first due for its test first; enter records a test run."""

    TITLE_WORDS = say("Machines")
    HELP_WORDS = say("A failed test takes the machine out of service and opens a record of rectification.")
    TABLES = frozenset({"materials."})
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("machines.label", "l", "label", say("label"), say("Write the machine's label.")),
        bind("machines.explain", "e", "explain", say("tests"), say("The test runs of this machine.")),
        bind("machines.new", "n", "new", say("new machine"), say("Enter a machine under its serial number.")),
        bind("machines.change", "c", "change", say("change"), say("Change its place, condition or test interval.")),
    ]

    def body(self) -> ComposeResult:
        columns: tuple[Column[EquipmentRow], ...] = (
            Column(id="id", heading=say_as("machine", "Number"), cell=lambda r: r.id, width=12),
            Column(id="name", heading=say("Name"), cell=lambda r: r.name, width=16, grow=1),
            Column(id="place", heading=say("Place"), cell=lambda r: r.place_told, width=12, grow=1),
            Column(id="condition", heading=say("Condition"), cell=lambda r: r.condition.word, width=14),
            Column(id="due", heading=say("Test due"), cell=lambda r: r.next_due_on or "", width=12,
                   tone=lambda r: Tone.BAD if r.overdue else None),
        )  # fmt: skip
        empty, first = say("No machine is entered yet."), say("Press n to enter the first.")
        yield VirtualTable(columns, lambda row: row.id, empty=empty, first=first, id="machines")

    def read_facts(self, view: View, room: Room) -> MachineFacts:
        return MachineFacts(
            equipment_rows(view, room.at(), room.zone),
            {machine.id: machine for machine in view.all(Equipment)},
            list(view.all(Item)),
            list(view.all(Place)),
        )

    def show_facts(self, facts: MachineFacts) -> None:
        self.query_one("#machines", VirtualTable).show_rows(facts.rows)

    def action_new(self) -> None:
        """Enter a machine."""
        if self.facts is not None:
            self.app.push_screen(machine_form(self.room, self.facts.items, self.facts.places))

    def action_change(self) -> None:
        """Change the machine under the cursor."""
        row: EquipmentRow | None = self.query_one("#machines", VirtualTable).row
        if self.facts is not None and row is not None:
            known = self.facts.machines[row.id]
            self.app.push_screen(machine_form(self.room, self.facts.items, self.facts.places, known))

    @on(VirtualTable.Opened, "#machines")
    def test(self, opened: VirtualTable.Opened) -> None:
        """Ask how the test run went."""
        self.app.push_screen(test_form(self.room, opened.row))

    def action_label(self) -> None:
        row: EquipmentRow | None = self.query_one("#machines", VirtualTable).row
        if row is not None:
            title = say("Label of {name} {id}", name=verbatim(row.name), id=verbatim(row.id))
            self.app.push_screen(label_form("equipment", row.id, title))

    def action_explain(self) -> None:
        row: EquipmentRow | None = self.query_one("#machines", VirtualTable).row
        if row is not None:
            start(self, partial(self._tell_runs, row), "runs")

    async def _tell_runs(self, row: EquipmentRow) -> None:
        told = await self.room.runner.read(partial(runs_told, self.room, row.id))
        title = say("Test runs of {name} {id}", name=verbatim(row.name), id=verbatim(row.id))
        self.app.push_screen(Notice(title, *(told or [say("Never tested.")])))


def test_form(room: Room, row: EquipmentRow) -> Form:
    """Ask for the result of a test run."""

    def do(act: Act, values: Values) -> Sentence:
        from floodready.materials.commands import record_test

        run: TestRun = record_test(
            room.store, act, zone=room.zone, equipment=row.id, passed=values["passed"],
            minutes=values["minutes"] or 0, fuel=values["fuel"] or "", note=values["note"] or "",
        )  # fmt: skip
        return say("Recorded {id}.", id=run.id)

    results = [(True, say("passed")), (False, say("failed"))]
    return Form(
        say("Test run of {name} {id}", name=verbatim(row.name), id=verbatim(row.id)),
        [
            ChoiceField("passed", say("Result"), results, value=True),
            QuantityField("minutes", say("Ran for"), unit=say("minutes"), required=False),
            TextField("fuel", say("Fuel"), required=False, hint=say("what is in the tank, or was filled in")),
            TextField("note", say("Note"), required=False),
        ],
        do,
        act=say("Record"),
    )


def runs_told(room: Room, machine: str) -> list[Sentence]:
    """Word the test runs of a machine, the newest first. In the store's thread."""
    view = room.view()
    runs = sorted(view.find(TestRun, equipment=machine), key=lambda run: run.tested_at, reverse=True)
    return [
        say_many("{time}: {result}, {count} minute, {fuel} {note} ({person})",
                 "{time}: {result}, {count} minutes, {fuel} {note} ({person})", run.minutes,
                 time=local_time(run.tested_at, room.zone), result=say("passed") if run.passed else say("failed"),
                 fuel=verbatim(run.fuel), note=verbatim(run.note), person=verbatim(person_name(view, run.by)))
        for run in runs
    ]  # fmt: skip


class QuotaRow(NamedTuple):
    """An item's need against what is usable, and the names of the works behind the need."""

    item: Item
    one: Comparison
    works: tuple[str, ...]
    without_size: tuple[str, ...]


class QuotaScreen(PillarScreen[list[QuotaRow]]):
    """What the unit must hold against what is usable, the holders apart."""

    TITLE_WORDS = say("Quota")
    HELP_WORDS = say("Without a quota table the need is not known; it is never taken for met.")
    TABLES = frozenset({"materials.", "organisation."})
    BINDINGS: ClassVar[list[BindingType]] = [
        bind(
            "quota.import", "I", "import_table", say("import"), say("Import a quota table with its source and clause.")
        ),
        bind("quota.explain", "e", "explain", say("explain"), say("The works that were summed, source and clause.")),
    ]

    def body(self) -> ComposeResult:
        holders: list[Column[QuotaRow]] = [_holder_column(holder) for holder in Holder]
        columns: tuple[Column[QuotaRow], ...] = (
            Column(id="item", heading=say("Item"), cell=lambda r: r.item.name, width=12, grow=1),
            Column(id="need", heading=say("Required"), width=12, right=True,
                   cell=lambda r: required_told(r.item, r.one.need)),
            Column(id="usable", heading=say("Usable"), cell=lambda r: told(r.item, r.one.usable), width=12, right=True),
            Column(id="short", heading=say("Short"), width=12, right=True,
                   cell=lambda r: say("not known") if r.one.shortfall is None else told(r.item, r.one.shortfall),
                   tone=lambda r: Tone.BAD if r.one.shortfall else None),
            *holders,
        )  # fmt: skip
        empty = say("No stock and no quota yet.")
        yield VirtualTable(columns, lambda row: row.item.id, empty=empty, id="quota")

    def read_facts(self, view: View, room: Room) -> list[QuotaRow]:
        unit = unit_of(view, room)
        found = comparisons(view, unit, room.at(), room.zone) if unit else ()
        return [_quota_row(view, item, one) for one in found if (item := view.get(Item, one.item)) is not None]

    def show_facts(self, facts: list[QuotaRow]) -> None:
        self.query_one("#quota", VirtualTable).show_rows(facts)

    @on(VirtualTable.Opened, "#quota")
    def open_need(self) -> None:
        """Say where the need comes from."""
        self.action_explain()

    def action_explain(self) -> None:
        row: QuotaRow | None = self.query_one("#quota", VirtualTable).row
        if row is not None:
            self.app.push_screen(Notice(say("Quota of {item}", item=verbatim(row.item.name)), *need_told(row)))

    def action_import_table(self) -> None:
        self.app.push_screen(quota_form(self.room))


def need_told(row: QuotaRow) -> Iterator[Sentence]:
    """Say where the need of an item comes from, and what stands against it by holder."""
    item, one = row.item, row.one
    if one.need is None:
        yield say("No quota table names it: the need is not known. Import the table with I.")
    else:
        yield say("Required {need}: {source}, {clause}", need=verbatim(told(item, one.need.quantity)),
                  source=verbatim(one.need.source), clause=verbatim(one.need.clause))  # fmt: skip
        yield say("Summed over: {works}", works=verbatim(", ".join(row.works)))
        if row.without_size:
            yield say("Without a stated size, so the need is higher: {works}",
                      works=verbatim(", ".join(row.without_size)))  # fmt: skip
    for holder, quantity in one.by_holder.items():
        yield say("{holder}: {quantity} usable", holder=holder.word, quantity=verbatim(told(item, quantity)))


def quota_form(room: Room) -> Form:
    """Ask for the file of a quota table."""

    def do(act: Act, values: Values) -> Sentence:
        from floodready.exchange.quota_file import read_quota_table
        from floodready.materials.commands import put_quotas

        table = put_quotas(room.store, act, table=read_quota_table(values["file"]))
        return say_many(
            "{table} is in force from {day}: {count} row.", "{table} is in force from {day}: {count} rows.",
            len(table.rows), table=verbatim(table.name), day=str(table.in_force_on),
        )  # fmt: skip

    return Form(
        say("Import a quota table"),
        [FileField("file", say("File"))],
        do,
        act=say("Take it in"),
        intro=say("A JSON file with the table's source and clause; docs/formats.md shows it."),
    )


NeedRow = tuple[Item, Replenishment]


class ReplenishScreen(PillarScreen[list[NeedRow]]):
    """What must be bought or replaced."""

    TITLE_WORDS = say("Replenish")
    HELP_WORDS = say("What is short of the quota, expiring, or condemned. x writes the list as a workbook.")
    TABLES = frozenset({"materials.", "organisation."})
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("replenish.export", "x", "export", say("export"), say("Write the list as a workbook.")),
    ]

    def body(self) -> ComposeResult:
        columns: tuple[Column[NeedRow], ...] = (
            Column(id="item", heading=say("Item"), cell=lambda r: r[0].name, width=14, grow=1),
            Column(id="cause", heading=say("Why"), cell=lambda r: r[1].cause.word, width=14),
            Column(id="told", heading=say("Quantity"), cell=lambda r: told(r[0], r[1].quantity), width=14, right=True),
            Column(id="supplier", heading=say("Last supplier"), cell=lambda r: r[1].last_supplier, width=18, grow=1),
            Column(id="price", heading=say("Last price"), width=10, right=True, cell=lambda r: r[1].last_price),
        )
        empty = say("Nothing is short, expiring or set apart.")
        yield VirtualTable(columns, lambda row: f"{row[0].id}{row[1].cause}", empty=empty, id="replenish")

    def read_facts(self, view: View, room: Room) -> list[NeedRow]:
        unit = unit_of(view, room)
        found = to_replenish(view, unit, room.at(), room.zone) if unit else []
        return [(item, one) for one in found if (item := view.get(Item, one.item)) is not None]

    def show_facts(self, facts: list[NeedRow]) -> None:
        self.query_one("#replenish", VirtualTable).show_rows(facts)

    def action_export(self) -> None:
        if self.facts:
            self.app.push_screen(replenishment_form(self.facts))


def _quota_row(view: View, item: Item, one: Comparison) -> QuotaRow:
    works, without_size = (one.need.works, one.need.without_size) if one.need is not None else ((), ())
    return QuotaRow(item, one, _names(view, works), _names(view, without_size))


def _names(view: View, works: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(works_name(view, one) for one in works)


def _holder_column(holder: Holder) -> Column[QuotaRow]:
    return Column(
        id=holder.value, heading=holder.word, cell=lambda r: told(r.item, r.one.by_holder.get(holder, 0)), width=14,
        right=True, priority=3,
    )  # fmt: skip


def unit_of(view: View, room: Room) -> str | None:
    """Give the unit of the person signed in; the topmost one where nobody is."""
    unit = home_unit(view, room.person)
    return unit.id if unit is not None else None
