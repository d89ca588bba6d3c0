"""What the words of the season share: stations by name, and the rows of imported files."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from floodready.cli.output import print_json, print_rows
from floodready.language import say, say_many, verbatim
from floodready.missing import not_there
from floodready.refusal import Refused
from floodready.season.models import Station

if TYPE_CHECKING:
    from collections.abc import Sequence

    from floodready.cli.desk import Desk
    from floodready.exchange.season_rows import RowOutcome


READING_HEADS = (
    say("Time"), say("Value"), say("Trend"), say("Late"), say("Corrects"), say("Confirmed"), say("Note"), say("Code"),
)  # fmt: skip
READING_FIELDS = "measured_at value trend late earlier confirmed note id"


def add_dry_run(parser: argparse.ArgumentParser) -> None:
    """Add the option that only tells."""
    parser.add_argument("--dry-run", action="store_true", help=str(say("only say what each row would do")))


def tell_rows(args: argparse.Namespace, rows: Sequence[RowOutcome]) -> None:
    """Say what each row of a file would do."""
    if not args.json:
        told = [(row.row, row.outcome.word, row.sentence) for row in rows]
        print_rows((say("Row"), say("Would be"), say("What")), told, plain=args.plain)


def end_dry_run(args: argparse.Namespace, rows: Sequence[RowOutcome], wrong: int) -> int:
    """Close a dry run; nothing was written."""
    if args.json:
        print_json({"rows": list(rows), "problems": wrong})
    else:
        print(say("Nothing was written: this was a dry run."))
    return 0


def refuse_wrong(args: argparse.Namespace, wrong: int) -> None:
    """Stop where rows have problems. Raises Refused."""
    if wrong:
        raise Refused(
            say_many(
                "{count} row has a problem; nothing was written. Mend it: floodready {word} import FILE --dry-run",
                "{count} rows have problems; nothing was written. Mend them: floodready {word} import FILE --dry-run",
                wrong,
                word=verbatim(args.word),
            )
        )


def the_station(name: str, desk: Desk) -> Station:
    """Give a station by its code or name. Raises Refused."""
    from floodready.season.station_names import stations_by_name
    from floodready.text import folded

    found = stations_by_name(desk.view.all(Station)).get(folded(name))
    if found is None:
        raise Refused(not_there("season.stations", name))
    return found
