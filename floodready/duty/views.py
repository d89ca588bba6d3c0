"""Duty as it is shown, already worded: screen, command line, print and JSON read the same rows."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from floodready.clock import local_day, local_time
from floodready.duty.coverage import Conflict, Gap, GapReason, conflicts, gaps, runs_out_at
from floodready.duty.fairness import WHOLE_TURN, ClassSpread, fairness
from floodready.duty.models import Leg, Override, OverrideKind, Rota, Swap
from floodready.duty.models_shift import FollowUp, LogEntry
from floodready.duty.plan import Plan
from floodready.duty.publishing import once_published
from floodready.duty.resolver import Span, timeline
from floodready.duty.roster import all_timelines, plan_of, qualified
from floodready.duty.whole_turns import REACHES, whole_turns
from floodready.duty.why import Cause, Why
from floodready.frozen import frozen, replace
from floodready.language import Sentence, say, say_many, verbatim
from floodready.organisation.lookup import person_name, unit_name
from floodready.organisation.lookup import settings_of as organisation_settings
from floodready.organisation.models import Person, Post
from floodready.organisation.phones import first_phone, is_old
from floodready.store.contract import View

LOOK = timedelta(days=62)
"""How far before and after an instant a span is followed at first, to tell since when and until when it lasts."""


@frozen
class SpanRow:
    """One person on one post, worded."""

    unit: str
    post: str
    post_name: str
    person: str
    name: str
    phone: str
    phone_is_old: bool
    """Nobody reached the person under it within the office's setting."""
    start: datetime
    end: datetime
    why: Sentence


@frozen
class GapRow:
    """One gap, worded."""

    unit: str
    post: str
    post_name: str
    start: datetime
    end: datetime
    missing: int
    cause: Sentence


@frozen
class ConflictRow:
    """One person in several places at once, worded."""

    person: str
    start: datetime
    end: datetime
    what: Sentence


def who_is_on(view: View, unit: str, at: datetime, zone: ZoneInfo) -> list[SpanRow]:
    """Give who is on duty at an instant, UTC, since when and until when: followed for 400 days either way at most."""
    plan = plan_of(view, unit, zone)
    found: list[Span] = []
    for reach in (LOOK, REACHES[-1]):
        start, end = at - reach, at + reach
        found = [span for span in whole_turns(plan, start, end, at) if span.start <= at < span.end]
        if all(start < span.start and span.end < end for span in found):
            break
    return [span_row(view, unit, span, at, zone) for span in found]


def next_shift(view: View, unit: str, at: datetime, zone: ZoneInfo) -> list[SpanRow]:
    """Give who comes on at the next instant after `at`, UTC, at which anybody does; none where no rota goes on."""
    for reach in REACHES:
        rows = timeline_rows(view, unit, at, at + reach, zone)
        begins = min((row.start for row in rows if row.start > at), default=None)
        if begins is not None:
            return [row for row in rows if row.start == begins]
    return []


def timeline_rows(view: View, unit: str, start: datetime, end: datetime, zone: ZoneInfo) -> list[SpanRow]:
    """Give a unit's turns over [start, end), UTC, those that reach over its edges cut there."""
    spans = whole_turns(plan_of(view, unit, zone), start, end, start)
    return [span_row(view, unit, span, start, zone) for span in spans]


def gap_rows(view: View, unit: str, start: datetime, end: datetime, zone: ZoneInfo) -> list[GapRow]:
    """Give a unit's gaps over [start, end)."""
    return [gap_row(view, unit, gap, zone) for gap in gaps(plan_of(view, unit, zone), start, end)]


def span_row(view: View, unit: str, span: Span, at: datetime, zone: ZoneInfo) -> SpanRow:
    """Word one span; whether the phone is old is judged on the day of `at`."""
    person = view.get(Person, span.person)
    phone = first_phone(person) if person is not None else None
    limit = organisation_settings(view).phone_verified_within_days
    return SpanRow(
        unit=unit,
        post=span.post,
        post_name=post_name(view, span.post),
        person=span.person,
        name=person_name(view, span.person),
        phone=phone.number if phone is not None else "",
        phone_is_old=phone is not None and is_old(phone, local_day(at, zone), limit),
        start=span.start,
        end=span.end,
        why=why_sentence(span.why),
    )


