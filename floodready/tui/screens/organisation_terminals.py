"""The terminals: who is signed in at each, since when."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from floodready.clock import local_time
from floodready.frozen import frozen
from floodready.language import Sentence, say, verbatim
from floodready.organisation.lookup import unit_name
from floodready.organisation.models import Person
from floodready.organisation.views import terminal_rows
from floodready.store.contract import View
from floodready.tui.keys import bind
from floodready.tui.room import Room
from floodready.tui.screens.dialog import Notice
from floodready.tui.screens.pillar_screen import PillarScreen
from floodready.tui.theme import Tone
from floodready.tui.widgets.virtual_table import Column, VirtualTable


@frozen
class SeatRow:
    """One terminal, worded."""

    id: str
    name: Sentence
    taken: bool
    roles: str
    unit: str
    phones: tuple[str, ...]
    since: str
    here: bool


COLUMNS: tuple[Column[SeatRow], ...] = (
    Column(id="id", heading=say("Terminal"), cell=lambda r: say("{terminal} (here)", terminal=verbatim(r.id))
           if r.here else r.id, width=18, grow=1),
    Column(id="name", heading=say("Person"), cell=lambda r: r.name, width=18, grow=2,
           tone=lambda r: Tone.STRONG if r.taken else Tone.MUTED),
    Column(id="since", heading=say("Since"), cell=lambda r: r.since, width=16),
    Column(id="roles", heading=say("Roles"), cell=lambda r: r.roles, width=16, grow=1),
    Column(id="unit", heading=say("Unit"), cell=lambda r: r.unit, width=18, grow=1, priority=2),
)  # fmt: skip


class TerminalsScreen(PillarScreen[list[SeatRow]]):
    """Every terminal at which anybody has ever signed in."""

    TITLE_WORDS = say("Terminals")
    HELP_WORDS = say("Who sits where, and since when. F2 signs in here; whoever sat here is thereby signed out.")
    TABLES = frozenset({"organisation."})
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("terminals.sign_out", "o", "sign_out", say("sign out"), say("Leave this terminal with nobody signed in.")),
    ]

    def body(self) -> ComposeResult:
        empty, first = say("Nobody has signed in anywhere yet."), say("Press F2 to sign in at this terminal.")
        yield VirtualTable(COLUMNS, lambda row: row.id, empty=empty, first=first, id="terminals")

    def read_facts(self, view: View, room: Room) -> list[SeatRow]:
        rows = []
        for row in terminal_rows(view):
            person = view.get(Person, row.person) if row.person is not None else None
            rows.append(
                SeatRow(
                    id=row.id,
                    name=row.name if isinstance(row.name, Sentence) else verbatim(row.name),
                    taken=person is not None,
                    roles=", ".join(str(role.word) for role in person.roles) if person is not None else "",
                    unit=unit_name(view, person.unit) if person is not None else "",
                    phones=tuple(phone.number for phone in person.phones) if person is not None else (),
                    since=local_time(row.since, room.zone) if row.since is not None else "",
                    here=row.id == room.terminal,
                )
            )
        return sorted(rows, key=lambda row: (not row.taken, row.id))

    @on(VirtualTable.Opened, "#terminals")
    def tell_person(self, opened: VirtualTable.Opened) -> None:
        """Say who sits at the terminal, and how that person is reached."""
        row: SeatRow = opened.row
        phones = [say("Phone: {phone}", phone=verbatim(phone)) for phone in row.phones]
        self.app.push_screen(Notice(row.name, verbatim(row.roles), verbatim(row.unit), *phones))

    def action_sign_out(self) -> None:
        """Leave this terminal."""
        room = self.room
        act = room.act()

        def do() -> Sentence:
            from floodready.organisation.commands_terminals import sign_out

            sign_out(room.store, act)
            return say("Nobody is signed in at {terminal} now.", terminal=verbatim(act.terminal))

        self.run_command(do)

    def show_facts(self, facts: list[SeatRow]) -> None:
        self.query_one("#terminals", VirtualTable).show_rows(facts)
