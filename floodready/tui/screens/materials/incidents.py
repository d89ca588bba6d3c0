"""Incidents and their accounts: what went out, what came back good or damaged, was consumed or lost; closed at zero."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from floodready.clock import local_time
from floodready.language import Sentence, say, say_as, say_many, verbatim
from floodready.materials.incident_account import NOTHING_TOLD, Account
from floodready.materials.incident_rows import AccountRow, IncidentRow, account_rows, incident_rows
from floodready.materials.models import Place
from floodready.materials.models_papers import Incident
from floodready.materials.views import told
from floodready.quantity import write_quantity
from floodready.refusal import Refused
from floodready.store.contract import Act, View
from floodready.tui.keys import bind
from floodready.tui.room import Room
from floodready.tui.screens.form import Form, Values
from floodready.tui.screens.materials.stock_quantity import StockQuantityField, always, day_of
from floodready.tui.screens.pillar_screen import PillarScreen
from floodready.tui.theme import Tone
from floodready.tui.widgets.fields import ChoiceField, TextField
from floodready.tui.widgets.virtual_table import Column, VirtualTable
from floodready.tui.widgets.words import Words

_PARTS = {"good": say("Back good"), "damaged": say("Back damaged"), "consumed": say("Consumed"), "lost": say("Lost")}


class IncidentsScreen(PillarScreen[list[IncidentRow]]):
    """Every incident."""

    TITLE_WORDS = say("Incidents")
    HELP_WORDS = say("Materials are issued to an incident; its account closes when every piece is accounted for.")
    TABLES = frozenset({"materials."})
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("accounts.open", "n", "open_one", say("open one"), say("Open the account of a new incident.")),
    ]

    def body(self) -> ComposeResult:
        columns: tuple[Column[IncidentRow], ...] = (
            Column(id="id", heading=say("Incident"), cell=lambda r: r.incident.id, width=8),
            Column(id="name", heading=say("Name"), cell=lambda r: r.incident.name, width=24, grow=1),
            Column(id="opened", heading=say("Opened"), cell=lambda r: local_time(r.incident.opened_at, self.room.zone),
                   width=16),
            Column(id="left", heading=say("Lots open"), cell=lambda r: r.open_lots, width=9, right=True,
                   tone=lambda r: Tone.WATCH if r.open_lots else None),
            Column(id="state", heading=say("State"), width=8,
                   cell=lambda r: say_as("stock", "closed") if r.incident.closed_at else say_as("stock", "open")),
        )  # fmt: skip
        empty, first = say("No incident yet."), say("Press n to open its account.")
        yield VirtualTable(columns, lambda row: row.incident.id, empty=empty, first=first, id="incidents")

    def read_facts(self, view: View, room: Room) -> list[IncidentRow]:
        del room
        return incident_rows(view)

    def show_facts(self, facts: list[IncidentRow]) -> None:
        self.query_one("#incidents", VirtualTable).show_rows(facts)

    @on(VirtualTable.Opened, "#incidents")
    def open_account(self, opened: VirtualTable.Opened) -> None:
        """Show the account."""
        self.app.push_screen(AccountScreen(opened.row.incident))

    def action_open_one(self) -> None:
        self.app.push_screen(incident_form(self.room))


class AccountScreen(PillarScreen[tuple[list[AccountRow], list[Place]]]):
    """The account of one incident, lot by lot."""

    TITLE_WORDS = say("Account")
    HELP_WORDS = say("Enter says what became of a lot: issued = good + damaged + consumed + lost.")
    TABLES = frozenset({"materials."})
    BINDINGS: ClassVar[list[BindingType]] = [
        bind(
            "account.close",
            "x",
            "close_account",
            say_as("stock papers", "close"),
            say("Close the account: only at zero."),
        ),
    ]
    DEFAULT_CSS = "AccountScreen #account-told { height: 1; }"

    def __init__(self, incident: Incident) -> None:
        super().__init__()
        self._incident = incident

    def body(self) -> ComposeResult:
        columns: tuple[Column[AccountRow], ...] = (
            Column(id="item", heading=say("Item"), cell=lambda r: r.item.name, width=8, grow=2),
            Column(id="lot", heading=say("Lot"), cell=lambda r: r.lot, width=7),
            _figure("issued", say_as("stock", "Issued"), lambda account: account.issued),
            _figure("good", say("Good"), lambda account: account.good),
            _figure("damaged", say("Damaged"), lambda account: account.damaged),
            _figure("consumed", say("Consumed"), lambda account: account.consumed),
            _figure("lost", say("Lost"), lambda account: account.lost),
            _figure("open", say_as("stock", "Open"), lambda account: account.open),
        )
        yield Words(id="account-told")
        yield VirtualTable(columns, lambda row: row.lot, empty=say("Nothing was issued to this incident."),
                           id="account")  # fmt: skip

    def read_facts(self, view: View, room: Room) -> tuple[list[AccountRow], list[Place]]:
        del room
        self._incident = view.get(Incident, self._incident.id) or self._incident
        return account_rows(view, self._incident.id), [place for place in view.all(Place) if not place.retired]

    def show_facts(self, facts: tuple[list[AccountRow], list[Place]]) -> None:
        left = sum(row.account.open != 0 for row in facts[0])
        name = verbatim(self._incident.name)
        closed = say("{name}: closed", name=name)
        still = say_many(
            "{name}: {count} lot is not accounted for yet",
            "{name}: {count} lots are not accounted for yet",
            left,
            name=name,
        )
        ready = say("{name}: every piece is accounted for; press x to close it", name=name)
        told = closed if self._incident.closed_at is not None else still if left else ready
        self.query_one("#account-told", Words).say(told)
        self.query_one("#account", VirtualTable).show_rows(facts[0])

    @on(VirtualTable.Opened, "#account")
    def say_what_became(self, opened: VirtualTable.Opened) -> None:
        """Ask what became of the lot."""
        if self.facts is not None:
            self.app.push_screen(outcome_form(self.room, self._incident, opened.row, self.facts[1]))

    def action_close_account(self) -> None:
        room, id = self.room, self._incident.id
        try:
            act = room.act()
        except Refused as refusal:
            self.duty_app.tell_refusal(refusal)
            return

        def close() -> Sentence:
            from floodready.materials.commands import close_incident

            return say("Closed {id}.", id=close_incident(room.store, act, incident_id=id).id)

        self.run_command(close)


def incident_form(room: Room) -> Form:
    """Ask for the name of an incident."""

    def do(act: Act, values: Values) -> Sentence:
        from floodready.materials.commands import open_incident

        return say("Opened {id}.", id=open_incident(room.store, act, name=values["name"]).id)

    return Form(say("Open an incident"), [TextField("name", say("Name"))], do, act=say("Open"),
                intro=say("Where and what: materials are issued to it under this name."))  # fmt: skip


def outcome_form(room: Room, incident: Incident, row: AccountRow, places: list[Place]) -> Form:
    """Ask what became of a lot's pieces; what is open is offered as returned good."""
    on = day_of(room)

    def do(act: Act, values: Values) -> Sentence:
        from floodready.materials.commands import account_for
        from floodready.materials.commands_incident import Outcome

        figures = {part: values[part].quantity for part in _PARTS}
        account_for(
            room.store, act, zone=room.zone, incident_id=incident.id, place=values["place"],
            outcomes=(Outcome(lot=row.lot, **figures),),
        )  # fmt: skip
        return say("Accounted for, {id}.", id=incident.id)

    left = row.account.open

    def check(values: Values) -> dict[str, Sentence]:
        sum_of_all = sum(values[part].quantity for part in _PARTS)
        if sum_of_all > left:
            return {"good": say("together more than the {left} that are open", left=told(row.item, left))}
        return {} if sum_of_all else {"good": NOTHING_TOLD}

    return Form(
        say("{item}, lot {lot}: {left} {unit} open", item=verbatim(row.item.name), lot=row.lot,
            left=write_quantity(left, row.item.scale), unit=verbatim(row.item.unit)),
        [
            *(StockQuantityField(part, word, always(row.item), on=on, value=left if part == "good" else 0)
              for part, word in _PARTS.items()),
            ChoiceField("place", say("Back to"), [(place.id, verbatim(place.name)) for place in places],
                        value=places[0].id if len(places) == 1 else None),
        ],
        do,
        act=say("Keep"),
        check=check,
        intro=say("Damaged pieces go to quarantine and open a repair task."),
    )  # fmt: skip


def _figure(id: str, heading: Sentence, read: Callable[[Account], int]) -> Column[AccountRow]:
    def tone(row: AccountRow) -> Tone | None:
        return Tone.WATCH if id == "open" and read(row.account) else None

    return Column(id=id, heading=heading, cell=lambda r: write_quantity(read(r.account), r.item.scale), width=8,
                  right=True, tone=tone)  # fmt: skip
