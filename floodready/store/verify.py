"""Proving a store: the journal whole from its first line, and what is saved beside it the same as the journal tells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from errno import ENOENT
from importlib import import_module
from os import strerror
from pathlib import Path
from typing import Any

import orjson

from floodready.language import Sentence, say, say_many, verbatim
from floodready.refusal import StoreProblem
from floodready.store.attachments import attached, named_in, path_of
from floodready.store.contract import Projection
from floodready.store.current import read_current, require_format
from floodready.store.disk import Disk, RealDisk
from floodready.store.history import Position
from floodready.store.line import FIRST_HASH, Facts, confirmed_by, entry_of, read_line
from floodready.store.projections import FOLDER, fold
from floodready.store.saved_projection import Saved, read_saved
from floodready.store.segments import damaged, read_segment, segment_names, unreadable
from floodready.store.snapshot import open_snapshot
from floodready.store.tables import Stored, document_text

Documents = dict[str, dict[str, Any]]


@dataclass(slots=True, kw_only=True)
class Report:
    """What `verify` found. The store is whole when there are no problems; `notes` is what a person may want to know."""

    transactions: int = 0
    documents: int = 0
    files: int = 0
    """How many attached files the journal names."""
    last_hash: str = FIRST_HASH
    journal_whole: bool = True
    """Whether every entry is as it was written; else what the store shows may lack people and what they may do."""
    problems: list[Sentence] = field(default_factory=list)
    notes: list[Sentence] = field(default_factory=list)

    @property
    def whole(self) -> bool:
        """Tell whether everything is as it was written."""
        return not self.problems

    @property
    def sentence(self) -> Sentence:
        """Say the outcome in one sentence."""
        if not self.whole:
            return say_many(
                "The store is not whole: {count} problem.",
                "The store is not whole: {count} problems.",
                len(self.problems),
            )
        return say(
            "The store is whole: {transactions}, {documents}, chain ends in {hash}.",
            transactions=say_many("{count} transaction", "{count} transactions", self.transactions),
            documents=say_many("{count} document", "{count} documents", self.documents),
            hash=verbatim(self.last_hash[:12]),
        )


def verify(folder: Path, *, disk: Disk | None = None) -> Report:
    """Prove a store; writes nothing. Raises StoreProblem where there is no store that can be read at all."""
    return _Proof(disk or RealDisk(), folder).report


class _Proof:
    def __init__(self, disk: Disk, folder: Path) -> None:
        self._disk = disk
        self._folder = folder
        self._current = read_current(disk, folder)
        require_format(self._current, folder)
        self._documents: Documents = {}
        self._attached: dict[str, str] = {}
        self.report = Report()
        saved = [self._saved(name) for name in disk.names(folder / FOLDER) if name.endswith(".json")]
        self._projections = [
            (held, made()) for held in saved if held is not None and (made := _class_of(held)) is not None
        ]
        self._snapshot = open_snapshot(disk, folder, self._current.generation)
        if self._snapshot is None and disk.exists(folder / "store.json"):
            self.report.notes.append(say("The snapshot is of another journal; the next upkeep writes it anew."))
        if self._snapshot is not None and self._snapshot.position == Position():
            self._compare_snapshot()
        try:
            for facts in self._lines():
                self._take_in(facts)
        except StoreProblem as problem:
            self.report.journal_whole = False
            self.report.problems.append(problem.sentence)
        self._compare_projections()
        self._prove_attached()
        if self._snapshot is not None and self._snapshot.position.seq > self.report.transactions:
            self.report.problems.append(say("The snapshot is ahead of the journal: lines of the journal are missing."))
        self.report.documents = sum(map(len, self._documents.values()))

    def _lines(self) -> Iterator[Facts]:
        """Give every transaction, each proved by its hash and by that of the one before. Raises StoreProblem."""
        generation = self._folder / self._current.generation
        names = segment_names(self._disk, generation)
        if not names:
            raise unreadable(generation, FileNotFoundError(ENOENT, strerror(ENOENT)))
        last_hash, last_at, seq = FIRST_HASH, "", 0
        for name, following in zip(names, [*names[1:], None], strict=True):
            closed = False
            data = read_segment(self._disk, generation, name)
            lines = data.splitlines(keepends=True)
            for number, line in enumerate(lines, 1):
                facts = read_line(line.rstrip(b"\n")) if line.endswith(b"\n") else None
                if facts is None or facts["prev"] != last_hash:
                    if following is None and not _confirmed_after(lines[number:], seq + 1):
                        self._note_torn(sum(map(len, lines[number - 1 :])))
                        return
                    raise damaged(generation / name, number)
                if "closed" in facts:
                    closed = True
                    if following is not None and facts["next"] != following:
                        raise damaged(generation / name, number)
                    continue
                if facts["seq"] != seq + 1 or facts["at"] < last_at:
                    raise damaged(generation / name, number)
                last_hash, last_at, seq = facts["hash"], facts["at"], facts["seq"]
                self._attached.update(named_in(line, facts))
                yield facts
            if following is not None and not closed:
                raise damaged(generation / name, len(lines))

    def _note_torn(self, count: int) -> None:
        self.report.notes.append(
            say_many(
                "The journal's last byte is torn; nobody was told that it is on disk. The next writer puts it aside.",
                "The journal's last {count} bytes are torn; nobody was told that they are on disk. "
                "The next writer puts them aside.",
                count,
            )
        )

    def _take_in(self, facts: Facts) -> None:
        for table, id, before, after in facts["changes"]:
            documents = self._documents.setdefault(table, {})
            if documents.get(id) != before:
                self.report.problems.append(
                    say(
                        "Entry {seq} says that “{id}” in {table} was something else before than entries before it say.",
                        seq=facts["seq"],
                        id=verbatim(id),
                        table=verbatim(table),
                    )
                )
            if after is None:
                documents.pop(id, None)
            else:
                documents[id] = after
        for name in facts.get("made", ()):
            self._documents.setdefault(name, {})
        for name in facts.get("dropped", ()):
            self._documents.pop(name, None)
        self.report.transactions, self.report.last_hash = facts["seq"], facts["hash"]
        entry = entry_of(facts)
        for held, projection in self._projections:
            if facts["seq"] <= held.seq:
                fold(projection, [entry])
        if self._snapshot is not None and facts["seq"] == self._snapshot.position.seq:
            self._compare_snapshot()

    def _compare_snapshot(self) -> None:
        snapshot = self._snapshot
        assert snapshot is not None
        same = snapshot.position.hash == self.report.last_hash and snapshot.places.keys() == self._documents.keys()
        try:
            for name in snapshot.places if same else ():
                same = same and _parsed(snapshot.documents(name)) == self._documents[name]
            whole = orjson.loads(self._disk.read(self._folder / "store.json"))
            same = same and whole.keys() == {*self._documents, "_snapshot"}
        except Exception:  # whatever a spoiled file makes of reading it, it is spoiled
            same = False
        if not same:
            self.report.problems.append(
                say(
                    "{file} does not say what the journal says. Delete it: it is written anew.",
                    file=verbatim(str(self._folder / "store.json")),
                )
            )

    def _compare_projections(self) -> None:
        for held, projection in self._projections:
            dumped = orjson.loads(orjson.dumps(projection.dump(), option=orjson.OPT_NON_STR_KEYS))
            if held.seq > self.report.transactions or dumped != held.state:
                self.report.problems.append(
                    say(
                        "{file} does not say what the journal says. Delete it: it is written anew.",
                        file=verbatim(str(self._folder / FOLDER / f"{held.name}.json")),
                    )
                )

    def _prove_attached(self) -> None:
        self.report.files = len(self._attached)
        for digest, name in self._attached.items():
            if attached(self._disk, self._folder, digest) is None:
                self.report.problems.append(
                    say(
                        "The attached file “{name}” ({hash}) is missing or not as it was attached. "
                        "Attach it again, or copy it from where it came to {path}",
                        name=verbatim(name),
                        hash=verbatim(digest[:12]),
                        path=verbatim(str(path_of(self._folder, digest))),
                    )
                )

    def _saved(self, name: str) -> Saved | None:
        saved = read_saved(self._disk, self._folder / FOLDER / name)
        if saved is None:
            self.report.problems.append(
                say(
                    "{file} cannot be read. Delete it: it is written anew.",
                    file=verbatim(str(self._folder / FOLDER / name)),
                )
            )
        elif saved.generation != self._current.generation:
            return None
        return saved


def _class_of(saved: Saved) -> type[Projection] | None:
    """Find the class of a saved projection; None where this program has none of that name and version."""
    module, _, name = saved.kind.partition(":")
    if module.partition(".")[0] not in ("floodready", "tests"):
        return None  # the file is data: it may not make us load just anything
    try:
        found = getattr(import_module(module), name, None)
    except ImportError:
        return None
    fits = isinstance(found, type) and issubclass(found, Projection) and found.version == saved.version
    return found if fits else None


def _confirmed_after(later: list[bytes], seq: int) -> bool:
    found = [facts for line in later if (facts := read_line(line.rstrip(b"\n"))) is not None]
    return any(confirmed_by(facts) >= seq for facts in found)


def _parsed(documents: dict[str, Stored]) -> dict[str, Any]:
    return {id: orjson.loads(document_text(held)) for id, held in documents.items()}
