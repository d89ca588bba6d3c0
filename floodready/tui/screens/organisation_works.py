"""Works and sites of the units: dike sections, reservoirs, risk points, shelters; what quotas and levels go by."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from floodready.frozen import frozen
from floodready.language import Sentence, say, verbatim
from floodready.organisation.lookup import active_units
from floodready.organisation.models import Unit, Works, WorksKind
from floodready.organisation.views import WorksRow, works_rows
from floodready.store.contract import Act, View
from floodready.tui.keys import bind
from floodready.tui.room import Room
from floodready.tui.screens.form import Form, Values
from floodready.tui.screens.organisation_forms import turn_use
from floodready.tui.screens.pillar_screen import PillarScreen
from floodready.tui.theme import Tone
from floodready.tui.widgets.field import Field
from floodready.tui.widgets.fields import ChoiceField, QuantityField, TextField
from floodready.tui.widgets.virtual_table import Column, VirtualTable


@frozen
class Sites:
    """What the screen shows."""

    rows: list[WorksRow]
    works: dict[str, Works]
    units: list[Unit]


COLUMNS: tuple[Column[WorksRow], ...] = (
    Column(id="name", heading=say("Works or site"), cell=lambda r: r.name, width=18, grow=2,
           tone=lambda r: None if r.active else Tone.MUTED),
    Column(id="unit", heading=say("Unit"), cell=lambda r: r.unit, width=16, grow=1),
    Column(id="kind", heading=say("Kind"), cell=lambda r: r.kind if r.active else say("retired"), width=15),
    Column(id="grade", heading=say("Grade"), cell=lambda r: r.grade, width=7),
    Column(id="size", heading=say("Size"), cell=lambda r: r.size, width=12, right=True),
    Column(id="id", heading=say("Code"), cell=lambda r: r.id, width=10, priority=3, tone=lambda _: Tone.MUTED),
)  # fmt: skip


class WorksScreen(PillarScreen[Sites]):
    """The works of all units. Quotas multiply their size; a level raises what is kept for risk points."""

    TITLE_WORDS = say("Works and sites")
    HELP_WORDS = say("Quotas go by kind, grade and size. A level raises the stock that is kept for risk points.")
    TABLES = frozenset({"organisation."})
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("works.new", "n", "new", say("new"), say("Add works or a site of a unit.")),
        bind("works.change", "c,space", "change", say("change"), say("Change the works of the row.")),
        bind("works.risk", "m", "risk_point", say("risk point"), say("Add a risk point on the works of the row.")),
        bind("works.retire", "x", "retire", say("retire"), say("Take the works out of use, or back into it.")),
    ]

    def body(self) -> ComposeResult:
        empty, first = (
            say("No works yet."),
            say("Press n to add the first; without works no quota says what is needed."),
        )
        yield VirtualTable(COLUMNS, lambda row: row.id, empty=empty, first=first, id="works")

    def read_facts(self, view: View, room: Room) -> Sites:
        del room
        return Sites(
            rows=works_rows(view, retired=True),
            works={works.id: works for works in view.all(Works)},
            units=active_units(view),
        )

    def show_facts(self, facts: Sites) -> None:
        self.query_one("#works", VirtualTable).show_rows(facts.rows)

    @on(VirtualTable.Opened, "#works")
    def open_works(self) -> None:
        """Change the works."""
        self.action_change()

    def action_new(self) -> None:
        if self.facts is not None and self.facts.units:
            self.app.push_screen(new_works(self.room, self.facts.units, self.facts.units[0].id, WorksKind.DIKE))

    def action_change(self) -> None:
        if self.facts is not None and (works := self._works()) is not None:
            self.app.push_screen(change_works(self.room, self.facts.units, works))

    def action_risk_point(self) -> None:
        if self.facts is not None and self.facts.units:
            works = self._works()
            unit = works.unit if works else self.facts.units[0].id
            self.app.push_screen(new_works(self.room, self.facts.units, unit, WorksKind.RISK_POINT, works))

    def action_retire(self) -> None:
        if (works := self._works()) is not None:
            self.app.push_screen(turn_use(self.room, works))

    def _works(self) -> Works | None:
        row: WorksRow | None = self.query_one("#works", VirtualTable).row
        return self.facts.works.get(row.id) if row is not None and self.facts is not None else None


def new_works(room: Room, units: list[Unit], unit: str, kind: WorksKind, on: Works | None = None) -> Form:
    """Ask for works or a site of a unit; `on` are the works that a risk point lies on: its grade is taken over."""

    def do(act: Act, values: Values) -> Sentence:
        from floodready.organisation.commands import add_works

        return say("Added: {name}.", name=verbatim(add_works(room.store, act, **values).name))

    name = f"{on.name} " if on else ""
    first = Works(id="new", name=name, unit=unit, kind=kind, grade=on.grade if on else "",
                  size_unit=on.size_unit if on else "")  # fmt: skip
    title = say("A new risk point") if kind is WorksKind.RISK_POINT else say("New works")
    return Form(title, _fields(units, first), do, act=say("Add"), intro=_SIZE)


def change_works(room: Room, units: list[Unit], works: Works) -> Form:
    """Ask for what works are to be."""

    def do(act: Act, values: Values) -> Sentence:
        from floodready.organisation.commands import change_works as change

        return say("Changed: {name}.", name=verbatim(change(room.store, act, works, **values).name))

    title = say("Change {name}", name=verbatim(works.name))
    return Form(title, _fields(units, works), do, act=say("Change"), edits=True, intro=_SIZE)


_SIZE = say("Grade and size as the quota table counts them; no size: the need is not known.")


def _fields(units: list[Unit], works: Works) -> list[Field]:
    return [
        TextField("name", say("Name"), value=works.name),
        ChoiceField("unit", say("Unit"), [(unit.id, verbatim(unit.name)) for unit in units], value=works.unit),
        ChoiceField("kind", say("Kind"), [(kind, kind.word) for kind in WorksKind], value=works.kind),
        TextField("grade", say("Grade"), value=works.grade, required=False),
        QuantityField("size", say("Size"), unit=say("whole units"), value=works.size, required=False),
        TextField("size_unit", say("Size counts"), value=works.size_unit, required=False,
                  hint=say("like m of dike, or 10,000 m³")),
        TextField("note", say("Note"), value=works.note, required=False),
    ]  # fmt: skip
