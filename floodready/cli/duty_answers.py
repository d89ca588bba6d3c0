"""What the duty words share: which unit is meant, how times are read, how spans are shown."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from typing import TYPE_CHECKING

from floodready.cli.output import print_rows
from floodready.clock import local_time
from floodready.language import say, verbatim
from floodready.refusal import WrongUsage

if TYPE_CHECKING:
    from floodready.cli.desk import Desk
    from floodready.duty.views import SpanRow


def the_unit(args: argparse.Namespace, desk: Desk) -> str:
    """Give the unit that is meant.

    Raises WrongUsage where it must be named, Refused where it is unknown or nothing had been entered at the time.
    """
    from floodready.duty.roster import units_with_duty
    from floodready.organisation.lookup import require_unit

    desk.require_something_then()
    if args.unit:
        return require_unit(desk.store, args.unit).id
    units = [unit.id for unit in units_with_duty(desk.store)]
    if len(units) == 1:
        return units[0]
    raise WrongUsage(say("Say which unit: --unit {units}", units=verbatim(" | ".join(units) or "UNIT")))


def show_spans(rows: Iterable[SpanRow], desk: Desk, *, plain: bool) -> None:
    """Print spans as a table."""
    heads = (say("Unit"), say("Post"), say("Person"), say("Phone"), say("From"), say("Until"), say("Why"))
    told = [
        (
            row.unit,
            row.post_name,
            row.name,
            say("{phone} (not verified)", phone=verbatim(row.phone)) if row.phone_is_old else row.phone,
            local_time(row.start, desk.zone),
            local_time(row.end, desk.zone),
            row.why,
        )
        for row in rows
    ]
    print_rows(heads, told, plain=plain)
