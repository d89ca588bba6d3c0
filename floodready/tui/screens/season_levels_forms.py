"""The forms of the level table: a row, its actions, a whole table from a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import time

from floodready.frozen import replace
from floodready.language import Sentence, say, say_many, verbatim
from floodready.organisation.models import Person, PostKind, Unit
from floodready.season.level import Level
from floodready.season.models_level import LeaderPlace, LevelAction, LevelRow, LevelTable, Staffing
from floodready.store.contract import Act
from floodready.tui.room import Room
from floodready.tui.screens.form import Form, Values
from floodready.tui.widgets.field import Field, Understood
from floodready.tui.widgets.fields import ChoiceField, FileField, QuantityField, SeveralField, TextField
from floodready.typed_time import understood_time


class TimesField(Field):
    """Some times of the day: `08:00, 14:00, 20:00`."""

    def __init__(self, name: str, label: Sentence, *, value: Sequence[time] = ()) -> None:
        super().__init__(
            name,
            label,
            value=", ".join(f"{at:%H:%M}" for at in value),
            required=False,
            hint=say("times of the day: 08:00, 14:00, 20:00"),
        )

    @property
    def nothing(self) -> tuple[time, ...]:
        return ()

    def understand(self, text: str) -> Understood:
        found = set()
        for written in text.replace("，", ",").replace("、", ",").split(","):
            at = understood_time(written)
            if at is None and written.strip():
                return Understood(problem=say("“{text}” is not a time of day", text=verbatim(written.strip())))
            if at is not None:
                found.add(at)
        times = tuple(sorted(found))
        return Understood(times, verbatim("= " + ", ".join(f"{at:%H:%M}" for at in times)))


def change_row(room: Room, unit: Unit, row: LevelRow, seen: LevelTable | None, people: Sequence[Person]) -> Form:
    """Ask what a level demands of a unit; its actions are kept."""

    def do(act: Act, values: Values) -> Sentence:
        from floodready.season.commands_level import set_level_row

        set_level_row(room.store, act, unit=unit.id, row=_row(row, values), seen=seen, source=values["source"])
        return say("{level} of {unit} is set.", level=row.level.word, unit=verbatim(unit.name))

    staffing = {need.post: need.people for need in row.staffing}
    percent = row.forward_stock_percent
    staff: list[Field] = [
        QuantityField(post.name, post.word, unit=say("people at every moment"), required=False, least=1,
                      value=staffing.get(post))
        for post in PostKind
    ]  # fmt: skip
    return Form(
        say("{level} of {unit}", level=row.level.word, unit=verbatim(unit.name)),
        [
            *staff,
            TextField("staffing_note", say("Staffing in words"), value=row.staffing_note, required=False),
            ChoiceField("leader", say("Leader"), [(place, place.word) for place in LeaderPlace], value=row.leader),
            TimesField("bulletins", say("Bulletins"), value=row.bulletins),
            QuantityField("forecasts_per_day", say("Forecasts"), unit=say("a day"), value=row.forecasts_per_day),
            QuantityField("least", say("Stock up, least"), unit=say("percent"), required=False,
                          value=min(percent, default=None)),
            QuantityField("most", say("Stock up, most"), unit=say("percent"), required=False,
                          value=max(percent, default=None)),
            QuantityField("agreement_stock_within_hours", say("Agreement stock in"), unit=say("hours"), least=1,
                          required=False, value=row.agreement_stock_within_hours),
            TextField("consultation", say("Consultation by"), value=row.consultation, required=False),
            SeveralField("call_out", say("To be called out"), _people(people, row.call_out), value=row.call_out,
                         required=False),
            TextField("source", say("Plan and clause"), value=seen.source if seen else ""),
        ],
        do,
        act=say("Set"),
        edits=seen is not None and row in seen.rows,
        check=_wrong,
    )  # fmt: skip


def remove_row(room: Room, unit: Unit, level: Level, seen: LevelTable) -> Form:
    """Ask why a level's row is taken away."""

    def do(act: Act, values: Values) -> Sentence:
        from floodready.season.commands_level import remove_level_row

        act = replace(act, reason=values["reason"])
        made = remove_level_row(room.store, act, unit=unit.id, level=level, seen=seen)
        name = verbatim(unit.name)
        if made is None:
            return say("{level} is gone; {unit} has no table of its own any more.", level=level.word, unit=name)
        return say("{level} is gone from the table of {unit}.", level=level.word, unit=name)

    return Form(
        say("Take away {level} of {unit}", level=level.word, unit=verbatim(unit.name)),
        [TextField("reason", say("Reason"), required=False)],
        do,
        act=say("Take it away"),
        intro=say("The level then demands what the next lower one does. Clocks that run stay."),
    )


