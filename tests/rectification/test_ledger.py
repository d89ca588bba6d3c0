"""Ledgers as offices keep them: dirty in, formula-safe out; papers kept by their hash."""

from __future__ import annotations

import io
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import Workbook, load_workbook

from floodready.command import undo_entry
from floodready.exchange.hazard_columns import HEADS
from floodready.exchange.hazard_export import write_ledger, write_statistics
from floodready.exchange.hazard_import import Outcome, apply_rows, stage_ledger, understood_money, unread_columns
from floodready.exchange.spreadsheet_text import csv_cell, unguarded
from floodready.frozen import replace
from floodready.organisation.models import Person
from floodready.rectification import commands
from floodready.rectification.models import Finding
from floodready.rectification.states import Grade, State
from floodready.rectification.statistics import month
from floodready.refusal import Invalid, NotAllowed, Refused
from floodready.store.attachments import attached, keep, path_of
from floodready.store.disk import RealDisk
from tests.rectification.conftest import DEADLINE, FIXES, PLAN, START, TODAY, ZONE, Office

DIRTY = """东县隐患排查整改台账,,,,,
编号,排查时间,隐患部位,隐患描述,整改责任人,整改期限,销号日期
1,2026年3月1日,3号堤段,堤脚渗水,Rectifier,2026.6.1,
2,2026-03-02,闸门,启闭机锈蚀,张三,,
3,昨天,坝体,裂缝,,,
4,2026/3/1,３号堤段,堤脚渗水,,,
5,20260301,泵站,水泵漏油,,,2026-03-09
6,2026-03-01,泵站,,,,
,,,,,,
"""