def gap_row(view: View, unit: str, gap: Gap, zone: ZoneInfo) -> GapRow:
    """Word one gap."""
    return GapRow(
        unit=unit,
        post=gap.post,
        post_name=post_name(view, gap.post),
        start=gap.start,
        end=gap.end,
        missing=gap.missing,
        cause=gap_cause(view, gap, zone),
    )


def _conflict_row(view: View, found: Conflict, zone: ZoneInfo) -> ConflictRow:
    places = ", ".join(f"{post_name(view, post)} ({unit_name(view, unit)})" for unit, post in found.places)
    what = say("{person} stands in several places at once, {start} to {end}: {places}",
               person=person_name(view, found.person), start=verbatim(local_time(found.start, zone)),
               end=verbatim(local_time(found.end, zone)), places=verbatim(places))  # fmt: skip
    return ConflictRow(person=found.person, start=found.start, end=found.end, what=what)


def gap_cause(view: View, gap: Gap, zone: ZoneInfo) -> Sentence:
    """Say why a post is short of people."""
    people = verbatim(", ".join(person_name(view, person) for person in gap.people))
    count = len(gap.people)
    match gap.reason:
        case GapReason.LEAVE:
            return say_many("{people} is on leave and not replaced", "{people} are on leave and not all replaced",
                            count, people=people)  # fmt: skip
        case GapReason.LEFT:
            return say_many("{people} has left the office", "{people} have left the office", count, people=people)
        case GapReason.REMOVED:
            return say_many("{people} was taken off and not replaced", "{people} were taken off and not all replaced",
                            count, people=people)  # fmt: skip
        case GapReason.ROTA_ENDED:
            since = local_time(gap.since or gap.start, zone)
            return say("no rota after {time}", time=verbatim(since))
        case GapReason.NO_ROTA:
            return say("there is no rota")
        case GapReason.NOBODY:
            return say("nobody in the rotation")
        case GapReason.TOO_FEW:
            return say_many("{count} more person is needed", "{count} more people are needed", gap.missing)


def why_sentence(why: Why) -> Sentence:
    """Say what put a person on a post."""
    source, changed = verbatim(why.source), verbatim(", ".join(why.changed_by))
    turn = why.number + 1  # people count from one
    match why.cause:
        case Cause.ROTATION:
            return say("rotation {rotation}, turn {number}", rotation=source, number=turn)
        case Cause.TABLE:
            return say("duty table {table}", table=source)
        case Cause.SWAP:
            return say("swap {swaps} of {rotation}, turn {number}", swaps=changed, rotation=source, number=turn)
        case Cause.OVERRIDE:
            return say("change of duty {overrides}", overrides=changed)
        case Cause.TEMPORARY:
            return say("temporary rota {rotation}", rotation=source)
        case Cause.LEVEL:
            return say("rota of the response level: {rotation}", rotation=source)
        case Cause.STOOD:
            return say("recorded by handover {handover}", handover=source)


def end_of_rota(plan: Plan, at: datetime, zone: ZoneInfo) -> Sentence | None:
    """Say that a rota runs out and in how many days; None where it is open-ended or there is none."""
    end = runs_out_at(plan)
    if end is None or end <= at:
        return None
    days = (local_day(end, zone) - local_day(at, zone)).days
    return say_many("the rota runs out in {count} day", "the rota runs out in {count} days", days)


def conflict_rows(view: View, unit: str, start: datetime, end: datetime, zone: ZoneInfo) -> list[ConflictRow]:
    """Give whoever stands in several places at once over [start, end), one of them in the unit."""
    found = conflicts(all_timelines(view, start, end, zone))
    return [_conflict_row(view, one, zone) for one in found if any(place[0] == unit for place in one.places)]


def override_told(view: View, made: Override, zone: ZoneInfo) -> Sentence:
    """Say that an override is in force, or warn that it changes nothing."""
    if not is_idle(view, made, zone):
        return say("Change of duty {override} is in force.", override=made.id)
    if made.kind is OverrideKind.ADD:
        return say("Change of duty {override} has no effect: {person} stands the post by the plan. Take it back.",
                   override=made.id, person=person_name(view, made.by or ""))  # fmt: skip
    return say("Change of duty {override} has no effect: {person} is not on duty then. Take it back, or name who is.",
               override=made.id, person=person_name(view, made.person or ""))  # fmt: skip


def is_idle(view: View, made: Override, zone: ZoneInfo) -> bool:
    """Tell whether an override changes nothing in all its time."""
    line = timeline(plan_of(view, made.unit, zone), made.from_at, made.until_at)
    return made.id in line.without_effect


