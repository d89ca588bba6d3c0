"""Every line of every pillar explains itself: its rule or arithmetic, and the journal's entries behind it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from random import Random

import pytest

from floodready.clock import local_time
from floodready.drills.models import Drill, Obligation
from floodready.drills.run_models import Evaluation
from floodready.duty.models_shift import CallRound, Handover, PostCheck
from floodready.organisation.models import Person
from floodready.readiness.assembly import gather
from floodready.readiness.explain import Explanation, explain
from floodready.readiness.line import Kind, status_of
from floodready.readiness.organisation_lines import TOLD
from floodready.rectification.models import Finding
from floodready.season import commands, commands_level, commands_report
from floodready.season.level import Level
from floodready.season.models import FloodWarning, Hazard, WarningColour
from floodready.tui.pillars import pillar_of
from tests.readiness.acts import CITY, Acting, make_room, post_check
from tests.readiness.more_acts import EVERY_ACT, call_round, check_explained, gear, handover, machine, machine_tested


def explained(room: Acting) -> dict[str, Explanation]:
    """Explain every line now, by id."""
    at, store = room.clock.now(), room.store
    return {
        line.id: explain(store, store, status_of(line, at), at, store.zone) for line in gather(store, at, store.zone)
    }


@pytest.fixture
def room(tmp_path: Path) -> Acting:
    make_room(tmp_path / "store")
    return Acting(tmp_path / "store", Random(7))


def test_each_line_tells_its_rule_its_figures_and_the_entries_behind_it(room: Acting) -> None:
    for act in EVERY_ACT * 2:
        room.do_something((act,))
    kinds = set()
    for id, told in explained(room).items():
        kinds.add(told.status.line.kind)
        assert told.colour, id
        assert told.rules, id
        assert told.figures, id
        documents = told.status.line.evidence or (told.status.line.opens,)
        written = any(list(room.store.history(*document)) for document in documents if document is not None)
        assert bool(told.entries) == written, id
    assert kinds == set(Kind)


def test_the_duty_lines_tell_the_last_signature_check_and_call(room: Acting) -> None:
    room.clock.instant += timedelta(days=1)
    for act in (handover, post_check, call_round):
        act(room)
        room.clock.instant += timedelta(minutes=1)
    said = {id: [str(sentence) for sentence in told.sentences()] for id, told in explained(room).items()}
    signed, checked, called = (
        next(words for id, words in said.items() if id.startswith(f"duty/{name}/")) for name in
        ("handover", "checks", "phones")
    )  # fmt: skip
    assert any(words.startswith("Last signed: the handover of") for words in signed)
    assert any("handover signed" in words for words in signed)
    assert any(words.startswith("Check of ") for words in checked)
    assert any("post checked" in words for words in checked)
    assert any(words.startswith("Last round of calls, ") for words in called)
    assert any("round of test calls begun" in words for words in called)
    assert room.store.count(Handover) == room.store.count(PostCheck) == room.store.count(CallRound) == 1


def test_a_missed_check_tells_whether_it_was_explained(room: Acting) -> None:
    while not (check := next(room.store.all(PostCheck), None)) or not check.missed:
        post_check(room)
        if room.store.count(PostCheck) > 20:
            pytest.fail("no check was missed")
    before = " ".join(str(words) for words in explained(room)["duty/checks/anlan"].figures)
    check_explained(room)
    after = " ".join(str(words) for words in explained(room)["duty/checks/anlan"].figures)
    assert "missed, not explained" in before
    assert "missed, explained: at the dike" in after


def test_the_season_s_lines_tell_what_was_read_declared_decided_and_sent(room: Acting) -> None:
    store, now = room.store, room.clock.now()
    commands.add_reading(store, room.by(), station="huayuankou", measured_at=now, value=4_020_000)
    warned = commands.record_warning(
        store, room.by(), unit=CITY, hazard=Hazard.RIVER, colour=WarningColour.RED, issuer="Met Office", area="city",
        issued_at=now,
    )  # fmt: skip
    started = commands_report.start_event(store, room.by(), unit=CITY, about="a breach")[0]
    room.clock.instant += timedelta(minutes=1)
    commands_report.send_report(
        store, room.by(), unit=CITY, rule=started.rule, due_at=started.due_at, event=started.event
    )
    commands_level.declare_level(store, room.by(), unit=CITY, level=Level.IV, authority="chen", reason="the crest")
    told = explained(room)
    level, decided, sent = (told[f"season/{name}/{CITY}"] for name in ("level", "warnings", "reports"))
    assert "response level declared" in str(level.entries[0])
    assert any("reading logged" in str(words) for words in level.entries)
    assert any("reading logged" in str(words) for words in told[f"season/stations/{CITY}"].entries)
    assert any("warning recorded" in str(words) for words in decided.entries)
    assert decided.status.line.opens == (FloodWarning.table, warned.id)
    assert any("report sent" in str(words) for words in sent.entries)
    assert f"Last sent: {started.told} at {local_time(room.clock.now(), room.zone)}" in " ".join(map(str, sent.figures))


def test_each_line_opens_on_the_screen_of_its_own_pillar(room: Acting) -> None:
    for act in EVERY_ACT * 2:
        room.do_something((act,))
    for id, told in explained(room).items():
        opens = told.status.line.opens
        assert opens is not None, id
        pillar = pillar_of(opens[0])
        assert pillar is not None, id
        assert pillar.id == id.partition("/")[0]


def said_of(room: Acting, id: str) -> str:
    return "\n".join(map(str, explained(room)[id].sentences()))


def test_the_line_of_phones_tells_whoever_was_not_reached_for_longest(room: Acting) -> None:
    said = said_of(room, f"organisation/phones/{CITY}")
    names = [person.name for person in room.store.find(Person, unit=CITY) if person.active]
    assert sum(name in said for name in names) == TOLD
    assert f"{len(names) - TOLD} more person was reached since" in said
    assert "never reached" in said
    assert "person added" in said


def test_a_set_and_a_machine_tell_their_counts_tests_and_how_long_these_are_believed(room: Acting) -> None:
    for act in (gear, machine, machine_tested):
        room.do_something((act,))
    lines = explained(room)
    of_sets = [told for id, told in lines.items() if id.startswith("materials/set-")]
    of_machines = [told for id, told in lines.items() if id.startswith("materials/equipment-")]
    assert of_sets
    assert of_machines
    for told in of_sets:
        figures = "\n".join(map(str, told.figures))
        assert ": doubted after " in figures
        assert "last counted" in figures
    assert any("machine set" in str(entry) for told in of_machines for entry in told.entries)


def test_a_drill_line_tells_the_drill_that_counts_and_who_evaluated_it(room: Acting) -> None:
    for owed in room.store.all(Obligation):
        said = said_of(room, f"drills/{owed.id}/{owed.unit}")
        counts = "last drilled and evaluated on 2026-09-04" in said
        assert counts == ("drill evaluated" in said) == ("was never drilled and evaluated" not in said)
    proved = next(drill for drill in room.store.all(Drill) if room.store.get(Evaluation, drill.id))
    evaluation = room.store.get(Evaluation, proved.id)
    assert evaluation is not None
    said = said_of(room, f"drills/evaluation/{proved.unit}")
    by = room.store.get(Person, evaluation.written_by)
    assert by is not None
    assert f"evaluated by {by.name}" in said
    assert "drill evaluated" in said


def test_a_record_tells_its_grade_and_who_answers_for_it(room: Acting) -> None:
    found = next(one for one in room.store.all(Finding) if one.responsible is not None and one.graded_by is not None)
    said = said_of(room, f"rectification/{found.id}/{found.unit}")
    assert "Graded " in said
    assert " answers for it; it warns 3 days before its deadline" in said
