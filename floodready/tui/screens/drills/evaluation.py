"""The evaluation of a drill: ratings with their evidence, observations, actions, and the way to closing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from floodready.clock import local_day
from floodready.drills import commands
from floodready.drills.book import Book, LastAction, book
from floodready.drills.closing import reminder
from floodready.drills.run_models import Answer, Finding, Observation, Rating
from floodready.drills.words import ANSWER, ELEMENT, FINDING, RATING, rating_words
from floodready.exchange.drill_reports import Report
from floodready.frozen import frozen
from floodready.language import Sentence, say, verbatim
from floodready.organisation.lookup import active_people
from floodready.store.contract import Act, View
from floodready.tui.keys import bind
from floodready.tui.room import Room
from floodready.tui.screens.dialog import Notice
from floodready.tui.screens.drills.of_drill import OfDrillScreen
from floodready.tui.screens.drills.papers import PapersScreen
from floodready.tui.screens.form import Form, Values
from floodready.tui.theme import Tone
from floodready.tui.widgets.fields import ChoiceField, DateField, TextField
from floodready.tui.widgets.virtual_table import Column, VirtualTable
from floodready.tui.widgets.words import Words

RATING_TONE = {
    Rating.PERFORMED: Tone.GOOD,
    Rating.SOME_CHALLENGES: Tone.WATCH,
    Rating.MAJOR_CHALLENGES: Tone.BAD,
    Rating.UNABLE: Tone.BAD,
    None: Tone.UNKNOWN,
}


@frozen
class EvaluationFacts:
    """A drill's book, and who may own an action."""

    book: Book
    people: dict[str, str]


@frozen
class RatedRow:
    """A rating of a capability or of one of its objectives."""

    capability: str
    objective: str
    rating: Rating | None
    rated: int
    of: int


@frozen
class SeenRow:
    """An observation with its action; or an action that the last drill left, with its answer."""

    id: str
    what: Sentence
    text: str
    by: str
    rating: str
    action: Sentence
    tone: Tone | None
    observation: Observation | None
    last: LastAction | None


RATED_COLUMNS: tuple[Column[RatedRow], ...] = (
    Column(id="capability", heading=say("Capability"), cell=lambda r: r.capability, width=16, grow=2),
    Column(id="objective", heading=say("Objective"), cell=lambda r: r.objective, width=20, grow=3),
    Column(id="rating", heading=say("Rating"), cell=lambda r: rating_words(r.rating), width=24, grow=2,
           tone=lambda r: RATING_TONE[r.rating]),
    Column(id="evidence", heading=say("Evidence"), cell=lambda r: say("{rated} of {of}", rated=r.rated, of=r.of),
           width=9),
)  # fmt: skip
SEEN_COLUMNS: tuple[Column[SeenRow], ...] = (
    Column(id="id", heading=say("No."), cell=lambda r: r.id, width=6, priority=2),
    Column(id="what", heading=say("What"), cell=lambda r: r.what, width=11, tone=lambda r: r.tone),
    Column(id="rating", heading=say("Rating"), cell=lambda r: r.rating, width=6),
    Column(id="text", heading=say("What was seen"), cell=lambda r: r.text, width=20, grow=4),
    Column(id="by", heading=say("Evaluator"), cell=lambda r: r.by, width=10, grow=1, priority=3),
    Column(id="action", heading=say("Action"), cell=lambda r: r.action, width=20, grow=3, tone=lambda r: r.tone),
)  # fmt: skip


