"""The catalogue from the stock screen: a new item, a new place."""

from __future__ import annotations

from collections.abc import Sequence

from floodready.language import Sentence, say, verbatim
from floodready.materials.models import Importance, Item, ItemClass, Place
from floodready.refusal import Refused
from floodready.store.contract import Act
from floodready.tui.room import Room
from floodready.tui.screens.form import Form, Values
from floodready.tui.widgets.fields import ChoiceField, QuantityField, TextField

_DECIMALS = [(0, say("whole pieces")), (3, say("three decimals: kg, L, m³"))]


def item_form(room: Room) -> Form:
    """Ask for a new item."""

    def do(act: Act, values: Values) -> Sentence:
        from floodready.materials.commands import put_item

        if room.store.get(Item, values["code"]) is not None:
            raise Refused(say("There is an item {item} already.", item=verbatim(values["code"])))
        item = put_item(
            room.store, act,
            item=Item(id=values["code"], name=values["name"], unit=values["unit"], spec=values["spec"] or "",
                      scale=values["scale"], item_class=values["item_class"], importance=values["importance"]),
        )  # fmt: skip
        return say("Item {item} is in the catalogue.", item=verbatim(item.name))

    return Form(
        say("New item"),
        [
            TextField("code", say("Code")),
            TextField("name", say("Name")),
            TextField("unit", say("Ledger unit"), hint=say("as the ledger has it: 条, 件, 台, kg, L")),
            ChoiceField("scale", say("Counted in"), _DECIMALS, value=0),
            TextField("spec", say("Spec"), required=False),
            ChoiceField("item_class", say("Class"), [(one, one.word) for one in ItemClass], value=ItemClass.RESCUE),
            ChoiceField("importance", say("Importance"), [(one, verbatim(one.value)) for one in Importance],
                        value=Importance.B),
        ],
        do,
        act=say("Add"),
    )  # fmt: skip


def place_form(room: Room, places: Sequence[Place]) -> Form:
    """Ask for a new place, in another place or in the unit of whoever is signed in."""

    def do(act: Act, values: Values) -> Sentence:
        from floodready.materials.commands import put_place
        from floodready.organisation.models import Person

        if room.store.get(Place, values["code"]) is not None:
            raise Refused(say("There is a place {place} already.", place=verbatim(values["code"])))
        person = room.store.get(Person, act.person)
        place = put_place(
            room.store, act,
            place=Place(id=values["code"], name=values["name"], parent=values["parent"],
                        unit=person.unit if person is not None and values["parent"] is None else None,
                        reach_hours=values["reach"]),
        )  # fmt: skip
        return say("Place {place} is entered.", place=verbatim(place.name))

    return Form(
        say("New place"),
        [
            TextField("code", say("Code"), hint=say("0-9, A-Z and hyphens: it stands on the label")),
            TextField("name", say("Name")),
            ChoiceField("parent", say("Lies in"), [(place.id, verbatim(place.name)) for place in places],
                        required=False),
            QuantityField("reach", say("Reached within"), unit=say("hours"), required=False),
        ],
        do,
        act=say("Add"),
    )  # fmt: skip
