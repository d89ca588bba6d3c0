"""What the words of the season share: stations by name, and the rows of imported files."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from floodready.cli.output import print_rows
from floodready.language import say
from floodready.missing import not_there
from floodready.refusal import Refused
from floodready.season.models import Station

if TYPE_CHECKING:
    from floodready.cli.desk import Desk
    from floodready.exchange.season_rows import StagedFile


READING_HEADS = (
    say("Time"), say("Value"), say("Trend"), say("Late"), say("Corrects"), say("Confirmed"), say("Note"), say("Code"),
)  # fmt: skip
READING_FIELDS = "measured_at value trend late earlier confirmed note id"


def tell_rows(args: argparse.Namespace, staged: StagedFile) -> None:
    """Say what each row of a file would do."""
    from floodready.exchange.sniff import unread_told

    if not args.json:
        told = [(row.row, row.outcome.word, row.sentence) for row in staged.rows]
        print_rows((say("Row"), say("Would be"), say("What")), told, plain=args.plain)
        if staged.unread:
            print(unread_told(staged.unread))


def the_station(name: str, desk: Desk) -> Station:
    """Give a station by its code or name. Raises Refused."""
    from floodready.season.station_names import stations_by_name
    from floodready.text import folded

    found = stations_by_name(desk.view.all(Station)).get(folded(name))
    if found is None:
        raise Refused(not_there("season.stations", name))
    return found
