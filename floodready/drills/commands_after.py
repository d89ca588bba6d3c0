"""Writing what follows a drill: corrective actions, evaluation, summary, closing, and the next drill's question."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from floodready.clock import local_day
from floodready.command import command
from floodready.drills import reading, surroundings
from floodready.drills.closing import missing_for_closing, weaknesses
from floodready.drills.commands_materials import require_nothing_out
from floodready.drills.models import Drill, DrillState
from floodready.drills.run_models import Answer, CorrectiveAction, Evaluation, FollowUp, Observation
from floodready.frozen import replace
from floodready.language import listed, say, verbatim
from floodready.organisation.models import Person
from floodready.organisation.permissions import Permission
from floodready.rectification.commands import open_finding
from floodready.rectification.states import Source
from floodready.refusal import Refused
from floodready.store.contract import Transaction


@command(
    "drills.open_action",
    may=Permission.DRILL_EVALUATE,
    irreversible=say("The action stands in the rectification list. Close or merge it there."),
)
def open_action(
    tx: Transaction, *, observation: str, action: str, owner: str, due_on: date, zone: ZoneInfo
) -> CorrectiveAction:
    """Open the rectification record that mends a weakness, with its owner and date.

    Raises Refused for a strength, a weakness that has its action already, an owner who is not on the staff, or a
    day that has passed.
    """
    seen = reading.the_observation(tx, observation)
    drill = reading.the_drill(tx, seen.drill)
    if seen not in weaknesses(reading.observations(tx, drill.id)):
        raise Refused(say("{id} is not a weakness that stands in this drill.", id=verbatim(observation)))
    if (known := tx.get(CorrectiveAction, observation)) is not None:
        raise Refused(say("{id} has its action already: {action}.", id=verbatim(observation), action=known.action))
    person = tx.get(Person, owner)
    if person is None or not person.active:
        name = owner if person is None else person.name
        raise Refused(say("{person} is not on the staff list. Name another owner.", person=verbatim(name)))
    today = local_day(tx.now, zone)
    if due_on < today:
        raise Refused(say("The deadline {day} is past. Set one from {today} on.", day=due_on, today=today))
    record = open_finding.within(
        tx,
        unit=person.unit,
        source=Source.DRILL,
        source_ref=f"{Observation.table}/{observation}",
        description="\n".join(part for part in (seen.text, seen.root_cause, action) if part),
        found_on=today,
        zone=zone,
        found_by=seen.evaluator,
        responsible=owner,
        deadline_on=due_on,
    )
    return tx.add(
        CorrectiveAction(id=observation, drill=drill.id, observation=observation, action=action, record=record.id)
    )


@command("drills.write_evaluation", may=Permission.DRILL_EVALUATE)
def write_evaluation(tx: Transaction, *, drill: str, text: str) -> Evaluation:
    """Write the evaluation of a held drill, or write it anew before the closing. Raises Refused, Invalid."""
    found = _held(tx, drill)
    known = tx.get(Evaluation, found.id) or Evaluation(
        id=found.id, text=text, written_by=tx.act.person, written_at=tx.now
    )
    return tx.put(replace(known, text=text, written_by=tx.act.person, written_at=tx.now))


@command("drills.file_summary", may=Permission.DRILL_EVALUATE)
def file_summary(tx: Transaction, *, drill: str, summary: str) -> Evaluation:
    """File the summary of a drill whose evaluation is written. Raises Refused, also for an empty one, Invalid."""
    known = tx.get(Evaluation, _held(tx, drill).id)
    if known is None:
        raise Refused(say("Write the evaluation first: the summary draws on it."))
    if not summary.strip():
        raise Refused(say("Write the summary: an empty one is not filed."))
    return tx.put(replace(known, summary=summary, filed_by=tx.act.person, filed_at=tx.now))


@command("drills.close_drill", may=Permission.DRILL_PLAN)
def close_drill(tx: Transaction, *, drill: str) -> Drill:
    """Close a drill. Raises Refused, naming everything that is still missing."""
    found = reading.the_drill(tx, drill)
    if found.state is DrillState.CLOSED:
        raise Refused(say("{drill} is closed already.", drill=found.name))
    evaluation = tx.get(Evaluation, drill)
    facts = surroundings.action_facts(tx, drill)
    out = surroundings.items_out(tx, found)
    missing = missing_for_closing(found, evaluation, reading.observations(tx, drill), facts, out)
    if missing or evaluation is None:
        raise Refused(say("{drill} cannot be closed: {missing}.", drill=found.name, missing=listed(missing)))
    require_nothing_out(tx, found)
    tx.put(replace(evaluation, closed_by=tx.act.person, closed_at=tx.now))
    return tx.change(found, state=DrillState.CLOSED)


@command("drills.answer_follow_up", may=Permission.DRILL_RUN)
def answer_follow_up(tx: Transaction, *, drill: str, observation: str, answer: Answer, note: str = "") -> FollowUp:
    """Say, at the opening of a drill, whether an action of the last one is implemented or only written.

    Raises Refused for an action that the last drill did not leave.
    """
    found = reading.the_drill(tx, drill)
    if observation not in reading.last_actions(tx, found):
        raise Refused(say("The last drill of this plan left no action {id}.", id=verbatim(observation)))
    return tx.put(
        FollowUp(
            id=f"{drill}/{observation}",
            drill=drill,
            observation=observation,
            answer=answer,
            by=tx.act.person,
            note=note,
        )
    )


def _held(tx: Transaction, drill: str) -> Drill:
    found = reading.the_drill(tx, drill)
    if found.state is DrillState.CLOSED:
        raise Refused(say("{drill} is closed; its evaluation stands.", drill=found.name))
    if found.state is not DrillState.HELD:
        raise Refused(say("{drill} has not been held yet.", drill=found.name))
    return found
