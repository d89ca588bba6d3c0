"""A small drill of one unit, from which the tests of this folder start."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from floodready.drills.models import Drill, Inject, Objective, Participant, Role
from floodready.drills.run_models import Finding, Observation, Rating, Run

START = datetime(2026, 5, 12, 1, tzinfo=UTC)
"""09:00 in Shanghai."""


def at(minutes: float) -> datetime:
    return START + timedelta(minutes=minutes)


def drill(**fields: Any) -> Drill:
    known: dict[str, Any] = {
        "id": "D1",
        "name": "Dike breach at Liu village",
        "unit": "U1",
        "plan": "Dike breach",
        "starts_at": START,
        "participants": (
            Participant(person="P1", role=Role.DIRECTOR),
            Participant(person="P2", role=Role.EVALUATOR),
            Participant(person="P3", role=Role.EVALUATOR),
            Participant(person="P4", role=Role.PLAYER, post="duty officer"),
        ),
        "objectives": (
            Objective(id="warn", text="Warn the villages within 30 minutes", capability="warn and command"),
            Objective(id="move", text="Move people to the shelter", capability="shelter"),
            Objective(id="call", text="Call out the rescue team", capability="warn and command"),
        ),
    }
    return Drill(**{**known, **fields})


def inject(number: int, minutes: float = 0, **fields: Any) -> Inject:
    known: dict[str, Any] = {
        "id": f"I{number}",
        "drill": "D1",
        "number": number,
        "offset": int(minutes * 60),
        "text": f"Event {number}",
        "author": "P1",
        "approver": "P9",
        "objective": "warn",
    }
    return Inject(**{**known, **fields})


def run(**fields: Any) -> Run:
    return Run(**{"id": "R1", "drill": "D1", "number": 1, "started_at": START, "started_by": "P1", **fields})


def observation(id: str, rating: Rating | None = None, **fields: Any) -> Observation:
    known: dict[str, Any] = {
        "drill": "D1",
        "run": "R1",
        "evaluator": "P2",
        "seen_at": START,
        "text": "seen",
        "finding": Finding.STRENGTH,
    }
    return Observation(id=id, rating=rating, **{**known, **fields})
