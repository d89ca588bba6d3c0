"""The forms of duty: fill a gap, swap, leave, post check, log lines, open items."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from floodready.clock import local_time
from floodready.duty.models import Leg, OverrideKind
from floodready.duty.models_shift import Direction, FollowUp, Handover, LogEntry, LogKind, PostCheck
from floodready.duty.roster import Candidate
from floodready.duty.views import GapRow, SpanRow
from floodready.frozen import replace
from floodready.language import Sentence, say, verbatim
from floodready.organisation.models import Person
from floodready.organisation.permissions import Permission
from floodready.store.contract import Act
from floodready.tui.room import Room
from floodready.tui.screens.form import Form, Values
from floodready.tui.widgets.fields import ChoiceField, MomentField, QuantityField, TextField

_REPORT_WITHIN = timedelta(hours=1)
"""A major danger is reported to the city within the hour (design: report clocks)."""
SIGNATURE_STANDS = say("A signature stands; it cannot be taken back. t tells first what both sides go through.")
_YES_NO = [(True, say("yes")), (False, say("no"))]


def fill(room: Room, gap: GapRow, offered: Sequence[Candidate], people: Sequence[Person]) -> Form:
    """Ask who fills a gap; the first candidate stands in the field already."""

    def do(act: Act, values: Values) -> Sentence:
        from floodready.duty.commands import override

        made = override(
            room.store,
            replace(act, reason=values["reason"]),
            unit=gap.unit,
            post=gap.post,
            kind=OverrideKind.ADD,
            from_at=gap.start,
            until_at=gap.end,
            by=values["by"],
            zone=room.zone,
            despite=bool(values["reason"]),
        )
        return say("Filled: change of duty {override}.", override=made.id)

    options = fillers(offered, people)
    intro = say("Free, rested and qualified, fewest turns first: {count}", count=len(offered))
    first = offered[0].person if offered else None
    fields = [ChoiceField("by", say("Person"), options, value=first), despite_field()]
    return Form(say("Fill {post}", post=verbatim(gap.post_name)), fields, do, act=say("Fill"), intro=intro)


def fillers(offered: Sequence[Candidate], people: Sequence[Person]) -> list[tuple[str, Sentence]]:
    """Give who may be chosen for a seat: those free, rested and qualified first, then everybody else of the unit."""
    first = [(one.person, verbatim(one.name)) for one in offered]
    return first + [choice for choice in _names(people) if choice[0] not in {one.person for one in offered}]


def despite_field() -> TextField:
    """Ask for the reason for which somebody stands a post though the rules speak against it; empty keeps the rules."""
    return TextField(
        "reason", say("Despite the rules"), required=False, hint=say("why rest or qualification is set aside")
    )


def swap(room: Room, span: SpanRow, people: Sequence[Person], turns: Sequence[SpanRow], at: datetime) -> Form:
    """Ask who takes over a turn, whole or a part, and which of theirs goes back; `turns` are those to come.

    Those who have the post stand first.
    """
    offered = {f"{turn.post}/{turn.person}/{turn.start:%Y%m%d%H%M}": turn for turn in turns if turn.start > at}

    def do(act: Act, values: Values) -> Sentence:
        from floodready.duty.commands_swap import ask_swap

        other, back = values["other"], offered.get(values["back"])
        legs = [Leg(post=span.post, giver=span.person, taker=other, from_at=values["start"], until_at=values["end"])]
        if back is not None:
            legs.append(Leg(post=back.post, giver=other, taker=span.person, from_at=back.start, until_at=back.end))
        made = ask_swap(room.store, act, unit=span.unit, legs=tuple(legs), asked_by=span.person, zone=room.zone)
        return say("Swap {swap} is asked for.", swap=made.id)

    def check(values: Values) -> Mapping[str, Sentence]:
        back = offered.get(values["back"])
        if back is not None and back.person != values["other"]:
            whose = verbatim(back.name)
            return {
                "back": say(
                    "is a turn of {person}. Choose a turn of the person you ask, or leave it empty.", person=whose
                )
            }
        return {} if values["start"] < values["end"] else {"end": say("must be after the start")}

    others = sorted((one for one in people if one.id != span.person), key=lambda one: span.post not in one.posts)
    choices = [(key, _turn_told(turn, room)) for key, turn in offered.items() if turn.person != span.person]
    start = max(span.start, at)
    return Form(
        say("Swap the turn of {person}", person=verbatim(span.name)),
        [
            ChoiceField("other", say("Taken over by"), _names(others)),
            ChoiceField("back", say("Their turn in return"), choices, required=False),
            MomentField("start", say("From"), now=at, zone=room.zone, value=start),
            MomentField("end", say("Until"), now=at, zone=room.zone, value=span.end),
        ],
        do,
        act=say("Ask"),
        check=check,
        may=None if span.person == room.person else Permission.DUTY_PLAN,  # so the command asks of other people's duty
    )


def _turn_told(turn: SpanRow, room: Room) -> Sentence:
    start = local_time(turn.start, room.zone)
    return say("{person}, {start}, {post}", person=verbatim(turn.name), start=verbatim(start),
               post=verbatim(turn.post_name))  # fmt: skip


def leave(room: Room, people: Sequence[Person], at: datetime) -> Form:
    """Ask for leave; one's own stands in the field already."""

    def do(act: Act, values: Values) -> Sentence:
        from floodready.duty.commands import enter_leave
        from floodready.duty.leave_told import leave_receipt

        made = enter_leave(room.store, act, **values)
        return leave_receipt(room.store, made, room.zone)

    return Form(
        say("Leave from duty"),
        [
            ChoiceField("person", say("Person"), _names(people), value=room.person),
            MomentField("from_at", say("From"), now=at, zone=room.zone),
            MomentField("until_at", say("Until"), now=at, zone=room.zone),
            TextField("why", say("Why"), required=False),
        ],
        do,
        act=say("Enter"),
    )


