"""Whole numbers of documents with what they count: kilograms of the item, metres of the station, hours, yuan."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta

from floodready.clock import WEEKDAYS
from floodready.drills.run_clock import written_clock
from floodready.language import Sentence, say, say_many, verbatim
from floodready.materials.models import Item
from floodready.materials.views import told
from floodready.money import yuan_told
from floodready.season.measure import shown
from floodready.season.models import Station, StationKind
from floodready.store.contract import Raw, View

Around = tuple[Raw, ...]
"""The records in which a value stands, the innermost first, the document last."""

OF_ITEM = frozenset({"book", "counted", "damaged", "per_set", "quantity", "received", "sent", "settled", "short"})
"""Smallest units of the item that stands beside them."""
OF_STATION = frozenset({"value", "earlier_values"})
"""Thousandths of the unit of the station that stands beside them, or whose own they are."""
COUNTED: Mapping[str, Callable[[int], Sentence]] = {
    "working_days": lambda n: say_many("{count} working day", "{count} working days", n),
    "minutes": lambda n: say("{count} min", count=n),
    "hours": lambda n: say("{count} h", count=n),
    "days": lambda n: say_many("{count} day", "{count} days", n),
    "weeks": lambda n: say_many("{count} week", "{count} weeks", n),
    "months": lambda n: say_many("{count} month", "{count} months", n),
    "percent": lambda n: verbatim(f"{n} %"),
    "fen": yuan_told,
    "money": yuan_told,
    "weekday": lambda n: WEEKDAYS[n],
    "weekdays": lambda n: WEEKDAYS[n],
    "offset": lambda n: verbatim(written_clock(timedelta(seconds=n))),
    "deferred_to": lambda n: verbatim(written_clock(timedelta(seconds=n))),
}
"""By a word of the field's name: house names say what is counted."""
BARE = frozenset({
    "attempt", "basic_needed", "denominator", "entries", "failed", "failed_before_escalation", "forecasts_per_day",
    "last", "length", "most_in_row", "movements", "needed", "nth", "number", "numerator", "people", "per",
    "physical_needed", "post_check_rings", "posted_seq", "rings", "rows", "scale", "seen_seq", "seq", "size",
    "walking_order",
})  # fmt: skip
"""Figures that count what their field's word says, or have their unit beside them."""


def figure_told(view: View, value: int, field: str, around: Around) -> Sentence:
    """Say a figure with its unit, where it has one."""
    if field in OF_ITEM:
        item = view.get(Item, next((image["item"] for image in around if "item" in image), ""))
        return verbatim(told(item, value) if item is not None else str(value))
    if field in OF_STATION:
        kind = _station_kind(view, around)
        return verbatim(shown(value, kind) if kind is not None else str(value))
    if field == "size" and "sha256" in around[0]:
        return say_many("{count} byte", "{count} bytes", value)
    if field == "size":
        unit = next((str(image["size_unit"]) for image in around if image.get("size_unit")), "")
        return verbatim(f"{value:,} {unit}".rstrip())
    if field == "scale":
        return say_many("{count} decimal", "{count} decimals", value) if value else say("whole pieces")
    padded = f"_{field}_"
    teller = next((teller for word, teller in COUNTED.items() if f"_{word}_" in padded), None)
    return teller(value) if teller is not None else verbatim(str(value))


def _station_kind(view: View, around: Around) -> StationKind | None:
    for image in around:
        if "station" in image:
            found = view.get(Station, str(image["station"]))
            return found.kind if found is not None else None
        if "thresholds" in image or "kind" in image:
            return StationKind(image["kind"])
    return None
