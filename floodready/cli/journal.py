"""`floodready journal`: who did what, when and why; and undo."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from floodready.acts import act_told
from floodready.cli.answering import done
from floodready.cli.numbers import several, whole
from floodready.cli.output import print_json, print_rows
from floodready.clock import local_time
from floodready.language import say, verbatim
from floodready.organisation.lookup import names_of_actors
from floodready.refusal import Refused, WrongUsage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from floodready.cli.desk import Desk
    from floodready.store.contract import Entry


def add_to(words: Any) -> None:
    """Add the word `journal`."""
    journal = words.add_parser("journal", help=str(say("who did what, when and why; undo")))
    journal.add_argument("seq", nargs="?", type=whole, help=str(say("one entry, with its documents before and after")))
    journal.add_argument("--last", type=several, default=20, metavar="N", help=str(say("how many, newest first")))
    journal.add_argument("--by", metavar="PERSON", help=str(say("only what this person did")))
    journal.add_argument("--since", metavar="TIME", help=str(say("only from this time on; --at is the last one shown")))
    journal.add_argument("--touching", metavar="WHAT", help=str(say("only what changed this: an id, or a name")))
    journal.add_argument(
        "--whole", action="store_true", help=str(say("of one entry also the fields that stayed as they were"))
    )
    journal.add_argument("--undo", action="store_true", help=str(say("undo the entry by a compensating one")))
    journal.set_defaults(run=run_journal)


def run_journal(args: argparse.Namespace, desk: Desk) -> int:
    """List entries, show one, or take one back."""
    if args.seq is None:
        if args.undo:
            raise Refused(say("Say which entry to undo: floodready journal NUMBER --undo"))
        return _list(args, desk)
    entry = next(desk.store.entries(after=args.seq - 1, until=args.seq), None) if args.seq > 0 else None
    if entry is None:
        raise Refused(say("There is no entry {seq}; the last is {last}.", seq=args.seq, last=desk.store.seq))
    if args.undo:
        return _undo(args, desk, entry)
    return _show(args, desk, entry)


def _list(args: argparse.Namespace, desk: Desk) -> int:
    from floodready.organisation.lookup import known_person
    from floodready.store.contract import SYSTEM

    if args.by not in (None, SYSTEM):
        known_person(desk.store, args.by)
    found: list[Entry] = []
    for entry in _wanted(args, desk):
        if len(found) == args.last:
            break
        found.append(entry)
    if args.json:
        print_json({"entries": [_head(entry) for entry in found]})
        return 0
    from floodready.reports.journal_words import DocumentNames

    heads = (say("No."), say("Time"), say("Person"), say("Terminal"), say("What"), say("Documents"), say("Reason"))
    documents = DocumentNames(desk.store)
    names = names_of_actors(desk.store)
    rows = [
        (
            e.seq,
            local_time(e.at, desk.zone),
            names.get(e.person, e.person),
            e.terminal,
            act_told(e.command),
            documents.all_told(e.changes),
            e.reason,
        )
        for e in found
    ]
    print_rows(heads, rows, plain=args.plain)
    return 0


def _wanted(args: argparse.Namespace, desk: Desk) -> Iterator[Entry]:
    from floodready.reports.journal_words import DocumentNames

    since = desk.instant_given(args.since)
    if since is not None and since > desk.at:
        raise WrongUsage(say("The time asked about begins after it ends: give --since before --at."))
    documents = DocumentNames(desk.store)
    for entry in desk.store.entries_backwards():
        if since is not None and entry.at < since:
            return
        by = args.by in (None, entry.person)
        touching = args.touching is None or any(documents.fits(change, args.touching) for change in entry.changes)
        # Only who asks for a time is kept from what is later: a clock that was set back must hide no entry.
        if by and touching and (args.at is None or entry.at <= desk.at):
            yield entry


def _show(args: argparse.Namespace, desk: Desk, entry: Entry) -> int:
    if args.json:
        print_json(_as_stored(entry))
        return 0
    print(
        say(
            "{seq}: {command} by {person} at {terminal}, {time} ({zone})",
            seq=entry.seq,
            command=act_told(entry.command),
            person=verbatim(names_of_actors(desk.store).get(entry.person, entry.person)),
            terminal=entry.terminal,
            time=local_time(entry.at, desk.zone),
            zone=desk.zone.key,
        )
    )
    if entry.reason:
        print(say("Reason: {reason}", reason=entry.reason))
    _print_fields(args, desk, entry)
    return 0


def _print_fields(args: argparse.Namespace, desk: Desk, entry: Entry) -> None:
    from itertools import groupby

    from floodready.reports.journal_fields import fields_told

    heads = (say("Field"), say("Before"), say("After"))
    told = fields_told(desk.store, desk.zone, entry.changes, whole=args.whole)
    for (document, stored), fields in groupby(told, key=lambda field: (field.document, field.stored)):
        print(say("{document} ({stored})", document=document, stored=verbatim(stored)))
        print_rows(heads, [(one.word, one.before, one.after) for one in fields], plain=args.plain)


def _as_stored(entry: Entry) -> dict[str, Any]:
    """Give an entry for programs: its values as the journal has them, but for secrets."""
    from floodready.organisation.secrecy import without_secrets

    changes = [
        {"table": c.table, "id": c.id, "before": dict(c.before or {}) or None, "after": dict(c.after or {}) or None}
        for c in map(without_secrets, entry.changes)
    ]
    return {"entry": _head(entry), "changes": changes}


def _undo(args: argparse.Namespace, desk: Desk, entry: Entry) -> int:
    from floodready.command import undo_entry

    undo_entry(desk.store, desk.act(), entry)
    told = say("Undone: {seq}, {command}.", seq=entry.seq, command=act_told(entry.command))
    return done(args, told, undone=entry.seq)


def _head(entry: Entry) -> dict[str, Any]:
    names = ("seq", "at", "person", "terminal", "command", "command_id", "reason", "hash")
    return {name: getattr(entry, name) for name in names}
