"""`floodready hazard criteria`, `suggest`, `import-criteria`: the published lists that help with grading."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING

from floodready.cli.answering import Verb, done
from floodready.cli.output import print_json, print_rows
from floodready.cli.showing import add_file, nothing_new, only_shown, print_change
from floodready.language import say, verbatim
from floodready.missing import not_there
from floodready.refusal import WrongUsage

if TYPE_CHECKING:
    from floodready.cli.desk import Desk
    from floodready.rectification.grading import Criteria
    from floodready.store.contract import View


def add_to(verb: Verb) -> None:
    """Add the verbs of the criteria lists."""
    lists = verb("criteria", say("the criteria lists, with their source, or the items of one"), list_criteria)
    lists.add_argument("criteria", nargs="?")
    suggest = verb("suggest", say("suggest a grade from the criteria that hold; a person decides"), suggest_grade)
    suggest.add_argument("criteria")
    suggest.add_argument("codes", nargs="*", metavar="CODE")
    lists = verb("import-criteria", say("import criteria lists for major hazards from a JSON file"), import_criteria)
    add_file(lists)


def list_criteria(args: argparse.Namespace, desk: Desk) -> int:
    """List the criteria lists, or the items of one."""
    from floodready.rectification.grading import Criteria

    if args.criteria is not None:
        _the_criteria(desk.view, args.criteria)
    criteria = [one for one in desk.view.all(Criteria) if args.criteria in (None, one.id)]
    if args.json:
        print_json({"criteria": criteria})
        return 0
    if args.criteria is None:
        heads = [say("Code"), say("Name"), say("Basic needed"), say("Physical needed"), say("Published list")]
        told: list[tuple[object, ...]] = [
            (one.id, one.name, one.basic_needed, one.physical_needed, one.source) for one in criteria
        ]
    else:
        heads = [say("Item"), say("Kind"), say("Text")]
        told = [(item.code, kind, item.text) for one in criteria for kind, item in one.items()]
    print_rows(heads, told, plain=args.plain)
    return 0


def import_criteria(args: argparse.Namespace, desk: Desk) -> int:
    """Show which criteria lists a file would put in place, item by item, and with --yes take them."""
    from floodready.exchange.hazard_criteria import read_criteria
    from floodready.exchange.sniff import read_file
    from floodready.rectification import commands
    from floodready.rectification.grading import Criteria

    read = read_criteria(read_file(args.file))
    held = [one for one in desk.store.all(Criteria) if one.id in {new.id for new in read}]
    if not args.json:
        heads = (say("Code"), say("Kind"), say("Item"), say("Text"))
        print_change(heads, _item_rows(held), _item_rows(read), plain=args.plain)
    if read and all(one in held for one in read):
        return nothing_new(args, criteria=read)
    if read and not args.yes:
        return only_shown(args, criteria=read)
    made = commands.put_criteria(desk.store, desk.act(), criteria=read)
    return done(args, say("Criteria lists imported: {count}", count=made), read)


def _item_rows(lists: Sequence[Criteria]) -> list[tuple[str, ...]]:
    return [(one.id, str(kind), item.code, item.text) for one in lists for kind, item in one.items()]


def suggest_grade(args: argparse.Namespace, desk: Desk) -> int:
    """Suggest a grade."""
    from floodready.rectification.grading import suggest

    criteria = _the_criteria(desk.view, args.criteria)
    codes = {item.code for _, item in criteria.items()}
    if wrong := [code for code in args.codes if code not in codes]:
        raise WrongUsage(
            say("{criteria} has no item {codes}. See: floodready hazard criteria {criteria}",
                criteria=verbatim(criteria.id), codes=verbatim(", ".join(wrong)))
        )  # fmt: skip
    made = suggest(criteria, args.codes)
    if args.json:
        print_json({"suggestion": made})
    else:
        print(say("Suggested: {grade} ({why}). Source: {source}. A named person decides.", grade=made.grade.word,
                  why=made.why, source=made.source))  # fmt: skip
    return 0


def _the_criteria(view: View, id: str) -> Criteria:
    from floodready.rectification.grading import Criteria
    from floodready.refusal import existing

    return existing(view.get(Criteria, id), not_there("rectification.criteria", id))
