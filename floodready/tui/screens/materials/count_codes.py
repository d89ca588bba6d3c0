"""The codes of a count that nobody knew: say what each was, and count it as a lot where it is one."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult

from floodready.clock import local_time
from floodready.language import Sentence, say, say_as, verbatim
from floodready.materials.models import Lot
from floodready.materials.models_counting import How, UnresolvedCode
from floodready.materials.views import place_names
from floodready.missing import not_there
from floodready.refusal import Refused
from floodready.store.contract import Act, View
from floodready.tui.room import Room
from floodready.tui.screens.form import Form, Values
from floodready.tui.screens.pillar_screen import PillarScreen
from floodready.tui.theme import Tone
from floodready.tui.widgets.fields import TextField
from floodready.tui.widgets.virtual_table import Column, VirtualTable

CodeRow = tuple[UnresolvedCode, str]
"""A code, and the name of the place it was scanned in."""


class CodesScreen(PillarScreen[list[CodeRow]]):
    """Codes that are no lot, place or item."""

    TITLE_WORDS = say("Unknown codes")
    HELP_WORDS = say("Enter says what a code was; with a lot, its number is counted as that lot's.")
    TABLES = frozenset({"materials."})

    def __init__(self, session: str) -> None:
        super().__init__()
        self._session = session

    def body(self) -> ComposeResult:
        columns: tuple[Column[CodeRow], ...] = (
            Column(id="code", heading=say("Code"), cell=lambda r: r[0].code, width=16, grow=1),
            Column(id="typed", heading=say("Typed"), cell=lambda r: r[0].typed, width=8, right=True),
            Column(id="place", heading=say("Place"), cell=lambda r: r[1], width=12, grow=1),
            Column(id="at", heading=say("Scanned"), cell=lambda r: local_time(r[0].scanned_at, self.room.zone),
                   width=16),
            Column(id="answer", heading=say("It is"),
                   cell=lambda r: r[0].answer if r[0].resolved_at else say_as("code", "open"), width=14, grow=2,
                   tone=lambda r: None if r[0].resolved_at else Tone.WATCH),
        )  # fmt: skip
        yield VirtualTable(columns, lambda row: row[0].id, empty=say("Every code was known."), id="codes")

    def read_facts(self, view: View, room: Room) -> list[CodeRow]:
        del room
        names = place_names(view)
        found = [(one, names.get(one.place, one.place)) for one in view.find(UnresolvedCode, session=self._session)]
        return sorted(found, key=lambda row: (row[0].resolved_at is not None, row[0].scanned_at))

    def show_facts(self, facts: list[CodeRow]) -> None:
        self.query_one("#codes", VirtualTable).show_rows(facts)

    @on(VirtualTable.Opened, "#codes")
    def resolve(self, opened: VirtualTable.Opened) -> None:
        """Ask what a code was."""
        code, place = opened.row
        if code.resolved_at is None:
            self.app.push_screen(resolve_form(self.room, code, place))


def resolve_form(room: Room, code: UnresolvedCode, place: str) -> Form:
    """Ask what a code was; a lot is counted with the number that was typed for it."""

    def do(act: Act, values: Values) -> Sentence:
        from floodready.materials.commands import observe, resolve_code

        lot = (values["lot"] or "").upper()
        if lot:
            if room.store.get(Lot, lot) is None:
                raise Refused(not_there("materials.lots", lot))
            observe(
                room.store, room.act(), zone=room.zone, session=code.session, place=code.place, code=lot,
                typed=values["typed"] or "", counted_at=code.scanned_at, seen_seq=room.store.seq, how=How.KEY,
            )  # fmt: skip
        found = resolve_code(room.store, act, unresolved=code.id, answer=values["answer"] or lot)
        return say("{code} is resolved: {answer}", code=verbatim(found.code), answer=verbatim(found.answer))

    return Form(
        say("What is {code}, scanned in {place}?", code=verbatim(code.code), place=verbatim(place)),
        [
            TextField("lot", say("It is the lot"), required=False,
                      hint=say("its number, like L12; empty where it is not a lot of ours")),
            TextField("typed", say("Number counted"), value=code.typed, required=False),
            TextField("answer", say("Or what it is"), required=False),
        ],
        do,
        act=say("Resolve"),
        check=lambda values: {} if values["lot"] or values["answer"] else {
            "answer": say("say which lot it is, or what else")
        },
    )  # fmt: skip
