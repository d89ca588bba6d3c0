"""Which documents the codes in other documents name: `written_by` a person, `lot` a lot."""

from __future__ import annotations

from collections.abc import Mapping

from floodready.drills import models as drills
from floodready.drills import run_models as runs
from floodready.duty import models as duty
from floodready.duty import models_shift as shift
from floodready.materials.models import Item, Lot, Movement
from floodready.materials.models_counting import CountSession
from floodready.materials.models_equipment import Equipment
from floodready.materials.models_papers import Incident, IssuePaper, Transfer
from floodready.organisation.models import Person, Post, Unit, Works
from floodready.rectification.models import Finding
from floodready.rectification.models_campaign import Campaign
from floodready.reports.journal_words import Kinds
from floodready.season.models import FloodWarning, Station
from floodready.season.models_level import Declaration

NAMES: Mapping[str, Kinds] = {
    "account": (Incident,),
    "campaign": (Campaign,),
    "came_back_from": (Finding,),
    "corrects": (shift.LogEntry,),
    "declaration": (Declaration,),
    "drill": (drills.Drill,),
    "entry": (shift.LogEntry,),
    "equipment": (Equipment,),
    "finding": (Finding,),
    "handover": (shift.Handover,),
    "held_by": (Unit,),
    "inject": (drills.Inject,),
    "item": (Item,),
    "lot": (Lot,),
    "merged_into": (Finding,),
    "obligation": (drills.Obligation,),
    "observation": (runs.Observation,),
    "office": (Unit,),
    "open_items": (shift.FollowUp,),
    "over": (duty.TemporaryRota,),
    "paper": (IssuePaper, Transfer, Incident, CountSession),
    "parent": (Unit,),
    "post": (Post,),
    "posts": (Post,),
    "record": (Finding,),
    "replaces": (runs.Observation,),
    "reverses": (Movement,),
    "run": (runs.Run,),
    "session": (CountSession,),
    "station": (Station,),
    "unit": (Unit,),
    "units": (Unit,),
    "warning": (FloodWarning,),
    "works": (Works,),
    **dict.fromkeys(
        (
            "approver", "author", "by", "call_out", "city_leader", "counter", "counters", "county", "custodian",
            "evaluator", "followers", "giver", "handler", "incoming", "other", "outgoing", "owner", "people", "person",
            "regulator", "responsible", "second", "supervision", "taker", "whom",
        ),
        (Person,),
    ),
}  # fmt: skip
"""By the name of the field; every other name that ends in `_by` is a person's."""
PLACES = frozenset({"place", "places", "source", "target"})
"""Fields that name places of the ledger, the virtual ones among them."""
NAMED_OR_TYPED = frozenset({"found_by"})
"""Lines that hold a person's code, or the name of somebody who has none."""
LEVELS = frozenset({"level", "levels"})
"""Fields that hold response levels."""
OWN = frozenset({"code", "digest", "event", "id", "import_key", "line", "name", "objective", "reservations", "rule",
                 "sha256"})  # fmt: skip
"""Codes that name nothing else, or nothing with a name of its own."""


LIKE: Mapping[str, str] = {"materials.places.parent": "place"}
"""By table and field: what another field names."""


def kinds_named(field: str) -> Kinds:
    """Give the classes among whose documents a code of this field is found, the likeliest first; none for its own."""
    return NAMES.get(field) or ((Person,) if field.endswith("_by") else ())
