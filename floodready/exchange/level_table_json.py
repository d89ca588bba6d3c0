"""A level table from a JSON file, as `response-levels.json` keeps it: bulletins, leader, forward stock and the rest."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time
from typing import Any

from floodready.document import problems_of
from floodready.exchange.json_flaws import Flaw, flaw_of, object_in, objects_in
from floodready.exchange.sniff import decode
from floodready.language import say, verbatim
from floodready.organisation.models import PostKind
from floodready.refusal import Refused
from floodready.season.level import Level
from floodready.season.level_table import spread_bulletins
from floodready.season.models_level import LeaderPlace, LevelAction, LevelRow, LevelTable, Staffing


def read_level_table(data: bytes) -> tuple[tuple[LevelRow, ...], str]:
    """Read the rows of a level table and its source; the caller hands them to `season.commands.set_level_table`.

    A number of bulletins without times is spread evenly from 08:00. `need` may give people by kind of post; staffing
    in words alone is kept as words. Raises Refused, naming the level that is wrong.
    """
    text, _encoding = decode(data)
    try:
        told = object_in(text)
        levels = told["levels"]
        if not isinstance(levels, dict) or not all(isinstance(row, dict) for row in levels.values()):
            raise Flaw(say("“levels” must be an object of objects"))
    except (ValueError, KeyError, TypeError) as error:
        raise Refused(
            say("This is not a level table ({problem}). It is one JSON object with “levels”, by level.",
                problem=flaw_of(error))
        ) from error  # fmt: skip
    rows = tuple(_row(name, values) for name, values in levels.items())
    for row in rows:
        for problem in problems_of(LevelTable, {"id": "imported", "rows": (row,)}).values():
            raise Refused(say("Level {level} cannot be read ({problem}).", level=row.level.value, problem=problem))
    return rows, str(told.get("source", ""))


def _row(name: str, values: Mapping[str, Any]) -> LevelRow:
    try:
        return _made(Level(name), values)
    except (ValueError, TypeError, KeyError, AttributeError, ArithmeticError) as error:
        raise Refused(
            say("Level {level} cannot be read ({problem}).", level=verbatim(name), problem=flaw_of(error))
        ) from error


def _made(level: Level, values: Mapping[str, Any]) -> LevelRow:
    if "bulletins" in values:
        bulletins = tuple(time.fromisoformat(text) for text in values["bulletins"])
    else:
        bulletins = spread_bulletins(int(values.get("bulletins_per_day", 0)))
    actions = [
        LevelAction(name=action["name"], within_minutes=action["within_minutes"], who=action.get("who", ""))
        for action in objects_in(values, "actions")
    ]
    hours = values.get("report_upward_within_hours")
    if hours is not None:
        actions.insert(0, LevelAction(name="Report upward / 上报", within_minutes=hours * 60))
    agreement = values.get("agreement_stock_within_hours")
    if agreement is not None:
        actions.append(LevelAction(name="Agreement stock at hand / 协议物资到位", within_minutes=agreement * 60))
    return LevelRow(
        level=level,
        staffing=tuple(Staffing(post=PostKind(post), people=n) for post, n in values.get("need", {}).items()),
        staffing_note=values.get("staffing", ""),
        leader=LeaderPlace(values.get("leader", LeaderPlace.ON_SITE)),
        bulletins=bulletins,
        forecasts_per_day=values.get("forecasts_per_day", 0),
        forward_stock_percent=tuple(values.get("forward_stock_increase_percent", ())),
        agreement_stock_within_hours=agreement,
        consultation=values.get("consultation_chaired_by", ""),
        actions=tuple(actions),
        call_out=tuple(values.get("call_out", ())),
    )
