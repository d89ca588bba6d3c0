"""People at the terminal, by keyboard only."""

from __future__ import annotations

import pytest

from floodready.duty.commands import change_settings, enter_leave, override
from floodready.duty.commands_shift import begin_handover, sign_handover
from floodready.duty.commands_swap import ask_swap
from floodready.duty.models import Leg, Override, OverrideKind, StoodDuty, Swap, SwapState
from floodready.duty.models_shift import CallRound, FollowUp, Handover, LogEntry
from floodready.organisation.commands import add_post, add_unit
from floodready.organisation.models import PostKind, Terminal, UnitKind
from floodready.store.contract import SYSTEM, Act
from floodready.tui.app import FloodreadyApp
from floodready.tui.widgets.virtual_table import VirtualTable
from tests.duty.conftest import Room
from tests.duty.rosters import SHANGHAI, at
from tests.tui.conftest import feed, press, settle, text


def sign_in(room: Room, person: str) -> None:
    with room.store.transaction(Act(person=SYSTEM, terminal="desk"), "sign in") as tx:
        tx.put(Terminal(id="desk", person=person, since_at=room.clock.instant))


def app_for(room: Room, person: str) -> FloodreadyApp:
    sign_in(room, person)
    return FloodreadyApp(room.store, clock=room.clock, zone=room.store.zone, terminal="desk")


async def test_the_night_of_a_duty_officer(room: Room) -> None:
    """Three calls, a danger report with its 1 h clock, a swap agreed, handover with one open item."""
    leg = Leg(
        post="officer",
        giver="geng",
        taker="lu",
        from_at=at("2026-07-08 08:00"),
        until_at=at("2026-07-09 08:00"),
    )
    change_settings(room.store, room.by("pan"), unit="U", swaps_need_approval=False)
    ask_swap(room.store, room.by("geng"), unit="U", legs=(leg,), asked_by="geng", zone=SHANGHAI)
    app = app_for(room, "ding")
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert "Ding" in text(app), "the board says who is on"
        await press(pilot, "4")
        assert "on now: Ding" in text(app)
        await press(pilot, "l")
        for call in ("gate 3", "pump", "road"):
            await press(pilot, "c", *call, "ctrl+s")
        await press(pilot, "d", *"seepage", "ctrl+s")
        assert [line.content for line in room.store.all(LogEntry)][-1] == "seepage"
        (item,) = room.store.all(FollowUp)
        assert (item.owner, item.due_at) == ("ding", at("2026-07-01 11:00"))
        assert "report to the city" in text(app)

        room.clock.instant = at("2026-07-02 08:05")
        await press(pilot, "h")
        assert "waits for one of the outgoing side to sign" in text(app)
        await press(pilot, "h")
        assert "cannot be taken back" in text(app), "what undo cannot mend is asked once more"
        await press(pilot, "enter")
        (held,) = room.store.all(Handover)
        assert held.signed_out_by is None
        await press(pilot, "h", "right", "enter")
        (held,) = room.store.all(Handover)
        assert held.signed_out_by == "ding"
        await press(pilot, "f2", *"geng", "enter", "enter")
        await press(pilot, "h", "right", "enter")
        (held,) = room.store.all(Handover)
        assert held.signed_in_by == "geng"
        assert held.open_items == (item.id,)
        assert {duty.person for duty in room.store.all(StoodDuty)} == {"an", "ding", "fang"}

        await press(pilot, "f2", *"lu", "enter", "enter")
        await press(pilot, "escape", "w", "space")
        assert [swap.state for swap in room.store.all(Swap)] == [SwapState.EFFECTIVE]


async def test_an_exchange_of_two_turns_is_asked_in_one_form_and_approved_once(room: Room) -> None:
    room.later("2026-07-08 07:00")
    app = app_for(room, "geng")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "4")
        table = app.screen.query_one("#roster", VirtualTable)
        table.go_to("officer/geng/20260708000000")
        await press(pilot, "x", *"jia", "enter", *"kong", "ctrl+s")
        assert "is a turn of Kong" in text(app), "the turn in return is one of whom one asks"
        await press(pilot, *["backspace"] * 4, *"jia", "ctrl+s")
        (swap,) = room.store.all(Swap)
        assert [(leg.giver, leg.taker, leg.from_at) for leg in swap.legs] == [
            ("geng", "jia", at("2026-07-08 08:00")),
            ("jia", "geng", at("2026-07-09 08:00")),
        ]
        await press(pilot, "w", "f2", *"jia", "enter", "enter", "space")
        await press(pilot, "f2", *"an", "enter", "enter", "space")
        (swap,) = room.store.all(Swap)
        assert (swap.state, swap.approved_by) == (SwapState.EFFECTIVE, "an")


