"""`floodready duty print`, `ical`: the roster for a wall and for a calendar program."""

from __future__ import annotations

import argparse
from datetime import timedelta
from typing import TYPE_CHECKING

from floodready.cli.answering import Verb, add_overwrite, write_file
from floodready.cli.duty_answers import the_unit
from floodready.cli.numbers import refuse_too_far, some_days
from floodready.language import say, verbatim
from floodready.refusal import WrongUsage

if TYPE_CHECKING:
    from floodready.cli.desk import Desk


def add_to(verb: Verb) -> None:
    """Add the verbs that write the roster for others."""
    paper = verb("print", say("write the month's roster as HTML or XLSX"), print_month)
    paper.add_argument("file", help=str(say("a file ending in .html or .xlsx")))
    paper.add_argument("--month", metavar="YYYY-MM", help=str(say("without it, the month asked about")))
    add_overwrite(paper)
    ical = verb("ical", say("write the duty of a unit, post or person as iCalendar"), write_ical)
    ical.add_argument("--out", metavar="FILE", help=str(say("the file to write")))
    add_overwrite(ical)
    ical.add_argument("--post")
    ical.add_argument("--of", metavar="PERSON", help=str(say("only this person")))
    ical.add_argument("--days", type=some_days, default=180)
    ical.add_argument(
        "--sent-at", metavar="TIME", help=str(say("when it was last sent; withdrawn turns are cancelled"))
    )


def print_month(args: argparse.Namespace, desk: Desk) -> int:
    """Write the month on paper."""
    from datetime import date
    from pathlib import Path

    from floodready.clock import local_day
    from floodready.exchange.duty_print import as_html, as_xlsx, month_of

    try:
        first = date.fromisoformat(f"{args.month}-01") if args.month is not None else local_day(desk.at, desk.zone)
    except ValueError as error:
        raise WrongUsage(say("“{text}” is not a month. Write 2026-07", text=verbatim(args.month))) from error
    refuse_too_far(args.month, first)
    month = month_of(desk.view, the_unit(args, desk), first, desk.zone)
    match Path(args.file).suffix.lower():
        case ".html":
            content = as_html(month).encode()
        case ".xlsx":
            content = as_xlsx(month)
        case _:
            raise WrongUsage(say("Name a file that ends in .html or .xlsx."))
    return write_file(args, content, args.file)


def write_ical(args: argparse.Namespace, desk: Desk) -> int:
    """Write the calendar, or print it."""
    from floodready.exchange.duty_ical import Wanted, calendar_text
    from floodready.organisation.lookup import known_person, require_post

    unit = the_unit(args, desk)
    if args.post:
        require_post(desk.store, args.post, unit)
    if args.of:
        known_person(desk.store, args.of)  # one who left may still ask for the duty stood
    wanted = Wanted(
        unit=unit,
        start=desk.at,
        end=desk.at + timedelta(days=args.days),
        post=args.post,
        person=args.of,
    )
    earlier = desk.store.past(desk.instant(args.sent_at)) if args.sent_at is not None else None
    return write_file(args, calendar_text(desk.view, wanted, desk.at, desk.zone, earlier).encode(), args.out)
