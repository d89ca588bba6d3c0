"""`floodready journal NUMBER`: people read words, programs read what is stored."""

from __future__ import annotations

import json

import pytest

from floodready.cli.app import run
from floodready.season.commands import add_reading, correct_reading
from floodready.season.models import Reading
from tests.season.conftest import MORNING, Room, room

__all__ = ["room"]


@pytest.fixture
def entry(room: Room) -> list[str]:
    """The words that ask for the entry of a new reading."""
    add_reading(room.store, room.by("li"), station="hyk", measured_at=MORNING, value=3_620_000)
    return ["journal", str(room.store.seq), "--store", str(room.store.folder), "--lang", "en"]


def test_an_entry_is_told_in_words(entry: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(entry) == 0
    told = capsys.readouterr().out
    assert "(Asia/Shanghai)" in told
    assert "Huayuankou (hyk)" in told
    assert "3,620 m³/s" in told


def test_json_gives_it_as_stored(entry: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run([*entry, "--json"]) == 0
    (change,) = json.loads(capsys.readouterr().out)["changes"]
    assert change["after"]["value"] == 3_620_000
    assert change["after"]["station"] == "hyk"


def test_the_whole_is_told_on_request(room: Room, entry: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    (seen,) = room.store.all(Reading)
    correct_reading(room.store, room.by("li"), seen, value=3_700_000, reason="typed wrongly")
    entry[1] = str(room.store.seq)
    assert run(entry) == 0
    assert "Station" not in capsys.readouterr().out
    assert run([*entry, "--whole"]) == 0
    assert "Huayuankou (hyk)" in capsys.readouterr().out
