"""Every line of every pillar explains itself: its rule or arithmetic, and the journal's entries behind it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from random import Random

import pytest

from floodready.duty.models_shift import CallRound, Handover, PostCheck
from floodready.readiness.assembly import gather
from floodready.readiness.explain import Explanation, explain
from floodready.readiness.line import Kind, status_of
from tests.readiness.acts import Acting, make_room, post_check
from tests.readiness.more_acts import EVERY_ACT, call_round, check_explained, handover


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
