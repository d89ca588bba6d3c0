"""Sets and machines from the stock screen: entered, and changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from floodready.clock import local_day
from floodready.language import Sentence, say, verbatim
from floodready.materials.models import Importance, Item, Place
from floodready.materials.models_equipment import Condition, Equipment, GearSet, SetPart
from floodready.materials.typed import typed_quantity
from floodready.quantity import write_quantity
from floodready.refusal import Refused
from floodready.store.contract import Act
from floodready.tui.room import Room
from floodready.tui.screens.form import Form, Values
from floodready.tui.widgets.fields import ChoiceField, QuantityField, TextField


def machine_form(room: Room, items: Sequence[Item], places: Sequence[Place], seen: Equipment | None = None) -> Form:
    """Ask for a machine; with one that is known, for what changes about it."""

    def do(act: Act, values: Values) -> Sentence:
        from floodready.materials.commands import put_equipment

        number = values.pop("id") if seen is None else seen.id
        known = room.store.get(Equipment, number)
        if seen is None and known is not None:
            raise Refused(say("There is a machine {number} already: {name}.", number=number, name=known.name))
        values = {**values, "interval_source": values["interval_source"] or ""}
        machine = known.changed(**values) if known is not None else Equipment(id=number, **values)
        put_equipment(room.store, act, equipment=machine)
        return say("{name} {number} is entered.", name=machine.name, number=machine.id)

    number = [] if seen is not None else [TextField("id", say("Serial number"))]
    return Form(
        say("New machine") if seen is None else say("Change {name} {id}", name=seen.name, id=verbatim(seen.id)),
        [
            *number,
            TextField("name", say("Name"), value="" if seen is None else seen.name),
            ChoiceField("item", say("Item"), [(item.id, verbatim(item.name)) for item in items],
                        value=None if seen is None else seen.item),
            ChoiceField("place", say("Place"), [(place.id, verbatim(place.name)) for place in places],
                        value=None if seen is None else seen.place),
            ChoiceField("condition", say("Condition"), [(one, one.word) for one in Condition],
                        value=Condition.SERVICEABLE if seen is None else seen.condition),
            QuantityField("test_interval_days", say("Tested every"), unit=say("days"), required=False, least=1,
                          value=None if seen is None else seen.test_interval_days),
            TextField("interval_source", say("By the rule of"), required=False,
                      value="" if seen is None else seen.interval_source),
        ],
        do,
        act=say("Enter"),
        edits=seen is not None,
    )  # fmt: skip


def set_form(room: Room, items: Mapping[str, Item], seen: GearSet | None = None) -> Form:
    """Ask for a set and its parts; with one that is known, for what changes about it."""
    today = local_day(room.at(), room.zone)

    def do(act: Act, values: Values) -> Sentence:
        from floodready.materials.commands import put_set

        code = values.pop("id") if seen is None else seen.id
        known = room.store.get(GearSet, code)
        if seen is None and known is not None:
            raise Refused(say("There is a set {code} already: {name}.", code=code, name=known.name))
        parts = read_parts(values.pop("parts"), items, today)
        values = {**values, "need_source": values["need_source"] or ""}
        made = GearSet(id=code, parts=parts, **values) if known is None else known.changed(parts=parts, **values)
        put_set(room.store, act, gear=made)
        return say("The set {name} is entered.", name=made.name)

    code = [] if seen is not None else [TextField("id", say("Code"))]
    return Form(
        say("New set") if seen is None else say("Change the set {name}", name=seen.name),
        [
            *code,
            TextField("name", say("Name"), value="" if seen is None else seen.name),
            TextField("parts", say("Parts of one set"), value="" if seen is None else written_parts(seen, items),
                      hint=say("item = number, item = number")),
            QuantityField("needed", say("Sets needed"), unit=say("sets"), required=False,
                          value=None if seen is None else seen.needed),
            TextField("need_source", say("Who set the need"), required=False,
                      value="" if seen is None else seen.need_source),
            ChoiceField("importance", say("Importance"), [(one, verbatim(one.value)) for one in Importance],
                        value=Importance.A if seen is None else seen.importance),
        ],
        do,
        act=say("Enter"),
        edits=seen is not None,
    )  # fmt: skip


def read_parts(text: str, items: Mapping[str, Item], today: date) -> tuple[SetPart, ...]:
    """Read `hull = 1, jacket = 6`, items by code or name. Raises Refused, naming the part that is not understood."""
    return tuple(_part(part, items, today) for part in text.replace("，", ",").replace("、", ",").split(","))


def written_parts(gear: GearSet, items: Mapping[str, Item]) -> str:
    """Write the parts of a set as `read_parts` reads them: by name where that is read back as the same item."""
    return ", ".join(
        f"{_written(items, part.item)} = {write_quantity(part.per_set, items[part.item].scale).replace(',', '')}"
        for part in gear.parts
        if part.item in items
    )


def _written(items: Mapping[str, Item], item: str) -> str:
    name = items[item].name
    alone = sum(name in (one.id, one.name) for one in items.values()) == 1
    return name if alone and name.strip() == name and not set("=,，、") & set(name) else item


def _part(text: str, items: Mapping[str, Item], today: date) -> SetPart:
    named, equals, typed = text.partition("=")
    wanted = named.strip()
    found = [item for item in items.values() if wanted in (item.id, item.name)]
    if not equals or not found:
        raise Refused(
            say("“{part}” is not a part. Write the item's code or name, =, and how much one set needs: PFD = 6",
                part=verbatim(text.strip()))
        )  # fmt: skip
    return SetPart(item=found[0].id, per_set=typed_quantity(found[0], typed.strip(), today))
