"""Rosters for tests, written the way a planner would say them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from floodready.duty.models import DutySettings, Group, PostNeed, Rota, Rotation
from floodready.duty.plan import Plan, Window

SHANGHAI = ZoneInfo("Asia/Shanghai")
CHICAGO = ZoneInfo("America/Chicago")


def at(text: str, zone: ZoneInfo = SHANGHAI) -> datetime:
    """Read `2026-07-01 08:00` as local time and give the instant."""
    return datetime.fromisoformat(text).replace(tzinfo=zone).astimezone(UTC)


def rotation(post: str = "leader", people: str = "A B C", **more: Any) -> Rotation:
    """Make a daily 08:00 rotation of single people, or of groups written `A+B C+D`."""
    groups = tuple(Group(people=tuple(group.split("+"))) for group in people.split())
    fields: dict[str, Any] = {
        "name": f"{post} {people}", "first_on": date(2026, 7, 1), "times": (time(8),), "groups": groups, **more
    }  # fmt: skip
    return Rotation(post=post, **fields)


def rota(*rotations: Rotation, since: str = "2026-07-01 08:00", until: str | None = None, id: str = "R1") -> Rota:
    """Make a rota of unit U."""
    return Rota(id=id, unit="U", since_at=at(since), until_at=None if until is None else at(until), rotations=rotations)


def plan(*rotas: Rota, needs: dict[str, int] | None = None, zone: ZoneInfo = SHANGHAI, **more: Any) -> Plan:
    """Make the plan of unit U, which needs one leader all the year unless told otherwise."""
    wanted = tuple(PostNeed(post=post, needed=count) for post, count in (needs or {"leader": 1}).items())
    fields: dict[str, Any] = {"settings": DutySettings(id="U", needs=wanted, all_year=True), **more}
    return Plan(unit="U", zone=zone, rotas=rotas, **fields)


def season(start: str, end: str) -> Window:
    """Make a season window."""
    return Window(start=at(start), end=at(end))