class EvaluationScreen(OfDrillScreen[EvaluationFacts]):
    """Ratings above, observations and the last drill's actions below, what is missing for closing at the foot."""

    TITLE_WORDS = say("Evaluation")
    HELP_WORDS = say(
        "Enter on a weakness opens its action; on an action of the last drill, its answer; else it tells all that was "
        "seen."
    )
    TABLES = frozenset({"drills.", "organisation."})
    DEFAULT_CSS = """
    EvaluationScreen { #rated { height: 2fr; } #seen { height: 3fr; } }
    """
    AUTO_FOCUS = "#seen"
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("evaluation.write", "w", "write", say("evaluation"), say("Write the evaluation.")),
        bind("evaluation.summary", "f", "summary", say("file summary"), say("File the summary.")),
        bind("evaluation.close", "c", "close_drill", say("close"), say("Close the drill.")),
        bind("evaluation.report", "p", "report", say("report"), say("Show the after-action report.")),
    ]

    def body(self) -> ComposeResult:
        yield VirtualTable(
            RATED_COLUMNS,
            lambda row: f"{row.capability}/{row.objective}",
            empty=say("The drill has no objective: nothing of it can be rated."),
            id="rated",
        )
        yield VirtualTable(
            SEEN_COLUMNS,
            lambda row: row.id,
            empty=say("Nothing was observed yet. Evaluators write on the run screen."),
            id="seen",
        )
        yield Words(id="missing")

    def read_facts(self, view: View, room: Room) -> EvaluationFacts:
        people = {person.id: person.name for person in active_people(view)}
        return EvaluationFacts(book=book(view, self._drill, room.zone), people=people)

    def show_facts(self, facts: EvaluationFacts) -> None:
        self.query_one("#rated", VirtualTable).show_rows(rated_rows(facts.book))
        self.query_one("#seen", VirtualTable).show_rows(seen_rows(facts.book))
        found = facts.book
        remind = reminder(found.drill, found.held_on, local_day(self.room.at(), found.zone), found.settings)
        missing = [*([remind] if remind is not None else []), *found.missing]
        words = self.query_one("#missing", Words)
        words.set_class(bool(missing), "-watch")
        words.say(*(missing or [say("Nothing is missing for closing.")]))

    def on_virtual_table_opened(self, opened: VirtualTable.Opened) -> None:
        """Open the action of a weakness, or the answer for an action of the last drill."""
        row = opened.row
        if self.facts is None or not isinstance(row, SeenRow):
            return
        if row.last is not None:
            self.app.push_screen(_answer_form(self.room, self._drill, row.last))
        elif row.observation is None:
            return
        elif row.observation.finding is Finding.WEAKNESS and row.id not in self.facts.book.actions:
            self.app.push_screen(_action_form(self.room, row.observation, self.facts.people))
        else:
            self.app.push_screen(Notice(row.what, *_observation_told(row, row.observation)))

    def action_write(self) -> None:
        """Write the evaluation."""
        evaluation = self.facts.book.evaluation if self.facts is not None else None
        first = evaluation.text if evaluation is not None else ""
        self.app.push_screen(
            _text_form(
                say("Evaluation of the drill"),
                first,
                lambda act, text: commands.write_evaluation(self.room.store, act, drill=self._drill, text=text),
                say("The evaluation is written."),
            )
        )

    def action_summary(self) -> None:
        """File the summary."""
        evaluation = self.facts.book.evaluation if self.facts is not None else None
        first = evaluation.summary if evaluation is not None else ""
        self.app.push_screen(
            _text_form(
                say("Summary of the drill"),
                first,
                lambda act, text: commands.file_summary(self.room.store, act, drill=self._drill, summary=text),
                say("The summary is filed."),
            )
        )

    def action_close_drill(self) -> None:
        """Close the drill."""
        act = self.room.act()
        self.run_command(
            lambda: say("{drill} is closed.", drill=commands.close_drill(self.room.store, act, drill=self._drill).name)
        )

    def action_report(self) -> None:
        """Show the report."""
        self.app.push_screen(PapersScreen(self._drill, Report.AFTER_ACTION))


def rated_rows(found: Book) -> list[RatedRow]:
    """Give each capability with its objectives."""
    objectives = {rated.subject: rated for rated in found.ratings.objectives}
    rows = []
    for rated in found.ratings.capabilities:
        rows.append(
            RatedRow(capability=rated.subject, objective="", rating=rated.rating, rated=rated.rated, of=rated.tasks)
        )
        for objective in found.drill.objectives:
            if objective.capability == rated.subject:
                one = objectives[objective.id]
                rows.append(
                    RatedRow(capability="", objective=objective.text, rating=one.rating, rated=one.rated, of=one.tasks)
                )
    return rows


