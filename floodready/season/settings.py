"""What a unit follows: its own settings, seasons and level table, or the nearest above; else the defaults."""

from __future__ import annotations

from datetime import time

from floodready.organisation.models import Unit
from floodready.organisation.tree import parents_of
from floodready.season.models import Season
from floodready.season.models_level import LevelTable
from floodready.season.models_report import ReportRule, SeasonSettings, Trigger
from floodready.season.seasons import followed, seasons_of
from floodready.store.contract import View

_SOURCE = "public descriptions of the Yellow River, Sanmenxia and Luhun rules; check against the office's own plan"

DEFAULTS = SeasonSettings(
    id="default",
    reports=(
        ReportRule(
            code="danger-city", name="Major danger / 重大险情", to="city / 市", trigger=Trigger.EVENT, within_minutes=60
        ),
        ReportRule(
            code="danger-province",
            name="Major danger / 重大险情",
            to="province / 省",
            trigger=Trigger.EVENT,
            # One hour from the place to the city, and one more from the city to the province.
            within_minutes=120,
        ),
        ReportRule(
            code="danger-national",
            name="Major danger / 重大险情",
            to="national headquarters / 国家防总",
            trigger=Trigger.EVENT,
            within_minutes=240,
        ),
        ReportRule(code="station", name="Station data / 水情", trigger=Trigger.READING, within_minutes=60),
        ReportRule(
            code="key-station", name="Key station data / 重要站水情", trigger=Trigger.KEY_READING, within_minutes=30
        ),
        ReportRule(code="works", name="Works status / 工情日报", trigger=Trigger.DAILY_ABOVE_WARNING, at=time(8)),
        ReportRule(code="defence", name="Defence report / 防守日报", trigger=Trigger.DAILY_ABOVE_WARNING, at=time(9)),
        ReportRule(code="units", name="Units' daily report / 各单位日报", trigger=Trigger.DAILY, at=time(16)),
        ReportRule(code="bulletin", name="Bulletin / 汛情通报", trigger=Trigger.BULLETIN),
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
