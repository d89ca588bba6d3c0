"""One drill: its design at the top, its script below, and a line into which injects are typed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from floodready.drills import commands, planning, surroundings
from floodready.drills.book import Book, book
from floodready.drills.commands_materials import require_planned
from floodready.drills.injects import require_open_script
from floodready.drills.models import Drill, DrillState, Inject, InjectStatus, Role
from floodready.drills.planning import Problem
from floodready.drills.quick_entry import understood_line
from floodready.drills.run_clock import written_clock
from floodready.drills.views_year import state_told
from floodready.drills.words import FORM, INJECT_KIND, INJECT_STATUS, ROLE, approved_words, reason_words
from floodready.frozen import frozen
from floodready.language import Sentence, listed, say, say_many, verbatim
from floodready.organisation.lookup import by_name
from floodready.organisation.models import Person
from floodready.refusal import Refused
from floodready.store.contract import Act, View
from floodready.tui.keys import bind
from floodready.tui.room import Room
from floodready.tui.screens.dialog import Confirm, Notice
from floodready.tui.screens.drills.evaluation import EvaluationScreen
from floodready.tui.screens.drills.forms import (
    cancel_form,
    design_form,
    inject_form,
    keep_form,
    objective_form,
    person_form,
    postpone_form,
)
from floodready.tui.screens.drills.materials import MaterialsScreen
from floodready.tui.screens.drills.of_drill import OfDrillScreen
from floodready.tui.screens.drills.papers import PapersScreen
from floodready.tui.screens.drills.quick_line import QuickLine
from floodready.tui.screens.drills.run import RunScreen
from floodready.tui.screens.form import Form
from floodready.tui.theme import Tone
from floodready.tui.widgets.virtual_table import Column, VirtualTable
from floodready.tui.widgets.words import Words

SHIFT = 60
"""Seconds by which one key press shifts the script."""


@frozen
class DrillFacts:
    """A drill with what stands in its way."""

    book: Book
    problems: list[Problem]
    people: dict[str, str]


COLUMNS: tuple[Column[Inject], ...] = (
    Column(id="number", heading=say("No."), cell=lambda r: r.number, width=4, right=True),
    Column(id="time", heading=say("Time"), cell=lambda r: written_clock(timedelta(seconds=r.offset)), width=8,
           right=True, order=lambda r: r.offset),
    Column(id="state", heading=say("State"), cell=lambda r: INJECT_STATUS[r.status], width=8,
           tone=lambda r: Tone.GOOD if r.status is InjectStatus.APPROVED else Tone.WATCH),
    Column(id="text", heading=say("Inject"), cell=lambda r: r.text, width=20, grow=4),
    Column(id="to", heading=say("To"), cell=lambda r: r.recipient, width=10, grow=1),
    Column(id="expected", heading=say("Expected action"), cell=lambda r: r.expected, width=14, grow=2, priority=2),
    Column(id="kind", heading=say("Kind"), cell=lambda r: INJECT_KIND[r.kind], width=10, priority=3),
    Column(id="objective", heading=say("Objective"), cell=lambda r: r.objective or "", width=9, priority=4),
)  # fmt: skip


class DrillScreen(OfDrillScreen[DrillFacts]):
    """The editor of one drill."""

    TITLE_WORDS = say("Drill")
    HELP_WORDS = say(
        "Type a into the line below: 12:30 dike leaks > duty officer = reports. Enter adds it and waits for the next."
    )
    TABLES = frozenset({"drills.", "organisation.", "duty.", "season.", "materials."})
    AUTO_FOCUS = "VirtualTable"
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("drill.add", "a", "add", say("add lines"), say("Type new lines of the script, one after the other.")),
        bind("drill.up", "less_than_sign,shift+up", "move(-1)", say("move up"), say("Put the line one place earlier."),
             shown=False),
        bind("drill.down", "greater_than_sign,shift+down", "move(1)", say("move down"),
             say("Put the line one place later."), shown=False),
        bind("drill.later", "plus", "shift(1)", say("shift later"),
             say("Shift this line and all after it a minute later."), shown=False),
        bind("drill.earlier", "minus", "shift(-1)", say("shift earlier"),
             say("Shift this line and all after it a minute earlier."), shown=False),
        bind("drill.approve", "y", "approve", say("approve"), say("Approve all lines that somebody else wrote.")),
        bind("drill.remove", "x", "remove", say("take out"), say("Take the line out of the script."), shown=False),
        bind("drill.renumber", "N", "renumber", say("renumber"), say("Number the lines in their order."), shown=False),
        bind("drill.design", "d", "design", say("design"), say("Change name, time, scenario, safety, budget.")),
        bind("drill.person", "w", "person", say("who"), say("Give a person a role in the drill, or take it away."),
             shown=False),
        bind("drill.objective", "b", "objective", say("objective"), say("Give the drill an objective, or change one."),
             shown=False),
        bind("drill.problems", "c", "problems", say("check"), say("What stands in the drill's way.")),
        bind("drill.materials", "m", "materials", say("materials"), say("Name, reserve, issue and bring back."),
             shown=False),
        bind("drill.postpone", "P", "postpone", say("postpone"), say("Put the drill on another time."), shown=False),
        bind("drill.keep", "K", "keep", say("hold anyway"), say("Hold the drill despite a response level."),
             shown=False),
        bind("drill.cancel", "X", "cancel", say("cancel"), say("Cancel the drill."), shown=False),
        bind("drill.run", "r", "run", say("run"), say("To the clock: start, release, observe.")),
        bind("drill.evaluation", "v", "evaluation", say("evaluate"), say("Ratings, weaknesses, actions, closing.")),
        bind("drill.papers", "p", "papers", say("papers"), say("Plan, handout, script, form, report.")),
    ]  # fmt: skip

    def body(self) -> ComposeResult:
        yield Words(id="head")
        yield Words(id="problems", classes="-watch")
        yield VirtualTable(
            COLUMNS,
            lambda row: row.id,
            empty=say("The script is empty."),
            first=say("Press a; type: 10: water rises > duty officer = reports"),
            id="injects",
        )
        yield QuickLine(id="quick", compact=True)

    def read_facts(self, view: View, room: Room) -> DrillFacts:
        found = book(view, self._drill, room.zone)
        facts = surroundings.facts(view, found.drill, room.zone, room.at())
        planned = found.drill.state is DrillState.PLANNED
        taking_part = {participant.person for participant in found.drill.participants}
        return DrillFacts(
            book=found,
            problems=planning.problems(found.drill, facts, found.injects) if planned else [],
            # Who has left is still named here, so that they can be taken out.
            people={
                person.id: person.name
                for person in by_name(view.all(Person))
                if person.active or person.id in taking_part
            },
        )

    def show_facts(self, facts: DrillFacts) -> None:
        self.query_one("#head", Words).say(*_head(facts.book, self.room.at()))
        told = list(_next_steps(facts))
        problems = self.query_one("#problems", Words)
        problems.display = bool(told)
        problems.say(*told)
        self.query_one("#injects", VirtualTable).show_rows(facts.book.injects)

    # The script

    @on(QuickLine.Entered)
    def add_line(self, entered: QuickLine.Entered) -> None:
        """Add a typed line; the next can be typed at once."""
        last = max((inject.offset for inject in self.facts.book.injects), default=None) if self.facts else None
        try:
            line = understood_line(entered.text, last)
        except Refused as question:
            self.duty_app.say_in_passing(question.sentence)
            self.query_one(QuickLine).give_back(entered.text)
            return
        inject = Inject(
            id="new",
            drill=self._drill,
            number=1,
            offset=line.offset,
            text=line.text,
            recipient=line.recipient,
            expected=line.expected,
            author="-",
        )

        def add(act: Act) -> None:
            try:
                _added(self.room, act, inject)
            except Refused:
                self.post_message(QuickLine.NotTaken(entered.text))
                raise

        if not self.run_act(add):
            self.query_one(QuickLine).give_back(entered.text)

    @on(QuickLine.NotTaken)
    def give_line_back(self, refused: QuickLine.NotTaken) -> None:
        """Keep what was typed where it was refused."""
        self.query_one(QuickLine).give_back(refused.text)

    @on(VirtualTable.Opened, "#injects")
    def edit(self, opened: VirtualTable.Opened) -> None:
        """Change a line."""
        if self.facts is not None:
            found = self.facts.book
            self._open(lambda _: inject_form(self.room, found, opened.row), allowed=require_open_script)

    def action_back(self) -> None:
        """Go back; a line typed halfway is thrown away only after asking."""
        if not self.query_one(QuickLine).value.strip():
            super().action_back()
            return
        question = say("What you typed here is not recorded yet.")
        ask = Confirm(say("Drill"), question, act=say("Throw it away"), keep=say("Go on typing"))
        self.app.push_screen(ask, self._leave_line)

    def _leave_line(self, thrown_away: bool | None) -> None:
        if thrown_away:
            super().action_back()
        else:
            self.query_one(QuickLine).focus()

    def action_add(self) -> None:
        """Go to the line below the script."""
        if self.facts is not None:
            require_open_script(self._of(self.facts))
        self.query_one(QuickLine).focus()

    def action_move(self, by: int) -> None:
        """Put the line under the cursor one place earlier or later."""
        inject = self._chosen()
        if inject is not None and self.facts is not None:
            place = [line.id for line in self.facts.book.injects].index(inject.id) + by
            self.run_act(lambda act: _silent(commands.move_inject(self.room.store, act, inject=inject, place=place)))

    def action_shift(self, by: int) -> None:
        """Shift the script from the line under the cursor on."""
        inject = self._chosen()
        if inject is not None:
            self.run_act(
                lambda act: _silent(
                    commands.shift_injects(
                        self.room.store, act, drill=self._drill, from_offset=inject.offset, seconds=by * SHIFT
                    )
                )
            )

    def action_remove(self) -> None:
        """Take the line under the cursor out."""
        inject = self._chosen()
        if inject is not None:
            self.run_act(lambda act: _removed(self.room, act, inject))

    def action_renumber(self) -> None:
        """Count the lines anew in their order."""
        self.run_act(lambda act: _silent(commands.renumber_injects(self.room.store, act, drill=self._drill)))

    def action_approve(self) -> None:
        """Approve what somebody else wrote."""
        self.run_act(lambda act: approved_words(commands.approve_injects(self.room.store, act, drill=self._drill)))

    # The design, and where it leads

    def action_design(self) -> None:
        """Change the design."""
        self._open(lambda drill: design_form(self.room, drill))

    def action_person(self) -> None:
        """Give a person a role."""
        people = self.facts.people if self.facts is not None else {}
        self._open(lambda drill: person_form(self.room, drill, people))

    def action_objective(self) -> None:
        """Give the drill an objective."""
        self._open(lambda drill: objective_form(self.room, drill))

    def action_materials(self) -> None:
        """Go to the drill's materials."""
        self.app.push_screen(MaterialsScreen(self._drill))

    def action_postpone(self) -> None:
        """Postpone the drill."""
        self._open(lambda drill: postpone_form(self.room, drill))

    def action_keep(self) -> None:
        """Hold the drill on purpose."""
        self._open(lambda drill: keep_form(self.room, drill))

    def action_cancel(self) -> None:
        """Cancel the drill."""
        self._open(lambda drill: cancel_form(self.room, drill))

    def action_problems(self) -> None:
        """Show what stands in the way."""
        if self.facts is not None:
            found = [problem.sentence for problem in self.facts.problems]
            lines = found or [say("Nothing stands in the way of {drill}.", drill=self._of(self.facts).name)]
            self.app.push_screen(Notice(say("What stands in the way"), *lines))

    def action_run(self) -> None:
        """Go to the clock."""
        self.app.push_screen(RunScreen(self._drill))

    def action_evaluation(self) -> None:
        """Go to the evaluation."""
        self.app.push_screen(EvaluationScreen(self._drill))

    def action_papers(self) -> None:
        """Go to the papers."""
        self.app.push_screen(PapersScreen(self._drill))

    def _open(self, form: Callable[[Drill], Form], allowed: Callable[[Drill], None] = require_planned) -> None:
        """Open a form of the drill where it would not be refused whatever is typed into it."""
        if self.facts is None:
            return
        drill = self._of(self.facts)
        try:
            allowed(drill)
        except Refused as refusal:
            self.duty_app.tell_refusal(refusal)
        else:
            self.app.push_screen(form(drill))

    def _chosen(self) -> Inject | None:
        row: Inject | None = self.query_one("#injects", VirtualTable).row
        return row

    def _of(self, facts: DrillFacts) -> Drill:
        return facts.book.drill


