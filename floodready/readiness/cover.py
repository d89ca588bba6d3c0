"""How far what is usable covers what is needed, now and at every instant at which one of the two changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from floodready.frozen import frozen
from floodready.language import Sentence, say
from floodready.materials.models import Holder
from floodready.readiness.line import Colour, Good, Importance, Signal

AHEAD = timedelta(days=30)
"""How long before stock falls short the line warns."""


@frozen
class Figure:
    """What is usable and what is needed from an instant on, UTC, in smallest units."""

    since: datetime
    usable: int
    need: int | None
    """None where no need is set."""
    by_holder: Mapping[Holder, int]
    """The usable pieces by whose they are; the four are never shown as one."""
    limited_by: str = ""
    """Of sets the item that limits them then."""
    coming: Coming | None = None
    """What is on the way, as it would then add to what is usable."""
    without_size: tuple[str, ...] = ()
    """Works whose size nobody has stated: the true need is higher than `need`."""

    @property
    def covered(self) -> bool:
        """Whether the need is met in full; an unknown need never is."""
        return self.need is not None and not self.without_size and self.usable >= self.need


@frozen
class Coming:
    """What is on the way here, in smallest units, by which transfer; it is not counted as usable."""

    quantity: int
    transfer: str
    limited_by: str = ""
    """Of sets the item that limits them without it."""


@frozen
class Words:
    """How a line speaks of its figures."""

    unknown: Callable[[Figure], Sentence]
    """No need is set, or it is not known in full."""
    cover: Callable[[Figure], Sentence]
    set_need: Callable[[Figure], Sentence]
    replenish: Callable[[Figure, int], Sentence]
    """The act, by how much is missing."""
    receive: Callable[[Coming], Sentence]
    on_the_way: Callable[[Coming], Sentence]


def cover_told(figures: Sequence[Figure], words: Words) -> Iterator[Good]:
    """Give what is said of figures while nothing is wrong, each from its instant on."""
    for figure in figures:
        if figure.need is not None:
            yield Good(since=figure.since, told=words.cover(figure))


def cover_signals(figures: Sequence[Figure], importance: Importance, words: Words) -> Iterator[Signal]:
    """Give the signals of figures, each holding from its instant to the next one.

    Red below 0.80 of the need (class A: 0.90), amber below the whole, not known without a need or where works have no
    size; amber ahead of falling below the whole. Where only goods on the way make up the whole, the line says so and
    asks to receive them: they never turn a red line amber, because they are not there.
    """
    limit = 90 if importance is Importance.A else 80
    for place, figure in enumerate(figures):
        until = figures[place + 1].since if place + 1 < len(figures) else None
        red = figure.need is not None and figure.usable * 100 < figure.need * limit
        if figure.need is None or (figure.without_size and not red):
            yield Signal(
                colour=Colour.GREY, cause=words.unknown(figure), act=words.set_need(figure), since=figure.since,
                until=until,
            )  # fmt: skip
            continue
        if figure.covered:
            continue
        missing = figure.need - figure.usable
        cause, act, coming = words.cover(figure), words.replenish(figure, missing), figure.coming
        if coming is not None and coming.quantity >= missing:
            cause = say("{cover}; depends on {coming}", cover=cause, coming=words.on_the_way(coming))
            act = words.receive(coming)
        yield Signal(colour=Colour.RED if red else Colour.AMBER, cause=cause, act=act, since=figure.since, until=until)
        if place and figures[place - 1].covered:
            yield Signal(
                colour=Colour.AMBER,
                cause=say("will fall short within {days} days: {cover}", days=AHEAD.days, cover=cause),
                act=act, since=figure.since - AHEAD, until=figure.since,
            )  # fmt: skip
