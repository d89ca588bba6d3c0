"""The documents of readiness: what a leader sets over a computed colour."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from floodready.document import Code, Document, Note, record
from floodready.language import Sentence, say
from floodready.readiness.line import Colour

LONGEST = timedelta(hours=72)
"""No override lasts longer: after that the leader looks again."""


@record
class Override(Document):
    """A colour set over the computed one of a line, by a leader, with a reason, for 72 h at most.

    It ends by its time alone; nothing has to run for that.
    """

    table = "readiness.overrides"
    indexes = ("line",)

    line: Code
    """The line's id, like `materials/BAG/HQ`."""
    colour: Colour
    computed: Colour
    """What the rules said when it was set; both stay visible."""
    by: Code
    """The leader who answers for it."""
    second: Code | None = None
    """Who stands by it too: needed where the colour is raised."""
    reason: Note
    since_at: datetime
    until_at: datetime
    """UTC, exclusive."""
    ended_at: datetime | None = None
    """When it was ended before its time, UTC."""
    ended_by: Code | None = None

    @property
    def ends_at(self) -> datetime:
        """The instant from which it no longer holds, UTC."""
        return self.until_at if self.ended_at is None else min(self.until_at, self.ended_at)

    @property
    def raises(self) -> bool:
        """Whether the colour is better than the computed one."""
        return self.colour.severity < self.computed.severity

    def problems(self) -> Iterable[tuple[str, Sentence]]:
        """Refuse what nobody may set: no reason, no end within 72 h, a raised colour on one name alone."""
        if not self.reason:
            yield "reason", say("must not be empty")
        if self.until_at <= self.since_at:
            yield "until_at", say("ends before it begins")
        if self.until_at - self.since_at > LONGEST:
            yield "until_at", say("ends later than 72 h from now")
        if self.raises and self.second is None:
            yield "second", say("a better colour than the computed one needs a second name")
        if self.second == self.by:
            yield "second", say("must be another person than the leader")