def _head(found: Book, at: datetime) -> list[Sentence]:
    drill = found.drill
    why = reason_words(drill)
    return [
        say("{name}  ({state})", name=drill.name, state=state_told(drill, at)),
        _where_and_when(found),
        say("With: {people}", people=_people(found)),
        *(() if why is None else (why,)),
    ]


def _where_and_when(found: Book) -> Sentence:
    drill = found.drill
    words = {
        "unit": found.unit_name,
        "plan": drill.plan,
        "form": FORM[drill.form],
        "time": found.time(drill.starts_at),
        "minutes": drill.minutes,
    }
    if not drill.place:
        return say("{unit}, {plan}, {form}; {time}, {minutes} min", **words)
    return say("{unit}, {plan}, {form}; {time}, {minutes} min; {place}", place=drill.place, **words)


def _next_steps(facts: DrillFacts) -> Iterator[Sentence]:
    """Say what is to mind in a planned drill, and what comes next for it, with the key."""
    drafts = sum(inject.status is InjectStatus.DRAFT for inject in facts.book.injects)
    match facts.book.drill.state:
        case DrillState.PLANNED:
            if count := len(facts.problems):
                yield say_many("{count} thing to mind: c", "{count} things to mind: c", count)
            if drafts:
                yield say_many(
                    "{count} line waits for another than its author to approve it: y",
                    "{count} lines wait for another than their author to approve them: y",
                    drafts,
                )
        case DrillState.RUNNING:
            yield say("Its clock runs: r")
        case DrillState.HELD:
            yield say("Next: its evaluation, v")


def _people(found: Book) -> Sentence:
    """Say who takes part, role by role; none is missed among many players."""
    roles = [
        say("{role}: {person}", role=ROLE[role], person=verbatim(", ".join(found.name(p.person) for p in people)))
        for role in Role
        if (people := found.with_role(role))
    ]
    return listed(roles) if roles else say("nobody yet")


def _added(room: Room, act: Act, inject: Inject) -> None:
    commands.add_inject(room.store, act, inject=inject)


def _removed(room: Room, act: Act, inject: Inject) -> Sentence:
    commands.remove_inject(room.store, act, seen=inject)
    return say("Inject {number} is taken out.", number=inject.number)


def _silent(_: int) -> None:
    """Show no receipt: the script itself shows what has moved."""
