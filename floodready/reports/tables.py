"""The tables that several reports hold: level, stations, duty, clocks, acts. Each may be cut to fit a page."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from floodready.clock import local_time
from floodready.duty.handover import first_unsigned
from floodready.duty.models_shift import Handover
from floodready.duty.roster import plan_of
from floodready.duty.views import SpanRow, next_shift, who_is_on
from floodready.exchange.paper import Block, Facts, Paragraph, Table, Text
from floodready.frozen import frozen
from floodready.language import Sentence, say, say_many, verbatim
from floodready.reports.asked import Asked, nothing, state_told
from floodready.reports.clocks import running_clocks
from floodready.season.level import level_word
from floodready.season.measure import figure
from floodready.season.models import Station
from floodready.season.projections import Curves
from floodready.season.situation import situation
from floodready.season.views import StationRow, effect_sentences, station_rows, warning_rows

DAY = timedelta(hours=24)
CLOCKS_WITHIN = timedelta(hours=24)
"""A paper tells the reports of the day ahead, the board only those of the shift."""


def level_facts(asked: Asked) -> Facts:
    """Give season, response level with what it demands, what the readings suggest, and the warnings that hold."""
    seen = situation(asked.view, asked.unit.id, asked.at, asked.zone)
    held = seen.declaration
    level = level_word(None)
    if held is not None:
        level = say("{level} since {time}, declared by {authority}: {reason}", level=level_word(held.level),
                    time=local_time(held.starts_at, asked.zone), authority=held.authority,
                    reason=held.reason)  # fmt: skip
    pairs: list[tuple[Text, Text]] = [
        (say("Season"), seen.season.name if seen.season is not None else say("out of season")),
        (say("Response level"), level),
        (say("By the readings"), seen.suggestion.beside(seen.level)),
        *((say("The level demands"), demand) for demand in effect_sentences(seen.effects)),
    ]
    holding = {warning.id for warning in seen.warnings}
    for row in warning_rows(asked.view, asked.at, unit=asked.unit.id):
        if row.id in holding:
            told = say("{warning}, {area}, by {issuer}; decision: {decision}", warning=row.warning, area=row.area,
                       issuer=row.issuer, decision=row.decision)  # fmt: skip
            pairs.append((say("Warning"), told))
    return Facts(pairs)


def stations_table(asked: Asked, most: int | None = None) -> list[Block]:
    """Give the stations with value, change over 24 h and how they stand; those read last come first."""
    rows = stations_by_time(asked)
    if not rows:
        return [Paragraph(say("No station is entered."))]
    heads = (say("Station"), say("Value"), say("Change in 24 h"), say("Measured at"), say("Stands"))
    told = [
        (
            row.name,
            nothing(row.value),
            nothing(change_in_a_day(asked, row.id)),
            local_time(row.measured_at, asked.zone) if row.measured_at is not None else "—",
            row.stands,
        )
        for row in rows[:most]
    ]
    return [Table(heads, told), *more(len(rows), most)]


def stations_by_time(asked: Asked) -> list[StationRow]:
    """Give the stations in use, those read last first."""
    return sorted(station_rows(asked.view, asked.at, asked.zone), key=_read_last)


def change_in_a_day(asked: Asked, station: str) -> str:
    """Give by how much a station's last value differs from the one 24 h before it; empty where nobody knows."""
    held, curves = asked.view.get(Station, station), asked.view.projection(Curves)
    last = curves.latest(station, asked.at)
    if held is None or last is None or asked.at - last[0] > DAY:
        return ""
    before = curves.latest(station, last[0] - DAY)
    if before is None or last[0] - before[0] > 2 * DAY:
        return ""
    difference = last[1] - before[1]
    return f"{'+' if difference > 0 else '±' if not difference else ''}{figure(difference, held.kind)}"


@frozen
class DutyRow:
    """One person on a post, now or in the next shift, worded."""

    key: str
    now: bool
    unit: str
    post: str
    person: str
    phone: Text
    since: str
    until: str

    @property
    def shift(self) -> Sentence:
        """Now or next, in the reader's language."""
        return say("on now") if self.now else say("next")


