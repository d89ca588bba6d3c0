"""The whole table, role by role: a change of who may do what must be made here too, on purpose."""

from __future__ import annotations

import pytest

from floodready.organisation.permissions import TABLE, Permission, Role, permitted

MAY: dict[Permission, str] = {
    # V viewer, S stock checker, D duty officer, P planner, L leader, A administrator
    Permission.STOCK_MOVE: "SDPLA",
    Permission.STOCK_EMERGENCY: "DL",
    Permission.STOCK_APPROVE: "L",
    Permission.STOCK_REVERSE: "PLA",
    Permission.STOCK_TEST: "SPA",
    Permission.STOCK_CATALOGUE: "PA",
    Permission.STOCK_IMPORT: "PA",
    Permission.COUNT_ENTER: "SDPLA",
    Permission.COUNT_POST: "PLA",
    Permission.DUTY_SWAP: "SDPLA",
    Permission.DUTY_PLAN: "PLA",
    Permission.DUTY_LOG: "DL",
    Permission.DUTY_HANDOVER: "DL",
    Permission.DUTY_CHECK: "DPLA",
    Permission.DRILL_PLAN: "PA",
    Permission.DRILL_APPROVE: "L",
    Permission.DRILL_RUN: "DPLA",
    Permission.DRILL_EVALUATE: "DPLA",
    Permission.HAZARD_REPORT: "SDPLA",
    Permission.HAZARD_GRADE: "PLA",
    Permission.HAZARD_ASSIGN: "PLA",
    Permission.HAZARD_RECTIFY: "DPLA",
    Permission.HAZARD_ACCEPT: "PLA",
    Permission.HAZARD_LIST: "L",
    Permission.TASK_EDIT: "DPLA",
    Permission.TASK_ANSWER: "DPLA",
    Permission.CAMPAIGN_EDIT: "PLA",
    Permission.READING_ADD: "DPLA",
    Permission.READING_IMPORT: "DPLA",
    Permission.WARNING_RECORD: "DL",
    Permission.WARNING_DECIDE: "DL",
    Permission.LEVEL_DECLARE: "DL",
    Permission.REPORT_SEND: "DL",
    Permission.SEASON_EDIT: "PA",
    Permission.PHONE_VERIFY: "DPLA",
    Permission.ORGANISATION_EDIT: "PA",
    Permission.ROLE_GRANT: "A",
    Permission.READINESS_OVERRIDE: "L",
    Permission.STORE_BACKUP: "DPLA",
    Permission.STORE_RESTORE: "A",
}
LETTERS = dict(zip(Role, "VSDPLA", strict=True))


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("permission", Permission)
def test_every_role_may_do_what_the_table_says_and_nothing_else(role: Role, permission: Permission) -> None:
    assert permitted((role,), permission) is (LETTERS[role] in MAY[permission])


def test_every_permission_has_somebody_who_may_do_it() -> None:
    assert {permission for role in Role for permission in TABLE[role]} == set(Permission)
    assert set(TABLE) == set(Role)


def test_two_roles_may_do_what_either_may() -> None:
    assert permitted((Role.VIEWER, Role.LEADER), Permission.LEVEL_DECLARE)
    assert not permitted((), Permission.STOCK_MOVE)