def set_action(room: Room, unit: Unit, row: LevelRow, seen: LevelTable) -> Form:
    """Ask for an action of a level with its clock; without minutes, the one of that name is taken away."""

    def do(act: Act, values: Values) -> Sentence:
        from floodready.season.commands_level import set_level_row

        name = values["name"].strip()
        kept = tuple(action for action in row.actions if action.name != name)
        minutes = values["within_minutes"]
        added = () if minutes is None else (LevelAction(name=name, within_minutes=minutes, who=values["who"]),)
        set_level_row(room.store, act, unit=unit.id, row=replace(row, actions=(*kept, *added)), seen=seen)
        if minutes is None:
            return say("{level}: “{action}” is gone.", level=row.level.word, action=verbatim(name))
        return say("{level}: “{action}” within {minutes} min.", level=row.level.word, action=verbatim(name),
                   minutes=minutes)  # fmt: skip

    known = {action.name for action in row.actions}

    def wrong(values: Values) -> Mapping[str, Sentence]:
        if values["within_minutes"] is None and values["name"].strip() not in known:
            return {"within_minutes": say("a new action needs its minutes")}
        return {}

    held = ", ".join(f"{action.name} ({action.within_minutes} min)" for action in row.actions)
    return Form(
        say("An action of {level}", level=row.level.word),
        [
            TextField("name", say("Action")),
            QuantityField("within_minutes", say("Within"), unit=say("minutes"), required=False, least=1),
            TextField("who", say("By whom"), required=False),
        ],
        do,
        act=say("Set"),
        check=wrong,
        intro=say("Now: {actions}. The same name changes an action; without minutes it is taken away.",
                  actions=verbatim(held or "—")),
    )  # fmt: skip


def import_table(room: Room, unit: Unit) -> Form:
    """Ask for the file of a level table; it takes the place of the unit's table."""

    def do(act: Act, values: Values) -> Sentence:
        from floodready.exchange.level_table_json import read_level_table
        from floodready.exchange.sniff import read_file
        from floodready.season.commands_level import set_level_table

        rows, said = read_level_table(read_file(values["file"]))
        made = set_level_table(room.store, act, unit=unit.id, rows=rows, source=values["source"] or said)
        return say_many("{count} level set.", "{count} levels set.", len(made.rows))

    return Form(
        say("Import a level table for {unit}", unit=verbatim(unit.name)),
        [
            FileField("file", say("File")),
            TextField("source", say("Plan and clause"), required=False, hint=say("without it, what the file says")),
        ],
        do,
        act=say("Take it in"),
        intro=say("A JSON file; docs/formats.md shows it. It takes the place of the unit's whole table."),
    )


def _row(row: LevelRow, values: Values) -> LevelRow:
    least, most = values["least"], values["most"]
    return replace(
        row,
        staffing=tuple(Staffing(post=post, people=values[post.name]) for post in PostKind if values[post.name]),
        forward_stock_percent=() if least is None else (least, least if most is None else most),
        **{name: values[name] for name in ("staffing_note", "leader", "bulletins", "forecasts_per_day",
                                           "agreement_stock_within_hours", "consultation", "call_out")},
    )  # fmt: skip


def _wrong(values: Values) -> Mapping[str, Sentence]:
    least, most = values["least"], values["most"]
    if least is None and most is not None:
        return {"least": say("give the least too")}
    if least is not None and most is not None and most < least:
        return {"most": say("must not be below the least")}
    return {}


def _people(people: Sequence[Person], called: Sequence[str]) -> list[tuple[str, Sentence]]:
    words = {person.id: verbatim(f"{person.name} ({person.id})") for person in people}
    # Those called stand first, in their order, for the field begins with it; who has left stays until taken off.
    return [(id, words.get(id, verbatim(id))) for id in dict.fromkeys((*called, *words))]
