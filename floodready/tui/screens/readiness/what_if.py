"""What-if: readiness as it would be under a response level, before anybody declares it."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from floodready.language import say, verbatim
from floodready.organisation.lookup import home_unit
from floodready.readiness.what_if import Turned, WhatIf, what_if
from floodready.season.level import Level, level_word
from floodready.store.contract import View
from floodready.tui.keys import bind
from floodready.tui.nothing_there import no_unit
from floodready.tui.room import Room
from floodready.tui.screens.pillar_screen import PillarScreen
from floodready.tui.theme import Tone, mark
from floodready.tui.widgets.light import TONES, Headline
from floodready.tui.widgets.virtual_table import Column, VirtualTable
from floodready.tui.widgets.words import NOTHING, Words

COLUMNS: tuple[Column[Turned], ...] = (
    Column(id="before", heading=say("Now"), width=4, tone=lambda t: TONES[t.before.colour] if t.before else None,
           cell=lambda t: verbatim(mark(t.before.colour.mark)) if t.before else verbatim("–")),
    Column(id="after", heading=say("Then"), width=4, tone=lambda t: TONES[t.after.colour],
           cell=lambda t: verbatim(mark(t.after.colour.mark))),
    Column(id="line", heading=say("Line"), cell=lambda t: t.after.line.subject, width=16, grow=2),
    Column(id="cause", heading=say("Why"), cell=lambda t: t.after.cause, width=28, grow=4),
    Column(id="act", heading=say("Next"), cell=lambda t: t.after.act or NOTHING, width=24, grow=3, priority=2,
           tone=lambda _: Tone.MUTED),
)  # fmt: skip
SUPPOSED: tuple[Level | None, ...] = (*Level, None)


class WhatIfScreen(PillarScreen[WhatIf | None]):
    """A supposed level for the unit of whoever is signed in; nothing is declared here."""

    TITLE_WORDS = say("What if")
    HELP_WORDS = say("Nothing is declared here. Left and right suppose another level.")
    TIMED = True
    DEFAULT_CSS = """
    WhatIfScreen {
        #supposed { padding: 1 1 0 1; text-style: bold; color: $accent; }
        #then { padding: 0 1; }
        #demands { padding: 0 1 1 1; max-height: 9; color: $tone-muted; }
        #turned { height: 1fr; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("what_if.higher", "right,l", "step(1)", say("higher"), say("Suppose the next higher level.")),
        bind("what_if.lower", "left,h", "step(-1)", say("lower"), say("Suppose the next lower level, or none.")),
    ]

    def __init__(self, level: Level | None = None) -> None:
        super().__init__()
        self._level = level
        self._chosen = level is not None

    def body(self) -> ComposeResult:
        yield Words(id="supposed")
        yield Headline(id="then")
        yield Words(id="demands")
        yield VirtualTable(COLUMNS, lambda one: one.after.line.id, empty=say("No line would turn."), id="turned")

    def read_facts(self, view: View, room: Room) -> WhatIf | None:
        unit = home_unit(view, room.person)
        if unit is None:
            return None
        if not self._chosen:
            from floodready.season.situation import situation

            held = situation(view, unit.id, room.at(), room.zone).level
            order = list(Level)
            self._level = order[min(order.index(held) + 1, len(order) - 1)] if held else Level.IV
            self._chosen = True
        return what_if(view, unit.id, self._level, room.at(), room.zone)

    def show_facts(self, facts: WhatIf | None) -> None:
        if facts is None:
            self.query_one("#supposed", Words).say(no_unit(self.room))
            return
        told = say("Supposed: {level}. In force: {held}. Nothing is declared.", level=level_word(facts.level),
                   held=level_word(facts.held))  # fmt: skip
        self.query_one("#supposed", Words).say(told)
        self.query_one("#then", Headline).tell(facts.then.colour, facts.then.headline)
        self.query_one("#demands", Words).say(*(facts.demands or (say("The unit's table demands nothing for it."),)))
        self.query_one("#turned", VirtualTable).show_rows(list(facts.turned))

    def action_step(self, by: int) -> None:
        """Suppose another level, in the order none, IV, III, II, I."""
        order: list[Level | None] = [None, *Level]
        self._level = order[max(0, min(len(order) - 1, order.index(self._level) + by))]
        self.read_anew()

    @on(VirtualTable.Opened, "#turned")
    def explain_turn(self, opened: VirtualTable.Opened) -> None:
        """Explain the line as it stands now, where it is asked for now already."""
        from floodready.tui.screens.readiness.explain import ExplainScreen

        if opened.row.before is not None:
            self.app.push_screen(ExplainScreen(opened.row.after.line.id))
