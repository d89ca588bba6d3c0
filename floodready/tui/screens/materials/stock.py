"""Stock by place or by item: what is where, until when it is usable, and every act on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from floodready.language import say, say_as, say_many, verbatim
from floodready.materials.models import Item, Place, Reservation
from floodready.materials.models_counting import CountSession, SessionState
from floodready.materials.models_equipment import Equipment, GearSet
from floodready.materials.models_papers import Incident, Transfer
from floodready.materials.places import QUARANTINE
from floodready.materials.views import StockRow, settings_of, stock_rows
from floodready.refusal import Refused
from floodready.store.contract import View
from floodready.text import alphabetical
from floodready.tui.keys import bind
from floodready.tui.room import Room
from floodready.tui.screens.materials import stock_forms
from floodready.tui.screens.materials.catalogue_forms import item_form, place_form
from floodready.tui.screens.materials.count import CountScreen
from floodready.tui.screens.materials.counts import ask_for_count
from floodready.tui.screens.materials.lot import LotScreen
from floodready.tui.screens.materials.paper_forms import label_form
from floodready.tui.screens.materials.stock_forms import StockFacts
from floodready.tui.screens.pillar_screen import AnyPillarScreen, PillarScreen
from floodready.tui.theme import Tone
from floodready.tui.widgets.virtual_table import Column, VirtualTable
from floodready.tui.widgets.words import NOTHING, Words

_BESIDE: Mapping[str, str] = {
    Item.table: "lists:QuotaScreen",
    GearSet.table: "kept:SetsScreen",
    Equipment.table: "lists:MachinesScreen",
    Reservation.table: "kept:ReservationsScreen",
    Transfer.table: "transfers:TransfersScreen",
    Incident.table: "incidents:IncidentsScreen",
    CountSession.table: "counts:CountsScreen",
}
"""Which screen beside stock shows the documents of a table, as `module:Class`; of an item held nowhere, its need."""


def _beside(screen: str) -> AnyPillarScreen:
    module, _, name = screen.partition(":")
    made: AnyPillarScreen = getattr(import_module(f"floodready.tui.screens.materials.{module}"), name)()
    return made


COLUMNS: tuple[Column[StockRow], ...] = (
    Column(id="name", heading=say("Item"), cell=lambda r: r.name, width=10, grow=2),
    Column(id="place", heading=say("Place"), cell=lambda r: r.place_told, width=10, grow=2),
    Column(id="told", heading=say("Quantity"), cell=lambda r: r.told, width=12, right=True,
           order=lambda r: r.quantity, tone=lambda r: Tone.BAD if r.quantity < 0 else None),
    Column(id="holder", heading=say("Holder"), cell=lambda r: r.holder.word, width=8, grow=1),
    Column(id="worry", heading=say("Attention"), cell=lambda r: r.worry or "", width=20, grow=1,
           tone=lambda r: Tone.WATCH if r.worry else None),
    Column(id="lot", heading=say("Lot"), cell=lambda r: r.lot, width=7),
    Column(id="life", heading=say("Usable"), cell=lambda r: r.life, width=24, priority=3),
    Column(id="spec", heading=say("Spec"), cell=lambda r: r.spec, width=12, priority=5),
)  # fmt: skip


class StockScreen(PillarScreen[StockFacts]):
    """Every lot in every place; `v` turns between by place and by item."""

    TITLE_WORDS = say("Stock")
    HELP_WORDS = say("A lot is usable to the end of its last day. Enter shows a lot's whole history.")
    TABLES = frozenset({"materials."})
    DEFAULT_CSS = "StockScreen #stock-told { height: 1; color: $tone-muted; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("stock.issue", "i,space", "issue", say("issue"), say("Issue from this row, first expired first.")),
        bind("stock.receive", "r", "receive", say("receive"), say("Receive a delivery.")),
        bind("stock.transfer", "t", "transfer", say("transfer"), say("Send pieces of this lot to another place.")),
        bind("stock.count", "c", "count", say("count"), say("Count a place: go on with an open count, or begin one.")),
        bind("stock.turn", "v", "turn", say("by item"), say("Turn between stock by place and by item.")),
        bind("stock.papers", "p", "papers", say_as("stock", "papers"), say("Papers that wait, with clocks.")),
        bind("stock.explain", "e", "explain", say("explain"), say("The lot's card: every movement behind the figure."),
             shown=False),
        bind("stock.mark", "x", "mark", say("mark"), say("Mark rows, to issue or send them on one order."),
             shown=False),
        bind("stock.apart", "a", "apart", say("set apart"), say("Set apart (quarantine), or back into stock."),
             shown=False),
        bind("stock.condemn", "d", "condemn", say("condemn"), say("Condemn and write off, with a reason."),
             shown=False),
        bind("stock.reserve", "h", "reserve", say("reserve"), say("Keep stock for a purpose."), shown=False),
        bind("stock.reserved", "H", "push('kept:ReservationsScreen')", say("reserved"),
             say("What is reserved; release it."), shown=False),
        bind("stock.incidents", "u", "push('incidents:IncidentsScreen')", say("incidents"),
             say("Incidents: open one, account for what was used, close it."), shown=False),
        bind("stock.transfers", "w", "push('transfers:TransfersScreen')", say("on the way"),
             say("Transfers on the way: receive them."), shown=False),
        bind("stock.counts", "C", "push('counts:CountsScreen')", say("counts"),
             say("All counts: go on, begin another, give one up."), shown=False),
        bind("stock.more", "m", "push('lists:MachinesScreen')", say("machines"), say("Machines and their tests."),
             shown=False),
        bind("stock.sets", "y", "push('kept:SetsScreen')", say("sets"), say("Whole sets, and what limits them."),
             shown=False),
        bind("stock.quota", "o", "push('lists:QuotaScreen')", say("quota"),
             say("What is required against what is usable."), shown=False),
        bind("stock.replenish", "b", "push('lists:ReplenishScreen')", say("replenish"),
             say("What must be bought or replaced."), shown=False),
        bind("stock.label", "l", "label", say("label"), say("Write the label of this lot."), shown=False),
        bind("stock.place_label", "L", "place_label", say("place label"), say("Write the label of this place."),
             shown=False),
        bind("stock.figures", "f", "figures", say("figures"),
             say("The office's own figures: warnings of expiry, counts, papers, reach."), shown=False),
        bind("stock.import", "I", "import_ledger", say("import"), say("Import a ledger: dry run first."), shown=False),
        bind("stock.new_item", "n", "new_item", say("new item"), say("Add an item to the catalogue."), shown=False),
        bind("stock.new_place", "N", "new_place", say("new place"), say("Add a place."), shown=False),
    ]  # fmt: skip

    by_item = False

    def __init__(self) -> None:
        super().__init__()
        self._marked: set[str] = set()

    def body(self) -> ComposeResult:
        yield Words(id="stock-told")
        yield VirtualTable(
            COLUMNS,
            _key,
            empty=say("No stock yet."),
            first=say("First a place (N) and an item (n), then r; or a ledger by I."),
            id="stock",
        )

    def read_facts(self, view: View, room: Room) -> StockFacts:
        return StockFacts(
            rows=stock_rows(view, room.at(), room.zone),
            items=[item for item in view.all(Item) if not item.retired],
            places=[place for place in view.all(Place) if not place.retired],
            incidents=[incident for incident in view.all(Incident) if incident.closed_at is None],
            counts=list(view.find(CountSession, state=SessionState.OPEN)),
            settings=settings_of(view),
        )

    def show_facts(self, facts: StockFacts) -> None:
        def order(row: StockRow) -> tuple[bytes, bytes, str]:
            name, place = alphabetical(row.name), alphabetical(str(row.place_told))
            return (name, place, row.lot) if self.by_item else (place, name, row.lot)

        by = say("by item") if self.by_item else say("by place")
        told = say_many("{count} lot and place, {by}", "{count} lots and places, {by}", len(facts.rows), by=by)
        if self._marked:
            names = ", ".join(f"{row.name} {row.lot}" for row in facts.rows if _key(row) in self._marked)
            told = say("Marked: {lots}. Press i to issue, t to send them on one order.", lots=verbatim(names))
        self.query_one("#stock-told", Words).say(told if facts.rows else NOTHING)
        self.query_one("#stock", VirtualTable).show_rows(sorted(facts.rows, key=order))

    def open_document(self, table: str, id: str) -> None:
        """Go to a lot or to the first row of an item; to what is not stock, or not held, on the screen of its own."""
        shown = self.query_one("#stock", VirtualTable)
        rows = self.facts.rows if self.facts else []
        found = next((row for row in rows if id in (row.lot, row.item)), None)
        if found is not None:
            shown.go_to(_key(found))
            shown.focus()
        elif table in _BESIDE:
            screen = _beside(_BESIDE[table])
            screen.reveal(table, id)
            self.app.push_screen(screen)

    @on(VirtualTable.Opened, "#stock")
    def open_lot(self) -> None:
        """Show the lot's card."""
        self.action_explain()

    def action_explain(self) -> None:
        row = self._row()
        if row is not None:
            self.app.push_screen(LotScreen(row.lot, row.place))

    def action_turn(self) -> None:
        self.by_item = not self.by_item
        self.retranslate()

    def action_mark(self) -> None:
        row = self._row()
        if row is not None:
            self._marked ^= {_key(row)}
            self.retranslate()
            self.query_one("#stock", VirtualTable).action_cursor(1)

    def action_issue(self) -> None:
        if not self._refuse_apart(self._rows()):
            self._with_rows(stock_forms.issue)

    def action_transfer(self) -> None:
        rows = self._rows()
        if self._refuse_apart(rows):
            return
        if len({row.place for row in rows}) > 1:
            self.duty_app.tell_refusal(Refused(say("A transfer leaves from one place. Mark lots of one place only.")))
        elif rows and self.facts is not None and not stock_forms.others(rows[0], self.facts):
            self.duty_app.tell_refusal(Refused(say("There is no other place to send it to. Add one with N.")))
        else:
            self._with_rows(stock_forms.transfer)

    def action_apart(self) -> None:
        self._with_rows(stock_forms.apart, one=True)

    def action_condemn(self) -> None:
        self._with_rows(stock_forms.condemn, one=True)

    def action_reserve(self) -> None:
        row = self._row()
        if row is not None and not self._refuse_apart([row]):
            self._with_rows(stock_forms.reserve, one=True)

    def action_receive(self) -> None:
        if self.facts is not None:
            row = self._row()
            self.app.push_screen(stock_forms.receive(self.room, self.facts.items, self.facts.places, row))

    def action_count(self) -> None:
        if self.facts is None:
            return
        if self.facts.counts:
            self.app.push_screen(CountScreen(self.facts.counts[-1].id))
        else:
            ask_for_count(self.duty_app, self.facts.places)

    def action_push(self, screen: str) -> None:
        """Show one of the screens beside stock, named `module:Class`."""
        self.app.push_screen(_beside(screen))

    def action_papers(self) -> None:
        self.action_push("papers:PapersScreen")

    def action_label(self) -> None:
        row = self._row()
        if row is not None:
            self.app.push_screen(label_form("lot", row.lot, say("Label of lot {lot}", lot=row.lot)))

    def action_place_label(self) -> None:
        row = self._row()
        if row is not None:
            place = row.place.removeprefix(f"{QUARANTINE}/")
            name = next((one.name for one in self.facts.places if one.id == place), place) if self.facts else place
            self.app.push_screen(label_form("place", place, say("Label of place {place}", place=verbatim(name))))

    def action_new_item(self) -> None:
        self.app.push_screen(item_form(self.room))

    def action_new_place(self) -> None:
        if self.facts is not None:
            self.app.push_screen(place_form(self.room, self.facts.places))

    def action_figures(self) -> None:
        from floodready.tui.screens.materials.figures_form import figures_form

        if self.facts is not None:
            self.app.push_screen(figures_form(self.room, self.facts.settings))

    def action_import_ledger(self) -> None:
        from floodready.tui.screens.materials.import_columns import ImportColumnsScreen, ask_file

        asked: list[tuple[Path, str]] = []

        def go_on(answered: bool | None) -> None:
            if answered and asked:
                self.app.push_screen(ImportColumnsScreen(*asked[-1]))

        if self.facts is not None:
            self.app.push_screen(ask_file(self.facts.places, asked), go_on)

    def _row(self) -> StockRow | None:
        found: StockRow | None = self.query_one("#stock", VirtualTable).row
        return found

    def _rows(self) -> list[StockRow]:
        """Give the marked rows, else the one under the cursor."""
        marked = [row for row in self.facts.rows if _key(row) in self._marked] if self.facts else []
        row = self._row()
        return marked or ([row] if row is not None else [])

    def _with_rows(self, form: stock_forms.StockForm, *, one: bool = False) -> None:
        row = self._row()
        rows = ([row] if row is not None else []) if one else self._rows()
        if rows and self.facts is not None:
            self.app.push_screen(form(self.room, rows, self.facts), self._unmark)

    def _refuse_apart(self, rows: Sequence[StockRow]) -> bool:
        """Say that what is set apart neither leaves nor is kept, and tell whether any of the rows is."""
        lots = [row.lot for row in rows if row.place.startswith(QUARANTINE)]
        if lots:
            told = say("Lot {lot} is set apart: not available. Bring it back into stock first, with a.",
                       lot=verbatim(", ".join(lots)))  # fmt: skip
            self.duty_app.tell_refusal(Refused(told))
        return bool(lots)

    def _unmark(self, done: bool | None) -> None:
        if done and self._marked:
            self._marked.clear()
            self.retranslate()


def _key(row: StockRow) -> str:
    return f"{row.lot}@{row.place}"
