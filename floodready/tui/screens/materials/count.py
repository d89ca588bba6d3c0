"""Counting with the scanner or on the sheet: every entry is saved at once, and nothing breaks the loop.

Scan a place once. Then scan a lot and type its number; or, on the sheet order, type only the number of each line.
"""

from __future__ import annotations

from functools import partial
from typing import ClassVar, NamedTuple

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets.input import Selection

from floodready.frozen import frozen
from floodready.language import Sentence, say, say_many, verbatim
from floodready.materials.check_digit import without_check
from floodready.materials.commands_counting import AddOrReplace
from floodready.materials.models import Item, Lot, Place
from floodready.materials.models_counting import CountSession, How, SessionState, UnresolvedCode
from floodready.refusal import Refused
from floodready.store.contract import View
from floodready.tui.keys import Group, bind
from floodready.tui.messages import CommandAccepted, CommandRefused
from floodready.tui.room import Room
from floodready.tui.screens.materials.count_table import COLUMNS, CountRow, count_rows
from floodready.tui.screens.pillar_screen import PillarScreen
from floodready.tui.widgets.scan_field import ScanField, ScanInput
from floodready.tui.widgets.virtual_table import VirtualTable
from floodready.tui.widgets.words import NOTHING, Words

BARCODE = 8
"""Digits from which a bare number is a barcode of the maker's, never a quantity."""


@frozen
class CountFacts:
    """What the screen shows, and the codes it knows."""

    session: CountSession | None
    rows: list[CountRow]
    places: dict[str, str]
    """Name of every place by its id."""
    lots: frozenset[str]
    items: frozenset[str]
    unresolved: int
    seq: int


class Entry(NamedTuple):
    """One entry on its way to the disk. `line` is its place in the sheet, where it was typed in sheet order."""

    place: str
    code: str
    typed: str
    line: int | None = None


class CountField(ScanField):
    """A scan field that hands on a blank Enter too: on the sheet it skips the line."""

    def take(self, scanned: str) -> None:
        self.screen.set_class(cell_len(scanned) > len(scanned), "-input-method")
        if scanned.strip():
            super().take(scanned)
        else:
            self.post_message(self.Scanned(self, ""))


