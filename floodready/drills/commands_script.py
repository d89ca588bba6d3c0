"""Writing the script: lines added, changed, moved, shifted, renumbered, approved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields

from floodready.command import command
from floodready.drills import injects as rules
from floodready.drills import reading
from floodready.drills.models import Drill, DrillState, Inject
from floodready.drills.run_models import Delivery
from floodready.frozen import replace
from floodready.language import say, verbatim
from floodready.missing import not_there
from floodready.organisation.lookup import person_name, require_person
from floodready.organisation.permissions import Permission
from floodready.refusal import Refused
from floodready.store.contract import Transaction


@command("drills.add_inject", may=Permission.DRILL_PLAN)
def add_inject(tx: Transaction, *, inject: Inject, number: int | None = None) -> Inject:
    """Add a line to the script as it is given; its id, its author and, where none is asked for, its number come here.

    Lines may be added during a run too; they need approval like any other. Raises Invalid, Refused for a taken number,
    an unknown objective or evaluator, or a drill that is over.
    """
    drill = _open_script(tx, inject.drill)
    script = reading.script(tx, drill.id)
    if number is not None:
        rules.require_free_number(number, script, drill)
    _require_objective(inject, drill)
    if inject.evaluator is not None:
        require_person(tx, inject.evaluator)
    made = replace(
        inject,
        id=tx.new_id("I"),
        number=rules.next_number(script) if number is None else number,
        author=tx.act.person,
        approver=None,
    )
    return tx.add(made)


@command("drills.change_inject", may=Permission.DRILL_PLAN)
def change_inject(tx: Transaction, *, seen: Inject, wanted: Inject) -> Inject:
    """Change a line from what the form saw to what it holds now; it must be approved anew, and not by who changed it.

    Raises Superseded, Invalid, Refused for a line that has already come in the run.
    """
    drill = _open_script(tx, seen.drill)
    _require_to_come(tx, drill, seen)
    _require_objective(wanted, drill)
    if wanted.evaluator is not None and wanted.evaluator != seen.evaluator:
        require_person(tx, wanted.evaluator)
    if wanted.number != seen.number:
        others = [inject for inject in reading.script(tx, drill.id) if inject.id != seen.id]
        rules.require_free_number(wanted.number, others, drill)
    kept = ("id", "drill", "author", "approver")
    given = {field.name: getattr(wanted, field.name) for field in fields(Inject) if field.name not in kept}
    changed = {name: value for name, value in given.items() if value != getattr(seen, name)}
    return tx.change(seen, **changed, author=tx.act.person, approver=None) if changed else seen


@command("drills.remove_inject", may=Permission.DRILL_PLAN)
def remove_inject(tx: Transaction, *, seen: Inject) -> None:
    """Take a line out of the script; the journal keeps it. Raises Superseded, Refused for one that has already come."""
    _require_to_come(tx, _open_script(tx, seen.drill), seen)
    tx.remove(seen)


@command("drills.move_inject", may=Permission.DRILL_PLAN)
def move_inject(tx: Transaction, *, inject: Inject, place: int) -> int:
    """Put a line at a place of the script (0 is first): the times stay, the lines change places.

    Gives how many changed. A new place is no new text: approvals stand. Raises Refused.
    """
    drill = _planned_script(tx, inject.drill)
    return _put_offsets(tx, rules.moved(reading.script(tx, drill.id), inject, place))


@command("drills.shift_injects", may=Permission.DRILL_PLAN)
def shift_injects(tx: Transaction, *, drill: str, from_offset: int, seconds: int) -> int:
    """Shift every line from a drill time (in seconds) on; gives how many moved. Approvals stand. Raises Refused."""
    planned = _planned_script(tx, drill)
    return _put_offsets(tx, rules.shifted(reading.script(tx, planned.id), from_offset, seconds))


@command("drills.renumber_injects", may=Permission.DRILL_PLAN)
def renumber_injects(tx: Transaction, *, drill: str) -> int:
    """Count the script anew: 1, 2, 3 … in its order; gives how many numbers changed. Raises Refused."""
    numbers = rules.renumbered(reading.script(tx, _planned_script(tx, drill).id))
    for id, number in numbers.items():
        tx.put(replace(_inject(tx, id), number=number))
    return len(numbers)


@command("drills.approve_injects", may=Permission.DRILL_APPROVE)
def approve_injects(tx: Transaction, *, drill: str, numbers: tuple[int, ...] = ()) -> int:
    """Approve some lines, or without numbers every line that the person did not write; gives how many.

    Raises Refused for a line of one's own, for one that is approved already (who approved it stays on record), and
    where nothing is left that the person may approve.
    """
    found = _open_script(tx, drill)
    waiting = rules.unapproved(reading.script(tx, found.id))
    if numbers:
        chosen = [reading.the_inject(tx, drill, number) for number in numbers]
        for inject in chosen:
            rules.require_approver(inject, tx.act.person)
            _require_waiting(tx, inject)
    else:
        chosen = [inject for inject in waiting if inject.author != tx.act.person]
        if waiting and not chosen:
            rules.require_approver(waiting[0], tx.act.person)
    for inject in chosen:
        tx.put(replace(inject, approver=tx.act.person))
    return len(chosen)


def _require_waiting(tx: Transaction, inject: Inject) -> None:
    if inject.approver is not None:
        raise Refused(
            say(
                "Inject {number} is approved already, by {person}. Leave it out.",
                number=inject.number,
                person=verbatim(person_name(tx, inject.approver)),
            )
        )


def _put_offsets(tx: Transaction, offsets: Mapping[str, int]) -> int:
    for id, offset in offsets.items():
        tx.put(replace(_inject(tx, id), offset=offset))
    return len(offsets)


def _inject(tx: Transaction, id: str) -> Inject:
    inject = tx.get(Inject, id)
    if inject is None:
        raise Refused(not_there("drills.injects", id))
    return inject


def _open_script(tx: Transaction, drill: str) -> Drill:
    found = reading.the_drill(tx, drill)
    rules.require_open_script(found)
    return found


def _planned_script(tx: Transaction, drill: str) -> Drill:
    found = _open_script(tx, drill)
    if found.state is not DrillState.PLANNED:
        raise Refused(say("{drill} has begun: defer single injects instead of moving the script.", drill=found.name))
    return found


def _require_objective(inject: Inject, drill: Drill) -> None:
    if inject.objective is not None and all(inject.objective != objective.id for objective in drill.objectives):
        raise Refused(
            say(
                "{drill} has no objective {objective}. It has: {known}",
                drill=drill.name,
                objective=verbatim(inject.objective),
                known=verbatim(", ".join(objective.id for objective in drill.objectives) or "-"),
            )
        )


def _require_to_come(tx: Transaction, drill: Drill, inject: Inject) -> None:
    if drill.state is not DrillState.RUNNING:
        return
    run = reading.the_run(tx, drill)
    if tx.get(Delivery, f"{run.id}/{inject.id}") is not None:
        raise Refused(say("Inject {number} has already come in this run.", number=inject.number))
