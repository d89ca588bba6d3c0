"""All counts: go on with one, begin another, give one up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from floodready.clock import local_day, local_time
from floodready.language import Sentence, say, say_many, verbatim
from floodready.materials.count_reading import counted_lines
from floodready.materials.counting import Verdict
from floodready.materials.models import Place
from floodready.materials.models_counting import CountSession, SessionState
from floodready.materials.views import place_names
from floodready.refusal import Refused
from floodready.store.contract import Act, View
from floodready.tui.keys import bind
from floodready.tui.room import Room
from floodready.tui.screens.form import Form, Values
from floodready.tui.screens.materials.count import CountScreen
from floodready.tui.screens.pillar_screen import PillarScreen
from floodready.tui.theme import Tone
from floodready.tui.widgets.fields import ChoiceField, SeveralField, TextField
from floodready.tui.widgets.virtual_table import Column, VirtualTable

if TYPE_CHECKING:
    from floodready.tui.duty_app import DutyApp


class CountsRow(NamedTuple):
    """A count and how far it is; lines are told for open counts only."""

    session: CountSession
    places: str
    """Their names."""
    lines: int
    uncounted: int | None


class CountsScreen(PillarScreen[tuple[list[CountsRow], list[Place]]]):
    """Every count, the open ones first."""

    TITLE_WORDS = say("Counts")
    HELP_WORDS = say("Enter goes on with a count. A count that is given up changes no balance.")
    TABLES = frozenset({"materials."})
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("counts.begin", "n", "begin", say("begin"), say("Begin a count of one or several places.")),
        bind("counts.cancel", "x", "cancel", say("give up"), say("Give this count up; no balance changes.")),
    ]

    def body(self) -> ComposeResult:
        columns: tuple[Column[CountsRow], ...] = (
            Column(id="name", heading=say("Name"), cell=lambda r: r.session.name, width=14, grow=1),
            Column(id="places", heading=say("Places"), cell=lambda r: r.places, width=14, grow=1),
            Column(id="opened", heading=say("Begun"), cell=lambda r: local_time(r.session.opened_at, self.room.zone),
                   width=16),
            Column(id="lines", heading=say("Lines"), cell=lambda r: r.lines, width=5, right=True),
            Column(id="blank", heading=say("Blank"), cell=lambda r: "" if r.uncounted is None else r.uncounted,
                   width=5, right=True),
            Column(id="state", heading=say("State"), cell=lambda r: r.session.state.word, width=9,
                   tone=lambda r: Tone.WATCH if r.session.state is SessionState.OPEN else None),
        )  # fmt: skip
        empty, first = say("No count yet."), say("Press n to begin one.")
        yield VirtualTable(columns, lambda row: row.session.id, empty=empty, first=first, id="counts")

    def read_facts(self, view: View, room: Room) -> tuple[list[CountsRow], list[Place]]:
        del room
        rows = [_row(view, session) for session in view.all(CountSession)]
        rows.sort(key=lambda row: row.session.opened_at, reverse=True)
        rows.sort(key=lambda row: row.session.state is not SessionState.OPEN)
        return rows, [place for place in view.all(Place) if not place.retired]

    def show_facts(self, facts: tuple[list[CountsRow], list[Place]]) -> None:
        self.query_one("#counts", VirtualTable).show_rows(facts[0])

    @on(VirtualTable.Opened, "#counts")
    def go_on(self, opened: VirtualTable.Opened) -> None:
        """Go on with the count."""
        self.app.push_screen(CountScreen(opened.row.session.id))

    def action_begin(self) -> None:
        if self.facts is not None:
            ask_for_count(self.duty_app, self.facts[1])

    def action_cancel(self) -> None:
        row: CountsRow | None = self.query_one("#counts", VirtualTable).row
        if row is None:
            return
        try:
            act = self.room.act()
        except Refused as refusal:
            self.duty_app.tell_refusal(refusal)
            return

        def cancel() -> Sentence:
            from floodready.materials.commands import cancel_count

            found = cancel_count(self.room.store, act, session=row.session.id)
            return say("Count {name} is {state}.", name=verbatim(found.name), state=found.state.word)

        self.run_command(cancel)


def ask_for_count(app: DutyApp, places: Sequence[Place]) -> None:
    """Ask which places are counted, and go there."""
    begun: list[str] = []

    def go_there(done: bool | None) -> None:
        if done and begun:
            app.push_screen(CountScreen(begun[-1]))

    app.push_screen(begin_form(app.room, places, begun), go_there)


def begin_form(room: Room, places: Sequence[Place], begun: list[str]) -> Form:
    """Ask which places are counted, all below them too; the id of the count is put into `begun`."""

    def do(act: Act, values: Values) -> Sentence:
        from floodready.materials.commands import open_count

        found = open_count(room.store, act, name=values["name"], places=values["places"], blind=values["blind"])
        begun.append(found.id)
        return say_many(
            "Opened {id} with {count} line.", "Opened {id} with {count} lines.", len(found.sheet), id=found.id
        )

    today = local_day(room.at(), room.zone)
    options = [(place.id, verbatim(place.name)) for place in places]
    return Form(
        say("Begin a count"),
        [
            SeveralField("places", say("Places"), options, value=(places[0].id,) if len(places) == 1 else ()),
            TextField("name", say("Name"), value=today.isoformat()),
            ChoiceField("blind", say("Book figures"), [(True, say("hidden: a blind count")), (False, say("shown"))],
                        value=True),
        ],
        do,
        act=say("Begin"),
        intro=say("Several places are set apart by commas; what lies below them is counted too."),
    )  # fmt: skip


def _row(view: View, session: CountSession) -> CountsRow:
    names = place_names(view)
    places = ", ".join(names.get(place, place) for place in session.places)
    if session.state is not SessionState.OPEN:
        return CountsRow(session, places, len(session.sheet), None)
    lines = counted_lines(view, session)
    return CountsRow(session, places, len(lines), sum(one.settlement.verdict is Verdict.UNCOUNTED for one in lines))
