"""Writing a running drill: clock, deliveries, and what evaluators see. Several terminals write at once."""

from __future__ import annotations

from floodready.command import command
from floodready.drills import injects as rules
from floodready.drills import reading, run_clock
from floodready.drills.closing import unanswered
from floodready.drills.models import Drill, DrillState, Inject, InjectKind, InjectStatus, Role
from floodready.drills.run_models import Delivery, FollowUp, Observation, Run
from floodready.drills.words import INJECT_STATUS
from floodready.frozen import replace
from floodready.language import say, verbatim
from floodready.organisation.lookup import person_name
from floodready.organisation.permissions import Permission
from floodready.refusal import NotAllowed, Refused, Superseded
from floodready.store.contract import Transaction, View


@command("drills.start_run", may=Permission.DRILL_RUN)
def start_run(tx: Transaction, *, drill: str) -> Run:
    """Start the clock of a drill.

    Raises Refused while injects are not approved, or while an action of the last drill of this plan is unanswered.
    """
    found = reading.the_drill(tx, drill)
    if found.state is DrillState.CANCELLED:
        raise Refused(say("{drill} is cancelled. Plan another one.", drill=found.name))
    if found.state is not DrillState.PLANNED:
        run = reading.latest_run(tx, drill)
        by = person_name(tx, run.started_by) if run is not None else verbatim("?")
        raise Refused(say("{drill} has been started already, by {person}.", drill=found.name, person=by))
    rules.require_approved(reading.script(tx, drill), found)
    _require_answers(tx, found)
    tx.change(found, state=DrillState.RUNNING)
    return _begin(tx, drill, number=1)


@command("drills.pause_run", may=Permission.DRILL_RUN)
def pause_run(tx: Transaction, *, drill: str, reason: str = "") -> Run:
    """Stop the clock; what is still to come shifts. Raises Refused."""
    run = _running(tx, drill)
    return tx.change(run, pauses=run_clock.with_pause(run, tx.now, reason))


@command("drills.resume_run", may=Permission.DRILL_RUN)
def resume_run(tx: Transaction, *, drill: str) -> Run:
    """Let the clock go on. Raises Refused."""
    run = _running(tx, drill)
    return tx.change(run, pauses=run_clock.without_pause(run, tx.now))


@command("drills.finish_run", may=Permission.DRILL_RUN)
def finish_run(tx: Transaction, *, drill: str) -> Run:
    """End the drill's run; the drill is then held. Lines that never came are marked missed, deferred ones too.

    Raises Refused.
    """
    run = _running(tx, drill)
    for slot in run_clock.slots(run, reading.script(tx, drill), reading.deliveries(tx, run), tx.now):
        if slot.pending and slot.inject.kind is not InjectKind.CONTINGENCY:
            tx.put(_settled(tx, run, slot, InjectStatus.MISSED, ""))
    tx.change(reading.the_drill(tx, drill), state=DrillState.HELD)
    return _ended(tx, run)


@command("drills.reset_run", may=Permission.DRILL_RUN)
def reset_run(tx: Transaction, *, drill: str, reason: str) -> Run:
    """Begin a new run of the drill; the old one and everything that was written in it stay. Raises Refused."""
    if not reason.strip():
        raise Refused(say("Say why the run starts again."))
    run = _running(tx, drill)
    _ended(tx, run, reset=True)
    return _begin(tx, drill, number=run.number + 1)


@command("drills.release_inject", may=Permission.DRILL_RUN)
def release_inject(tx: Transaction, *, drill: str, number: int, note: str = "") -> Delivery:
    """Release a line to the players now. Raises Refused, naming what may become of the line instead."""
    run, slot = _slot(tx, drill, number)
    _require_move(tx, slot, InjectStatus.RELEASED)
    delivery = _delivery(tx, run, slot)
    return tx.put(replace(delivery, status=InjectStatus.RELEASED, released_at=tx.now, note=note or delivery.note))


@command("drills.settle_inject", may=Permission.DRILL_RUN)
def settle_inject(tx: Transaction, *, drill: str, number: int, status: InjectStatus, note: str = "") -> Delivery:
    """Mark a line done or missed. Raises Refused, naming what may become of it instead."""
    run, slot = _slot(tx, drill, number)
    if status not in (InjectStatus.DONE, InjectStatus.MISSED):
        raise Refused(say("A line is settled as done or missed."))
    _require_move(tx, slot, status)
    return tx.put(_settled(tx, run, slot, status, note))


@command("drills.defer_inject", may=Permission.DRILL_RUN)
def defer_inject(
    tx: Transaction, *, drill: str, number: int, seconds: int, note: str = "", stood: int | None = None
) -> Delivery:
    """Let a line come some seconds of drill time later than where it now stands (or than now, if that has passed).

    `stood` is where it stood when that was decided, in seconds of drill time: two who defer it at once defer it once.
    Raises Refused, Superseded.
    """
    run, slot = _slot(tx, drill, number)
    if stood not in (None, slot.offset) and slot.delivery is not None:
        by = slot.delivery.by
        raise Superseded(
            say("{person} deferred inject {number} meanwhile. It was not deferred again; look again, then repeat.",
                person=person_name(tx, by), number=number),
            by,
        )  # fmt: skip
    rules.require_move(number, slot.inject.kind, slot.status, InjectStatus.DEFERRED)
    if seconds < 1:
        raise Refused(say("An inject is deferred by a second or more."))
    base = max(slot.offset, int(run_clock.elapsed(run, tx.now).total_seconds()))
    delivery = _delivery(tx, run, slot)
    deferred = replace(
        delivery,
        status=InjectStatus.DEFERRED,
        settled_at=tx.now,
        deferred_to=base + seconds,
        note=note or delivery.note,
    )
    return tx.put(deferred)