async def test_a_line_of_a_closed_shift_is_corrected_by_a_further_line(room: Room) -> None:
    app = app_for(room, "ding")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "4", "l", "c", *"gate 3", "ctrl+s", "a")
        await press(pilot, *["backspace"], *"4", "ctrl+s")
        line, correction = room.store.all(LogEntry)
        assert (line.content, correction.content, correction.corrects) == ("gate 3", "gate 4", line.id)


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        (("l", "c", "g", "ctrl+s", "r"), "This is not an open item"),
        (("l", "c", "g", "ctrl+s", "space"), "This is not an open item"),
        (("l", "d", "g", "ctrl+s", "a"), "Only a line of the log is corrected"),
        (("space",), "Press a to see the gaps"),
    ],
)
async def test_a_key_that_has_nothing_to_do_on_a_row_says_why(room: Room, keys: tuple[str, ...], told: str) -> None:
    app = app_for(room, "ding")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "4", *keys)
        assert told in " ".join(text(app).split())


async def test_somebody_who_lacks_rest_fills_a_gap_with_a_reason_only(room: Room) -> None:
    start, end = at("2026-07-01 08:00"), at("2026-07-02 08:00")
    enter_leave(room.store, room.by("ding"), person="ding", from_at=start, until_at=end)
    app = app_for(room, "pan")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "4", "a", "enter", *["backspace"] * 3, *"geng", "ctrl+s")
        assert "Geng would have only 0 h of rest" in text(app)
        await press(pilot, "tab", *"flood peak", "ctrl+s")
        (made,) = room.store.all(Override)
        assert made.by == "geng"
        assert list(room.store.entries())[-1].reason == "flood peak"


async def test_one_key_fills_a_gap_with_the_first_candidate(room: Room) -> None:
    start, end = at("2026-07-01 08:00"), at("2026-07-02 08:00")
    enter_leave(room.store, room.by("ding"), person="ding", from_at=start, until_at=end)
    app = app_for(room, "pan")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "4")
        assert "gap: 1 missing" in text(app)
        table = app.screen.query_one("#roster", VirtualTable)
        while table.row is not None and table.row.gap is None:
            await press(pilot, "j")
        await press(pilot, "space", "ctrl+s")
        (made,) = room.store.all(Override)
        assert made.by == "lu"
        assert "gap: 1 missing" not in text(app)


async def test_the_gaps_name_who_stands_in_two_places_at_once(room: Room) -> None:
    by = room.by("pan", reason="flood")
    start, end = at("2026-07-04 08:00"), at("2026-07-04 20:00")
    override(room.store, by, unit="U", post="officer", kind=OverrideKind.ADD, by="an", zone=SHANGHAI, despite=True,
             from_at=start, until_at=end)  # fmt: skip
    app = app_for(room, "pan")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "4", "a")
        assert "An stands in several places at once" in text(app)


async def test_who_may_not_swap_the_turn_of_another_is_told_before_anything_is_typed(room: Room) -> None:
    app = app_for(room, "ding")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "4", "x")
        assert "Ding may not do this" in text(app)
        await press(pilot, "escape", "home", "down", "x")
        assert "Swap the turn of Ding" in text(app), "one's own"


async def test_a_call_round_takes_one_key_an_answer(room: Room) -> None:
    app = app_for(room, "ding")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "4", "c", "n", "space", "j", "x", "j", "c")
        (held,) = room.store.all(CallRound)
        assert [call.answer.value for call in held.calls] == ["reached", "no answer", "changed"]


async def test_fairness_stands_beside_its_bound(room: Room) -> None:
    app = app_for(room, "ding")
    room.clock.instant = at("2026-08-01 08:00")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "4", "f")
        assert "spread / bound" in text(app)


async def test_two_calls_typed_without_a_pause_are_two_lines(room: Room) -> None:
    app = app_for(room, "ding")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "4", "l")
        feed(app, "c", *"gate3", "ctrl+s", "c", *"pump", "ctrl+s", "d", *"seepage", "ctrl+s")
        await settle(pilot)
        assert [line.content for line in room.store.all(LogEntry)] == ["gate3", "pump", "seepage"]


async def test_another_unit_that_keeps_duty_is_chosen_and_its_log_is_its_own(room: Room) -> None:
    add_unit(room.store, room.by("he"), id="E", name="East county", kind=UnitKind.COUNTY, parent="U")
    add_post(room.store, room.by("he"), id="east", name="East officer", unit="E", kind=PostKind.OFFICER)
    app = app_for(room, "ding")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "4")
        assert "Duty of 安澜" in text(app)
        assert "on now: Ding" in text(app)
        await press(pilot, "u", "down", "enter")
        assert "Duty of East county" in text(app)
        assert "on now" not in text(app)
        await press(pilot, "l")
        assert "Duty of East county › Duty log" in text(app)
        await press(pilot, "n", *"quiet", "ctrl+s")
        assert [line.unit for line in room.store.all(LogEntry)] == ["E"]


async def test_who_signed_out_is_told_at_once_who_signs_for_the_other_side(room: Room) -> None:
    room.later("2026-07-02 08:05")
    begun = begin_handover(room.store, room.by("ding"), unit="U", zone=SHANGHAI)
    sign_handover(room.store, room.by("ding"), begun, outgoing=True, zone=SHANGHAI)
    app = app_for(room, "ding")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "4", "l", "h")
        told = " ".join(text(app).split())
        assert "One person cannot sign for both sides. One of these signs for the other: Bo, Geng, Hao." in told
        await press(pilot, "enter")
        told = " ".join(text(app).split())
        assert "waits for one of the incoming side to sign: Bo, Geng, Hao. Ding has signed." in told
