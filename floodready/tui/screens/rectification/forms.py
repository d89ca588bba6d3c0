"""The forms of rectification: a hazard found, a meeting's task, and one for each move of the table."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from floodready.language import Sentence, say, verbatim
from floodready.rectification import commands
from floodready.rectification.models import Attachment, Finding, FiveFixes, Measure, SixParts
from floodready.rectification.preparation import FIX_WORDS, PART_WORDS
from floodready.rectification.states import Grade, Source
from floodready.rectification.transitions import Move, MoveName
from floodready.store.attachments import keep
from floodready.store.contract import Act
from floodready.tui.room import Room
from floodready.tui.screens.form import Form, Values
from floodready.tui.widgets.field import Field
from floodready.tui.widgets.fields import ChoiceField, DateField, QuantityField, TextField

if TYPE_CHECKING:
    from floodready.store.journal_store import JournalStore

_COMMANDS: Mapping[MoveName, Any] = {
    MoveName.GRADE: commands.grade,
    MoveName.ASSIGN: commands.assign,
    MoveName.BEGIN: commands.begin,
    MoveName.REPORT_PROGRESS: commands.report_progress,
    MoveName.PROTECT: commands.protect,
    MoveName.SUBMIT: commands.submit,
    MoveName.ACCEPT: commands.accept,
    MoveName.REJECT: commands.reject,
    MoveName.ASK_EXTENSION: commands.ask_extension,
    MoveName.GRANT_EXTENSION: commands.grant_extension,
    MoveName.REFUSE_EXTENSION: commands.refuse_extension,
    MoveName.LIST: commands.list_up,
    MoveName.DELIST: commands.delist,
    MoveName.HAND_UP: commands.hand_up,
    MoveName.ESCALATE: commands.escalate,
    MoveName.MERGE: commands.merge,
    MoveName.REOPEN: commands.reopen,
}
_ONE_TEXT: Mapping[MoveName, tuple[tuple[str, Sentence], ...]] = {
    MoveName.REPORT_PROGRESS: (("text", say("Progress")),),
    MoveName.SUBMIT: (("result", say("What was done")),),
    MoveName.REJECT: (("conclusion", say("Conclusion")),),
    MoveName.REFUSE_EXTENSION: (("answer", say("Answer")),),
    MoveName.ESCALATE: (("cause", say("Cause")),),
}
"""The moves that need nothing but a text."""
_ZONED = frozenset(
    {
        *(MoveName.ASSIGN, MoveName.ACCEPT, MoveName.LIST, MoveName.DELIST),
        *(MoveName.ASK_EXTENSION, MoveName.GRANT_EXTENSION, MoveName.REFUSE_EXTENSION),
    }
)
"""The moves that write a day, which depends on the zone."""
_UNSEEN = frozenset({MoveName.REPORT_PROGRESS, MoveName.REOPEN})
"""The moves that add without changing what was seen: they hold whatever happened meanwhile."""


def new_hazard_form(room: Room, units: Mapping[str, str], today: date) -> Form:
    """Make the form for a hazard on the dike: unit, what, where; the rest has its usual value."""

    def do(act: Act, values: Values) -> Sentence:
        made = commands.open_finding(room.store, act, **values)
        return say("Opened: {id}. Next: grade it.", id=made.id)

    fields = [
        _choice("unit", say("Unit"), units, value=next(iter(units), None)),
        TextField("description", say("Description")),
        TextField("place", say("Place"), required=False),
        ChoiceField("source", say("Comes from"), [(one, one.word) for one in Source], value=Source.PATROL),
        DateField("found_on", say("Found on"), today=today, value=today),
        TextField("interim", say("Interim protection"), required=False),
    ]
    return Form(say("A hazard was found"), fields, do, act=say("Open"))


def new_task_form(room: Room, units: Mapping[str, str], people: Mapping[str, str], today: date) -> Form:
    """Make the form for a task that a meeting ordered."""

    def do(act: Act, values: Values) -> Sentence:
        made = commands.open_task(room.store, act, ordered_on=today, **values)
        return say("Opened: {id}, for {person}.", id=made.id, person=people[values["owner"]])

    measures = [(None, say("nothing")), *((one, one.word) for one in Measure)]
    fields = [
        _choice("unit", say("Unit"), units, value=next(iter(units), None)),
        TextField("meeting", say("Meeting")),
        TextField("description", say("Task")),
        _choice("owner", say("Responsible"), people),
        DateField("required_on", say("Required by"), today=today),
        DateField("planned_on", say("Planned by"), today=today, required=False),
        ChoiceField("measure", say("Measured by the program"), measures, value=None),
    ]
    return Form(say("A meeting ordered a task"), fields, do, act=say("Open"))


def move_form(
    room: Room, move: Move, record: Finding, people: Mapping[str, str], others: Mapping[str, str], today: date
) -> Form:
    """Make the form of a move, with what its command needs."""

    def do(act: Act, values: Values) -> Sentence:
        words = _put_together(move.name, values)
        if move.name in _ZONED:
            words["zone"] = room.zone
        if move.name not in _UNSEEN:
            words["seen"] = record
        made = _COMMANDS[move.name](room.store, act, finding=record.id, **words)
        return say("{id} is {state}.", id=made.id, state=made.state.word)

    confirm = None
    if move.name is MoveName.ACCEPT:
        confirm = _closes(record)
    return Form(
        say("{move}: {id}", move=move.word, id=verbatim(record.id)),
        _fields(move.name, record, people, others, today),
        do,
        act=move.word,
        intro=verbatim(record.description[:200]),
        confirm=confirm,
    )


def attach_form(room: Room, number: str) -> Form:
    """Make the form that attaches a file of this machine."""

    def do(act: Act, values: Values) -> Sentence:
        # The terminal's store is always one in a folder; the protocol leaves it out because rules need none.
        folder = cast("JournalStore", room.store).folder
        kept = keep(folder, Path(values["file"]).expanduser())
        attachment = Attachment(name=kept.name, size=kept.size, sha256=kept.sha256)
        commands.attach(room.store, act, finding=number, attachment=attachment)
        return say("Attached to {id}: {file}, {size} bytes, {hash}", id=number, file=kept.name, size=kept.size,
                   hash=kept.sha256)  # fmt: skip

    return Form(say("Attach a photo or paper"), [TextField("file", say("File"))], do, act=say("attach"))


def _closes(record: Finding) -> Any:
    told = say("{id} is struck off the list. That cannot be undone.", id=verbatim(record.id))
    return lambda _: (told,)


def _fields(
    name: MoveName, record: Finding, people: Mapping[str, str], others: Mapping[str, str], today: date
) -> list[Field]:
    match name:
        case MoveName.GRADE:
            grades = [(one, one.word) for one in Grade]
            return [ChoiceField("grade", say("Grade"), grades, value=Grade.GENERAL), TextField("basis", say("Basis"))]
        case MoveName.ASSIGN:
            return _assign_fields(record, people, today)
        case MoveName.PROTECT:
            return [TextField("interim", say("Interim protection"), value=record.interim.replace("\n", " "))]
        case MoveName.ACCEPT:
            return [
                DateField("on", say("Accepted on"), today=today, value=today),
                TextField("place", say("Place"), value=record.place),
                TextField("conclusion", say("Conclusion")),
                TextField("evidence", say("Proof")),
            ]
        case MoveName.ASK_EXTENSION:
            return [DateField("until", say("New deadline"), today=today), TextField("reason", say("Reason"))]
        case MoveName.GRANT_EXTENSION:
            return [TextField("answer", say("Answer"), required=False)]
        case MoveName.MERGE:
            into = {id: f"{id} {text}"[:60] for id, text in others.items()}
            return [_choice("into", say("Merge into"), into)]
        case MoveName.REOPEN:
            found_on = DateField("found_on", say("Found on"), today=today, value=today)
            return [TextField("description", say("Description")), found_on]
    return [TextField(field, label) for field, label in _ONE_TEXT.get(name, ())]


def _assign_fields(record: Finding, people: Mapping[str, str], today: date) -> list[Field]:
    fields: list[Field] = [
        _choice("responsible", say("Responsible"), people, value=record.responsible),
        DateField("deadline_on", say("Deadline"), today=today, value=record.deadline_on),
        TextField("measures", say("Corrective measures"), required=False),
        TextField("interim", say("Interim protection"), value=record.interim.replace("\n", " "), required=False),
    ]
    if record.grade is not Grade.MAJOR:
        return fields
    for name, word in FIX_WORDS.items():
        label = say("Fix: {name}", name=word)
        if name == "money":
            fields.append(QuantityField("fix_money", label, unit=say("yuan"), scale=100))
        else:
            fields.append(TextField(f"fix_{name}", label))
    fields += [TextField(f"part_{name}", say("Plan: {name}", name=word)) for name, word in PART_WORDS.items()]
    return fields


def _put_together(name: MoveName, values: Values) -> dict[str, Any]:
    """Give a command's words; the fields of fixes and plan become their documents."""
    if name is not MoveName.ASSIGN:
        return dict(values)
    fixes = {key.removeprefix("fix_"): value for key, value in values.items() if key.startswith("fix_")}
    parts = {key.removeprefix("part_"): value for key, value in values.items() if key.startswith("part_")}
    words = {key: value for key, value in values.items() if not key.startswith(("fix_", "part_"))}
    return {
        **words,
        "fixes": FiveFixes(**fixes) if fixes else None,
        "plan": SixParts(**parts) if parts else None,
    }


def _choice(name: str, label: Sentence, options: Mapping[str, str], value: str | None = None) -> ChoiceField:
    return ChoiceField(name, label, [(id, verbatim(text)) for id, text in options.items()], value=value)
