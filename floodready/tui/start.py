"""Opening the screens on a store, with this person's settings."""

from __future__ import annotations

import asyncio
import gc
import os
from functools import partial
from typing import TYPE_CHECKING

from floodready.clock import read_instant, set_back
from floodready.language import language_is_asked_for, say, use_language
from floodready.refusal import WrongUsage
from floodready.tui.settings import Settings, keep_choice, read_settings
from floodready.tui.starting import put_collecting_off
from floodready.tui.told_to_end import run_until_left

if TYPE_CHECKING:
    from pathlib import Path

    from floodready.store.journal_store import JournalStore
    from floodready.tui.app import FloodreadyApp
    from floodready.tui.form_draft import DraftKeeper
    from floodready.tui.screens.no_store import Beginning


def open_screens(store: JournalStore, *, terminal: str) -> int:
    """Open the screens and give the exit code when they are left. Raises WrongUsage for settings that are wrong."""
    from floodready.folders import drafts_folder, settings_file
    from floodready.tui.form_draft import DraftKeeper
    from floodready.tui.leaving import leave_soon

    put_collecting_off()
    path = settings_file()
    settings = _own_settings(path)
    app = made(store, terminal, settings, DraftKeeper(drafts_folder(), store.current.store))
    app.on_choice = partial(keep_choice, path)
    run_until_left(app, partial(leave_soon, app))
    return app.return_code or 0


def ask_what_to_begin_with(folder: Path) -> Beginning | None:
    """Ask on the screen, where there is no store; None where whoever sits there leaves. Raises WrongUsage."""
    from floodready.folders import settings_file
    from floodready.tui.first_start import FirstStart

    path = settings_file()
    settings = _own_settings(path)
    app = FirstStart(folder, _theme(settings))
    app.on_choice = partial(keep_choice, path)
    return run_until_left(app)


def open_wall(store: JournalStore, *, seconds: float) -> int:
    """Open the wall and give the exit code when it is left. Raises WrongUsage for settings that are wrong."""
    from floodready.folders import settings_file
    from floodready.tui.wall import WallApp

    settings = _own_settings(settings_file())
    app = WallApp(store, clock=store.clock, zone=store.zone, theme=_theme(settings), page_seconds=seconds)
    gc.freeze()
    run_until_left(app)
    return app.return_code or 0


def check_screens(store: JournalStore, *, terminal: str) -> int:
    """Draw the board once without a terminal, then leave: a test of the installation."""

    async def draw() -> None:
        app = made(store, terminal, Settings())
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            if reading := [worker for worker in app.workers if worker.group == "facts"]:
                await app.workers.wait_for_complete(reading)
            await pilot.pause()

    asyncio.run(draw())
    print(say("The screens can be drawn."))
    return 0


def made(store: JournalStore, terminal: str, settings: Settings, drafts: DraftKeeper | None = None) -> FloodreadyApp:
    """Make the app; without `drafts` nothing typed outlives it.

    Raises WrongUsage where a key of the settings is unknown or taken.
    """
    from floodready.tui.app import FloodreadyApp
    from floodready.tui.keys import clashes
    from floodready.tui.pillars import PILLARS

    theme = _theme(settings)
    if settings.keys:
        for pillar in PILLARS:
            pillar.load()
        for clash in clashes(settings.keys):
            raise WrongUsage(clash)
    last = store.journal.position.at
    if last and (told := set_back(read_instant(last), store.clock.now(), store.zone)) is not None:
        store.notices.append(told)
    return FloodreadyApp(
        store,
        clock=store.clock,
        zone=store.zone,
        terminal=terminal,
        theme=theme,
        keymap=settings.keys,
        notices=store.notices,
        drafts=drafts,
    )


def _own_settings(path: Path) -> Settings:
    """Read this person's settings, and speak their language where none was asked for. Raises WrongUsage."""
    settings = read_settings(path)
    if settings.language and not language_is_asked_for():
        use_language(settings.language)
    return settings


def _theme(settings: Settings) -> str:
    """Choose the look. Raises WrongUsage for a theme that is none."""
    from floodready.tui.theme import DEFAULT_THEME, PALETTES, use_ascii

    use_ascii(settings.ascii)
    theme = settings.theme or os.environ.get("FLOODREADY_THEME") or DEFAULT_THEME
    if theme not in {palette.name for palette in PALETTES}:
        names = ", ".join(palette.name for palette in PALETTES)
        raise WrongUsage(say("There is no theme “{theme}”. There are: {names}", theme=theme, names=names))
    return theme