GRADED = """编号,排查时间,隐患部位,隐患描述,隐患等级,定级人,整改措施,资金,整改进展,挂牌单位
11,2026-03-01,大坝,坝体裂缝,重大事故隐患,王工,灌浆,"1.2万",已开工,City
12,2026-03-01,闸门,启闭机锈蚀,一般,,除锈,5000元,,
13,2026-03-02,泵站,漏油,较大,,,若干,,
"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_dirty_ledger_is_staged_row_by_row_and_written_once(office: Office, encoding: str) -> None:
    staged = stage_ledger(office.store, DIRTY.encode(encoding), "County", "old.csv", today=TODAY)
    assert [row.outcome for row in staged] == [
        Outcome.NEW, Outcome.NEW, Outcome.PROBLEM, Outcome.KNOWN, Outcome.CLOSED, Outcome.PROBLEM
    ]  # fmt: skip
    assert "张三" in str(staged[1].problem)
    assert not list(office.store.all(Finding))
    with pytest.raises(Refused, match="2 rows are wrong"):
        apply_rows(office.store, office.act(), staged, ZONE)
    assert not list(office.store.all(Finding)), "none stays out unseen"
    mended = DIRTY.replace("昨天", "2026-03-01").replace("6,2026-03-01,泵站,", "6,2026-03-01,泵站,漏电")
    staged = stage_ledger(office.store, mended.encode(encoding), "County", "old.csv", today=TODAY)
    assert apply_rows(office.store, office.act(), staged, ZONE) == 4
    first, second, *_ = office.store.all(Finding)
    assert (first.source_ref, first.responsible, second.responsible) == ("1", "rectifier", None)
    again = stage_ledger(office.store, mended.encode(encoding), "County", "old.csv", today=TODAY)
    assert not [row for row in again if row.outcome is Outcome.NEW]
    written = office.store.seq
    with pytest.raises(Refused, match="nothing is written"):
        apply_rows(office.store, office.act(), again, ZONE)
    assert office.store.seq == written


def test_a_total_row_is_no_hazard_and_a_column_that_is_not_read_is_named(office: Office) -> None:
    text = "台账,,\n编号,排查时间,隐患描述,资金(万元),备注\n1,2026-03-01,裂缝,1.2,看\n合 计：,,,1.2,\n"
    (row,) = stage_ledger(office.store, text.encode(), "County", "old.csv", today=TODAY)
    assert row.outcome is Outcome.NEW
    assert unread_columns(text.encode()) == ("资金(万元)", "备注")
    assert unread_columns(GRADED.encode()) == ()


def test_a_day_to_come_and_a_number_twice_are_told_before_anything_is_written(office: Office) -> None:
    text = "编号,排查时间,隐患描述\n1,2026-03-01,裂缝\n1,2026-03-02,渗水\n2,2027-03-01,塌坑\n3,,漏油\n"
    first, second, third, fourth = stage_ledger(office.store, text.encode(), "County", "old.csv", today=TODAY)
    assert (first.outcome, first.problem) == (Outcome.NEW, None)
    assert (second.outcome, str(second.problem)) == (Outcome.NEW, "number 1 stands in the file before")
    assert (third.outcome, str(third.problem)) == (Outcome.PROBLEM, "found on 2027-03-01: that day has not come yet")
    assert (fourth.outcome, str(fourth.problem)) == (Outcome.PROBLEM, "no day on which it was found")
    with pytest.raises(Refused, match="2 rows are wrong"):
        apply_rows(office.store, office.act(), [first, second, third, fourth], ZONE)
    assert apply_rows(office.store, office.act(), [first, second], ZONE) == 2


def test_a_hazard_that_the_ledger_calls_open_is_taken_whatever_the_word(office: Office) -> None:
    text = "排查时间,隐患描述,整改期限,销号\n2026-03-01,裂缝,,否\n2026-03-01,渗水,,未销号\n2026-03-01,塌坑,,已销号\n"
    text += "2026-03-01,漏油,,？\n2026-03-02,管涌,2026-03-01,\n"
    staged = stage_ledger(office.store, text.encode(), "County", "old.csv", today=TODAY)
    assert [row.outcome for row in staged] == [
        Outcome.NEW, Outcome.NEW, Outcome.CLOSED, Outcome.PROBLEM, Outcome.PROBLEM
    ]  # fmt: skip
    assert "does not say whether it is closed" in str(staged[3].problem)
    assert "before it was found" in str(staged[4].problem)


def test_of_two_people_of_one_name_none_is_made_responsible(office: Office) -> None:
    with office.store.transaction(office.act(), "twin") as tx:
        for id in ("wang", "wang2"):
            tx.add(replace(office.known(Person, "rectifier"), id=id, name="王工"))
    text = "编号,排查时间,隐患描述,整改责任人\n1,2026-03-01,裂缝,王工\n2,2026-03-01,渗水,wang2\n"
    first, second = stage_ledger(office.store, text.encode(), "County", "old.csv", today=TODAY)
    assert first.row is not None
    assert second.row is not None
    assert (first.row.responsible, second.row.responsible) == (None, "wang2")
    assert "王工 names nobody, or two people" in str(first.problem)


def test_a_workbook_is_read_like_a_text_file(office: Office) -> None:
    book = Workbook()
    for cells in (["Ledger"], ["No", "found on", "description"], [7, START.replace(tzinfo=None), "wet toe"]):
        book.worksheets[0].append(cells)
    stream = io.BytesIO()
    book.save(stream)
    (row,) = stage_ledger(office.store, stream.getvalue(), "County", "old.csv", today=TODAY)
    assert row.outcome is Outcome.NEW
    assert row.row is not None
    assert (row.row.source_ref, row.row.found_on) == ("7", START.date())


def test_a_broken_workbook_is_refused_with_a_sentence(office: Office) -> None:
    with pytest.raises(Refused, match="workbook cannot be read"):
        stage_ledger(office.store, b"PK\x03\x04broken", "County", "old.csv", today=TODAY)
    stream = io.BytesIO()
    with ZipFile(stream, "w") as whole:
        whole.writestr("[Content_Types].xml", "<Types")
    with pytest.raises(Refused, match="workbook cannot be read"):
        stage_ledger(office.store, stream.getvalue(), "County", "old.csv", today=TODAY)


def test_what_people_typed_is_never_a_formula(office: Office, tmp_path: Path) -> None:
    evil = '=HYPERLINK("http://x")'
    office.found(description=evil, place="+1", kind="@x")
    for name in ("ledger.xlsx", "ledger.csv"):
        assert write_ledger(office.store, tmp_path / name, START, ZONE) == 1
    cell = load_workbook(tmp_path / "ledger.xlsx").worksheets[0].cell(2, 8)
    assert (cell.value, cell.data_type) == (evil, "s")
    text = (tmp_path / "ledger.csv").read_text("utf-8-sig")
    assert "'=HYPERLINK" in text
    assert "'+1" in text


def test_money_in_a_workbook_is_a_figure_that_can_be_summed_up(office: Office, tmp_path: Path) -> None:
    office.brought_to(State.ASSIGNED)
    money = list(HEADS).index("money") + 1
    write_ledger(office.store, tmp_path / "ledger.xlsx", START, ZONE)
    cell = load_workbook(tmp_path / "ledger.xlsx").worksheets[0].cell(2, money)
    assert (cell.value, cell.data_type) == (0, "n")


@pytest.mark.parametrize("text", ["=1", "+86 139", "-x", "@a", "＝1", "plain", "'quoted", ""])
def test_a_guarded_text_comes_back_as_it_was(text: str) -> None:
    assert unguarded(csv_cell(text)) == text


def test_an_exported_ledger_is_known_when_it_is_imported_again(office: Office, tmp_path: Path) -> None:
    office.brought_to(State.ASSIGNED, description="=wet")
    office.brought_to(State.CLOSED)
    for name in ("ledger.xlsx", "ledger.csv"):
        write_ledger(office.store, tmp_path / name, START, ZONE)
        staged = stage_ledger(office.store, (tmp_path / name).read_bytes(), "County", "old.csv", today=TODAY)
        assert [row.outcome for row in staged] == [Outcome.KNOWN, Outcome.CLOSED]


def test_statistics_are_written_and_another_kind_of_file_is_refused(office: Office, tmp_path: Path) -> None:
    office.brought_to(State.CLOSED)
    write_statistics(office.store, office.store, tmp_path / "march.xlsx", month(2026, 3), START, ZONE)
    rows = list(load_workbook(tmp_path / "march.xlsx").worksheets[0].iter_rows(values_only=True))
    assert rows[2][:4] == ("East County", 1, 1, 100)
    with pytest.raises(Refused, match=r"\.xlsx or \.csv"):
        write_statistics(office.store, office.store, tmp_path / "march.doc", month(2026, 3), START, ZONE)


def test_a_paper_is_kept_once_by_its_hash_and_a_changed_one_is_noticed(tmp_path: Path) -> None:
    paper = tmp_path / "照片.jpg"
    paper.write_bytes(b"wet toe")
    kept = keep(tmp_path, paper)
    assert keep(tmp_path, paper) == kept
    assert (kept.name, kept.size) == ("照片.jpg", 7)
    assert attached(RealDisk(), tmp_path, kept.sha256) == b"wet toe"
    path_of(tmp_path, kept.sha256).write_bytes(b"dry toe")
    assert attached(RealDisk(), tmp_path, kept.sha256) is None
    with pytest.raises(Refused, match="cannot be read"):
        keep(tmp_path, tmp_path / "nothing")


def test_a_ledgers_grade_is_the_offices_own_decision_with_its_source_and_who_took_it(office: Office) -> None:
    staged = stage_ledger(office.store, GRADED.encode(), "County", "台账2025.csv", today=TODAY)
    apply_rows(office.store, office.act("planner"), staged, ZONE)
    dam, gate, pump = office.store.all(Finding)
    assert (dam.grade, dam.state, dam.graded_by) == (Grade.MAJOR, State.GRADED, "planner")
    assert all(told in dam.basis for told in ("台账2025.csv", "11", "王工"))
    assert dam.fixes is not None
    assert (dam.measures, dam.fixes.money, [one.text for one in dam.progress]) == ("灌浆", 1_200_000, ["已开工"])
    assert (gate.grade, gate.state, gate.fixes and gate.fixes.money) == (Grade.GENERAL, State.GRADED, 500_000)
    assert (pump.grade, pump.state, pump.basis) == (None, State.FOUND, "")
    assert "City" in str(staged[0].problem)
    assert all(told in str(staged[2].problem) for told in ("较大", "若干"))


def test_a_major_hazard_of_a_ledger_is_assigned_only_with_its_fixes(office: Office) -> None:
    apply_rows(
        office.store,
        office.act(),
        stage_ledger(office.store, GRADED.encode(), "County", "old.csv", today=TODAY),
        ZONE,
    )
    dam = next(iter(office.store.all(Finding)))
    with pytest.raises(Invalid) as refused:
        commands.assign(office.store, office.act(), finding=dam.id, responsible="rectifier", deadline_on=DEADLINE,
                        zone=ZONE)  # fmt: skip
    assert set(refused.value.problems) == {"fixes", "plan"}
    made = commands.assign(office.store, office.act(), finding=dam.id, responsible="rectifier", deadline_on=DEADLINE,
                           zone=ZONE, fixes=FIXES, plan=PLAN)  # fmt: skip
    assert made.measures == "灌浆"


def test_a_ledger_is_taken_back_whole(office: Office) -> None:
    apply_rows(
        office.store,
        office.act(),
        stage_ledger(office.store, GRADED.encode(), "County", "old.csv", today=TODAY),
        ZONE,
    )
    undo_entry(office.store, office.act(), next(office.store.entries_backwards()))
    assert not list(office.store.all(Finding))


def test_who_may_not_grade_takes_no_ledger(office: Office) -> None:
    staged = stage_ledger(office.store, GRADED.encode(), "County", "old.csv", today=TODAY)
    with pytest.raises(NotAllowed):
        apply_rows(office.store, office.act("officer"), staged, ZONE)
    assert not list(office.store.all(Finding))


def test_the_reading_tells_how_far_it_is(office: Office) -> None:
    told: list[tuple[int, int]] = []
    long = GRADED + GRADED.splitlines(keepends=True)[-1] * 600
    stage_ledger(office.store, long.encode(), "County", "old.csv", lambda done, of: told.append((done, of)),
                 today=TODAY)  # fmt: skip
    assert told == [(0, 603), (500, 603)]


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("5000", 500_000),
        ("1.2万", 1_200_000),
        ("12,000.50元", 1_200_050),
        ("１２万元", 12_000_000),
        ("about 5", None),
        ("-3", None),
    ],
)
def test_money_is_read_as_ledgers_write_it(text: str, fen: int | None) -> None:
    assert understood_money(text) == fen
