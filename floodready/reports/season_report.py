"""The season report: what a season asked for and what was done, from the season's first day to its last or to now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from floodready.clock import end_of, local_day, local_time, start_of
from floodready.drills.owed import Standing
from floodready.drills.views_year import STANDING, owed_rows
from floodready.exchange.paper import Block, Facts, Heading, Paper, Paragraph, Table, Text
from floodready.frozen import frozen
from floodready.language import say
from floodready.missing import not_there
from floodready.readiness.models import Override
from floodready.rectification.standing import standing_on
from floodready.rectification.statistics import By, Period
from floodready.rectification.views_statistics import HEADS, tally_rows
from floodready.refusal import Refused
from floodready.reports.asked import Asked, answer_blocks, nothing
from floodready.reports.season_duty import duty_blocks
from floodready.reports.season_readiness import readiness_blocks
from floodready.reports.season_stock import stock_blocks
from floodready.season.models import Season
from floodready.season.models_report import Report
from floodready.season.report_clocks import late_by
from floodready.season.report_names import report_words
from floodready.season.settings import seasons_for
from floodready.season.situation import reports_for
from floodready.season.views import declaration_rows, late_word, warning_rows


@frozen
class Stretch:
    """The part of a season that is over by the instant asked about."""

    season: Season
    since: datetime
    until: datetime
    """UTC, exclusive: the season's end, or the instant asked about."""
    first: date
    last: date
    ended: bool


def season_report(asked: Asked, season: str | None = None) -> Paper:
    """Make the report of a season, by its id; without one, of the season that runs or ended last.

    Raises Refused where there is no such season or it has not begun.
    """
    stretch = stretch_of(asked, _season(asked, season))
    held = stretch.season
    told = say("The season is over.") if stretch.ended else say("The season runs; this report goes up to now.")
    return Paper(
        say("Season report: {season}, {unit}", season=held.name, unit=asked.unit.name),
        [
            Facts([(say("Season"), f"{held.starts_on} – {held.ends_on}"),
                   (say("Days reported"), f"{stretch.first} – {stretch.last}"), (say("State"), told)]),
            *answer_blocks(asked),
            Heading(say("Levels declared")),
            *_levels(asked, stretch),
            Heading(say("Warnings and decisions")),
            *_warnings(asked, stretch),
            Heading(say("Readiness over the season")),
            *readiness_blocks(asked, stretch.since, stretch.until),
            *_overrides(asked, stretch),
            Heading(say("Drills owed and done")),
            *_drills(asked, stretch),
            Heading(say("Hazards and tasks")),
            _hazards(asked, stretch),
            Heading(say("Stock")),
            *stock_blocks(asked, stretch.since, stretch.until),
            Heading(say("Duty")),
            *duty_blocks(asked, stretch.since, stretch.until),
            Heading(say("Reports")),
            *_reports(asked, stretch),
        ],
        landscape=True,
    )  # fmt: skip


def stretch_of(asked: Asked, season: Season) -> Stretch:
    """Give the part of a season up to the instant asked about."""
    end = end_of(season.ends_on, asked.zone)
    # What is entered at this very instant counts.
    until = min(end, asked.at + timedelta(microseconds=1))
    return Stretch(
        season=season,
        since=start_of(season.starts_on, asked.zone),
        until=until,
        first=season.starts_on,
        last=min(season.ends_on, local_day(asked.at, asked.zone)),
        ended=end <= asked.at,
    )


def _season(asked: Asked, named: str | None) -> Season:
    seasons = seasons_for(asked.view, asked.unit.id)
    today = local_day(asked.at, asked.zone)
    if named is not None:
        found = next((one for one in asked.view.all(Season) if one.id == named), None)
        if found is None:
            raise Refused(not_there("season.seasons", named))
    else:
        begun = [one for one in seasons if one.starts_on <= today]
        found = max(begun, key=lambda one: (one.ends_on >= today, one.starts_on, one.id), default=None)
    if found is None or found.starts_on > today:
        raise Refused(say("No season has begun yet; a report of it has nothing to tell."))
    return found


def _levels(asked: Asked, stretch: Stretch) -> list[Block]:
    rows: list[tuple[Text, ...]] = []
    for unit in sorted(asked.units):
        for row in declaration_rows(asked.view, unit)[::-1]:
            if row.since < stretch.until and (row.until is None or row.until > stretch.since):
                end = local_time(row.until, asked.zone) if row.until is not None else say("still in force")
                rows.append((asked.unit_names.get(unit, unit), row.level, local_time(row.since, asked.zone), end,
                             row.authority, row.reason))  # fmt: skip
    if not rows:
        return [Paragraph(say("No level was declared."))]
    heads = (say("Unit"), say("Level"), say("Begins at"), say("Until"), say("Authority"), say("Reason"))
    return [Table(heads, rows)]


