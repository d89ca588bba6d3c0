"""Counting with the scanner or on the sheet: every entry is saved at once, and nothing breaks the loop.

Scan a place once. Then scan a lot and type its number; or, on the sheet order, type only the number of each line.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from floodready.language import Sentence, say, verbatim
from floodready.materials.check_digit import without_check
from floodready.materials.commands_counting import AddOrReplace, Posted
from floodready.materials.count_reading import counted_lines
from floodready.materials.counting import Verdict
from floodready.materials.models import Item, Lot, Place
from floodready.materials.models_counting import CountSession, How, UnresolvedCode, VarianceReason
from floodready.quantity import write_quantity
from floodready.store.contract import Act, View
from floodready.tui.keys import Group, bind
from floodready.tui.messages import CommandAccepted, CommandRefused
from floodready.tui.room import Room
from floodready.tui.screens.form import Form, Values
from floodready.tui.screens.pillar_screen import PillarScreen
from floodready.tui.theme import Tone
from floodready.tui.widgets.fields import ChoiceField
from floodready.tui.widgets.scan_field import ScanField
from floodready.tui.widgets.virtual_table import Column, VirtualTable
from floodready.tui.widgets.words import NOTHING, Words


@dataclass(frozen=True, slots=True, kw_only=True)
class CountRow:
    """One line of the count, worded; blind, so without the book figure."""

    number: int
    key: str
    place: str
    lot: str
    name: str
    spec: str
    counted: str
    state: Sentence
    tone: Tone | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CountFacts:
    """What the screen shows, and the codes it knows."""

    session: CountSession | None
    rows: list[CountRow]
    places: frozenset[str]
    lots: frozenset[str]
    items: frozenset[str]
    unresolved: int
    seq: int


_VERDICTS = {
    Verdict.UNCOUNTED: (say("uncounted"), Tone.MUTED),
    Verdict.SETTLED: (say("counted"), Tone.GOOD),
    Verdict.SECOND: (say("second count by another"), Tone.WATCH),
    Verdict.THIRD: (say("third person recounts"), Tone.BAD),
}
COLUMNS: tuple[Column[CountRow], ...] = (
    Column(id="number", heading=say("No."), cell=lambda r: r.number, width=4, right=True, order=lambda r: r.number),
    Column(id="place", heading=say("Place"), cell=lambda r: r.place, width=10, grow=1),
    Column(id="name", heading=say("Item"), cell=lambda r: r.name, width=12, grow=2),
    Column(id="spec", heading=say("Spec"), cell=lambda r: r.spec, width=8, priority=3),
    Column(id="lot", heading=say("Lot"), cell=lambda r: r.lot, width=8),
    Column(id="counted", heading=say("Counted"), cell=lambda r: r.counted, width=10, right=True),
    Column(id="state", heading=say("State"), cell=lambda r: r.state, width=18, grow=1, tone=lambda r: r.tone),
)


class CountField(ScanField):
    """A scan field that hands on a blank Enter too: on the sheet it skips the line."""

    def take(self, scanned: str) -> None:
        if scanned.strip():
            super().take(scanned)
        else:
            self.post_message(self.Scanned(self, ""))


class CountScreen(PillarScreen[CountFacts]):
    """One open count."""

    TITLE_WORDS = say("Count")
    HELP_WORDS = say("Scan a lot, type the number, Enter. +50 adds, d behind a number means damaged.")
    TABLES = frozenset({"materials."})
    AUTO_FOCUS = "CountField Input"
    DEFAULT_CSS = """
    CountScreen {
        #count-told { height: 2; padding: 0 1; }
        #count-outcome { height: 1; padding: 0 1; color: $tone-muted; text-wrap: nowrap; text-overflow: ellipsis; }
        #count-outcome.-refused { color: $tone-bad; text-style: bold; }
        #count-lines { height: 1fr; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("count.sheet", "f4", "sheet", say("sheet order"),
             say("Count in the order of the sheet: only numbers; blank Enter skips, up goes back."), group=Group.ENTRY),
        bind("count.back", "up", "line(-1)", say("line before"), say("On the sheet order: the line before."),
             group=Group.ENTRY, shown=False),
        bind("count.replace", "f5", "replace", say("replace"), say("Let the last figure replace the earlier one."),
             group=Group.ENTRY),
        bind("count.post", "f8", "post", say("post"), say("Post the differences of this count."), group=Group.ENTRY),
    ]  # fmt: skip

    def __init__(self, session: str) -> None:
        super().__init__()
        self._session = session
        self._place: str | None = None
        self._code: str | None = None
        self._in_order = False
        self._line = 0
        self._again: tuple[str, str, str] | None = None
        self._sent: list[tuple[str, str, str]] = []

    def body(self) -> ComposeResult:
        yield Words(id="count-told")
        yield CountField(say("Scan or type"), id="count-scan")
        yield Words(id="count-outcome")
        yield VirtualTable(COLUMNS, lambda row: row.key, empty=say("Scan a place, then its lots."), id="count-lines")

    def read_facts(self, view: View, room: Room) -> CountFacts:
        del room
        session = view.get(CountSession, self._session)
        return CountFacts(
            session=session,
            rows=[] if session is None else count_rows(view, session),
            places=frozenset(place.id for place in view.all(Place)),
            lots=frozenset(lot.id for lot in view.all(Lot)),
            items=frozenset(item.id for item in view.all(Item)),
            unresolved=sum(one.resolved_at is None for one in view.find(UnresolvedCode, session=self._session)),
            seq=view.seq,
        )

    def show_facts(self, facts: CountFacts) -> None:
        if facts.session is not None and self._place is None:
            self._place = facts.session.places[0]
        self.query_one("#count-lines", VirtualTable).show_rows(facts.rows)
        self._tell_where()

    @on(ScanField.Scanned, "#count-scan")
    def take_entry(self, scanned: ScanField.Scanned) -> None:
        """Understand one entry by what is awaited; the saving goes on behind."""
        facts, code = self.facts, scanned.code
        if facts is None or facts.session is None:
            return
        told = without_check(code)
        plain = told.partition("-")[2] if told else code
        if plain in facts.places:
            self._place, self._code = plain, None
        elif plain in facts.lots or plain in facts.items:
            self._code = plain
        elif self._code is not None:
            if code:
                self._enter(self._code, code)
            self._code = None
        elif self._in_order:
            self._take_in_order(facts, code)
        elif code.isdecimal() and 1 <= int(code) <= len(facts.session.sheet):
            line = facts.session.sheet[int(code) - 1]
            self._place, self._code = line.place, line.lot
        elif code:
            self._code = code
        self._tell_where()

    def action_sheet(self) -> None:
        self._in_order = not self._in_order
        self._code = None
        self._tell_where()

    def action_line(self, by: int) -> None:
        if self._in_order:
            self._line = max(0, self._line + by)
            self._tell_where()

    def action_replace(self) -> None:
        if self._again is not None:
            again, self._again = self._again, None
            self._submit(again, replaces=True)

    def action_post(self) -> None:
        self.app.push_screen(post_form(self.room, self._session))

    @on(CommandAccepted)
    def tell_saved(self, accepted: CommandAccepted) -> None:
        """Say what was saved."""
        if self._sent:
            self._sent.pop(0)
        self._tell(accepted.receipt or NOTHING, refused=False)

    @on(CommandRefused)
    def tell_refused(self, refused: CommandRefused) -> None:
        """Say why not, and keep what was typed for `replace`."""
        entry = self._sent.pop(0) if self._sent else None
        if isinstance(refused.error, AddOrReplace):
            self._again = entry
        self._tell(refused.error.sentence, refused=True)

    def _take_in_order(self, facts: CountFacts, code: str) -> None:
        sheet = facts.session.sheet if facts.session else ()
        if self._line < len(sheet):
            line = sheet[self._line]
            self._place = line.place
            if code:
                self._enter(line.lot, code)
            self._line += 1

    def _enter(self, code: str, typed: str) -> None:
        self._submit((self._place or "", code, typed), replaces=False)

    def _submit(self, entry: tuple[str, str, str], *, replaces: bool) -> None:
        act, at, room = self.room.act(), self.room.clock.now(), self.room
        seen = self.facts.seq if self.facts else 0
        self._sent.append(entry)
        how = How.SHEET if self._in_order else How.SCAN

        def save(place: str, code: str, typed: str) -> Sentence:
            from floodready.materials.commands import observe

            entered = observe(
                room.store, act, zone=room.zone, session=self._session, place=place, code=code, typed=typed,
                counted_at=at, seen_seq=seen, how=how, replaces=replaces,
            )  # fmt: skip
            if entered.unresolved is not None:
                return say("{code} is no lot known here. It is kept as unresolved; go on.", code=verbatim(code))
            if entered.booked_at:
                return say("Entered. By the books this lot is at {places}: it can be posted as a transfer.",
                           places=verbatim(", ".join(entered.booked_at)))  # fmt: skip
            return say("{lot}: {counted}", lot=verbatim(code), counted=verbatim(typed))

        room.runner.submit(self, partial(save, *entry))

    def _tell_where(self) -> None:
        facts = self.facts
        if facts is None or facts.session is None:
            return
        sheet = facts.session.sheet
        if self._in_order:
            done = self._line >= len(sheet)
            now = say("The sheet is done. Post with f8.") if done else say(
                "Line {number}: {line}", number=self._line + 1, line=_named(facts, self._line)
            )  # fmt: skip
        elif self._code is not None:
            now = say("{place}: how many of {code}?", place=verbatim(self._place or "—"), code=verbatim(self._code))
        else:
            now = say("{place}: scan a lot, or type a line number of the sheet", place=verbatim(self._place or "—"))
        about = say("{name}: {count} lines, {unresolved} codes unresolved", name=verbatim(facts.session.name),
                    count=len(facts.rows), unresolved=facts.unresolved)  # fmt: skip
        self.query_one("#count-told", Words).say(about, now)

    def _tell(self, sentence: Sentence, *, refused: bool) -> None:
        outcome = self.query_one("#count-outcome", Words)
        outcome.say(sentence)
        outcome.set_class(refused, "-refused")


