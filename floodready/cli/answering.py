"""How the words of the pillars answer: rows as table or JSON, one sentence for what was done, papers as files."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from floodready.cli.output import print_json, print_rows
from floodready.clock import local_time
from floodready.document import Document
from floodready.language import Sentence, say, verbatim
from floodready.missing import not_there
from floodready.refusal import Refused

if TYPE_CHECKING:
    from floodready.cli.desk import Desk

D = TypeVar("D", bound=Document)
Run = Callable[[argparse.Namespace, "Desk"], int]


class Verb(Protocol):
    """Adds a second word, as `Verbs.add` does."""

    def __call__(self, name: str, purpose: Sentence, run: Run, *positional: str) -> argparse.ArgumentParser:
        """Add it with what must follow it; gives its parser for options."""


class Verbs:
    """The second words of a first word."""

    def __init__(self, words: Any, name: str, purpose: Sentence) -> None:
        made = words.add_parser(name, help=str(purpose))
        self._verbs = made.add_subparsers(dest="verb", metavar="VERB", required=True)

    def add(
        self, name: str, purpose: Sentence, run: Run, *positional: str, also: Sequence[str] = ()
    ) -> argparse.ArgumentParser:
        """Add a second word, `also` under other names, with what must follow it; gives its parser for options."""
        made: argparse.ArgumentParser = self._verbs.add_parser(name, aliases=also, help=str(purpose))
        for argument in positional:
            made.add_argument(argument, metavar=argument.upper())
        made.set_defaults(run=run)
        return made


def show(args: argparse.Namespace, desk: Desk, name: str, heads: Sequence[Sentence], fields: str, rows: Any) -> int:
    """Print rows as a table of the named fields under their heads, or whole as JSON under a name."""
    if args.json:
        print_json({name: list(rows)})
        return 0
    told = [[_cell(getattr(row, field), desk) for field in fields.split()] for row in rows]
    print_rows(heads, told, plain=args.plain)
    return 0


def done(
    args: argparse.Namespace, told: Sentence, document: Any = None, *, also: Iterable[Sentence] = (), **parts: Any
) -> int:
    """Tell what was done in a sentence, and for people what must be known `also`.

    With --json: the sentence as `done`, as `document` what was written (several as a list, null where it is none), and
    what else a script needs by its name.
    """
    if args.json:
        print_json({"done": told, "document": document, **parts})
        return 0
    for sentence in (told, *also):
        print(sentence)
    return 0


def add_overwrite(parser: argparse.ArgumentParser) -> None:
    """Add the option of all words that write a file for others."""
    parser.add_argument("--overwrite", action="store_true", help=str(say("write over a file that is there already")))


def add_outcomes(parser: argparse.ArgumentParser) -> None:
    """Add the options that say what became of goods that were given out: quantities as people type them."""
    for name, word in (
        ("good", say("Came back good")),
        ("damaged", say("Came back damaged")),
        ("consumed", say("Consumed")),
        ("lost", say("Lost")),
    ):
        parser.add_argument(f"--{name}", default="0", metavar="QUANTITY", help=str(word))


def write_file(args: argparse.Namespace, content: bytes, name: str | None) -> int:
    """Write a file, or to standard output where none is named. Raises Refused as `write_out` does."""
    if not name:
        if args.json:
            print_json({"content": content.decode()})
        else:
            sys.stdout.buffer.write(content)
        return 0
    from floodready.exchange.file_writing import write_out

    write_out(Path(name), content, overwrite=args.overwrite)
    return wrote(args, Path(name), say("Written: {file}", file=verbatim(name)))


def file_told(file: Path) -> dict[str, Any]:
    """Say of a file that was written where it is and how large, for --json."""
    return {"file": str(file.resolve()), "bytes": file.stat().st_size}


def wrote(args: argparse.Namespace, file: Path, told: Sentence, **parts: Any) -> int:
    """Tell that a file was written: one sentence, and with --json where it is and how large."""
    return done(args, told, **parts, **file_told(file))


def require(desk: Desk, kind: type[D], id: str) -> D:
    """Give a document by its id. Raises Refused, saying how those there are can be found."""
    found = desk.store.get(kind, id)
    if found is None:
        raise Refused(_named(desk, kind, id) or not_there(kind.table, id))
    return found


def _named(desk: Desk, kind: type[Document], id: str) -> Sentence | None:
    from floodready.organisation.lookup import told_by_name
    from floodready.organisation.models import Person, Post, Unit, Works

    return told_by_name(id, [one for one in desk.store.all(kind) if isinstance(one, Unit | Person | Post | Works)])


def given(args: argparse.Namespace, *names: str) -> dict[str, Any]:
    """Give those of the named options that were given, by name."""
    return {name: getattr(args, name) for name in names if getattr(args, name, None) is not None}


def unit_of(args: argparse.Namespace, desk: Desk) -> str:
    """Give the unit meant: --unit, or the one at the top. Raises Refused where there is none."""
    from floodready.organisation.lookup import unit_asked

    desk.require_something_then()
    return unit_asked(desk.view, args.unit).id


def ask_pin(what: Sentence) -> str:
    """Ask for a PIN, unseen, or read one line of input."""
    # Never an argument: the list of processes shows arguments to everybody on the machine.
    if sys.stdin.isatty():
        from getpass import getpass

        return getpass(f"{what}: ")
    return sys.stdin.readline().strip()


def _cell(value: Any, desk: Desk) -> Any:
    if isinstance(value, datetime):
        return local_time(value, desk.zone)
    if isinstance(value, tuple):
        return ", ".join(str(_cell(item, desk)) for item in value)
    if isinstance(value, bool):
        return say("yes") if value else ""
    return value
