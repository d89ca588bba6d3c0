"""What a clerk reads of a record: names instead of ids, sums in yuan, and everything that was said of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from floodready.exchange.hazard_export import ledger_rows
from floodready.rectification import commands
from floodready.rectification.models import Finding, FiveFixes, SixParts
from floodready.rectification.states import Grade, State
from floodready.rectification.views import finding_rows, finding_sheet, state_told
from floodready.rectification.views_sheet import sheet_lines
from floodready.refusal import Invalid
from tests.rectification.conftest import DEADLINE, FIXES, PLAN, START, ZONE, Office


def told(office: Office, id: str) -> list[str]:
    record = office.store.get(Finding, id)
    assert record is not None
    sheet = finding_sheet(office.store, record, office.clock.now(), ZONE)
    return [f"{head}: {words}" for head, words in sheet_lines(sheet, ZONE)]


@pytest.mark.parametrize(("fen", "yuan"), [(0, "0"), (100, "1"), (1_234_550, "12,345.50"), (1_234_505, "12,345.05")])
def test_the_money_of_a_fix_is_told_in_yuan(office: Office, fen: int, yuan: str) -> None:
    made = office.brought_to(State.GRADED, Grade.MAJOR)
    commands.assign(office.store, office.act(), finding=made.id, responsible="rectifier", deadline_on=DEADLINE,
                    zone=ZONE, fixes=replace(FIXES, money=fen), plan=PLAN)  # fmt: skip
    assert f"Fix: money: {yuan} yuan" in told(office, made.id)


def test_offices_that_list_and_take_up_are_told_by_name(office: Office) -> None:
    made = office.brought_to(State.RECTIFYING, Grade.MAJOR)
    commands.list_up(office.store, office.act("city-leader"), finding=made.id, zone=ZONE)
    commands.hand_up(office.store, office.act("city-leader"), finding=made.id)
    (row,) = finding_rows(office.store, START, ZONE)
    assert str(state_told(row)) == "rectifying, listed by City headquarters"
    lines = told(office, made.id)
    assert "Handed up to: City headquarters" in lines
    assert "Listed: 2026-03-02 –  City headquarters" in lines
    assert "City headquarters" in ledger_rows(office.store, START, ZONE)[0]
    commands.delist(office.store, office.act("city-leader"), finding=made.id, zone=ZONE)
    assert "Listed: 2026-03-02 – 2026-03-02 City headquarters" in told(office, made.id)


def test_who_graded_and_where_and_by_what_it_was_accepted_are_told(office: Office) -> None:
    lines = told(office, office.brought_to(State.CLOSED).id)
    assert {"Graded by: Leader", "Re-checked at: Dike 3", "Evidence: photo 1"} <= set(lines)


def test_why_an_extension_was_asked_and_what_was_answered_are_told(office: Office) -> None:
    made = office.brought_to(State.RECTIFYING)
    commands.ask_extension(office.store, office.act("rectifier"), finding=made.id, until=date(2026, 9, 1),
                           reason="rain", zone=ZONE)  # fmt: skip
    commands.refuse_extension(office.store, office.act(), finding=made.id, zone=ZONE, answer="pumps are there")
    assert {"Reason: rain", "Answer: 2026-03-02 Leader pumps are there"} <= set(told(office, made.id))


def test_everything_that_a_major_hazard_lacks_is_named_at_once(office: Office) -> None:
    made = office.brought_to(State.GRADED, Grade.MAJOR)
    with pytest.raises(Invalid) as refused:
        commands.assign(office.store, office.act(), finding=made.id, responsible="rectifier", deadline_on=DEADLINE,
                        zone=ZONE, fixes=FiveFixes(measures="grout"), plan=SixParts(goal="dry"))  # fmt: skip
    fixes = str(refused.value.problems["fixes"])
    assert all(word in fixes for word in ("responsibility", "money", "time limit", "contingency plan"))
    assert "measures" not in fixes
