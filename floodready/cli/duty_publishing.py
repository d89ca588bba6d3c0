"""`floodready duty publish`, `import`, `generate`: a new rota, shown as a difference first."""

from __future__ import annotations

import argparse
from datetime import datetime
from typing import TYPE_CHECKING, Any

from floodready.cli.answering import Verb, done
from floodready.cli.duty_answers import the_unit
from floodready.cli.numbers import several, some_seconds
from floodready.cli.output import print_rows
from floodready.cli.showing import add_file, add_yes, only_shown
from floodready.clock import local_time, start_of
from floodready.language import Sentence, say

if TYPE_CHECKING:
    from floodready.cli.desk import Desk
    from floodready.duty.models import Rota
    from floodready.duty.views import Difference


def add_to(verb: Verb) -> None:
    """Add the verbs that put a rota in force."""
    publish = verb("publish", say("put a rota from a JSON file in force; first shows the difference"), publish_file)
    add_file(publish)
    table = verb("import", say("import a hand-made monthly table (XLSX or CSV)"), import_table)
    add_file(table)
    make = verb("generate", say("propose a fair season for one post; first shows the difference"), generate_season)
    make.add_argument("--post", required=True)
    when = str(say("a time, or a day: then when the post hands over on it"))
    make.add_argument("--from", dest="start", required=True, metavar="DAY", help=when)
    make.add_argument("--until", required=True, metavar="DAY", help=when)
    make.add_argument("--seats", type=several, help=str(say("people a turn; without it, as many as the post needs")))
    make.add_argument("--seconds", type=some_seconds, default=20, help=str(say("time for each stage")))
    make.add_argument(
        "--plain-proposal",
        action="store_true",
        help=str(say("without the solver: whoever has been off longest comes next")),
    )
    add_yes(make)


def publish_file(args: argparse.Namespace, desk: Desk) -> int:
    """Show what a rota would change, and with --yes put it in force."""
    from floodready.exchange.duty_rota_file import read_rota

    rota = read_rota(str(args.file), the_unit(args, desk))
    return _publish(args, desk, rota)


def import_table(args: argparse.Namespace, desk: Desk) -> int:
    """Show what a monthly table would change, and with --yes put it in force."""
    from floodready.exchange.duty_table import read_table

    rota = read_table(str(args.file), the_unit(args, desk), desk.store, desk.zone, now=desk.at)
    return _publish(args, desk, rota, then_as_before=True)


def generate_season(args: argparse.Namespace, desk: Desk) -> int:
    """Propose a season, show each stage beside its bound and the difference; with --yes put it in force."""
    import sys

    from floodready.duty.generator import propose
    from floodready.duty.season_request import request_of, rota_of

    def watch(sentence: Sentence) -> bool:
        print(sentence, file=sys.stderr)
        return True

    unit = the_unit(args, desk)
    start, until = (_instant_or_hand_over(text, unit, args.post, desk) for text in (args.start, args.until))
    request = request_of(desk.store, unit, args.post, start, until, args.seats, desk.zone, desk.at)
    exact = False if args.plain_proposal else None
    proposal = propose(request, desk.zone, watch, seconds=args.seconds, exact=exact)
    if not args.json:
        heads = (say("Stage"), say("Value"), say("Bound"), say("Proved best"))
        rows = [
            (stage.name, stage.value, stage.bound, say("yes") if stage.proved else say("no"))
            for stage in proposal.stages
        ]
        print_rows(heads, rows, plain=args.plain)
    return _publish(args, desk, rota_of(desk.store, unit, args.post, request, proposal), then_as_before=True)


def _instant_or_hand_over(text: str, unit: str, post: str, desk: Desk) -> datetime:
    """Read a time; a day alone is the handover of the post on it, or a season would begin and end amid a turn."""
    from floodready.duty.change_hours import change_hours
    from floodready.duty.roster import plan_of

    found = desk.day_or_instant(text)
    if isinstance(found, datetime):
        return found
    plan = plan_of(desk.store, unit, desk.zone)
    return change_hours(plan, post, start_of(found, desk.zone)).day_of_duty(found, plan)[0]


def _publish(args: argparse.Namespace, desk: Desk, rota: Rota, *, then_as_before: bool = False) -> int:
    from floodready.duty.commands import publish_rota, require_publishable
    from floodready.duty.models import Rota
    from floodready.duty.views import rota_difference

    seen = tuple(desk.store.find(Rota, unit=rota.unit))
    require_publishable(desk.store, rota, desk.at)
    changed = rota_difference(desk.store, rota, desk.zone, then_as_before=then_as_before)
    told: dict[str, Any] = {"gone": changed.gone, "come": changed.come}
    if not args.json:
        _print_difference(args, desk, rota.unit, changed)
    if not args.yes:
        return only_shown(args, **told)
    made = publish_rota(
        desk.store,
        desk.act(),
        unit=rota.unit,
        since_at=rota.since_at,
        until_at=rota.until_at,
        rotations=rota.rotations,
        turns=rota.turns,
        note=rota.note,
        then_as_before=then_as_before,
        seen=seen,
    )
    sentence = say("Rota {rota} is in force from {time}.", rota=made.id, time=local_time(made.since_at, desk.zone))
    return done(args, sentence, made, **told)


def _print_difference(args: argparse.Namespace, desk: Desk, unit: str, changed: Difference) -> None:
    from floodready.duty.views import span_row

    marked = [("-", span) for span in changed.gone] + [("+", span) for span in changed.come]
    rows = []
    for mark, span in sorted(marked, key=lambda item: (item[1].start, item[1].post, item[0])):
        row = span_row(desk.store, unit, span, desk.at, desk.zone)
        rows.append((mark, local_time(row.start, desk.zone), local_time(row.end, desk.zone), row.post_name, row.name))
    if rows:
        print_rows((say("Change"), say("From"), say("Until"), say("Post"), say("Person")), rows, plain=args.plain)
    else:
        print(say("Nobody stands other duty than before."))
