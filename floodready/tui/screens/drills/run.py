"""The running drill, to be read across a room: the clock, the next inject in big letters, one key for each act."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.widgets import Digits

from floodready.drills import commands
from floodready.drills.book import Book, book
from floodready.drills.models import Drill, InjectKind, InjectStatus
from floodready.drills.run_clock import Slot, elapsed, next_up, paused, written_clock
from floodready.drills.run_models import Element, Finding, Observation, Rating
from floodready.drills.words import ELEMENT, FINDING, INJECT_KIND, INJECT_STATUS, RATING
from floodready.frozen import replace
from floodready.language import Sentence, say, verbatim
from floodready.store.contract import Act, View
from floodready.tui.keys import bind
from floodready.tui.room import Room
from floodready.tui.screens.drills.evaluation import EvaluationScreen
from floodready.tui.screens.drills.of_drill import OfDrillScreen
from floodready.tui.screens.drills.receipt import told
from floodready.tui.screens.drills.span_field import SpanField
from floodready.tui.screens.form import Form, Values
from floodready.tui.theme import Tone
from floodready.tui.widgets.fields import ChoiceField, TextField
from floodready.tui.widgets.virtual_table import Column, VirtualTable
from floodready.tui.widgets.words import Words

STATUS_TONE = {
    InjectStatus.DRAFT: Tone.BAD,
    InjectStatus.APPROVED: None,
    InjectStatus.RELEASED: Tone.STRONG,
    InjectStatus.DONE: Tone.GOOD,
    InjectStatus.DEFERRED: Tone.WATCH,
    InjectStatus.MISSED: Tone.BAD,
}


def _late(slot: Slot) -> str:
    return "" if slot.late_by is None else written_clock(slot.late_by)


COLUMNS: tuple[Column[Slot], ...] = (
    Column(id="number", heading=say("No."), cell=lambda r: r.inject.number, width=4, right=True),
    Column(id="planned", heading=say("Planned"), cell=lambda r: written_clock(timedelta(seconds=r.inject.offset)),
           width=8, right=True),
    Column(id="now", heading=say("Now at"), cell=lambda r: written_clock(timedelta(seconds=r.offset)), width=8,
           right=True, tone=lambda r: Tone.WATCH if r.offset != r.inject.offset else None),
    Column(id="late", heading=say("Later by"), cell=_late, width=8, right=True),
    Column(id="state", heading=say("State"), cell=lambda r: INJECT_STATUS[r.status], width=9,
           tone=lambda r: STATUS_TONE[r.status]),
    Column(id="text", heading=say("Inject"), cell=lambda r: r.inject.text, width=20, grow=4),
    Column(id="to", heading=say("To"), cell=lambda r: r.inject.recipient, width=10, grow=1, priority=2),
    Column(id="note", heading=say("Note"), cell=lambda r: r.delivery.note if r.delivery else "", width=10, grow=2,
           priority=3),
)  # fmt: skip


_NOT_STARTED = say("The clock does not run yet. Press p to start it.")


class RunScreen(OfDrillScreen[Book]):
    """The clock and the script of a run."""

    TITLE_WORDS = say("Drill running")
    HELP_WORDS = say("Space releases what comes next; the other keys act on the line under the cursor.")
    TABLES = frozenset({"drills.", "organisation."})
    DEFAULT_CSS = """
    RunScreen {
        #clock-line { height: 3; padding: 0 1; }
        #clock { width: auto; text-style: bold; }
        #clock.-standing { color: $tone-watch; }
        #state { width: 1fr; padding: 1 2; text-style: bold; }
        #next { height: auto; min-height: 4; background: $panel; text-style: bold; }
        #next.-due { color: $tone-bad; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("run.release", "space", "release", say("release"), say("Release the next inject now.")),
        bind("run.done", "d", "settle('done')", say("done"), say("Mark the line done.")),
        bind("run.miss", "m", "settle('missed')", say("missed"), say("Mark the line missed."), shown=False),
        bind("run.defer", "f", "defer", say("defer"), say("Let the line come later.")),
        bind("run.observe", "o", "observe", say("observe"), say("Write what you saw of the line.")),
        bind("run.pause", "p", "pause", say("start/pause"), say("Start the clock, stop it, or let it go on.")),
        bind("run.finish", "F", "finish", say("finish"), say("End the run; the drill is then held.")),
        bind(
            "run.evaluation",
            "v",
            "evaluation",
            say("evaluate"),
            say("Ratings, weaknesses, actions, closing."),
        ),
        bind("run.reset", "R", "reset", say("start again"), say("Begin a new run; the old one stays."), shown=False),
    ]

    def body(self) -> ComposeResult:
        with Horizontal(id="clock-line"):
            yield Digits(id="clock")
            yield Words(id="state")
        yield Words(id="next")
        yield VirtualTable(
            COLUMNS,
            lambda row: row.inject.id,
            empty=say("The clock does not run yet."),
            first=say("Press p to start it."),
            id="script",
        )

    def on_mount(self) -> None:
        """Move the clock every second; nothing is read for it."""
        self.set_interval(1, self.tick)

    def read_facts(self, view: View, room: Room) -> Book:
        return book(view, self._drill, room.zone)

    def show_facts(self, facts: Book) -> None:
        self.query_one("#script", VirtualTable).show_rows(facts.slots(self.room.at()))
        self.tick()

    def tick(self) -> None:
        """Show the clock and what comes next as of now, from what is known."""
        if self.facts is None or not self.is_attached:
            return
        at, run = self.room.at(), self.facts.run
        clock = self.query_one("#clock", Digits)
        clock.update(written_clock(timedelta() if run is None else elapsed(run, at)))
        clock.set_class(run is None or paused(run, at) is not None, "-standing")
        self.query_one("#state", Words).say(_state(self.facts, at))
        following = None if run is None or run.finished_at is not None else next_up(self.facts.slots(at))
        words = self.query_one("#next", Words)
        words.set_class(following is not None and following.expected_at <= at, "-due")
        words.say(*_next(self.facts, following, at))

    # Keys

    def action_pause(self) -> None:
        """Start the clock, stop it, or let it go on."""
        if self.facts is None:
            return
        store, drill, run = self.room.store, self._drill, self.facts.run
        if run is None:
            self.run_act(lambda act: told(commands.start_run(store, act, drill=drill), say("The drill's clock runs.")))
        elif paused(run, self.room.at()) is None:
            self.run_act(
                lambda act: told(commands.pause_run(store, act, drill=drill), say("The drill's clock is stopped."))
            )
        else:
            self.run_act(lambda act: told(commands.resume_run(store, act, drill=drill), say("The drill's clock runs.")))

    def action_release(self) -> None:
        """Release what comes next; a contingency is released where the cursor stands on it."""
        if self.facts is None:
            return
        if self.facts.run is None:
            self._say_no_line()
            return
        chosen = self._chosen()
        ready = chosen is not None and chosen.pending and chosen.inject.kind is InjectKind.CONTINGENCY
        following = chosen if ready else next_up(self.facts.slots(self.room.at()))
        if following is None:
            self.duty_app.say_in_passing(say("No inject is left to release."))
        elif following.inject.kind is InjectKind.EXPECTED:
            self._settle(following, InjectStatus.DONE)
        else:
            number = following.inject.number
            self.run_act(
                lambda act: told(
                    commands.release_inject(self.room.store, act, drill=self._drill, number=number),
                    say("Inject {number} is released.", number=number),
                )
            )

    def action_settle(self, status: str) -> None:
        """Mark the line under the cursor."""
        chosen = self._chosen()
        if chosen is None:
            self._say_no_line()
        else:
            self._settle(chosen, InjectStatus(status))

    def action_defer(self) -> None:
        """Let the line under the cursor come later."""
        chosen = self._chosen()
        if chosen is None:
            self._say_no_line()
        else:
            self.app.push_screen(_defer_form(self.room, self._drill, chosen))

    def action_observe(self) -> None:
        """Write what was seen."""
        if self.facts is not None:
            self.app.push_screen(_observe_form(self.room, self.facts, self._chosen()))

    def action_finish(self) -> None:
        """End the run."""
        self.run_act(
            lambda act: told(
                commands.finish_run(self.room.store, act, drill=self._drill),
                say("The drill is held. Next: its evaluation, with v."),
            )
        )

    def action_evaluation(self) -> None:
        """Go to the evaluation."""
        self.app.push_screen(EvaluationScreen(self._drill))

    def action_reset(self) -> None:
        """Begin a new run."""
        self.app.push_screen(_reset_form(self.room, self._drill))

    def _settle(self, slot: Slot, status: InjectStatus) -> None:
        number = slot.inject.number
        self.run_act(
            lambda act: told(
                commands.settle_inject(self.room.store, act, drill=self._drill, number=number, status=status),
                say("Inject {number} is {status}.", number=number, status=INJECT_STATUS[status]),
            )
        )

    def _say_no_line(self) -> None:
        started = self.facts is not None and self.facts.run is not None
        self.duty_app.say_in_passing(say("The script has no line.") if started else _NOT_STARTED)

    def _chosen(self) -> Slot | None:
        row: Slot | None = self.query_one("#script", VirtualTable).row
        return row


