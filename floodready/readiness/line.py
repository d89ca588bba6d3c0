"""A readiness line and the signals that colour it, at any instant past or future.

Everything that decides a colour in future is known today: expiries, tests due, the rota's end, deadlines. A pillar
therefore does not say what colour a line *has*; it gives signals, each with the window of time in which it holds. The
status at an instant, the forecast and what an act would mend are all read from the same signals.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from enum import StrEnum
from operator import itemgetter

from floodready.frozen import frozen
from floodready.language import Sentence, say

BEGINNING = datetime(1, 1, 1, tzinfo=UTC)
NEVER = datetime.max.replace(tzinfo=UTC)


class Colour(StrEnum):
    """The colour of a line, in the order in which the rules are asked: the first that fits decides."""

    RED = "red"
    GREY = "grey"
    AMBER = "amber"
    GREEN = "green"

    @property
    def severity(self) -> int:
        """How bad: 0 green, 1 amber, 2 not known, 3 red."""
        return _SEVERITY[self]

    @property
    def word(self) -> Sentence:
        """The word that stands beside the colour."""
        return _WORDS[self]

    @property
    def mark(self) -> str:
        """The mark that stands beside the colour; of neutral width, so that Chinese terminals draw one cell."""
        return _MARKS[self]


_SEVERITY = {Colour.GREEN: 0, Colour.AMBER: 1, Colour.GREY: 2, Colour.RED: 3}
_MARKS = {Colour.GREEN: "✔", Colour.AMBER: "!", Colour.GREY: "?", Colour.RED: "✘"}
_WORDS = {
    Colour.GREEN: say("READY"),
    Colour.AMBER: say("WATCH"),
    Colour.GREY: say("NOT KNOWN"),
    Colour.RED: say("NOT READY"),
}
_ASKED = (Colour.RED, Colour.GREY, Colour.AMBER)


class Importance(StrEnum):
    """A: without it the capability fails. B: it pulls the capability to amber at most. C: listed only."""

    A = "A"
    B = "B"
    C = "C"


class Kind(StrEnum):
    """What a line speaks of."""

    STOCK = "stock"
    SET = "set"
    EQUIPMENT = "equipment"
    DUTY = "duty"
    DRILL = "drill"
    HAZARD = "hazard"
    REPORT = "report"
    SEASON = "season"
    ORGANISATION = "organisation"


class Capability(StrEnum):
    """What a site must be able to do."""

    HOLD = "hold the crest"
    PIPING = "stop piping"
    PUMP = "pump out"
    BOATS = "move people by boat"
    LIGHT = "light and power"
    SHELTER = "shelter and life-saving"
    COMMAND = "warn and command"

    @classmethod
    def stated(cls, text: str) -> Capability | None:
        """Give the capability that a document states in these words; None where it states none of them."""
        return next((capability for capability in cls if capability.value == text), None)

    @property
    def word(self) -> Sentence:
        """The capability in the reader's language."""
        return _CAPABILITIES[self]


_CAPABILITIES = {
    Capability.HOLD: say("hold the crest"),
    Capability.PIPING: say("stop piping"),
    Capability.PUMP: say("pump out"),
    Capability.BOATS: say("move people by boat"),
    Capability.LIGHT: say("light and power"),
    Capability.SHELTER: say("shelter and life-saving"),
    Capability.COMMAND: say("warn and command"),
}


@frozen
class Signal:
    """One rule that would colour a line within a window of time, half-open [since, until), UTC.

    The window must not depend on the instant at which it was computed, or the forecast would lie.
    """

    colour: Colour
    cause: Sentence
    act: Sentence
    """What mends it: an imperative with its object."""
    since: datetime = BEGINNING
    until: datetime | None = None

    def holds(self, at: datetime) -> bool:
        """Tell whether the rule fits at an instant."""
        return self.since <= at and (self.until is None or at < self.until)


@frozen
class Overriding:
    """A leader's word over a computed colour, within [since, until), UTC; what was computed stays beside it."""

    id: str
    colour: Colour
    leader: str
    """The name of who answers for it."""
    second: str = ""
    """The name of who stands by it too; empty where the colour was not raised."""
    reason: str
    since: datetime
    until: datetime

    def holds(self, at: datetime) -> bool:
        """Tell whether it holds at an instant."""
        return self.since <= at < self.until


@frozen
class Good:
    """What is said from an instant on, UTC, while nothing is wrong."""

    since: datetime
    told: Sentence


_IN_ORDER = say("in order")


Evidence = tuple[tuple[str, str], ...]
"""Documents by table and id."""


@frozen
class Line:
    """One thing that must be right, of one unit (and site), for one capability."""

    id: str
    """Stable: `pillar/subject/unit`."""
    unit: str
    site: str = ""
    """The works or warehouse; empty where the line is the unit's own."""
    capability: Capability
    importance: Importance
    kind: Kind
    subject: Sentence
    signals: tuple[Signal, ...] = ()
    good: Sentence = _IN_ORDER
    """What is said when nothing is wrong; holds the figures."""
    good_later: tuple[Good, ...] = ()
    """What is said instead from later instants on, in their order: figures that time alone changes."""
    explanation: tuple[Sentence, ...] = ()
    """The arithmetic, who set the need by what rule, the last evidence; shown by `e`."""
    opens: tuple[str, str] | None = None
    """The table and id of what the line speaks of."""
    evidence: Evidence = ()
    """The documents whose last journal entries explain the line; none given: what it speaks of."""
    overridings: tuple[Overriding, ...] = ()
    """Which of them holds at an instant, the latest begun, decides there."""


