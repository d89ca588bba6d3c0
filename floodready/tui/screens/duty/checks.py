"""The post checks of a unit, the latest first, and the written explanation of one that found the post unmanned."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from floodready.clock import local_day, local_time
from floodready.duty.models_shift import PostCheck
from floodready.duty.roster import serving
from floodready.frozen import frozen
from floodready.language import Sentence, say, say_as, say_many, verbatim
from floodready.organisation.lookup import person_name
from floodready.organisation.models import Person
from floodready.store.contract import View
from floodready.tui.keys import bind
from floodready.tui.room import Room
from floodready.tui.screens.dialog import Notice
from floodready.tui.screens.duty import forms
from floodready.tui.screens.duty.of_unit import OfUnitScreen
from floodready.tui.theme import Tone
from floodready.tui.widgets.virtual_table import Column, VirtualTable
from floodready.tui.widgets.words import NOTHING


@frozen
class CheckRow:
    """One check, worded."""

    check: PostCheck
    time: str
    whom: str
    result: Sentence
    tone: Tone
    explained: Sentence
    answered_for: tuple[Sentence, ...]
    """Who explained it and who accepted that, each with the time; nothing of what has not been done."""


@frozen
class Checks:
    """What the screen shows, and whom its form chooses from."""

    unit: str
    rows: list[CheckRow]
    people: list[Person]


COLUMNS: tuple[Column[CheckRow], ...] = (
    Column(id="time", heading=say("Time"), cell=lambda r: r.time, width=16),
    Column(id="result", heading=say("Result"), cell=lambda r: r.result, width=10, tone=lambda r: r.tone),
    Column(id="whom", heading=say("Who answered"), cell=lambda r: r.whom, width=14, grow=1),
    Column(id="explained", heading=say("Explanation"), cell=lambda r: r.explained, width=24, grow=3,
           tone=lambda r: Tone.WATCH if r.check.missed and not r.check.accepted_by else None),
    Column(id="method", heading=say("Method"), cell=lambda r: r.check.method, width=12, priority=3),
)  # fmt: skip


class ChecksScreen(OfUnitScreen[Checks]):
    """What the checks of the post found, and how each miss was explained."""

    TITLE_WORDS = say("Post checks")
    HELP_WORDS = say("A check that found nobody is explained in writing by the unit's head: space on its row. Another "
                     "person accepts the explanation with y; that closes the record that asked for it.")  # fmt: skip
    TABLES = frozenset({"duty.post_checks", "organisation."})
    BINDINGS: ClassVar[list[BindingType]] = [
        bind(
            "checks.explain",
            "space",
            "explain",
            say_as("in writing", "explain"),
            say("Explain the missed check in writing."),
        ),
        bind("checks.accept", "y", "accept", say("accept"), say("Accept the explanation and close its record.")),
        bind("checks.new", "n", "new", say("new check"), say("Record a check of the post.")),
    ]

    def body(self) -> ComposeResult:
        yield VirtualTable(
            COLUMNS,
            lambda row: row.check.id,
            empty=say("No check yet."),
            first=say("Press n to record one."),
            id="checks",
        )

    def read_facts(self, view: View, room: Room) -> Checks:
        unit = self.unit_shown(view, room)
        if unit is None:
            return Checks(unit="", rows=[], people=[])
        found = sorted(view.find(PostCheck, unit=unit), key=lambda check: check.at, reverse=True)
        return Checks(
            unit=unit,
            rows=[check_row(view, check, room) for check in found],
            people=serving(view, unit, local_day(room.at(), room.zone)),
        )

    def show_facts(self, facts: Checks) -> None:
        self.query_one("#checks", VirtualTable).show_rows(facts.rows)

    @on(VirtualTable.Opened, "#checks")
    def open_check(self, opened: VirtualTable.Opened) -> None:
        """Show all that is known of a check."""
        row: CheckRow = opened.row
        self.app.push_screen(Notice(say("Post check {check}", check=row.check.id), *check_told(row)))

    def action_explain(self) -> None:
        row: CheckRow | None = self.query_one("#checks", VirtualTable).row
        if row is None:
            return
        if row.check.missed:
            self.app.push_screen(forms.explain(self.room, row.check, row.time))
        else:
            self._tell_manned(row)

    def action_accept(self) -> None:
        from floodready.duty.commands_log import accept_explanation

        room = self.room
        row: CheckRow | None = self.query_one("#checks", VirtualTable).row
        if row is None:
            return
        if not row.check.missed:
            self._tell_manned(row)
            return
        act, check = room.act(), row.check
        self.run_command(lambda: _accepted_told(accept_explanation(room.store, act, check, zone=room.zone)))

    def _tell_manned(self, row: CheckRow) -> None:
        told = say("This check found the post manned. There is nothing to explain.")
        self.app.push_screen(Notice(say("Post check {check}", check=row.check.id), told))

    def action_new(self) -> None:
        if self.facts is not None and self.facts.unit:
            self.app.push_screen(forms.check(self.room, self.facts.unit, self.facts.people))


def waits(check: PostCheck) -> bool:
    """Tell whether a check still waits for its written explanation."""
    return check.missed and not check.explanation


def check_row(view: View, check: PostCheck, room: Room) -> CheckRow:
    """Word one check."""
    return CheckRow(
        check=check,
        time=local_time(check.at, room.zone),
        whom=person_name(view, check.whom or ""),
        result=say("✘ missed") if check.missed else say("✔ manned"),
        tone=Tone.BAD if waits(check) else Tone.GOOD if not check.missed else Tone.MUTED,
        explained=_explained(check),
        answered_for=tuple(_answered_for(view, check, room)),
    )


def _explained(check: PostCheck) -> Sentence:
    if not check.missed:
        return NOTHING
    if waits(check):
        return say("! not explained yet")
    text = verbatim(check.explanation.replace("\n", " "))
    return say("accepted: {text}", text=text) if check.accepted_by else say("not accepted: {text}", text=text)


def _answered_for(view: View, check: PostCheck, room: Room) -> Iterator[Sentence]:
    if check.explained_by is not None and check.explained_at is not None:
        person = verbatim(person_name(view, check.explained_by))
        yield say("Explained by {person}, {time}.", person=person, time=local_time(check.explained_at, room.zone))
    if check.accepted_by is not None and check.accepted_at is not None:
        person = verbatim(person_name(view, check.accepted_by))
        yield say("Accepted by {person}, {time}.", person=person, time=local_time(check.accepted_at, room.zone))


def _accepted_told(check: PostCheck) -> Sentence:
    return say("The explanation of check {check} is accepted; the record that asked for it is closed.", check=check.id)


def check_told(row: CheckRow) -> list[Sentence]:
    """Say all that is known of a check."""
    check = row.check
    told = [say("{time}, {method}: {result}", time=row.time, method=verbatim(check.method), result=row.result)]
    if row.whom:
        told.append(say("{person} answered", person=verbatim(row.whom)))
    if check.rings is not None:
        told.append(say_many("after {count} ring", "after {count} rings", check.rings))
    if not check.on_site:
        told.append(say("not on site"))
    if check.forwarded:
        told.append(say("the line was forwarded to a mobile"))
    if check.note:
        told.append(verbatim(check.note))
    if check.missed:
        told.append(say("Explanation: {text}", text=row.explained))
    return [*told, *row.answered_for]