def _warnings(asked: Asked, stretch: Stretch) -> list[Block]:
    rows = [
        (local_time(row.issued_at, asked.zone), row.warning, row.area, row.issuer, row.decision)
        for unit in sorted(asked.units)
        for row in warning_rows(asked.view, asked.at, unit=unit)
        if stretch.since <= row.issued_at < stretch.until
    ]
    heads = (say("Issued"), say("Warning"), say("Area"), say("Issuer"), say("Decision"))
    return [Table(heads, rows)] if rows else [Paragraph(say("No warning came."))]


def _overrides(asked: Asked, stretch: Stretch) -> list[Block]:
    rows = [
        (local_time(held.since_at, asked.zone), held.line, held.computed.word, held.colour.word,
         asked.name_of(held.by), asked.name_of(held.second), held.reason)
        for held in asked.view.all(Override)
        if stretch.since <= held.since_at < stretch.until and held.line.rpartition("/")[2] in asked.units
    ]  # fmt: skip
    if not rows:
        return [Paragraph(say("No computed colour was overridden."))]
    heads = (say("Begins at"), say("Line"), say("Computed"), say("Set to"), say("Leader"), say("Second"), say("Reason"))
    return [Paragraph(say("Overrides: {count}", count=len(rows))), Table(heads, rows)]


def _drills(asked: Asked, stretch: Stretch) -> list[Block]:
    rows = [
        row
        for row in owed_rows(asked.view, stretch.first, stretch.season.ends_on + timedelta(1), asked.at, asked.zone)
        if row.unit in asked.units
    ]
    if not rows:
        return [Paragraph(say("No drill was owed."))]
    counted = Counter(row.standing for row in rows)
    facts = Facts([(STANDING[standing], str(counted[standing])) for standing in Standing if counted[standing]])
    heads = (say("Due"), say("Unit"), say("Contingency plan"), say("State"), say("Held or planned on"))
    told = [
        (str(row.due_on), row.unit_name, row.plan, STANDING[row.standing], str(row.drill_on or "—")) for row in rows
    ]
    return [facts, Table(heads, told)]


def _hazards(asked: Asked, stretch: Stretch) -> Block:
    period, today = Period(first=stretch.first, last=stretch.last), local_day(asked.at, asked.zone)
    findings = standing_on(asked.store, asked.view, period.last, asked.at, asked.zone)
    rows = tally_rows(asked.view, findings, period, By.UNIT, today)
    told: list[tuple[Text, ...]] = [
        (row.word, *(str(value) if value is not None else "—" for value in row.figures))
        for row in rows
        if row.key in asked.units or (row.is_total and asked.unit.parent is None)
    ]
    return Table((say("Unit"), *HEADS), told)


def _reports(asked: Asked, stretch: Stretch) -> list[Block]:
    """Give each report's record by unit, and every one that was sent late by itself."""
    totals: list[tuple[Text, ...]] = []
    late: list[tuple[Text, ...]] = []
    for unit in sorted(asked.units):
        name = asked.unit_names.get(unit, unit)
        due = reports_for(asked.view, unit, stretch.since, stretch.until, asked.zone)
        for report, group in _by_name(due).items():
            unsent = [one for one in group if one.sent_at is None]
            sent_late = [one for one in group if one.sent_at is not None and late_by(one, stretch.until)]
            in_time = len(group) - len(unsent) - len(sent_late)
            figures = (len(group), in_time, len(sent_late), len(unsent))
            totals.append((name, report_words(report), *(str(figure) for figure in figures)))
            late += [
                (local_time(one.due_at, asked.zone), name, report_words(report), nothing(one.about),
                 late_word(late_by(one, stretch.until)))
                for one in sent_late
            ]  # fmt: skip
    if not totals:
        return [Paragraph(say("No report was due."))]
    heads = (say("Unit"), say("Report"), say("Due"), say("In time"), say("Late"), say("Never sent"))
    blocks: list[Block] = [Table(heads, totals)]
    if late:
        blocks.append(Table((say("Due"), say("Unit"), say("Report"), say("About"), say("Late")), late))
    return blocks


def _by_name(due: Iterable[Report]) -> dict[str, list[Report]]:
    groups: dict[str, list[Report]] = {}
    for report in due:
        groups.setdefault(report.name, []).append(report)
    return groups
