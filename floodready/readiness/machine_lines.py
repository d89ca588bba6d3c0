"""What machines mean for readiness: one line for all machines of an item that stand at a unit's ready places."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from floodready.clock import local_day, start_of
from floodready.language import say, verbatim
from floodready.materials.models import Importance as ItemImportance
from floodready.materials.models import Item
from floodready.materials.models_equipment import Condition, Equipment
from floodready.readiness.evidence import Limits, ageing, believed
from floodready.readiness.line import BEGINNING, Capability, Colour, Evidence, Importance, Kind, Line, Signal
from floodready.readiness.unit_stock import UnitStock

if TYPE_CHECKING:
    from floodready.language import Sentence
    from floodready.readiness.gathering import Surroundings


TOLD = 3
"""So many of the machines tested last are named."""


def machine_lines(around: Surroundings, stock: UnitStock, items: Mapping[str, Item]) -> Iterator[Line]:
    """Give the equipment lines of a unit; condemned machines are not asked about."""
    by_item: dict[str, list[Equipment]] = {}
    for one in around.view.all(Equipment):
        if one.place in stock.places and one.condition is not Condition.CONDEMNED:
            by_item.setdefault(one.item, []).append(one)
    for id, machines in by_item.items():
        item = items.get(id)
        importance = Importance(item.importance.value if item else ItemImportance.B.value)
        signals = [s for machine in machines for s in _machine(around, machine, importance, stock.limits)]
        serviceable = sum(machine.condition is Condition.SERVICEABLE for machine in machines)
        name = verbatim(item.name if item else id)
        if not serviceable:
            signals.insert(0, Signal(colour=Colour.RED, cause=say("no serviceable unit"),
                                     act=say("repair or replace {item}", item=name)))  # fmt: skip
        yield Line(
            id=f"materials/equipment-{id}/{stock.unit}", unit=stock.unit,
            capability=Capability.stated(item.capability if item else "") or Capability.PUMP,
            importance=importance, kind=Kind.EQUIPMENT, subject=name, signals=tuple(signals),
            good=say("{serviceable} of {all} serviceable", serviceable=serviceable, all=len(machines)),
            explanation=(
                *(_explained(around, machine) for machine in machines),
                *_without_interval(machines, importance, stock.limits),
            ),
            opens=(Equipment.table, machines[0].id), evidence=_last_tested(machines),
        )  # fmt: skip


def _machine(around: Surroundings, machine: Equipment, importance: Importance, limits: Limits) -> Iterator[Signal]:
    """Judge a machine by its last test: against its interval, or where none is set against the class's limits."""
    id = verbatim(machine.id)
    act = say("test {name} {id}", name=verbatim(machine.name), id=id)
    if machine.last_passed is False:
        yield Signal(colour=Colour.RED, cause=say("{id} failed its last test", id=id),
                     act=say("repair and test {name} {id}", name=verbatim(machine.name), id=id))  # fmt: skip
    if machine.last_tested_at is None:
        yield Signal(colour=Colour.GREY, cause=say("{id} was never tested", id=id), act=act)
        return
    overdue, lost = say("{id}: test overdue", id=id), say("{id}: not tested for twice its interval", id=id)
    if machine.next_due_on is not None and machine.test_interval_days is not None:
        due = start_of(machine.next_due_on + timedelta(1), around.zone)
        end = due + timedelta(machine.test_interval_days)
        yield Signal(colour=Colour.AMBER, cause=overdue, act=act, since=due, until=end)
        yield Signal(colour=Colour.GREY, cause=lost, act=act, since=end)
    else:
        tested_on = local_day(machine.last_tested_at, around.zone)
        yield from ageing(tested_on, importance, limits, around.zone, doubted=overdue, lost=lost, act=act)


def _last_tested(machines: Sequence[Equipment]) -> Evidence:
    """Name the machines tested last as documents."""
    newest = sorted(machines, key=lambda one: (one.last_tested_at or BEGINNING, one.id), reverse=True)
    return tuple((Equipment.table, machine.id) for machine in newest[:TOLD])


def _without_interval(machines: Sequence[Equipment], importance: Importance, limits: Limits) -> Iterator[Sentence]:
    """Tell the rule by which a machine is judged that has no interval of its own."""
    if any(machine.test_interval_days is None for machine in machines):
        yield believed(importance, limits)


def _explained(around: Surroundings, machine: Equipment) -> Sentence:
    last = machine.last_tested_at
    return say(
        "{id}: {condition}, last test {tested}, test due {day}", id=verbatim(machine.id),
        condition=machine.condition.word, day=str(machine.next_due_on or "—"),
        tested=str(local_day(last, around.zone)) if last else "—",
    )  # fmt: skip
