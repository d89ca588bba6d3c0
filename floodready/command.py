"""Commands: the only way to write. One function serves the screens, the command line and the imports.

A command is a function of a transaction. Calling it with a store checks the person's permission and runs it in one
transaction, once for a command id; `within` makes it a part of another command's transaction.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Any, Concatenate, Generic, ParamSpec, TypeVar

from floodready.codec import encode, type_hints
from floodready.frozen import replace
from floodready.language import Sentence, listed, say, verbatim
from floodready.missing import not_there
from floodready.refusal import NotAllowed, Refused, Superseded
from floodready.store.contract import SYSTEM

if TYPE_CHECKING:
    from floodready.document import Document
    from floodready.organisation.permissions import Permission
    from floodready.store.contract import Act, Entry, Store, Transaction, View

A = ParamSpec("A")
R = TypeVar("R")
Undo = Callable[["Transaction", "Entry"], None]

_UNDO = "undo "
"""What stands before the command and, with the entry's number, makes the command id of whatever takes it back."""

_registered: dict[str, Command[Any, Any]] = {}


class Command(Generic[A, R]):
    """One named act on the store; `name` is `pillar.verb` and stands in the journal."""

    def __init__(
        self,
        name: str,
        body: Callable[Concatenate[Transaction, A], R],
        may: Permission | None,
        undo: Undo | None,
        irreversible: Sentence | None,
    ) -> None:
        self.name = name
        self.may = may
        self.irreversible = irreversible
        self.__doc__ = body.__doc__
        self._body = body
        self._undo = undo
        _registered[name] = self

    def __call__(self, store: Store, act: Act, *args: A.args, **kwargs: A.kwargs) -> R:
        """Do it, once. Raises NotAllowed, whatever the rules refuse, StoreProblem; then nothing was written."""

        def body(tx: Transaction) -> R:
            self.require_permission(tx)
            return self._body(tx, *args, **kwargs)

        try:
            return store.run(act, self.name, body, type_hints(self._body).get("return"))
        except Superseded as refused:
            from floodready.organisation.lookup import person_name

            # The store knows whoever was quicker by an id only.
            raise refused.naming(person_name(store, refused.person)) from refused

    def within(self, tx: Transaction, *args: A.args, **kwargs: A.kwargs) -> R:
        """Do it as a part of another command, whose permission has been checked."""
        return self._body(tx, *args, **kwargs)

    def require_permission(self, tx: Transaction) -> None:
        """Refuse whoever may not do this. Raises NotAllowed."""
        require_permission(tx, self.may)

    def undo(self, tx: Transaction, entry: Entry) -> None:
        """Take an entry of this command back by a compensating one. Raises Refused."""
        if self.irreversible is not None:
            raise Refused(self.irreversible)
        if self._undo is not None:
            self._undo(tx, entry)
            return
        from floodready.store.undo import restore_before_images

        restore_before_images(tx, entry)


def command(
    name: str, *, may: Permission | None = None, undo: Undo | None = None, irreversible: Sentence | None = None
) -> Callable[[Callable[Concatenate[Transaction, A], R]], Command[A, R]]:
    """Make a function of a transaction a command.

    `may` is what the person's roles must permit (None: everybody signed in). `undo` takes an entry back where putting
    the documents back as they were would not be right; `irreversible` says why nothing can.
    """

    def wrap(body: Callable[Concatenate[Transaction, A], R]) -> Command[A, R]:
        return Command(name, body, may, undo, irreversible)

    return wrap


def require_as_seen(tx: Transaction, now: Document | None, seen: Document | None) -> None:
    """Refuse figures that were made from others than hold `now`: whoever set those would be overwritten unseen.

    `seen` stood in the form; None asks nothing. That nobody has set any yet, None, is no change. Raises Superseded.
    """
    if seen is not None and now is not None and now != seen:
        raise tx.superseded(now.table, now.id, encode(seen))


def who_wrote(tx: Transaction, document: Document) -> dict[str, Any]:
    """Give `person` (an id, in whose place a `Superseded` puts the name) and `time` of whoever wrote a document last.

    For the sentence that tells who was quicker, where somebody acts on what no longer stands.
    """
    told = dict(tx.superseded(document.table, document.id, None).sentence.values)
    return {name: told[name] for name in ("person", "time")}


def require_permission(tx: Transaction, permission: Permission | None) -> None:
    """Refuse the person of a transaction who is unknown, has left, or may not do this. Raises NotAllowed."""
    check_permission(tx, tx.act.person, permission)


def check_permission(view: View, person_id: str, permission: Permission | None) -> None:
    """Refuse a person who is unknown, has left, or may not do this. Raises NotAllowed."""
    from floodready.organisation.lookup import told_by_name
    from floodready.organisation.models import Person
    from floodready.organisation.permissions import permitted, roles_with

    if person_id == SYSTEM:
        return
    person = view.get(Person, person_id)
    if person is None and (told := told_by_name(person_id, view.all(Person))) is not None:
        raise NotAllowed(told)
    if person is None:
        raise NotAllowed(not_there("organisation.people", person_id))
    if not person.active:
        raise NotAllowed(say("{person} is not on the staff list. Sign in again.", person=verbatim(person.name)))
    if permission is not None and not permitted(person.roles, permission):
        raise NotAllowed(
            say(
                "{person} may not do this ({permission}). Who may: {roles}. Sign in as one of them, or ask an "
                "administrator for the role.",
                person=person.name,
                permission=permission.word,
                roles=listed([role.word for role in roles_with(permission)]),
            )
        )


def find_command(name: str) -> Command[Any, Any] | None:
    """Give the command that wrote a journal entry; loads its pillar. None for entries that no command wrote."""
    if name not in _registered:
        _load_commands(name.partition(".")[0])
    return _registered.get(name)


def _load_commands(pillar: str) -> None:
    found = find_spec(f"floodready.{pillar}") if pillar.isidentifier() else None
    for module in iter_modules(found.submodule_search_locations if found is not None else ()):
        if module.name.startswith("commands"):
            import_module(f"floodready.{pillar}.{module.name}")


def undo_entry(store: Store, act: Act, entry: Entry) -> None:
    """Take back one journal entry by a compensating entry named `undo <command>`.

    Its command id is made of the entry's number, so that it is taken back once, whoever asks, from wherever, and any
    list can tell (`undone_by`). Whoever could do it may undo it. Raises NotAllowed, Refused where it cannot be undone,
    Superseded where documents have moved on.
    """
    found = find_command(entry.command)
    if found is None:
        raise Refused(say("“{command}” cannot be undone.", command=verbatim(entry.command)))

    def body(tx: Transaction) -> None:
        found.require_permission(tx)
        found.undo(tx, entry)

    store.run(replace(act, command_id=f"{_UNDO}{entry.seq}"), f"{_UNDO}{entry.command}", body, None)


def undone_by(entry: Entry) -> int | None:
    """Give the number of the entry that an entry takes back; None for one that is no undo."""
    number = entry.command_id.removeprefix(_UNDO)
    return int(number) if entry.command.startswith(_UNDO) and number.isdecimal() else None
