"""The figures that regulations and the design name, as the program ships them. An office may set most of them anew.

Whoever changes one of them changes a rule, not a detail: the source stands beside each.
"""

from __future__ import annotations

from datetime import time, timedelta
from importlib.resources import files

import pytest

from floodready.drills.models import Settings as DrillSettings
from floodready.duty.models import DutySettings
from floodready.exchange.level_table_json import read_level_table
from floodready.materials.models import MaterialSettings
from floodready.organisation.models import OrganisationSettings
from floodready.readiness.cover import AHEAD as COVER_AHEAD
from floodready.readiness.duty_ahead import AHEAD as DUTY_AHEAD
from floodready.readiness.models import LONGEST as LONGEST_OVERRIDE
from floodready.readiness.outlook import LONGEST as LONGEST_OUTLOOK
from floodready.rectification.models import RectificationSettings
from floodready.season.level import Level
from floodready.season.models_level import LeaderPlace, LevelRow
from floodready.season.models_report import SeasonSettings
from floodready.season.settings import DEFAULTS

STOCK, DUTY, OPEN_RECORDS = MaterialSettings(), DutySettings(id="U"), RectificationSettings()


@pytest.mark.parametrize(
    ("shipped", "figure", "source"),
    [
        (STOCK.evidence_days_in_season, (30, 60, 90), "readiness: evidence of class A, B, C in season"),
        (STOCK.evidence_days_out_of_season, (90, 180, 365), "readiness: evidence of class A, B, C out of season"),
        (STOCK.expiry_warning_days, (180, 90, 30), "materials, rule 2"),
        (STOCK.paper_hours, 48, "materials, rule 5: the order of a verbal issue"),
        (STOCK.count_days, 31, "materials, rule 11: a monthly count"),
        (STOCK.count_before_season_days, 31, "materials, rule 11: and one before the season"),
        (STOCK.acceptance_working_days, 5, "materials, rule 12"),
        (STOCK.filing_working_days, 2, "materials, rule 12"),
        (DUTY.handover_late_minutes, 30, "duty, rule 6"),
        (DUTY.post_check_rings, 5, "duty, rule 8"),
        (DUTY.gap_warning_days, 7, "readiness: a duty gap within 7 days is amber"),
        (DUTY.hand_over_at, time(8), "duty: 08:00–08:00 is the usual shape"),
        (OPEN_RECORDS.extension_working_days, 15, "rectification, rule 5"),
        (OPEN_RECORDS.failed_before_escalation, 2, "rectification, rule 5"),
        (OPEN_RECORDS.listed_progress_months, 3, "rectification, rule 5: at least quarterly"),
        (OPEN_RECORDS.urge_days, 7, "rectification, rule 8"),
        (OPEN_RECORDS.amber_days, 3, "rectification, rule 8"),
        (OPEN_RECORDS.red_hours, 24, "rectification, rule 8"),
        (DrillSettings(id="drills").evaluation_days, 90, "drills, rule 4: HSEEP"),
        (OrganisationSettings().phone_verified_within_days, 90, "duty, rule 5: a setting"),
        (SeasonSettings(id="U").decide_within_minutes, 30, "season: decision on an orange or red warning, a setting"),
        (LONGEST_OVERRIDE, timedelta(hours=72), "readiness: an override ends within 72 h"),
        (COVER_AHEAD, timedelta(days=30), "readiness: will fall below 1.00 within the horizon"),
    ],
)  # fmt: skip
def test_what_is_shipped_is_what_its_source_says(shipped: object, figure: object, source: str) -> None:
    assert shipped == figure, source


def test_no_forecast_asks_for_more_than_the_pillars_look_ahead() -> None:
    assert timedelta(days=365) < LONGEST_OUTLOOK < DUTY_AHEAD


def test_the_report_clocks_are_those_of_the_public_rules() -> None:
    """Danger: 1 h to the city, 1 h more to the province, 4 h to the nation; station data 1 h, of key ones 30 min."""
    clocks = {rule.code: rule.at or rule.within_minutes for rule in DEFAULTS.reports}
    assert clocks == {
        "danger-city": 60, "danger-province": 120, "danger-national": 240, "station": 60, "key-station": 30,
        "works": time(8), "defence": time(9), "units": time(16), "bulletin": None,
    }  # fmt: skip


def test_the_levels_of_the_demo_demand_what_the_published_plan_says() -> None:
    rows, source = read_level_table(files("floodready.demo").joinpath("data", "response-levels.json").read_bytes())
    levels = {row.level: row for row in rows}
    assert "Yellow River flood plan" in source
    assert levels[Level.IV].bulletins == (time(8), time(20))
    assert levels[Level.III].bulletins == (time(8), time(14), time(20))
    assert [len(levels[level].bulletins) for level in (Level.II, Level.I)] == [6, 12]
    assert [levels[level].forward_stock_percent for level in (Level.IV, Level.III)] == [(), (30, 50)]
    assert [levels[level].leader for level in (Level.IV, Level.III, Level.II, Level.I)] == [
        LeaderPlace.ON_SITE, LeaderPlace.ON_SITE, LeaderPlace.ON_SITE, LeaderPlace.COMMANDER_ON_SITE,
    ]  # fmt: skip
    assert [upward(levels[level]) for level in (Level.IV, Level.III, Level.II, Level.I)] == [120, 120, 60, 60]
    assert [levels[level].forecasts_per_day for level in (Level.IV, Level.III, Level.II, Level.I)] == [1, 1, 2, 3]


def upward(row: LevelRow) -> int:
    return next(action.within_minutes for action in row.actions if "上报" in action.name)
