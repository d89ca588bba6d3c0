"""What the journal calls the documents of an entry: what they are and whose, in people's words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from floodready.codec import encode
from floodready.document import Document
from floodready.drills.models import Drill
from floodready.language import Sentence, listed, say, verbatim
from floodready.materials.models import Item, Lot, Place
from floodready.materials.models_equipment import Equipment
from floodready.organisation.models import Person, Terminal, Unit, Works
from floodready.season.models import Station
from floodready.store.contract import Change, Raw, View
from floodready.table_words import table_word
from floodready.text import folded, shortened

Kinds = tuple[type[Document], ...]
_OWN = ("name", "description", "task", "file_name", "area", "content", "text")
"""Fields by which a document is known itself, the best first."""
_OF: Mapping[str, Kinds] = {
    "station": (Station,),
    "equipment": (Equipment,),
    "item": (Item,),
    "lot": (Lot,),
    "drill": (Drill,),
    "person": (Person,),
    "works": (Works,),
    "unit": (Unit,),
    "place": (Place,),
    "id": (Person, Unit, Works, Lot, Drill),
}
"""Fields that name another document, by which this one is known; some documents stand under another's id."""
_LONGEST = 40
_NAMED = 4
"""Documents of an entry that are named one by one: an import changes thousands."""


class DocumentNames:
    """Names documents as people do; whatever many of them refer to is looked up once."""

    def __init__(self, view: View | None) -> None:
        """Without a view, documents that are known by others only are told by their ids."""
        self._view = view
        self._known: dict[tuple[Kinds, str], str] = {}

    def told(self, change: Change) -> Sentence:
        """Say which document was changed: `reading Huayuankou`. One without a name is told by its id."""
        # A terminal stands under the name that people gave it, not under that of whoever sits there.
        image = {} if change.table == Terminal.table else change.after or change.before or {}
        return say("{kind} {name}", kind=table_word(change.table), name=verbatim(self._name(image) or change.id))

    def all_told(self, changes: Iterable[Change]) -> Sentence:
        """Say which documents an entry changed: the first few, and how many more."""
        once: dict[str, Sentence] = {}
        more = 0
        seen: set[tuple[str, str]] = set()
        for change in changes:
            if (change.table, change.id) in seen:
                continue
            seen.add((change.table, change.id))
            if len(once) < _NAMED:
                told = self.told(change)
                once.setdefault(str(told), told)
            else:
                more += 1
        named = listed(list(once.values())) if once else verbatim("")
        return say("{documents} and {count} more", documents=named, count=more) if more else named

    def fits(self, change: Change, asked: str) -> bool:
        """Tell whether a document is the one asked for: by its id, or by words of what it is called."""
        return change.id == asked or folded(asked) in folded(str(self.told(change)))

    def name_of(self, kinds: Kinds, code: str) -> str:
        """Give the name of the document of some classes that has an id; empty where none has, or it has no name."""
        known = self._known.get((kinds, code))
        if known is None:
            found = None if self._view is None else next(filter(None, (self._view.get(k, code) for k in kinds)), None)
            name = self._name(encode(found)) if found is not None else ""
            known = self._known[kinds, code] = shortened(name, _LONGEST)
        return known

    def _name(self, image: Raw) -> str:
        for field in _OWN:
            if isinstance(text := image.get(field), str) and text:
                return shortened(text, _LONGEST)
        for field, kinds in _OF.items():
            if isinstance(code := image.get(field), str) and (name := self.name_of(kinds, code)):
                return name
        return ""