def seen_rows(found: Book) -> list[SeenRow]:
    """Give the last drill's actions, then this drill's observations, weaknesses first."""
    seen = sorted(found.standing, key=lambda o: (o.finding is not Finding.WEAKNESS, o.seen_at))
    return [*(_last_row(last) for last in found.last_actions), *(_seen_row(found, o) for o in seen)]


def _seen_row(found: Book, observation: Observation) -> SeenRow:
    facts = found.actions.get(observation.id)
    action, tone = verbatim(""), None
    if facts is not None:
        action, tone = _action_words(found, observation.id), Tone.GOOD
    elif observation.finding is Finding.WEAKNESS:
        action, tone = say("no action yet: enter"), Tone.WATCH
    return SeenRow(
        id=observation.id,
        what=FINDING[observation.finding],
        text=observation.text,
        by=found.name(observation.evaluator),
        rating=observation.rating.value if observation.rating is not None else "",
        action=action,
        tone=tone,
        observation=observation,
        last=None,
    )


def _action_words(found: Book, observation: str) -> Sentence:
    facts = found.actions[observation]
    return say("{action}: {owner}, by {day}", action=facts.action, owner=found.name(facts.owner), day=facts.due_on)


def _last_row(last: LastAction) -> SeenRow:
    answered = last.answer is not None
    return SeenRow(
        id=last.observation.id,
        what=say("last drill"),
        text=last.observation.text,
        by="",
        rating="",
        action=ANSWER[last.answer] if last.answer is not None else say("implemented, or only written? enter"),
        tone=Tone.GOOD if answered and last.answer is Answer.IMPLEMENTED else Tone.WATCH,
        observation=None,
        last=last,
    )


def _observation_told(row: SeenRow, seen: Observation) -> Iterator[Sentence]:
    """Say all of an observation: on 80 columns its row is cut, and who saw it is not there."""
    yield verbatim(seen.text)
    yield say("Evaluator: {person}", person=verbatim(row.by))
    if seen.rating is not None:
        yield RATING[seen.rating]
    if seen.root_cause:
        yield say("Root cause: {text}", text=verbatim(seen.root_cause))
    if seen.recommendation:
        yield say("Recommendation: {text}", text=verbatim(seen.recommendation))
    if seen.finding is Finding.WEAKNESS:
        yield say("Corrective action: {action}", action=row.action)


def _action_form(room: Room, observation: Observation, people: dict[str, str]) -> Form:
    def do(act: Act, values: Values) -> Sentence:
        made = commands.open_action(room.store, act, observation=observation.id, zone=room.zone, **values)
        return say("{id} is to be mended under {record}.", id=made.observation, record=made.record)

    element = ELEMENT[observation.element] if observation.element is not None else verbatim("-")
    intro = say("{text} ({element}) {cause}", text=observation.text, element=element, cause=observation.root_cause)
    fields = [
        TextField("action", say("Corrective action"), value=observation.recommendation),
        ChoiceField("owner", say("Owner"), [(id, verbatim(name)) for id, name in people.items()]),
        DateField("due_on", say("Completion"), today=local_day(room.clock.now(), room.zone)),
    ]
    return Form(say("Mend weakness {id}", id=observation.id), fields, do, act=say("Open"), intro=intro)


def _answer_form(room: Room, drill: str, last: LastAction) -> Form:
    def do(act: Act, values: Values) -> Sentence:
        made = commands.answer_follow_up(
            room.store,
            act,
            drill=drill,
            observation=last.observation.id,
            answer=values["answer"],
            note=values["note"] or "",
        )
        return say("{id}: {answer}", id=made.observation, answer=ANSWER[made.answer])

    action = last.facts.action if last.facts is not None else ""
    fields = [
        ChoiceField("answer", say("Answer"), list(ANSWER.items())),
        TextField("note", say("Note"), required=False),
    ]
    intro = say("{text}: {action}", text=last.observation.text, action=action)
    return Form(say("Implemented, or only written?"), fields, do, act=say("Answer"), intro=intro)


def _text_form(title: Sentence, first: str, write: Callable[[Act, str], object], receipt: Sentence) -> Form:
    def do(act: Act, values: Values) -> Sentence:
        write(act, values["text"])
        return receipt

    return Form(title, [TextField("text", say("Text"), value=first)], do, act=say("Write"))
