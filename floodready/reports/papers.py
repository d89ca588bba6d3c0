"""The four reports by name: one place where the command line and the screens ask for one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import TYPE_CHECKING

from floodready.clock import local_time
from floodready.language import Sentence, say, verbatim
from floodready.organisation.lookup import unit_asked
from floodready.organisation.models import Unit
from floodready.readiness.assembly import readiness
from floodready.refusal import Refused
from floodready.reports.asked import Asked
from floodready.reports.daily_brief import daily_brief
from floodready.reports.inspection_pack import inspection_pack
from floodready.reports.season_report import season_report
from floodready.reports.shift_brief import shift_brief
from floodready.store.verify import verify

if TYPE_CHECKING:
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from floodready.exchange.paper import Paper
    from floodready.readiness.assembly import Readiness
    from floodready.store.contract import Store, View


class Report(StrEnum):
    """The reports about the whole duty room."""

    SHIFT = "shift"
    DAILY = "daily"
    SEASON = "season"
    INSPECTION = "inspection"

    @property
    def word(self) -> Sentence:
        """The report's name in the reader's language."""
        return _WORDS[self]


_WORDS = {
    Report.SHIFT: say("shift brief"),
    Report.DAILY: say("daily brief"),
    Report.SEASON: say("season report"),
    Report.INSPECTION: say("inspection pack"),
}


def asked_about(
    store: Store, view: View, at: datetime, zone: ZoneInfo, *, unit: str | None = None, answer: Readiness | None = None
) -> Asked:
    """Put a question together; `answer` is what a caller has computed already.

    Raises Refused for an unknown unit, and for an instant before the first one was entered.
    """
    if view.count(Unit) == 0 < store.count(Unit):
        raise Refused(
            say("No unit was known here at {time}. Ask for a later time.", time=verbatim(local_time(at, zone)))
        )
    return Asked(
        store=store,
        view=view,
        at=at,
        zone=zone,
        unit=unit_asked(view, unit),
        answer=answer or readiness(view, at, zone),
    )


def paper_of(report: Report, asked: Asked, *, season: str | None = None) -> Paper:
    """Make a report; the inspection pack proves the store, which takes as long as its journal. Raises Refused."""
    makers: Mapping[Report, Callable[[], Paper]] = {
        Report.SHIFT: lambda: shift_brief(asked),
        Report.DAILY: lambda: daily_brief(asked),
        Report.SEASON: lambda: season_report(asked, season),
        Report.INSPECTION: lambda: inspection_pack(asked, lambda: verify(asked.store.folder)),
    }
    return makers[report]()
