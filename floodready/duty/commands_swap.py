"""Swaps: asked, agreed by the other, approved or only reported; both are checked, and each step can be undone."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from floodready.command import command, require_permission
from floodready.duty.models import Leg, Swap, SwapState
from floodready.duty.resolver import timeline
from floodready.duty.rest import duties_of
from floodready.duty.roster import lines_around, plan_of, settings_of, unfit, unrested
from floodready.frozen import replace
from floodready.language import Sentence, say
from floodready.organisation.lookup import require_person, require_post
from floodready.organisation.permissions import Permission
from floodready.refusal import NotAllowed, Refused
from floodready.store.contract import Transaction


@command("duty.ask_swap", may=Permission.DUTY_SWAP)
def ask_swap(tx: Transaction, *, unit: str, legs: tuple[Leg, ...], asked_by: str, zone: ZoneInfo) -> Swap:
    """Ask another person to take over a stretch of one's duty, whole turns or a part, with or without one in return.

    Raises NotAllowed for other people's duty, Refused where a giver is not on duty, time is past, or a taker may not
    stand it; Invalid.
    """
    require_own_or_planner(tx, asked_by)
    others = {person for leg in legs for person in (leg.giver, leg.taker)} - {asked_by}
    if len(others) != 1:
        raise Refused(say("A swap is between two people. Name one other person."))
    swap = Swap(id=tx.new_id("X"), unit=unit, legs=legs, asked_by=asked_by, asked_at=tx.now, other=others.pop())
    require_person(tx, swap.other)
    for leg in legs:
        require_post(tx, leg.post, unit)
    _check(tx, swap, zone)
    return tx.add(swap)


@command("duty.answer_swap", may=Permission.DUTY_SWAP)
def answer_swap(tx: Transaction, seen: Swap, /, *, agree: bool, zone: ZoneInfo) -> Swap:
    """Agree to a swap or decline it, as the person asked. Where the unit only reports swaps, it is in force at once.

    Raises NotAllowed, Refused where it no longer fits, Superseded.
    """
    require_own_or_planner(tx, seen.other)
    if seen.state is not SwapState.ASKED:
        raise Refused(say("This swap is already {state}.", state=seen.state.word))
    if not agree:
        return tx.change(seen, state=SwapState.DECLINED)
    _check(tx, seen, zone)
    needs_approval = settings_of(tx, seen.unit).swaps_need_approval
    state = SwapState.AGREED if needs_approval else SwapState.EFFECTIVE
    return tx.change(seen, state=state, agreed_at=tx.now)


@command("duty.approve_swap", may=Permission.DUTY_PLAN)
def approve_swap(tx: Transaction, seen: Swap, /, *, zone: ZoneInfo) -> Swap:
    """Approve a swap that both agreed to. Raises Refused where it no longer fits, Superseded."""
    if seen.state is not SwapState.AGREED:
        raise Refused(say("This swap is {state}; only one that both agreed to can be approved.", state=seen.state.word))
    _check(tx, seen, zone)
    return tx.change(seen, state=SwapState.EFFECTIVE, approved_by=tx.act.person)


@command("duty.withdraw_swap", may=Permission.DUTY_SWAP)
def withdraw_swap(tx: Transaction, seen: Swap, /) -> Swap:
    """Take a swap back, as one of the two or a planner, while its duty has not begun.

    Swaps that rest on it move nobody from then on. Raises NotAllowed, Refused, Superseded.
    """
    if tx.act.person != seen.other:
        require_own_or_planner(tx, seen.asked_by)
    if seen.state in (SwapState.DECLINED, SwapState.WITHDRAWN):
        raise Refused(say("This swap is already {state}.", state=seen.state.word))
    if seen.state is SwapState.EFFECTIVE and min(leg.from_at for leg in seen.legs) <= tx.now:
        raise Refused(say("The duty of this swap has begun. Ask for another swap of what is left."))
    return tx.change(seen, state=SwapState.WITHDRAWN)


def require_own_or_planner(tx: Transaction, person: str) -> None:
    """Refuse acts on other people's duty to whoever may not plan. Raises NotAllowed."""
    if tx.act.person == person:
        return
    try:
        require_permission(tx, Permission.DUTY_PLAN)
    except NotAllowed as error:
        raise NotAllowed(say("This concerns somebody else's duty. Only a planner or a leader may enter it.")) from error


def _check(tx: Transaction, swap: Swap, zone: ZoneInfo) -> None:
    plan = plan_of(tx, swap.unit, zone)
    if swap.has_lapsed(tx.now):
        raise Refused(say("That duty has begun or is over. Swap what is still to come."))
    for leg in swap.legs:
        planned = [span for span in timeline(plan, leg.from_at, leg.until_at).spans if span.post == leg.post]
        spans = [(span.start, span.end) for span in planned if span.person == leg.giver]
        if not _fills(spans, leg.from_at, leg.until_at):
            giver = require_person(tx, leg.giver)
            raise Refused(
                say(
                    "{person} is not on duty there for the whole of that time. Give times within one of their turns.",
                    person=giver.name,
                )
            )
        if any(span.person == leg.taker for span in planned):  # the post would be one person short
            taker = require_person(tx, leg.taker)
            raise _another(say("{person} stands this post then already.", person=taker.name))
    hypothetical = replace(
        plan, swaps=(*(held for held in plan.swaps if held.id != swap.id), replace(swap, state=SwapState.EFFECTIVE))
    )
    for leg in swap.legs:
        lines = [
            (unit, timeline(hypothetical, line.start, line.end) if unit == swap.unit else line)
            for unit, line in lines_around(tx, swap.unit, leg.from_at, leg.until_at, zone)
        ]
        duties = duties_of(leg.taker, [(unit, span) for unit, line in lines for span in line.spans])
        wrong = [
            *unfit(tx, leg.taker, swap.unit, leg.post, leg.from_at, leg.until_at),
            *unrested(tx, leg.taker, swap.unit, duties, leg.from_at, leg.until_at, zone),
        ]
        if wrong:
            raise _another(wrong[0])


def _another(problem: Sentence) -> Refused:
    return Refused(say("{problem} Ask somebody else, or swap another turn.", problem=problem))


def _fills(spans: Iterable[tuple[datetime, datetime]], start: datetime, end: datetime) -> bool:
    reached = start
    for low, high in sorted(spans):
        if low > reached:
            return False
        reached = max(reached, high)
    return reached >= end
