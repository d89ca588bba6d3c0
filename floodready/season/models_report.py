"""The documents of the report clocks: rules, the reports themselves, and the season's settings."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time
from enum import StrEnum

from floodready.document import Code, Document, Line, Name, Note, record
from floodready.horizon import Hours, Minutes
from floodready.language import Sentence, say
from floodready.season.report_names import report_words


class Trigger(StrEnum):
    """What starts a report clock."""

    EVENT = "event"
    """Something happened: due so many minutes after it."""
    DAILY = "daily"
    """Every day of the season at a time."""
    DAILY_ABOVE_WARNING = "daily above warning"
    """Every day at a time, while a station of the unit is at or above its warning value."""
    BULLETIN = "bulletin"
    """At the times that the level table names, while a level is in force."""
    READING = "reading"
    """A station's value must be in the duty room so many minutes after it was measured."""
    KEY_READING = "key reading"
    """The same for key stations."""

    @property
    def timed(self) -> bool:
        """Whether it needs a time of day."""
        return self in (Trigger.DAILY, Trigger.DAILY_ABOVE_WARNING)

    @property
    def word(self) -> Sentence:
        """What starts the clock, in the reader's language."""
        return _TRIGGER_WORDS[self]


_TRIGGER_WORDS = {
    Trigger.EVENT: say("an event"),
    Trigger.DAILY: say("daily in season"),
    Trigger.DAILY_ABOVE_WARNING: say("daily above the warning value"),
    Trigger.BULLETIN: say("bulletin of a level"),
    Trigger.READING: say("a station's reading"),
    Trigger.KEY_READING: say("a key station's reading"),
}


@record
class ReportRule:
    """One report clock."""

    code: Code
    name: Name
    """As offices call the report."""
    to: Line = ""
    trigger: Trigger
    within_minutes: Minutes | None = None
    at: time | None = None
    """Wall time of the store's zone."""


@record
class SeasonSettings(Document):
    """A unit's figures for this pillar, under its id. A unit without them follows the nearest unit above that has."""

    table = "season.settings"

    decide_within_minutes: Minutes = 30
    """How soon a decision on a new orange or red warning must be recorded."""
    reading_counts_hours: Hours = 24
    """How long a reading speaks for its station; after that the station is not known."""
    reports: tuple[ReportRule, ...] = ()
    source: Line = ""

    def problems(self) -> Iterable[tuple[str, Sentence]]:
        """Refuse a clock without its minutes or its time, and two clocks of one code."""
        if len({rule.code for rule in self.reports}) < len(self.reports):
            yield "reports", say("two clocks have the same code")
        for rule in self.reports:
            if rule.trigger.timed and rule.at is None:
                yield "reports", say("{report}: needs a time of day", report=report_words(rule.name))
            elif not rule.trigger.timed and rule.trigger is not Trigger.BULLETIN and rule.within_minutes is None:
                yield "reports", say("{report}: needs its minutes", report=report_words(rule.name))


@record
class Report(Document):
    """A report that is due (an event's) or was sent. Its id holds unit, clock and due time or event."""

    table = "season.reports"
    indexes = ("unit",)

    unit: Code
    rule: Code
    name: Name
    to: Line = ""
    event: Code | None = None
    """The event whose clock it is; None for daily ones and bulletins."""
    about: Line = ""
    """The event, in the words of whoever started the clock."""
    started_at: datetime | None = None
    """When the event was known, UTC."""
    due_at: datetime
    """UTC."""
    sent_at: datetime | None = None
    """UTC; None while it is not sent."""
    sent_by: Code | None = None
    note: Note = ""

    @property
    def told(self) -> Sentence:
        """The report with whom it goes to, where that is set."""
        name = report_words(self.name)
        return say("{report} to {to}", report=name, to=report_words(self.to)) if self.to else name
