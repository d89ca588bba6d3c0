"""The forms of campaigns: open or change one, reach a milestone, put records on its lists."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from floodready.document import problems_of
from floodready.language import Sentence, say, say_many, verbatim
from floodready.rectification import commands
from floodready.rectification.models_campaign import Campaign, Milestone, Stage, StageKind
from floodready.store.contract import Act
from floodready.text import shortened
from floodready.tui.room import Room
from floodready.tui.screens.form import Form, Values
from floodready.tui.screens.rectification.choices import FormFacts, choice
from floodready.tui.widgets.field import Field, Understood
from floodready.tui.widgets.fields import DateField, SeveralField, TextField
from floodready.typed_time import understood_day

_BETWEEN = re.compile(r"\s+to\s+|\s*(?:至|到|/|\.\.|~|–)\s*")
_SEMICOLON = re.compile(r"[;；]")
_AHEAD = timedelta(days=90)
"""How much further ahead than behind a milestone is looked for."""


class SpanOfDaysField(Field):
    """Two days, the first and the last: `0301 to 0331`."""

    def __init__(self, stage: StageKind, *, today: date, value: Stage | None) -> None:
        self._today = today
        text = f"{value.starts_on} – {value.ends_on}" if value is not None else ""
        label = say("Stage: {stage}", stage=stage.word)
        super().__init__(stage.name, label, value=text, required=False, hint=say("two days: 0301 to 0331"))

    def understand(self, text: str) -> Understood:
        days = [understood_day(part, self._today) for part in _BETWEEN.split(text) if part]
        if len(days) != 2 or days[0] is None or days[1] is None:
            return Understood(problem=say("are not two days; type 0301 to 0331"))
        if days[1] < days[0]:
            return Understood(problem=say("a stage ends before it starts"))
        return Understood((days[0], days[1]), verbatim(f"= {days[0]} – {days[1]}"))


class LinesField(Field):
    """Some lines, set apart by semicolons; its value is a tuple of them."""

    def __init__(self, name: str, label: Sentence, value: tuple[str, ...]) -> None:
        super().__init__(name, label, value="; ".join(value), required=False, hint=say("set apart by semicolons"))

    @property
    def nothing(self) -> tuple[str, ...]:
        return ()

    def understand(self, text: str) -> Understood:
        lines = tuple(line.strip() for line in _SEMICOLON.split(text) if line.strip())
        return Understood(lines, say_many("= {count} line", "= {count} lines", len(lines)) if len(lines) > 1 else None)


class MilestonesField(Field):
    """Milestones with their days: `lists complete=0331; all closed=0930`."""

    def __init__(self, today: date, value: tuple[Milestone, ...]) -> None:
        self._today = today
        text = "; ".join(f"{one.name}={one.due_on}" for one in value)
        hint = say("lists complete=0331; all closed=0930")
        super().__init__("milestones", say("Milestones"), value=text, required=False, hint=hint)

    @property
    def nothing(self) -> tuple[Milestone, ...]:
        return ()

    def understand(self, text: str) -> Understood:
        made = []
        for part in filter(str.strip, _SEMICOLON.split(text)):
            name, _, written = part.rpartition("=")
            day = _day_ahead(written, self._today)
            if day is None or not name.strip():
                return Understood(problem=say("“{text}” is not a milestone; type lists complete=0331",
                                              text=verbatim(part.strip())))  # fmt: skip
            made.append(Milestone(name=name.strip(), due_on=day))
        return Understood(tuple(made), verbatim("= " + "; ".join(f"{one.name} {one.due_on}" for one in made)))


def _day_ahead(written: str, today: date) -> date | None:
    """Read a milestone's day, looking ahead: in March, 0930 is this September, though the last one is nearer."""
    day, later = understood_day(written, today), understood_day(written, today + _AHEAD)
    # Only a month and day without a year can be the same day of a later year: +3d and Friday move with what is today.
    same = day is not None and later is not None and (later.month, later.day) == (day.month, day.day)
    return later if same else day


