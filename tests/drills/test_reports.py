from __future__ import annotations

from datetime import timedelta
from html.parser import HTMLParser
from typing import Any

import pytest

from floodready.drills import commands
from floodready.drills.book import book
from floodready.drills.models import InjectKind, ReservedMaterial
from floodready.drills.run_models import Element, Finding, Rating
from floodready.exchange.drill_reports import Report, paper
from floodready.exchange.paper import Facts, Paper, Paragraph, Table, as_html, as_markdown
from floodready.materials.models import Item, Place
from floodready.store.contract import SYSTEM, Act
from tests.drills.conftest import ZONE, DutyRoom
from tests.drills.scenes import START, inject, observation

SECRET = "SECRET the dike breaks at the sluice"


def seen(id: str, **fields: Any) -> Any:
    return observation("new", drill=id, run="-", **fields)


def scripted(room: DutyRoom, **fields: Any) -> str:
    made = room.planned(0, scenario="Rain for three days.", safety="Life jackets.", **fields)
    line = inject(
        1, 10, drill=made.id, text=SECRET, expected=f"{SECRET} reported", method=SECRET, recipient="duty officer"
    )
    commands.add_inject(room.store, room.act(), inject=line)
    commands.approve_injects(room.store, room.act("P9"), drill=made.id)
    return made.id


def written(room: DutyRoom, id: str, report: Report) -> tuple[str, str]:
    made = paper(book(room.store, id, ZONE), report)
    return as_markdown(made), as_html(made)


def test_the_players_handout_never_shows_an_inject(room: DutyRoom) -> None:
    id = scripted(room)
    for text in written(room, id, Report.HANDOUT):
        assert "SECRET" not in text
        assert "Rain for three days." in text
        assert "Chen Jie" in text
    for text in written(room, id, Report.SCRIPT):
        assert text.count("SECRET") == 3


def test_the_players_of_a_scriptless_drill_do_not_read_its_objectives(room: DutyRoom) -> None:
    id = scripted(room, scripted=False)
    assert all("Warn the villages" not in text for text in written(room, id, Report.HANDOUT))
    assert all("Warn the villages" in text for text in written(room, id, Report.PLAN))


def test_the_script_tells_drill_time_and_scenario_time(room: DutyRoom) -> None:
    id = scripted(room, scenario_starts_at=START + timedelta(hours=11))
    markdown, _ = written(room, id, Report.SCRIPT)
    assert "| 1 | 0:10:00 | 2026-05-12 20:10 | inject |" in markdown


def test_lines_follow_the_last_jump_of_the_scenario_that_is_not_a_contingency(room: DutyRoom) -> None:
    id = scripted(room, scenario_starts_at=START)
    for minutes, fields in (
        (20, {"scenario_at": START + timedelta(days=1)}),
        (25, {"scenario_at": START + timedelta(days=9), "kind": InjectKind.CONTINGENCY}),
        (30, {}),
    ):
        commands.add_inject(room.store, room.act(), inject=inject(9, minutes, drill=id, **fields))
    markdown, _ = written(room, id, Report.SCRIPT)
    for told in ("| 1 | 0:10:00 | 2026-05-12 09:10 |", "| 2 | 0:20:00 | 2026-05-13 09:00 |",
                 "| 3 | 0:25:00 | 2026-05-21 09:00 |", "| 4 | 0:30:00 | 2026-05-13 09:10 |"):  # fmt: skip
        assert told in markdown


def test_the_plan_tells_why_the_drill_is_on_another_time(room: DutyRoom) -> None:
    id = scripted(room)
    commands.postpone_drill(room.store, room.act(), drill=id, starts_at=START + timedelta(days=1), reason="red rain")
    assert "Moved to this time: red rain" in written(room, id, Report.PLAN)[0]
    assert "red rain" not in written(room, id, Report.HANDOUT)[0]


def test_the_plan_lists_materials_and_money_in_yuan(room: DutyRoom) -> None:
    bags = ReservedMaterial(item="bag", place="W1", quantity=500)
    id = scripted(room, materials=(bags,), budget_fen=123450)
    markdown, _ = written(room, id, Report.PLAN)
    assert "1,234.50 yuan" in markdown
    assert "| bag | W1 | 500 | named |" in markdown


