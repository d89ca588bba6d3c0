"""A form's draft: kept while one types, beside the loop, and put back into the form when it is opened again."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime
from functools import partial
from os import urandom
from pathlib import Path
from typing import TypeVar

from floodready.language import Sentence, say, verbatim
from floodready.os_reasons import reason_of
from floodready.tui.draft_files import DraftFile, remove_old
from floodready.tui.drafts import Draft, changed_since, fits, form_id
from floodready.tui.widgets.field import Field

T = TypeVar("T")
WRITE_AFTER = 1.0
"""Seconds after which what is typed is on disk; it is written no oftener than that."""


class DraftKeeper:
    """Where the drafts of one terminal are. One thread writes them: neither keys nor the store wait for it."""

    def __init__(self, folder: Path, store: str) -> None:
        """`store` is the store's id: the drafts of all stores are in one folder."""
        self._folder = folder
        self._store = store
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="drafts")
        self._swept = False
        self._closed = False
        self._trouble: OSError | None = None
        self._told = False

    def file_for(self, terminal: str, title: Sentence, fields: Sequence[Field]) -> DraftFile:
        """Give the place of a form's draft; nothing is read or made yet."""
        named = [(field.field_name, field.label) for field in fields]
        return DraftFile(self._folder, form_id(self._store, terminal, title, named))

    def take(self, file: DraftFile, fitting: Callable[[Draft], bool], now: datetime) -> Future[Draft | None]:
        """Take over what a program left behind. The first time, what is too old is taken away before."""

        def work() -> Draft | None:
            if not self._swept:
                self._swept = True
                remove_old(self._folder, now)
            return file.take(fitting)

        return self._do(work)

    def write(self, file: DraftFile, draft: Draft, *, sync: bool) -> Future[None]:
        """Write a draft, after whatever was asked before."""
        return self._do(partial(file.write, draft, sync=sync))

    def end(self, file: DraftFile, *, keep: bool) -> None:
        """Let go of a draft, or take it away."""
        if not self._closed:  # the files of a program that ends are let go by the system
            self._do(file.let_go if keep else file.remove)

    def trouble_to_tell(self) -> Sentence | None:
        """Say, once, why nothing typed here would outlive the program; None where there is nothing to say."""
        if self._trouble is None or self._told:
            return None
        self._told = True
        return say(
            "What you type is not kept for the case that the program is cut off: {folder}: {reason}.",
            folder=verbatim(str(self._folder)),
            reason=reason_of(self._trouble),
        )

    def close(self) -> None:
        """Give the thread back; what is asked for is done first."""
        self._closed = True
        self._thread.shutdown(wait=True)

    async def settled(self) -> None:
        """Wait until all that was asked for is done."""
        await asyncio.wrap_future(self._thread.submit(lambda: None))

    def _do(self, work: Callable[[], T]) -> Future[T | None]:
        def tried() -> T | None:
            try:
                return work()
            except OSError as error:
                self._trouble = error
                return None

        return self._thread.submit(tried)


class FormDraft:
    """What is typed in one open form, and what was typed in it before a program ended."""

    def __init__(self, keeper: DraftKeeper | None, terminal: str, title: Sentence, fields: Sequence[Field],
                 *, edits: bool, now: Callable[[], datetime]) -> None:  # fmt: skip
        """Without a keeper nothing outlives the program; the command id holds all the same."""
        self._keeper = keeper
        self._file = keeper.file_for(terminal, title, fields) if keeper is not None else None
        self._fields = [field for field in fields if field.KEPT]
        self._edits = edits
        self._now = now
        self._tried: dict[str, str] | None = None
        """What the form held when its act was last tried."""
        self._last: Draft | None = None
        """What was last written."""
        self.command_id = _new_id()

    async def take(self, person: str) -> Draft | None:
        """Give what this person typed here before a program ended."""
        if self._keeper is None or self._file is None:
            return None
        begun, now = self._begun(), self._now()
        asked = self._keeper.take(self._file, lambda one: fits(one, person, begun, now, edits=self._edits), now)
        found = await asyncio.wrap_future(asked)
        if found is not None:
            self._last = found
            self.command_id = found.command_id
        return found

    def put_back(self, draft: Draft) -> list[Sentence]:
        """Put a draft into the fields, but over nothing that has been typed meanwhile.

        Gives the labels of the fields that others changed since, of those that were typed in.
        """
        for field in self._fields:
            text = draft.texts.get(field.field_name)
            if text is not None and not field.changed:
                field.take_kept(text)
        labels = {field.field_name: field.label for field in self._fields}
        changed = changed_since(draft, self._begun())
        return [labels[name] for name in changed]

    def write(self, person: str | None, *, sync: bool) -> Future[None] | None:
        """Write what is typed now; None where that is written already, or cannot be."""
        if self._keeper is None or self._file is None or person is None:
            return None
        texts = self._typed()
        if not texts:
            if self._last is not None:
                self._last = None
                self.end(keep=False)
            return None
        draft = Draft(person=person, command_id=self.command_id, typed_at=self._now(), texts=texts,
                      begun=self._begun())  # fmt: skip
        if self._last is not None and _same(draft, self._last):
            return None
        self._last = draft
        return self._keeper.write(self._file, draft, sync=sync)

    def id_for_trying(self) -> str:
        """Give the command id under which the act is tried: the same for the same texts, so that it is done once.

        What was tried may stand in the journal though it was refused (a sync that failed): other texts need another.
        """
        held = {field.field_name: field.text for field in self._fields}
        if self._tried not in (None, held):
            self.command_id = _new_id()
        self._tried = held
        return self.command_id

    def forget(self) -> None:
        """Take the draft away: it was recorded, or thrown away. What is typed from now on is another act."""
        self.end(keep=False)
        self._last = self._tried = None
        self.command_id = _new_id()

    def end(self, *, keep: bool) -> None:
        """Let go of the draft, or take it away."""
        if self._keeper is not None and self._file is not None:
            self._keeper.end(self._file, keep=keep)

    def _typed(self) -> dict[str, str]:
        """Give what was typed; a time filled in beforehand belongs to it, since it would be another time later."""
        if not any(field.changed for field in self._fields):
            return {}
        return {
            field.field_name: field.kept_text
            for field in self._fields
            if field.changed or (field.IS_TIME and not self._edits and field.text.strip())
        }

    def _begun(self) -> dict[str, str]:
        return {field.field_name: field.begun_text for field in self._fields if not field.IS_TIME or self._edits}


def _same(one: Draft, other: Draft) -> bool:
    return (one.person, one.command_id, one.texts) == (other.person, other.command_id, other.texts)


def _new_id() -> str:
    return urandom(16).hex()
