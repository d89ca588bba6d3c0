"""`floodready stock import …`: a ledger's dry run and commit, with a counter, stopped by Ctrl-C; undo of a batch."""

from __future__ import annotations

import argparse
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import current_thread, main_thread
from typing import TYPE_CHECKING, Any

from floodready.cli.answering import Verb, done
from floodready.cli.materials_answers import show
from floodready.cli.output import print_rows
from floodready.cli.showing import add_file, nothing_new, only_shown
from floodready.clock import local_time
from floodready.language import Sentence, say, say_as, verbatim
from floodready.missing import not_there
from floodready.refusal import Refused, WrongUsage

if TYPE_CHECKING:
    from floodready.cli.desk import Desk
    from floodready.exchange.ledger_import import DryRun


def add_to(add: Verb) -> None:
    """Add the acts of this module."""
    from floodready.exchange.ledger_preview import ENCODINGS

    made = add("import", say("import a ledger: shown first, written with --yes"), run_import)
    add_file(made)
    made.add_argument("--place", required=True, metavar="PLACE")
    made.add_argument("--column", dest="columns", action="append", default=[], metavar="MEANING=LETTER",
                      help=str(say("what a column holds, like name=B; - for not used")))  # fmt: skip
    made.add_argument("--encoding", choices=ENCODINGS, help=str(say("read the file so, whatever its bytes look like")))
    add("imports", say("ledgers that were imported"), run_imports)
    add("undo-import", say("take an imported ledger back as one batch"), run_undo, "batch")


class Counter:
    """Counts rows on stderr where a person sits there, and stops between rows once Ctrl-C was pressed.

    A stop comes only while rows are read or prepared: what is written is one line of the journal, whole or not at all.
    """

    def __init__(self, what: Sentence) -> None:
        self._what = what
        self._shown = sys.stderr.isatty()
        self._stopped = False

    def __call__(self, done: int, rows: int) -> None:
        """Take note of progress. Raises KeyboardInterrupt where Ctrl-C was pressed."""
        if self._stopped:
            raise KeyboardInterrupt
        if self._shown:
            told = say("{what}: row {done} of {rows}, ctrl+c stops", what=self._what, done=done, rows=rows)
            sys.stderr.write(f"\r{told}\x1b[K")
            sys.stderr.flush()

    def stop(self, *_: object) -> None:
        """Stop at the next row."""
        self._stopped = True

    @contextmanager
    def counting(self) -> Iterator[None]:
        """Take Ctrl-C for a wish to stop, as long as this lasts."""
        listening = current_thread() is main_thread()
        before = signal.signal(signal.SIGINT, self.stop) if listening else None
        try:
            yield
        finally:
            if listening:
                signal.signal(signal.SIGINT, before)
            if self._shown:
                sys.stderr.write("\r\x1b[K")


def run_import(args: argparse.Namespace, desk: Desk) -> int:
    """Show what a ledger would change, and write it where told to."""
    from floodready.exchange.ledger_import import Outcome, commit, dry_run
    from floodready.exchange.wrong_rows import refuse_wrong_rows

    counter = Counter(say_as("rows of a file", "reading"))
    with counter.counting():
        run = dry_run(
            desk.store, args.file, place=args.place, zone=desk.zone, columns=dict(map(_column, args.columns)),
            encoding=args.encoding, progress=counter,
        )  # fmt: skip
    if not args.json:
        _print_rows(args, run)
    told = _facts(run)
    refuse_wrong_rows(run.count(Outcome.ERROR), **told)
    if not any(row.outcome in (Outcome.CREATES, Outcome.CHANGES) for row in run.rows):
        return nothing_new(args, **told)
    if not args.yes:
        return only_shown(args, **told)
    counter = Counter(say("writing"))
    with counter.counting():
        made = commit(desk.store, desk.act(), run, zone=desk.zone, progress=counter)
    if made.batch is None:
        return nothing_new(args, **told)
    sentence = say("Imported as {batch}: {created} new, {count} to be counted, {same} unchanged.", batch=made.batch,
                   created=made.created, count=made.to_count, same=made.unchanged)  # fmt: skip
    return done(args, sentence, made, **told)


def run_imports(args: argparse.Namespace, desk: Desk) -> int:
    """Print what was imported."""
    from floodready.materials.models_papers import LedgerImport

    rows = list(desk.view.all(LedgerImport))
    heads = (say("Batch"), say("File"), say("Time"), say("Place"), say("Rows"), say("New"))
    cells = [(r.id, r.file_name, local_time(r.imported_at, desk.zone), r.place, r.rows, r.movements) for r in rows]
    return show(args, "imports", heads, cells, rows)


def run_undo(args: argparse.Namespace, desk: Desk) -> int:
    """Take a batch back."""
    from floodready.command import undo_entry
    from floodready.materials.models_papers import LedgerImport

    found = desk.store.get(LedgerImport, args.batch)
    if found is None:
        raise Refused(not_there("materials.imports", args.batch))
    entry = next(desk.store.history(LedgerImport.table, found.id))
    undo_entry(desk.store, desk.act(), entry)
    return done(args, say("Took back {batch}: {file}.", batch=found.id, file=verbatim(found.file_name)), found)


def _column(text: str) -> tuple[str, int]:
    """Read `name=B` as what a column means and its place from 0; `-` is no column. Raises WrongUsage."""
    from floodready.exchange.ledger_preview import MEANINGS, column_place

    meaning, _, letter = text.partition("=")
    place = -1 if letter == "-" else column_place(letter)
    if meaning not in MEANINGS or place is None:
        known = ", ".join(MEANINGS)
        raise WrongUsage(
            say("Write MEANING=LETTER, like name=B, not “{text}”. Known: {known}", text=verbatim(text),
                known=verbatim(known))
        )  # fmt: skip
    return meaning, place


def _print_rows(args: argparse.Namespace, run: DryRun) -> None:
    heads = (say("Row"), say("Outcome"), say("Item"), say("Holder"), say("Typed"), say("Before"), say("After"),
             say("Says"))  # fmt: skip
    print_rows(heads, [
        (row.number, row.outcome.word, row.line.name if row.line else "",
         row.line.holder.word if row.line else "", row.line.typed if row.line else "",
         row.told(row.before), row.told(row.after), row.says) for row in run.rows
    ], plain=args.plain)  # fmt: skip
    for note in run.notes:
        print(note)


def _facts(run: DryRun) -> dict[str, Any]:
    """Give what a script is told of the rows of a ledger."""
    from floodready.exchange.ledger_import import Outcome

    rows = [
        {"row": r.number, "outcome": r.outcome, "line": r.line, "before": r.before, "after": r.after, "says": r.says}
        for r in run.rows
    ]
    counts = {outcome.value: run.count(outcome) for outcome in Outcome}
    return {"encoding": run.file.encoding, "counts": counts, "notes": run.notes, "rows": rows}
