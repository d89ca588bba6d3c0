"""A table of storage quotas from a JSON file: its source and clause, its rows, and the named coefficients."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import Any

from floodready.codec import decode as decode_document
from floodready.document import problems_of
from floodready.exchange.json_flaws import flaw_of, object_in
from floodready.exchange.sniff import decode, read_file
from floodready.language import say, verbatim
from floodready.materials.models_equipment import QuotaTable
from floodready.refusal import Refused


def read_quota_table(path: Path) -> QuotaTable:
    """Read a table; `materials.commands.put_quotas` checks its figures and takes it in.

    One JSON object: `id`, `name`, `source`, `clause`, `in_force_on`, `rows` of `works_kind`, `grade`, `item`, `base`,
    `per`, `coefficients`, and `coefficients` of `name`, `value`; `base` and `value` are decimals in quotes, `per` is a
    whole number. Raises Refused, naming the row that is wrong.
    """
    text, _encoding = decode(read_file(path))
    try:
        table = decode_document(QuotaTable, object_in(text))
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise Refused(
            say(
                "{file} is not a quota table ({problem}). It is one JSON object with id, name, source, clause, "
                "in_force_on, rows and coefficients.",
                file=verbatim(path.name),
                problem=flaw_of(error),
            )
        ) from error
    for number, row in enumerate(table.rows, 1):
        # One by one: of all of them together it would only be told that rows are wrong.
        for problem in problems_of(QuotaTable, {**_whole(table), "rows": (row,)}).values():
            raise Refused(
                say("{file}, row {row}: {item}: {problem}", file=verbatim(path.name), row=number,
                    item=verbatim(str(row.item)), problem=problem)
            )  # fmt: skip
    return table


def _whole(table: QuotaTable) -> dict[str, Any]:
    return {field.name: getattr(table, field.name) for field in fields(table)}
