"""Who may do what: every permission of the program, the roles, and the one table between them.

A new permission is a member here with its words, and stands in the rows of the roles that have it.
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

    @property
    def word(self) -> Sentence:
        """What it permits, in the reader's language."""
        return _PERMISSION_WORDS[self]


_P = Permission
_PERMISSION_WORDS = {
    _P.STOCK_MOVE: say("receive, issue, transfer stock"),
    _P.STOCK_EMERGENCY: say("emergency issue beyond the books"),
    _P.STOCK_APPROVE: say("approve, condemn, write off stock"),
    _P.STOCK_REVERSE: say("reverse movements of stock"),
    _P.STOCK_TEST: say("record test runs of machines"),
    _P.STOCK_CATALOGUE: say("keep items, places and quotas"),
    _P.STOCK_IMPORT: say("import a ledger of stock"),
    _P.COUNT_ENTER: say("count stock"),
    _P.COUNT_POST: say("post a count"),
    _P.DUTY_SWAP: say("swap own turns, enter own leave"),
    _P.DUTY_PLAN: say("plan rotas, leave, swaps of all"),
    _P.DUTY_LOG: say("write the duty log"),
    _P.DUTY_HANDOVER: say("hand the shift over"),
    _P.DUTY_CHECK: say("check posts, make call rounds"),
    _P.DRILL_PLAN: say("plan drills and write scripts"),
    _P.DRILL_APPROVE: say("approve scripts of drills"),
    _P.DRILL_RUN: say("run drills"),
    _P.DRILL_EVALUATE: say("evaluate drills"),
    _P.HAZARD_REPORT: say("report hazards"),
    _P.HAZARD_GRADE: say("grade hazards"),
    _P.HAZARD_ASSIGN: say("assign hazards"),
    _P.HAZARD_RECTIFY: say("rectify hazards"),
    _P.HAZARD_ACCEPT: say("re-check and close hazards"),
    _P.HAZARD_LIST: say("list hazards, grant extensions"),
    _P.TASK_EDIT: say("enter tasks of an order"),
    _P.TASK_ANSWER: say("answer tasks of an order"),
    _P.CAMPAIGN_EDIT: say("keep campaigns"),
    _P.READING_ADD: say("enter and correct readings"),
    _P.READING_IMPORT: say("import readings"),
    _P.WARNING_RECORD: say("record and lift warnings"),
    _P.WARNING_DECIDE: say("decide on warnings"),
    _P.LEVEL_DECLARE: say("declare and end response levels"),
    _P.REPORT_SEND: say("send reports"),
    _P.SEASON_EDIT: say("keep seasons, stations, levels"),
    _P.PHONE_VERIFY: say("verify phone numbers"),
    _P.ORGANISATION_EDIT: say("keep units, people, posts, works"),
    _P.ROLE_GRANT: say("grant roles, set PINs of others"),
    _P.READINESS_OVERRIDE: say("override a readiness line"),
    _P.STORE_BACKUP: say("back the store up"),
    _P.STORE_RESTORE: say("restore the store"),
}
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


def roles_with(permission: Permission) -> tuple[Role, ...]:
    """Give the roles that have a permission: whom to ask."""
    return tuple(role for role in Role if permission in TABLE[role])
