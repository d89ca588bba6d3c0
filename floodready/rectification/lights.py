"""The light of a record: how near its deadline is."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from floodready.clock import end_of
from floodready.language import Sentence, say
from floodready.rectification.models import Finding, RectificationSettings

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo


class Light(StrEnum):
    """From the worst to the best."""

    OVERDUE = "overdue"
    RED = "red"
    AMBER = "amber"
    URGED = "urged"
    GREEN = "green"
    NONE = "none"

    @property
    def word(self) -> Sentence:
        """The light in the reader's language."""
        return _WORDS[self]

    @property
    def mark(self) -> str:
        """The mark that stands beside the word."""
        return _MARKS[self]

    @property
    def rank(self) -> int:
        """Its place from the worst, 0."""
        return list(Light).index(self)


_WORDS = {
    Light.OVERDUE: say("overdue"),
    Light.RED: say("last day"),
    Light.AMBER: say("due soon"),
    Light.URGED: say("urged"),
    Light.GREEN: say("in time"),
    Light.NONE: say("no deadline"),
}
_MARKS = {
    Light.OVERDUE: "✘",
    Light.RED: "‼",
    Light.AMBER: "!",
    Light.URGED: "·",
    Light.GREEN: "✔",
    Light.NONE: " ",
}


def light_changes(finding: Finding, settings: RectificationSettings, zone: ZoneInfo) -> list[tuple[datetime, Light]]:
    """Give each light of an open record with the instant from which it holds; empty where there is no deadline.

    Rule: lights at 3 days and 24 h before, urged at 7 days, all settings (design, rule 8). Spans are counted in UTC.
    """
    if finding.deadline_on is None or not finding.is_open:
        return []
    end = end_of(finding.deadline_on, zone)
    return [
        (end - timedelta(days=settings.urge_days), Light.URGED),
        (end - timedelta(days=settings.amber_days), Light.AMBER),
        (end - timedelta(hours=settings.red_hours), Light.RED),
        (end, Light.OVERDUE),
    ]


def light(finding: Finding, at: datetime, settings: RectificationSettings, zone: ZoneInfo) -> Light:
    """Give the light of a record at an instant."""
    changes = light_changes(finding, settings, zone)
    if not changes:
        return Light.NONE
    return min((found for since, found in changes if since <= at), key=lambda found: found.rank, default=Light.GREEN)
