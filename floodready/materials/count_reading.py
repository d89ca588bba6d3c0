"""Reading a count session: its observations by line, what each amounts to, and the variance as of its moment."""

from __future__ import annotations

from collections.abc import Sequence

from floodready.frozen import frozen
from floodready.language import Sentence, listed, say
from floodready.materials.balance import Spot
from floodready.materials.counting import Figure, Settlement, Verdict, book_at, settle
from floodready.materials.models import Importance, Item, Movement
from floodready.materials.models_counting import CountSession, Observation, SessionState
from floodready.materials.places import place_told
from floodready.materials.projections import Balances
from floodready.store.contract import View


@frozen
class CountedLine:
    """One lot and place of a session. `book` is the figure as of the counting moment; None while nothing holds."""

    spot: Spot
    item: str
    observations: tuple[Observation, ...]
    settlement: Settlement
    book: int | None = None

    @property
    def variance(self) -> int | None:
        """Counted minus book, in smallest units; None while nothing holds."""
        figure = self.settlement.figure
        return None if figure is None or self.book is None else figure.counted - self.book


def counted_lines(view: View, session: CountSession) -> list[CountedLine]:
    """Give every line of a session: those of its sheet in order, then what was found besides."""
    seen: dict[Spot, list[Observation]] = {Spot(line.lot, line.place): [] for line in session.sheet}
    items = {Spot(line.lot, line.place): line.item for line in session.sheet}
    for observation in view.find(Observation, session=session.id):
        spot = Spot(observation.lot, observation.place)
        seen.setdefault(spot, []).append(observation)
        items[spot] = observation.item
    return [_line(view, spot, items[spot], tuple(observations)) for spot, observations in seen.items()]


def shown_figure(session: CountSession, line: CountedLine) -> Figure | None:
    """Give the figure of a line that may be shown.

    An open blind count keeps the first of two counts to itself: the second counter must not be led by it.
    """
    led = session.blind and session.state is SessionState.OPEN and line.settlement.verdict is Verdict.SECOND
    return None if led else line.settlement.figure


def booked_told(view: View, places: Sequence[str]) -> Sentence:
    """Say that a lot was found where the books do not have it, and at which places they have it."""
    return say("Entered. It can be posted as a transfer from {places}, where the books have it.",
               places=listed([place_told(view, place) for place in places]))  # fmt: skip


def importance_of(view: View, item: str) -> Importance:
    """Give an item's importance; the middle one where the item is not known."""
    found = view.get(Item, item)
    return found.importance if found else Importance.B


def _line(view: View, spot: Spot, item: str, observations: tuple[Observation, ...]) -> CountedLine:
    settlement = settle(observations, importance_of(view, item))
    book = None
    if settlement.figure is not None:
        balances = view.projection(Balances)
        book = balances.held(spot.lot, spot.place)
        if balances.last_seq.get(spot.lot, 0) > settlement.figure.seen_seq:
            book = book_at(view.find(Movement, lot=spot.lot), spot, book, settlement.figure)
    return CountedLine(spot=spot, item=item, observations=observations, settlement=settlement, book=book)