def _state(found: Book, at: datetime) -> Sentence:
    run = found.run
    if run is None:
        return say("{drill}: not started. Press p to start the clock.", drill=found.drill.name)
    if run.finished_at is not None:
        return say(
            "{drill}: ended at {time}. Press v to evaluate it.",
            drill=found.drill.name,
            time=found.time(run.finished_at),
        )
    standing = paused(run, at)
    if standing is not None:
        return say(
            "{drill}: the clock has been stopped since {time}. {reason}",
            drill=found.drill.name,
            time=found.time(standing.from_at),
            reason=standing.reason,
        )
    return say("{drill}: run {number}", drill=found.drill.name, number=run.number)


def _next(found: Book, slot: Slot | None, at: datetime) -> list[Sentence]:
    if slot is None:
        return [say("Nothing more comes.") if found.run is not None else say("The script waits for the clock.")]
    wait = slot.expected_at - at
    inject = slot.inject
    coming = (
        say("NEXT  {number}  in {wait}", number=inject.number, wait=written_clock(wait))
        if wait > timedelta()
        else say("NOW  {number}  due {wait} ago", number=inject.number, wait=written_clock(-wait))
    )
    if found.has_scenario_clock:
        # A deferred line is later in the scenario too, unless the scenario jumps at it.
        now = replace(inject, offset=slot.offset)
        coming = say("{coming}  scenario {time}", coming=coming, time=found.scenario_time(now))
    way = []
    if inject.method or inject.sender or inject.recipient:
        way.append(
            say(
                "{method} {sender} > {recipient}",
                method=inject.method,
                sender=inject.sender,
                recipient=inject.recipient,
            )
        )
    return [
        coming,
        say("{kind}: {text}", kind=INJECT_KIND[inject.kind], text=inject.text),
        *way,
        say("Expected: {expected}", expected=inject.expected or "-"),
    ]


