"""Who may put a backup in a store's place, also where the store is spoiled so badly that it cannot be asked."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from floodready.cli.answering import ask_pin
from floodready.language import say, verbatim
from floodready.refusal import NotAllowed, StoreProblem
from floodready.store.contract import SYSTEM, Act

if TYPE_CHECKING:
    from floodready.cli.desk import Desk
    from floodready.store.backup import Backup


def who_may_restore(desk: Desk, backup: Backup) -> Act:
    """Say who restores: one whom the store permits it, or, where its journal is spoiled, whom the backup does.

    The backup's own staff list then decides, and the PIN that it knows: whoever merely holds a backup file and can
    write to the folder cannot thereby make an administrator of themselves. Raises NotAllowed, StoreProblem for the
    store of a newer program.
    """
    from floodready.command import check_permission
    from floodready.organisation.permissions import Permission
    from floodready.store.verify import verify

    try:
        report = verify(desk.folder)
        if report.journal_whole:
            act = desk.act()
            check_permission(desk.store, act.person, Permission.STORE_RESTORE)
            return act
        spoiled = report.problems[0]
    except StoreProblem as problem:
        _refuse_newer(desk)
        spoiled = problem.sentence
    print(spoiled, file=sys.stderr)
    return _by_the_backup(desk, backup)


def _by_the_backup(desk: Desk, backup: Backup) -> Act:
    from floodready.organisation.models import Person, Pin
    from floodready.organisation.permissions import Permission, permitted
    from floodready.organisation.pin import is_right
    from floodready.store.backup import document_in

    named = desk.args.person or os.environ.get("FLOODREADY_PERSON")
    if not named or named == SYSTEM:
        raise NotAllowed(
            say("No store can be asked who you are. Say it: --as PERSON, an administrator whom the backup knows.")
        )
    person = document_in(backup.path, Person, named)
    if person is None or not person.active or not permitted(person.roles, Permission.STORE_RESTORE):
        raise NotAllowed(
            say(
                "The backup of {at} knows no {person} who may restore. Name an administrator it knows: --as PERSON",
                at=backup.at,
                person=verbatim(named),
            )
        )
    pin = document_in(backup.path, Pin, named)
    if pin is not None and not is_right(
        ask_pin(say("PIN of {person}, as the backup knows it", person=person.name)), pin
    ):
        raise NotAllowed(say("That is not the PIN that the backup of {at} knows. Nothing was changed.", at=backup.at))
    return Act(person=named, terminal=desk.terminal, reason=desk.args.reason)


def _refuse_newer(desk: Desk) -> None:
    from floodready.store.current import FORMAT, read_current, require_format
    from floodready.store.disk import RealDisk

    try:
        current = read_current(RealDisk(), desk.folder)
    except StoreProblem:
        return
    if current.format > FORMAT:
        require_format(current, desk.folder)
