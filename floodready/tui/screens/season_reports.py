"""The report clocks of a unit, rule by rule, and the figures beside them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from floodready.frozen import frozen
from floodready.language import Sentence, say, verbatim
from floodready.organisation.models import Unit
from floodready.season.models_report import ReportRule, SeasonSettings
from floodready.season.report_names import report_words
from floodready.season.settings import DEFAULTS, settings_of
from floodready.store.contract import View
from floodready.tui.keys import bind
from floodready.tui.room import Room
from floodready.tui.screens import season_reports_forms as forms
from floodready.tui.screens.pillar_screen import PillarScreen
from floodready.tui.widgets.virtual_table import Column, VirtualTable
from floodready.tui.widgets.words import NOTHING, Words


@frozen
class ReportClocks:
    """What the screen shows."""

    unit: Unit
    settings: SeasonSettings
    followed: Unit | None
    """The unit above whose settings these are; None where they are its own or the program's."""


COLUMNS: tuple[Column[ReportRule], ...] = (
    Column(id="name", heading=say("Report"), cell=lambda r: report_words(r.name), width=22, grow=2),
    Column(id="to", heading=say("To"), cell=lambda r: report_words(r.to), width=14, grow=1),
    Column(id="starts", heading=say("Starts by"), cell=lambda r: r.trigger.word, width=18, grow=1),
    Column(id="due", heading=say("Due"), cell=lambda r: due_told(r), width=12),
    Column(id="code", heading=say("Code"), cell=lambda r: r.code, width=12, priority=3),
)


class ReportClocksScreen(PillarScreen[ReportClocks]):
    """The clocks by which reports of one unit are due."""

    TITLE_WORDS = say("Report clocks")
    HELP_WORDS = say("What is changed here holds for this unit and those below that set nothing themselves.")
    TABLES = frozenset({"season.settings", "organisation."})
    DEFAULT_CSS = "ReportClocksScreen #figures { margin: 0 0 1 0; height: auto; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("report_clocks.new", "n", "new", say("new clock"), say("Add a report clock.")),
        bind("report_clocks.change", "c,space", "change", say("change"), say("Change the clock of the row.")),
        bind("report_clocks.remove", "x", "remove", say("remove"),
             say("Take the clock away; reports already due or sent stay.")),
        bind("report_clocks.figures", "f", "figures", say("figures"),
             say("How soon a decision on a warning is due, and how long a reading counts.")),
    ]  # fmt: skip

    def __init__(self, unit: str) -> None:
        super().__init__()
        self._unit = unit

    def body(self) -> ComposeResult:
        yield Words(id="figures")
        empty, first = say("No report clock is set."), say("Press n to add one.")
        yield VirtualTable(COLUMNS, lambda rule: rule.code, empty=empty, first=first, id="rules")

    def read_facts(self, view: View, room: Room) -> ReportClocks:
        del room
        unit = view.get(Unit, self._unit)
        assert unit is not None, "a unit is retired, never removed"
        settings = settings_of(view, unit.id)
        above = view.get(Unit, settings.id) if settings.id != unit.id else None
        return ReportClocks(unit=unit, settings=settings, followed=above)

    def show_facts(self, facts: ReportClocks) -> None:
        self.query_one("#figures", Words).say(*figures_told(facts))
        self.query_one("#rules", VirtualTable).show_rows(list(facts.settings.reports))

    @on(VirtualTable.Opened, "#rules")
    def open_rule(self) -> None:
        """Change the clock."""
        self.action_change()

    def action_new(self) -> None:
        if self.facts is not None:
            self.app.push_screen(forms.new_clock(self.room, self.facts.unit, self.facts.settings))

    def action_change(self) -> None:
        if self.facts is not None and (rule := self._rule()) is not None:
            self.app.push_screen(forms.change_clock(self.room, self.facts.unit, rule))

    def action_remove(self) -> None:
        if self.facts is not None and (rule := self._rule()) is not None:
            self.app.push_screen(forms.remove_clock(self.room, self.facts.unit, rule))

    def action_figures(self) -> None:
        if self.facts is not None:
            self.app.push_screen(forms.figures(self.room, self.facts.unit, self.facts.settings))

    def _rule(self) -> ReportRule | None:
        rule: ReportRule | None = self.query_one("#rules", VirtualTable).row
        return rule


def due_told(rule: ReportRule) -> Sentence:
    """Say when a clock's report is due."""
    if rule.trigger.timed and rule.at is not None:
        return say("at {time}", time=f"{rule.at:%H:%M}")
    if rule.within_minutes is not None:
        return say("in {minutes} min", minutes=rule.within_minutes)
    return NOTHING


def figures_told(facts: ReportClocks) -> Iterable[Sentence]:
    """Say whose clocks are shown, and the figures beside them."""
    name, settings = verbatim(facts.unit.name), facts.settings
    if facts.followed is not None:
        yield say("{unit} follows the report clocks of {above}.", unit=name, above=verbatim(facts.followed.name))
    elif settings.id == DEFAULTS.id:
        yield say("{unit} follows the clocks that the program brings along.", unit=name)
    else:
        yield say("The report clocks of {unit}.", unit=name)
    yield say("A decision on orange and red warnings within {minutes} min; a reading counts {hours} h.",
              minutes=settings.decide_within_minutes, hours=settings.reading_counts_hours)  # fmt: skip
    yield say("Source: {source}", source=verbatim(settings.source or "—"))
