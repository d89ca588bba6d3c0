"""Who is on duty, who comes next, what must be done now: one key on every screen of duty."""

from __future__ import annotations

import pytest

from floodready.duty.commands import change_settings, enter_leave, publish_rota
from floodready.duty.commands_log import check_post, write_log
from floodready.duty.commands_shift import begin_handover, sign_handover
from floodready.duty.commands_swap import ask_swap
from floodready.duty.models import Leg, PostNeed, TurnUnit
from floodready.duty.models_shift import LogKind
from floodready.reports.duty_now import duty_now
from tests.duty.conftest import Room
from tests.duty.rosters import SHANGHAI, at, rotation
from tests.duty.test_screens import app_for
from tests.tui.conftest import press, text


def told(room: Room, person: str | None = None) -> str:
    return "\n".join(str(line) for line in duty_now(room.store, "U", room.clock.instant, SHANGHAI, person))


def test_it_names_who_is_on_and_who_comes_next_with_numbers_and_times(room: Room) -> None:
    lines = told(room).splitlines()
    assert lines[0] == "On duty now:"
    assert lines[1].startswith("  Leader in charge, until 2026-07-02 08:00: An 139 ")
    assert lines[2].startswith("  Duty officer, until 2026-07-02 08:00: Ding 139 ")
    assert lines[3].startswith("  Duty officer, until 2026-07-02 08:00: Fang 139 ")
    assert lines[4] == "Next, from 2026-07-02 08:00:"
    assert lines[-2:] == ["The next handover is at 2026-07-02 08:00.", "Nothing else must be done now."]


def test_it_tells_whose_signature_the_handover_waits_for(room: Room) -> None:
    room.later("2026-07-02 08:05")
    assert "The handover of 2026-07-02 08:00 is due and not begun." in told(room)
    begun = begin_handover(room.store, room.by("ding"), unit="U", zone=SHANGHAI)
    assert "waits for one of the outgoing side to sign: An, Ding, Fang." in told(room)
    sign_handover(room.store, room.by("ding"), begun, outgoing=True, zone=SHANGHAI)
    assert "waits for one of the incoming side to sign: Bo, Geng, Hao. Ding has signed." in told(room)


def test_it_tells_what_is_wrong_now_and_what_waits_for_who_asks(room: Room) -> None:
    leg = Leg(post="officer", giver="geng", taker="lu", from_at=at("2026-07-05 08:00"), until_at=at("2026-07-06 08:00"))
    swap = ask_swap(room.store, room.by("geng"), unit="U", legs=(leg,), asked_by="geng", zone=SHANGHAI)
    write_log(room.store, room.by("ding"), unit="U", kind=LogKind.CALL, content="Asked", follow_up="Send the pump")
    write_log(
        room.store, room.by("ding"), unit="U", kind=LogKind.CALL, content="Asked", follow_up="Call back", owner="ding",
        due_at=at("2026-07-01 10:30"),
    )  # fmt: skip
    check = check_post(room.store, room.by("bo"), unit="U", method="telephone", on_site=True, zone=SHANGHAI)
    enter_leave(
        room.store, room.by("ding"), person="ding", from_at=at("2026-07-01 09:00"), until_at=at("2026-07-01 12:00")
    )
    found = told(room, "lu")
    assert "  Send the pump: owner or due time is missing" in found
    assert "Call back" in found
    assert f"  explain the missed post check {check.id}" in found
    assert "  fill the gap: Duty officer, 1 missing, Ding is on leave and not replaced" in found
    assert f"answer swap {swap.id}" in found
    assert f"answer swap {swap.id}" not in told(room, "an")


@pytest.mark.parametrize(("length", "day"), [(1, "2026-08-01"), (6, "2027-01-01")])
def test_whoever_comes_months_later_is_next_all_the_same(room: Room, length: int, day: str) -> None:
    change_settings(room.store, room.by("pan"), unit="U", needs=(PostNeed(post="leader", needed=1),))
    monthly = rotation("leader", "an bo cui", unit=TurnUnit.MONTHS, length=length)
    publish_rota(room.store, room.by("pan"), unit="U", since_at=at("2026-07-01 10:00"), rotations=(monthly,))
    assert f"Next, from {day} 08:00:" in told(room)


@pytest.mark.parametrize("keys", ["", "l", "m", "o", "o p", "a", "w", "f", "c", "P"])
async def test_every_screen_of_duty_answers_with_one_key(room: Room, keys: str) -> None:
    app = app_for(room, "ding")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "4", *keys.split(), "b")
        assert "On duty now:" in text(app)
        assert "The next handover is at 2026-07-02 08:00." in text(app)
