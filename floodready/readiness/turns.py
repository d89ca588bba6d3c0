"""Instants from which a pillar's lines may read differently though nothing is entered; see `gathering.SOURCES`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from floodready.season.models import Station
from floodready.season.models_level import Declaration
from floodready.season.projections import Curves

if TYPE_CHECKING:
    from floodready.readiness.gathering import Surroundings

MOMENT = timedelta(microseconds=1)
"""The smallest step of time the store knows."""


def levels_turn(around: Surroundings) -> Iterator[datetime]:
    """Give the instants at which a declared level begins or ends."""
    for declaration in around.view.all(Declaration):
        yield declaration.starts_at
        if declaration.until_at is not None:
            yield declaration.until_at


def readings_come(around: Surroundings) -> Iterator[datetime]:
    """Give the instants within a day at which a reading that is known already begins to count."""
    curves = around.view.projection(Curves)
    for station in around.view.all(Station):
        for measured_at, _ in curves.points(station.id, around.at + MOMENT, around.at + timedelta(days=1)):
            yield measured_at
