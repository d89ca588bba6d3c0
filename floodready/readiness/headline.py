"""The headline: one sentence with cause and next act, and the progress that may stand beside it but never alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from floodready.language import Sentence, listed, say, say_many, verbatim
from floodready.readiness.line import Colour, Importance, LineStatus, worst
from floodready.readiness.rollup import UnitStatus


def deciding(units: Iterable[UnitStatus]) -> list[LineStatus]:
    """Give the lines that are not green, the one that matters most first.

    Ordered by what it does to the whole (an A line in its own colour, a B line at most amber, a C line nothing), then
    by its own colour, then by name, so that the same store always gives the same sentence.
    """
    return sorted(_wrong(_lines(units)), key=_order)


def decisive(statuses: Iterable[LineStatus]) -> LineStatus | None:
    """Give the line that matters most of those that are not green, as `deciding` orders them; None where all are."""
    return min(_wrong(statuses), key=_order, default=None)


def headline(units: Sequence[UnitStatus]) -> Sentence:
    """Say whether the duty room is ready, why not, and what to do next."""
    colour = worst((unit.colour for unit in units), default=Colour.GREY)
    if not units:
        return say("NOT KNOWN — nothing is entered yet. Next: enter the units and what they must have.")
    first = decisive(_lines(units))
    if first is None or colour is Colour.GREEN:
        number = sum(1 for unit in units for _ in unit.lines())
        return say_many("READY — {count} line in order.", "READY — {count} lines in order.", number)
    return say(
        "{word} — {subject}: {cause}. Next: {act}.",
        word=colour.word,
        subject=first.line.subject,
        cause=first.cause,
        act=first.act or verbatim("—"),
    )


def counts(units: Sequence[UnitStatus]) -> Sentence:
    """Say how many sites are in which colour, the worst first, as `3 of 14 sites not ready, 11 ready`."""
    total = {colour: sum(unit.counts()[colour] for unit in units) for colour in Colour}
    sites = sum(total.values())
    found = [colour for colour in Colour if total[colour]]
    if not found:
        return say("no site is entered")
    return listed(
        [_of_all(found[0], total[found[0]], sites), *(_and_more(colour, total[colour]) for colour in found[1:])]
    )


def _of_all(colour: Colour, number: int, sites: int) -> Sentence:
    match colour:
        case Colour.RED:
            return say_many("{number} of {count} site not ready", "{number} of {count} sites not ready", sites,
                            number=number)  # fmt: skip
        case Colour.GREY:
            return say_many("{number} of {count} site not known", "{number} of {count} sites not known", sites,
                            number=number)  # fmt: skip
        case Colour.AMBER:
            return say_many("{number} of {count} site to watch", "{number} of {count} sites to watch", sites,
                            number=number)  # fmt: skip
        case Colour.GREEN:
            return say_many("{number} of {count} site ready", "{number} of {count} sites ready", sites, number=number)


def _and_more(colour: Colour, number: int) -> Sentence:
    match colour:
        case Colour.RED:
            return say("{number} not ready", number=number)
        case Colour.GREY:
            return say("{number} not known", number=number)
        case Colour.AMBER:
            return say("{number} to watch", number=number)
        case Colour.GREEN:
            return say("{number} ready", number=number)


def progress(statuses: Iterable[LineStatus]) -> int:
    """Give the share of lines in order, in percent, rounded down: progress, never the answer.

    Capped at 59 while an A line is red or not known, and at 79 while one is amber.
    """
    known = list(statuses)
    if not known:
        return 0
    share = 100 * sum(status.colour is Colour.GREEN for status in known) // len(known)
    of_a = worst(status.colour for status in known if status.line.importance is Importance.A)
    cap = {Colour.RED: 59, Colour.GREY: 59, Colour.AMBER: 79, Colour.GREEN: 100}[of_a]
    return min(share, cap)


def _lines(units: Iterable[UnitStatus]) -> Iterator[LineStatus]:
    return (status for unit in units for status in unit.lines())


def _wrong(statuses: Iterable[LineStatus]) -> list[LineStatus]:
    return [status for status in statuses if status.colour is not Colour.GREEN]


def _order(status: LineStatus) -> tuple[object, ...]:
    line = status.line
    return -_weight(status), -status.colour.severity, line.importance, line.unit, line.id


def _weight(status: LineStatus) -> int:
    if status.line.importance is Importance.A:
        return status.colour.severity
    return min(status.colour.severity, 1) if status.line.importance is Importance.B else 0