@frozen
class LineStatus:
    """A line at one instant. A line that is not green always names an act."""

    line: Line
    colour: Colour
    cause: Sentence
    act: Sentence | None
    until: datetime | None
    """When the colour next changes if nothing is done; None for never."""
    overriding: Overriding | None = None
    """The override that holds; None where the colour is the computed one."""
    computed: Colour
    """The colour by the rules alone."""


Shades = Sequence[tuple[datetime, Colour]]
"""A line's colours in the order of time, each with the instant, UTC, from which it holds."""


def status_of(line: Line, at: datetime, shades: Shades | None = None) -> LineStatus:
    """Colour a line at an instant: red, then not known, then amber; the first rule that fits decides.

    An override stands before all rules; its cause tells the computed colour too. Who asks for many instants of one
    line hands in its `shades`, which are then made once.
    """
    changes = _next_change(shades_of(line) if shades is None else shades, at)
    computed = _computed(line, at, changes)
    over = _overriding(line, at)
    if over is None:
        return computed
    act = computed.act
    if act is None and over.colour is not Colour.GREEN:
        act = say("check {subject} and end the override", subject=line.subject)
    return LineStatus(
        line=line, colour=over.colour, cause=_overridden(over, computed), act=act,
        until=changes, overriding=over, computed=computed.colour,
    )  # fmt: skip


def _overridden(over: Overriding, computed: LineStatus) -> Sentence:
    told = {"leader": over.leader, "word": over.colour.word, "reason": over.reason, "computed": computed.colour.word,
            "cause": computed.cause}  # fmt: skip
    if over.second:
        return say(
            "{leader} and {second} set it to {word} ({reason}); computed: {computed}, {cause}",
            second=over.second,
            **told,
        )
    return say("{leader} set it to {word} ({reason}); computed: {computed}, {cause}", **told)


def _overriding(line: Line, at: datetime) -> Overriding | None:
    holding = [over for over in line.overridings if over.holds(at)]
    return max(holding, key=lambda over: (over.since, over.id), default=None)


def _computed(line: Line, at: datetime, changes: datetime | None) -> LineStatus:
    holding = [signal for signal in line.signals if signal.holds(at)]
    deciding = next((signal for colour in _ASKED for signal in holding if signal.colour is colour), None)
    colour = deciding.colour if deciding else Colour.GREEN
    return LineStatus(
        line=line,
        colour=colour,
        cause=deciding.cause if deciding else _good(line, at),
        act=deciding.act if deciding else None,
        until=changes,
        computed=colour,
    )


def _good(line: Line, at: datetime) -> Sentence:
    return next((good.told for good in reversed(line.good_later) if good.since <= at), line.good)


class Statuses:
    """The lines' statuses as last worked out: between two turns of a line each is the same whenever it is asked for."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[Line, datetime, datetime, LineStatus]] = {}

    def status(self, line: Line, at: datetime) -> LineStatus:
        """Give what `status_of` gives."""
        return self._found(line, at)[3]

    def turn(self, line: Line, at: datetime) -> datetime:
        """Give what `next_turn` gives; NEVER for none."""
        return self._found(line, at)[2]

    def keep_only(self, lines: Iterable[Line]) -> None:
        """Forget all other lines."""
        self._known = {id(line): self._known[id(line)] for line in lines if id(line) in self._known}

    def _found(self, line: Line, at: datetime) -> tuple[Line, datetime, datetime, LineStatus]:
        found = self._known.get(id(line))
        if found is None or found[0] is not line or not found[1] <= at < found[2]:
            found = self._known[id(line)] = line, at, next_turn(line, at) or NEVER, status_of(line, at)
        return found


def turning_points(line: Line, after: datetime, until: datetime) -> list[datetime]:
    """Give the instants in (after, until] at which any signal or override begins or ends, or other figures hold."""
    edges = {edge for signal in line.signals for edge in (signal.since, signal.until) if edge is not None}
    edges |= {good.since for good in line.good_later}
    edges |= {edge for over in line.overridings for edge in (over.since, over.until)}
    return sorted(edge for edge in edges if after < edge <= until)


def next_turn(line: Line, after: datetime) -> datetime | None:
    """Give the first of the turning points after an instant; None for none."""
    return next(iter(turning_points(line, after, NEVER)), None)


def worst(colours: Iterable[Colour], default: Colour = Colour.GREEN) -> Colour:
    """Give the worst of some colours; not known is worse than amber and better than red."""
    return max(colours, key=lambda colour: colour.severity, default=default)


def shades_of(line: Line) -> Shades:
    """Give a line's colours over all time, each from its instant to the next one's; neighbours differ."""
    if not line.signals and not line.overridings:
        return _ALWAYS_GREEN
    steps: dict[datetime, list[tuple[Colour, int]]] = {BEGINNING: []}
    for signal in line.signals:
        steps.setdefault(signal.since, []).append((signal.colour, 1))
        if signal.until is not None:
            steps.setdefault(signal.until, []).append((signal.colour, -1))
    for over in line.overridings:
        steps.setdefault(over.since, [])
        steps.setdefault(over.until, [])
    holding = dict.fromkeys(Colour, 0)
    found: list[tuple[datetime, Colour]] = []
    for at in sorted(steps):
        for colour, step in steps[at]:
            holding[colour] += step
        decreed = _overriding(line, at) if line.overridings else None
        shade = (
            decreed.colour if decreed is not None else next((one for one in _ASKED if holding[one] > 0), Colour.GREEN)
        )
        if not found or found[-1][1] is not shade:
            found.append((at, shade))
    return found


def _next_change(shades: Shades, at: datetime) -> datetime | None:
    following = bisect_right(shades, at, key=_begins)
    return shades[following][0] if following < len(shades) else None


_begins = itemgetter(0)
_ALWAYS_GREEN: Shades = ((BEGINNING, Colour.GREEN),)
