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
    journal.add_argument("--undo", action="store_true", help=str(say("take the entry back by a compensating one")))
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
    from floodready.field_words import field_word
    from floodready.organisation.secrecy import changed_fields, without_secrets
    from floodready.reports.journal_words import DocumentNames

    if args.json:
        shown = map(without_secrets, entry.changes)
        changes = [
            {"table": c.table, "id": c.id, "before": dict(c.before or {}) or None, "after": dict(c.after or {}) or None}
            for c in shown
        ]
        print_json({"entry": _head(entry), "changes": changes})
        return 0
    print(
        say(
            "{seq}: {command} by {person} at {terminal}, {time}",
            seq=entry.seq,
            command=act_told(entry.command),
            person=verbatim(names_of_actors(desk.store).get(entry.person, entry.person)),
            terminal=entry.terminal,
            time=local_time(entry.at, desk.zone),
        )
    )
    documents = DocumentNames(desk.store)
    if entry.reason:
        print(say("Reason: {reason}", reason=entry.reason))
    for change in entry.changes:
        print(say("{document} ({stored})", document=documents.told(change),
                  stored=verbatim(f"{change.table} {change.id}")))  # fmt: skip
        rows = [(field_word(change.table, name), before, after) for name, before, after in changed_fields(change)]
        print_rows((say("Field"), say("Before"), say("After")), rows, plain=args.plain)
    return 0


def _undo(args: argparse.Namespace, desk: Desk, entry: Entry) -> int:
    from floodready.command import undo_entry

    undo_entry(desk.store, desk.act(), entry)
    told = say("Undone: {seq}, {command}.", seq=entry.seq, command=act_told(entry.command))
    return done(args, told, undone=entry.seq)


def _head(entry: Entry) -> dict[str, Any]:
    names = ("seq", "at", "person", "terminal", "command", "command_id", "reason", "hash")
    return {name: getattr(entry, name) for name in names}
