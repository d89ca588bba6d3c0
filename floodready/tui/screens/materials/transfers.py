"""Transfers on the way: received line by line, short, damaged or over, each with its own reason the sender sees."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from floodready.frozen import frozen, replace
from floodready.language import Sentence, say, say_as, verbatim
from floodready.materials.models import Item
from floodready.materials.models_papers import Transfer, TransferLine, TransferState
from floodready.materials.views import place_names, told
from floodready.refusal import Refused
from floodready.store.contract import Act, View
from floodready.tui.keys import bind
from floodready.tui.room import Room
from floodready.tui.screens.dialog import Notice
from floodready.tui.screens.form import Form, Values
from floodready.tui.screens.materials.stock_quantity import StockQuantityField, always, day_of
from floodready.tui.screens.pillar_screen import PillarScreen
from floodready.tui.theme import Tone
from floodready.tui.widgets.field import Field
from floodready.tui.widgets.fields import ChoiceField, TextField
from floodready.tui.widgets.virtual_table import Column, VirtualTable


@frozen
class TransferRow:
    """A transfer with the names of its places and items."""

    transfer: Transfer
    source: str
    target: str
    items: dict[str, Item]
    """Items by their ids."""

    def named(self, line: TransferLine) -> str:
        """Name a line by item and lot."""
        item = self.items.get(line.item)
        return f"{item.name if item else line.item} {line.lot}"

    def told(self, line: TransferLine, quantity: int) -> str:
        """Write a quantity of a line with its unit."""
        item = self.items.get(line.item)
        return told(item, quantity) if item else str(quantity)


class TransfersScreen(PillarScreen[list[TransferRow]]):
    """Transfers that are not closed first; the closed ones below tell how they arrived."""

    TITLE_WORDS = say("On the way")
    HELP_WORDS = say("Enter ships what is ordered, and receives what is on the way: short or damaged needs its reason.")
    TABLES = frozenset({"materials."})
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("transfers.explain", "e", "explain", say("lines"), say("What was sent and how it arrived, line by line.")),
        bind("transfers.cancel", "x", "cancel", say("cancel"), say("Cancel before receipt: everything comes back.")),
        bind("transfers.settle", "y", "settle", say("settle"), say("Close the rest: it went back, or is lost.")),
    ]  # fmt: skip

    def body(self) -> ComposeResult:
        columns: tuple[Column[TransferRow], ...] = (
            Column(id="id", heading=say("Transfer"), cell=lambda r: r.transfer.id, width=8),
            Column(id="source", heading=say_as("place", "From"), cell=lambda r: r.source, width=12, grow=1),
            Column(id="target", heading=say_as("place", "To"), cell=lambda r: r.target, width=12, grow=1),
            Column(id="state", heading=say("State"), cell=lambda r: r.transfer.state.word, width=13,
                   tone=lambda r: Tone.WATCH if _open(r.transfer) else Tone.MUTED),
            Column(id="lines", heading=say("Lots"), cell=lambda r: len(r.transfer.lines), width=4, right=True),
            Column(id="what", heading=say("What"), width=18, grow=2,
                   cell=lambda r: ", ".join(f"{r.named(one)}: {r.told(one, one.sent)}" for one in r.transfer.lines)),
        )  # fmt: skip
        empty, first = say("Nothing is on the way."), say("Press t on a row of the stock to send it.")
        yield VirtualTable(columns, lambda row: row.transfer.id, empty=empty, first=first, id="transfers")

    def read_facts(self, view: View, room: Room) -> list[TransferRow]:
        del room
        names = place_names(view)
        rows = [
            TransferRow(
                transfer=one, source=names.get(one.source, one.source), target=names.get(one.target, one.target),
                items={line.item: item for line in one.lines if (item := view.get(Item, line.item)) is not None},
            )
            for one in view.all(Transfer)
        ]  # fmt: skip
        rows.sort(key=lambda row: row.transfer.ordered_at, reverse=True)
        return sorted(rows, key=lambda row: not _open(row.transfer))

    def show_facts(self, facts: list[TransferRow]) -> None:
        self.query_one("#transfers", VirtualTable).show_rows(facts)

    @on(VirtualTable.Opened, "#transfers")
    def receive(self, opened: VirtualTable.Opened) -> None:
        """Ask what came, line by line; ship what is only ordered."""
        if opened.row.transfer.state is TransferState.ORDERED:
            self.app.push_screen(ship_form(self.room, opened.row))
        elif _open(opened.row.transfer):
            self.app.push_screen(arrived_form(self.room, opened.row))
        else:
            self.action_explain()

    def action_explain(self) -> None:
        row = self._row()
        if row is not None:
            self.app.push_screen(Notice(say("Transfer {id}", id=row.transfer.id), *lines_told(row)))

    def action_cancel(self) -> None:
        row, room = self._row(), self.room
        if row is None:
            return
        try:
            act = room.act()
        except Refused as refusal:
            self.duty_app.tell_refusal(refusal)
            return

        def cancel() -> Sentence:
            from floodready.materials.commands import cancel_transfer

            return state_told(cancel_transfer(room.store, act, zone=room.zone, transfer=row.transfer.id))

        self.run_command(cancel)

    def action_settle(self) -> None:
        row = self._row()
        if row is not None:
            self.app.push_screen(settle_form(self.room, row))

    def _row(self) -> TransferRow | None:
        found: TransferRow | None = self.query_one("#transfers", VirtualTable).row
        return found


def ship_form(room: Room, row: TransferRow) -> Form:
    """Ask who carries what was ordered; then it is on the way."""

    def do(act: Act, values: Values) -> Sentence:
        from floodready.materials.commands import ship_transfer

        carrier = values["carrier"] or ""
        return state_told(ship_transfer(room.store, act, zone=room.zone, transfer=row.transfer.id, carrier=carrier))

    return Form(
        say("Ship {id}", id=row.transfer.id),
        [TextField("carrier", say("Carrier"), required=False)],
        do,
        act=say("Ship"),
        intro=say("The ordered goods leave {place} for {target}.", place=verbatim(row.source),
                  target=verbatim(row.target)),
    )  # fmt: skip


def arrived_form(room: Room, row: TransferRow) -> Form:
    """Ask what came of each lot; all that was sent stands there already, each line has its own reason."""
    fields: list[Field] = []
    open_lines = [(at, line) for at, line in enumerate(row.transfer.lines) if line.open]
    on = day_of(room)
    for at, line in open_lines:
        item = row.items.get(line.item) or Item(id=line.item, name=line.item, unit="-")
        came = say("{lot} came", lot=verbatim(row.named(line)))
        fields.append(StockQuantityField(f"received-{at}", came, always(item), on=on, value=line.open))
        fields.append(StockQuantityField(f"damaged-{at}", say("of it damaged"), always(item), on=on, value=0))
        fields.append(TextField(f"reason-{at}", say("Reason if not all good"), required=False))

    def do(act: Act, values: Values) -> Sentence:
        from floodready.materials.commands import receive_transfer
        from floodready.materials.commands_transfer import Arrived

        came = tuple(
            Arrived(lot=line.lot, received=values[f"received-{at}"].quantity,
                    damaged=values[f"damaged-{at}"].quantity, reason=values[f"reason-{at}"] or "")
            for at, line in open_lines
        )  # fmt: skip
        return state_told(
            receive_transfer(room.store, act, zone=room.zone, transfer=row.transfer.id, arrived=came)
        )  # fmt: skip

    def check(values: Values) -> dict[str, Sentence]:
        found: dict[str, Sentence] = {}
        for at, line in open_lines:
            received, damaged = values[f"received-{at}"].quantity, values[f"damaged-{at}"].quantity
            if damaged > received:
                found[f"damaged-{at}"] = say("more are damaged than came")
            elif (received != line.open or damaged) and not values[f"reason-{at}"]:
                found[f"reason-{at}"] = say("say why it is short, damaged or over; the sender sees it")
        return found

    return Form(
        say("Receive {id}", id=row.transfer.id), fields, do, act=say("Receive"), check=check,
        intro=say("More than was sent is booked as a find; what does not come stays on the way."),
    )  # fmt: skip


def settle_form(room: Room, row: TransferRow) -> Form:
    """Ask what became of the rest of a part-received transfer, and why."""

    def do(act: Act, values: Values) -> Sentence:
        from floodready.materials.commands import settle_transfer

        act = replace(act, reason=values["reason"])
        return state_told(
            settle_transfer(room.store, act, zone=room.zone, transfer=row.transfer.id, returned=values["returned"])
        )

    ways = [(True, say("it went back to the sender")), (False, say("it is lost: written off"))]
    return Form(
        say("Close the rest of {id}", id=row.transfer.id),
        [ChoiceField("returned", say("The rest"), ways, value=True), TextField("reason", say("Reason"))],
        do,
        act=say("Close"),
    )


def lines_told(row: TransferRow) -> list[Sentence]:
    """Say what was sent and how it arrived, line by line."""
    return [
        say("{line}: sent {sent}, came {came}, of it damaged {damaged}, still on the way {left}. {reason}",
            line=verbatim(row.named(line)), sent=verbatim(row.told(line, line.sent)),
            came=verbatim(row.told(line, line.received)), damaged=verbatim(row.told(line, line.damaged)),
            left=verbatim(row.told(line, line.open)), reason=verbatim(line.reason))
        for line in row.transfer.lines
    ]  # fmt: skip


def state_told(transfer: Transfer) -> Sentence:
    """Say how far a transfer has come."""
    return say("Transfer {id} is {state}.", id=transfer.id, state=transfer.state.word)


def _open(transfer: Transfer) -> bool:
    return transfer.state not in (TransferState.CLOSED, TransferState.CANCELLED)
