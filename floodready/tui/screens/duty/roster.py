"""The roster: who is on now and next, gaps in place, and the way to log, handover, swaps, fairness and calls."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from importlib import import_module
from typing import ClassVar
from zoneinfo import ZoneInfo

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from floodready.clock import local_day, local_time
from floodready.duty.coverage import gaps
from floodready.duty.models import Rota
from floodready.duty.models_shift import CallRound, Handover, PostCheck
from floodready.duty.roster import Candidate, candidates, leader_presence, plan_of, serving, units_with_duty
from floodready.duty.views import LOOK, GapRow, SpanRow, end_of_rota, gap_row, post_name, span_row
from floodready.duty.whole_turns import whole_turns
from floodready.frozen import frozen
from floodready.language import Sentence, say, say_many, verbatim
from floodready.organisation.models import Person, Unit
from floodready.refusal import Refused
from floodready.store.contract import View
from floodready.tui.keys import bind
from floodready.tui.nothing_there import NO_DUTY, NO_ROTA, POSTS_FIRST, ROTA_FIRST, nothing_told
from floodready.tui.room import Room
from floodready.tui.screens.choose_unit import ChooseUnit
from floodready.tui.screens.dialog import Notice
from floodready.tui.screens.duty import forms
from floodready.tui.screens.duty.of_unit import OfUnitScreen
from floodready.tui.theme import Tone
from floodready.tui.widgets.crumbs import Crumbs
from floodready.tui.widgets.virtual_table import Column, VirtualTable
from floodready.tui.widgets.words import NOTHING, Words
from floodready.tui.work import start

AHEAD = timedelta(days=31)
_BESIDE: Mapping[str, tuple[type[PostCheck | CallRound | Handover], str]] = {
    PostCheck.table: (PostCheck, "checks:ChecksScreen"),
    CallRound.table: (CallRound, "calls:CallScreen"),
    Handover.table: (Handover, "log:LogScreen"),
}
"""What of a unit is shown on a screen of its own, as `module:Class`, by its table."""


@frozen
class RosterRow:
    """A span or a gap of the calendar, worded."""

    key: str
    start: datetime
    start_text: str
    end_text: str
    post: str
    who: Sentence
    why: Sentence
    phone: str
    tone: Tone | None
    span: SpanRow | None = None
    gap: GapRow | None = None


@frozen
class Roster:
    """What the screen shows."""

    unit: str
    units: list[Unit]
    """Those that keep duty."""
    rows: list[RosterRow]
    headline: tuple[Sentence, ...]
    offered: dict[str, Sequence[Candidate]]
    """Who could fill each gap of the next week, by the row's key."""
    people: list[Person]
    """Who may be given duty."""
    serving: list[Person]
    """These, and who has left and stands duty still to the end of the last day."""
    at: datetime


COLUMNS: tuple[Column[RosterRow], ...] = (
    Column(id="start", heading=say("From"), cell=lambda r: r.start_text, width=11),
    Column(id="end", heading=say("Until"), cell=lambda r: r.end_text, width=11),
    Column(id="post", heading=say("Post"), cell=lambda r: r.post, width=12, grow=1),
    Column(id="who", heading=say("Person"), cell=lambda r: r.who, width=18, grow=2, tone=lambda r: r.tone),
    Column(id="phone", heading=say("Phone"), cell=lambda r: r.phone, width=14, priority=2),
    Column(id="why", heading=say("Why"), cell=lambda r: r.why, width=20, grow=2, priority=3,
           tone=lambda _: Tone.MUTED),
)  # fmt: skip


