"""The word `warning`: warnings with their decision clocks."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from floodready.cli.answering import Verbs, done, given, require, show, unit_of
from floodready.clock import local_time
from floodready.language import say, verbatim
from floodready.season.level import Level
from floodready.season.models import FloodWarning, Hazard, WarningColour

if TYPE_CHECKING:
    from floodready.cli.desk import Desk


def add_to(words: Any) -> None:
    """Add the word `warning`."""
    warning = Verbs(words, "warning", say("warnings: list, record, decide, lift"))
    warning.add("list", say("warnings with their decision clocks"), list_warnings).add_argument("--unit")
    add = warning.add("add", say("record a warning that came in"), record_warning)
    add.add_argument("colour", type=WarningColour, choices=list(WarningColour))
    add.add_argument("hazard", type=Hazard, choices=list(Hazard))
    add.add_argument("--unit")
    add.add_argument("--issuer", required=True)
    add.add_argument("--area", required=True)
    add.add_argument("--issued", metavar="TIME", help=str(say("when it was issued; without it, now")))
    add.add_argument("--received", metavar="TIME", help=str(say("when it came in; without it, now")))
    add.add_argument("--valid-until", metavar="TIME")
    add.add_argument("--replaces", metavar="WARNING")
    add.add_argument("--text", default="")
    decide = warning.add("decide", say("record the decision: raise to a level, or why not"), decide_warning, "id")
    decide.add_argument("--raise-to", type=Level, choices=list(Level))
    decide.add_argument("--why", required=True)
    decide.add_argument("--authority", default="")
    lift = warning.add("lift", say("record that a warning was lifted"), lift_warning, "id")
    lift.add_argument("--lifted", metavar="TIME", help=str(say("when it was lifted; without it, now")))


def list_warnings(args: argparse.Namespace, desk: Desk) -> int:
    """Show the warnings."""
    from floodready.season.views import warning_rows

    heads = (say("Code"), say("Warning"), say("Area"), say("Issued"), say("State"), say("Decide by"), say("Decision"))
    rows = warning_rows(desk.view, desk.at, unit=args.unit)
    return show(args, desk, "warnings", heads, "id warning area issued_at state decide_by decision", rows)


def record_warning(args: argparse.Namespace, desk: Desk) -> int:
    """Record a warning and start its clock."""
    from floodready.season import commands
    from floodready.season.warning_clock import decide_by

    made = commands.record_warning(
        desk.store,
        desk.act(),
        unit=unit_of(args, desk),
        issued_at=desk.instant_given(args.issued) or desk.clock.now(),
        received_at=desk.instant_given(args.received),
        valid_until_at=desk.instant_given(args.valid_until),
        replaces=args.replaces,
        **given(args, "colour", "hazard", "issuer", "area", "text"),
    )
    limit = decide_by(made)
    if limit is None:
        return done(args, say("Recorded: {warning} ({id}).", warning=made.colour.word, id=made.id), made)
    time = local_time(limit, desk.zone)
    told = say("Recorded: {warning} ({id}). Decide by {time}: floodready warning decide {id}",
               warning=made.colour.word, id=made.id, time=time)  # fmt: skip
    return done(args, told, made)


def decide_warning(args: argparse.Namespace, desk: Desk) -> int:
    """Record the decision on a warning."""
    from floodready.season import commands

    made = commands.decide_warning(
        desk.store, desk.act(), warning=args.id, level=args.raise_to, why=args.why, authority=args.authority
    )
    return done(args, say("Decided on {warning}.", warning=verbatim(made.id)), made)


def lift_warning(args: argparse.Namespace, desk: Desk) -> int:
    """Record that a warning was lifted."""
    from floodready.season import commands

    made = commands.lift_warning(
        desk.store,
        desk.act(),
        warning=require(desk, FloodWarning, args.id).id,
        lifted_at=desk.instant_given(args.lifted),
    )
    return done(args, say("Lifted: {warning}.", warning=verbatim(made.id)), made)
