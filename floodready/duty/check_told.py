"""A post check as it is told to whoever made it."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from floodready.duty.models_shift import PostCheck
from floodready.duty.resolver import on_duty
from floodready.duty.roster import plan_of
from floodready.language import Sentence, say, verbatim
from floodready.organisation.lookup import person_name
from floodready.store.contract import View


def check_receipt(view: View, check: PostCheck, zone: ZoneInfo) -> Sentence:
    """Say what a check found; where somebody answered who stands no duty by the plan, that too.

    Such a check is no miss by the rule: somebody sat there. But the plan or the seat is not as it should be.
    """
    if check.missed:
        return say("Check {check}: missed. The unit's head must explain it in writing.", check=check.id)
    if check.whom is not None and check.whom not in {
        s.person for s in on_duty(plan_of(view, check.unit, zone), check.at)
    }:
        return say("Check {check}: the post is manned, but {person}, who answered, is not on duty now by the plan. Ask "
                   "for whom; enter the swap, or check again.",
                   check=check.id, person=verbatim(person_name(view, check.whom)))  # fmt: skip
    return say("Check {check}: the post is manned.", check=check.id)
