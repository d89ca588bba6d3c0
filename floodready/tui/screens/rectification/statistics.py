"""The monthly and quarterly tables by unit, grade, state and source; one key writes them all to a file."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from floodready.clock import local_day
from floodready.frozen import frozen
from floodready.language import Sentence, say, say_as, say_many, verbatim
from floodready.rectification.standing import standing_on
from floodready.rectification.statistics import By, Period, month, quarter
from floodready.rectification.views_statistics import HEADS, TallyRow, tally_rows
from floodready.store.contract import View
from floodready.tui.keys import bind
from floodready.tui.room import Room
from floodready.tui.screens.form import Form
from floodready.tui.screens.paper_file import FileForm
from floodready.tui.screens.pillar_screen import PillarScreen
from floodready.tui.theme import Tone
from floodready.tui.widgets.virtual_table import Column, VirtualTable
from floodready.tui.widgets.words import Words

_WIDTHS = (5, 6, 6, 10, 7, 6, 8)


@frozen
class StatisticsFacts:
    """The lines of one table, and of which period it is."""

    period: Period
    rows: list[TallyRow]


def _figure(place: int) -> Column[TallyRow]:
    return Column(
        id=f"figure-{place}",
        heading=HEADS[place],
        cell=lambda row: "–" if row.figures[place] is None else row.figures[place],
        width=_WIDTHS[place],
        right=True,
        order=lambda row: row.figures[place] or 0,
        tone=lambda row: Tone.STRONG if row.is_total else None,
    )


COLUMNS: tuple[Column[TallyRow], ...] = (
    Column(id="by", heading=say_as("dimension", "Counted by"), cell=lambda row: row.word, width=12, grow=1,
           tone=lambda row: Tone.STRONG if row.is_total else None),
    *(_figure(place) for place in range(len(HEADS))),
)  # fmt: skip


class StatisticsScreen(PillarScreen[StatisticsFacts]):
    """One table at a time."""

    TITLE_WORDS = say("Statistics")
    HELP_WORDS = say(
        "[ and ] go through the periods, p changes month and quarter, b what is counted by, x exports. "
        "What came back counts anew; its first closing stays."
    )
    TABLES = frozenset({"rectification.", "organisation."})
    TIMED = True
    DEFAULT_CSS = "StatisticsScreen #period { height: 1; text-style: bold; color: $accent; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("figures.before", "left_square_bracket,left", "turn(-1)", say("before"), say("The period before.")),
        bind("figures.next", "right_square_bracket,right", "turn(1)", say("after"), say("The period after.")),
        bind("figures.period", "p", "period", say("month/quarter"), say("Months or quarters.")),
        bind("figures.by", "b", "by", say("by …"), say("Count by unit, grade, state or source.")),
        bind("figures.export", "x", "export", say("export"), say("Write all tables of the period as XLSX or CSV.")),
    ]

    def __init__(self, day: date) -> None:
        """`day` lies in the period that is shown first, its month."""
        super().__init__()
        self._period = month(day.year, day.month)
        self._quarterly = False
        self._by = By.UNIT

    def body(self) -> ComposeResult:
        yield Words(id="period")
        yield VirtualTable(COLUMNS, lambda row: row.key, empty=say("Nothing was found."), id="tallies")

    def read_facts(self, view: View, room: Room) -> StatisticsFacts:
        at, period = room.at(), self._period
        findings = standing_on(room.store, view, period.last, at, room.zone)
        rows = tally_rows(view, findings, period, self._by, local_day(at, room.zone))
        return StatisticsFacts(period=period, rows=rows)

    def show_facts(self, facts: StatisticsFacts) -> None:
        kind = say("quarter") if self._quarterly else say("month")
        self.query_one("#period", Words).say(
            say("{kind} {first} to {last}, by {by}", kind=kind, first=facts.period.first, last=facts.period.last,
                by=self._by.word)
        )  # fmt: skip
        self.query_one("#tallies", VirtualTable).show_rows(facts.rows)

    def action_turn(self, by: int) -> None:
        """Show the period after, or before."""
        one = timedelta(days=1)
        if by > 0 and self._period.last >= local_day(self.room.at(), self.room.zone):
            return  # what is open at the end of a period to come nobody knows
        self._show_period_of(self._period.last + one if by > 0 else self._period.first - one)

    def action_period(self) -> None:
        """Change between months and quarters."""
        self._quarterly = not self._quarterly
        self._show_period_of(self._period.first)

    def action_by(self) -> None:
        """Count by the next thing."""
        every = list(By)
        self._by = every[(every.index(self._by) + 1) % len(every)]
        self.read_anew()

    def action_export(self) -> None:
        """Write the tables to a file."""
        self.app.push_screen(_export_form(self.room, self._period))

    def _show_period_of(self, day: date) -> None:
        self._period = quarter(day.year, (day.month + 2) // 3) if self._quarterly else month(day.year, day.month)
        self.read_anew()


def _export_form(room: Room, period: Period) -> Form:
    def write(path: Path, overwrite: bool) -> Sentence:
        from floodready.exchange.hazard_export import write_statistics

        write_statistics(room.store, room.view(), path, period, room.at(), room.zone, overwrite=overwrite)
        return say("Written: {file}", file=verbatim(str(path.resolve())))

    name = f"statistics-{period.first}-{period.last}.xlsx"
    return FileForm(say("Write the statistics"), name, write, say(".xlsx or .csv"))


def ledger_form(room: Room) -> Form:
    """Make the form that writes the whole ledger to a file."""

    def write(path: Path, overwrite: bool) -> Sentence:
        from floodready.exchange.hazard_export import write_ledger

        count = write_ledger(room.view(), path, room.at(), room.zone, overwrite=overwrite)
        return say_many(
            "Written: {count} record to {file}",
            "Written: {count} records to {file}",
            count,
            file=verbatim(str(path.resolve())),
        )

    name = f"ledger-{local_day(room.at(), room.zone)}.xlsx"
    return FileForm(say("Write the ledger"), name, write, say(".xlsx or .csv"))