def test_the_evaluation_form_has_room_for_every_task(room: DutyRoom) -> None:
    markdown, html = written(room, scripted(room), Report.FORM)
    assert "Warn the villages within 30 minutes" in markdown
    assert "SECRET the dike breaks at the sluice reported" in markdown
    assert html.count('class="rule"') == 12


def test_the_after_action_report_carries_the_improvement_plan(room: DutyRoom) -> None:
    id = room.running(2).id
    commands.release_inject(room.store, room.act(), drill=id, number=1)
    room.at(5)
    commands.pause_run(room.store, room.act(), drill=id, reason="traffic")
    room.at(8)
    commands.observe(room.store, room.act("P2"), observation=seen(id, rating=Rating.PERFORMED, text="Quick"), inject=1)
    commands.observe(
        room.store,
        room.act("P3"),
        observation=seen(
            id,
            rating=Rating.MAJOR_CHALLENGES,
            finding=Finding.WEAKNESS,
            text="Wrong channel",
            root_cause="Old list",
            recommendation="New list each May",
            element=Element.PLANNING,
        ),
        inject=1,
    )
    commands.finish_run(room.store, room.act(), drill=id)
    commands.write_evaluation(room.store, room.act(), drill=id, text="It went well.")
    markdown, html = written(room, id, Report.AFTER_ACTION)
    for text in (markdown, html):
        assert "M performed with major challenges" in text
        assert "not rated: no evidence" in text
        assert "traffic" in text
        assert "The summary is not filed yet." in text
    assert "| warn and command | Wrong channel | New list each May | none yet | planning |" in markdown


def test_peoples_text_is_neither_markup_nor_table() -> None:
    hostile = "<script>x</script> | *a* [l](u) `c` # h\n- item\n1. one"
    made = Paper(hostile, [Paragraph(hostile), Table((hostile,), [(hostile,)]), Facts([("a", hostile)])])
    markdown, html = as_markdown(made), as_html(made)
    assert "<script>" not in html
    assert "<script>" not in markdown.replace("\\<", "")
    lines = markdown.splitlines()
    assert not any(line.startswith(("- item", "1. one")) for line in lines)
    assert sum(line.startswith("| ") for line in lines) == 3


class _Balance(HTMLParser):
    """Fails on a page whose tags do not close."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("report", Report)
def test_every_paper_is_one_whole_page_that_needs_nothing_from_outside(room: DutyRoom, report: Report) -> None:
    _, html = written(room, scripted(room), report)
    balance = _Balance()
    balance.feed(html)
    assert balance.open == []
    assert "http" not in html
    assert "<script" not in html


def test_the_plan_names_materials_and_their_places_and_writes_quantities_in_their_unit(room: DutyRoom) -> None:
    with room.store.transaction(Act(person=SYSTEM, terminal="T1"), "setup") as tx:
        tx.add(Item(id="oil", name="Diesel", unit="L", scale=2))
        tx.add(Place(id="W1", name="East store", unit="U1"))
    oil = ReservedMaterial(item="oil", place="W1", quantity=1250)
    markdown, _ = written(room, scripted(room, materials=(oil,)), Report.PLAN)
    assert "| Diesel | East store | 12.5 | named |" in markdown.replace("\\", "")


def test_what_was_seen_before_a_reset_stands_in_the_after_action_report(room: DutyRoom) -> None:
    made = room.running(1)
    commands.observe(room.store, room.act("P2"), observation=seen(made.id, text="The siren was mute"), inject=1)
    assert "started again" not in written(room, made.id, Report.AFTER_ACTION)[0]
    commands.reset_run(room.store, room.act(), drill=made.id, reason="real flood")
    for text in written(room, made.id, Report.AFTER_ACTION):
        assert "Seen in runs that were started again" in text
        assert text.count("The siren was mute") == 1
    assert book(room.store, made.id, ZONE).observations == []
