"""The forecast: the strip of days, every turn with its cause, and the acts that would mend most."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical

from floodready.clock import local_time
from floodready.language import Sentence, say, say_many, verbatim
from floodready.readiness.forecast import Mending, Turn
from floodready.readiness.outlook import Outlook, outlook
from floodready.store.contract import View
from floodready.tui.keys import bind
from floodready.tui.room import Room
from floodready.tui.screens.pillar_screen import PillarScreen
from floodready.tui.screens.readiness.explain import ExplainScreen
from floodready.tui.theme import Tone, mark
from floodready.tui.widgets.day_strip import DayStrip
from floodready.tui.widgets.light import TONES
from floodready.tui.widgets.virtual_table import Column, VirtualTable
from floodready.tui.widgets.words import NOTHING, Words

MENDING_COLUMNS: tuple[Column[Mending], ...] = (
    Column(id="act", heading=say("What would mend most"), cell=lambda m: m.act, width=30, grow=1),
    Column(id="lines", heading=say("Lines"), cell=lambda m: len(m.lines), width=5, right=True),
    Column(id="days", heading=say("Line-days"), cell=lambda m: m.days, width=9, right=True),
)


class ForecastScreen(PillarScreen[Outlook]):
    """What turns by itself until the season's end, if nothing is done."""

    TITLE_WORDS = say("Forecast")
    HELP_WORDS = say("Each mark is the worst of a day if nothing is done; below, what turns then and why.")
    TIMED = True
    DEFAULT_CSS = """
    ForecastScreen {
        #ahead { padding: 1 1 0 1; }
        #strip { margin: 0 1 1 1; }
        #tables { height: 1fr; }
        #turns { height: 2fr; }
        #mendings { height: 1fr; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("forecast.explain", "e", "explain", say("explain"), say("Explain the line that turns.")),
    ]

    def body(self) -> ComposeResult:
        yield Words(id="ahead")
        yield DayStrip(id="strip")
        with Vertical(id="tables"):
            yield VirtualTable(
                self._turn_columns(),
                lambda turn: f"{turn.at:%Y%m%d%H%M%S} {turn.status.line.id}",
                empty=say("No line turns by itself until then."),
                id="turns",
            )
            yield VirtualTable(
                MENDING_COLUMNS, lambda mending: repr(mending.act), empty=say("Nothing has to be done."), id="mendings"
            )

    def read_facts(self, view: View, room: Room) -> Outlook:
        return outlook(view, room.at(), room.zone)

    def show_facts(self, facts: Outlook) -> None:
        self.query_one("#ahead", Words).say(ahead(facts))
        self.query_one(DayStrip).show_days(facts.days)
        self.query_one("#turns", VirtualTable).show_rows(facts.turns)
        self.query_one("#mendings", VirtualTable).show_rows(list(facts.mendings))

    @on(VirtualTable.Opened, "#turns")
    def action_explain(self) -> None:
        """Explain the line under the cursor."""
        turn: Turn | None = self.query_one("#turns", VirtualTable).row
        if turn is not None:
            self.app.push_screen(ExplainScreen(turn.status.line.id))

    @on(VirtualTable.Opened, "#mendings")
    def explain_first(self, opened: VirtualTable.Opened) -> None:
        """Explain the first line that asks for the act."""
        self.app.push_screen(ExplainScreen(opened.row.lines[0].id))

    def _turn_columns(self) -> tuple[Column[Turn], ...]:
        zone = self.room.zone
        return (
            Column(id="at", heading=say("Time"), cell=lambda t: local_time(t.at, zone).partition("-")[2], width=11),
            Column(id="line", heading=say("Line"), cell=lambda t: t.status.line.subject, width=16, grow=2),
            Column(id="class", heading=say("Class"), cell=lambda t: t.status.line.importance.value, width=5,
                   priority=3),
            Column(id="turn", heading=say("Turns"), cell=_turned, width=5, tone=lambda t: TONES[t.status.colour]),
            Column(id="cause", heading=say("Why"), cell=lambda t: t.status.cause, width=24, grow=4),
            Column(id="act", heading=say("Next"), cell=lambda t: t.status.act or NOTHING, width=24, grow=3,
                   priority=2, tone=lambda _: Tone.MUTED),
        )  # fmt: skip


def ahead(seen: Outlook) -> Sentence:
    """Say how far the forecast looks, how much turns, and when it first gets worse."""
    turns = say_many("{count} turn of a line", "{count} turns of lines", len(seen.turns))
    season = verbatim(seen.season) if seen.season else say("no season is entered")
    worse = seen.first_worse
    if worse is None:
        return say("To {day} ({season}): {turns}; the whole gets no worse than today.", day=str(seen.until),
                   season=season, turns=turns)  # fmt: skip
    return say("To {day} ({season}): {turns}; first worse on {worse}: {word}.", day=str(seen.until), season=season,
               turns=turns, worse=str(worse.on), word=worse.colour.word)  # fmt: skip


def _turned(turn: Turn) -> Sentence:
    before, after = mark(turn.before.mark), mark(turn.status.colour.mark)
    return verbatim(f"{before}>{after}")
