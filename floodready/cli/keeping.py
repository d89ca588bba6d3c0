"""Words about keeping the store: verify, backup, restore, upgrade."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from floodready.cli.answering import done
from floodready.cli.output import print_json
from floodready.language import Sentence, say, say_many, verbatim
from floodready.refusal import WrongUsage

if TYPE_CHECKING:
    from floodready.cli.desk import Desk
    from floodready.store.backup import Backup


def add_to(words: Any) -> None:
    """Add the words `verify`, `backup`, `restore` and `upgrade`."""
    verify = words.add_parser("verify", help=str(say("prove that the store is whole")))
    verify.set_defaults(run=run_verify)
    backup = words.add_parser("backup", help=str(say("write a backup of the store")))
    backup.add_argument(
        "target", nargs="?", type=Path, metavar="FILE", help=str(say("the file to write; without it, in the store"))
    )
    backup.set_defaults(run=run_backup)
    restore = words.add_parser("restore", help=str(say("put a backup in the store's place; what was there is kept")))
    restore.add_argument("source", type=Path, metavar="FILE", help=str(say("the backup file")))
    restore.add_argument("--yes", action="store_true", help=str(say("do it without asking")))
    restore.set_defaults(run=run_restore)
    upgrade = words.add_parser("upgrade", help=str(say("bring an older program's store up to this program's format")))
    upgrade.set_defaults(run=run_upgrade)


def run_verify(args: argparse.Namespace, desk: Desk) -> int:
    """Fold the journal anew and compare everything with it; 3 where the store is not whole."""
    from floodready.store.verify import verify

    report = verify(desk.folder)
    if args.json:
        print_json(
            {
                "whole": report.whole,
                "transactions": report.transactions,
                "documents": report.documents,
                "files": report.files,
                "hash": report.last_hash,
                "problems": report.problems,
                "notes": report.notes,
            }
        )
    else:
        print(report.sentence)
        for sentence in (*report.problems, *report.notes):
            print(f"  {sentence}")
    return 0 if report.whole else 3


def run_backup(args: argparse.Namespace, desk: Desk) -> int:
    """Write a backup; 3 where attached files are missing, so that a nightly run is noticed."""
    from floodready.command import check_permission
    from floodready.organisation.permissions import Permission
    from floodready.store.backup import back_up

    check_permission(desk.store, desk.act().person, Permission.STORE_BACKUP)
    made = back_up(desk.store, args.target)
    told = say("Backup written: {path}, {figures}.", path=verbatim(str(made.path)), figures=_figures(made))
    done(args, told, _facts(made))
    if made.missing:
        print(say("These attached files are missing or spoiled and therefore not in it: {names}. "
                  "See: floodready verify", names=verbatim(", ".join(made.missing))), file=sys.stderr)  # fmt: skip
    return 3 if made.missing else 0


def run_restore(args: argparse.Namespace, desk: Desk) -> int:
    """Put a backup in the store's place, after asking; the journal that was there stays in the folder."""
    from floodready.cli.restoring import who_may_restore
    from floodready.store.backup import read_backup, restore

    backup = read_backup(args.source)
    act = who_may_restore(desk, backup)
    if not args.yes:
        if not sys.stdin.isatty():
            raise WrongUsage(say("Restoring replaces what the store shows. To restore without being asked, add --yes."))
        question = say_many(
            "Put the backup of {at} ({count} transaction) in the place of what {folder} shows now? Type yes: ",
            "Put the backup of {at} ({count} transactions) in the place of what {folder} shows now? Type yes: ",
            backup.transactions,
            at=backup.at,
            folder=verbatim(str(desk.folder)),
        )
        if input(str(question)).strip().lower() != "yes":
            print(say("Nothing was changed."))
            return 0
    restored = restore(desk.folder, backup.path, act, clock=desk.clock)
    told = say("Restored from {path}: {figures}.", path=verbatim(str(backup.path)), figures=_figures(backup))
    kept = None if restored.kept is None else str(restored.kept)
    also = [] if kept is None else [say("The journal that counted before stays in {path}", path=verbatim(kept))]
    return done(args, told, _facts(restored.backup), also=also, kept=kept)


def run_upgrade(args: argparse.Namespace, desk: Desk) -> int:
    """Rewrite the journal in this program's format; a store of an older format cannot be asked who may do so."""
    from floodready.store.upgrade import upgrade

    kept = upgrade(desk.folder, clock=desk.clock)
    if kept is None:
        return done(args, say("The store is in this program's format already."), backup=None)
    told = say("The store was brought up to this program's format. Backup: {path}", path=verbatim(str(kept)))
    return done(args, told, backup=str(kept))


def _figures(backup: Backup) -> Sentence:
    return say(
        "{transactions}, {files}",
        transactions=say_many("{count} transaction", "{count} transactions", backup.transactions),
        files=say_many("{count} attached file", "{count} attached files", backup.files),
    )


def _facts(backup: Backup) -> dict[str, Any]:
    return {
        "path": str(backup.path),
        "transactions": backup.transactions,
        "files": backup.files,
        "missing": list(backup.missing),
        "at": backup.at,
        "hash": backup.last_hash,
    }
