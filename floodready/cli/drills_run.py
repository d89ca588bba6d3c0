"""`floodready drill`: running a drill by the clock, what evaluators see, and what follows."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from floodready.cli.answering import Verb, done
from floodready.cli.drills_answers import a_span, a_text
from floodready.cli.numbers import whole
from floodready.cli.output import print_json, print_rows
from floodready.cli.times import day
from floodready.drills.models import InjectStatus
from floodready.drills.run_models import Answer, Element, Finding, Rating
from floodready.drills.words import ANSWER, INJECT_STATUS, rating_words
from floodready.language import say

if TYPE_CHECKING:
    from floodready.cli.desk import Desk


def add_to(verb: Verb) -> None:
    """Add the words of running, rating and closing."""
    _named(verb("start", say("start the drill's clock"), start))
    _named(verb("pause", say("stop the clock; what is to come shifts"), pause))
    _named(verb("resume", say("let the clock go on"), resume))
    _named(verb("finish", say("end the run"), finish))
    _named(verb("reset", say("begin a new run, with --reason; the old one stays"), reset))
    _named(verb("clock", say("drill time, the next inject, and how the script stands"), show_clock))
    for name, purpose, run in (
        ("release", say("release an inject to the players"), release),
        ("done", say("mark an inject done"), mark_done),
        ("miss", say("mark an inject missed"), miss),
        ("defer", say("let an inject come later"), defer),
    ):
        parser = _named(verb(name, purpose, run))
        parser.add_argument("number", type=whole, metavar="NUMBER")
        if name == "defer":
            parser.add_argument("span", type=a_span, help=str(say("how much later: 10 (minutes), 10:30 or 1:10:30")))
        parser.add_argument("--note", default="")
    _add_observe(verb)
    _named(verb("ratings", say("the ratings, with the evidence they stand on"), show_ratings))
    _add_closing(verb)


def _add_observe(verb: Verb) -> None:
    observe = _named(verb("observe", say("write what you saw"), write_observation))
    observe.add_argument("text")
    observe.add_argument("--inject", type=whole)
    observe.add_argument("--objective")
    observe.add_argument("--rating", choices=[rating.value for rating in Rating])
    observe.add_argument("--weakness", action="store_true", help=str(say("it is a weakness; else a strength")))
    observe.add_argument("--cause", default="", help=str(say("the root cause")))
    observe.add_argument("--element", choices=[element.value for element in Element])
    observe.add_argument("--recommend", default="", help=str(say("the recommendation")))
    observe.add_argument("--replaces", metavar="OBSERVATION")


def _add_closing(verb: Verb) -> None:
    for name, purpose, run in (
        ("evaluate", say("write the evaluation"), evaluate),
        ("summary", say("file the summary"), file_summary),
    ):
        parser = _named(verb(name, purpose, run))
        parser.add_argument("text", help=str(say("the text, or - for standard input")))
    action = verb("action", say("open the action that mends a weakness"), open_action)
    action.add_argument("observation")
    action.add_argument("action")
    action.add_argument("--owner", required=True)
    action.add_argument("--due", type=day, required=True, metavar="DAY")
    answer = _named(verb("answer", say("say whether an action of the last drill is implemented"), answer_last))
    answer.add_argument("observation")
    answer.add_argument("answer", choices=[answer.value for answer in Answer])
    answer.add_argument("--note", default="")
    _named(verb("last", say("the actions that the last drill of this plan left"), show_last))
    _named(verb("close", say("close the drill"), close))


def _named(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    parser.add_argument("drill", metavar="DRILL")
    return parser


def start(args: argparse.Namespace, desk: Desk) -> int:
    """Start the clock."""
    from floodready.drills import commands

    made = commands.start_run(desk.store, desk.act(), drill=args.drill)
    return done(args, say("The drill's clock runs."), made)


def pause(args: argparse.Namespace, desk: Desk) -> int:
    """Stop the clock."""
    from floodready.drills import commands

    made = commands.pause_run(desk.store, desk.act(), drill=args.drill, reason=args.reason)
    return done(args, say("The drill's clock is stopped."), made)


def resume(args: argparse.Namespace, desk: Desk) -> int:
    """Let the clock go on."""
    from floodready.drills import commands

    made = commands.resume_run(desk.store, desk.act(), drill=args.drill)
    return done(args, say("The drill's clock runs."), made)


def finish(args: argparse.Namespace, desk: Desk) -> int:
    """End the run."""
    from floodready.drills import commands

    made = commands.finish_run(desk.store, desk.act(), drill=args.drill)
    return done(args, say("The drill is held. Next: its evaluation."), made)


def reset(args: argparse.Namespace, desk: Desk) -> int:
    """Begin a new run."""
    from floodready.drills import commands

    made = commands.reset_run(desk.store, desk.act(), drill=args.drill, reason=args.reason)
    return done(args, say("Run {number} has begun; the one before stays.", number=made.number), made)


def show_clock(args: argparse.Namespace, desk: Desk) -> int:
    """Show drill time and how the script stands."""
    from floodready.drills import reading
    from floodready.drills.book import book
    from floodready.drills.run_clock import elapsed, next_up, paused, written_clock

    found = book(desk.view, args.drill, desk.zone)
    run = found.run or reading.the_run(desk.view, found.drill)
    slots, standing = found.slots(desk.at), paused(run, desk.at)
    following = next_up(slots)
    if args.json:
        print_json(
            {
                "run": run,
                "elapsed_seconds": int(elapsed(run, desk.at).total_seconds()),
                "paused": standing is not None,
                "next": None if following is None else following.inject.number,
                "script": slots,
            }
        )
        return 0
    words = say("{clock} (the clock is stopped)", clock=written_clock(elapsed(run, desk.at))) if standing else None
    print(words or written_clock(elapsed(run, desk.at)))
    heads = (say("No."), say("State"), say("Planned"), say("Expected"), say("Later by"), say("Inject"))
    rows = [
        (
            slot.inject.number,
            INJECT_STATUS[slot.status],
            found.time(slot.planned_at),
            found.time(slot.expected_at) if slot.pending else "",
            "" if slot.late_by is None else written_clock(slot.late_by),
            slot.inject.text,
        )
        for slot in slots
    ]
    print_rows(heads, rows, plain=args.plain)
    return 0


def release(args: argparse.Namespace, desk: Desk) -> int:
    """Release an inject."""
    from floodready.drills import commands

    made = commands.release_inject(desk.store, desk.act(), drill=args.drill, number=args.number, note=args.note)
    return done(args, say("Inject {number} is released.", number=args.number), made)


def mark_done(args: argparse.Namespace, desk: Desk) -> int:
    """Mark an inject done."""
    return _settle(args, desk, InjectStatus.DONE)


def miss(args: argparse.Namespace, desk: Desk) -> int:
    """Mark an inject missed."""
    return _settle(args, desk, InjectStatus.MISSED)


def defer(args: argparse.Namespace, desk: Desk) -> int:
    """Let an inject come later."""
    from floodready.drills import commands

    made = commands.defer_inject(
        desk.store, desk.act(), drill=args.drill, number=args.number, seconds=args.span, note=args.note
    )
    return done(args, say("Inject {number} is deferred.", number=args.number), made)


def write_observation(args: argparse.Namespace, desk: Desk) -> int:
    """Write an observation."""
    from floodready.drills import commands
    from floodready.drills.run_models import Observation

    observation = Observation(
        id="new",
        drill=args.drill,
        run="-",
        objective=args.objective,
        evaluator="-",
        seen_at=desk.clock.now(),
        text=a_text(args.text),
        finding=Finding.WEAKNESS if args.weakness else Finding.STRENGTH,
        rating=Rating(args.rating) if args.rating else None,
        element=Element(args.element) if args.element else None,
        root_cause=args.cause,
        recommendation=args.recommend,
        replaces=args.replaces,
    )
    made = commands.observe(desk.store, desk.act(), observation=observation, inject=args.inject)
    return done(args, say("Written down: {id}", id=made.id), made)


def show_ratings(args: argparse.Namespace, desk: Desk) -> int:
    """Show the ratings of a drill."""
    from floodready.drills.book import book

    found = book(desk.view, args.drill, desk.zone)
    if args.json:
        print_json({"ratings": found.ratings})
        return 0
    texts = {objective.id: objective.text for objective in found.drill.objectives}
    rows = [
        (rated.subject, "", rating_words(rated.rating), rated.rated, rated.tasks)
        for rated in found.ratings.capabilities
    ]
    rows += [("", texts[o.subject], rating_words(o.rating), o.rated, o.tasks) for o in found.ratings.objectives]
    heads = (say("Capability"), say("Objective"), say("Rating"), say("Observed"), say("Of"))
    print_rows(heads, rows, plain=args.plain)
    return 0


def evaluate(args: argparse.Namespace, desk: Desk) -> int:
    """Write the evaluation."""
    from floodready.drills import commands

    made = commands.write_evaluation(desk.store, desk.act(), drill=args.drill, text=a_text(args.text))
    return done(args, say("The evaluation is written."), made)


def file_summary(args: argparse.Namespace, desk: Desk) -> int:
    """File the summary."""
    from floodready.drills import commands

    made = commands.file_summary(desk.store, desk.act(), drill=args.drill, summary=a_text(args.text))
    return done(args, say("The summary is filed."), made)


def open_action(args: argparse.Namespace, desk: Desk) -> int:
    """Open the action that mends a weakness."""
    from floodready.drills import commands

    made = commands.open_action(
        desk.store,
        desk.act(),
        observation=args.observation,
        action=args.action,
        owner=args.owner,
        due_on=args.due,
        zone=desk.zone,
    )
    return done(args, say("{id} is to be mended under {record}.", id=made.observation, record=made.record), made)


def answer_last(args: argparse.Namespace, desk: Desk) -> int:
    """Answer for one action of the last drill."""
    from floodready.drills import commands

    made = commands.answer_follow_up(
        desk.store,
        desk.act(),
        drill=args.drill,
        observation=args.observation,
        answer=Answer(args.answer),
        note=args.note,
    )
    return done(args, say("{id}: {answer}", id=made.observation, answer=ANSWER[made.answer]), made)


def show_last(args: argparse.Namespace, desk: Desk) -> int:
    """Show the actions of the last drill of the plan."""
    from floodready.drills.book import book

    found = book(desk.view, args.drill, desk.zone)
    if args.json:
        print_json({"last_actions": found.last_actions})
        return 0
    heads = (say("Observation"), say("Weakness"), say("Corrective action"), say("Implemented, or only written?"))
    rows = [
        (
            last.observation.id,
            last.observation.text,
            last.facts.action if last.facts else "",
            ANSWER[last.answer] if last.answer else say("not answered"),
        )
        for last in found.last_actions
    ]
    print_rows(heads, rows, plain=args.plain)
    return 0


def close(args: argparse.Namespace, desk: Desk) -> int:
    """Close a drill."""
    from floodready.drills import commands

    made = commands.close_drill(desk.store, desk.act(), drill=args.drill)
    return done(args, say("{drill} is closed.", drill=made.name), made)


def _settle(args: argparse.Namespace, desk: Desk, status: InjectStatus) -> int:
    from floodready.drills import commands

    made = commands.settle_inject(
        desk.store, desk.act(), drill=args.drill, number=args.number, status=status, note=args.note
    )
    told = say("Inject {number} is {status}.", number=args.number, status=INJECT_STATUS[status])
    return done(args, told, made)
