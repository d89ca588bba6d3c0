"""The virtual places of the ledger, and the tree of the real ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from floodready.language import Sentence, say, verbatim
from floodready.materials.models import Place
from floodready.materials.models_papers import Incident
from floodready.store.contract import View

SUPPLIER = "supplier"
OPENING = "opening"
CONSUMED = "consumed"
LOSS = "loss"
FOUND = "found"
TRANSIT = "transit"
INCIDENT = "incident"
QUARANTINE = "quarantine"

ORIGINS = frozenset({SUPPLIER, OPENING, FOUND})
"""Where goods come from: they hold nothing, and give without end."""
ENDS = frozenset({CONSUMED, LOSS})
"""Where goods go for good: nothing is ever taken from there but by a reversal."""

_WORDS: Mapping[str, Sentence] = {
    SUPPLIER: say("supplier"),
    OPENING: say("opening"),
    CONSUMED: say("consumed"),
    LOSS: say("loss"),
    FOUND: say("found"),
    TRANSIT: say("on the way"),
    INCIDENT: say("incident"),
    QUARANTINE: say("quarantine"),
}


def transit(transfer: str) -> str:
    """Name the virtual place of goods on the way."""
    return f"{TRANSIT}/{transfer}"


def incident(id: str) -> str:
    """Name the virtual place of what an incident holds."""
    return f"{INCIDENT}/{id}"


def quarantine(place: str) -> str:
    """Name the virtual place of what is set apart at a real place."""
    return f"{QUARANTINE}/{place}"


def is_virtual(place: str) -> bool:
    """Tell whether a place id is one of the ledger's own."""
    return place.partition("/")[0] in _WORDS


def place_words(place: str, names: Mapping[str, str]) -> Sentence:
    """Name any place for people: a real one by its name, a virtual one by its word and whose it is."""
    kind, _, of = place.partition("/")
    if kind not in _WORDS:
        return verbatim(names.get(place, place))
    return say("{kind} {of}", kind=_WORDS[kind], of=verbatim(names.get(of, of))) if of else _WORDS[kind]


def place_told(view: View, place: str) -> Sentence:
    """Name any place as `place_words` does, by what the store holds; an incident's goods by the incident."""
    kind, _, of = place.partition("/")
    found = view.get(Incident, of) if kind == INCIDENT else view.get(Place, of or place)
    return place_words(place, {} if found is None else {found.id: found.name})


def inside(places: Iterable[Place], root: str) -> set[str]:
    """Give the ids of a place and of all below it."""
    children: dict[str | None, list[str]] = {}
    for place in places:
        children.setdefault(place.parent, []).append(place.id)
    found: set[str] = set()
    waiting = [root]
    while waiting:
        place_id = waiting.pop()
        if place_id not in found:
            found.add(place_id)
            waiting += children.get(place_id, ())
    return found


def walk(places: Mapping[str, Place], start: str) -> Iterator[Place]:
    """Give a place and those above it, nearest first; a circle ends the walk."""
    seen: set[str] = set()
    place = places.get(start)
    while place is not None and place.id not in seen:
        yield place
        seen.add(place.id)
        place = places.get(place.parent) if place.parent else None


def unit_of(places: Mapping[str, Place], start: str) -> str | None:
    """Give the unit whose stock stands at a place: its own, or that of the nearest place above that has one."""
    return next((place.unit for place in walk(places, start) if place.unit), None)


def reach_of(places: Mapping[str, Place], start: str) -> int | None:
    """Give the reach in hours of a place, its own or inherited; None where nobody has stated it."""
    return next((place.reach_hours for place in walk(places, start) if place.reach_hours is not None), None)


def walking_key(places: Mapping[str, Place], start: str) -> tuple[tuple[int, str], ...]:
    """Give the sort key of the walking order: from the outermost place inwards."""
    return tuple((place.walking_order, place.id) for place in reversed(list(walk(places, start))))
