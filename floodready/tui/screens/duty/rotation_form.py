"""The form of one rotation: who in what order, at what hours; in force from an instant, the difference shown first."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

from floodready.clock import local_day, local_time
from floodready.duty.change_hours import change_hours
from floodready.duty.models import Rota, Rotation, TurnUnit
from floodready.duty.plan import Plan
from floodready.duty.publishing import once_published
from floodready.duty.resolver import Span
from floodready.duty.rotation_text import read_groups, read_times, write_groups, write_times
from floodready.duty.views import difference
from floodready.frozen import replace
from floodready.language import Sentence, say, say_as, say_many, verbatim
from floodready.organisation.lookup import known_by
from floodready.organisation.models import Person, Post
from floodready.refusal import Refused
from floodready.store.contract import Act
from floodready.tui.room import Room
from floodready.tui.screens.form import Form, Values
from floodready.tui.widgets.calendar_grid import WEEKDAYS
from floodready.tui.widgets.fields import ChoiceField, DateField, MomentField, QuantityField, SeveralField, TextField

_LOOK = timedelta(days=62)
_TOLD = 6
"""Changes told one by one before publishing; the rest by number."""


def rotation(
    room: Room, plan: Plan, posts: Sequence[Post], people: Sequence[Person], at: datetime, held: Rotation | None = None
) -> Form:
    """Ask for a rotation, new or changed, and the instant from which it holds."""
    known = known_by(people)
    first_post = held.post if held else posts[0].id if posts else None
    times = held.times if held else change_hours(plan, first_post or "", at).times
    first_on = held.first_on if held else local_day(at, room.zone)

    def made(values: Values) -> Rotation:
        return Rotation(
            name=values["name"],
            post=values["post"],
            groups=read_groups(values["groups"], known),
            first_on=values["first_on"],
            times=read_times(values["times"]),
            length=values["length"],
            unit=values["unit"],
            weekdays=values["weekdays"],
            day_kinds=held.day_kinds if held else (),
            ends=held.ends if held else None,
        )

    def edited(values: Values) -> Rota:
        kept = [one for one in _held(plan, values["since"]) if held is None or one.name != held.name]
        return _rota(plan, values["since"], (*kept, made(values)))

    options = [(post.id, verbatim(post.name)) for post in posts]
    units = [(unit, unit.word) for unit in TurnUnit]
    fields = [
        TextField("name", say("Name"), value=held.name if held else ""),
        ChoiceField("post", say("Post"), options, value=first_post),
        TextField("groups", say("Groups in order"), value=write_groups(held.groups) if held else ""),
        TextField("times", say("Handover times"), value=write_times(times)),
        QuantityField("length", say("Length of a turn"), unit=say("hours, days, weeks or months"),
                      value=held.length if held else 1, least=1),
        ChoiceField("unit", say_as("units of time", "Counted in"), units, value=held.unit if held else TurnUnit.DAYS),
        SeveralField("weekdays", say("Only on"), list(enumerate(WEEKDAYS)), required=False,
                     value=held.weekdays if held else ()),
        DateField("first_on", say("First turn on"), today=local_day(at, room.zone), value=first_on),
        MomentField("since", say("In force from"), now=at, zone=room.zone, value=at),
    ]  # fmt: skip
    return Form(
        say("Rotation"),
        fields,
        lambda act, values: _publish(room, act, edited(values), plan),
        act=say("Publish"),
        intro=say("Codes, or names without spaces: ding+fang geng+hao. What is past stays."),
        check=lambda values: _problems(made, values),
        confirm=lambda values: _difference_told(plan, edited(values), people, posts),
    )


def without(
    room: Room, plan: Plan, posts: Sequence[Post], people: Sequence[Person], at: datetime, held: Rotation
) -> Form:
    """Ask from when a rotation stands no more."""

    def edited(values: Values) -> Rota:
        kept = tuple(one for one in _held(plan, values["since"]) if one.name != held.name)
        return _rota(plan, values["since"], kept)

    return Form(
        say("Take off rotation {name}", name=verbatim(held.name)),
        [MomentField("since", say("From"), now=at, zone=room.zone, value=at)],
        lambda act, values: _publish(room, act, edited(values), plan),
        act=say("Take off"),
        confirm=lambda values: _difference_told(plan, edited(values), people, posts),
    )


def _problems(made: Callable[[Values], Rotation], values: Values) -> Mapping[str, Sentence]:
    try:
        wrong = made(values).problem()
    except Refused as error:
        return {"groups": error.sentence}
    return {} if wrong is None else {"times": wrong}


def _held(plan: Plan, since: datetime) -> tuple[Rotation, ...]:
    found = _rota_at(plan, since)
    return found.rotations if found is not None else ()


def _rota_at(plan: Plan, since: datetime) -> Rota | None:
    return next((rota for rota, start, end in plan.rotas_in_order() if start <= since < end), None)


def _rota(plan: Plan, since: datetime, rotations: tuple[Rotation, ...]) -> Rota:
    before = _rota_at(plan, since)
    return Rota(
        id="new",
        unit=plan.unit,
        since_at=since,
        until_at=before.until_at if before is not None else None,
        rotations=rotations,
        turns=tuple(turn for turn in before.turns if turn.until_at > since) if before is not None else (),
    )


def _difference_told(plan: Plan, rota: Rota, people: Sequence[Person], posts: Sequence[Post]) -> list[Sentence]:
    """Say what would change in the next two months."""
    names = {one.id: one.name for one in people}
    post_names = {one.id: one.name for one in posts}
    end = rota.since_at + _LOOK
    edited = replace(plan, rotas=once_published(plan.rotas, rota))
    found = difference(plan, edited, rota.since_at, end)
    marked = sorted(
        [("-", span) for span in found.gone] + [("+", span) for span in found.come],
        key=lambda item: (item[1].start, item[0]),
    )
    told = [_change_told(mark, span, post_names, names, plan) for mark, span in marked[:_TOLD]]
    if len(marked) > _TOLD:
        told.append(say("and {count} more in the next 62 days", count=len(marked) - _TOLD))
    return told or [say("Nothing changes in the next 62 days.")]


def _change_told(mark: str, span: Span, posts: Mapping[str, str], names: Mapping[str, str], plan: Plan) -> Sentence:
    post, name = posts.get(span.post, span.post), names.get(span.person, span.person)
    return verbatim(f"{mark} {local_time(span.start, plan.zone)}  {post}  {name}")


def _publish(room: Room, act: Act, rota: Rota, plan: Plan) -> Sentence:
    from floodready.duty.commands import publish_rota

    made = publish_rota(
        room.store,
        act,
        unit=rota.unit,
        since_at=max(rota.since_at, room.clock.now()),
        until_at=rota.until_at,
        rotations=rota.rotations,
        turns=rota.turns,
        seen=plan.rotas,
    )
    return say_many(
        "Rota {rota}: {count} rotation in force.", "Rota {rota}: {count} rotations in force.", len(made.rotations),
        rota=made.id,
    )  # fmt: skip
