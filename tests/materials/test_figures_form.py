"""The office's own figures of materials, set from the stock screen."""

from __future__ import annotations

import pytest

from floodready.materials.typed_days import class_days, warning_days
from floodready.materials.views import settings_of
from floodready.refusal import Refused
from floodready.tui.app import FloodreadyApp
from floodready.tui.screens.form import Form
from tests.materials.conftest import Room
from tests.tui.conftest import press, shows, text


async def test_the_figures_are_set_and_a_form_left_as_it_is_writes_nothing(duty: Room, app: FloodreadyApp) -> None:
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await press(pilot, "3")
        seq = duty.store.seq
        await press(pilot, "f", "ctrl+s")
        assert not shows(app, Form)
        assert "Nothing was changed" in text(app)
        assert duty.store.seq == seq
        await press(pilot, "f", "ctrl+u", *"sixty", "ctrl+s")
        assert "is not a list of days" in text(app)
        await press(pilot, "ctrl+u", *"30 60", "enter", "ctrl+u", *"24", "enter", "enter", "ctrl+u", "ctrl+s")
    held = settings_of(duty.store)
    assert held.expiry_warning_days == (60, 30)
    assert held.paper_hours == 24
    assert held.count_before_season_days is None
    assert duty.store.seq == seq + 1


@pytest.mark.parametrize("typed", ["0", "-3", "1.5", "abc", ", ,"])
def test_days_that_are_none_are_refused(typed: str) -> None:
    with pytest.raises(Refused, match="not a list of days"):
        warning_days(typed)


def test_days_are_read_as_an_office_types_them() -> None:
    assert warning_days("30、９０，180") == (180, 90, 30)
    assert class_days("20、４０，60") == (20, 40, 60)


@pytest.mark.parametrize("typed", ["", "30", "30, 60", "30, 60, 0", "30, 60, 90, 120", "A, B, C"])
def test_days_of_the_three_classes_are_three(typed: str) -> None:
    with pytest.raises(Refused, match="not three numbers"):
        class_days(typed)


async def test_how_long_a_count_is_believed_is_set_and_a_wrong_list_is_told_beside_its_field(
    duty: Room, app: FloodreadyApp
) -> None:
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await press(pilot, "3", "f", *["enter"] * 7, "ctrl+u", *"10, 20", "ctrl+s")
        assert "not three numbers" in text(app)
        await press(pilot, *", 30", "ctrl+s")
    held = settings_of(duty.store)
    assert held.evidence_days_in_season == (10, 20, 30)
    assert held.evidence_days_out_of_season == (90, 180, 365)