def duty_rows(asked: Asked) -> list[DutyRow]:
    """Give who is on now and who comes next, in every unit that keeps a roster."""
    rows = []
    for unit in asked.duty_units:
        on_now = who_is_on(asked.view, unit.id, asked.at, asked.zone)
        rows += [_duty_row(unit.name, span, asked, now=True) for span in on_now]
        rows += [
            _duty_row(unit.name, span, asked, now=False)
            for span in next_shift(asked.view, unit.id, asked.at, asked.zone)
        ]
    return rows


def duty_table(asked: Asked) -> list[Block]:
    """Give who is on now and who comes next, with phones, and the handover that is due."""
    heads = (say("Unit"), say("Shift"), say("Post"), say("Person"), say("Phone"), say("Begins at"), say("Until"))
    rows = [(row.unit, row.shift, row.post, row.person, row.phone, row.since, row.until) for row in duty_rows(asked)]
    told: list[Block] = [Table(heads, rows) if rows else Paragraph(say("Nobody is on duty now."))]
    if asked.duty_units and (due := _next_handover(asked)) is not None:
        told.append(Facts([(say("Next handover to sign"), local_time(due, asked.zone))]))
    return told


def clocks_table(asked: Asked, most: int | None = None) -> list[Block]:
    """Give what runs against a clock, the nearest first."""
    running = running_clocks(asked.view, asked.at, asked.zone, CLOCKS_WITHIN)
    clocks = [clock for clock in running if clock.unit is None or clock.unit in asked.units]
    if not clocks:
        return [Paragraph(say("No clock is running."))]
    rows = [
        (local_time(one.due_at, asked.zone), one.left(asked.at), nothing(asked.unit_names.get(one.unit or "")),
         one.what, nothing(one.who))
        for one in clocks[:most]
    ]  # fmt: skip
    heads = (say("Due"), say("Time left"), say("Unit"), say("What"), say("Who"))
    return [Table(heads, rows), *more(len(clocks), most)]


def acts_table(asked: Asked, most: int | None = None) -> list[Block]:
    """Give what is not in order and what mends it, the line that matters most first."""
    wrong = asked.wrong
    if not wrong:
        return [Paragraph(say("Nothing has to be done."))]
    rows = [
        (state_told(one), one.line.importance.value, asked.unit_names.get(one.line.unit, one.line.unit),
         one.line.subject, one.cause, nothing(one.act))
        for one in wrong[:most]
    ]  # fmt: skip
    heads = (say("State"), say("Class"), say("Unit"), say("Line"), say("Cause"), say("Next"))
    return [Table(heads, rows), *more(len(wrong), most)]


def more(count: int, most: int | None) -> Iterable[Paragraph]:
    """Say how many rows did not fit; nothing where all did."""
    if most is not None and count > most:
        yield Paragraph(say_many("and {count} more", "and {count} more", count - most))


def _duty_row(unit: str, span: SpanRow, asked: Asked, *, now: bool) -> DutyRow:
    return DutyRow(
        key=f"{span.unit}/{span.post}/{span.person}/{span.start.isoformat()}",
        now=now,
        unit=unit,
        post=span.post_name,
        person=span.name,
        phone=_phone(span),
        since=local_time(span.start, asked.zone),
        until=local_time(span.end, asked.zone),
    )


def _phone(span: SpanRow) -> Text:
    if not span.phone:
        return say("no phone")
    return say("{phone} (not verified lately)", phone=span.phone) if span.phone_is_old else verbatim(span.phone)


def _next_handover(asked: Asked) -> datetime | None:
    unit = asked.duty_units[0].id
    handovers = list(asked.view.find(Handover, unit=unit))
    return first_unsigned(plan_of(asked.view, unit, asked.zone), handovers)


def _read_last(row: StationRow) -> tuple[bool, float, str]:
    read = row.measured_at
    return read is None, -read.timestamp() if read is not None else 0, row.id
