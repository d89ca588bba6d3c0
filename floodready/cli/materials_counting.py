"""The counting words of `floodready stock`: open a count, enter what was seen, write the sheet, post."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from floodready.cli.answering import Verb, add_overwrite, done
from floodready.cli.materials_answers import show
from floodready.clock import local_time
from floodready.language import listed, say, say_many, verbatim
from floodready.missing import not_there
from floodready.refusal import Refused, WrongUsage

if TYPE_CHECKING:
    from floodready.cli.desk import Desk
    from floodready.materials.models_counting import CountSession, VarianceReason


def add_to(add: Verb) -> None:
    """Add the acts of this module."""
    made = add("count-open", say("open a count of places"), run_open, "name")
    made.add_argument("places", nargs="+", metavar="PLACE")
    made.add_argument("--person", dest="people", action="append", default=[], metavar="PERSON")
    made.add_argument("--open-figures", action="store_true", help=str(say("show the book figures: not blind")))
    made = add("count", say("enter what was counted"), run_count, "session", "place", "code", "counted")
    made.add_argument("--replace", action="store_true", help=str(say("take the place of an earlier figure")))
    add("count-line", say("enter a line of the paper sheet"), run_line, "session", "number", "counted")
    made = add("count-sheet", say("write the sheet to print"), run_sheet, "session")
    made.add_argument("file", type=Path, metavar="FILE")
    add_overwrite(made)
    add("count-show", say("what a count amounts to"), run_show, "session")
    made = add("count-post", say("post the differences of a count"), run_post, "session")
    made.add_argument("--why", action="append", default=[], metavar="LOT=REASON")
    made.add_argument("--blanks-stay", action="store_true", help=str(say("uncounted lines stay as they are")))
    made.add_argument(
        "--no-moves",
        action="store_true",
        help=str(say("book what was found elsewhere as a loss and a find, not as a transfer")),
    )
    add("counts", say("counts, open and posted"), run_counts)
    add("count-due", say("places and when they are due for a count"), run_due)
    add("codes", say("codes of a count that nobody knew"), run_codes, "session")
    add("resolve-code", say("say what an unknown code was"), run_resolve, "code_id").add_argument(
        "answer", help=str(say("say which lot it is, or what else"))
    )
    add("count-cancel", say("give a count up"), run_cancel, "session")


def run_open(args: argparse.Namespace, desk: Desk) -> int:
    """Open a count."""
    from floodready.materials.commands import open_count

    found = open_count(
        desk.store, desk.act(), name=args.name, places=tuple(args.places), blind=not args.open_figures,
        people=tuple(args.people),
    )  # fmt: skip
    return done(
        args,
        say_many("Opened {id} with {count} line.", "Opened {id} with {count} lines.", len(found.sheet), id=found.id),
        found,
    )


def run_count(args: argparse.Namespace, desk: Desk) -> int:
    """Enter what was counted of a lot."""
    return _observe(args, desk, args.place, args.code, replaces=args.replace)


def run_line(args: argparse.Namespace, desk: Desk) -> int:
    """Enter a line of the paper sheet by its number."""
    session = session_of(desk, args.session)
    if not args.number.isdecimal() or not 1 <= int(args.number) <= len(session.sheet):
        raise Refused(say("The sheet has lines 1 to {last}.", last=len(session.sheet)))
    line = session.sheet[int(args.number) - 1]
    return _observe(args, desk, line.place, line.lot, replaces=False)


def run_sheet(args: argparse.Namespace, desk: Desk) -> int:
    """Write the sheet."""
    from floodready.cli.answering import wrote
    from floodready.exchange.count_sheet import write_count_sheet

    write_count_sheet(args.file, desk.store, session_of(desk, args.session), overwrite=args.overwrite)
    return wrote(args, args.file, say("Written: {file}", file=verbatim(str(args.file))))


def run_show(args: argparse.Namespace, desk: Desk) -> int:
    """Print what each line amounts to; a blind count shows no book figure while it is open."""
    from floodready.materials.count_reading import counted_lines, shown_figure
    from floodready.materials.models import Item
    from floodready.materials.models_counting import SessionState
    from floodready.materials.places import place_told
    from floodready.materials.views import told

    session = session_of(desk, args.session)
    blind = session.blind and session.state is SessionState.OPEN
    facts: list[dict[str, object]] = []
    cells: list[tuple[object, ...]] = []
    for number, line in enumerate(counted_lines(desk.store, session), 1):
        figure, item = shown_figure(session, line), desk.store.get(Item, line.item)
        where = {"number": number, "place": line.spot.place, "lot": line.spot.lot, "item": line.item}
        counted = figure.counted if figure else None
        book, variance = (None, None) if blind else (line.book, line.variance)
        verdict = line.settlement.verdict
        facts.append({**where, "counted": counted, "verdict": verdict, "book": book, "variance": variance})
        counted_told, book_told, difference = (
            "" if n is None or item is None else told(item, n) for n in (counted, book, variance)
        )
        name = line.item if item is None else item.name
        place = place_told(desk.store, line.spot.place)
        cells.append((number, place, line.spot.lot, name, counted_told, verdict.word, book_told, difference))
    heads = (say("No."), say("Place"), say("Lot"), say("Item"), say("Counted"), say("State"), say("Book"),
             say("Difference"))  # fmt: skip
    return show(args, "lines", heads, cells, facts)


def run_post(args: argparse.Namespace, desk: Desk) -> int:
    """Post the differences."""
    from floodready.materials.commands import post_count

    posted = post_count(
        desk.store, desk.act(), zone=desk.zone, session=args.session, reasons=_reasons(args.why),
        blanks_stay_uncounted=args.blanks_stay, finds_as_moves=not args.no_moves,
    )  # fmt: skip
    return done(args, posted.told, posted)


def run_cancel(args: argparse.Namespace, desk: Desk) -> int:
    """Give a count up."""
    from floodready.materials.commands import cancel_count

    found = cancel_count(desk.store, desk.act(), session=args.session)
    return done(args, say("Count {id} is given up.", id=found.id), found)


def run_counts(args: argparse.Namespace, desk: Desk) -> int:
    """Print the counts."""
    from floodready.materials.models_counting import CountSession
    from floodready.materials.places import place_told

    rows = list(desk.view.all(CountSession))
    heads = (say("Count"), say("Name"), say("State"), say("Opened"), say("Places"), say("Lines"))
    cells = [
        (r.id, r.name, r.state.word, local_time(r.opened_at, desk.zone),
         listed([place_told(desk.view, place) for place in r.places]), len(r.sheet))
        for r in rows
    ]  # fmt: skip
    return show(args, "counts", heads, cells, rows)


def run_due(args: argparse.Namespace, desk: Desk) -> int:
    """Print the places with stock by the day on which they are due for a count."""
    from floodready.materials.views_due import places_due

    rows = places_due(desk.view, desk.at, desk.zone)
    heads = (say("Place"), say("Name"), say("Lots"), say("Never counted"), say("Last counted"), say("Due"), say("Why"),
             say("!"))  # fmt: skip
    cells = [
        (r.place, r.name, r.lots, r.never_counted or "", r.last_on, r.due_on or say("now"), r.cause.word,
         say("overdue") if r.overdue else "") for r in rows
    ]  # fmt: skip
    return show(args, "places", heads, cells, rows)


def run_codes(args: argparse.Namespace, desk: Desk) -> int:
    """Print the codes that nobody knew."""
    from floodready.materials.models_counting import UnresolvedCode
    from floodready.materials.places import place_told
    from floodready.organisation.lookup import person_name

    rows = list(desk.view.find(UnresolvedCode, session=session_of(desk, args.session).id))
    heads = (say("No."), say("Code"), say("Place"), say("Typed"), say("By"), say("Time"), say("Answer"))
    cells = [
        (r.id, r.code, place_told(desk.view, r.place), r.typed, person_name(desk.view, r.counter),
         local_time(r.scanned_at, desk.zone), r.answer) for r in rows
    ]  # fmt: skip
    return show(args, "codes", heads, cells, rows)


def run_resolve(args: argparse.Namespace, desk: Desk) -> int:
    """Say what an unknown code was."""
    from floodready.materials.commands import resolve_code

    found = resolve_code(desk.store, desk.act(), unresolved=args.code_id, answer=args.answer)
    return done(args, say("Answered {code}.", code=verbatim(found.code)), found)


def session_of(desk: Desk, id: str) -> CountSession:
    """Give a count session. Raises Refused where there is none."""
    from floodready.materials.models_counting import CountSession

    found = desk.store.get(CountSession, id)
    if found is None:
        raise Refused(not_there("open count", id))
    return found


def _observe(args: argparse.Namespace, desk: Desk, place: str, code: str, *, replaces: bool) -> int:
    from floodready.materials.commands import observe
    from floodready.materials.count_reading import booked_told

    entered = observe(
        desk.store, desk.act(), zone=desk.zone, session=args.session, place=place, code=code, typed=args.counted,
        counted_at=desk.clock.now(), seen_seq=desk.store.seq, replaces=replaces,
    )  # fmt: skip
    if entered.unresolved is not None:
        told = say("{code} is not a lot known here. It is kept as unresolved; go on.", code=verbatim(code))
    elif entered.booked_at:
        told = booked_told(desk.store, entered.booked_at)
    elif not args.counted.strip():
        told = say("Entered as uncounted, which is not zero.")
    else:
        told = say("Entered {counted}.", counted=verbatim(args.counted))
    return done(args, told, entered)


def _reasons(pairs: list[str]) -> dict[str, VarianceReason]:
    from floodready.materials.models_counting import VarianceReason

    found = {}
    for pair in pairs:
        lot, _, word = pair.partition("=")
        if word not in {reason.value for reason in VarianceReason}:
            known = ", ".join(reason.value for reason in VarianceReason)
            raise WrongUsage(
                say("“{word}” is not a reason. Known: {known}", word=verbatim(word), known=verbatim(known))
            )
        found[lot] = VarianceReason(word)
    return found
