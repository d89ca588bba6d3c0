from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import timedelta
from html.parser import HTMLParser
from pathlib import Path

import pytest

from floodready.cli.app import run
from floodready.clock import FixedClock
from floodready.demo.build import build
from floodready.duty.commands_log import write_log
from floodready.duty.commands_shift import begin_handover, sign_handover
from floodready.duty.models_shift import LogKind
from floodready.exchange.paper import as_html, as_markdown
from floodready.language import use_language
from floodready.readiness.assembly import readiness
from floodready.refusal import Refused
from floodready.reports.clocks import running_clocks
from floodready.reports.papers import Report, asked_about, paper_of
from floodready.season.commands import add_reading, record_warning
from floodready.season.commands_level import declare_level
from floodready.season.level import Level
from floodready.season.models import Hazard, WarningColour
from floodready.store.contract import Act
from floodready.store.journal_store import JournalStore
from floodready.store.verify import verify
from tests.reports.conftest import NOW

HOSTILE = "<script>alert(1)</script> | **bold** [x](http://evil) `c` # h"


def markdown(store: JournalStore, report: Report, at_minutes: int = 0, unit: str | None = None) -> str:
    at = NOW + timedelta(minutes=at_minutes)
    return as_markdown(paper_of(report, asked_about(store, store, at, store.zone, unit=unit)))


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory) -> JournalStore:
    """A day in the room after the demo: handover, warning, reading, level, danger, sandbags go out."""
    store = build(tmp_path_factory.mktemp("busy") / "store", NOW)
    clock = store.clock
    assert isinstance(clock, FixedClock)

    def act(person: str) -> Act:
        return Act(person=person, terminal="duty-room")

    clock.instant = NOW + timedelta(hours=22)
    handed = begin_handover(store, act("li"), unit="anlan", zone=store.zone)
    handed = sign_handover(store, act("li"), handed, outgoing=True, zone=store.zone)
    sign_handover(store, act("sun"), handed, outgoing=False, zone=store.zone)
    clock.instant += timedelta(hours=2)
    add_reading(store, act("sun"), station="huayuankou", measured_at=clock.now(), value=6_100_000)
    earlier = clock.now() - timedelta(minutes=30)
    add_reading(store, act("sun"), station="huayuankou", measured_at=earlier, value=5_900_000)
    record_warning(store, act("sun"), unit="anlan", hazard=Hazard.RAIN, colour=WarningColour.RED, issuer="气象局",
                   area=HOSTILE, issued_at=clock.now())  # fmt: skip
    declare_level(store, act("chen"), unit="anlan", level=Level.III, authority="Commander", reason=HOSTILE)
    write_log(store, act("sun"), unit="anlan", kind=LogKind.DANGER, content="boil at K5 " + HOSTILE, at=clock.now(),
              major=True, follow_up="Report to the city")  # fmt: skip
    return store


LATER = 24 * 60


def test_the_shift_brief_answers_what_whoever_takes_over_asks(busy: JournalStore) -> None:
    text = markdown(busy, Report.SHIFT, LATER)
    said = str(readiness(busy, NOW + timedelta(minutes=LATER), busy.zone).headline)
    assert as_markdown_line(said) in text
    assert "level III since 2026-09-21 10:30, declared by Commander" in text
    assert "| 安澜市防汛抗旱指挥部 | on now | 值班员 duty officer | 孙丽 | 13800000007 |" in text
    assert "| 安澜市防汛抗旱指挥部 | next | 值班员 duty officer |" in text
    assert "decide on red warning" in text
    assert "in 0:30" in text
    assert "Since the handover of 2026-09-21 08:30:" in text
    assert "2 readings of Huayuankou 花园口, the latest 6,100 m³/s at 2026-09-21 10:30" in text
    assert "MAJOR DANGER, danger report: boil at K5" in text
    assert "red warning received: rainstorm" in text
    assert "手电筒, opening" not in text, "what was before the handover is not told again"


def as_markdown_line(said: str) -> str:
    from floodready.exchange.paper import Paper, Paragraph

    return as_markdown(Paper("x", [Paragraph(said)])).split("\n\n", 1)[1].strip()


def test_the_shift_brief_fits_a_page_whatever_the_day_brought(busy: JournalStore) -> None:
    rows = [line for line in markdown(busy, Report.SHIFT, LATER).splitlines() if line.startswith("| ")]
    assert len(rows) <= 60


def test_the_daily_brief_tells_changes_over_24_hours_and_every_decision(busy: JournalStore) -> None:
    text = markdown(busy, Report.DAILY, LATER)
    assert "| Huayuankou 花园口 | 6,100 m³/s | \\+2,480 | 2026-09-21 10:30 |" in text
    assert "| level III | Commander | declared |" in text
    assert "owed" in text
    assert "MAJOR DANGER, danger report" in text


def test_a_change_over_24_hours_is_not_told_where_nobody_knows_it(demo: JournalStore) -> None:
    assert "| Huayuankou 花园口 | 3,620 m³/s | — | 2026-09-20 08:00 |" in markdown(demo, Report.DAILY)


def test_the_season_report_says_how_many_days_it_looked_at(busy: JournalStore) -> None:
    text = markdown(busy, Report.SEASON, LATER)
    assert "Looked at 11 of 42 mornings at 08:00, evenly spread, each as it was known then." in text
    assert "The journal begins on 2026-08-11." in text
    assert "| 安澜市防汛抗旱指挥部 | level III | 2026-09-21 10:30 | still in force | Commander |" in text
    assert "| 安澜市防汛抗旱指挥部 | 3 | 0 | 0 | 3 |" in text
    assert "**Handovers signed on both sides:** 1" in text


