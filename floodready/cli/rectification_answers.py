"""What the words of rectification share: records as a table."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from floodready.cli.output import print_json, print_rows
from floodready.language import say

if TYPE_CHECKING:
    from floodready.rectification.views import FindingRow


def print_findings(args: argparse.Namespace, rows: list[FindingRow]) -> int:
    """Print records as a table, or with --json whole."""
    from floodready.rectification.views import light_told, state_told

    if args.json:
        print_json({"records": rows})
        return 0
    heads = (
        say("Due light"),
        say("Case number"),
        say("State"),
        say("Grade"),
        say("Unit"),
        say("Description"),
        say("Responsible"),
        say("Deadline"),
    )
    told = [
        (
            light_told(row),
            row.id,
            state_told(row),
            row.grade.word if row.grade else "",
            row.unit_name,
            row.description,
            row.responsible,
            row.deadline_on,
        )
        for row in rows
    ]
    print_rows(heads, told, plain=args.plain)
    return 0