class DutyScreen(OfUnitScreen[Roster]):
    """Who is on duty, by post and time, with the gaps where they are."""

    TITLE_WORDS = say("Duty")
    HELP_WORDS = say("Who stands which post when, and why. A gap stands in its place; space fills it.")
    TABLES = frozenset({"duty.", "organisation.", "season."})
    TIMED = True
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("duty.fill", "space", "fill", say("fill gap"), say("Put somebody free, rested and qualified on the gap.")),
        bind("duty.log", "l", "log", say("log"), say("The duty log, what is open, and the handover.")),
        bind("duty.swap", "x", "swap", say("swap"), say("Ask somebody to take over the turn of the row.")),
        bind("duty.swaps", "w", "swaps", say("swaps"), say("Swaps that are asked for, agreed or in force."),
             shown=False),
        bind("duty.leave", "v", "leave", say("leave"), say("Enter leave; the gap it leaves is shown.")),
        bind("duty.calendar", "m", "calendar", say("calendar"), say("The month or week by post, gaps in place.")),
        bind("duty.plan", "o", "plan", say("rotas"),
             say("Rotations, temporary rotas, changes of duty, leave, wishes; and have a rota proposed.")),
        bind("duty.unit", "u", "unit", say("unit"), say("Show another unit that keeps duty."), shown=False),
        bind("duty.gaps", "a", "gaps", say("gaps"), say("The gaps ahead with who could fill each."), shown=False),
        bind("duty.fairness", "f", "fairness", say("fairness"), say("Who stood how much of which time."),
             shown=False),
        bind("duty.calls", "c", "calls", say("call round"), say("Call everyone and note who answers."), shown=False),
        bind("duty.check", "p", "check", say("post check"), say("Record a check of the post."), shown=False),
        bind("duty.checks", "P", "checks", say("post checks"),
             say("What the checks of the post found; explain a missed one."), shown=False),
    ]  # fmt: skip

    def body(self) -> ComposeResult:
        yield Words(NOTHING, id="headline")
        yield VirtualTable(
            COLUMNS,
            lambda row: row.key,
            empty=NO_DUTY,
            first=POSTS_FIRST,
            id="roster",
        )

    def read_facts(self, view: View, room: Room) -> Roster:
        unit, at = self.unit_shown(view, room), room.at()
        units = units_with_duty(view)
        if unit is None:
            return Roster(unit="", units=[], rows=[], headline=(), offered={}, people=[], serving=[], at=at)
        rows = list(roster_rows(view, unit, at, room.zone))
        soon = [row for row in rows if row.gap is not None and row.start < at + timedelta(days=7)]
        offered = {
            row.key: candidates(view, unit, row.gap.post, row.gap.start, row.gap.end, room.zone)
            for row in soon[:5]
            if row.gap is not None
        }
        there = serving(view, unit, local_day(at, room.zone))
        people = [person for person in there if person.active]
        headline = tuple(headline_of(view, unit, at, room.zone))
        if not any(view.find(Rota, unit=unit)):
            headline = (nothing_told(NO_ROTA, ROTA_FIRST, past=room.as_of is not None), *headline)
        return Roster(unit=unit, units=units, rows=rows, headline=headline, offered=offered, people=people,
                      serving=there, at=at)  # fmt: skip

    @property
    def crumb(self) -> Sentence:
        """Duty, and whose it is where several units keep it."""
        name = next((unit.name for unit in self.facts.units if unit.id == self.facts.unit), "") if self.facts else ""
        several = self.facts is not None and len(self.facts.units) > 1
        return say("Duty of {unit}", unit=verbatim(name)) if several else self.TITLE_WORDS

    def show_facts(self, facts: Roster) -> None:
        self.query_one(Crumbs).tick()
        self.query_one("#headline", Words).say(*facts.headline)
        self.query_one("#roster", VirtualTable).show_rows(facts.rows)

    @on(VirtualTable.Opened, "#roster")
    def open_row(self, opened: VirtualTable.Opened) -> None:
        """Say why, and who could fill a gap."""
        row: RosterRow = opened.row
        assert self.facts is not None
        could = [
            say_many(
                "{person}: {count} turn around that time",
                "{person}: {count} turns around that time",
                one.turns,
                person=verbatim(one.name),
            )
            for one in self.facts.offered.get(row.key, ())
        ]
        phone = [say("Phone: {phone}", phone=verbatim(row.phone))] if row.phone else []
        self.app.push_screen(Notice(row.who, row.why, *phone, *could))

    def action_fill(self) -> None:
        row = self._row()
        if row is not None and row.gap is not None and self.facts is not None:
            offered = self.facts.offered.get(row.key, ())
            self.app.push_screen(forms.fill(self.room, row.gap, offered, self.facts.people))
        elif row is not None:
            self.duty_app.tell_refusal(Refused(say("This turn is filled. Press a to see the gaps ahead.")))

    def action_swap(self) -> None:
        row = self._row()
        if row is not None and row.span is not None and self.facts is not None:
            turns = [one.span for one in self.facts.rows if one.span is not None]
            self.app.push_screen(forms.swap(self.room, row.span, self.facts.people, turns, self.facts.at))
        elif row is not None:
            self.duty_app.tell_refusal(Refused(say("Nobody stands this turn: it is a gap. Press space to fill it.")))

    def action_leave(self) -> None:
        if self.facts is not None and self.facts.unit:
            self.app.push_screen(forms.leave(self.room, self.facts.people, self.facts.at))

    def action_check(self) -> None:
        if self.facts is not None and self.facts.unit:
            self.app.push_screen(forms.check(self.room, self.facts.unit, self.facts.serving))

    def action_unit(self) -> None:
        facts = self.facts
        if facts is not None and facts.units:
            now = next(unit for unit in facts.units if unit.id == facts.unit)
            self.app.push_screen(ChooseUnit(facts.units, now), self._show_unit)

    def open_document(self, table: str, id: str) -> None:
        """Show the duty of a unit, or its post checks, calls and handovers on the screens of their own."""
        if table in _BESIDE:
            start(self, partial(self._go_beside, table, id), "beside")
        elif self.facts is not None and id in {unit.id for unit in self.facts.units}:
            self._show_unit(id)
        else:
            super().open_document(table, id)

    async def _go_beside(self, table: str, id: str) -> None:
        kind, named = _BESIDE[table]
        found = await self.room.runner.read(lambda: self.room.view().get(kind, id))
        module, _, name = named.partition(":")
        # A line of the board speaks of all that a unit has: it names the unit.
        screen = getattr(import_module(f"floodready.tui.screens.duty.{module}"), name)(found.unit if found else id)
        screen.reveal(table, id)
        self.app.push_screen(screen)

    def action_log(self) -> None:
        from floodready.tui.screens.duty.log import LogScreen

        self.app.push_screen(LogScreen(self.chosen))

    def action_calendar(self) -> None:
        from floodready.tui.screens.duty.calendar import CalendarScreen

        self.app.push_screen(CalendarScreen(self.chosen))

    def action_plan(self) -> None:
        from floodready.tui.screens.duty.plan import PlanScreen

        self.app.push_screen(PlanScreen(self.chosen))

    def action_gaps(self) -> None:
        from floodready.tui.screens.duty.gap_list import GapScreen

        self.app.push_screen(GapScreen(self.chosen))

    def action_swaps(self) -> None:
        from floodready.tui.screens.duty.swaps import SwapScreen

        self.app.push_screen(SwapScreen(self.chosen))

    def action_fairness(self) -> None:
        from floodready.tui.screens.duty.fairness import FairnessScreen

        self.app.push_screen(FairnessScreen(self.chosen))

    def action_calls(self) -> None:
        from floodready.tui.screens.duty.calls import CallScreen

        self.app.push_screen(CallScreen(self.chosen))

    def action_checks(self) -> None:
        from floodready.tui.screens.duty.checks import ChecksScreen

        self.app.push_screen(ChecksScreen(self.chosen))

    def _show_unit(self, unit: str | None) -> None:
        if unit is not None and self.facts is not None and unit != self.facts.unit:
            self.chosen = unit
            self.read_anew()

    def _row(self) -> RosterRow | None:
        row: RosterRow | None = self.query_one("#roster", VirtualTable).row
        return row


