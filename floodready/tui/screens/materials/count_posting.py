"""Posting a count: each difference with its book figure and its own reason, then one key; a class A one by another."""

from __future__ import annotations

from typing import Any, ClassVar
from weakref import WeakKeyDictionary

from textual import on
from textual.app import App, ComposeResult
from textual.binding import BindingType

from floodready.language import Sentence, say, say_many, verbatim
from floodready.materials.count_differences import DifferenceRow, Differences, differences, reason_known
from floodready.materials.counting import Verdict
from floodready.materials.models_counting import CountSession, VarianceReason
from floodready.missing import not_there
from floodready.refusal import Refused
from floodready.store.contract import Act, View
from floodready.tui.keys import bind
from floodready.tui.messages import CommandAccepted, CommandRefused
from floodready.tui.room import Room
from floodready.tui.screens.form import Form, Values
from floodready.tui.screens.materials.count_table import TONES
from floodready.tui.screens.pillar_screen import PillarScreen
from floodready.tui.theme import Tone
from floodready.tui.widgets.fields import ChoiceField
from floodready.tui.widgets.virtual_table import Column, VirtualTable
from floodready.tui.widgets.words import Words

_GIVEN: WeakKeyDictionary[App[Any], dict[str, dict[str, VarianceReason]]] = WeakKeyDictionary()
"""Reasons given and not posted yet, by terminal, count and lot: going back to count a line loses none of them."""


