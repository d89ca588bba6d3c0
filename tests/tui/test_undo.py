from __future__ import annotations

from floodready.organisation.commands import change_unit
from floodready.organisation.models import Unit
from floodready.store.contract import Act
from floodready.tui.screens.undo import last_act
from tests.tui.conftest import SlowStore


def test_what_changed_nothing_is_no_act_to_undo(store: SlowStore) -> None:
    seen = store.get(Unit, "city")
    assert seen is not None
    change_unit(store, Act(person="li", terminal="duty-room"), seen, note="moved")
    store.run(Act(person="li", terminal="duty-room"), "materials.import_ledger", lambda _: None, None)
    found = last_act(store, "li")
    assert found is not None
    assert found.command == "organisation.change_unit"
