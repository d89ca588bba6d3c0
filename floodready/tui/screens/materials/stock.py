"""Stock by place or by item: what is where, until when it is usable, and every act on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from floodready.clock import local_time
from floodready.language import Sentence, say, verbatim
from floodready.materials.models import Item, Place
from floodready.materials.models_counting import CountSession, SessionState
from floodready.materials.models_papers import Incident
from floodready.materials.views import StockRow, lot_card, stock_rows
from floodready.store.contract import View
from floodready.tui.keys import bind
from floodready.tui.room import Room
from floodready.tui.screens.dialog import Notice
from floodready.tui.screens.form import Form
from floodready.tui.screens.materials import stock_forms
from floodready.tui.screens.materials.count import CountScreen
from floodready.tui.screens.materials.counts import CountsScreen, ask_for_count
from floodready.tui.screens.pillar_screen import PillarScreen
from floodready.tui.theme import Tone
from floodready.tui.widgets.virtual_table import Column, VirtualTable
from floodready.tui.widgets.words import NOTHING, Words


@dataclass(frozen=True, slots=True, kw_only=True)
class StockFacts:
    """What the screen shows, and what its forms choose from."""

    rows: list[StockRow]
    items: list[Item]
    places: list[Place]
    incidents: list[Incident]
    counts: list[CountSession]


COLUMNS: tuple[Column[StockRow], ...] = (
    Column(id="name", heading=say("Item"), cell=lambda r: r.name, width=14, grow=2),
    Column(id="place", heading=say("Place"), cell=lambda r: r.place_told, width=14, grow=2),
    Column(id="told", heading=say("Quantity"), cell=lambda r: r.told, width=14, right=True,
           order=lambda r: r.quantity, tone=lambda r: Tone.BAD if r.quantity < 0 else None),
    Column(id="worry", heading=say("Attention"), cell=lambda r: r.worry or "", width=18, grow=1,
           tone=lambda r: Tone.WATCH if r.worry else None),
    Column(id="lot", heading=say("Lot"), cell=lambda r: r.lot, width=8, priority=2),
    Column(id="holder", heading=say("Holder"), cell=lambda r: r.holder.word, width=16, priority=4),
    Column(id="life", heading=say("Usable"), cell=lambda r: r.life, width=24, priority=3),
    Column(id="spec", heading=say("Spec"), cell=lambda r: r.spec, width=12, priority=5),
)  # fmt: skip


class StockScreen(PillarScreen[StockFacts]):
    """Every lot in every place; `v` turns between by place and by item."""

    TITLE_WORDS = say("Stock")
    HELP_WORDS = say("A lot is usable to the end of its last day. Enter shows a lot's whole history.")
    TABLES = frozenset({"materials."})
    DEFAULT_CSS = "StockScreen #stock-told { height: 1; padding: 0 1; color: $tone-muted; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("stock.issue", "i,space", "issue", say("issue"), say("Issue from this row, first expired first.")),
        bind("stock.receive", "r", "receive", say("receive"), say("Take a delivery in.")),
        bind("stock.transfer", "t", "transfer", say("transfer"), say("Send pieces of this lot to another place.")),
        bind("stock.count", "c", "count", say("count"), say("Count a place: go on with an open count, or begin one.")),
        bind("stock.counts", "C", "counts", say("counts"), say("All counts: go on, begin another, give one up."),
             shown=False),
        bind("stock.turn", "v", "turn", say("by item"), say("Turn between stock by place and by item.")),
        bind("stock.papers", "p", "papers", say("papers"), say("Issue papers that are not complete, with clocks.")),
        bind("stock.more", "m", "machines", say("machines"), say("Machines and their tests."), shown=False),
        bind("stock.transfers", "w", "transfers", say("on the way"), say("Transfers on the way: receive them."),
             shown=False),
        bind("stock.quota", "o", "quota", say("quota"), say("What is required against what is usable."), shown=False),
        bind("stock.replenish", "b", "replenish", say("replenish"), say("What must be bought or replaced."),
             shown=False),
        bind("stock.import", "I", "import_ledger", say("import"), say("Take in a ledger: dry run first."), shown=False),
        bind("stock.explain", "e", "explain", say("explain"), say("The movements behind this figure.")),
    ]  # fmt: skip

    by_item = False

    def body(self) -> ComposeResult:
        yield Words(id="stock-told")
        yield VirtualTable(
            COLUMNS,
            lambda row: f"{row.lot}@{row.place}",
            empty=say("No stock yet. Press I to import a ledger, or r to receive a delivery."),
            id="stock",
        )

    def read_facts(self, view: View, room: Room) -> StockFacts:
        return StockFacts(
            rows=stock_rows(view, room.at(), room.zone),
            items=[item for item in view.all(Item) if not item.retired],
            places=[place for place in view.all(Place) if not place.retired],
            incidents=[incident for incident in view.all(Incident) if incident.closed_at is None],
            counts=list(view.find(CountSession, state=SessionState.OPEN)),
        )

    def show_facts(self, facts: StockFacts) -> None:
        def order(row: StockRow) -> tuple[str, ...]:
            place = str(row.place_told)
            return (row.name, place, row.lot) if self.by_item else (place, row.name, row.lot)

        by = say("by item") if self.by_item else say("by place")
        self.query_one("#stock-told", Words).say(
            say("{count} lots and places, {by}", count=len(facts.rows), by=by) if facts.rows else NOTHING
        )
        self.query_one("#stock", VirtualTable).show_rows(sorted(facts.rows, key=order))

    def open_document(self, table: str, id: str) -> None:
        """Go to a lot, or to the first row of an item."""
        del table
        shown = self.query_one("#stock", VirtualTable)
        rows = self.facts.rows if self.facts else []
        found = next((row for row in rows if id in (row.lot, row.item)), None)
        if found is not None:
            shown.go_to(f"{found.lot}@{found.place}")
        shown.focus()

    @on(VirtualTable.Opened, "#stock")
    def open_lot(self, opened: VirtualTable.Opened) -> None:
        """Show the lot's card."""
        self._card(opened.row)

    def action_explain(self) -> None:
        row = self._row()
        if row is not None:
            self._card(row)

    def action_turn(self) -> None:
        self.by_item = not self.by_item
        self.retranslate()

    def action_issue(self) -> None:
        self._with_row(stock_forms.issue)

    def action_transfer(self) -> None:
        self._with_row(stock_forms.transfer)

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

    def action_counts(self) -> None:
        self.app.push_screen(CountsScreen())

    def action_papers(self) -> None:
        from floodready.tui.screens.materials.lists import PapersScreen

        self.app.push_screen(PapersScreen())

    def action_machines(self) -> None:
        from floodready.tui.screens.materials.lists import MachinesScreen

        self.app.push_screen(MachinesScreen())

    def action_transfers(self) -> None:
        from floodready.tui.screens.materials.lists import TransfersScreen

        self.app.push_screen(TransfersScreen())

    def action_quota(self) -> None:
        from floodready.tui.screens.materials.lists import QuotaScreen

        self.app.push_screen(QuotaScreen())

    def action_replenish(self) -> None:
        from floodready.tui.screens.materials.lists import ReplenishScreen

        self.app.push_screen(ReplenishScreen())

    def action_import_ledger(self) -> None:
        from floodready.tui.screens.materials.import_columns import ImportColumnsScreen, ask_file

        asked: list[tuple[str, str]] = []

        def go_on(answered: bool | None) -> None:
            if answered and asked:
                self.app.push_screen(ImportColumnsScreen(*asked[-1]))

        if self.facts is not None:
            self.app.push_screen(ask_file(self.facts.places, asked), go_on)

    def _row(self) -> StockRow | None:
        found: StockRow | None = self.query_one("#stock", VirtualTable).row
        return found

    def _with_row(self, form: Callable[[Room, StockRow, StockFacts], Form]) -> None:
        row = self._row()
        if row is not None and self.facts is not None:
            self.app.push_screen(form(self.room, row, self.facts))

    def _card(self, row: StockRow) -> None:
        async def show() -> None:
            told = await self.room.runner.read(lambda: _card_told(self.room, row))
            self.app.push_screen(Notice(say("Lot {lot} of {item}", lot=row.lot, item=verbatim(row.name)), *told))

        self.run_worker(show(), group="card")


def _card_told(room: Room, row: StockRow) -> list[Sentence]:
    holds = say("{place} holds {quantity}, {life}.", place=row.place_told, quantity=row.told, life=row.life)
    lines = [
        say("{time} {kind}: {quantity}, {source} → {target}, by {person} {reason} (leaves {balance})",
            time=local_time(one.at, room.zone), kind=one.kind, quantity=one.told, source=one.source, target=one.target,
            person=verbatim(one.by), reason=verbatim(one.reason), balance=one.balance)
        for one in lot_card(room.view(), row.lot, row.place)
    ]  # fmt: skip
    return [holds, NOTHING, *lines]