def check(room: Room, unit: str, people: Sequence[Person]) -> Form:
    """Ask for a post check."""

    def do(act: Act, values: Values) -> Sentence:
        from floodready.duty.check_told import check_receipt
        from floodready.duty.commands_log import check_post

        made = check_post(room.store, act, unit=unit, zone=room.zone, **values)
        return check_receipt(room.store, made, room.zone)

    return Form(
        say("Post check"),
        [
            TextField("method", say("Method"), value=str(say("telephone"))),
            ChoiceField("whom", say("Who answered"), _names(people), required=False),
            QuantityField("rings", say("Rings"), unit=say("rings"), required=False),
            ChoiceField("on_site", say("On site"), _YES_NO, value=True),
            ChoiceField("forwarded", say("Forwarded to a mobile"), _YES_NO, value=False),
        ],
        do,
        act=say("Record"),
        intro=say("Where nobody answered, leave the name empty. A miss asks the unit's head to explain it in writing."),
    )


def explain(room: Room, missed: PostCheck, time: str) -> Form:
    """Ask for the written explanation of a missed check; an earlier one stands in the field."""

    def do(act: Act, values: Values) -> Sentence:
        from floodready.duty.commands_log import explain_check

        return say("Check {check} is explained.", check=explain_check(room.store, act, missed, **values).id)

    return Form(
        say("Explain the missed check of {time}", time=verbatim(time)),
        [TextField("explanation", say("Explanation"), value=missed.explanation)],
        do,
        act=say("Explain"),
        intro=say("Why nobody was at the post, and what is done so that it does not happen again."),
    )


def log_line(room: Room, unit: str, kind: LogKind, people: Sequence[Person], at: datetime) -> Form:
    """Ask for a line of the log: the text first, so that one key, the text and one key more are enough.

    A danger report brings its open item with the 1 h clock. Left as it is, the line is of the moment it is logged.
    """
    is_danger = kind is LogKind.DANGER

    def do(act: Act, values: Values) -> Sentence:
        from floodready.duty.commands_log import write_log

        values["at"] = None if values["at"] == at else values["at"]
        made = write_log(room.store, act, unit=unit, kind=kind, major=is_danger, **values)
        return say("Line {line} is in the log.", line=made.id)

    due = at + _REPORT_WITHIN if is_danger else None
    owner = room.person if is_danger else None
    task = str(say("report to the city within the hour")) if is_danger else ""
    return Form(
        say("Log: {kind}", kind=kind.word),
        [
            TextField("content", say("Content")),
            TextField("source_unit", say("Unit"), required=False),
            TextField("source_person", say("Person"), required=False),
            TextField("phone", say("Phone"), required=False),
            TextField("follow_up", say("Still to do"), value=task, required=False),
            ChoiceField("owner", say("Owner"), _names(people), value=owner, required=False),
            MomentField("due_at", say("Due"), now=at, zone=room.zone, value=due, required=False),
            TextField("instruction", say("Instruction"), required=False),
            ChoiceField("handler", say("Handler"), _names(people), required=False),
            TextField("result", say("Result"), required=False),
            ChoiceField("direction", say("Direction"), [(way, way.word) for way in Direction], value=Direction.IN),
            MomentField("at", say("It happened at"), now=at, zone=room.zone, value=at),
        ],
        do,
        act=say("Log"),
    )


