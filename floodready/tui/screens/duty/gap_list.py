"""The gaps ahead with who could fill each (space fills with the first of them), and who stands in two places."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from floodready.clock import local_time
from floodready.duty.models import OverrideKind
from floodready.duty.roster import Candidate, candidates
from floodready.duty.views import ConflictRow, GapRow, conflict_rows, gap_rows
from floodready.frozen import frozen
from floodready.language import Sentence, say
from floodready.organisation.lookup import active_people
from floodready.organisation.models import Person
from floodready.refusal import Refused
from floodready.store.contract import View
from floodready.tui.keys import bind
from floodready.tui.room import Room
from floodready.tui.screens.duty import forms
from floodready.tui.screens.duty.of_unit import OfUnitScreen
from floodready.tui.theme import Tone
from floodready.tui.widgets.virtual_table import Column, VirtualTable
from floodready.tui.widgets.words import Words

AHEAD = timedelta(days=31)
_MOST = 40
"""Gaps for which candidates are sought; the later ones can wait until these are filled."""


@frozen
class OpenGap:
    """A gap and who could fill it."""

    gap: GapRow
    start: str
    end: str
    offered: Sequence[Candidate]
    on_now: bool

    @property
    def names(self) -> str:
        """Who could fill it, the first choice first."""
        return ", ".join(one.name for one in self.offered)


@frozen
class Gaps:
    """What the screen shows."""

    rows: list[OpenGap]
    people: list[Person]
    conflicts: list[ConflictRow]
    """Who stands in several places at once."""


COLUMNS: tuple[Column[OpenGap], ...] = (
    Column(id="start", heading=say("From"), cell=lambda r: r.start, width=16,
           tone=lambda r: Tone.BAD if r.on_now else Tone.WATCH),
    Column(id="end", heading=say("Until"), cell=lambda r: r.end, width=16, priority=3),
    Column(id="post", heading=say("Post"), cell=lambda r: r.gap.post_name, width=12, grow=1),
    Column(id="names", heading=say("Could fill"), cell=lambda r: r.names, width=16, grow=2),
    Column(id="cause", heading=say("Cause"), cell=lambda r: r.gap.cause, width=18, grow=2, priority=2),
)  # fmt: skip


class GapScreen(OfUnitScreen[Gaps]):
    """Every gap of the month ahead, the first one first."""

    TITLE_WORDS = say("Gaps")
    HELP_WORDS = say("Space fills the gap with the first who is free, rested and qualified; enter lets you choose.")
    TABLES = frozenset({"duty.", "organisation.", "season."})
    TIMED = True
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("gaps.fill", "space", "fill", say("fill"), say("Put the first candidate on the gap, at once.")),
    ]

    def body(self) -> ComposeResult:
        yield VirtualTable(
            COLUMNS,
            lambda row: f"{row.gap.post}/{row.gap.start:%Y%m%d%H%M%S}",
            empty=say("No gap for a month."),
            id="gaps",
        )
        yield Words(id="conflicts", classes="-watch")

    def read_facts(self, view: View, room: Room) -> Gaps:
        unit, at = self.unit_shown(view, room), room.at()
        if unit is None:
            return Gaps(rows=[], people=[], conflicts=[])
        rows = []
        for place, gap in enumerate(gap_rows(view, unit, at, at + AHEAD, room.zone)):
            sought = place < _MOST
            rows.append(
                OpenGap(
                    gap=gap,
                    start=local_time(gap.start, room.zone),
                    end=local_time(gap.end, room.zone),
                    offered=candidates(view, unit, gap.post, gap.start, gap.end, room.zone) if sought else (),
                    on_now=gap.start <= at,
                )
            )
        return Gaps(
            rows=rows,
            people=active_people(view, unit),
            conflicts=conflict_rows(view, unit, at, at + AHEAD, room.zone),
        )

    def show_facts(self, facts: Gaps) -> None:
        self.query_one("#gaps", VirtualTable).show_rows(facts.rows)
        told = self.query_one("#conflicts", Words)
        told.display = bool(facts.conflicts)
        told.say(*(conflict.what for conflict in facts.conflicts))

    @on(VirtualTable.Opened, "#gaps")
    def open_row(self, opened: VirtualTable.Opened) -> None:
        """Let one choose who fills the gap."""
        row: OpenGap = opened.row
        assert self.facts is not None
        self.app.push_screen(forms.fill(self.room, row.gap, row.offered, self.facts.people))

    def action_fill(self) -> None:
        row: OpenGap | None = self.query_one("#gaps", VirtualTable).row
        if row is None:
            return
        room, act, gap = self.room, self.room.act(), row.gap
        if not row.offered:
            self.duty_app.tell_refusal(
                Refused(say("Nobody is free, rested and qualified. Enter lets you choose somebody and say why."))
            )
            return
        chosen = row.offered[0]

        def do() -> Sentence:
            from floodready.duty.commands import override

            override(
                room.store,
                act,
                unit=gap.unit,
                post=gap.post,
                kind=OverrideKind.ADD,
                from_at=gap.start,
                until_at=gap.end,
                by=chosen.person,
                zone=room.zone,
            )
            return say("{person} fills the gap.", person=chosen.name)

        self.run_command(do)
