"""The forms of planning: a drill, its design, an owed drill's due day, a line of the script, people, an obligation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from floodready.clock import WEEKDAYS, local_day, local_time, wall_instant
from floodready.drills import commands
from floodready.drills.book import Book
from floodready.drills.models import (
    Cadence,
    Drill,
    Inject,
    Objective,
    Obligation,
    Participant,
    Role,
    Settings,
)
from floodready.drills.models import (
    Form as DrillForm,
)
from floodready.drills.run_clock import written_clock
from floodready.drills.views_year import OwedRow
from floodready.drills.words import CONTENT, FORM, INJECT_KIND, PURPOSE, RHYTHM, ROLE
from floodready.frozen import replace
from floodready.language import Sentence, say, say_as, verbatim
from floodready.store.contract import Act
from floodready.tui.room import Room
from floodready.tui.screens.drills.span_field import SpanField
from floodready.tui.screens.form import Form, Values
from floodready.tui.widgets.fields import (
    ChoiceField,
    DateField,
    MomentField,
    QuantityField,
    SeveralField,
    TextField,
    TimeField,
)

YES_NO = ((True, say("yes")), (False, say("no")))
_NO_ROLE = ""
"""Stands for no role among the roles that a person may be given."""
_MINUTES = say("minutes")
_DAYS = say("days")


def plan_form(
    room: Room,
    units: Mapping[str, str],
    settings: Settings,
    unit: str | None,
    owed: OwedRow | None = None,
    *,
    unmet: Sequence[OwedRow] = (),
) -> Form:
    """Make the form that plans a drill; with an owed row, one that meets it.

    Without one, a drill of a unit, plan and year that one of the `unmet` rows asks for meets the first of these.
    """

    def do(act: Act, values: Values) -> Sentence:
        drill = Drill(id="new", **values)
        asked = (drill.unit, drill.plan, local_day(drill.starts_at, room.zone).year)
        met = owed or next((row for row in unmet if (row.unit, row.plan, row.due_on.year) == asked), None)
        if met is None:
            made = commands.plan_drill(room.store, act, drill=drill)
            return say("{drill} is planned: {id}", drill=made.name, id=made.id)
        made = commands.plan_owed(
            room.store, act, obligation=met.obligation, scheduled_on=met.scheduled_on, drill=drill
        )
        return say("{drill} is planned for what is due on {day}: {id}", drill=made.name, day=met.due_on, id=made.id)

    plan = owed.plan if owed is not None else ""
    fields = [
        ChoiceField("unit", say("Unit"), [(id, verbatim(name)) for id, name in units.items()], value=unit),
        TextField("plan", say("Contingency plan"), value=plan),
        TextField("name", say("Name"), value=f"{plan} {owed.due_on.year}" if owed is not None else ""),
        MomentField("starts_at", say("Begins"), now=room.clock.now(), zone=room.zone,
                    value=_day_before(room, owed, settings)),
        QuantityField("minutes", say("Length"), unit=_MINUTES, value=settings.minutes, least=1),
        ChoiceField("form", say("Form"), list(FORM.items()), value=DrillForm.TABLETOP),
    ]  # fmt: skip
    return Form(say("Plan a drill"), fields, do, act=say_as("to plan", "Plan"))


def design_form(room: Room, drill: Drill) -> Form:
    """Make the form that changes a planned drill."""

    def do(act: Act, values: Values) -> Sentence:
        values["budget_fen"] = values.pop("budget_yuan") or 0
        reason = values.pop("reason")
        made = commands.change_drill(room.store, act, seen=drill, wanted=replace(drill, **values), reason=reason)
        return say("{drill} is changed.", drill=made.name)

    fields = [
        TextField("name", say("Name"), value=drill.name),
        MomentField("starts_at", say("Begins"), now=room.clock.now(), zone=room.zone, value=drill.starts_at),
        TextField("reason", say("Why another time"), required=False),
        QuantityField("minutes", say("Length"), unit=_MINUTES, value=drill.minutes, least=1),
        TextField("place", say("Place"), value=drill.place, required=False),
        TextField("scenario", say("Scenario"), value=drill.scenario, required=False),
        MomentField("scenario_starts_at", say("Scenario begins"), now=room.clock.now(), zone=room.zone,
                    value=drill.scenario_starts_at, required=False),
        ChoiceField("form", say("Form"), list(FORM.items()), value=drill.form),
        ChoiceField("content", say("Content"), list(CONTENT.items()), value=drill.content),
        ChoiceField("purpose", say("Purpose"), list(PURPOSE.items()), value=drill.purpose),
        ChoiceField("scripted", say("Scripted"), YES_NO, value=drill.scripted),
        TextField("safety", say("Safety"), value=drill.safety, required=False),
        QuantityField("budget_yuan", say("Budget"), unit=say("yuan"), scale=100, value=drill.budget_fen,
                      required=False),
    ]  # fmt: skip
    return Form(say("Design of {drill}", drill=drill.name), fields, do, act=say("Change"), edits=True)


def person_form(room: Room, drill: Drill, people: Mapping[str, str]) -> Form:
    """Make the form that gives a person a role in the drill, another one, or none."""
    known = {p.person: p for p in drill.participants}

    def do(act: Act, values: Values) -> Sentence:
        others = tuple(p for p in drill.participants if p.person != values["person"])
        name, before = people[values["person"]], known.get(values["person"])
        if before is not None and not values["post"]:
            values["post"] = before.post  # the form does not show it, so leaving it empty says nothing of it
        given = () if values["role"] == _NO_ROLE else (Participant(**values),)
        commands.change_drill(room.store, act, seen=drill, wanted=replace(drill, participants=(*others, *given)))
        if not given:
            return say("{person} takes part no more.", person=name)
        role = ROLE[given[0].role]
        if before is None or before.role is given[0].role:
            return say("{person} takes part: {role}.", person=name, role=role)
        return say("{person} takes part: {role}, no more {before}.", person=name, role=role, before=ROLE[before.role])

    def check(values: Values) -> dict[str, Sentence]:
        if values["role"] == _NO_ROLE and values["person"] not in known:
            return {"role": say("does not take part: choose a role")}
        return {}

    fields = [
        ChoiceField("person", say("Person"), [(id, verbatim(name)) for id, name in people.items()]),
        ChoiceField("role", say("Role"), [*ROLE.items(), (_NO_ROLE, say("takes part no more"))], value=Role.PLAYER),
        TextField("post", say("Post"), required=False),
    ]
    return Form(say("Who takes part in {drill}", drill=drill.name), fields, do, act=say("Set"), check=check)


def objective_form(room: Room, drill: Drill) -> Form:
    """Make the form that gives the drill an objective."""

    def do(act: Act, values: Values) -> Sentence:
        others = tuple(objective for objective in drill.objectives if objective.id != values["id"])
        wanted = replace(drill, objectives=(*others, Objective(**values)))
        commands.change_drill(room.store, act, seen=drill, wanted=wanted)
        return say("{drill} is changed.", drill=drill.name)

    fields = [
        TextField("id", say("Short key"), value=f"o{len(drill.objectives) + 1}"),
        TextField("text", say("Objective")),
        TextField("capability", say("Capability")),
    ]
    return Form(say("Objective of {drill}", drill=drill.name), fields, do, act=say("Add"))


def inject_form(room: Room, book: Book, inject: Inject) -> Form:
    """Make the form that changes a line of the script."""

    def do(act: Act, values: Values) -> Sentence:
        made = commands.change_inject(room.store, act, seen=inject, wanted=replace(inject, **values))
        return say("Inject {number} is written; it awaits approval.", number=made.number)

    evaluators = [(p.person, verbatim(book.name(p.person))) for p in book.with_role(Role.EVALUATOR)]
    objectives = [(o.id, verbatim(o.text)) for o in book.drill.objectives]
    fields = [
        SpanField("offset", say("Drill time"), value=written_clock(timedelta(seconds=inject.offset))),
        MomentField("scenario_at", say("Scenario jumps to"), now=room.clock.now(), zone=room.zone,
                    value=inject.scenario_at, required=False),
        TextField("text", say("Inject"), value=inject.text),
        ChoiceField("kind", say("Kind"), list(INJECT_KIND.items()), value=inject.kind),
        TextField("method", say("Method"), value=inject.method, required=False),
        TextField("sender", say_as("sender", "From"), value=inject.sender, required=False),
        TextField("recipient", say("To"), value=inject.recipient, required=False),
        TextField("expected", say("Expected action"), value=inject.expected, required=False),
        ChoiceField("objective", say("Objective"), objectives, value=inject.objective, required=False),
        ChoiceField("evaluator", say("Evaluator"), evaluators, value=inject.evaluator, required=False),
    ]  # fmt: skip
    return Form(say("Inject {number}", number=inject.number), fields, do, act=say("Change"), edits=True)


def move_due_form(room: Room, row: OwedRow, today: date) -> Form:
    """Make the form that gives an owed drill another due day."""

    def do(act: Act, values: Values) -> Sentence:
        made = commands.move_due(room.store, act, obligation=row.obligation, scheduled_on=row.scheduled_on, **values)
        return say("{id} is now due on {day}.", id=made.id, day=made.due_on)

    fields = [
        DateField("due_on", say("Due"), today=today, value=row.due_on),
        TextField("reason", say("Reason"), value=row.reason),
    ]
    intro = say("By its rule {plan} is scheduled on {day}.", plan=row.plan, day=row.scheduled_on)
    return Form(say("Another due day"), fields, do, act=say("Move"), intro=intro)


def assign_form(room: Room, row: OwedRow, drills: Sequence[Drill]) -> Form:
    """Make the form that says which of some drills meets an owed one."""

    def do(act: Act, values: Values) -> Sentence:
        commands.assign_drill(
            room.store, act, obligation=row.obligation, scheduled_on=row.scheduled_on, drill=values["drill"]
        )
        return say("{plan}, due {day}, is met by {drill}.", plan=row.plan, day=row.due_on, drill=values["drill"])

    options = [
        (drill.id, say("{drill}, {time}", drill=drill.name, time=local_time(drill.starts_at, room.zone)))
        for drill in drills
    ]
    fields = [ChoiceField("drill", say("Drill"), options, value=row.drill)]
    return Form(say("Which drill meets it"), fields, do, act=say("Assign"))


def settings_form(room: Room, settings: Settings) -> Form:
    """Make the form of the figures that an office sets for its drills."""

    def do(act: Act, values: Values) -> Sentence:
        commands.set_settings(room.store, act, wanted=replace(settings, **values), seen=settings)
        return say("The figures for drills are set.")

    fields = [
        QuantityField("evaluation_days", say("Close within"), unit=_DAYS, value=settings.evaluation_days, least=1),
        TextField("evaluation_source", say("By the rule of"), value=settings.evaluation_source, required=False),
        SeveralField("weekdays", say("Weekdays for plans"), _WEEKDAY, value=settings.weekdays),
        TimeField("starts", say("Begins at"), value=settings.starts),
        QuantityField("minutes", say("Length"), unit=_MINUTES, value=settings.minutes, least=1),
        QuantityField(
            "spread_weeks", say("Plan ahead of due"), unit=say("weeks"), value=settings.spread_weeks, least=1
        ),
        QuantityField("due_soon_days", say("Due soon"), unit=_DAYS, value=settings.due_soon_days, least=1),
    ]
    return Form(say("Figures for drills"), fields, do, act=say("Set"), edits=True)


def postpone_form(room: Room, drill: Drill) -> Form:
    """Make the form that postpones a drill."""

    def do(act: Act, values: Values) -> Sentence:
        made = commands.postpone_drill(room.store, act, drill=drill.id, **values)
        return say("{drill} is postponed.", drill=made.name)

    fields = [
        MomentField("starts_at", say("Begins"), now=room.clock.now(), zone=room.zone, value=drill.starts_at),
        TextField("reason", say("Reason")),
    ]
    return Form(say("Postpone {drill}", drill=drill.name), fields, do, act=say("Postpone"))


def keep_form(room: Room, drill: Drill) -> Form:
    """Make the form that holds a drill on purpose under a response level."""

    def do(act: Act, values: Values) -> Sentence:
        made = commands.keep_drill(room.store, act, drill=drill.id, **values)
        return say("{drill} will be held despite the level.", drill=made.name)

    fields = [TextField("reason", say("Reason"))]
    return Form(say("Hold {drill} despite the level", drill=drill.name), fields, do, act=say("Hold it"))


def cancel_form(room: Room, drill: Drill) -> Form:
    """Make the form that cancels a drill."""

    def do(act: Act, values: Values) -> Sentence:
        made = commands.cancel_drill(room.store, act, drill=drill.id, **values)
        return say("{drill} is cancelled.", drill=made.name)

    fields = [TextField("reason", say("Reason"))]
    return Form(say("Cancel {drill}", drill=drill.name), fields, do, act=say("Cancel the drill"))


_NTH = (
    (1, say_as("weekday of a month", "first")),
    (2, say("second")),
    (3, say("third")),
    (4, say("fourth")),
    (-1, say_as("weekday of a month", "last")),
)
_WEEKDAY = tuple(enumerate(WEEKDAYS))


def oblige_form(room: Room, units: Mapping[str, str], today: date) -> Form:
    """Make the form that lays down an obligation."""

    def do(act: Act, values: Values) -> Sentence:
        made = commands.oblige(
            room.store,
            act,
            unit=values["unit"],
            plan=values["plan"],
            cadence=_cadence(values),
            source=values["source"],
            zone=room.zone,
        )
        return say("{unit} must drill {plan}: {id}", unit=units[made.unit], plan=made.plan, id=made.id)

    fields = [
        # Where there is only one, nobody need be asked.
        ChoiceField("unit", say("Unit"), [(id, verbatim(name)) for id, name in units.items()],
                    value=next(iter(units)) if len(units) == 1 else None),
        TextField("plan", say("Contingency plan")),
        *_rule_fields(Cadence(anchor_on=today), "", today),
    ]  # fmt: skip
    return Form(say("What must be drilled"), fields, do, act=say("Lay down"))


def rule_form(room: Room, obligation: Obligation, today: date) -> Form:
    """Make the form that changes the rule of an obligation."""

    def do(act: Act, values: Values) -> Sentence:
        made = commands.change_cadence(
            room.store, act, seen=obligation, cadence=_cadence(values), source=values["source"], zone=room.zone
        )
        return say("{id} follows the new rule from {day}.", id=made.id, day=made.applies_from)

    intro = say("What is overdue, moved or planned stays; the rest follows the new rule.")
    fields = _rule_fields(obligation.cadence, obligation.source, today)
    return Form(say("Rule for {plan}", plan=obligation.plan), fields, do, act=say("Change"), edits=True, intro=intro)


def _rule_fields(cadence: Cadence, source: str, today: date) -> list[Any]:
    return [
        ChoiceField("rhythm", say("Rhythm"), list(RHYTHM.items()), value=cadence.rhythm),
        QuantityField("months", say("Interval"), unit=say("months"), value=cadence.months, least=1),
        DateField("anchor_on", say("First day"), today=today, value=cadence.anchor_on),
        ChoiceField("nth", say("Which weekday"), _NTH, value=cadence.nth, required=False),
        ChoiceField("weekday", say("Weekday"), _WEEKDAY, value=cadence.weekday, required=False),
        QuantityField("days_before", say("Before the season"), unit=_DAYS, value=cadence.days_before,
                      required=False),
        TextField("source", say("Source"), value=source, hint=say("the notice or plan it is from")),
    ]  # fmt: skip


def _cadence(values: Values) -> Cadence:
    names = ("rhythm", "months", "anchor_on", "nth", "weekday", "days_before")
    return Cadence(**{name: values[name] for name in names if values[name] is not None})


def _day_before(room: Room, owed: OwedRow | None, settings: Settings) -> datetime | None:
    if owed is None:
        return None
    return wall_instant(owed.due_on, settings.starts, room.zone)
