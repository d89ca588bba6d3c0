from __future__ import annotations

import json

import pytest

from floodready.cli.app import run
from floodready.organisation.commands import set_pin
from floodready.organisation.models import Pin
from floodready.organisation.secrecy import changed_fields
from floodready.store.contract import Change
from tests.organisation.conftest import Office


def test_a_secret_that_was_changed_is_told_without_its_values() -> None:
    before = {"id": "wang", "hash": "one", "failed": 2}
    change = Change(table=Pin.table, id="wang", before=before, after={"id": "wang", "hash": "two"})
    assert list(changed_fields(change)) == [("hash", "•••", "•••"), ("failed", 2, None)]
    assert list(changed_fields(Change(table=Pin.table, id="wang", before=None, after=before))) == [
        ("id", None, "wang"), ("hash", None, "•••"), ("failed", None, 2),
    ]  # fmt: skip


def test_no_word_of_the_journal_tells_the_hash_of_a_pin(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    store = office.store
    set_pin(store, office.by("he"), person="li", pin="47112")
    (held,) = [pin.hash for pin in store.all(Pin)]
    entry = str(store.seq)
    for words in ((), ("--json",)):
        assert run(["journal", entry, "--store", str(store.folder), "--lang", "en", *words]) == 0
        told = capsys.readouterr().out
        assert held not in told
        assert "•••" in (json.loads(told)["changes"][0]["after"]["hash"] if words else told)
