"""`floodready task`: meeting tasks, with the evidence that the program measures."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from floodready.cli import rectification_moves
from floodready.cli.answering import Verbs, done
from floodready.cli.output import print_json, print_rows
from floodready.cli.rectification_answers import print_findings
from floodready.cli.times import day
from floodready.clock import local_day
from floodready.language import say, verbatim
from floodready.rectification.models import Measure
from floodready.rectification.transitions import MOVES

if TYPE_CHECKING:
    from floodready.cli.desk import Desk


def add_to(words: Any) -> None:
    """Add the word `task`."""
    verbs = Verbs(words, "task", say("meeting tasks: order, answer, check"))
    verbs.add("list", say("the meeting tasks, the worst light first"), list_tasks)
    verbs.add("evidence", say("what the program measures of each task"), show_evidence)
    one = verbs.add("open", say("open a task that a meeting ordered"), open_task, "unit", "meeting", "description")
    one.add_argument("--owner", required=True, metavar="PERSON")
    one.add_argument("--required", type=day, required=True, metavar="DAY")
    one.add_argument("--planned", type=day, metavar="DAY")
    one.add_argument("--item", default="", help=str(say("Item of the meeting")))
    one.add_argument("--follower", action="append", default=[], metavar="PERSON")
    one.add_argument("--measure", type=Measure, choices=list(Measure))
    one.add_argument("--campaign")
    order = verbs.add("order", say("open the three tasks that the program measures"), open_order, "unit", "meeting")
    order.add_argument("--required", type=day, required=True, metavar="DAY")
    order.add_argument("--campaign")
    for measure in Measure:
        told = say("who answers for: {what}", what=measure.word)
        order.add_argument(f"--{measure.value.replace(' ', '-')}", dest=measure.name, metavar="PERSON", help=str(told))
    rectification_moves.add_to(verbs.add, [move for move in MOVES if move.may_task is not None])


def list_tasks(args: argparse.Namespace, desk: Desk) -> int:
    """List the meeting tasks."""
    from floodready.rectification.views import finding_rows

    return print_findings(args, [row for row in finding_rows(desk.view, desk.at, desk.zone) if row.is_task])


def open_task(args: argparse.Namespace, desk: Desk) -> int:
    """Open a meeting task."""
    from floodready.organisation.lookup import person_name
    from floodready.rectification import commands

    made = commands.open_task(
        desk.store,
        desk.act(),
        unit=args.unit,
        meeting=args.meeting,
        description=args.description,
        owner=args.owner,
        ordered_on=local_day(desk.clock.now(), desk.zone),
        required_on=args.required,
        planned_on=args.planned,
        item=args.item,
        followers=tuple(args.follower),
        measure=args.measure,
        campaign=args.campaign,
    )
    return done(
        args, say("Opened: {id}, for {person}.", id=made.id, person=verbatim(person_name(desk.store, args.owner))), made
    )


def open_order(args: argparse.Namespace, desk: Desk) -> int:
    """Open a task for each thing that an order asks and the program measures."""
    from floodready.rectification import commands

    made = commands.open_order(
        desk.store,
        desk.act(),
        unit=args.unit,
        meeting=args.meeting,
        ordered_on=local_day(desk.clock.now(), desk.zone),
        required_on=args.required,
        owners={one: person for one in Measure if (person := getattr(args, one.name)) is not None},
        descriptions={one: str(one.order) for one in Measure},
        campaign=args.campaign,
    )
    told = say("Opened: {ids}.", ids=verbatim(", ".join(one.id for one in made)))
    return done(args, told, made)


def show_evidence(args: argparse.Namespace, desk: Desk) -> int:
    """Show what the program measures of the tasks."""
    from floodready.readiness.order_evidence import task_evidence

    rows = task_evidence(desk.view, desk.at, desk.zone)
    if args.json:
        print_json({"evidence": rows})
        return 0
    heads = (say("Case number"), say("Measured"), say("Ready"), say("Lines"), say("Not in order"))
    print_rows(heads, [(r.task, r.measure.word, r.ready, r.lines, r.worst or "") for r in rows], plain=args.plain)
    return 0
