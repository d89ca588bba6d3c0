"""The import of readings or stations from a file: the dry run row by row, then one key writes it as one entry."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from floodready.exchange.readings_csv import Outcome, RowOutcome, StagedReadings, stage_readings
from floodready.exchange.sniff import read_file
from floodready.exchange.stations_csv import StagedStations, StationOutcome, StationRow, stage_stations
from floodready.language import Sentence, say, say_many, verbatim
from floodready.refusal import Refused
from floodready.store.contract import Act, View
from floodready.tui.keys import bind
from floodready.tui.room import Room
from floodready.tui.screens.dialog import Notice
from floodready.tui.screens.form import Form, Values
from floodready.tui.screens.pillar_screen import PillarScreen
from floodready.tui.theme import Tone
from floodready.tui.widgets.fields import ChoiceField, FileField
from floodready.tui.widgets.virtual_table import Column, VirtualTable
from floodready.tui.widgets.words import Words


class Holds(StrEnum):
    """What a file holds."""

    READINGS = "readings"
    STATIONS = "stations"

    @property
    def word(self) -> Sentence:
        """What it holds in the reader's language."""
        return _HOLDS[self]


_HOLDS = {Holds.READINGS: say("Readings"), Holds.STATIONS: say("Stations and thresholds")}
_TONES: dict[StrEnum, Tone] = {
    Outcome.NEW: Tone.GOOD,
    Outcome.UNCHANGED: Tone.MUTED,
    Outcome.BLANK: Tone.WATCH,
    Outcome.PROBLEM: Tone.BAD,
    StationOutcome.NEW: Tone.GOOD,
    StationOutcome.CHANGED: Tone.WATCH,
    StationOutcome.UNCHANGED: Tone.MUTED,
    StationOutcome.PROBLEM: Tone.BAD,
}
Staged = StagedReadings | StagedStations
COLUMNS: tuple[Column[RowOutcome | StationRow], ...] = (
    Column(id="row", heading=say("Row"), cell=lambda r: r.row, width=5, right=True, order=lambda r: r.row),
    Column(id="outcome", heading=say("Outcome"), cell=lambda r: r.outcome.word, width=16,
           tone=lambda r: _TONES[r.outcome]),
    Column(id="says", heading=say("Says"), cell=lambda r: r.sentence, width=50, grow=1),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Source:
    """Which file is read, what it holds, and the unit that new stations go to."""

    file: Path
    holds: Holds
    unit: str


def ask_file(room: Room, unit: str, asked: Callable[[Source], None]) -> Form:
    """Ask for the file and what it holds; `asked` is told once it can be read."""

    def do(act: Act, values: Values) -> Sentence | None:
        del act
        source = Source(values["file"], Holds(values["holds"]), unit)
        # Refuses here what cannot be read, with the path still typed.
        stage(source, room.view(), room)
        asked(source)
        return None

    fields = [
        FileField("file", say("File")),
        ChoiceField("holds", say("It holds"), [(one.value, one.word) for one in Holds], value=Holds.READINGS.value),
    ]
    intro = say("CSV. Nothing is written before you have seen every row.")
    return Form(say("Import readings or stations"), fields, do, act=say("Show what it would do"), intro=intro)


def stage(source: Source, view: View, room: Room) -> Staged:
    """Read a file against the store; writes nothing. Raises Refused for a file that cannot be read."""
    data = read_file(source.file)
    if source.holds is Holds.STATIONS:
        return stage_stations(view, data, source.unit, source.file.name)
    return stage_readings(view, data, room.zone, room.at())


class SeasonImportScreen(PillarScreen[Staged | Sentence]):
    """A dry run, row by row. Its facts are a sentence where the file cannot be read any more."""

    TITLE_WORDS = say("Import")
    HELP_WORDS = say("w writes what is shown, all or none; z takes it back. Wrong rows stop it: mend the file, r.")
    TABLES = frozenset({"season."})
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("season_import.write", "w,space", "write", say("write it"), say("Write what the dry run shows.")),
        bind("season_import.again", "r", "read_again", say("run again"), say("Read the file again.")),
    ]
    DEFAULT_CSS = "SeasonImportScreen #season-told { height: auto; padding: 0 1; }"

    def __init__(self, source: Source) -> None:
        super().__init__()
        self._source = source

    def body(self) -> ComposeResult:
        yield Words(say("Reading {file} …", file=verbatim(self._source.file.name)), id="season-told")
        yield VirtualTable(COLUMNS, lambda row: str(row.row), empty=say("The file has no rows."), id="rows")

    def read_facts(self, view: View, room: Room) -> Staged | Sentence:
        try:
            return stage(self._source, view, room)
        except Refused as refusal:
            return refusal.sentence

    def show_facts(self, facts: Staged | Sentence) -> None:
        rows = [] if isinstance(facts, Sentence) else list(facts.rows)
        self.query_one("#season-told", Words).say(*told_of(self._source.file.name, facts))
        self.query_one("#rows", VirtualTable).show_rows(rows)

    @on(VirtualTable.Opened, "#rows")
    def show_row(self, opened: VirtualTable.Opened) -> None:
        """Show a row whole."""
        self.app.push_screen(Notice(opened.row.outcome.word, opened.row.sentence))

    def action_read_again(self) -> None:
        self.read_anew()

    def action_write(self) -> None:
        """Write all that is new; refuse while a row is wrong."""
        facts, room = self.facts, self.room
        if facts is None or isinstance(facts, Sentence):
            return
        refused = refusal_of(facts)
        if refused is not None:
            self.app.push_screen(Notice(say("This was not done"), refused))
            return
        act = room.act()
        self.run_command(lambda: _write(room, act, facts))