@command("drills.observe", may=Permission.DRILL_EVALUATE)
def observe(tx: Transaction, *, observation: Observation, inject: int | None = None) -> Observation:
    """Write what an evaluator saw, as it is given; id, run, evaluator and time come here, `inject` is a line's number.

    Also after the run and before the closing. Raises NotAllowed for somebody who does not evaluate this drill, Invalid,
    Refused.
    """
    drill = reading.the_drill(tx, observation.drill)
    run = run_to_observe(tx, drill, tx.act.person)
    line = None if inject is None else reading.the_inject(tx, drill.id, inject)
    if observation.replaces is not None:
        _require_own(reading.the_observation(tx, observation.replaces), run, tx.act.person)
    made = replace(
        observation,
        id=tx.new_id("B"),
        run=run.id,
        inject=None if line is None else line.id,
        objective=observation.objective or (None if line is None else line.objective),
        evaluator=tx.act.person,
        seen_at=tx.now,
    )
    _require_known_objective(made, drill)
    return tx.add(made)


def _begin(tx: Transaction, drill: str, number: int) -> Run:
    run = Run(id=tx.new_id("R"), drill=drill, number=number, started_at=tx.now, started_by=tx.act.person)
    return tx.add(run)


def _ended(tx: Transaction, run: Run, *, reset: bool = False) -> Run:
    standing = run_clock.paused(run, tx.now)
    pauses = run.pauses if standing is None else run_clock.without_pause(run, tx.now)
    return tx.change(run, pauses=pauses, finished_at=tx.now, reset=reset)


def _running(tx: Transaction, drill: str) -> Run:
    return reading.the_run(tx, reading.the_drill(tx, drill))


def _slot(tx: Transaction, drill: str, number: int) -> tuple[Run, run_clock.Slot]:
    run = _running(tx, drill)
    inject = reading.the_inject(tx, drill, number)
    known = tx.get(Delivery, _delivery_id(run, inject))
    return run, run_clock.slots(run, [inject], [known] if known else [], tx.now)[0]


def _require_move(tx: Transaction, slot: run_clock.Slot, wanted: InjectStatus) -> None:
    """Refuse what a line may not become; where somebody else has just done the same, by name. Raises Refused."""
    known, number = slot.delivery, slot.inject.number
    if known is not None and slot.status is wanted and known.by != tx.act.person:
        raise Refused(
            say("{person} was quicker: inject {number} is {status} already.", person=person_name(tx, known.by),
                number=number, status=INJECT_STATUS[wanted])
        )  # fmt: skip
    rules.require_move(number, slot.inject.kind, slot.status, wanted)


def _delivery(tx: Transaction, run: Run, slot: run_clock.Slot) -> Delivery:
    known = slot.delivery or Delivery(
        id=_delivery_id(run, slot.inject), run=run.id, inject=slot.inject.id, status=slot.status, by=tx.act.person
    )
    return replace(known, by=tx.act.person)


def _settled(tx: Transaction, run: Run, slot: run_clock.Slot, status: InjectStatus, note: str) -> Delivery:
    delivery = _delivery(tx, run, slot)
    return replace(delivery, status=status, settled_at=tx.now, note=note or delivery.note)


def _delivery_id(run: Run, inject: Inject) -> str:
    return f"{run.id}/{inject.id}"


def _require_answers(tx: Transaction, drill: Drill) -> None:
    asked = reading.last_actions(tx, drill)
    if waiting := unanswered(asked, tx.find(FollowUp, drill=drill.id)):
        left = ", ".join(f"{id} ({reading.action_text(tx, id)})" for id in waiting)
        raise Refused(
            say(
                "The last drill of this plan left actions: {actions}. Say first of each: implemented, or only written?",
                actions=verbatim(left),
            )
        )


def run_to_observe(view: View, drill: Drill, person: str) -> Run:
    """Give the run of which a person writes what they saw, before anything is typed too.

    Raises Refused for a drill that has not begun or is closed, NotAllowed for somebody who does not evaluate it.
    """
    run = reading.latest_run(view, drill.id)
    if run is None or drill.state is DrillState.CLOSED:
        raise Refused(say("{drill} has not begun, or is closed: there is nothing to observe.", drill=drill.name))
    roles = (Role.EVALUATOR, Role.CONTROLLER, Role.DIRECTOR)
    if not any(p.person == person and p.role in roles for p in drill.participants):
        name = person_name(view, person)
        raise NotAllowed(say("{person} does not evaluate {drill}. Add them to its evaluators.", person=name,
                             drill=drill.name))  # fmt: skip
    return run


def _require_own(replaced: Observation, run: Run, person: str) -> None:
    if replaced.evaluator != person or replaced.run != run.id:
        raise Refused(say("Only your own observation of this run can be replaced. Write another one beside it."))


def _require_known_objective(observation: Observation, drill: Drill) -> None:
    if observation.objective is not None and all(o.id != observation.objective for o in drill.objectives):
        raise Refused(
            say("{drill} has no objective {objective}.", drill=drill.name, objective=verbatim(observation.objective))
        )
