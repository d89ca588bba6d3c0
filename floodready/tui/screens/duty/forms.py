"""The forms of duty: fill a gap, swap, leave, post check, log lines, open items."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from floodready.duty.models import Leg, OverrideKind
from floodready.duty.models_shift import FollowUp, LogKind, PostCheck
from floodready.duty.roster import Candidate
from floodready.duty.views import GapRow, SpanRow
from floodready.language import Sentence, say, say_as, verbatim
from floodready.organisation.models import Person
from floodready.store.contract import Act
from floodready.tui.room import Room
from floodready.tui.screens.form import Form, Values
from floodready.tui.widgets.fields import ChoiceField, MomentField, QuantityField, TextField

_REPORT_WITHIN = timedelta(hours=1)
"""A major danger is reported to the city within the hour (design: report clocks)."""
_YES_NO = [(True, say("yes")), (False, say("no"))]


def fill(room: Room, gap: GapRow, offered: Sequence[Candidate], people: Sequence[Person]) -> Form:
    """Ask who fills a gap; the first candidate stands in the field already."""

    def do(act: Act, values: Values) -> Sentence:
        from floodready.duty.commands import override

        made = override(
            room.store,
            act,
            unit=gap.unit,
            post=gap.post,
            kind=OverrideKind.ADD,
            from_at=gap.start,
            until_at=gap.end,
            by=values["by"],
            zone=room.zone,
        )
        return say("Filled: override {override}.", override=made.id)

    options = [(one.person, verbatim(one.name)) for one in offered] or _names(people)
    intro = say("Free, rested and qualified, fewest turns first: {count}", count=len(offered))
    first = offered[0].person if offered else None
    fields = [ChoiceField("by", say("Person"), options, value=first)]
    return Form(say("Fill {post}", post=verbatim(gap.post_name)), fields, do, act=say("Fill"), intro=intro)


def swap(room: Room, span: SpanRow, people: Sequence[Person], at: datetime) -> Form:
    """Ask who takes over a turn, whole or a part."""

    def do(act: Act, values: Values) -> Sentence:
        from floodready.duty.commands_swap import ask_swap

        leg = Leg(
            post=span.post,
            giver=span.person,
            taker=values["other"],
            from_at=values["start"],
            until_at=values["end"],
        )
        made = ask_swap(room.store, act, unit=span.unit, legs=(leg,), asked_by=span.person, zone=room.zone)
        return say("Swap {swap} is asked.", swap=made.id)

    others = [person for person in people if person.id != span.person]
    start = max(span.start, at)
    return Form(
        say("Swap the turn of {person}", person=verbatim(span.name)),
        [
            ChoiceField("other", say("Taken over by"), _names(others)),
            MomentField("start", say("From"), now=at, zone=room.zone, value=start),
            MomentField("end", say("Until"), now=at, zone=room.zone, value=span.end),
        ],
        do,
        act=say("Ask"),
        check=lambda values: {} if values["start"] < values["end"] else {"end": say("must be after the start")},
    )


def leave(room: Room, people: Sequence[Person], at: datetime) -> Form:
    """Ask for leave; one's own stands in the field already."""

    def do(act: Act, values: Values) -> Sentence:
        from floodready.duty.commands import enter_leave

        made = enter_leave(room.store, act, **values)
        return say("Leave {leave} is entered.", leave=made.id)

    return Form(
        say_as("to be away from duty", "Leave"),
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
        from floodready.duty.commands_log import check_post

        made = check_post(room.store, act, unit=unit, zone=room.zone, **values)
        if made.missed:
            return say("Check {check}: missed. The unit's head must explain it in writing.", check=made.id)
        return say("Check {check}: the post is manned.", check=made.id)

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

    A danger report brings its open item with the 1 h clock.
    """
    is_danger = kind is LogKind.DANGER

    def do(act: Act, values: Values) -> Sentence:
        from floodready.duty.commands_log import write_log

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
        ],
        do,
        act=say("Log"),
    )


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