def told_of(file: str, facts: Staged | Sentence) -> tuple[Sentence, ...]:
    """Say what the dry run came to, and what follows from it."""
    if isinstance(facts, Sentence):
        return (facts,)
    if isinstance(facts, StagedStations):
        came_to = say(
            "{file}: {new} new, {changed} changed, {same} there already, {wrong} wrong", file=verbatim(file),
            new=facts.count(StationOutcome.NEW), changed=facts.count(StationOutcome.CHANGED),
            same=facts.count(StationOutcome.UNCHANGED), wrong=facts.count(StationOutcome.PROBLEM),
        )  # fmt: skip
    else:
        came_to = say("{file}: {new} new, {same} there already, {blank} blank, {wrong} wrong", file=verbatim(file),
                      new=facts.count(Outcome.NEW), same=facts.count(Outcome.UNCHANGED),
                      blank=facts.count(Outcome.BLANK), wrong=facts.count(Outcome.PROBLEM))  # fmt: skip
    refused = refusal_of(facts)
    return (came_to, refused if refused is not None else say("Press w to write it."))


def refusal_of(facts: Staged) -> Sentence | None:
    """Say why a dry run is not to be written; None where it may be."""
    wrong = sum(row.outcome in (Outcome.PROBLEM, StationOutcome.PROBLEM) for row in facts.rows)
    if wrong:
        return say_many(
            "One row is wrong: nothing is written. Mend it in the file and press r.",
            "{count} rows are wrong: nothing is written. Mend them in the file and press r.",
            wrong,
        )
    writes = facts.stations if isinstance(facts, StagedStations) else facts.new
    return None if writes else say("0 changes: nothing to write.")


def _write(room: Room, act: Act, facts: Staged) -> Sentence:
    from floodready.season.commands import add_readings, put_stations

    if isinstance(facts, StagedStations):
        written = put_stations(room.store, act, stations=facts.stations, seen=facts.seen)
        return say_many("{count} station written.", "{count} stations written.", written)
    add_readings(room.store, act, readings=facts.new)
    return say_many("One reading written.", "{count} readings written.", len(facts.new))
