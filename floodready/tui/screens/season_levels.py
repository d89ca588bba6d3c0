"""The level table of a unit: what each response level demands, row by row."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from floodready.frozen import frozen
from floodready.language import Sentence, listed, say, verbatim
from floodready.organisation.lookup import active_people
from floodready.organisation.models import Person, Unit
from floodready.season.level import Level
from floodready.season.level_table import effects
from floodready.season.models_level import LevelRow, LevelTable
from floodready.season.settings import level_table_of
from floodready.season.views import effect_sentences, staff_told
from floodready.store.contract import View
from floodready.tui.keys import bind
from floodready.tui.nothing_there import nothing_told
from floodready.tui.room import Room
from floodready.tui.screens import season_levels_forms as forms
from floodready.tui.screens.dialog import Notice
from floodready.tui.screens.pillar_screen import PillarScreen
from floodready.tui.screens.season_call_out import show_call_out
from floodready.tui.theme import Tone
from floodready.tui.widgets.virtual_table import Column, VirtualTable
from floodready.tui.widgets.words import NOTHING, Words


@frozen
class DemandRow:
    """One level and what the table says of it; `row` None where it says nothing by itself."""

    level: Level
    row: LevelRow | None
    told: tuple[Sentence, ...]
    """All that it demands."""


@frozen
class Demands:
    """What the screen shows."""

    unit: Unit
    table: LevelTable | None
    followed: Unit | None
    """The unit above whose table this is; None where it is its own, or there is none."""
    rows: list[DemandRow]
    people: list[Person]


COLUMNS: tuple[Column[DemandRow], ...] = (
    Column(id="level", heading=say("Level"), cell=lambda r: r.level.word, width=10, tone=lambda _: Tone.STRONG),
    Column(id="staffing", heading=say("Staffing"), cell=lambda r: staffing_told(r.row), width=20, grow=2),
    Column(id="leader", heading=say("Leader"), cell=lambda r: r.row.leader.word if r.row else NOTHING, width=18,
           priority=2),
    Column(id="bulletins", heading=say("Bulletins"), cell=lambda r: len(r.row.bulletins) if r.row else NOTHING,
           width=9, right=True),
    Column(id="stock", heading=say("Stock"), cell=lambda r: stock_told(r.row), width=9, right=True),
    Column(id="actions", heading=say("Actions"), cell=lambda r: len(r.row.actions) if r.row else NOTHING, width=8,
           right=True, priority=3),
    Column(id="called", heading=say("Called out"), cell=lambda r: len(r.row.call_out) if r.row else NOTHING, width=11,
           right=True, priority=3),
    Column(id="chair", heading=say("Consultation"), cell=lambda r: r.row.consultation if r.row else NOTHING, width=18,
           grow=1, priority=4),
)  # fmt: skip


class LevelTableScreen(PillarScreen[Demands]):
    """What each level demands of one unit; enter shows a row whole."""

    TITLE_WORDS = say("Level table")
    HELP_WORDS = say("A level without a row of its own demands what the next lower one does. Clocks that run stay.")
    TABLES = frozenset({"season.level_tables", "organisation."})
    DEFAULT_CSS = "LevelTableScreen #table-of { margin: 0 0 1 0; height: auto; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("levels.change", "c,space", "change", say("change"), say("Change what the level of the row demands.")),
        bind("levels.action", "a", "set_action", say("action"),
             say("Set an action with its clock, or take one away.")),
        bind("levels.remove", "x", "remove", say("take away"),
             say("Take the row away: the level then demands what the next lower one does.")),
        bind("levels.import", "I", "import_table", say("import"), say("Import a whole table from a file.")),
        bind("levels.call_out", "p", "call_out", say("call out"), say("Whom the level calls out, with phones.")),
    ]  # fmt: skip

    def __init__(self, unit: str) -> None:
        super().__init__()
        self._unit = unit

    def body(self) -> ComposeResult:
        yield Words(id="table-of")
        yield VirtualTable(COLUMNS, lambda row: row.level.value, empty=NOTHING, id="levels")

    def read_facts(self, view: View, room: Room) -> Demands:
        del room
        unit = view.get(Unit, self._unit)
        assert unit is not None, "a unit is retired, never removed"
        table = level_table_of(view, unit.id)
        own = {row.level: row for row in table.rows} if table else {}
        rows = [
            DemandRow(level=level, row=own.get(level), told=tuple(effect_sentences(effects(table, level))))
            for level in Level
        ]
        above = view.get(Unit, table.id) if table and table.id != unit.id else None
        people = active_people(view)
        return Demands(unit=unit, table=table, followed=above, rows=rows, people=people)

    def show_facts(self, facts: Demands) -> None:
        self.query_one("#table-of", Words).say(*table_told(facts, past=self.room.as_of is not None))
        self.query_one("#levels", VirtualTable).show_rows(facts.rows)

    @on(VirtualTable.Opened, "#levels")
    def show_demands(self, opened: VirtualTable.Opened) -> None:
        """Show all that a level demands."""
        row: DemandRow = opened.row
        title = say("{level} demands", level=row.level.word)
        self.app.push_screen(Notice(title, *(row.told or (say("The unit's table demands nothing for it."),))))

    def action_change(self) -> None:
        if self.facts is not None and (row := self._row()) is not None:
            held = row.row or LevelRow(level=row.level)
            facts = self.facts
            self.app.push_screen(forms.change_row(self.room, facts.unit, held, facts.table, facts.people))

    def action_set_action(self) -> None:
        if self.facts is not None and (row := self._row()) is not None:
            if row.row is None or self.facts.table is None:
                self.app.push_screen(Notice(row.level.word, say("This level has no row yet. Press c to make it.")))
            else:
                self.app.push_screen(forms.set_action(self.room, self.facts.unit, row.row, self.facts.table))

    def action_remove(self) -> None:
        """Ask before the row is taken away."""
        if self.facts is None or (row := self._row()) is None:
            return
        if row.row is None or self.facts.table is None:
            told = say("This level has no row of its own: there is nothing to take away.")
            self.app.push_screen(Notice(row.level.word, told))
        else:
            self.app.push_screen(forms.remove_row(self.room, self.facts.unit, row.level, self.facts.table))

    def action_import_table(self) -> None:
        if self.facts is not None:
            self.app.push_screen(forms.import_table(self.room, self.facts.unit))

    def action_call_out(self) -> None:
        if self.facts is not None and (row := self._row()) is not None:
            show_call_out(self, self.facts.unit.id, row.level)

    def _row(self) -> DemandRow | None:
        row: DemandRow | None = self.query_one("#levels", VirtualTable).row
        return row


def table_told(facts: Demands, *, past: bool) -> Iterable[Sentence]:
    """Say whose table is shown, and where it is from."""
    name = verbatim(facts.unit.name)
    if facts.table is None:
        none, first = (
            say("No level table is set for {unit}.", unit=name),
            say("Press I to import one, or c to make it row by row."),
        )
        yield nothing_told(none, first, past=past)
        return
    if facts.followed is not None:
        yield say("{unit} follows the level table of {above}.", unit=name, above=verbatim(facts.followed.name))
    else:
        yield say("The level table of {unit}.", unit=name)
    yield say("Source: {source}", source=verbatim(facts.table.source))


def staffing_told(row: LevelRow | None) -> Sentence:
    """Say the people at posts that a row demands, or the plan's own words where it gives no figures."""
    if row is None:
        return say("not set")
    if not row.staffing:
        return verbatim(row.staffing_note)
    return listed([staff_told(need.post, need.people) for need in row.staffing])


def stock_told(row: LevelRow | None) -> Sentence:
    """Say by how much stock at risk points grows, in percent."""
    if row is None or not row.forward_stock_percent:
        return NOTHING
    least, most = min(row.forward_stock_percent), max(row.forward_stock_percent)
    return verbatim(f"+{least} %" if least == most else f"+{least}–{most} %")