class PostingScreen(PillarScreen[Differences]):
    """What a count would change."""

    TITLE_WORDS = say("Posting")
    HELP_WORDS = say("Each difference needs its reason. A class A difference is posted by who did not count it (F2).")
    TABLES = frozenset({"materials."})
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("posting.reason", "space", "reason", say("reason"), say("Say why this line differs.")),
        bind("posting.all", "a", "reason_for_all", say("reason for all"),
             say("One reason for all lines that have none.")),
        bind("posting.blanks", "b", "blanks", say("blanks"), say("Let uncounted lines stay uncounted, or not.")),
        bind("posting.post", "w", "post", say("post"), say("Post the differences; z takes it back whole.")),
    ]  # fmt: skip
    DEFAULT_CSS = """
    PostingScreen {
        #posting-refused { height: auto; color: $tone-bad; text-style: bold; }
    }
    """

    def __init__(self, session: str) -> None:
        super().__init__()
        self._session = session
        self._reasons: dict[str, VarianceReason] = {}
        self._blanks_stay = False

    def body(self) -> ComposeResult:
        self._reasons = _GIVEN.setdefault(self.app, {}).setdefault(self._session, {})
        columns: tuple[Column[DifferenceRow], ...] = (
            Column(id="name", heading=say("Item"), cell=lambda r: r.name, width=8, grow=2),
            Column(id="place", heading=say("Place"), cell=lambda r: r.place_told, width=8, grow=1),
            Column(id="lot", heading=say("Lot"), cell=lambda r: r.lot, width=7),
            Column(id="counted", heading=say("Counted"), cell=lambda r: r.counted, width=12, right=True),
            Column(id="difference", heading=say("Difference"), cell=lambda r: r.difference, width=10, right=True,
                   tone=lambda r: Tone.BAD if r.left else None),
            Column(id="state", heading=say("Reason"), cell=self._state, width=22, grow=2, tone=self._tone),
            Column(id="book", heading=say("Book"), cell=lambda r: r.book, width=12, right=True, priority=2),
            Column(id="class", heading=say("Class"), cell=lambda r: r.importance.value, width=5, priority=3),
            Column(id="counters", heading=say("Counted by"), cell=lambda r: ", ".join(r.counters), width=14,
                   priority=4),
        )  # fmt: skip
        yield Words(id="posting-told")
        yield Words(id="posting-refused")
        empty, first = say("Every line is equal."), say("Press w to post.")
        yield VirtualTable(columns, lambda row: f"{row.lot}@{row.place}", empty=empty, first=first, id="differences")

    def read_facts(self, view: View, room: Room) -> Differences:
        del room
        session = view.get(CountSession, self._session)
        if session is None:
            raise Refused(not_there("open count", self._session))
        return differences(view, session)

    def show_facts(self, facts: Differences) -> None:
        wanted = sum(row.needs_reason and row.lot not in self._reasons for row in facts.rows)
        told = [say("{equal} equal, {rows} to look at, {wanted} without a reason",
                    equal=facts.equal, rows=len(facts.rows), wanted=wanted)]  # fmt: skip
        if facts.uncounted:
            told.append(
                say_many(
                    "{count} line is uncounted and stays so.",
                    "{count} lines are uncounted and stay so.",
                    facts.uncounted,
                )
                if self._blanks_stay
                else say_many(
                    "{count} uncounted line stops the posting; b lets it stay uncounted.",
                    "{count} uncounted lines stop the posting; b lets them stay uncounted.",
                    facts.uncounted,
                )
            )
        self.query_one("#posting-told", Words).say(*told)
        self.query_one("#differences", VirtualTable).show_rows(list(facts.rows))

    @on(VirtualTable.Opened, "#differences")
    def open_reason(self) -> None:
        """Ask for the line's reason."""
        self.action_reason()

    def action_reason(self) -> None:
        row: DifferenceRow | None = self.query_one("#differences", VirtualTable).row
        if row is not None and row.needs_reason:
            self._ask(say("Why does lot {lot} in {place} differ?", lot=row.lot, place=verbatim(row.place_told)),
                      (row.lot,))  # fmt: skip

    def action_reason_for_all(self) -> None:
        rows = self.facts.rows if self.facts else ()
        lots = tuple(row.lot for row in rows if row.needs_reason and row.lot not in self._reasons)
        if lots:
            self._ask(say_many("Why does this line differ?", "Why do these {count} lines differ?", len(lots)), lots)

    def action_blanks(self) -> None:
        self._blanks_stay = not self._blanks_stay
        self.retranslate()

    def action_post(self) -> None:
        try:
            act = self.room.act()
        except Refused as refusal:
            self.query_one("#posting-refused", Words).say(refusal.sentence)
            return
        room, reasons, blanks = self.room, dict(self._reasons), self._blanks_stay

        def post() -> Sentence:
            from floodready.materials.commands import post_count

            return post_count(
                room.store, act, zone=room.zone, session=self._session, reasons=reasons, blanks_stay_uncounted=blanks
            ).told

        room.runner.submit(self, post)

    @on(CommandAccepted)
    def leave_posted(self, accepted: CommandAccepted) -> None:
        """Go back: it is posted."""
        _GIVEN[self.app].pop(self._session, None)
        if accepted.receipt is not None:
            self.duty_app.say_in_passing(accepted.receipt)
        self.dismiss(None)

    @on(CommandRefused)
    def tell_refused(self, refused: CommandRefused) -> None:
        """Say why nothing was posted; the reasons stay."""
        self.query_one("#posting-refused", Words).say(refused.error.sentence)

    def _ask(self, title: Sentence, lots: tuple[str, ...]) -> None:
        def take(act: Act, values: Values) -> Sentence | None:
            del act
            reason: VarianceReason = values["reason"]
            self._reasons.update(dict.fromkeys(lots, reason))
            return None

        options = [(one, one.word) for one in VarianceReason]
        known = self._reasons.get(lots[0])
        self.app.push_screen(
            Form(title, [ChoiceField("reason", say("Reason"), options, value=known)], take, act=say("Keep")),
            lambda _: self.retranslate(),
        )

    def _state(self, row: DifferenceRow) -> Sentence:
        if row.verdict is not Verdict.SETTLED:
            return row.verdict.word
        if not row.needs_reason and row.moved is not None:
            return row.moved
        return reason_known(self._reasons.get(row.lot))

    def _tone(self, row: DifferenceRow) -> Tone | None:
        if row.verdict is not Verdict.SETTLED:
            return TONES[row.verdict]
        return Tone.WATCH if row.needs_reason and row.lot not in self._reasons else None
