"""The lines of a count as a table: what was counted and how far each line is; blind, so without the book figure."""

from __future__ import annotations

from floodready.frozen import frozen
from floodready.language import Sentence, say
from floodready.materials.count_reading import counted_lines, shown_figure
from floodready.materials.counting import Verdict
from floodready.materials.models import Item
from floodready.materials.models_counting import CountSession
from floodready.materials.views import place_names
from floodready.quantity import write_quantity
from floodready.store.contract import View
from floodready.tui.theme import Tone
from floodready.tui.widgets.virtual_table import Column


@frozen
class CountRow:
    """One line of the count, worded; blind, so without the book figure."""

    number: int
    key: str
    place: str
    """Its name."""
    lot: str
    name: str
    spec: str
    counted: str
    state: Sentence
    tone: Tone | None


TONES = {
    Verdict.UNCOUNTED: Tone.MUTED,
    Verdict.SETTLED: Tone.GOOD,
    Verdict.SECOND: Tone.WATCH,
    Verdict.THIRD: Tone.BAD,
}
COLUMNS: tuple[Column[CountRow], ...] = (
    Column(id="number", heading=say("No."), cell=lambda r: r.number, width=4, right=True, order=lambda r: r.number),
    Column(id="place", heading=say("Place"), cell=lambda r: r.place, width=10, grow=1),
    Column(id="name", heading=say("Item"), cell=lambda r: r.name, width=11, grow=2),
    Column(id="spec", heading=say("Spec"), cell=lambda r: r.spec, width=8, priority=3),
    Column(id="lot", heading=say("Lot"), cell=lambda r: r.lot, width=8),
    Column(id="counted", heading=say("Counted"), cell=lambda r: r.counted, width=10, right=True),
    Column(id="state", heading=say("State"), cell=lambda r: r.state, width=22, tone=lambda r: r.tone),
)


def count_rows(view: View, session: CountSession) -> list[CountRow]:
    """Word every line of a count, without book figures."""
    rows, names = [], place_names(view)
    for number, line in enumerate(counted_lines(view, session), 1):
        item, figure = view.get(Item, line.item), shown_figure(session, line)
        verdict = line.settlement.verdict
        state = verdict.word
        if figure and figure.damaged and item:
            state = say("{state}, {damaged} damaged", state=state, damaged=write_quantity(figure.damaged, item.scale))
        rows.append(
            CountRow(
                number=number, key=f"{line.spot.lot}@{line.spot.place}",
                place=names.get(line.spot.place, line.spot.place), lot=line.spot.lot,
                name=item.name if item else line.item, spec=item.spec if item else "",
                counted=write_quantity(figure.counted, item.scale) if figure and item else "", state=state,
                tone=TONES[verdict],
            )
        )  # fmt: skip
    return rows
