"""Who may do what: every permission of the program, the roles, and the one table between them.

A new permission is a member here and a word in the rows of the roles that have it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum

from floodready.language import Sentence, say


class Role(StrEnum):
    """What a person is to the program; a person may have several. Everybody may look."""

    VIEWER = "viewer"
    STOCK_CHECKER = "stock checker"
    DUTY_OFFICER = "duty officer"
    PLANNER = "planner"
    LEADER = "leader"
    ADMINISTRATOR = "administrator"

    @property
    def word(self) -> Sentence:
        """The role in the reader's language."""
        return _ROLE_WORDS[self]


_ROLE_WORDS = {
    Role.VIEWER: say("viewer"),
    Role.STOCK_CHECKER: say("stock checker"),
    Role.DUTY_OFFICER: say("duty officer"),
    Role.PLANNER: say("planner"),
    Role.LEADER: say("leader"),
    Role.ADMINISTRATOR: say("administrator"),
}


class Permission(StrEnum):
    """One kind of act that not everybody may do."""

    STOCK_MOVE = "stock.move"
    """Receive, issue, transfer, return, reserve."""
    STOCK_EMERGENCY = "stock.emergency"
    """Issue beyond what is available, on a leader's word."""
    STOCK_APPROVE = "stock.approve"
    """Complete and approve issue orders, condemn, write off."""
    STOCK_REVERSE = "stock.reverse"
    STOCK_TEST = "stock.test"
    """Record test runs and condition of equipment."""
    STOCK_CATALOGUE = "stock.catalogue"
    """Items, places, quotas, packs, sets, equipment."""
    STOCK_IMPORT = "stock.import"
    COUNT_ENTER = "count.enter"
    COUNT_POST = "count.post"

    DUTY_SWAP = "duty.swap"
    """Ask for and agree to swaps of one's own turns, enter one's own leave."""
    DUTY_PLAN = "duty.plan"
    """Rotas, overrides, leave, imported tables, approval of swaps."""
    DUTY_LOG = "duty.log"
    DUTY_HANDOVER = "duty.handover"
    DUTY_CHECK = "duty.check"
    """Post checks and test call rounds."""

    DRILL_PLAN = "drill.plan"
    DRILL_APPROVE = "drill.approve"
    DRILL_RUN = "drill.run"
    DRILL_EVALUATE = "drill.evaluate"

    HAZARD_REPORT = "hazard.report"
    HAZARD_GRADE = "hazard.grade"
    HAZARD_ASSIGN = "hazard.assign"
    HAZARD_RECTIFY = "hazard.rectify"
    HAZARD_ACCEPT = "hazard.accept"
    HAZARD_LIST = "hazard.list"
    """List and de-list, grant extensions, hand to a higher level."""
    TASK_EDIT = "task.edit"
    TASK_ANSWER = "task.answer"
    CAMPAIGN_EDIT = "campaign.edit"

    READING_ADD = "reading.add"
    READING_IMPORT = "reading.import"
    WARNING_RECORD = "warning.record"
    WARNING_DECIDE = "warning.decide"
    LEVEL_DECLARE = "level.declare"
    REPORT_SEND = "report.send"
    SEASON_EDIT = "season.edit"
    """Seasons, stations, thresholds, level tables, clocks."""

    PHONE_VERIFY = "phone.verify"
    ORGANISATION_EDIT = "organisation.edit"
    ROLE_GRANT = "role.grant"
    READINESS_OVERRIDE = "readiness.override"
    STORE_BACKUP = "store.backup"
    STORE_RESTORE = "store.restore"


_P = Permission
_STOCK_CHECKER = frozenset({_P.STOCK_MOVE, _P.STOCK_TEST, _P.COUNT_ENTER, _P.HAZARD_REPORT, _P.DUTY_SWAP})
_DUTY_OFFICER = frozenset(
    {
        *(_P.STOCK_MOVE, _P.STOCK_EMERGENCY, _P.COUNT_ENTER),
        *(_P.DUTY_SWAP, _P.DUTY_LOG, _P.DUTY_HANDOVER, _P.DUTY_CHECK),
        *(_P.DRILL_RUN, _P.DRILL_EVALUATE),
        *(_P.HAZARD_REPORT, _P.HAZARD_RECTIFY, _P.TASK_EDIT, _P.TASK_ANSWER),
        *(_P.READING_ADD, _P.READING_IMPORT, _P.WARNING_RECORD, _P.WARNING_DECIDE, _P.LEVEL_DECLARE, _P.REPORT_SEND),
        *(_P.PHONE_VERIFY, _P.STORE_BACKUP),
    }
)
_PLANNER = frozenset(
    {
        *(_P.STOCK_MOVE, _P.STOCK_TEST, _P.STOCK_CATALOGUE, _P.STOCK_IMPORT, _P.STOCK_REVERSE),
        *(_P.COUNT_ENTER, _P.COUNT_POST),
        *(_P.DUTY_SWAP, _P.DUTY_PLAN, _P.DUTY_CHECK),
        *(_P.DRILL_PLAN, _P.DRILL_RUN, _P.DRILL_EVALUATE),
        *(_P.HAZARD_REPORT, _P.HAZARD_GRADE, _P.HAZARD_ASSIGN, _P.HAZARD_RECTIFY, _P.HAZARD_ACCEPT),
        *(_P.TASK_EDIT, _P.TASK_ANSWER, _P.CAMPAIGN_EDIT),
        *(_P.READING_ADD, _P.READING_IMPORT, _P.SEASON_EDIT),
        *(_P.PHONE_VERIFY, _P.ORGANISATION_EDIT, _P.STORE_BACKUP),
    }
)
_LEADER = _DUTY_OFFICER | {
    *(_P.STOCK_APPROVE, _P.STOCK_REVERSE, _P.COUNT_POST, _P.DUTY_PLAN, _P.DRILL_APPROVE),
    *(_P.HAZARD_GRADE, _P.HAZARD_ASSIGN, _P.HAZARD_ACCEPT, _P.HAZARD_LIST, _P.CAMPAIGN_EDIT),
    _P.READINESS_OVERRIDE,
}

TABLE: Mapping[Role, frozenset[Permission]] = {
    Role.VIEWER: frozenset(),
    Role.STOCK_CHECKER: _STOCK_CHECKER,
    Role.DUTY_OFFICER: _DUTY_OFFICER,
    Role.PLANNER: _PLANNER,
    Role.LEADER: _LEADER,
    # Keeps the program and the lists, and may stand in for a planner; answers for no level, warning or override.
    Role.ADMINISTRATOR: _PLANNER | {_P.ROLE_GRANT, _P.STORE_RESTORE},
}
"""The table of roles and permissions: the only place that says who may do what."""


def permitted(roles: Iterable[Role], permission: Permission) -> bool:
    """Tell whether any of a person's roles has a permission."""
    return any(permission in TABLE[role] for role in roles)
