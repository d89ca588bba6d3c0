"""The form of one seat of the calendar: why it is as it is, and who is put on, taken off or put in somebody's place."""

from __future__ import annotations

from collections.abc import Sequence

from floodready.duty.calendar import Cell
from floodready.duty.models import OverrideKind
from floodready.duty.roster import Candidate
from floodready.duty.views import SpanRow
from floodready.frozen import replace
from floodready.language import Sentence, say, verbatim
from floodready.organisation.models import Person
from floodready.store.contract import Act
from floodready.tui.room import Room
from floodready.tui.screens.dialog import Dialog, Notice
from floodready.tui.screens.duty.forms import despite_field, fillers
from floodready.tui.screens.form import Form, Values
from floodready.tui.widgets.fields import ChoiceField


def seat(
    room: Room, unit: str, cell: Cell, offered: Sequence[Candidate], people: Sequence[Person]
) -> Dialog[bool] | Dialog[None]:
    """Give the window of a cell: where a place is empty, who fills it; else who comes in whose place."""
    rows = [*cell.begun, *cell.on]
    title = say("{post}, {day}", post=verbatim(cell.post_name), day=verbatim(cell.day.isoformat()))
    options = fillers(offered, people)
    if cell.gaps:
        return _fill(room, unit, cell, title, options, offered)
    if not rows:
        return Notice(title, say("Nobody is needed and nobody stands duty."))
    return _replace(room, unit, cell, title, options, rows)


def _fill(
    room: Room,
    unit: str,
    cell: Cell,
    title: Sentence,
    options: list[tuple[str, Sentence]],
    offered: Sequence[Candidate],
) -> Form:
    gap = cell.gaps[0]

    def do(act: Act, values: Values) -> Sentence:
        from floodready.duty.commands import override

        made = override(
            room.store,
            replace(act, reason=values["reason"]),
            unit=unit,
            post=cell.post,
            kind=OverrideKind.ADD,
            from_at=max(gap.start, room.clock.now()),
            until_at=gap.end,
            by=values["by"],
            zone=room.zone,
            despite=bool(values["reason"]),
        )
        return say("Filled: change of duty {override}.", override=made.id)

    intro = say("{cause}. Free, rested and qualified, fewest turns first: {count}", cause=gap.cause, count=len(offered))
    first = offered[0].person if offered else None
    fields = [ChoiceField("by", say("Person"), options, value=first), despite_field()]
    return Form(title, fields, do, act=say("Fill"), intro=intro)


def _replace(
    room: Room, unit: str, cell: Cell, title: Sentence, options: list[tuple[str, Sentence]], rows: Sequence[SpanRow]
) -> Form:
    held = {row.person: row for row in rows}

    def do(act: Act, values: Values) -> Sentence:
        from floodready.duty.commands import override
        from floodready.duty.views import override_told

        row = held[values["person"]]
        made = override(
            room.store,
            replace(act, reason=values["reason"]),
            unit=unit,
            post=cell.post,
            kind=OverrideKind.REPLACE if values["by"] else OverrideKind.REMOVE,
            from_at=max(row.start, room.clock.now()),
            until_at=row.end,
            person=row.person,
            by=values["by"],
            zone=room.zone,
            despite=bool(values["reason"]),
        )
        return override_told(room.store, made, room.zone)

    shown = [verbatim(f"{row.name}: {row.why}") for row in rows]
    standing = [(row.person, verbatim(row.name)) for row in rows]
    return Form(
        title,
        [
            ChoiceField("person", say("Stands the turn"), standing, value=rows[0].person),
            ChoiceField("by", say("In their place"), [o for o in options if o[0] not in held], required=False),
            despite_field(),
        ],
        do,
        act=say("Replace, or take off"),
        intro=verbatim("\n".join(str(line) for line in shown)),
    )