@frozen
class PostShares:
    """How one post was shared out, class by class. Posts apart: a leader's turns are no measure of an officer's."""

    post: str
    post_name: str
    classes: tuple[ClassSpread, ...]

    @property
    def people(self) -> list[str]:
        """Who has a share, idle people included."""
        return sorted({person for spread in self.classes for person, _ in spread.shares})


def fairness_of(view: View, unit: str, start: datetime, end: datetime, zone: ZoneInfo) -> list[PostShares]:
    """Give post by post the shares of those who may stand it, idle people included, over [start, end)."""
    plan = plan_of(view, unit, zone)
    around = timeline(plan, start - WHOLE_TURN, end + WHOLE_TURN).spans
    spans = [span for span in around if span.start < end and span.end > start]
    posts = dict.fromkeys((*(need.post for need in plan.settings.needs), *sorted({span.post for span in spans})))
    return [
        PostShares(
            post=post,
            post_name=post_name(view, post),
            classes=tuple(
                fairness(
                    [span for span in spans if span.post == post],
                    [person.id for person in qualified(view, unit, post)],
                    zone,
                    plan.calendar,
                    plan.settings,
                    within=(start, end),
                )
            ),
        )
        for post in posts
    ]


@frozen
class Difference:
    """What an edit would change over a stretch: spans that go and spans that come."""

    gone: tuple[Span, ...]
    come: tuple[Span, ...]


def difference(before: Plan, after: Plan, start: datetime, end: datetime) -> Difference:
    """Compare two plans over [start, end), UTC, by who stands which post when, whatever the reason."""
    was, will_be = whole_turns(before, start, end), whole_turns(after, start, end)
    old = {(s.start, s.end, s.post, s.person) for s in was}
    new = {(s.start, s.end, s.post, s.person) for s in will_be}
    return Difference(
        gone=tuple(s for s in was if (s.start, s.end, s.post, s.person) not in new),
        come=tuple(s for s in will_be if (s.start, s.end, s.post, s.person) not in old),
    )


def rota_difference(view: View, rota: Rota, zone: ZoneInfo, *, then_as_before: bool = False) -> Difference:
    """Give what a rota would change from its start on if it were published now (see `once_published`).

    It is looked at for two months beyond its own end and beyond the later rotas that it would take away, since what
    they held is lost with them.
    """
    plan = plan_of(view, rota.unit, zone)
    told = [rota, *(held for held in plan.rotas if held.since_at >= rota.since_at)]
    end = max(held.until_at or held.since_at for held in told) + LOOK
    edited = replace(plan, rotas=once_published(plan.rotas, rota, then_as_before=then_as_before))
    return difference(plan, edited, rota.since_at, end)


def log_of(view: View, unit: str, since: datetime) -> list[LogEntry]:
    """Give a unit's log lines that happened at or after an instant, in order of time.

    Up to the last that the view knows: a machine whose clock is behind shows what is logged at it all the same.
    """
    found = [line for line in view.find(LogEntry, unit=unit) if line.at >= since]
    return sorted(found, key=lambda line: (line.at, line.written_at, line.id))


def follow_up_cause(item: FollowUp, zone: ZoneInfo) -> Sentence:
    """Say who must finish an open item by when."""
    if item.owner is None or item.due_at is None:
        return say("{task}: owner or due time is missing", task=item.task)
    return say("{task}: by {time}", task=item.task, time=verbatim(local_time(item.due_at, zone)))


def swap_sentence(view: View, swap: Swap, zone: ZoneInfo) -> Sentence:
    """Say what a swap moves from whom to whom, and what goes back in an exchange."""
    given, *back = (_leg_sentence(view, leg, zone) for leg in swap.legs)
    return say("{given}; in return {back}", given=given, back=back[0]) if back else given


def _leg_sentence(view: View, leg: Leg, zone: ZoneInfo) -> Sentence:
    return say(
        "{giver} → {taker}, {post}, {start} to {end}",
        giver=person_name(view, leg.giver),
        taker=person_name(view, leg.taker),
        post=post_name(view, leg.post),
        start=verbatim(local_time(leg.from_at, zone)),
        end=verbatim(local_time(leg.until_at, zone)),
    )


def post_name(view: View, post: str) -> str:
    """Give a post's name, or the id where there is none."""
    found = view.get(Post, post)
    return found.name if found is not None else post
