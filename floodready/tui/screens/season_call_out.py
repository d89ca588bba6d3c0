"""Whom a response level calls out, with their phones: shown when it is declared, and on request."""

from __future__ import annotations

from functools import partial

from floodready.clock import local_day
from floodready.language import Sentence, say
from floodready.season.level import Level
from floodready.season.level_table import effects
from floodready.season.settings import level_table_of
from floodready.season.situation import situation
from floodready.season.views import call_out_told
from floodready.tui.room import Room
from floodready.tui.screens.dialog import Notice
from floodready.tui.screens.pillar_screen import AnyPillarScreen
from floodready.tui.work import start


def show_call_out(screen: AnyPillarScreen, unit: str, level: Level | None = None, *, on_request: bool = True) -> None:
    """Show whom a level (None: the one in force) calls out of a unit; where it is nobody, say so only on request."""
    start(screen, partial(_show, screen, unit, level, on_request), "call-out")


async def _show(screen: AnyPillarScreen, unit: str, level: Level | None, on_request: bool) -> None:
    told = await screen.room.runner.read(partial(_told, screen.room, unit, level))
    if told or on_request:
        nobody = say("Nobody is called out. Name people in the level table: b on the season screen.")
        screen.app.push_screen(Notice(say("To be called out"), *(told or [nobody])))


def _told(room: Room, unit: str, level: Level | None) -> list[Sentence]:
    view, today = room.view(), local_day(room.at(), room.zone)
    if level is None:
        return call_out_told(view, situation(view, unit, room.at(), room.zone).effects.call_out, today)
    return call_out_told(view, effects(level_table_of(view, unit), level).call_out, today)
