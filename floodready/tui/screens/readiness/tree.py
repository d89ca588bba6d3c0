"""The capability tree: unit, site, capability, lines with their class."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from floodready.frozen import frozen
from floodready.language import say
from floodready.readiness.tree import Branch, Tree, branches, tree_of
from floodready.store.contract import View
from floodready.tui.keys import bind
from floodready.tui.nothing_there import NO_UNIT, SET_UP
from floodready.tui.room import Room
from floodready.tui.screens.pillar_screen import PillarScreen
from floodready.tui.screens.readiness.explain import open_explanation
from floodready.tui.theme import Tone, mark
from floodready.tui.widgets.light import TONES, light_told
from floodready.tui.widgets.virtual_table import Column, VirtualTable
from floodready.tui.widgets.words import NOTHING

COLUMNS: tuple[Column[Branch], ...] = (
    Column(id="what", heading=say("Unit, site, capability, line"), width=30, grow=2,
           cell=lambda b: say("{indent}{subject}", indent="  " * b.depth, subject=b.what),
           tone=lambda b: Tone.STRONG if b.status is None else None),
    Column(id="state", heading=say("State"), width=13, tone=lambda b: TONES[b.colour],
           cell=lambda b: light_told(b.status) if b.status else say("{mark} {word}", mark=mark(b.colour.mark),
                              word=b.colour.word)),
    Column(id="class", heading=say("Class"), cell=lambda b: b.importance, width=5),
    Column(id="cause", heading=say("Why"), cell=lambda b: b.cause, width=26, grow=4),
    Column(id="act", heading=say("Next"), cell=lambda b: b.act or NOTHING, width=24, grow=3, priority=2,
           tone=lambda _: Tone.MUTED),
)  # fmt: skip


@frozen
class TreeFacts:
    """The tree; which of its rows are shown is the screen's choice."""

    tree: Tree


class TreeScreen(PillarScreen[TreeFacts]):
    """The worst link, from the unit down to the line; a star marks a leader's override."""

    TITLE_WORDS = say("Capabilities")
    HELP_WORDS = say("A capability is as bad as its worst A line; B lines make it WATCH at most; C lines are listed.")
    TIMED = True
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("tree.explain", "e", "explain", say("explain"), say("Explain the line to its last movement.")),
        bind("tree.all", "a", "all", say("all lines"), say("Show also what is in order, or hide it.")),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._all = False

    def body(self) -> ComposeResult:
        yield VirtualTable(
            COLUMNS,
            lambda branch: branch.key,
            empty=NO_UNIT,
            first=SET_UP,
            id="tree",
        )

    def read_facts(self, view: View, room: Room) -> TreeFacts:
        return TreeFacts(tree=tree_of(view, room.readiness(view, room.at())))

    def show_facts(self, facts: TreeFacts) -> None:
        self.query_one("#tree", VirtualTable).show_rows(list(branches(facts.tree, all_lines=self._all)))

    def action_all(self) -> None:
        self._all = not self._all
        if self.facts is not None:
            self.show_facts(self.facts)

    @on(VirtualTable.Opened, "#tree")
    def action_explain(self) -> None:
        """Explain the line under the cursor, or the one that makes the unit, site or capability what it is."""
        row: Branch | None = self.query_one("#tree", VirtualTable).row
        if row is not None:
            open_explanation(self.duty_app, row.decisive)