def roster_rows(view: View, unit: str, at: datetime, zone: ZoneInfo) -> Iterator[RosterRow]:
    """Give the spans and gaps from now on, in order of time; at one time in that of the posts in the unit's figures."""
    plan = plan_of(view, unit, zone)
    order = {post_name(view, need.post): place for place, need in enumerate(plan.settings.needs)}
    spans = whole_turns(plan, at - LOOK, at + AHEAD, at)
    rows = [_span(span_row(view, unit, span, at, zone), at, zone) for span in spans if span.end > at]
    rows += [_gap(gap_row(view, unit, gap, zone), at, zone) for gap in gaps(plan, at, at + AHEAD)]
    return iter(sorted(rows, key=lambda row: (row.start, order.get(row.post, len(order)), row.post, row.key)))


def headline_of(view: View, unit: str, at: datetime, zone: ZoneInfo) -> Iterator[Sentence]:
    """Say where the leader must be and why, and when the rota runs out."""
    presence = leader_presence(view, unit, at, zone)
    if presence.on_site:
        yield say("Leader on site: {reason}.", reason=presence.reasons[0])
    else:
        yield say("Leader on site or reachable.")
    end = end_of_rota(plan_of(view, unit, zone), at, zone)
    if end is not None:
        yield say("Watch: {what}.", what=end)


def _day_and_hour(instant: datetime, zone: ZoneInfo) -> str:
    """Write an instant without its year: the list spans a month, and on 80 columns the phone needs the room."""
    return local_time(instant, zone)[5:]


def _span(row: SpanRow, at: datetime, zone: ZoneInfo) -> RosterRow:
    on_now = row.start <= at < row.end
    return RosterRow(
        key=f"{row.post}/{row.person}/{row.start:%Y%m%d%H%M%S}",
        start=row.start,
        start_text=_day_and_hour(row.start, zone),
        end_text=_day_and_hour(row.end, zone),
        post=row.post_name,
        who=say("on now: {person}", person=verbatim(row.name)) if on_now else verbatim(row.name),
        why=row.why,
        phone=f"{row.phone} ?" if row.phone_is_old else row.phone,
        tone=Tone.STRONG if on_now else None,
        span=row,
    )


def _gap(row: GapRow, at: datetime, zone: ZoneInfo) -> RosterRow:
    return RosterRow(
        key=f"gap/{row.post}/{row.start:%Y%m%d%H%M%S}",
        start=row.start,
        start_text=_day_and_hour(row.start, zone),
        end_text=_day_and_hour(row.end, zone),
        post=row.post_name,
        who=say("✘ gap: {count} missing", count=row.missing),
        why=row.cause,
        phone="",
        tone=Tone.BAD if row.start <= at else Tone.WATCH,
        gap=row,
    )
