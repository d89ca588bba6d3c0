"""The planner's smaller forms: a temporary rota, a wish, a day corrected, the unit's figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from floodready.clock import local_day
from floodready.duty.change_hours import change_hours
from floodready.duty.models import DutySettings, PostNeed, Rotation
from floodready.duty.plan import Plan
from floodready.duty.rotation_text import read_groups, read_times, write_times
from floodready.language import Sentence, say, verbatim
from floodready.organisation.lookup import known_by
from floodready.organisation.models import Person, Post
from floodready.refusal import Refused
from floodready.season.level import Level
from floodready.store.contract import Act
from floodready.tui.room import Room
from floodready.tui.screens.form import Form, Values
from floodready.tui.widgets.field import Field
from floodready.tui.widgets.fields import (
    ChoiceField,
    DateField,
    MomentField,
    QuantityField,
    SeveralField,
    TextField,
    TimeField,
)
from floodready.workdays import DayKind

_YES_NO = [(True, say("yes")), (False, say("no"))]


def temporary(room: Room, plan: Plan, posts: Sequence[Post], people: Sequence[Person], at: datetime) -> Form:
    """Ask for a rota of the plan's unit that stands for a window of time or while a level holds."""
    known = known_by(people)

    def made(values: Values) -> Rotation:
        return Rotation(
            name=values["name"],
            post=values["post"],
            groups=read_groups(values["groups"], known),
            first_on=local_day(values["from_at"] or at, room.zone),
            times=read_times(values["times"]),
        )

    def check(values: Values) -> Mapping[str, Sentence]:
        try:
            made(values)
        except Refused as error:
            return {"groups": error.sentence}
        if not values["levels"] and (values["from_at"] is None or values["until_at"] is None):
            return {"levels": say("needs a start and an end, or a response level")}
        return {}

    def do(act: Act, values: Values) -> Sentence:
        from floodready.duty.commands import add_temporary_rota

        added = add_temporary_rota(
            room.store,
            act,
            unit=plan.unit,
            name=values["name"],
            levels=values["levels"],
            from_at=values["from_at"],
            until_at=values["until_at"],
            beside=values["beside"],
            rotations=(made(values),),
        )
        return say("Temporary rota {rota} is in place.", rota=added.id)

    return Form(say("Temporary rota"), _temporary_fields(room, plan, posts, at), do, act=say("Add"), check=check)


def _temporary_fields(room: Room, plan: Plan, posts: Sequence[Post], at: datetime) -> list[Field]:
    levels = [(level.value, verbatim(level.value)) for level in Level]
    post = posts[0].id if posts else None
    return [
        TextField("name", say("Name")),
        ChoiceField("post", say("Post"), [(post.id, verbatim(post.name)) for post in posts],
                    value=post),
        TextField("groups", say("Groups in order")),
        TextField("times", say("Handover times"), value=write_times(change_hours(plan, post or "", at).times)),
        SeveralField("levels", say("While level"), levels, required=False),
        MomentField("from_at", say("From"), now=at, zone=room.zone, required=False),
        MomentField("until_at", say("Until"), now=at, zone=room.zone, required=False),
        ChoiceField("beside", say("Beside the regular people"), _YES_NO, value=True),
    ]  # fmt: skip


def wish(room: Room, people: Sequence[Person], at: datetime) -> Form:
    """Ask whose wish it is and for which day."""

    def do(act: Act, values: Values) -> Sentence:
        from floodready.duty.commands import wish as note_wish

        made = note_wish(room.store, act, **values)
        return say("Wish {wish} is noted.", wish=made.id)

    today = local_day(at, room.zone)
    return Form(
        say("Wish"),
        [
            ChoiceField("person", say("Person"), [(one.id, verbatim(one.name)) for one in people], value=room.person),
            DateField("on", say("No duty on"), today=today),
        ],
        do,
        act=say("Note"),
    )


def day(room: Room, at: datetime) -> Form:
    """Ask what a day is in this office."""

    def do(act: Act, values: Values) -> Sentence:
        from floodready.duty.commands import correct_day

        made = correct_day(room.store, act, **values)
        return say("{day} counts as: {kind}", day=verbatim(made.on.isoformat()), kind=made.kind.word)

    today: date = local_day(at, room.zone) + timedelta(days=1)
    return Form(
        say("Day corrected"),
        [
            DateField("on", say("Day"), today=today),
            ChoiceField("kind", say("Counts as"), [(kind, kind.word) for kind in DayKind], value=DayKind.HOLIDAY),
            TextField("note", say("Note"), required=False),
        ],
        do,
        act=say("Set"),
    )


def settings(room: Room, held: DutySettings, posts: Sequence[Post]) -> Form:
    """Ask for the unit's figures: people by post, rest, warnings."""
    needed = {need.post: need.needed for need in held.needs}

    def do(act: Act, values: Values) -> Sentence:
        from floodready.duty.commands import change_settings

        counts = {post.id: values.pop(f"need_{number}") for number, post in enumerate(posts)}
        needs = tuple(PostNeed(post=post, needed=count) for post, count in counts.items() if count)
        change_settings(room.store, act, unit=held.id, seen=held, needs=needs, **values)
        return say("The figures are set.")

    return Form(
        say("Figures of duty"),
        [
            *(
                QuantityField(f"need_{number}", verbatim(post.name), unit=say("people"), value=needed.get(post.id, 0))
                for number, post in enumerate(posts)
            ),
            QuantityField("rest_hours", say("Rest between duties"), unit=say("h"), value=held.rest_hours),
            QuantityField("most_in_row", say("Most duties in a row"), unit=say("duties"), value=held.most_in_row,
                          least=1),
            ChoiceField("swaps_need_approval", say("Swaps need approval"), _YES_NO, value=held.swaps_need_approval),
            ChoiceField("all_year", say("Duty all year"), _YES_NO, value=held.all_year),
            QuantityField("handover_late_minutes", say("Handover late after"), unit=say("min"),
                          value=held.handover_late_minutes, least=1),
            QuantityField("gap_warning_days", say("Warn of gaps before"), unit=say("days"),
                          value=held.gap_warning_days, least=1),
            QuantityField("post_check_rings", say("Rings at a post check"), unit=say("rings"),
                          value=held.post_check_rings, least=1),
            TimeField("hand_over_at", say("Handover without a rotation"), value=held.hand_over_at),
            TimeField("night_begins", say("Night begins at"), value=held.night_begins),
            TimeField("night_ends", say("Night ends at"), value=held.night_ends),
        ],
        do,
        act=say("Set"),
        edits=True,
    )  # fmt: skip
