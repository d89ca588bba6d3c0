"""What the stock words share: how quantities are read, how rows and receipts are printed."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from floodready.cli.output import print_json, print_rows
from floodready.language import Sentence, say, verbatim
from floodready.missing import not_there
from floodready.refusal import WrongUsage, existing

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from floodready.cli.desk import Desk
    from floodready.materials.models import Item


def quantity_of(desk: Desk, item: str, typed: str, at: datetime | None = None) -> int:
    """Read a quantity as typed for an item, sums and the packs of that day (None: today) included. Raises Refused."""
    from floodready.clock import local_day
    from floodready.materials.typed import typed_quantity

    return typed_quantity(known_item(desk, item), typed, local_day(at or desk.clock.now(), desk.zone))


def known_item(desk: Desk, id: str) -> Item:
    """Give an item. Raises Refused where there is none."""
    from floodready.materials.models import Item

    return existing(desk.store.get(Item, id), not_there("materials.items", id))


def pair(text: str, form: str = "LOT=QUANTITY") -> tuple[str, str]:
    """Read what stands before and behind an equals sign; `form` shows how it is written. Raises WrongUsage."""
    lot, equals, typed = text.partition("=")
    if not equals:
        raise WrongUsage(say("Write {form}, not “{text}”.", form=form, text=verbatim(text)))
    return lot, typed


def show(
    args: argparse.Namespace, name: str, heads: Sequence[Sentence], cells: Sequence[Sequence[object]],
    rows: Sequence[Any],
) -> int:  # fmt: skip
    """Print cells under their heads as a table, or the rows they were made from whole as JSON under a name."""
    if args.json:
        print_json({name: list(rows)})
    else:
        print_rows(heads, cells, plain=args.plain)
    return 0
