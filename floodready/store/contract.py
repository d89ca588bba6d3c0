"""What the store promises, in types: views to read, transactions to write, projections that follow the journal."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from datetime import datetime
from os import urandom
from pathlib import Path
from typing import Any, ClassVar, Protocol, Self, TypeVar

from floodready.document import D
from floodready.frozen import fresh, frozen
from floodready.refusal import StoreProblem, Superseded

Raw = Mapping[str, Any]
"""A document as the journal keeps it: JSON values only. Never change one."""


@frozen
class Act:
    """Who does something, at which terminal and why; `command_id` makes a repetition harmless."""

    person: str
    terminal: str
    reason: str = ""
    command_id: str = fresh(factory=lambda: urandom(16).hex())


SYSTEM = "system"
"""The person of acts that no person does: first set-up, the demo, upgrades."""


@frozen
class Change:
    """One document of a transaction, before and after; None where it did not or does not exist."""

    table: str
    id: str
    before: Raw | None
    after: Raw | None


@frozen
class Entry:
    """One transaction as the journal keeps it. `at` is UTC and never runs backwards; `hash` chains over all before."""

    seq: int
    at: datetime
    person: str
    terminal: str
    command: str
    command_id: str
    reason: str
    changes: tuple[Change, ...]
    hash: str


HEAD = 64
"""So many characters of a long text are known before it is read."""


class LateText(Protocol):
    """A long text of a saved projection that is read when it is asked for."""

    head: str
    """Its first characters, `HEAD` where it has so many."""

    def read(self) -> str:
        """Give the whole text."""
        ...


class Projection(ABC):
    """A figure kept up to date by each change, not by scans.

    It must depend only on the sequence of entries it is given: `verify` folds the journal anew and compares `dump`s.
    """

    name: ClassVar[str]
    version: ClassVar[int] = 1
    """Raise it when the meaning of the dump changes; older dumps are then thrown away and folded anew."""
    tables: ClassVar[frozenset[str]]
    """Only changes of these tables are handed to `apply`."""
    apart: ClassVar[bool] = False
    """Whether the dump is lists of long texts by name: `load` is then given `LateText`s too, in the place of texts."""

    @abstractmethod
    def apply(self, entry: Entry, change: Change) -> None:
        """Take in one change."""

    @abstractmethod
    def dump(self) -> Any:
        """Give the whole state as a JSON value."""

    @classmethod
    @abstractmethod
    def load(cls, dumped: Any) -> Self:
        """Rebuild from what `dump` gave."""


P = TypeVar("P", bound=Projection)
R = TypeVar("R")


class View(Protocol):
    """The documents as of one journal position; documents are immutable and may be kept."""

    @property
    def seq(self) -> int:
        """The last transaction this view knows; 0 for an empty store."""
        ...

    def get(self, kind: type[D], id: str) -> D | None:
        """Give one document, or None."""
        ...

    def all(self, kind: type[D]) -> Iterator[D]:
        """Give every document of a kind, in the order in which they were first written."""
        ...

    def find(self, kind: type[D], **equal: object) -> Iterator[D]:
        """Give the documents whose fields equal the given values; a declared index makes it a look-up, not a scan."""
        ...

    def count(self, kind: type[D]) -> int:
        """Count the documents of a kind."""
        ...

    def projection(self, kind: type[P]) -> P:
        """Give a projection, up to date with this view. Read it only."""
        ...

    def table_names(self) -> list[str]:
        """Name the tables that hold anything."""
        ...


class Transaction(View, Protocol):
    """A view under the writer's lock that also writes; its own writes are visible through get, all, find and count.

    Projections show what was committed before, not this transaction's own writes.
    """

    act: Act

    @property
    def now(self) -> datetime:
        """The instant of this transaction, UTC; never before the instant of the one before it."""
        ...

    def new_id(self, prefix: str) -> str:
        """Make an id that no other document has, as `M1042` or, the second in one transaction, `M1042-2`."""
        ...

    def put(self, document: D) -> D:
        """Write a document (new or in place of the one with its id); gives it checked. Raises Invalid."""
        ...

    def add(self, document: D) -> D:
        """Write a new document. Raises Refused where its id is taken, Invalid."""
        ...

    def change(self, seen: D, **values: Any) -> D:
        """Replace fields of a document as it was seen.

        Raises Superseded, saying who changed it and what, where it is no longer as seen; Invalid.
        """
        ...

    def raw(self, table: str, id: str) -> dict[str, Any] | None:
        """Give a document as the journal keeps it, as this transaction sees it: for undo, which knows no classes."""
        ...

    def write_raw(self, table: str, id: str, after: dict[str, Any] | None) -> None:
        """Write a document as the journal keeps it; None takes it away."""
        ...

    def superseded(self, table: str, id: str, seen: Raw | None) -> Superseded:
        """Make the refusal that says who changed a document since it was seen, and what."""
        ...

    def remove(self, document: D) -> None:
        """Take a document away (the journal keeps it). Raises Superseded like `change`."""
        ...


class Store(View, Protocol):
    """The store of one duty room. Reading never locks; writing is one transaction at a time, over all processes."""

    @property
    def folder(self) -> Path:
        """Where the store stands."""
        ...

    @property
    def damage(self) -> StoreProblem | None:
        """What stops writing, if the journal is known to be damaged; what was read before goes on being shown."""
        ...

    def look_over(self) -> None:
        """Look whether what was read stands on disk as it was written, where files changed; `damage` then tells."""
        ...

    @property
    def head(self) -> str:
        """The hash of the last transaction taken in: stores with the same head hold the same."""
        ...

    def transaction(self, act: Act, command: str) -> AbstractContextManager[Transaction]:
        """Begin a transaction: lock, take in what others wrote; on leaving without error: append, unlock, sync.

        When the block is left, the transaction is on disk. An exception inside leaves nothing. Raises StoreProblem.
        """
        ...

    def run(self, act: Act, command: str, body: Callable[[Transaction], R], answer: Any) -> R:
        """Run a body in a transaction, once: a command id seen before gives its first answer again.

        `answer` is the type of what body returns, for the codec. Raises what body raises; then nothing is written.
        """
        ...

    def knows_command(self, command_id: str) -> bool:
        """Tell whether a command id was used: whether what was to be done under it was done."""
        ...

    def refresh(self) -> tuple[Entry, ...]:
        """Take in what other processes wrote since; gives those entries. Costs one `stat` when nothing is new."""
        ...

    def past(self, at: datetime) -> View:
        """Give the documents as they were known at a past instant."""
        ...

    def entries(self, after: int = 0, until: int | None = None) -> Iterator[Entry]:
        """Give the transactions after one sequence number, up to and with another, in order."""
        ...

    def entries_backwards(self, before: int | None = None) -> Iterator[Entry]:
        """Give the transactions from the newest (or from before a number) back."""
        ...

    def history(self, table: str, id: str) -> Iterator[Entry]:
        """Give every transaction that touched one document, oldest first."""
        ...

    def history_backwards(self, table: str, id: str) -> Iterator[Entry]:
        """Give every transaction that touched one document, newest first."""
        ...