def correct(room: Room, line: LogEntry) -> Form:
    """Ask what a line of the log should have said; the line stays, a further one corrects it."""

    def do(act: Act, values: Values) -> Sentence:
        from floodready.duty.commands_log import write_log

        made = write_log(
            room.store, act, unit=line.unit, kind=line.kind, direction=line.direction, corrects=line.id, **values
        )
        return say("Line {line} is in the log.", line=made.id)

    return Form(
        say("Correct line {line}", line=line.id),
        [TextField("content", say("Content"), value=line.content.replace("\n", " "))],
        do,
        act=say("Log"),
        intro=say("The line stays as it is; a further line tells what is right."),
        edits=True,
    )


def is_of_another_shift(held: Handover, person: str) -> bool:
    """Tell whether somebody who would sign next is not of the side whose turn it is to sign."""
    side = held.outgoing if held.signed_out_by is None else held.incoming
    return bool(side) and person not in side


def side_told(held: Handover) -> Sentence:
    """Say for which side the next signature is."""
    return say("Sign for the outgoing side") if held.signed_out_by is None else say("Sign for the incoming side")


def sign_for_others(room: Room, held: Handover, people: Sequence[Person]) -> Form:
    """Ask why somebody signs who is not of the shift."""
    outgoing = held.signed_out_by is None
    names = {person.id: person.name for person in people}
    side = ", ".join(names.get(person, person) for person in (held.outgoing if outgoing else held.incoming))

    def do(act: Act, values: Values) -> Sentence:
        from floodready.duty.commands_shift import sign_handover

        return signed_told(
            sign_handover(room.store, replace(act, reason=values["reason"]), held, outgoing=outgoing, zone=room.zone)
        )

    return Form(
        side_told(held),
        [TextField("reason", say("Reason"))],
        do,
        act=say("Sign"),
        confirm=lambda _: (SIGNATURE_STANDS,),
        intro=say("The shift: {names}. Esc, and one of them signs in with F2 and signs; or say why you sign.",
                  names=verbatim(side)),
    )  # fmt: skip


def signed_told(signed: Handover) -> Sentence:
    """Say what a signature did."""
    if signed.completed_at is None:
        return say("Signed. Now the incoming side signs in with F2 and signs too.")
    return say("Signed by both sides. The shift's log is closed.")


def assign(room: Room, item: FollowUp, people: Sequence[Person], at: datetime) -> Form:
    """Ask for the owner and due time of an open item."""

    def do(act: Act, values: Values) -> Sentence:
        from floodready.duty.commands_log import change_follow_up

        changed = change_follow_up(room.store, act, item, **values)
        return say("{item} is noted.", item=changed.id)

    return Form(
        verbatim(item.task),
        [
            ChoiceField("owner", say("Owner"), _names(people), value=item.owner or room.person),
            MomentField("due_at", say("Due"), now=at, zone=room.zone, value=item.due_at),
        ],
        do,
        act=say("Note"),
    )


def finish(room: Room, item: FollowUp) -> Form:
    """Ask what came of an open item."""

    def do(act: Act, values: Values) -> Sentence:
        from floodready.duty.commands_log import finish_follow_up

        return say("{item} is done.", item=finish_follow_up(room.store, act, item, **values).id)

    return Form(verbatim(item.task), [TextField("result", say("Result"))], do, act=say("Close"))


def _names(people: Sequence[Person]) -> list[tuple[str, Sentence]]:
    return [(person.id, verbatim(person.name)) for person in people]
