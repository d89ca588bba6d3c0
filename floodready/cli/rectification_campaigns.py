"""`floodready campaign`: open and change campaigns, their milestones and lists, their progress by unit."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from floodready.cli.answering import Verbs, done, given
from floodready.cli.output import print_json, print_rows
from floodready.cli.rectification_answers import print_findings
from floodready.cli.rectification_moves import record_told
from floodready.cli.times import day, whole_day
from floodready.clock import local_day
from floodready.language import say, verbatim
from floodready.rectification.models_campaign import Campaign, Milestone, Stage, StageKind
from floodready.refusal import WrongUsage

if TYPE_CHECKING:
    from floodready.cli.desk import Desk


def add_to(words: Any) -> None:
    """Add the word `campaign`."""
    verbs = Verbs(words, "campaign", say("campaigns: stages, lists, progress by unit"))
    verbs.add("list", say("the campaigns"), list_campaigns)
    verbs.add("show", say("a campaign with its lists and its progress by unit"), show_campaign, "campaign")
    made = verbs.add("open", say("open a campaign"), open_campaign, "id", "name")
    _add_facts(made, required=True)
    changed = verbs.add("change", say("change a campaign; what is not named stays"), change_campaign, "campaign")
    changed.add_argument("--name")
    _add_facts(changed, required=False)
    reached = verbs.add("reached", say("say that a milestone is reached"), reach_milestone, "campaign", "milestone")
    reached.add_argument("--on", type=day, metavar="DAY", help=str(say("without it, today")))
    put = verbs.add("put", say("put a record on a campaign's lists"), put_in, "campaign")
    put.add_argument("number", help=record_told())
    put.add_argument("--off", action="store_true", help=str(say("take it off the lists instead")))


def _add_facts(parser: argparse.ArgumentParser, *, required: bool) -> None:
    parser.add_argument("--unit", dest="units", action="append", required=required)
    parser.add_argument("--stage", dest="stages", action="append", required=required, metavar="KIND=FIRST/LAST",
                        type=_stage, help=", ".join(StageKind))  # fmt: skip
    parser.add_argument("--milestone", dest="milestones", action="append", metavar="NAME=DAY", type=_milestone)
    parser.add_argument("--responsibility", action="append", metavar="TEXT")
    lists = str(say("List of measures"))
    parser.add_argument("--measure", dest="measures", action="append", metavar="TEXT", help=lists)
    parser.add_argument("--scope")
    parser.add_argument("--source")


def _facts(args: argparse.Namespace) -> dict[str, Any]:
    lists = given(args, "units", "stages", "milestones", "responsibility", "measures")
    return {**given(args, "name", "scope", "source"), **{name: tuple(held) for name, held in lists.items()}}


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
    print_rows((say("Code"), say("Name"), say("Stage"), say("Units")), told, plain=args.plain)
    return 0


def show_campaign(args: argparse.Namespace, desk: Desk) -> int:
    """Show a campaign: what it is, its records, its progress by unit."""
    from floodready.rectification.reading import the_campaign
    from floodready.rectification.views_campaign import campaign_sheet

    sheet = campaign_sheet(desk.view, the_campaign(desk.view, args.campaign), desk.at, desk.zone)
    if args.json:
        progress = [row.progress for row in sheet.progress]
        told = {"campaign": sheet.campaign, "progress": progress[:-1], "total": progress[-1]}
        print_json({**told, "issues": sheet.issues, "tasks": sheet.tasks})
        return 0
    print_rows((say("What"), say("Figure")), sheet.lines, plain=args.plain)
    heads = (say("Unit"), say("Found"), say("Fixed"), say("Rate %"), say("Overdue"), say("Listed"),
             say("Without emergency measure"))  # fmt: skip
    rows = [
        (row.unit_name, p.found, p.fixed, row.rate, p.overdue, p.listed, p.without_measure)
        for row in sheet.progress
        for p in (row.progress,)
    ]
    print_rows(heads, rows, plain=args.plain)
    return print_findings(args, [*sheet.issues, *sheet.tasks])


def open_campaign(args: argparse.Namespace, desk: Desk) -> int:
    """Open a campaign."""
    from floodready.rectification import commands

    campaign = Campaign(id=args.id, **_facts(args))
    made = commands.open_campaign(desk.store, desk.act(), campaign=campaign)
    return done(args, say("Campaign {id} is open.", id=made.id), made)


def change_campaign(args: argparse.Namespace, desk: Desk) -> int:
    """Change what is named of a campaign."""
    from floodready.rectification import commands
    from floodready.rectification.reading import the_campaign

    seen = the_campaign(desk.store, args.campaign)
    made = commands.change_campaign(desk.store, desk.act(), seen=seen, campaign=seen.changed(**_facts(args)))
    return done(args, say("Campaign {id} is changed.", id=made.id), made)


def reach_milestone(args: argparse.Namespace, desk: Desk) -> int:
    """Say that a milestone is reached."""
    from floodready.rectification import commands

    on = args.on or local_day(desk.clock.now(), desk.zone)
    made = commands.reach_milestone(desk.store, desk.act(), campaign=args.campaign, milestone=args.milestone, on=on,
                                    zone=desk.zone)  # fmt: skip
    return done(args, say("Reached: {name}", name=verbatim(args.milestone)), made)


def put_in(args: argparse.Namespace, desk: Desk) -> int:
    """Put a record on a campaign's lists, or take it off."""
    from floodready.rectification import commands

    campaign = None if args.off else args.campaign
    made = commands.put_in_campaign(desk.store, desk.act(), finding=args.number, campaign=campaign)
    told = say("{id} is on the lists of {campaign}.") if made.campaign else say("{id} is off the lists of {campaign}.")
    return done(args, say(told.template, id=made.id, campaign=args.campaign), made)


def _stage(text: str) -> Stage:
    kind, _, days = text.partition("=")
    first, _, last = days.partition("/")
    if kind not in set(StageKind) or not (first and last):
        raise WrongUsage(say("“{text}” is not a stage. Write self-check=2026-01-01/2026-03-31", text=verbatim(text)))
    return Stage(kind=StageKind(kind), starts_on=whole_day(first), ends_on=whole_day(last))


def _milestone(text: str) -> Milestone:
    name, _, due = text.rpartition("=")
    if not (name.strip() and due):
        raise WrongUsage(say("“{text}” is not a milestone. Write lists complete=2026-03-31", text=verbatim(text)))
    return Milestone(name=name, due_on=whole_day(due))
