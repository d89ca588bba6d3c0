"""Proposes a season for one post: from people, leave, wishes, rest and last season's history. It publishes nothing.

Stages in order of weight: holidays, weekends, nights, totals, distance between duties, wishes, stability against the
published rota. Each stage keeps what the stages before it reached. With `ortools` each value is proved where time
allows; without it the longest-since-last proposal is made and improved by exchanges, and the bound stands beside it.
"""

from __future__ import annotations

from datetime import timedelta
from importlib.util import find_spec
from itertools import pairwise
from zoneinfo import ZoneInfo

from floodready.duty.proposal import Proposal, Request, Watch, no_rota_exists
from floodready.duty.rest import impossible_windows
from floodready.language import say
from floodready.refusal import Refused


def propose(
    request: Request, zone: ZoneInfo, watch: Watch = lambda _: True, *, seconds: float = 20.0, exact: bool | None = None
) -> Proposal:
    """Propose who stands each slot.

    `exact` None takes the solver where it is installed; `seconds` is what each stage may take. Raises Refused naming
    the window and the people where no rota exists, and where the work was stopped.
    """
    refuse_impossible(request, zone)
    if exact is None:
        exact = find_spec("ortools") is not None
    if exact:
        from floodready.duty.generator_exact import solve

        return solve(request, zone, watch, seconds)
    from floodready.duty.generator_plain import arrange

    return arrange(request, zone, watch)


def refuse_impossible(request: Request, zone: ZoneInfo) -> None:
    """Refuse what no rota can give, and what asks for none. Raises Refused with the window and the names."""
    if not request.slots:
        raise Refused(say("There is no turn to fill in that time."))
    if request.seats < 1:
        raise Refused(say("A turn needs one person at least."))
    for number, slot in enumerate(request.slots):
        there = [person for person in request.people if request.may(person, number)]
        if len(there) < request.seats:
            raise no_rota_exists(request, slot.start, slot.end, request.seats, there, zone)
    # Rounded up: longer turns need fewer people, and what is refused here must be impossible.
    length = -(-max(slot.end - slot.start for slot in request.slots) // timedelta(hours=1))
    windows = impossible_windows(
        request.people,
        request.away,
        seats=request.seats,
        turn_hours=length,
        rest_hours=int(request.rest.total_seconds() // 3600),
        start=request.slots[0].start,
        end=request.slots[-1].end,
    )
    if windows and _is_gapless(request):
        first = windows[0]
        raise no_rota_exists(request, first.start, first.end, first.needed, first.available, zone)


def _is_gapless(request: Request) -> bool:
    return all(one.end == two.start for one, two in pairwise(request.slots))
