"""The card of a lot: what it is, where it stands, and its whole history; a movement is reversed from here."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from floodready.clock import local_time
from floodready.frozen import frozen, replace
from floodready.language import Sentence, say, say_as, verbatim
from floodready.materials.models import Item, Lot
from floodready.materials.places import ORIGINS, place_told
from floodready.materials.projections import Balances
from floodready.materials.views import MovementRow, life_told, lot_card, told
from floodready.missing import not_there
from floodready.quantity import write_quantity
from floodready.refusal import Refused
from floodready.store.contract import Act, View
from floodready.tui.keys import bind
from floodready.tui.room import Room
from floodready.tui.screens.dialog import Notice
from floodready.tui.screens.form import Form, Values
from floodready.tui.screens.materials.paper_forms import label_form
from floodready.tui.screens.pillar_screen import PillarScreen
from floodready.tui.widgets.fields import TextField
from floodready.tui.widgets.virtual_table import Column, VirtualTable
from floodready.tui.widgets.words import Words


@frozen
class LotFacts:
    """The lot in sentences, and its movements, the newest first."""

    about: tuple[Sentence, ...]
    movements: list[MovementRow]
    left: dict[str, str]
    """What the place held after each movement, by the movement's id."""


class LotScreen(PillarScreen[LotFacts]):
    """One lot, with the running balance of the place it was opened from."""

    TITLE_WORDS = say("Lot card")
    HELP_WORDS = say("The newest movement stands first; Left is what the place held after it.")
    TABLES = frozenset({"materials."})
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("lot.reverse", "x", "reverse", say("reverse"), say("Reverse this movement, once; it stays in the books.")),
        bind("lot.label", "l", "label", say("label"), say("Write the lot's label.")),
        bind("lot.explain", "e", "explain", say("explain"), say("The whole of this movement.")),
    ]

    def __init__(self, lot: str, place: str) -> None:
        super().__init__()
        self._lot, self._place = lot, place

    def body(self) -> ComposeResult:
        columns: tuple[Column[MovementRow], ...] = (
            Column(id="at", heading=say("When"), cell=lambda r: local_time(r.at, self.room.zone), width=16),
            Column(id="kind", heading=say("Movement"), cell=lambda r: r.kind, width=10),
            Column(id="told", heading=say("Quantity"), cell=lambda r: r.told, width=10, right=True),
            Column(id="source", heading=say_as("place", "From"), cell=lambda r: r.source, width=10, grow=1),
            Column(id="target", heading=say_as("place", "To"), cell=lambda r: r.target, width=12, grow=1),
            Column(id="left", heading=say("Left"), cell=lambda r: self.facts.left[r.id] if self.facts else "", width=9,
                   right=True),
            Column(id="by", heading=say("By"), cell=lambda r: r.by_told, width=8, priority=2),
            Column(id="reason", heading=say("Reason"), cell=lambda r: r.reason, width=16, grow=1, priority=3),
        )  # fmt: skip
        yield Words(id="lot-told")
        yield VirtualTable(columns, lambda row: row.id, empty=say("Nothing of this lot has moved."), id="movements")

    def read_facts(self, view: View, room: Room) -> LotFacts:
        del room
        lot = view.get(Lot, self._lot)
        item = view.get(Item, lot.item) if lot else None
        if lot is None or item is None:
            raise Refused(not_there("materials.lots", self._lot))
        spots = view.projection(Balances).by_lot.get(lot.id, {})
        where = [
            say("{place} holds {quantity}", place=place_told(view, place), quantity=verbatim(told(item, quantity)))
            for place, quantity in spots.items() if place not in ORIGINS
        ]  # fmt: skip
        about = say(
            "Lot {lot}: {item}, {holder}, usable {life}, in stock since {day}", lot=lot.id,
            item=verbatim(f"{item.name} {item.spec}".strip()), holder=lot.holder.word, life=life_told(lot),
            day=str(lot.in_stock_on),
        )  # fmt: skip
        if lot.holder_name:
            where.insert(0, say("Held by {holder}", holder=verbatim(lot.holder_name)))
        movements = lot_card(view, lot.id, self._place)[::-1]
        left = {row.id: write_quantity(row.balance or 0, item.scale) for row in movements}
        return LotFacts(about=(about, *where), movements=movements, left=left)

    def show_facts(self, facts: LotFacts) -> None:
        self.query_one("#lot-told", Words).say(*facts.about)
        self.query_one("#movements", VirtualTable).show_rows(facts.movements)

    def action_label(self) -> None:
        self.app.push_screen(label_form("lot", self._lot, say("Label of lot {lot}", lot=self._lot)))

    def action_explain(self) -> None:
        row: MovementRow | None = self.query_one("#movements", VirtualTable).row
        if row is not None:
            line = say(
                "{time} {kind}: {quantity}, {source} → {target}, by {person} {reason}",
                time=local_time(row.at, self.room.zone), kind=row.kind, quantity=row.told, source=row.source,
                target=row.target, person=verbatim(row.by_told), reason=verbatim(row.reason),
            )  # fmt: skip
            self.app.push_screen(Notice(say("Movement {id}", id=row.id), line))

    def action_reverse(self) -> None:
        row: MovementRow | None = self.query_one("#movements", VirtualTable).row
        if row is not None:
            self.app.push_screen(reverse_form(self.room, row))


def reverse_form(room: Room, row: MovementRow) -> Form:
    """Ask why a movement is reversed."""

    def do(act: Act, values: Values) -> Sentence:
        from floodready.materials.commands import reverse_movement

        made = reverse_movement(room.store, replace(act, reason=values["reason"]), zone=room.zone, movement=row.id)
        return say("Reversed by {id}.", id=made.id)

    return Form(
        say("Reverse {kind} {id}: {quantity}", kind=row.kind, id=row.id, quantity=row.told),
        [TextField("reason", say("Reason"))],
        do,
        act=say("Reverse"),
        intro=say("A reversal cannot be undone; enter the movement anew where it was right after all."),
    )
