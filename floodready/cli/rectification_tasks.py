"""`floodready task` and `campaign`: meeting tasks with their measured evidence, campaigns with their progress."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from floodready.cli import rectification_moves
from floodready.cli.answering import day, done
from floodready.cli.output import print_json, print_rows
from floodready.clock import local_day
from floodready.language import Sentence, say, verbatim
from floodready.rectification.models import Measure
from floodready.rectification.models_campaign import Campaign, Milestone, Stage, StageKind
from floodready.rectification.transitions import MOVES
from floodready.refusal import WrongUsage

if TYPE_CHECKING:
    from floodready.cli.desk import Desk


def add_to(words: Any) -> None:
    """Add the words `task` and `campaign`."""
    _add_task(_verbs(words.add_parser("task", help=str(say("meeting tasks: order, answer, check")))))
    _add_campaign(_verbs(words.add_parser("campaign", help=str(say("campaigns: stages, lists, progress by unit")))))


def _verbs(word: argparse.ArgumentParser) -> Callable[..., argparse.ArgumentParser]:
    verbs = word.add_subparsers(dest="verb", metavar="VERB", required=True)

    def verb(name: str, purpose: Sentence, run: Any) -> argparse.ArgumentParser:
        made: argparse.ArgumentParser = verbs.add_parser(name, help=str(purpose), description=str(purpose))
        made.set_defaults(run=run)
        return made

    return verb


def _add_task(verb: Callable[..., argparse.ArgumentParser]) -> None:
    verb("list", say("the meeting tasks, the worst light first"), list_tasks)
    verb("evidence", say("what the program measures of each task"), show_evidence)
    order = verb("open", say("open a task that a meeting ordered"), open_task)
    order.add_argument("unit")
    order.add_argument("meeting")
    order.add_argument("description")
    order.add_argument("--owner", required=True, metavar="PERSON")
    order.add_argument("--required", type=day, required=True, metavar="DAY")
    order.add_argument("--planned", type=day, metavar="DAY")
    order.add_argument("--item", default="")
    order.add_argument("--follower", action="append", default=[], metavar="PERSON")
    order.add_argument("--measure", type=Measure, choices=list(Measure))
    order.add_argument("--campaign")
    rectification_moves.add_to(verb, [move for move in MOVES if move.may_task is not None])


def _add_campaign(verb: Callable[..., argparse.ArgumentParser]) -> None:
    verb("list", say("the campaigns"), list_campaigns)
    verb("show", say("a campaign with its progress by unit"), show_campaign).add_argument("campaign")
    made = verb("open", say("open a campaign"), open_campaign)
    made.add_argument("id")
    made.add_argument("name")
    made.add_argument("--unit", action="append", required=True)
    made.add_argument("--stage", action="append", required=True, metavar="KIND=FIRST/LAST", type=_stage,
                      help=", ".join(StageKind))  # fmt: skip
    made.add_argument("--milestone", action="append", default=[], metavar="NAME=DAY", type=_milestone)
    for name in ("scope", "source"):
        made.add_argument(f"--{name}", default="")
    for name in ("responsibility", "measure"):
        made.add_argument(f"--{name}", action="append", default=[])
    reached = verb("reached", say("say that a milestone is reached"), reach_milestone)
    reached.add_argument("campaign")
    reached.add_argument("milestone")
    put = verb("put", say("put a record on a campaign's lists"), put_in)
    put.add_argument("campaign")
    put.add_argument("finding", metavar="NUMBER")


def list_tasks(args: argparse.Namespace, desk: Desk) -> int:
    """List the meeting tasks."""
    from floodready.cli.rectification import print_findings
    from floodready.rectification.views import finding_rows

    return print_findings([row for row in finding_rows(desk.view, desk.at, desk.zone) if row.is_task], args)


def open_task(args: argparse.Namespace, desk: Desk) -> int:
    """Open a meeting task."""
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
    return done(args, say("Opened: {id}, for {person}.", id=made.id, person=verbatim(args.owner)), made)


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


def list_campaigns(args: argparse.Namespace, desk: Desk) -> int:
    """List the campaigns."""
    campaigns = list(desk.view.all(Campaign))
    if args.json:
        print_json({"campaigns": campaigns})
        return 0
    today = local_day(desk.at, desk.zone)
    told = []
    for campaign in campaigns:
        stage = campaign.stage_on(today)
        told.append((campaign.id, campaign.name, stage.kind.word if stage else "", len(campaign.units)))
    print_rows((say("Id"), say("Name"), say("Stage"), say("Units")), told, plain=args.plain)
    return 0


def show_campaign(args: argparse.Namespace, desk: Desk) -> int:
    """Show a campaign's progress by unit."""
    from floodready.rectification.reading import the_campaign
    from floodready.rectification.views import campaign_rows

    campaign = the_campaign(desk.view, args.campaign)
    rows = campaign_rows(desk.view, campaign, desk.at, desk.zone)
    if args.json:
        print_json({"campaign": campaign, "progress": rows})
        return 0
    print(campaign.name)
    heads = (say("Unit"), say("Found"), say("Fixed"), say("Rate %"), say("Overdue"), say("Listed"),
             say("Without emergency measure"))  # fmt: skip
    told = [(r.unit, r.found, r.fixed, r.rate, r.overdue, r.listed, r.without_measure) for r in rows]
    print_rows(heads, told, plain=args.plain)
    return 0


def open_campaign(args: argparse.Namespace, desk: Desk) -> int:
    """Open a campaign."""
    from floodready.rectification import commands

    campaign = Campaign(
        id=args.id,
        name=args.name,
        scope=args.scope,
        units=tuple(args.unit),
        stages=tuple(args.stage),
        milestones=tuple(args.milestone),
        responsibility=tuple(args.responsibility),
        measures=tuple(args.measure),
        source=args.source,
    )
    made = commands.open_campaign(desk.store, desk.act(), campaign=campaign)
    return done(args, say("Campaign {id} is open.", id=made.id), made)


def reach_milestone(args: argparse.Namespace, desk: Desk) -> int:
    """Say that a milestone is reached."""
    from floodready.rectification import commands

    today = local_day(desk.clock.now(), desk.zone)
    made = commands.reach_milestone(desk.store, desk.act(), campaign=args.campaign, milestone=args.milestone, on=today)
    return done(args, say("Reached: {name}", name=verbatim(args.milestone)), made)


def put_in(args: argparse.Namespace, desk: Desk) -> int:
    """Put a record on a campaign's lists."""
    from floodready.rectification import commands

    made = commands.put_in_campaign(desk.store, desk.act(), finding=args.finding, campaign=args.campaign)
    return done(args, say("{id} is on the lists of {campaign}.", id=made.id, campaign=args.campaign), made)


def _stage(text: str) -> Stage:
    kind, _, days = text.partition("=")
    first, _, last = days.partition("/")
    if kind not in set(StageKind):
        raise WrongUsage(say("“{text}” is no stage. Write self-check=2026-01-01/2026-03-31", text=verbatim(text)))
    return Stage(kind=StageKind(kind), starts_on=day(first), ends_on=day(last))


def _milestone(text: str) -> Milestone:
    name, _, due = text.rpartition("=")
    return Milestone(name=name, due_on=day(due))
