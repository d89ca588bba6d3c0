"""The papers of a drill: plan, players' handout, controllers' script, evaluation form, after-action report.

The handout is made from a drill without its script: what the players must not see is never handed to it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from enum import StrEnum

from floodready.drills.book import Book
from floodready.drills.models import Drill, Inject, Role
from floodready.drills.rating import Rated
from floodready.drills.run_clock import written_clock
from floodready.drills.run_models import Finding, Observation, Rating
from floodready.drills.words import (
    ANSWER,
    CONTENT,
    ELEMENT,
    FORM,
    INJECT_KIND,
    INJECT_STATUS,
    PURPOSE,
    RATING,
    ROLE,
    rating_words,
    reason_words,
)
from floodready.exchange.paper import Blank, Block, Facts, Heading, Paper, Paragraph, Table, Text
from floodready.language import Sentence, say, say_as
from floodready.money import yuan_told


class Report(StrEnum):
    """The papers that a drill has."""

    PLAN = "plan"
    HANDOUT = "handout"
    SCRIPT = "script"
    FORM = "form"
    AFTER_ACTION = "after-action"


REPORT_WORDS: Mapping[Report, Sentence] = {
    Report.PLAN: say("drill plan"),
    Report.HANDOUT: say("players' handout"),
    Report.SCRIPT: say("controllers' script"),
    Report.FORM: say("evaluation form"),
    Report.AFTER_ACTION: say("after-action report"),
}


def paper(book: Book, report: Report) -> Paper:
    """Make one paper of a drill."""
    makers: Mapping[Report, Callable[[Book], Paper]] = {
        Report.PLAN: drill_plan,
        Report.HANDOUT: lambda book: players_handout(book.drill, book.unit_name, book.name, book.time),
        Report.SCRIPT: controllers_script,
        Report.FORM: evaluation_form,
        Report.AFTER_ACTION: after_action_report,
    }
    return makers[report](book)


def drill_plan(book: Book) -> Paper:
    """Give the plan: aim, scenario, people, objectives, materials, safety, budget."""
    drill, why = book.drill, reason_words(book.drill)
    materials = Table(
        (say("Item"), say("Place"), say("Needed"), say("State")),
        [(row.item_name, row.place_name, row.needed, row.state) for row in book.materials],
    )
    return Paper(
        say("Drill plan: {drill}", drill=drill.name),
        [
            _head(drill, book.unit_name, book.time),
            *(() if why is None else (Paragraph(why),)),
            Heading(say("Objectives")),
            _objectives(drill),
            Heading(say("Scenario")),
            Paragraph(drill.scenario),
            Heading(say("Participants")),
            _participants(drill, book.name),
            *_if(book.materials, Heading(say("Materials")), materials),
            *_if(drill.safety, Heading(say("Safety")), Paragraph(drill.safety)),
            Heading(say("Budget")),
            Paragraph(yuan_told(drill.budget_fen)),
        ],
    )


def players_handout(drill: Drill, unit_name: str, name: Callable[[str], str], time: Callable[..., str]) -> Paper:
    """Give what players may know. It is made from the drill alone, without a line of its script.

    A scriptless drill does not tell its players what it wants to show.
    """
    return Paper(
        say("Players' handout: {drill}", drill=drill.name),
        [
            _head(drill, unit_name, time),
            Heading(say("Starting position")),
            Paragraph(drill.scenario),
            *_if(drill.scripted, Heading(say("Objectives")), _objectives(drill)),
            Heading(say("Participants")),
            _participants(drill, name),
            *_if(drill.safety, Heading(say("Safety")), Paragraph(drill.safety)),
            Heading(say("Rules")),
            Paragraph(
                say("Begin and end every message with “drill, drill”. A real emergency stops the drill at once.")
            ),
        ],
    )


def controllers_script(book: Book) -> Paper:
    """Give the script with every line, for controllers and evaluators only."""
    return Paper(
        say("Controllers' script: {drill}", drill=book.drill.name),
        [
            Paragraph(say("Not for players.")),
            _head(book.drill, book.unit_name, book.time),
            Heading(say("Injects")),
            _script(book),
        ],
        landscape=True,
    )


def evaluation_form(book: Book) -> Paper:
    """Give the form that an evaluator fills in by hand, objective by objective."""
    blocks: list[Block] = [
        _head(book.drill, book.unit_name, book.time),
        Facts([(say("Evaluator"), "____________________"), (say("Date"), "____________________")]),
        Paragraph(_scale()),
    ]
    for objective in book.drill.objectives:
        tasks = [inject for inject in book.injects if inject.objective == objective.id]
        blocks += [
            Heading(say("{capability}: {objective}", capability=objective.capability, objective=objective.text)),
            Table(
                (say("No."), say("Time"), say("Expected action"), "P / S / M / U", say("What was seen")),
                [(str(t.number), _clock(t), t.expected or t.text, "", "\n\n") for t in tasks],
            ),
            Paragraph(
                say("Rating of the objective (P / S / M / U): ____   Strengths, weaknesses and their root causes:")
            ),
            Blank(4),
        ]
    return Paper(say("Evaluation form: {drill}", drill=book.drill.name), blocks)


def after_action_report(book: Book) -> Paper:
    """Give the report of a held drill: ratings with their evidence, observations, improvement plan."""
    evaluation = book.evaluation
    return Paper(
        say("After-action report: {drill}", drill=book.drill.name),
        [
            _head(book.drill, book.unit_name, book.time),
            Heading(say("Summary")),
            Paragraph(
                evaluation.summary if evaluation and evaluation.summary else say("The summary is not filed yet.")
            ),
            Heading(say("Evaluation")),
            Paragraph(evaluation.text if evaluation else say("The evaluation is not written yet.")),
            Heading(say("How it ran")),
            _course(book),
            *_if(book.run, _deliveries(book)),
            Heading(say("Ratings")),
            _ratings(book),
            Paragraph(_scale()),
            Heading(say("Strengths")),
            *_observations(book, Finding.STRENGTH),
            Heading(say("Weaknesses")),
            *_observations(book, Finding.WEAKNESS),
            *_if(
                book.earlier,
                Heading(say("Seen in runs that were started again: rates nothing")),
                _seen(book, book.earlier),
            ),
            Heading(say("Improvement plan")),
            _improvement_plan(book),
            *_if(book.last_actions, Heading(say("Actions of the last drill")), _last_actions(book)),
        ],
        landscape=True,
    )


def _head(drill: Drill, unit_name: str, time: Callable[..., str]) -> Facts:
    return Facts(
        [
            (say("Unit"), unit_name),
            (say("Contingency plan"), drill.plan),
            (say("Form"), FORM[drill.form]),
            (say("Content"), CONTENT[drill.content]),
            (say("Purpose"), PURPOSE[drill.purpose]),
            (say("Script"), say("scripted") if drill.scripted else say("scriptless")),
            (say("Place"), drill.place),
            (say("Begins"), time(drill.starts_at)),
            (say("Length"), say("{minutes} min", minutes=drill.minutes)),
        ]
    )


def _objectives(drill: Drill) -> Block:
    return Table(
        (say("Objective"), say("Capability")),
        [(objective.text, objective.capability) for objective in drill.objectives],
    )


def _participants(drill: Drill, name: Callable[[str], str]) -> Block:
    order = list(Role)
    people = sorted(drill.participants, key=lambda participant: order.index(participant.role))
    return Table((say("Role"), say("Person"), say("Post")), [(ROLE[p.role], name(p.person), p.post) for p in people])


def _script(book: Book) -> Table:
    heads = (
        say("No."),
        say("Drill time"),
        say("Scenario time"),
        say("Kind"),
        say("Inject"),
        say("Method"),
        say_as("sender", "From"),
        say("To"),
        say("Expected action"),
        say("Evaluator"),
        say("State"),
    )
    rows = [
        (
            str(line.number),
            _clock(line),
            book.scenario_time(line),
            INJECT_KIND[line.kind],
            line.text,
            line.method,
            line.sender,
            line.recipient,
            line.expected,
            book.name(line.evaluator),
            INJECT_STATUS[line.status],
        )
        for line in book.injects
    ]
    return Table(heads, rows)


def _course(book: Book) -> Block:
    run = book.run
    if run is None:
        return Paragraph(say("The drill has not been held."))
    pauses = [
        say("{since} – {until} {reason}", since=book.time(p.from_at), until=book.time(p.until_at), reason=p.reason)
        for p in run.pauses
    ]
    return Facts(
        [
            (say("Run"), str(run.number)),
            (say("Started"), book.time(run.started_at)),
            (say("Ended"), book.time(run.finished_at)),
            *((say("Pause"), pause) for pause in pauses),
        ]
    )


def _deliveries(book: Book) -> Block:
    at = book.run.finished_at or book.run.started_at if book.run is not None else book.drill.starts_at
    heads = (
        say("No."), say("Inject"), say("Planned"), say("Released"), say("Later by"), say("Settled"), say("State"),
        say("Note"),
    )  # fmt: skip
    rows = [
        (
            str(slot.inject.number),
            slot.inject.text,
            book.time(slot.planned_at),
            book.time(slot.delivery.released_at if slot.delivery else None),
            "" if slot.late_by is None else written_clock(slot.late_by),
            book.time(slot.delivery.settled_at if slot.delivery else None),
            INJECT_STATUS[slot.status],
            slot.delivery.note if slot.delivery else "",
        )
        for slot in book.slots(at)
    ]
    return Table(heads, rows)


def _ratings(book: Book) -> Block:
    rows: list[Sequence[Text]] = []
    objectives = {rated.subject: rated for rated in book.ratings.objectives}
    for capability in book.ratings.capabilities:
        rows.append((capability.subject, "", rating_words(capability.rating), _evidence(capability)))
        for objective in book.drill.objectives:
            if objective.capability == capability.subject:
                rated = objectives[objective.id]
                rows.append(("", objective.text, rating_words(rated.rating), _evidence(rated)))
    return Table((say("Capability"), say("Objective"), say("Rating"), say("Evidence")), rows)


def _evidence(rated: Rated) -> Sentence:
    return say("{rated} of {of} observed", rated=rated.rated, of=rated.tasks)


def _observations(book: Book, finding: Finding) -> list[Block]:
    found = [o for o in book.standing if o.finding is finding]
    if not found:
        return [Paragraph(say("None was written down."))]
    return [_seen(book, found)]


def _seen(book: Book, found: Sequence[Observation]) -> Block:
    heads = (
        say("No."), say("Inject"), say("Evaluator"), say("What was seen"), say("Rating"), say("Root cause"),
        say("Element"),
    )  # fmt: skip
    numbers = {inject.id: str(inject.number) for inject in book.injects}
    rows = [
        (
            o.id,
            numbers.get(o.inject or "", ""),
            book.name(o.evaluator),
            o.text,
            "" if o.rating is None else o.rating.value,
            o.root_cause,
            "" if o.element is None else ELEMENT[o.element],
        )
        for o in found
    ]
    return Table(heads, rows)


def _improvement_plan(book: Book) -> Block:
    if not book.weaknesses:
        return Paragraph(say("No weakness was written down."))
    heads = (
        say("Capability"), say("Observation"), say("Recommendation"), say("Corrective action"), say("Element"),
        say("Responsible unit"), say("Contact"), say("Start"), say("Completion"),
    )  # fmt: skip
    return Table(heads, [_improvement(book, weakness) for weakness in book.weaknesses])


def _improvement(book: Book, weakness: Observation) -> Sequence[Text]:
    facts = book.actions.get(weakness.id)
    capability = next((o.capability for o in book.drill.objectives if o.id == weakness.objective), "")
    return (
        capability,
        weakness.text,
        weakness.recommendation,
        say("none yet") if facts is None else f"{facts.action} ({facts.record})",
        "" if weakness.element is None else ELEMENT[weakness.element],
        "" if facts is None else facts.unit,
        "" if facts is None else book.name(facts.owner),
        "" if facts is None or facts.started_on is None else facts.started_on.isoformat(),
        "" if facts is None or facts.due_on is None else facts.due_on.isoformat(),
    )


def _last_actions(book: Book) -> Block:
    rows: list[Sequence[Text]] = [
        (
            last.observation.text,
            "" if last.facts is None else last.facts.action,
            say("not answered") if last.answer is None else ANSWER[last.answer],
            last.note,
        )
        for last in book.last_actions
    ]
    return Table((say("Weakness"), say("Corrective action"), say("Implemented, or only written?"), say("Note")), rows)


def _scale() -> Sentence:
    return say(
        "Ratings: {p}; {s}; {m}; {u}.",
        p=RATING[Rating.PERFORMED],
        s=RATING[Rating.SOME_CHALLENGES],
        m=RATING[Rating.MAJOR_CHALLENGES],
        u=RATING[Rating.UNABLE],
    )


def _clock(inject: Inject) -> str:
    return written_clock(timedelta(seconds=inject.offset))


def _if(condition: object, *blocks: Block) -> Sequence[Block]:
    return blocks if condition else ()
