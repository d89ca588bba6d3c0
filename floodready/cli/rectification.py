"""`floodready hazard`, `task` and `campaign`: the words, and hazards by list, sheet and figures."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from floodready.cli import (
    rectification_campaigns,
    rectification_criteria,
    rectification_incidents,
    rectification_moves,
    rectification_tasks,
)
from floodready.cli.answering import Verb, Verbs, add_overwrite, done, given, wrote
from floodready.cli.numbers import a_year, whole
from floodready.cli.output import print_json, print_rows
from floodready.cli.rectification_answers import print_findings
from floodready.cli.showing import add_file, nothing_new, only_shown
from floodready.cli.times import day
from floodready.clock import local_day
from floodready.language import say, say_as, say_many
from floodready.rectification.settings_words import SETTINGS
from floodready.rectification.states import Source, State
from floodready.rectification.statistics import By

if TYPE_CHECKING:
    from floodready.cli.desk import Desk


def add_to(words: Any) -> None:
    """Add the words `hazard`, `task` and `campaign`."""
    verb = Verbs(words, "hazard", say("hazards: find, grade, assign, rectify, re-check, close")).add
    _add_reading(verb)
    _add_writing(verb)
    rectification_criteria.add_to(verb)
    rectification_incidents.add_to(verb)
    rectification_moves.add_to(verb)
    rectification_tasks.add_to(words)
    rectification_campaigns.add_to(words)


def _add_reading(verb: Verb) -> None:
    listing = verb("list", say("the records, the worst light first"), list_findings)
    listing.add_argument("--unit")
    listing.add_argument("--state", type=State, choices=list(State))
    listing.add_argument("--source", type=Source, choices=list(Source))
    listing.add_argument("--light", choices=("overdue", "red", "amber", "urged", "green", "none"))
    listing.add_argument("--mine", metavar="PERSON", help=str(say("what a person must put right or follows")))
    listing.add_argument(
        "--escalated", action="store_true", help=str(say("what climbed the chain, is listed or overdue"))
    )
    verb("show", say("one record with its chain, clock, rounds and next moves"), show_finding).add_argument("finding")
    figures = verb("statistics", say("the monthly or quarterly table"), show_statistics)
    figures.add_argument("year", type=a_year)
    which = figures.add_mutually_exclusive_group(required=True)
    which.add_argument("--month", type=whole, choices=range(1, 13), metavar="MONTH")
    which.add_argument("--quarter", type=whole, choices=range(1, 5), metavar="QUARTER")
    by = str(say_as("dimension", "Counted by"))
    figures.add_argument("--by", type=By, choices=list(By), default=By.UNIT, help=by)
    figures.add_argument("--out", type=Path, metavar="FILE", help=str(say("write all tables as XLSX or CSV")))
    add_overwrite(figures)
    export = verb("export", say("write the ledger as XLSX or CSV"), export_ledger)
    export.add_argument("file", type=Path)
    export.add_argument("--unit")
    add_overwrite(export)


def _add_writing(verb: Verb) -> None:
    found = verb("open", say("open a record for something found"), open_finding)
    found.add_argument("unit")
    found.add_argument("description")
    found.add_argument("--source", type=Source, choices=list(Source), default=Source.PATROL)
    found.add_argument("--found-on", type=day, metavar="DAY", help=str(say("without it, today")))
    for name in ("found-by", "place", "kind", "harm", "interim", "source-ref"):
        found.add_argument(f"--{name}", default="")
    found.add_argument("--works")
    found.add_argument("--campaign")
    attach = verb("attach", say("attach a photo or paper; it is copied into the store"), attach_file)
    attach.add_argument("finding")
    attach.add_argument("file", type=Path)
    ledger = verb("import", say("import a ledger of hazards: shown first, written with --yes"), run_import)
    add_file(ledger)
    ledger.add_argument("--unit", required=True)
    figures = verb("settings", say("the office's own figures; those that are named are set"), settings)
    for name, purpose in SETTINGS.items():
        figures.add_argument(f"--{name.replace('_', '-')}", type=whole, metavar="N", help=str(purpose))


def list_findings(args: argparse.Namespace, desk: Desk) -> int:
    """List records."""
    from floodready.organisation.lookup import known_person, known_unit
    from floodready.rectification.views import escalated_rows, finding_rows, my_rows

    if args.unit is not None:
        known_unit(desk.view, args.unit)
    if args.mine:
        known_person(desk.view, args.mine)
        rows = my_rows(desk.view, desk.at, desk.zone, args.mine)
    elif args.escalated:
        rows = escalated_rows(desk.view, desk.at, desk.zone)
    else:
        rows = finding_rows(desk.view, desk.at, desk.zone)
    wanted = {name: getattr(args, name) for name in ("unit", "state", "source", "light") if getattr(args, name)}
    return print_findings(args, [row for row in rows if all(getattr(row, n) == v for n, v in wanted.items())])


def show_finding(args: argparse.Namespace, desk: Desk) -> int:
    """Show one record."""
    from floodready.rectification.reading import the_finding
    from floodready.rectification.views import finding_sheet
    from floodready.rectification.views_sheet import sheet_lines

    sheet = finding_sheet(desk.view, the_finding(desk.view, args.finding), desk.at, desk.zone)
    if args.json:
        print_json({"record": sheet})
    else:
        print_rows((say("What"), say("Figure")), sheet_lines(sheet, desk.zone), plain=args.plain)
    return 0


def show_statistics(args: argparse.Namespace, desk: Desk) -> int:
    """Print a monthly or quarterly table."""
    from floodready.rectification.standing import standing_on
    from floodready.rectification.statistics import month, quarter, require_begun
    from floodready.rectification.views_statistics import HEADS, tally_rows

    today = local_day(desk.at, desk.zone)
    period = month(args.year, args.month) if args.month else quarter(args.year, args.quarter)
    require_begun(period, today)
    if args.out:
        from floodready.exchange.hazard_export import write_statistics

        write_statistics(desk.store, desk.view, args.out, period, desk.at, desk.zone, overwrite=args.overwrite)
        return wrote(args, args.out, say("Written: {file}", file=str(args.out)))
    findings = standing_on(desk.store, desk.view, period.last, desk.at, desk.zone)
    rows = tally_rows(desk.view, findings, period, args.by, today)
    if args.json:
        told = [{**asdict(row.tally), "rate": row.rate, "average_days": row.average_days} for row in rows]
        print_json({"first": period.first, "last": period.last, "by": args.by, "lines": told[:-1], "total": told[-1]})
        return 0
    print_rows((args.by.word, *HEADS), [(row.word, *row.figures) for row in rows], plain=args.plain)
    return 0


def open_finding(args: argparse.Namespace, desk: Desk) -> int:
    """Open a record."""
    from floodready.rectification import commands

    made = commands.open_finding(
        desk.store,
        desk.act(),
        unit=args.unit,
        source=args.source,
        description=args.description,
        found_on=args.found_on or local_day(desk.clock.now(), desk.zone),
        zone=desk.zone,
        found_by=args.found_by,
        source_ref=args.source_ref,
        place=args.place,
        works=args.works,
        kind=args.kind,
        harm=args.harm,
        interim=args.interim,
        campaign=args.campaign,
    )
    return done(args, say("Opened: {id}. Next: grade it.", id=made.id), made)


def attach_file(args: argparse.Namespace, desk: Desk) -> int:
    """Attach a file."""
    from floodready.rectification import commands
    from floodready.rectification.models import Attachment
    from floodready.store.attachments import keep

    act = desk.act()
    kept = keep(desk.store.folder, args.file)
    attachment = Attachment(name=kept.name, size=kept.size, sha256=kept.sha256)
    made = commands.attach(desk.store, act, finding=args.finding, attachment=attachment)
    told = say_many(
        "Attached to {id}: {file}, {count} byte, {hash}",
        "Attached to {id}: {file}, {count} bytes, {hash}",
        kept.size,
        id=made.id,
        file=kept.name,
        hash=kept.sha256,
    )
    return done(args, told, made)


def settings(args: argparse.Namespace, desk: Desk) -> int:
    """Show the office's figures, or set those that are named."""
    from floodready.rectification import commands
    from floodready.rectification.reading import settings_of

    held = settings_of(desk.view)
    if wanted := given(args, *SETTINGS):
        held = commands.set_settings(desk.store, desk.act(), settings=held.changed(**wanted), seen=held)
        return done(args, say("The figures are set."), held)
    if args.json:
        print_json({"settings": held})
        return 0
    rows = [(name, getattr(held, name), purpose) for name, purpose in SETTINGS.items()]
    print_rows((say("Name"), say("Value"), say("What")), rows, plain=args.plain)
    return 0


