"""The import of readings or stations from a file: the dry run row by row, then one key writes it as one entry."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from floodready.command import check_permission
from floodready.exchange.readings_csv import StagedReadings, check_readings, stage_readings
from floodready.exchange.season_rows import Outcome, RowOutcome
from floodready.exchange.sniff import read_file
from floodready.exchange.stations_csv import (
    StagedStations,
    check_stations,
    stage_stations,
)
from floodready.frozen import frozen_in_order
from floodready.language import Sentence, say, say_many, verbatim
from floodready.store.contract import Act, View
from floodready.tui.keys import bind
from floodready.tui.room import Room
from floodready.tui.screens.dialog import Notice
from floodready.tui.screens.dry_run import DryRunScreen
from floodready.tui.screens.form import Form, Values
from floodready.tui.screens.season_reading_forms import looks_wrong
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
_TONES = {
    Outcome.NEW: Tone.GOOD,
    Outcome.CHANGED: Tone.WATCH,
    Outcome.UNCHANGED: Tone.MUTED,
    Outcome.BLANK: Tone.WATCH,
    Outcome.DOUBTFUL: Tone.WATCH,
    Outcome.PROBLEM: Tone.BAD,
}
Staged = StagedReadings | StagedStations
_LISTED = 5
"""Doubtful rows that the question names: the rest stand in the table behind it."""
COLUMNS: tuple[Column[RowOutcome], ...] = (
    Column(id="row", heading=say("Row"), cell=lambda r: r.row, width=5, right=True, order=lambda r: r.row),
    Column(id="outcome", heading=say("Outcome"), cell=lambda r: r.outcome.word, width=16,
           tone=lambda r: _TONES[r.outcome]),
    Column(id="says", heading=say("Says"), cell=lambda r: r.sentence, width=50, grow=1),
)  # fmt: skip


@frozen_in_order
class Source:
    """Which file is read, what it holds, and the unit that new stations go to."""

    file: Path
    holds: Holds
    unit: str


def ask_file(room: Room, unit: str, asked: Callable[[Source], None]) -> Form:
    """Ask for the file and what it holds; `asked` is told once it can be read."""

    def do(act: Act, values: Values) -> Sentence | None:
        from floodready.season.commands import add_readings, put_stations

        source = Source(values["file"], Holds(values["holds"]), unit)
        # Not everybody who may import the one may import the other: only now it is known which of them it is.
        may = (put_stations if source.holds is Holds.STATIONS else add_readings).may
        check_permission(room.store, act.person, may)
        # Refuses here what cannot be read, with the path still typed; the rows are the dry run's, which can be stopped.
        (check_stations if source.holds is Holds.STATIONS else check_readings)(read_file(source.file))
        asked(source)
        return None

    fields = [
        FileField("file", say("File")),
        ChoiceField("holds", say("It holds"), [(one.value, one.word) for one in Holds], value=Holds.READINGS.value),
    ]
    intro = say("CSV. Nothing is written before you have seen every row.")
    title, word = say("Import readings or stations"), say("Show what it would do")
    return Form(title, fields, do, act=word, intro=intro, leads_to=_write)


class SeasonImportScreen(DryRunScreen[Staged]):
    """A dry run, row by row."""

    TITLE_WORDS = say("Import")
    HELP_WORDS = say("w writes what is shown, all or none; z takes it back. Wrong rows stop it: mend the file, r.")
    TABLES = frozenset({"season."})
    TOLD = "#season-told"
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("season_import.write", "w,space", "write", say("write it"), say("Write what the dry run shows.")),
        bind("season_import.again", "r", "read_again", say("run again"), say("Read the file again.")),
    ]

    def __init__(self, source: Source) -> None:
        super().__init__()
        self._source = source

    def body(self) -> ComposeResult:
        yield Words(say("Reading {file} …", file=verbatim(self._source.file.name)), id="season-told")
        yield VirtualTable(COLUMNS, lambda row: str(row.row), empty=say("The file has no rows."), id="rows")

    def dry_run(self, view: View, room: Room) -> Staged:
        source, data = self._source, read_file(self._source.file)
        if source.holds is Holds.STATIONS:
            return stage_stations(view, data, source.unit, source.file.name, self.told_row)
        return stage_readings(view, data, room.zone, room.at(), self.told_row)

    def show_dry_run(self, run: Staged) -> None:
        self.query_one(self.TOLD, Words).say(*told_of(self._source.file.name, run))
        self.query_one("#rows", VirtualTable).show_rows(list(run.rows))

    @on(VirtualTable.Opened, "#rows")
    def show_row(self, opened: VirtualTable.Opened) -> None:
        """Show a row whole."""
        self.app.push_screen(Notice(opened.row.outcome.word, opened.row.sentence))

    def action_write(self) -> None:
        """Write all that is new; refuse while a row is wrong."""
        facts, room = self.ready, self.room
        if facts is None:
            return
        refused = refusal_of(facts)
        if refused is not None:
            self.app.push_screen(Notice(say("This was not done"), refused))
            return
        act = room.act()
        doubtful = [row for row in facts.rows if row.outcome is Outcome.DOUBTFUL]
        if not doubtful:
            self.run_command(lambda: _write(room, act, facts))
            return
        said = [say("Row {row}: {sentence}", row=row.row, sentence=row.sentence) for row in doubtful[:_LISTED]]
        if len(doubtful) > _LISTED:
            said.append(say("… and {count} more.", count=len(doubtful) - _LISTED))

        def go_on(answer: bool | None) -> None:
            if answer:
                self.run_command(lambda: _write(room, act, facts, confirmed=True))

        self.app.push_screen(looks_wrong(*said), go_on)


def told_of(file: str, facts: Staged) -> tuple[Sentence, ...]:
    """Say what the dry run came to, and what follows from it."""
    if isinstance(facts, StagedStations):
        came_to = say(
            "{file}: {new} new, {changed} changed, {same} there already, {wrong} wrong", file=verbatim(file),
            new=facts.count(Outcome.NEW), changed=facts.count(Outcome.CHANGED),
            same=facts.count(Outcome.UNCHANGED), wrong=facts.count(Outcome.PROBLEM),
        )  # fmt: skip
    else:
        came_to = say("{file}: {new} new, {same} there already, {blank} blank, {wrong} wrong", file=verbatim(file),
                      new=len(facts.new), same=facts.count(Outcome.UNCHANGED),
                      blank=facts.count(Outcome.BLANK), wrong=facts.count(Outcome.PROBLEM))  # fmt: skip
    refused = refusal_of(facts)
    if refused is not None:
        return (came_to, refused)
    if doubtful := facts.count(Outcome.DOUBTFUL):
        return (
            came_to,
            say_many(
                "One of them looks wrong: look at it, then press w, which asks once more.",
                "{count} of them look wrong: look at them, then press w, which asks once more.",
                doubtful,
            ),
        )
    return (came_to, say("Press w to write it."))


def refusal_of(facts: Staged) -> Sentence | None:
    """Say why a dry run is not to be written; None where it may be."""
    wrong = facts.count(Outcome.PROBLEM)
    if wrong:
        return say_many(
            "One row is wrong: nothing is written. Mend it in the file and press r.",
            "{count} rows are wrong: nothing is written. Mend them in the file and press r.",
            wrong,
        )
    writes = facts.stations if isinstance(facts, StagedStations) else facts.new
    return None if writes else say("0 changes: nothing to write.")


def _write(room: Room, act: Act, facts: Staged, *, confirmed: bool = False) -> Sentence:
    from floodready.season.commands import add_readings, put_stations

    if isinstance(facts, StagedStations):
        written = put_stations(room.store, act, stations=facts.stations, seen=facts.seen)
        return say_many("{count} station written.", "{count} stations written.", written)
    add_readings(room.store, act, readings=facts.new, confirmed=confirmed)
    return say_many("One reading written.", "{count} readings written.", len(facts.new))
