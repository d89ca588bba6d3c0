"""One form for each move of the table."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from floodready.language import Sentence, say, verbatim
from floodready.organisation.tree import ancestors
from floodready.rectification import commands
from floodready.rectification.concern import require_concerned
from floodready.rectification.merging import can_take_in, same_hands, would_lose
from floodready.rectification.models import Finding, FiveFixes, SixParts
from floodready.rectification.preparation import FIX_WORDS, PART_WORDS
from floodready.rectification.states import Grade
from floodready.rectification.transitions import OF_EVERYBODY, ZONED, Move, MoveName, permission_for
from floodready.rectification.views import made_told
from floodready.store.contract import Act
from floodready.text import shortened
from floodready.tui.room import Room
from floodready.tui.screens.form import Form, Values
from floodready.tui.screens.rectification.choices import FormFacts, choice
from floodready.tui.widgets.field import Field
from floodready.tui.widgets.fields import ChoiceField, DateField, QuantityField, TextField

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
_UNSEEN = frozenset({MoveName.REPORT_PROGRESS, MoveName.REOPEN})
"""The moves that add without changing what was seen: they hold whatever happened meanwhile."""


def move_form(
    room: Room, move: Move, record: Finding, facts: FormFacts, suggested: tuple[Grade, str] | None = None
) -> Form:
    """Make the form of a move, with what its command needs; `suggested` is a grade and its basis to begin with."""

    def do(act: Act, values: Values) -> Sentence:
        words = _put_together(move.name, values)
        if move.name in ZONED:
            words["zone"] = room.zone
        if move.name not in _UNSEEN:
            words["seen"] = record
        made = _COMMANDS[move.name](room.store, act, finding=record.id, **words)
        return made_told(room.store, move, made)

    confirm = None
    if move.name is MoveName.ACCEPT:
        confirm = _closes(record)
    return (Form if move.name in OF_EVERYBODY else partial(MoveForm, record))(
        say("{move}: {id}", move=move.word, id=verbatim(record.id)),
        _fields(move.name, record, facts, suggested),
        do,
        act=move.word,
        intro=verbatim(shortened(record.description, 200)),
        confirm=confirm,
        may=permission_for(move, record) or move.may,
    )


class MoveForm(Form):
    """The form of a move: whoever does not answer for the record is told when it opens."""

    def __init__(self, record: Finding, *asked: Any, **more: Any) -> None:
        super().__init__(*asked, **more)
        self._record = record

    def check_may(self, person: str) -> None:
        super().check_may(person)
        require_concerned(self.duty_app.room.store, self._record, person)


def _closes(record: Finding) -> Any:
    told = say("{id} is struck off the list. That cannot be undone.", id=verbatim(record.id))
    return lambda _: (told,)


def _fields(name: MoveName, record: Finding, facts: FormFacts, suggested: tuple[Grade, str] | None) -> list[Field]:
    today = facts.today
    match name:
        case MoveName.GRADE:
            grades = [(one, one.word) for one in Grade]
            grade, basis = suggested or (record.grade or Grade.GENERAL, record.basis)
            return [
                ChoiceField("grade", say("Grade"), grades, value=grade),
                TextField("basis", say("Basis"), value=_line(basis)),
            ]
        case MoveName.ASSIGN:
            return _assign_fields(record, facts)
        case MoveName.PROTECT:
            return [TextField("interim", say("Interim protection"), value=_line(record.interim))]
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
            above = ancestors(record.unit, facts.parents)
            open_ones = [one for one in facts.hazards.values() if can_take_in(one, record)]
            fitting = [one for one in open_ones if same_hands(one, record, above) and not would_lose(one, record)]
            into = {one.id: shortened(f"{one.id} {one.description}", 60) for one in fitting}
            return [choice("into", say("Merge into"), into)]
        case MoveName.REOPEN:
            found_on = DateField("found_on", say("Found on"), today=today, value=today)
            return [TextField("description", say("Description")), found_on]
    return [TextField(field, label) for field, label in _ONE_TEXT.get(name, ())]


def _assign_fields(record: Finding, facts: FormFacts) -> list[Field]:
    fields: list[Field] = [
        choice("responsible", say("Responsible"), facts.people, value=record.responsible),
        DateField("deadline_on", say("Deadline"), today=facts.today, value=record.deadline_on),
        TextField("measures", say("Corrective measures"), value=_line(record.measures), required=False),
        TextField("interim", say("Interim protection"), value=_line(record.interim), required=False),
    ]
    if record.grade is not Grade.MAJOR:
        return fields
    fixes, plan = record.fixes or FiveFixes(), record.plan or SixParts()
    for name, word in FIX_WORDS.items():
        label = say("Fix: {name}", name=word)
        if name == "money":
            fields.append(QuantityField("fix_money", label, unit=say("yuan"), scale=100, value=fixes.money))
        else:
            fields.append(TextField(f"fix_{name}", label, value=getattr(fixes, name)))
    for name, word in PART_WORDS.items():
        fields.append(TextField(f"part_{name}", say("Plan: {name}", name=word), value=getattr(plan, name)))
    return fields


def _line(text: str) -> str:
    """Give a note as the one line that a field holds."""
    return text.replace("\n", " ")


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
