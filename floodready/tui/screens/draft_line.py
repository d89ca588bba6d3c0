"""The line of a form that says what was typed in it before the program ended; it keeps what is typed for that case."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from functools import partial
from typing import TYPE_CHECKING

from floodready.clock import local_time
from floodready.language import Sentence, listed, say
from floodready.tui.duty_app import InDutyApp
from floodready.tui.form_draft import WRITE_AFTER, FormDraft
from floodready.tui.widgets.words import NOTHING, Words
from floodready.tui.work import start

if TYPE_CHECKING:
    from floodready.tui.drafts import Draft
    from floodready.tui.widgets.field import Field


class DraftLine(InDutyApp, Words):
    """Out of sight while there is nothing to say."""

    DEFAULT_CSS = """
    DraftLine { color: $tone-watch; margin: 0 0 1 0; display: none; }
    DraftLine.-told { display: block; }
    """

    def __init__(self, title: Sentence, fields: Sequence[Field], *, edits: bool) -> None:
        """Keep what is typed in the fields of the form of this title; `edits` as the form's."""
        super().__init__(NOTHING)
        self._title = title
        self._fields = fields
        self._edits = edits
        self._draft: FormDraft | None = None
        self._written: Future[None] | None = None
        self._due = False
        self.offers = False
        """Whether what was typed before stands in the form, and one key throws it away."""

    def begin(self, *, put_back: bool) -> None:
        """Begin to keep what is typed; with `put_back`, put in what was typed before the program ended."""
        room = self.duty_app.room
        self._draft = FormDraft(
            self.duty_app.drafts, room.terminal, self._title, self._fields, edits=self._edits, now=room.clock.now
        )
        start(self, partial(self._take, self._draft, put_back), "draft")

    async def _take(self, draft: FormDraft, put_back: bool) -> None:
        room = self.duty_app.room
        found = await draft.take(room.person) if room.person is not None else None
        if found is None:
            return
        time = local_time(found.typed_at, room.zone)
        if await room.runner.read(partial(room.store.knows_command, found.command_id)):
            draft.forget()
            self._tell(say("What you typed here until {time} was recorded before the program ended.", time=time))
        elif put_back:
            self._put_back(draft, found, time)

    def _put_back(self, draft: FormDraft, found: Draft, time: str) -> None:
        changed = draft.put_back(found)
        told = [say("Not recorded: you typed this until {time}, then the program ended. F9 starts again.", time=time)]
        if changed:
            told.append(say("Changed meanwhile: {fields}. Look whether it is still right.", fields=listed(changed)))
        self._tell(*told)
        self.offers = True
        self.screen.refresh_bindings()

    def typed(self) -> None:
        """Have what is typed written soon, once for all that is typed until then."""
        if self._draft is not None and not self._due:
            self._due = True
            self.set_timer(WRITE_AFTER, self.write)

    def write(self, *, sync: bool = True) -> None:
        """Have what is typed now written, behind the keys; `sync` has it outlive the power too."""
        self._due = False
        app = self.duty_app
        if self._draft is not None and self.is_mounted:
            self._written = self._draft.write(app.room.person, sync=sync) or self._written
            if app.drafts is not None and (trouble := app.drafts.trouble_to_tell()) is not None:
                app.say_in_passing(trouble)

    def command_id(self) -> str | None:
        """Give the command id for what is done now with what is typed; None leaves it to the act."""
        if self._draft is None:
            return None
        id = self._draft.id_for_trying()
        self.write(sync=False)
        return id

    def wait_until_written(self) -> None:
        """Wait for the draft that is being written. In another thread than the loop's.

        An act is tried only when its draft bears its command id: a draft with another would be offered again.
        """
        if self._written is not None:
            self._written.result()

    def forget(self) -> None:
        """Take away what is kept: it was recorded, or its author threw it away."""
        if self._draft is not None:
            self._draft.forget()
        self.offers = False
        self._tell()

    async def settled(self) -> None:
        """Wait until what was to be written or taken away is."""
        if self.duty_app.drafts is not None:
            await self.duty_app.drafts.settled()

    def on_unmount(self) -> None:
        """Leave what was not forgotten to whoever opens the form again."""
        if self._draft is not None:
            self._draft.end(keep=True)

    def _tell(self, *lines: Sentence) -> None:
        self.say(*lines)
        self.set_class(bool(lines), "-told")
