"""The swap inbox: what is asked, agreed and in force; space does what is next."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from floodready.duty.models import Swap, SwapState
from floodready.duty.views import swap_sentence
from floodready.frozen import frozen
from floodready.language import Sentence, say
from floodready.store.contract import View
from floodready.tui.keys import bind
from floodready.tui.room import Room
from floodready.tui.screens.dialog import Notice
from floodready.tui.screens.duty.of_unit import OfUnitScreen
from floodready.tui.theme import Tone
from floodready.tui.widgets.virtual_table import Column, VirtualTable

_ORDER = (SwapState.ASKED, SwapState.AGREED, SwapState.EFFECTIVE, SwapState.DECLINED, SwapState.WITHDRAWN)


@frozen
class SwapRow:
    """One swap, worded."""

    swap: Swap
    state: Sentence
    waits: bool
    """Somebody must still agree or approve, and can."""
    what: Sentence


COLUMNS: tuple[Column[SwapRow], ...] = (
    Column(id="swap", heading=say("Swap"), cell=lambda r: r.swap.id, width=8),
    Column(id="state", heading=say("State"), cell=lambda r: r.state, width=14, grow=1,
           tone=lambda r: Tone.WATCH if r.waits else None),
    Column(id="what", heading=say("What"), cell=lambda r: r.what, width=40, grow=4),
)  # fmt: skip


class SwapScreen(OfUnitScreen[list[SwapRow]]):
    """Swaps of the unit, those that wait first."""

    TITLE_WORDS = say("Swaps")
    HELP_WORDS = say("Space agrees to a swap you were asked for, and approves one that both agreed to.")
    TABLES = frozenset({"duty.swaps", "organisation.people"})
    TIMED = True
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("swaps.next", "space", "next", say("agree, approve"), say("Agree to the swap, or approve it.")),
        bind("swaps.decline", "d", "decline", say("decline"), say("Decline a swap you were asked for.")),
        bind("swaps.withdraw", "x", "withdraw", say("withdraw"), say("Take the swap back before its duty begins.")),
    ]

    def body(self) -> ComposeResult:
        yield VirtualTable(
            COLUMNS,
            lambda row: row.swap.id,
            empty=say("No swap."),
            first=say("Press x on a turn of the roster to ask for one."),
            id="swaps",
        )

    def read_facts(self, view: View, room: Room) -> list[SwapRow]:
        unit = self.unit_shown(view, room)
        rows = [_row(view, swap, room) for swap in view.find(Swap, unit=unit)]
        return sorted(rows, key=lambda row: (not row.waits, _ORDER.index(row.swap.state), row.swap.asked_at))

    def show_facts(self, facts: list[SwapRow]) -> None:
        self.query_one("#swaps", VirtualTable).show_rows(facts)

    @on(VirtualTable.Opened, "#swaps")
    def open_row(self, opened: VirtualTable.Opened) -> None:
        """Show the whole sentence."""
        row: SwapRow = opened.row
        self.app.push_screen(Notice(row.state, row.what))

    def action_next(self) -> None:
        from floodready.duty.commands_swap import answer_swap, approve_swap

        room, swap = self.room, self._swap()
        if swap is None:
            return
        act = room.act()
        if swap.state is SwapState.AGREED:
            self.run_command(lambda: _receipt(approve_swap(room.store, act, swap, zone=room.zone)))
        else:
            self.run_command(lambda: _receipt(answer_swap(room.store, act, swap, agree=True, zone=room.zone)))

    def action_decline(self) -> None:
        from floodready.duty.commands_swap import answer_swap

        room, swap = self.room, self._swap()
        if swap is not None:
            act = room.act()
            self.run_command(lambda: _receipt(answer_swap(room.store, act, swap, agree=False, zone=room.zone)))

    def action_withdraw(self) -> None:
        from floodready.duty.commands_swap import withdraw_swap

        room, swap = self.room, self._swap()
        if swap is not None:
            act = room.act()
            self.run_command(lambda: _receipt(withdraw_swap(room.store, act, swap)))

    def _swap(self) -> Swap | None:
        row: SwapRow | None = self.query_one("#swaps", VirtualTable).row
        return row.swap if row is not None else None


def _row(view: View, swap: Swap, room: Room) -> SwapRow:
    at = room.at()
    waits = swap.state in _ORDER[:2] and not swap.has_lapsed(at)
    return SwapRow(swap=swap, state=swap.state_word(at), waits=waits, what=swap_sentence(view, swap, room.zone))


def _receipt(swap: Swap) -> Sentence:
    return say("Swap {swap} is {state}.", swap=swap.id, state=swap.state.word)
