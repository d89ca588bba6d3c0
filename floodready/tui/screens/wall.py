"""The board on the wall: pages that turn by themselves and are only looked at."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import Screen
from textual.widgets import ContentSwitcher

from floodready.clock import local_time
from floodready.frozen import frozen
from floodready.language import Sentence, say, verbatim
from floodready.readiness.forecast import Turn
from floodready.reports.papers import asked_about
from floodready.reports.tables import DutyRow, change_in_a_day, duty_rows, stations_by_time
from floodready.season.views import StationRow
from floodready.store.contract import View
from floodready.tui.board_panels import Note
from floodready.tui.screens.board import Board, Light, acts, lights, read_board
from floodready.tui.theme import Tone, mark
from floodready.tui.widgets.big_word import BigWord
from floodready.tui.widgets.day_strip import DayStrip
from floodready.tui.widgets.light import TONES, Headline
from floodready.tui.widgets.virtual_table import Column, VirtualTable
from floodready.tui.widgets.words import NOTHING, Words

if TYPE_CHECKING:
    from floodready.tui.room import Room


@frozen
class Wall:
    """Everything the wall shows."""

    board: Board
    seq: int
    """The last entry of the journal that is shown."""
    unit: str
    read_at: str
    stations: Sequence[tuple[StationRow, str]]
    """Each with its change over 24 h."""
    duty: Sequence[DutyRow]
    turns: Sequence[Turn]


def read_wall(view: View, room: Room) -> Wall:
    """Read what the wall shows. In the store's thread only. Raises Refused where there is no unit yet."""
    board, at = read_board(view, room), room.at()
    asked = asked_about(room.store, view, at, room.zone, answer=board.answer)
    return Wall(
        board=board,
        seq=view.seq,
        unit=asked.unit.name,
        read_at=local_time(at, room.zone),
        stations=[(row, change_in_a_day(asked, row.id)) for row in stations_by_time(asked)],
        duty=duty_rows(asked),
        turns=[turn for day in board.days for turn in day.turns],
    )


_LIGHTS: tuple[Column[Light], ...] = (
    Column(id="state", heading=say("State"), width=13, tone=lambda r: TONES[r.colour],
           cell=lambda r: say("{mark} {word}", mark=mark(r.colour.mark), word=r.colour.word)),
    Column(id="what", heading=say("Unit and line"), cell=lambda r: r.what, width=24, grow=2,
           tone=lambda r: Tone.STRONG if r.status is None else None),
    Column(id="cause", heading=say("Why"), cell=lambda r: r.cause, width=24, grow=4),
)  # fmt: skip
_STATIONS: tuple[Column[tuple[StationRow, str]], ...] = (
    Column(
        id="station", heading=say("Station"), cell=lambda r: r[0].name, width=20, grow=2, tone=lambda _: Tone.STRONG
    ),
    Column(id="value", heading=say("Value"), cell=lambda r: r[0].value or "—", width=12, right=True),
    Column(id="change", heading=say("In 24 h"), cell=lambda r: r[1] or "—", width=9, right=True),
    Column(id="stands", heading=say("Stands"), cell=lambda r: r[0].stands, width=26, grow=3),
)
_DUTY: tuple[Column[DutyRow], ...] = (
    Column(id="shift", heading=say("Shift"), cell=lambda r: r.shift, width=6,
           tone=lambda r: Tone.STRONG if r.now else Tone.MUTED),
    Column(id="unit", heading=say("Unit"), cell=lambda r: r.unit, width=14, grow=2, priority=2),
    Column(id="post", heading=say("Post"), cell=lambda r: r.post, width=16, grow=2),
    Column(id="person", heading=say("Person"), cell=lambda r: r.person, width=10, grow=1,
           tone=lambda r: Tone.STRONG if r.now else None),
    Column(id="phone", heading=say("Phone"), cell=lambda r: r.phone, width=14),
    Column(id="end", heading=say("Until"), cell=lambda r: r.until, width=16),
)  # fmt: skip