class CountScreen(PillarScreen[CountFacts]):
    """One count."""

    TITLE_WORDS = say("Count")
    HELP_WORDS = say("Scan a lot, type the number, Enter. +50 adds, d behind a number means damaged.")
    TABLES = frozenset({"materials."})
    AUTO_FOCUS = "CountField Input"
    DEFAULT_CSS = """
    CountScreen {
        #count-told { height: 2; }
        #count-outcome { height: 1; color: $tone-muted; text-wrap: nowrap; text-overflow: ellipsis; }
        #count-refused { height: auto; max-height: 4; color: $tone-bad; text-style: bold; }
        #count-banner { height: 1; color: $background; background: $tone-watch; text-style: bold;
            display: none; }
        &.-input-method #count-banner { display: block; }
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
        bind("count.print", "f6", "print_sheet", say("print"), say("Write the count sheet as a workbook to print."),
             group=Group.ENTRY, shown=False),
        bind("count.codes", "f7", "codes", say("codes"), say("The codes that nobody knew: say what they are."),
             group=Group.ENTRY),
        bind("count.post", "f8", "post", say("post"), say("See the differences, give their reasons, post them."),
             group=Group.ENTRY),
    ]  # fmt: skip

    def __init__(self, session: str) -> None:
        super().__init__()
        self._session = session
        self._place: str | None = None
        self._code: str | None = None
        self._in_order = False
        self._line = 0
        self._entered = ""
        """Key of the line that was saved last: the table shows it."""
        self._again: Entry | None = None
        self._sent: list[Entry] = []
        self._refused: dict[tuple[str, str], tuple[Entry, Sentence]] = {}
        """Entries that were not taken, by place and code, until the line is entered anew."""

    def body(self) -> ComposeResult:
        yield Words(id="count-told")
        yield CountField(say("Scan or type"), id="count-scan")
        yield Words(say("The input method is on: switch the keyboard to English, then scan again."), id="count-banner")
        yield Words(id="count-outcome")
        yield Words(id="count-refused")
        yield VirtualTable(COLUMNS, lambda row: row.key, empty=say("Scan a place, then its lots."), id="count-lines")

    def read_facts(self, view: View, room: Room) -> CountFacts:
        del room
        session = view.get(CountSession, self._session)
        return CountFacts(
            session=session,
            rows=[] if session is None else count_rows(view, session),
            places={place.id: place.name for place in view.all(Place)},
            lots=frozenset(lot.id for lot in view.all(Lot)),
            items=frozenset(item.id for item in view.all(Item)),
            unresolved=sum(one.resolved_at is None for one in view.find(UnresolvedCode, session=self._session)),
            seq=view.seq,
        )

    def show_facts(self, facts: CountFacts) -> None:
        if facts.session is not None and self._place is None:
            self._place = facts.session.places[0]
        self.query_one("#count-lines", VirtualTable).show_rows(facts.rows)
        self._show_line(self._entered)
        self._tell_where()

    @on(ScanField.Scanned, "#count-scan")
    def take_entry(self, scanned: ScanField.Scanned) -> None:
        """Understand one entry by what is awaited; the saving goes on behind."""
        facts, code = self.facts, scanned.code
        if facts is None or facts.session is None:
            return
        known = _known(facts, code)
        if known is not None and not (self._code is not None and code.isdecimal()):
            self._go_to(facts, known)
        elif self._code is not None and not _is_barcode(code):
            if code:
                self._submit(Entry(self._place or "", self._code, code))
            self._code = None
        elif self._in_order and not _is_barcode(code):
            self._take_in_order(facts, code)
        elif code.isdecimal() and 1 <= int(code) <= len(facts.session.sheet):
            line = facts.session.sheet[int(code) - 1]
            self._place, self._code = line.place, line.lot
        elif code.isdecimal() and not _is_barcode(code):
            self._refuse_number(code, len(facts.session.sheet))
        elif code:
            self._go_to(facts, code)
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

    def action_codes(self) -> None:
        from floodready.tui.screens.materials.count_codes import CodesScreen

        self.app.push_screen(CodesScreen(self._session))

    def action_print_sheet(self) -> None:
        from floodready.tui.screens.materials.paper_forms import sheet_form

        self.app.push_screen(sheet_form(self.room, self._session))

    def action_post(self) -> None:
        from floodready.tui.screens.materials.count_posting import PostingScreen

        self.app.push_screen(PostingScreen(self._session))

    @on(CommandAccepted)
    def tell_saved(self, accepted: CommandAccepted) -> None:
        """Say what was saved."""
        if self._sent:
            entry = self._sent.pop(0)
            self._refused.pop((entry.place, entry.code), None)
            self._entered = f"{entry.code}@{entry.place}"
        self.query_one("#count-outcome", Words).say(accepted.receipt or NOTHING)
        self._tell_refused()

    @on(CommandRefused)
    def keep_refused(self, refused: CommandRefused) -> None:
        """Say why not; what was typed stays, in the field where that is free and among the refused entries."""
        if not self._sent:
            return
        entry = self._sent.pop(0)
        self._refused[entry.place, entry.code] = (entry, refused.error.sentence)
        if isinstance(refused.error, AddOrReplace):
            self._again = entry
        else:
            self._give_back(entry)
        self._tell_refused()

    def _refuse_number(self, number: str, lines: int) -> None:
        """Keep a number without its lot in the field: it is no code, and no line of the sheet."""
        told = say("{number} is not a line of the sheet (1 to {lines}). Scan its lot, then type it.",
                   number=verbatim(number), lines=lines)  # fmt: skip
        self.query_one("#count-outcome", Words).say(told)
        field = self.query_one(ScanInput)
        if not field.value:
            field.value = number
            field.selection = Selection(0, len(number))

    def _go_to(self, facts: CountFacts, code: str) -> None:
        """Await what belongs to a code; an unknown one that got no number is kept all the same."""
        if self._code is not None and _known(facts, self._code) is None:
            self._submit(Entry(self._place or "", self._code, ""))
        if code in facts.places:
            self._place, self._code = code, None
        else:
            self._code = code

    def _give_back(self, entry: Entry) -> None:
        field = self.query_one(ScanInput)
        if field.value or self._code is not None:
            return
        if entry.line is not None:
            self._line = entry.line
        else:
            self._place, self._code = entry.place, entry.code
        field.value = entry.typed
        field.cursor_position = len(entry.typed)
        self._tell_where()

    def _take_in_order(self, facts: CountFacts, code: str) -> None:
        sheet = facts.session.sheet if facts.session else ()
        if self._line < len(sheet):
            line = sheet[self._line]
            self._place = line.place
            if code:
                self._submit(Entry(line.place, line.lot, code, self._line))
            self._line += 1

    def _submit(self, entry: Entry, *, replaces: bool = False) -> None:
        room, at, seen = self.room, self.room.clock.now(), self.facts.seq if self.facts else 0
        how = How.SHEET if self._in_order else How.SCAN
        try:
            act = room.act()
        except Refused as refusal:
            self._refused[entry.place, entry.code] = (entry, refusal.sentence)
            self._tell_refused()
            return
        self._sent.append(entry)

        def save(place: str, code: str, typed: str) -> Sentence:
            from floodready.materials.commands import observe
            from floodready.materials.count_reading import booked_told

            entered = observe(
                room.store, act, zone=room.zone, session=self._session, place=place, code=code, typed=typed,
                counted_at=at, seen_seq=seen, how=how, replaces=replaces,
            )  # fmt: skip
            if entered.unresolved is not None:
                return say("{code} is not a lot known here. It is kept as unresolved; go on.", code=verbatim(code))
            if entered.booked_at:
                return booked_told(room.store, entered.booked_at)
            return say("{lot}: {counted}", lot=verbatim(code), counted=verbatim(typed))

        room.runner.submit(self, partial(save, entry.place, entry.code, entry.typed))

    def _tell_where(self) -> None:
        facts = self.facts
        if facts is None or facts.session is None:
            return
        place = verbatim(facts.places.get(self._place or "", self._place or "—"))
        if facts.session.state is not SessionState.OPEN:
            now = say("This count is {state}; nothing more is entered.", state=facts.session.state.word)
        elif self._in_order and self._code is None:
            done = self._line >= len(facts.session.sheet)
            now = say("The sheet is done. Post with F8.") if done else say(
                "Line {number}: {line}", number=self._line + 1, line=_named(facts, self._line)
            )  # fmt: skip
        elif self._code is not None:
            now = say("{place}: how many of {code}?", place=place, code=_told_code(facts, self._code))
        else:
            now = say("{place}: scan a lot, or type a line number of the sheet", place=place)
        about = say_many(
            "{name}: {count} line; unknown codes: {unresolved}",
            "{name}: {count} lines; unknown codes: {unresolved}",
            len(facts.rows),
            name=verbatim(facts.session.name),
            unresolved=facts.unresolved,
        )
        self.query_one("#count-told", Words).say(about, now)

    def _show_line(self, key: str) -> None:
        if key:
            self.query_one("#count-lines", VirtualTable).go_to(key)

    def _tell_refused(self) -> None:
        """Name every lot that is to be entered anew, however fast they were scanned, and say why the last one is."""
        refused = list(self._refused.values())
        told = [
            say("{lot}, “{typed}” was not taken: {why}", lot=verbatim(entry.code), typed=verbatim(entry.typed), why=why)
            for entry, why in refused[-1:]
        ]
        if len(refused) > 1:
            told.insert(0, say("Not taken: {lots}.", lots=verbatim(", ".join(entry.code for entry, _ in refused))))
        self.query_one("#count-refused", Words).say(*told)


def _known(facts: CountFacts, code: str) -> str | None:
    """Give the id of a place, lot or item that a label or a typed code means; None for a code nobody knows."""
    told = without_check(code)
    plain = told.partition("-")[2] if told else code
    for tried in (plain, code, code.upper()):
        if tried and (tried in facts.places or tried in facts.lots or tried in facts.items):
            return tried
    return None


def _is_barcode(code: str) -> bool:
    return code.isdecimal() and len(code) >= BARCODE


def _named(facts: CountFacts, place: int) -> Sentence:
    if place >= len(facts.rows):
        return NOTHING
    row = facts.rows[place]
    return say("{item}, lot {lot}, in {place}", item=verbatim(f"{row.name} {row.spec}".strip()), lot=row.lot,
               place=verbatim(row.place))  # fmt: skip


def _told_code(facts: CountFacts, code: str) -> Sentence:
    name = next((row.name for row in facts.rows if row.lot == code), "")
    return verbatim(f"{code} {name}".strip())
