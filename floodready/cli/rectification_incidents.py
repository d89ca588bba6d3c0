"""`floodready hazard accidents`, `accident`, `link-accident`, `who-knew`: who answers for what happened."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from floodready.acts import act_told
from floodready.cli.answering import Verb, done
from floodready.cli.output import print_json, print_rows
from floodready.clock import local_time
from floodready.language import say, verbatim

if TYPE_CHECKING:
    from floodready.cli.desk import Desk


def add_to(verb: Verb) -> None:
    """Add the verbs of accidents and of who knew of a hazard."""
    verb("who-knew", say("who knew what when, from the journal"), show_who_knew).add_argument("finding")
    verb(
        "accidents", say("accidents, each with the hazard that caused it, or that nobody had found one"), list_incidents
    )
    incident = verb("accident", say("record an accident and the hazard that caused it"), record_incident)
    incident.add_argument("unit")
    incident.add_argument("happened_at", metavar="TIME")
    incident.add_argument("description")
    incident.add_argument("--finding", help=str(say("without it, nobody had found the hazard")))
    incident.add_argument("--place", default="")
    link = verb("link-accident", say("say which hazard caused an accident"), link_incident)
    link.add_argument("accident")
    link.add_argument("finding", nargs="?", metavar="NUMBER", help=str(say("without it, nobody had found the hazard")))


def show_who_knew(args: argparse.Namespace, desk: Desk) -> int:
    """Tell who knew what when."""
    from floodready.rectification.reading import the_finding
    from floodready.rectification.views_incident import knew_rows

    rows = knew_rows(desk.view, desk.store, the_finding(desk.view, args.finding).id, desk.at)
    if args.json:
        print_json({"moments": rows})
        return 0
    heads = (say("Time"), say("Person"), say("How"), say("What"), say("State"), say("Deadline"), say("Entry"))
    told = [
        (local_time(r.at, desk.zone), r.person_name, r.how, act_told(r.command), r.state.word, r.deadline_on, r.seq)
        for r in rows
    ]
    print_rows(heads, told, plain=args.plain)
    return 0


def list_incidents(args: argparse.Namespace, desk: Desk) -> int:
    """List accidents with what each says of the search before it."""
    from floodready.rectification.views_incident import incident_rows

    rows = incident_rows(desk.view, desk.store, desk.zone)
    if args.json:
        print_json({"accidents": rows})
        return 0
    heads = (say("Code"), say("Time"), say("Unit"), say("Description"), say("Hazard"), say("Cause"))
    told = [
        (i.id, local_time(i.happened_at, desk.zone), row.unit_name, i.description, i.finding, row.cause.word)
        for row in rows
        for i in (row.incident,)
    ]
    print_rows(heads, told, plain=args.plain)
    return 0


def record_incident(args: argparse.Namespace, desk: Desk) -> int:
    """Record an incident."""
    from floodready.rectification import commands

    made = commands.record_incident(
        desk.store,
        desk.act(),
        unit=args.unit,
        happened_at=desk.instant(args.happened_at),
        description=args.description,
        place=args.place,
        finding=args.finding,
    )
    return done(args, say("Accident {id} recorded.", id=made.id), made)


def link_incident(args: argparse.Namespace, desk: Desk) -> int:
    """Link an accident to its hazard, or to the absence of one."""
    from floodready.rectification import commands

    made = commands.link_incident(desk.store, desk.act(), incident=args.accident, finding=args.finding)
    told = say("{id} was caused by {hazard}.", id=made.id, hazard=verbatim(made.finding or ""))
    return done(args, told if made.finding else say("{id}: nobody had found the hazard.", id=made.id), made)