def test_the_colours_of_the_season_report_are_those_that_were_known_on_those_days(demo: JournalStore) -> None:
    text = markdown(demo, Report.SEASON)
    at = NOW - timedelta(days=4, hours=2, minutes=30)
    said = readiness(demo.past(at), at, demo.zone)
    assert f"| 2026-09-16 08:00 | {said.colour.mark} {said.colour.word} | {said.progress} % |" in text


def test_a_season_that_has_not_begun_has_no_report(demo: JournalStore) -> None:
    asked = asked_about(demo, demo, NOW - timedelta(days=100), demo.zone)
    with pytest.raises(Refused, match="No season has begun yet"):
        paper_of(Report.SEASON, asked)
    with pytest.raises(Refused, match="There is no season F9"):
        paper_of(Report.SEASON, asked, season="F9")


def test_the_inspection_pack_proves_itself(demo: JournalStore) -> None:
    text = markdown(demo, Report.INSPECTION)
    assert f"**Last entry:** {demo.seq}" in text
    assert f"**Hash of the chain up to it:** {demo.head}" in text
    assert str(verify(demo.folder).sentence) in text
    lines = [status for unit in readiness(demo, NOW, demo.zone).units for status in unit.lines()]
    for status in lines:
        assert f"**Line:** {status.line.id}" in text.replace("\\", "")
    assert "**Evidence:** Lot" in text


def test_the_pack_of_a_past_day_names_the_entry_of_that_day(demo: JournalStore) -> None:
    at = NOW - timedelta(days=5)
    past = demo.past(at)
    text = as_markdown(paper_of(Report.INSPECTION, asked_about(demo, past, at, demo.zone)))
    (entry,) = demo.entries(after=past.seq - 1, until=past.seq)
    assert f"**Last entry:** {entry.seq}" in text
    assert entry.hash in text


def test_a_report_of_one_unit_tells_nothing_of_the_others(demo: JournalStore) -> None:
    text = markdown(demo, Report.INSPECTION, unit="heyang")
    assert "# Inspection pack: 河阳县防汛办" in text
    assert "安澜黄河河务段" not in text


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        assert tag not in ("script", "a", "img")
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("report", Report)
@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_peoples_text_is_never_markup(busy: JournalStore, report: Report, language: str) -> None:
    use_language(language)
    made = paper_of(report, asked_about(busy, busy, NOW + timedelta(minutes=LATER), busy.zone))
    html, text = as_html(made), as_markdown(made)
    tags = Tags()
    tags.feed(html)
    assert tags.open == []
    if report is not Report.INSPECTION:
        assert "&lt;script&gt;" in html
        assert "\\<script\\>" in text
    assert "<script" not in text.replace("\\<", "")
    assert "[x](" not in text
    assert "**bold**" not in text


def test_the_word_writes_prints_and_answers_machines(
    demo: JournalStore, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FLOODREADY_STORE", str(demo.folder))
    monkeypatch.setenv("FLOODREADY_NOW", "2026-09-20T02:30:00Z")
    page = tmp_path / "shift.html"
    assert run(["brief", "shift", "--out", str(page), "--lang", "zh"]) == 0
    assert page.read_text(encoding="utf-8").startswith('<!doctype html>\n<html lang="zh-CN">')
    capsys.readouterr()
    assert run(["brief", "inspection", "--unit", "dike", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["brief"] == "inspection"
    assert {block["kind"] for block in answer["blocks"]} == {"heading", "paragraph", "facts", "table"}
    assert run(["brief", "shift", "--at", "2026-12-01", "--lang", "en"]) != 0
    assert "A report tells what was or is." in capsys.readouterr().err
    assert run(["brief", "shift", "--at", "2020-01-01", "--lang", "en"]) != 0
    assert "No unit was known here at 2020-01-01 00:00." in capsys.readouterr().err
    for other in ("shift.pdf", "shift.DOCX"):
        assert run(["brief", "shift", "--out", str(tmp_path / other), "--lang", "en"]) != 0
        assert f"Name the file .html or .md, not {other}." in capsys.readouterr().err
        assert not (tmp_path / other).exists()
    assert run(["brief", "daily", "--out", str(tmp_path), "--lang", "en"]) != 0
    assert "cannot be written" in capsys.readouterr().err


@pytest.mark.parametrize("report", Report)
def test_the_same_store_and_instant_give_the_same_paper_in_every_process(demo: JournalStore, report: Report) -> None:
    code = (
        "import sys; from floodready.cli.app import run;"
        f"sys.exit(run(['brief', '{report}', '--store', {str(demo.folder)!r}, '--lang', 'en']))"
    )
    told = {
        subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed, "FLOODREADY_NOW": "2026-09-20T02:30:00Z"},
        ).stdout
        for seed in ("1", "2")
    }
    assert len(told) == 1


def test_the_brief_tells_every_clock_of_the_board(busy: JournalStore) -> None:
    at = NOW + timedelta(minutes=LATER)
    told = markdown(busy, Report.DAILY, LATER).replace("\\", "")
    clocks = running_clocks(busy, at, busy.zone)
    assert {clock.opens[0].partition(".")[0] for clock in clocks} == {"season", "drills"}
    for clock in clocks:
        assert str(clock.what).partition(HOSTILE)[0] in told