def campaign_form(room: Room, facts: FormFacts, seen: Campaign | None) -> Form:
    """Make the form that opens a campaign, or changes one as it was seen."""

    def do(act: Act, values: Values) -> Sentence:
        wanted = Campaign(**_told(values, seen))
        if seen is None:
            made = commands.open_campaign(room.store, act, campaign=wanted)
            return say("Campaign {id} is open.", id=made.id)
        made = commands.change_campaign(room.store, act, seen=seen, campaign=wanted)
        return say("Campaign {id} is changed.", id=made.id)

    def check(values: Values) -> Mapping[str, Sentence]:
        found = problems_of(Campaign, _told(values, seen))
        if "stages" in found:
            found[StageKind.MOBILISE.name] = found.pop("stages")
        return found

    held = {stage.kind: stage for stage in seen.stages} if seen is not None else {}
    first_unit = (next(iter(facts.units)),) if facts.units else ()
    units = [(id, verbatim(name)) for id, name in facts.units.items()]
    fields: list[Field] = [
        *([] if seen is not None else [TextField("id", say("Short name"), value=_next_id(facts))]),
        TextField("name", say("Name"), value=seen.name if seen else ""),
        SeveralField("units", say("Units"), units, value=seen.units if seen else first_unit),
        *(SpanOfDaysField(kind, today=facts.today, value=held.get(kind)) for kind in StageKind),
        TextField("scope", say("Scope"), value=(seen.scope if seen else "").replace("\n", " "), required=False),
        LinesField("responsibility", say("List of responsibility"), seen.responsibility if seen else ()),
        LinesField("measures", say("List of measures"), seen.measures if seen else ()),
        MilestonesField(facts.today, seen.milestones if seen else ()),
        TextField("source", say("Order"), value=seen.source if seen else "", required=False),
    ]
    title = say("A new campaign") if seen is None else say("Change {name}", name=verbatim(seen.name))
    return Form(title, fields, do, act=say("Open") if seen is None else say("Change"), check=check,
                edits=seen is not None)  # fmt: skip


def milestone_form(room: Room, campaign: Campaign, today: date) -> Form:
    """Make the form that says a milestone is reached."""

    def do(act: Act, values: Values) -> Sentence:
        commands.reach_milestone(room.store, act, campaign=campaign.id, zone=room.zone, **values)
        return say("Reached: {name}", name=verbatim(values["milestone"]))

    open_ones = {one.name: one.name for one in campaign.milestones if one.reached_on is None}
    fields = [
        choice("milestone", say("Milestone"), open_ones, value=next(iter(open_ones), None)),
        DateField("on", say("Reached on"), today=today, value=today),
    ]
    return Form(say("A milestone is reached"), fields, do, act=say("Record"))


def put_form(room: Room, campaign: Campaign, others: Mapping[str, str]) -> Form:
    """Make the form that puts a record on a campaign's lists."""

    def do(act: Act, values: Values) -> Sentence:
        made = commands.put_in_campaign(room.store, act, campaign=campaign.id, **values)
        return say("{id} is on the lists of {campaign}.", id=made.id, campaign=verbatim(campaign.name))

    records = {id: shortened(f"{id} {text}", 60) for id, text in others.items()}
    title = say("Put a record on the lists of {name}", name=verbatim(campaign.name))
    return Form(title, [choice("finding", say("Case number"), records)], do, act=say("Put"))


def _told(values: Values, seen: Campaign | None) -> dict[str, Any]:
    spans = [(kind, values[kind.name]) for kind in StageKind if values[kind.name] is not None]
    stages = tuple(Stage(kind=kind, starts_on=span[0], ends_on=span[1]) for kind, span in spans)
    facts = {name: value for name, value in values.items() if name not in StageKind.__members__}
    return {"id": seen.id if seen is not None else None, **facts, "stages": stages}


def _next_id(facts: FormFacts) -> str:
    taken = facts.campaigns
    return next(id for n in range(1, len(taken) + 2) if (id := f"{facts.today.year}-{n}") not in taken)
