"""What a unit follows: its own settings, seasons and level table, or the nearest above; else the defaults."""

from __future__ import annotations

from datetime import time

from floodready.organisation.models import Unit
from floodready.organisation.tree import parents_of
from floodready.season import report_names as names
from floodready.season.models import Season
from floodready.season.models_level import LevelTable
from floodready.season.models_report import ReportRule, SeasonSettings, Trigger
from floodready.season.seasons import followed, seasons_of
from floodready.store.contract import View

_SOURCE = "public descriptions of the Yellow River, Sanmenxia and Luhun rules; check against the office's own plan"

DEFAULTS = SeasonSettings(
    id="default",
    reports=(
        ReportRule(code="danger-city", name=names.DANGER, to=names.CITY, trigger=Trigger.EVENT, within_minutes=60),
        ReportRule(
            code="danger-province",
            name=names.DANGER,
            to=names.PROVINCE,
            trigger=Trigger.EVENT,
            # One hour from the place to the city, and one more from the city to the province.
            within_minutes=120,
        ),
        ReportRule(
            code="danger-national",
            name=names.DANGER,
            to=names.NATIONAL,
            trigger=Trigger.EVENT,
            within_minutes=240,
        ),
        ReportRule(code="station", name=names.STATION, trigger=Trigger.READING, within_minutes=60),
        ReportRule(code="key-station", name=names.KEY_STATION, trigger=Trigger.KEY_READING, within_minutes=30),
        ReportRule(code="works", name=names.WORKS, trigger=Trigger.DAILY_ABOVE_WARNING, at=time(8)),
        ReportRule(code="defence", name=names.DEFENCE, trigger=Trigger.DAILY_ABOVE_WARNING, at=time(9)),
        ReportRule(code="units", name=names.UNITS, trigger=Trigger.DAILY, at=time(16)),
        ReportRule(code="bulletin", name=names.BULLETIN, trigger=Trigger.BULLETIN),
    ),
    source=_SOURCE,
)
"""What holds until an office sets its own. Source: `source`."""


def settings_of(view: View, unit: str) -> SeasonSettings:
    """Give the settings a unit follows."""
    held = {settings.id: settings for settings in view.all(SeasonSettings)}
    return followed(unit, held, parents_of(view.all(Unit))) or DEFAULTS


def level_table_of(view: View, unit: str) -> LevelTable | None:
    """Give the level table a unit follows, or None where nobody above has one either."""
    held = {table.id: table for table in view.all(LevelTable)}
    return followed(unit, held, parents_of(view.all(Unit)))


def seasons_for(view: View, unit: str) -> tuple[Season, ...]:
    """Give the seasons a unit follows, by first day."""
    return seasons_of(unit, view.all(Season), parents_of(view.all(Unit)))
