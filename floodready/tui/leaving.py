"""Leaving the screens: what was confirmed reaches the disk first, and what is typed is written for the next start."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from floodready.language import say
from floodready.tui.screens.draft_line import DraftLine
from floodready.tui.work import start

if TYPE_CHECKING:
    from floodready.tui.duty_app import DutyApp


def leave_soon(app: DutyApp, code: int = 0) -> None:
    """Leave with an exit code, as soon as what was confirmed is on the disk; what is typed is kept."""
    start(app, partial(leave, app, code), "leave")


async def leave(app: DutyApp, code: int) -> None:
    """Leave with an exit code when the last command has its answer; keys and answers still come meanwhile."""
    write_drafts(app)
    if app.room.runner.unanswered:
        app.say_in_passing(say("Leaving as soon as the last entry is on the disk …"))
    await app.room.runner.drained()
    write_drafts(app)
    app.exit(return_code=code)


def write_drafts(app: DutyApp) -> None:
    """Have what is typed in open forms written now, not only when its second is over."""
    for screen in app.opened_screens():
        for line in screen.query(DraftLine):
            line.write()
