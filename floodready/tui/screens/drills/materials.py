"""What a drill needs of the stock: named, reserved, issued to its account, accounted for."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from floodready.drills import commands, reading
from floodready.drills.models import Drill, ReservedMaterial
from floodready.drills.views_materials import MaterialRow, material_rows, typed_material
from floodready.frozen import frozen, replace
from floodready.language import Sentence, say, say_as, verbatim
from floodready.materials.models import Item, Place
from floodready.refusal import Invalid, Refused
from floodready.store.contract import Act, View
from floodready.tui.keys import bind
from floodready.tui.room import Room
from floodready.tui.screens.drills.of_drill import OfDrillScreen
from floodready.tui.screens.drills.receipt import told
from floodready.tui.screens.form import Form, Values
from floodready.tui.theme import Tone
from floodready.tui.widgets.fields import ChoiceField, TextField
from floodready.tui.widgets.virtual_table import Column, VirtualTable
from floodready.tui.widgets.words import Words

_OUTCOMES = ("good", "damaged", "consumed", "lost")


@frozen
class MaterialFacts:
    """The drill, its materials, and what can be named for it."""

    drill: Drill
    rows: list[MaterialRow]
    items: dict[str, Item]
    places: dict[str, Place]
    lots: dict[str, list[str]]
    """The lots of an item that are still out."""


COLUMNS: tuple[Column[MaterialRow], ...] = (
    Column(id="item", heading=say("Item"), cell=lambda r: r.item_name, width=16, grow=3),
    Column(id="place", heading=say("Place"), cell=lambda r: r.place_name, width=14, grow=2),
    Column(id="needed", heading=say("Needed"), cell=lambda r: r.needed, width=9, right=True),
    Column(id="state", heading=say("State"), cell=lambda r: r.state, width=13),
    Column(id="out", heading=say("Still out"), cell=lambda r: r.out, width=9, right=True,
           tone=lambda _: Tone.WATCH),
)  # fmt: skip


class MaterialsScreen(OfDrillScreen[MaterialFacts]):
    """The materials of one drill."""

    TITLE_WORDS = say("Materials of the drill")
    HELP_WORDS = say(
        "Named materials are reserved, issued to the drill's own account, and accounted for piece by piece."
    )
    TABLES = frozenset({"drills.", "materials."})
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("drill_materials.new", "n", "new", say_as("to put down by name", "name"),
             say("Name an item that the drill needs.")),
        bind("drill_materials.drop", "x", "drop", say("drop"), say("Take the item out of the plan.")),
        bind("drill_materials.reserve", "m", "reserve", say("reserve"), say("Reserve all of it in stock.")),
        bind("drill_materials.issue", "i", "issue", say("issue"), say("Issue all of it to the drill's account.")),
        bind("drill_materials.back", "b", "bring_back", say("bring back"),
             say("Say what came back, was consumed or lost.")),
    ]  # fmt: skip

    def body(self) -> ComposeResult:
        yield Words(id="head")
        yield VirtualTable(
            COLUMNS,
            lambda row: f"{row.item}@{row.place}",
            empty=say("The drill needs nothing of the stock yet."),
            first=say("Press n to name the first item."),
            id="materials",
        )

    def read_facts(self, view: View, room: Room) -> MaterialFacts:  # noqa: ARG002 - every screen is asked alike
        from floodready.drills.surroundings import materials_out

        drill = reading.the_drill(view, self._drill)
        return MaterialFacts(
            drill=drill,
            rows=material_rows(view, self._drill),
            items={item.id: item for item in view.all(Item)},
            places={place.id: place for place in view.all(Place)},
            lots={item: list(lots) for item, lots in materials_out(view, drill).items()},
        )

    def show_facts(self, facts: MaterialFacts) -> None:
        self.query_one("#head", Words).say(verbatim(facts.drill.name))
        self.query_one("#materials", VirtualTable).show_rows(facts.rows)

    def action_new(self) -> None:
        """Name an item."""
        if self.facts is not None:
            self.app.push_screen(_need_form(self.room, self.facts, self._row()))

    def action_drop(self) -> None:
        """Take the item under the cursor out of the plan."""
        row = self._row()
        if row is None or self.facts is None:
            return
        seen = self.facts.drill
        kept = tuple(m for m in seen.materials if (m.item, m.place) != (row.item, row.place))
        self.run_act(
            lambda act: told(
                commands.change_drill(self.room.store, act, seen=seen, wanted=replace(seen, materials=kept)),
                say("{item} is out of the plan.", item=row.item_name),
            )
        )

    def action_reserve(self) -> None:
        """Reserve what is not reserved yet."""
        room = self.room
        self.run_act(
            lambda act: say(
                "The materials of {drill} are reserved.",
                drill=commands.reserve_materials(room.store, act, drill=self._drill, zone=room.zone).name,
            )
        )

    def action_issue(self) -> None:
        """Issue what is not issued yet."""
        room = self.room
        self.run_act(
            lambda act: say(
                "The materials of {drill} are issued to it.",
                drill=commands.issue_materials(room.store, act, drill=self._drill, zone=room.zone).name,
            )
        )

    @on(VirtualTable.Opened, "#materials")
    def action_bring_back(self) -> None:
        """Account for the item under the cursor."""
        row = self._row()
        if row is None or self.facts is None:
            return
        if not row.out:
            self.duty_app.say_in_passing(say("Nothing of {item} is out with the drill.", item=row.item_name))
        else:
            self.app.push_screen(_back_form(self.room, self.facts, row))

    def _row(self) -> MaterialRow | None:
        row: MaterialRow | None = self.query_one("#materials", VirtualTable).row
        return row


def _need_form(room: Room, facts: MaterialFacts, row: MaterialRow | None) -> Form:
    def do(act: Act, values: Values) -> Sentence:
        quantity = _typed(room, facts.drill, facts.items[values["item"]], values["quantity"], "quantity", least=1)
        others = tuple(m for m in facts.drill.materials if (m.item, m.place) != (values["item"], values["place"]))
        made = ReservedMaterial(item=values["item"], place=values["place"], quantity=quantity)
        commands.change_drill(room.store, act, seen=facts.drill, wanted=replace(facts.drill, materials=(*others, made)))
        return say("{item} is named for the drill.", item=facts.items[values["item"]].name)

    fields = [
        ChoiceField("item", say("Item"), [(i.id, verbatim(i.name)) for i in facts.items.values()],
                    value=None if row is None else row.item),
        ChoiceField("place", say("Place"), [(place.id, verbatim(place.name)) for place in facts.places.values()],
                    value=None if row is None else row.place),
        TextField("quantity", say("Quantity")),
    ]  # fmt: skip
    return Form(say("What the drill needs"), fields, do, act=say("Name"))


def _back_form(room: Room, facts: MaterialFacts, row: MaterialRow) -> Form:
    item = facts.items[row.item]
    lots = facts.lots[row.item]
    only = lots[0] if len(lots) == 1 else None

    def do(act: Act, values: Values) -> Sentence:
        outcomes = {outcome: _typed(room, facts.drill, item, values[outcome] or "0", outcome) for outcome in _OUTCOMES}
        commands.return_materials(
            room.store, act, drill=facts.drill.id, zone=room.zone, item=row.item, lot=values["lot"], **outcomes
        )
        return say("Accounted for: {item} of {drill}.", item=row.item_name, drill=facts.drill.name)

    fields = [
        TextField("good", say("Came back good"), required=False),
        TextField("damaged", say("Came back damaged"), required=False),
        TextField("consumed", say("Consumed"), required=False),
        TextField("lost", say("Lost"), required=False),
        ChoiceField("lot", say("Lot"), [(lot, verbatim(lot)) for lot in lots], value=only, required=False),
    ]  # fmt: skip
    intro = say("{out} {unit} are out with the drill; good pieces go back to {place}.",
                out=row.out, unit=verbatim(item.unit), place=row.place_name)  # fmt: skip
    return Form(
        say("What became of {item}", item=row.item_name),
        fields,
        do,
        act=say_as("to account for", "Account"),
        intro=intro,
    )


def _typed(room: Room, drill: Drill, item: Item, typed: str, field: str, least: int = 0) -> int:
    """Read a quantity that was typed into a field. Raises Invalid, named for that field."""
    try:
        quantity = typed_material(drill, item, typed, room.zone)
    except Refused as refused:
        raise Invalid(refused.sentence, {field: refused.sentence}, Drill.table) from None
    if quantity < least:
        few = say("must be {limit} or more", limit=least)
        raise Invalid(few, {field: few}, Drill.table)
    return quantity
