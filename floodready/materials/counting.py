"""The rules of counting: what an entry says, which figure holds, what the variance is, what a move explains."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from floodready.frozen import frozen
from floodready.language import Sentence, say, verbatim
from floodready.materials.balance import Spot, change_at
from floodready.materials.models import Importance, Movement
from floodready.materials.models_counting import Observation
from floodready.refusal import Refused
from floodready.typed_quantity import read_quantity


@frozen
class CountEntry:
    """What was typed for one line: `counted` None is a blank, which is uncounted and never zero."""

    counted: int | None
    damaged: bool = False
    adds: bool = False


def read_entry(text: str, scale: int, factors: Mapping[str, Fraction]) -> CountEntry:
    """Read what a counter typed: a number or sum, `+` before it to add, `d` behind it for damaged pieces.

    Raises Refused for what is no number.
    """
    typed = unicodedata.normalize("NFKC", text).strip()
    if not typed:
        return CountEntry(counted=None)
    adds = typed.startswith("+")
    damaged = typed[-1] in "dD" and len(typed) > 1
    figure = typed.removeprefix("+")[: -1 if damaged else None]
    return CountEntry(
        counted=read_quantity(figure, scale, factors),
        damaged=damaged,
        adds=adds,
    )


def units_typed(text: str) -> str:
    """Give the unit words of an entry as they were typed, like `包` of `3包+20`: evidence beside the figure."""
    typed = unicodedata.normalize("NFKC", text).strip().removesuffix("d").removesuffix("D")
    return " ".join(re.findall(r"[^\W\dxX_]+", typed))


class Verdict(StrEnum):
    """What the observations of a line amount to."""

    UNCOUNTED = "uncounted"
    SETTLED = "settled"
    SECOND = "second count needed"
    THIRD = "third count needed"

    @property
    def word(self) -> Sentence:
        """What is so, in the reader's language."""
        return _VERDICT_WORDS[self]


_VERDICT_WORDS = {
    Verdict.UNCOUNTED: say("uncounted"),
    Verdict.SETTLED: say("counted"),
    Verdict.SECOND: say("second count by another"),
    Verdict.THIRD: say("third person recounts"),
}


@frozen
class Figure:
    """One attempt's figure: its plain entry and what was added to it, in smallest units."""

    counted: int
    damaged: int
    counter: str
    counted_at: datetime
    seen_seq: int


@frozen
class Settlement:
    """The result of a line: the figure that holds, if any, and who counted."""

    verdict: Verdict
    figure: Figure | None = None
    counters: tuple[str, ...] = ()


def figures(observations: Iterable[Observation]) -> dict[int, Figure]:
    """Give the figure of each attempt: a plain entry takes the place of what stood before it, `+` adds to it."""
    found: dict[int, Figure] = {}
    for seen in observations:
        if seen.counted is None:
            continue
        before = found.get(seen.attempt) if seen.adds else None
        found[seen.attempt] = Figure(
            counted=seen.counted + (before.counted if before else 0),
            damaged=seen.damaged + (before.damaged if before else 0),
            counter=seen.counter,
            counted_at=seen.counted_at,
            seen_seq=seen.seen_seq,
        )
    return found


def settle(observations: Sequence[Observation], importance: Importance) -> Settlement:
    """Decide which figure of a line holds.

    Class A is counted twice by two people; where they disagree, a third one's recount holds. Other classes need one
    count. Two attempts that agree are one result: the later figure with its journal position holds.
    """
    found = figures(observations)
    counters = tuple(dict.fromkeys(figure.counter for figure in found.values()))
    if not found:
        return Settlement(verdict=Verdict.UNCOUNTED)
    if 3 in found:
        return Settlement(verdict=Verdict.SETTLED, figure=found[3], counters=counters)
    if 1 in found and 2 in found:
        agree = (found[1].counted, found[1].damaged) == (found[2].counted, found[2].damaged)
        if agree:
            return Settlement(verdict=Verdict.SETTLED, figure=found[2], counters=counters)
        return Settlement(verdict=Verdict.THIRD, counters=counters)
    only = next(iter(found.values()))
    if importance is Importance.A:
        return Settlement(verdict=Verdict.SECOND, figure=only, counters=counters)
    return Settlement(verdict=Verdict.SETTLED, figure=only, counters=counters)


def next_attempt(
    observations: Sequence[Observation],
    importance: Importance,
    counter: str,
    names: Mapping[str, str],
) -> int:
    """Say which attempt an entry of a counter is: his own one again, or the next. `names` are people's, by id.

    Raises Refused where the recount would be made by one of the two who disagree, or nothing is left to count.
    """
    found = figures(observations)
    own = next((attempt for attempt, figure in found.items() if figure.counter == counter), None)
    if own == 3 or (own is not None and not (1 in found and 2 in found)):
        return own
    if importance is not Importance.A:
        return 1
    if 1 not in found:
        return 1
    if 2 not in found:
        return 2
    if own is not None:
        raise Refused(
            say(
                "{first} and {second} have both counted this, or counted differently. A third person must recount.",
                first=verbatim(names.get(found[1].counter, found[1].counter)),
                second=verbatim(names.get(found[2].counter, found[2].counter)),
            )
        )
    if 3 in found:
        third = found[3].counter
        raise Refused(
            say("{third} has done the third count: nothing is left to count.",
                third=verbatim(names.get(third, third)))
        )  # fmt: skip
    return 3


def late_papers(movements: Iterable[Movement], spot: Spot, seen_seq: int, counted_at: datetime) -> int:
    """Sum what reached the books after the counter's journal position, but moved before the counting moment."""
    return sum(
        change_at(movement, spot.place)
        for movement in movements
        if movement.seq > seen_seq and movement.occurred_at < counted_at
    )


def book_at(movements: Iterable[Movement], spot: Spot, balance_now: int, figure: Figure) -> int:
    """Give the book figure as of the counting moment: by journal position, plus late papers that happened before.

    `movements` are those of the lot recorded after `figure.seen_seq` (earlier ones are passed over).
    """
    later = [movement for movement in movements if movement.seq > figure.seen_seq]
    as_seen = balance_now - sum(change_at(movement, spot.place) for movement in later)
    return as_seen + late_papers(later, spot, figure.seen_seq, figure.counted_at)


class Moved(NamedTuple):
    """Pieces of a lot that were found in another place than booked: a transfer, not a loss and a find."""

    lot: str
    source: str
    target: str
    quantity: int


def explain_by_moves(variances: Mapping[Spot, int]) -> list[Moved]:
    """Pair what is missing of a lot in one place with what was found of it in another."""
    missing = {spot: -variance for spot, variance in variances.items() if variance < 0}
    found = []
    for spot, surplus in sorted((spot, variance) for spot, variance in variances.items() if variance > 0):
        left = surplus
        for other in sorted(missing):
            take = min(left, missing[other]) if other.lot == spot.lot else 0
            if take > 0:
                found.append(Moved(spot.lot, other.place, spot.place, take))
                missing[other] -= take
                left -= take
    return found
