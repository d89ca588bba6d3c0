"""The flood seasons of a unit, year by year: entered, changed, written for another year, taken away."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from floodready.clock import local_day
from floodready.frozen import frozen
from floodready.language import Sentence, say, verbatim
from floodready.organisation.models import Unit
from floodready.season.models import Season
from floodready.season.seasons import season_on
from floodready.season.settings import seasons_for
from floodready.store.contract import View
from floodready.tui.keys import bind
from floodready.tui.room import Room
from floodready.tui.screens import season_calendar_forms as forms
from floodready.tui.screens.dialog import Notice
from floodready.tui.screens.pillar_screen import PillarScreen
from floodready.tui.theme import Tone
from floodready.tui.widgets.virtual_table import Column, VirtualTable
from floodready.tui.widgets.words import Words


@frozen
class Seasons:
    """What the screen shows: the seasons a unit follows, the latest first."""

    unit: Unit
    followed: Unit | None
    """The unit above whose seasons these are; None where they are its own."""
    seasons: list[Season]
    now: Season | None
    """The season of today."""


COLUMNS: tuple[Column[Season], ...] = (
    Column(id="year", heading=say("Year"), cell=lambda s: str(s.year), width=6, order=lambda s: s.year),
    Column(id="name", heading=say("Season"), cell=lambda s: s.name, width=16, grow=2),
    Column(id="from", heading=say("From"), cell=lambda s: str(s.starts_on), width=11),
    Column(id="until", heading=say("Until"), cell=lambda s: str(s.ends_on), width=11),
    Column(id="main", heading=say("Main season"), width=24, priority=3,
           cell=lambda s: f"{s.main_starts_on} – {s.main_ends_on}" if s.main_starts_on else ""),
    Column(id="parts", heading=say("Parts"), cell=lambda s: ", ".join(part.name for part in s.parts), width=14,
           grow=1),
    Column(id="source", heading=say("Source"), cell=lambda s: s.source, width=14, grow=1, priority=4,
           tone=lambda _: Tone.MUTED),
)  # fmt: skip


class SeasonsScreen(PillarScreen[Seasons]):
    """The seasons of one unit; a unit without its own follows the nearest unit above."""

    TITLE_WORDS = say("Seasons")
    HELP_WORDS = say("A unit without seasons of its own follows the nearest unit above that has some.")
    TABLES = frozenset({"season.seasons", "organisation."})
    TIMED = True
    DEFAULT_CSS = "SeasonsScreen #whose { margin: 0 0 1 0; height: auto; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("seasons.new", "n", "new", say("new season"), say("Add a season of the unit.")),
        bind("seasons.change", "c,space", "change", say("change"), say("Change the season of the row, or its parts.")),
        bind("seasons.repeat", "y", "repeat", say("repeat"), say("Write the seasons of one year for another.")),
        bind("seasons.remove", "x", "remove", say("remove"), say("Take the season of the row away.")),
    ]

    def __init__(self, unit: str) -> None:
        super().__init__()
        self._unit = unit

    def body(self) -> ComposeResult:
        yield Words(id="whose")
        yield VirtualTable(
            COLUMNS,
            lambda season: season.id,
            empty=say("No season yet."),
            first=say("Press n to add the first."),
            id="seasons",
        )

    def read_facts(self, view: View, room: Room) -> Seasons:
        unit = view.get(Unit, self._unit)
        assert unit is not None, "a unit is retired, never removed"
        found = seasons_for(view, unit.id)
        today = local_day(room.at(), room.zone)
        above = view.get(Unit, found[0].unit) if found and found[0].unit != unit.id else None
        return Seasons(
            unit=unit,
            followed=above,
            seasons=sorted(found, key=lambda season: season.starts_on, reverse=True),
            now=season_on(today, found),
        )

    def show_facts(self, facts: Seasons) -> None:
        self.query_one("#whose", Words).say(*seasons_told(facts))
        self.query_one("#seasons", VirtualTable).show_rows(facts.seasons)

    @on(VirtualTable.Opened, "#seasons")
    def show_season(self, opened: VirtualTable.Opened) -> None:
        """Show a season whole."""
        self.app.push_screen(Notice(verbatim(opened.row.name), *season_told(opened.row)))

    def action_new(self) -> None:
        if self.facts is not None:
            today = local_day(self.room.at(), self.room.zone)
            self.app.push_screen(forms.new_season(self.room, self.facts.unit, today))

    def action_change(self) -> None:
        if (season := self._season()) is not None:
            self.app.push_screen(forms.change_season(self.room, season))

    def action_remove(self) -> None:
        if (season := self._season()) is not None:
            self.app.push_screen(forms.remove_season(self.room, season))

    def action_repeat(self) -> None:
        if self.facts is not None and self.facts.seasons:
            unit = self.facts.followed or self.facts.unit
            years = sorted({season.year for season in self.facts.seasons})
            self.app.push_screen(forms.repeat_seasons(self.room, unit, years))

    def _season(self) -> Season | None:
        season: Season | None = self.query_one("#seasons", VirtualTable).row
        return season


def seasons_told(facts: Seasons) -> Iterable[Sentence]:
    """Say whose seasons are shown, and which one it is today."""
    name = verbatim(facts.unit.name)
    if facts.followed is None:
        yield say("The flood seasons of {unit}.", unit=name)
    else:
        yield say("{unit} follows the flood seasons of {above}.", unit=name, above=verbatim(facts.followed.name))
    yield say("Today: {season}", season=verbatim(facts.now.name) if facts.now else say("outside the flood season"))


def season_told(season: Season) -> Iterable[Sentence]:
    """Say everything about a season."""
    yield say("from {first} to {last}", first=str(season.starts_on), last=str(season.ends_on))
    if season.main_starts_on is not None:
        yield say("main season from {first} to {last}", first=str(season.main_starts_on),
                  last=str(season.main_ends_on))  # fmt: skip
    for part in season.parts:
        yield say("{part}: from {first} to {last}", part=verbatim(part.name), first=str(part.starts_on),
                  last=str(part.ends_on))  # fmt: skip
    if season.source:
        yield say("Source: {source}", source=verbatim(season.source))