def _defer_form(room: Room, drill: str, slot: Slot) -> Form:
    number = slot.inject.number

    def do(act: Act, values: Values) -> Sentence:
        commands.defer_inject(
            room.store, act, drill=drill, number=number, seconds=values["seconds"], note=values["note"] or "",
            stood=slot.offset,
        )  # fmt: skip
        return say("Inject {number} is deferred.", number=number)

    fields = [
        SpanField("seconds", say("How much later"), value="10"),
        TextField("note", say("Note"), required=False),
    ]

    def check(values: Values) -> dict[str, Sentence]:
        return {} if values["seconds"] else {"seconds": say("An inject is deferred by a second or more.")}

    return Form(say("Defer inject {number}", number=number), fields, do, act=say("Defer"), check=check)


def _reset_form(room: Room, drill: str) -> Form:
    def do(act: Act, values: Values) -> Sentence:
        made = commands.reset_run(room.store, act, drill=drill, reason=values["reason"])
        return say("Run {number} has begun; the one before stays.", number=made.number)

    fields = [TextField("reason", say("Reason"))]
    intro = say("The clock begins at 0 again. Everything written so far stays with the run before.")
    return Form(say("Begin a new run"), fields, do, act=say("Start again"), intro=intro)


class ObserveForm(Form):
    """What somebody saw: whoever does not evaluate the drill is told when it opens, before anything is typed."""

    def __init__(self, drill: Drill, *asked: Any, **more: Any) -> None:
        super().__init__(*asked, **more)
        self._drill = drill

    def check_may(self, person: str) -> None:
        super().check_may(person)
        commands.run_to_observe(self.duty_app.room.store, self._drill, person)


def _observe_form(room: Room, found: Book, slot: Slot | None) -> Form:
    line = None if slot is None else slot.inject

    def do(act: Act, values: Values) -> Sentence:
        inject: int | None = values.pop("inject")
        known: dict[str, Any] = {name: value for name, value in values.items() if value is not None}
        observation = Observation(
            id="new", drill=found.drill.id, run="-", evaluator="-", seen_at=room.clock.now(), **known
        )
        made = commands.observe(room.store, act, observation=observation, inject=inject)
        return say("Written down: {id}", id=made.id)

    injects = [(i.number, say("{number} {text}", number=i.number, text=i.text)) for i in found.injects]
    objectives = [(o.id, verbatim(o.text)) for o in found.drill.objectives]
    fields = [
        TextField("text", say("What was seen")),
        ChoiceField("rating", say("Rating"), [(rating, RATING[rating]) for rating in Rating], required=False),
        ChoiceField("finding", say("Strength, weakness"), list(FINDING.items()), value=Finding.STRENGTH),
        ChoiceField("inject", say("Inject"), injects, value=None if line is None else line.number, required=False),
        ChoiceField("objective", say("Objective"), objectives, value=None if line is None else line.objective,
                    required=False),
        TextField("root_cause", say("Root cause"), required=False),
        ChoiceField("element", say("Element"), [(element, ELEMENT[element]) for element in Element], required=False),
        TextField("recommendation", say("Recommendation"), required=False),
    ]  # fmt: skip
    return ObserveForm(found.drill, say("What I saw"), fields, do, act=say("Write down"))
