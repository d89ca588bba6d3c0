"""What is arranged for the unit: rotations, temporary rotas, overrides, leave, wishes, days; and the unit's figures."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from floodready.duty.arrangements import Arrangement, arrangements
from floodready.duty.models import DutySettings, Leave, Override, TemporaryRota, Wish
from floodready.duty.plan import Plan
from floodready.duty.roster import plan_of, settings_of
from floodready.frozen import frozen
from floodready.language import Sentence, say
from floodready.organisation.lookup import active_people
from floodready.organisation.models import Person, Post
from floodready.refusal import Refused
from floodready.store.contract import View
from floodready.tui.keys import bind
from floodready.tui.room import Room
from floodready.tui.screens.dialog import Notice
from floodready.tui.screens.duty import plan_forms, rotation_form
from floodready.tui.screens.duty.of_unit import OfUnitScreen
from floodready.tui.theme import Tone
from floodready.tui.widgets.virtual_table import Column, VirtualTable


@frozen
class Planned:
    """What the screen shows and its forms need."""

    unit: str
    rows: list[Arrangement]
    plan: Plan | None
    settings: DutySettings | None
    people: list[Person]
    posts: list[Post]
    at: datetime


COLUMNS: tuple[Column[Arrangement], ...] = (
    Column(id="kind", heading=say("Kind"), cell=lambda r: r.kind, width=14, tone=lambda _: Tone.MUTED),
    Column(id="what", heading=say("What"), cell=lambda r: r.what, width=26, grow=1),
    Column(id="start", heading=say("From"), cell=lambda r: r.start, width=16),
    Column(id="end", heading=say("Until"), cell=lambda r: r.end, width=16, priority=2),
)  # fmt: skip


class PlanScreen(OfUnitScreen[Planned]):
    """Everything that makes the roster what it is, each to be changed or taken back."""

    TITLE_WORDS = say("Rotas and exceptions")
    HELP_WORDS = say("Enter changes a rotation from an instant on; the past stays. x takes a row back.")
    TABLES = frozenset({"duty.", "organisation."})
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("plan.rotation", "n", "rotation", say("rotation"), say("Add a rotation to the rota.")),
        bind("plan.temporary", "t", "temporary", say("temporary"), say("Add a rota for a window or for a level.")),
        bind("plan.wish", "w", "wish", say("wish"), say("Note that somebody would rather not stand duty on a day.")),
        bind("plan.day", "d", "day", say("day"), say("Say what a day is in this office: holiday or worked.")),
        bind("plan.settings", "f", "settings", say("figures"), say("Set rest, people needed and other figures."),
             shown=False),
        bind("plan.take_back", "x", "take_back", say("take back"), say("Take the row back, from now on.")),
        bind("plan.propose", "p", "propose", say("propose"), say("Have a fair rota proposed, with bounds beside it.")),
    ]  # fmt: skip

    def body(self) -> ComposeResult:
        yield VirtualTable(
            COLUMNS,
            lambda row: row.id,
            empty=say("Nothing is arranged yet."),
            first=say("Press n to add a rotation."),
            id="plan",
        )

    def read_facts(self, view: View, room: Room) -> Planned:
        unit, at = self.unit_shown(view, room), room.at()
        if unit is None:
            return Planned(unit="", rows=[], plan=None, settings=None, people=[], posts=[], at=at)
        return Planned(
            unit=unit,
            rows=arrangements(view, unit, at, room.zone),
            plan=plan_of(view, unit, room.zone),
            settings=settings_of(view, unit),
            people=active_people(view, unit),
            posts=[post for post in view.find(Post, unit=unit) if post.active],
            at=at,
        )

    def show_facts(self, facts: Planned) -> None:
        self.query_one("#plan", VirtualTable).show_rows(facts.rows)

    @on(VirtualTable.Opened, "#plan")
    def open_row(self, opened: VirtualTable.Opened) -> None:
        """Change a rotation; read out anything else."""
        row: Arrangement = opened.row
        facts = self.facts
        if facts is not None and facts.plan is not None and row.rotation is not None:
            self.app.push_screen(
                rotation_form.rotation(self.room, facts.plan, facts.posts, facts.people, facts.at, row.rotation)
            )
        else:
            self.app.push_screen(Notice(row.kind, row.what))

    def action_rotation(self) -> None:
        facts = self.facts
        if facts is not None and facts.plan is not None:
            self.app.push_screen(rotation_form.rotation(self.room, facts.plan, facts.posts, facts.people, facts.at))

    def action_temporary(self) -> None:
        facts = self.facts
        if facts is not None and facts.plan is not None:
            form = plan_forms.temporary(self.room, facts.plan, facts.posts, facts.people, facts.at)
            self.app.push_screen(form)

    def action_wish(self) -> None:
        if self.facts is not None and self.facts.unit:
            self.app.push_screen(plan_forms.wish(self.room, self.facts.people, self.facts.at))

    def action_day(self) -> None:
        if self.facts is not None:
            self.app.push_screen(plan_forms.day(self.room, self.facts.at))

    def action_settings(self) -> None:
        facts = self.facts
        if facts is not None and facts.settings is not None:
            self.app.push_screen(plan_forms.settings(self.room, facts.settings, facts.posts))

    def action_propose(self) -> None:
        from floodready.tui.screens.duty.generator import GeneratorScreen

        self.app.push_screen(GeneratorScreen(self.chosen))

    def action_take_back(self) -> None:
        row: Arrangement | None = self.query_one("#plan", VirtualTable).row
        facts, room = self.facts, self.room
        if row is None or facts is None or facts.plan is None:
            return
        if row.rotation is not None:
            self.app.push_screen(
                rotation_form.without(room, facts.plan, facts.posts, facts.people, facts.at, row.rotation)
            )
            return
        document = row.document
        if not isinstance(document, TemporaryRota | Override | Leave | Wish):
            self.duty_app.tell_refusal(Refused(say("This stays. Publish a rota, or correct the day, instead.")))
            return
        act = room.act()

        def do() -> Sentence:
            from floodready.duty.commands_plan import take_back

            take_back(room.store, act, document)
            return say("{what} is taken back.", what=row.what)

        self.run_command(do)