class WallScreen(Screen[None]):
    """A header with the time, one page at a time, and across it, when it is so, that nothing can be read."""

    DEFAULT_CSS = """
    WallScreen {
        #top, #foot { height: 1; padding: 0 1; background: $panel; text-style: bold; }
        #foot { dock: bottom; color: $tone-muted; text-style: none; }
        #trouble { height: auto; padding: 0 1; background: $tone-bad; color: $background; text-style: bold;
            display: none; }
        #trouble.-shown { display: block; }
        ContentSwitcher, ContentSwitcher > Vertical { height: 1fr; }
        ContentSwitcher > Vertical { padding: 1 1 0 1; }
        #headline { padding: 0 0 1 0; }
        #word { margin-bottom: 1; }
        #counts { color: $tone-muted; padding-bottom: 1; }
        #days { margin-bottom: 1; }
        .heading { padding: 0; height: 2; }
        VirtualTable > .virtual-table--cursor { background: $background; }
    }
    """
    PAGES: ClassVar[tuple[str, ...]] = ("readiness", "water", "duty", "clocks", "ahead")

    def __init__(self, room: Room) -> None:
        super().__init__()
        self._room = room
        self._facts: Wall | None = None

    def compose(self) -> ComposeResult:
        yield Words(id="top")
        yield Words(id="trouble")
        with ContentSwitcher(initial=self.PAGES[0]):
            with Vertical(id="readiness"):
                yield BigWord(id="word")
                yield Headline(id="headline")
                yield Words(id="counts")
                yield _table(_LIGHTS, lambda r: r.key, say("Nothing has to be done."), "lights")
            with Vertical(id="water"):
                yield Words(say("Stations"), classes="heading")
                yield _table(_STATIONS, lambda r: r[0].id, say("No station is entered."), "stations")
            with Vertical(id="duty"):
                yield Words(say("Who is on duty"), classes="heading")
                yield _table(_DUTY, lambda r: r.key, say("Nobody is on duty now."), "people")
            with Vertical(id="clocks"):
                yield _notes(say("Clocks running"), say("No clock is running."), "running")
                yield _notes(say("What to do next"), say("Nothing has to be done."), "acts")
            with Vertical(id="ahead"):
                yield Words(say("If nothing is done, to the season's end"), classes="heading")
                yield DayStrip(id="days")
                yield _table(self._turn_columns(), lambda r: f"{r.at}{r.status.line.id}",
                             say("No line turns by itself until then."), "turns")  # fmt: skip
        yield Words(id="foot")

    @property
    def page(self) -> str:
        """The page that is shown."""
        return self.query_one(ContentSwitcher).current or self.PAGES[0]

    def turn(self, by: int = 1) -> None:
        """Show the rows that did not fit on this page, or else the next page; backwards, the page before."""
        tables = list(self.query_one(f"#{self.page}").query(VirtualTable))
        below = [table for table in tables if table.scroll_offset.y < table.max_scroll_y]
        if below and by > 0:
            for table in below:
                table.scroll_to(y=table.scroll_offset.y + max(1, table.size.height - 1), animate=False)
            return
        for table in tables:
            table.scroll_to(y=0, animate=False)
        place = (self.PAGES.index(self.page) + by) % len(self.PAGES)
        self.query_one(ContentSwitcher).current = self.PAGES[place]
        self.tick()

    def show(self, facts: Wall) -> None:
        """Show what was read."""
        self._facts = facts
        board = facts.board
        answer = board.answer
        self.query_one(BigWord).tell(answer.colour.word, TONES[answer.colour])
        self.query_one(Headline).tell(answer.colour, answer.headline)
        counts = say("{counts}; progress {percent} %", counts=answer.counts, percent=answer.progress)
        self.query_one("#counts", Words).say(counts if answer.units else NOTHING)
        self.query_one(DayStrip).show_days(board.days)
        rows: dict[str, list[Any]] = {
            # Nobody stands at the keyboard to ask for the single lines.
            "lights": list(lights(board, one_by_one=True)),
            "stations": list(facts.stations), "people": list(facts.duty),
            "running": board.clocks, "acts": list(acts(board)), "turns": list(facts.turns),
        }  # fmt: skip
        for id, found in rows.items():
            self.query_one(f"#{id}", VirtualTable).show_rows(found)
        self.tick()

    def tell_trouble(self, cause: Sentence | None) -> None:
        """Say across the wall that the data cannot be read, and why; None takes it away."""
        trouble = self.query_one("#trouble", Words)
        trouble.set_class(cause is not None, "-shown")
        if cause is not None:
            shown = verbatim(self._facts.read_at) if self._facts is not None else say("nothing")
            trouble.say(say("THE DATA CANNOT BE READ. What is shown is of: {time}. {cause}", time=shown, cause=cause))

    def tick(self) -> None:
        """Tell the time, whose wall it is, and the page."""
        now = local_time(self._room.clock.now(), self._room.zone)
        unit = verbatim(self._facts.unit) if self._facts is not None else say("reading …")
        self.query_one("#top", Words).say(say("{time}   {unit}", time=now, unit=unit))
        seq = self._facts.seq if self._facts is not None else 0
        self.query_one("#foot", Words).say(
            say("page {place} of {all}   journal entry {seq}   read only; q leaves",
                place=self.PAGES.index(self.page) + 1, all=len(self.PAGES), seq=seq)
        )  # fmt: skip

    def _turn_columns(self) -> tuple[Column[Turn], ...]:
        return (
            Column(id="time", heading=say("Time"), cell=lambda r: local_time(r.at, self._room.zone), width=16),
            Column(id="state", heading=say("After"), width=13, tone=lambda r: TONES[r.status.colour],
                   cell=lambda r: say("{mark} {word}", mark=mark(r.status.colour.mark), word=r.status.colour.word)),
            Column(id="line", heading=say("Line"), cell=lambda r: r.status.line.subject, width=18, grow=2,
                   tone=lambda _: Tone.STRONG),
            Column(id="cause", heading=say("Why"), cell=lambda r: r.status.cause, width=22, grow=3),
        )  # fmt: skip


def _table(columns: Sequence[Column[Any]], key: Any, empty: Sentence, id: str) -> VirtualTable[Any]:
    made: VirtualTable[Any] = VirtualTable(columns, key, empty=empty, id=id)
    made.can_focus = False
    return made


def _notes(heading: Sentence, empty: Sentence, id: str) -> VirtualTable[Note]:
    column: Column[Note] = Column(
        id="text", heading=heading, cell=lambda note: note.text, width=10, grow=1, tone=lambda note: note.tone
    )
    return _table([column], lambda note: str(note.text), empty, id)
