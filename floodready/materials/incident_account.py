"""The account of an incident: issued = returned good + returned damaged + consumed + lost. It closes only at zero."""

from __future__ import annotations

from collections.abc import Iterable

from floodready.frozen import frozen
from floodready.language import say
from floodready.materials.models import Movement
from floodready.materials.places import CONSUMED, LOSS, QUARANTINE, incident

NOTHING_TOLD = say("Say of one piece at least what became of it.")


@frozen
class Account:
    """One lot's figures in an incident, in smallest units."""

    issued: int = 0
    good: int = 0
    damaged: int = 0
    consumed: int = 0
    lost: int = 0

    @property
    def open(self) -> int:
        """What is not accounted for yet."""
        return self.issued - self.good - self.damaged - self.consumed - self.lost


def accounts(movements: Iterable[Movement], incident_id: str) -> dict[str, Account]:
    """Give the account of every lot that went to an incident. A reversed movement counts out of its own column."""
    place = incident(incident_id)
    sums: dict[str, dict[str, int]] = {}
    for movement in movements:
        if place not in (movement.source, movement.target):
            continue
        back = movement.reverses is not None
        outward = (movement.target == place) != back
        other = movement.source if movement.target == place else movement.target
        column = "issued" if outward else _column(other)
        figures = sums.setdefault(movement.lot, {})
        figures[column] = figures.get(column, 0) + (-movement.quantity if back else movement.quantity)
    return {lot: Account(**figures) for lot, figures in sums.items()}


def _column(target: str) -> str:
    kind = target.partition("/")[0]
    return {CONSUMED: "consumed", LOSS: "lost", QUARANTINE: "damaged"}.get(kind, "good")
