"""What posting a count would do, line by line: differences with their book figure, finds elsewhere, what is not done.

The book figure is told here and not before: the count was blind until now.
"""

from __future__ import annotations

from floodready.frozen import frozen
from floodready.language import Sentence, say, verbatim
from floodready.materials.count_reading import CountedLine, counted_lines
from floodready.materials.counting import Verdict, explain_by_moves
from floodready.materials.models import Importance, Item
from floodready.materials.models_counting import CountSession, VarianceReason
from floodready.materials.views import place_names, told
from floodready.organisation.lookup import person_name
from floodready.store.contract import View


@frozen
class DifferenceRow:
    """One line that is not simply equal. Quantities are smallest units; `left` is what no move explains."""

    place: str
    place_told: str
    lot: str
    name: str
    importance: Importance
    verdict: Verdict
    counted: str
    book: str
    difference: str
    left: int
    moved: Sentence | None
    """Where the pieces are found or missing, where another place of this count explains the difference."""
    counters: tuple[str, ...]
    """The names of who counted it."""

    @property
    def needs_reason(self) -> bool:
        """Whether posting asks for a coded reason."""
        return self.left != 0


@frozen
class Differences:
    """The whole of what posting would do."""

    equal: int
    rows: tuple[DifferenceRow, ...]
    uncounted: int


def differences(view: View, session: CountSession) -> Differences:
    """Give what posting a session would do; lines that are equal are only counted."""
    lines = counted_lines(view, session)
    settled = [line for line in lines if line.settlement.verdict is Verdict.SETTLED]
    variances = {line.spot: line.variance for line in settled if line.variance}
    left = dict(variances)
    names = place_names(view)
    moved: dict[object, Sentence] = {}
    for move in explain_by_moves(variances):
        for line in settled:
            if line.spot.lot == move.lot and line.spot.place in (move.source, move.target):
                out = line.spot.place == move.source
                left[line.spot] += move.quantity if out else -move.quantity
                other = verbatim(names.get(move.target if out else move.source, ""))
                moved[line.spot] = say("to {place}", place=other) if out else say("from {place}", place=other)
    shown = [line for line in lines if line.settlement.verdict is not Verdict.SETTLED or line.variance]
    # What asks for an answer must not be looked for among sixty blanks.
    shown.sort(key=lambda line: line.settlement.verdict is Verdict.UNCOUNTED)
    return Differences(
        equal=len(settled) - len(variances),
        rows=tuple(_row(view, names, line, left.get(line.spot, 0), moved.get(line.spot)) for line in shown),
        uncounted=sum(line.settlement.verdict is Verdict.UNCOUNTED for line in lines),
    )


def reason_known(reason: VarianceReason | None) -> Sentence:
    """Say a reason, or that it is still wanted."""
    return reason.word if reason is not None else say("reason?")


def _row(view: View, names: dict[str, str], line: CountedLine, left: int, moved: Sentence | None) -> DifferenceRow:
    item, figure = view.get(Item, line.item), line.settlement.figure

    def words(quantity: int | None) -> str:
        return "" if item is None or quantity is None else told(item, quantity)

    variance = line.variance if line.settlement.verdict is Verdict.SETTLED else None
    return DifferenceRow(
        place=line.spot.place, place_told=names.get(line.spot.place, line.spot.place), lot=line.spot.lot,
        name=item.name if item else line.item, importance=item.importance if item else Importance.B,
        verdict=line.settlement.verdict, counted=words(figure.counted if figure else None),
        book=words(line.book if variance is not None else None),
        difference=("+" if variance and variance > 0 else "") + words(variance), left=left, moved=moved,
        counters=tuple(person_name(view, person) for person in line.settlement.counters),
    )  # fmt: skip
