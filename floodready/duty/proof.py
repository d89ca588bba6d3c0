"""Whether a rota has no gap for good: proved from one period of its pattern, or until when it stands."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from math import gcd, lcm
from zoneinfo import ZoneInfo

from floodready.duty.coverage import Gap, gaps
from floodready.duty.models import Rota, Rotation, TurnUnit
from floodready.duty.plan import ENDLESS, Plan
from floodready.frozen import replace
from floodready.language import Sentence, say, say_many, verbatim

_WEEK = 7
_LONGEST = 7 * 366
"""Days; a longer period is not looked through."""
_AROUND = timedelta(days=8)


def period_days(rota: Rota) -> int | None:
    """Give the days after which a rota's pattern and the week both repeat.

    None where nothing repeats exactly: months, holidays, turns in hours that are no whole days, turns by hand.
    """
    found = _WEEK
    for rotation in rota.rotations:
        cycle = _cycle_days(rotation)
        if cycle is None:
            return None
        found = lcm(found, cycle)
    return found if rota.rotations and not rota.turns and found <= _LONGEST else None


def first_gap_of_pattern(plan: Plan, rota: Rota) -> Gap | None:
    """Give the first gap a rota's own pattern has in one period, or around any clock change of the year after; or None.

    Exceptions, leave and who has left are put aside: this is the pattern's proof, not the plan's. Raises ValueError
    where the pattern has no period.
    """
    days = period_days(rota)
    if days is None:
        raise ValueError("the pattern has no period")
    pattern = replace(
        plan,
        rotas=(replace(rota, until_at=None),),
        temporary=(),
        overrides=(),
        swaps=(),
        leaves=(),
        stood=(),
        left={},
        levels=(),
        settings=replace(plan.settings, all_year=True),
    )
    timeless = replace(pattern, zone=ZoneInfo("UTC"), rotas=(replace(rota, since_at=datetime(1, 1, 9, tzinfo=UTC)),))
    begin = rota.since_at + _AROUND
    stretches = [(timeless, begin, begin + timedelta(days=days))]
    stretches += [(pattern, at - _AROUND, at + _AROUND) for at in clock_changes(plan.zone, begin)]
    return next((gap for known, low, high in stretches for gap in gaps(known, low, high)), None)


def clock_changes(zone: ZoneInfo, after: datetime) -> list[datetime]:
    """Give the hours, UTC, in which a zone changes its offset within a year."""
    hours = [after + timedelta(hours=n) for n in range(0, 366 * 24, 6)]
    offsets = [hour.astimezone(zone).utcoffset() for hour in hours]
    return [hours[n + 1] for n in range(len(hours) - 1) if offsets[n] != offsets[n + 1]]


def judged(plan: Plan, at: datetime, zone_text: str) -> Sentence:
    """Say how long the rota in force at an instant stands without a gap of its own; `zone_text` is its end, worded."""
    held = next((rota for rota, low, high in plan.rotas_in_order() if low <= at < high), None)
    if held is None:
        return say("No rota is in force.")
    end = next(high for rota, _, high in plan.rotas_in_order() if rota is held)
    if end != ENDLESS:
        return say("The rota ends at {time}; nothing is planned beyond it.", time=verbatim(zone_text))
    days = period_days(held)
    if days is None:
        return say("The pattern follows months, holidays or a hand-made table: it is checked day by day, not for good.")
    if first_gap_of_pattern(plan, held) is not None:
        return say_many(
            "The pattern itself has gaps; they come again every day.",
            "The pattern itself has gaps; they come again every {count} days.",
            days,
        )
    return say_many(
        "Proved: without exceptions the pattern has no gap, for good (it repeats every day).",
        "Proved: without exceptions the pattern has no gap, for good (it repeats every {count} days).",
        days,
    )


def same_weekends(rota: Rota) -> list[str]:
    """Name the rotations in which the same people get every weekend: the number of groups shares a factor with 7."""
    return [
        rotation.name
        for rotation in rota.rotations
        if rotation.unit is TurnUnit.DAYS
        and not rotation.weekdays
        and not rotation.day_kinds
        and len(rotation.groups) > 1
        and gcd(len(rotation.groups) * rotation.length, _WEEK) > 1
    ]


def _cycle_days(rotation: Rotation) -> int | None:
    groups = max(1, len(rotation.groups))
    if rotation.day_kinds or rotation.unit is TurnUnit.MONTHS:
        return None
    if rotation.unit is TurnUnit.HOURS:
        days, rest = divmod(groups * rotation.length, 24)
        return None if rest else days
    if rotation.unit is TurnUnit.WEEKS:
        return groups * rotation.length * _WEEK
    if rotation.weekdays:
        return groups * _WEEK
    return groups * rotation.length