def count_rows(view: View, session: CountSession) -> list[CountRow]:
    """Word every line of a count, without book figures."""
    rows = []
    for number, line in enumerate(counted_lines(view, session), 1):
        item, figure = view.get(Item, line.item), line.settlement.figure
        state, tone = _VERDICTS[line.settlement.verdict]
        rows.append(
            CountRow(
                number=number, key=f"{line.spot.lot}@{line.spot.place}", place=line.spot.place, lot=line.spot.lot,
                name=item.name if item else line.item, spec=item.spec if item else "",
                counted=write_quantity(figure.counted, item.scale) if figure and item else "", state=state, tone=tone,
            )
        )  # fmt: skip
    return rows


def post_form(room: Room, session: str) -> Form:
    """Ask for the reason of the differences, and whether blanks stay uncounted."""

    def do(act: Act, values: Values) -> Sentence:
        from floodready.materials.commands import post_count

        found = room.store.get(CountSession, session)
        lots = {line.spot.lot for line in counted_lines(room.store, found)} if found else set()
        reasons = dict.fromkeys(lots, VarianceReason(values["reason"]))
        posted = post_count(
            room.store, act, zone=room.zone, session=session, reasons=reasons,
            blanks_stay_uncounted=values["blanks"] is True,
        )  # fmt: skip
        return posted_told(posted)

    return Form(
        say("Post the count"),
        [
            ChoiceField("reason", say("Reason of differences"), [(one, one.word) for one in VarianceReason],
                        value=VarianceReason.UNKNOWN),
            ChoiceField("blanks", say("Uncounted lines"), [(False, say("stop me")), (True, say("stay uncounted"))],
                        value=False),
        ],
        do,
        act=say("Post"),
        intro=say("What is missing here and was found elsewhere is posted as a transfer."),
    )  # fmt: skip


def posted_told(posted: Posted) -> Sentence:
    """Say what a posting did."""
    return say("Posted: {equal} equal, {different} different, {moved} moved, {uncounted} blank, {codes} codes open.",
               equal=posted.equal, different=posted.different, moved=posted.moved, uncounted=posted.uncounted,
               codes=posted.unresolved)  # fmt: skip


def _named(facts: CountFacts, place: int) -> Sentence:
    if place >= len(facts.rows):
        return NOTHING
    row = facts.rows[place]
    return say("{item} {spec}, lot {lot}, in {place}", item=verbatim(row.name), spec=verbatim(row.spec), lot=row.lot,
               place=verbatim(row.place))  # fmt: skip