def run_import(args: argparse.Namespace, desk: Desk) -> int:
    """Import a ledger, or show what would be done."""
    from floodready.exchange.hazard_import import Outcome, apply_rows, stage_ledger, unread_columns
    from floodready.exchange.sniff import read_file, unread_told
    from floodready.exchange.wrong_rows import refuse_wrong_rows

    today = local_day(desk.clock.now(), desk.zone)
    data = read_file(args.file)
    staged = stage_ledger(desk.store, data, args.unit, args.file.name, today=today)
    unread = unread_columns(data)
    if not args.json:
        # Before anything is written: where a wrong row stops it, these say which.
        rows = [(row.number, row.outcome.word, row.told, *[row.problem or ""]) for row in staged]
        print_rows((say("Row"), say("Outcome"), say("Description"), say("Problem")), rows, plain=args.plain)
        if unread:
            print(unread_told(unread))
    told: dict[str, Any] = {"rows": staged, "unread": unread}
    refuse_wrong_rows(sum(row.outcome is Outcome.PROBLEM for row in staged), **told)
    if not any(row.row is not None for row in staged):
        return nothing_new(args, written=0, **told)
    if not args.yes:
        return only_shown(args, **told)
    written = apply_rows(desk.store, desk.act(), staged, desk.zone)
    sentence = say_many("Written: {count} record.", "Written: {count} records.", written)
    return done(args, sentence, written=written, **told)


def export_ledger(args: argparse.Namespace, desk: Desk) -> int:
    """Write the ledger as XLSX or CSV, by the file's name."""
    from floodready.exchange.hazard_export import write_ledger
    from floodready.organisation.lookup import known_unit

    if args.unit is not None:
        known_unit(desk.view, args.unit)
    count = write_ledger(desk.view, args.file, desk.at, desk.zone, unit=args.unit, overwrite=args.overwrite)
    return wrote(
        args,
        args.file,
        say_many("Written: {count} record to {file}", "Written: {count} records to {file}", count, file=str(args.file)),
    )
