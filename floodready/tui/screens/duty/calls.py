"""The call round: everyone's number, and one key for each answer."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from floodready.clock import local_day
from floodready.duty.call_round import RoundRow, round_rows, still_to_call
from floodready.duty.models_shift import CallAnswer, CallRound
from floodready.frozen import frozen
from floodready.language import Sentence, say, say_many, verbatim
from floodready.store.contract import View
from floodready.tui.keys import bind
from floodready.tui.room import Room
from floodready.tui.screens.duty.of_unit import OfUnitScreen
from floodready.tui.theme import Tone
from floodready.tui.widgets.virtual_table import Column, VirtualTable
from floodready.tui.widgets.words import NOTHING


@frozen
class CallRow:
    """One person of the round."""

    person: str
    name: str
    number: str
    answer: Sentence
    tone: Tone | None


@frozen
class Calls:
    """The open round, or the last one."""

    unit: str
    round: CallRound | None
    rows: list[CallRow]
    today: date


COLUMNS: tuple[Column[CallRow], ...] = (
    Column(id="name", heading=say("Person"), cell=lambda r: r.name, width=24, grow=2),
    Column(id="number", heading=say("Phone"), cell=lambda r: r.number, width=18, grow=1),
    Column(id="answer", heading=say("Answer"), cell=lambda r: r.answer, width=18, grow=1, tone=lambda r: r.tone),
)


class CallScreen(OfUnitScreen[Calls]):
    """A communication check, person by person."""

    TITLE_WORDS = say("Call round")
    HELP_WORDS = say(
        "n begins a round. Space notes who was reached; the number is verified by it. Who "
        "does not answer stands there with their next number."
    )
    TABLES = frozenset({"duty.call_rounds", "organisation.people"})
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("calls.begin", "n", "begin", say("new round"), say("Begin a round over all people of the unit.")),
        bind("calls.reached", "space", "answer('reached')", say("reached"), say("The person was reached.")),
        bind("calls.silent", "x", "answer('no answer')", say("no answer"), say("Nobody answered.")),
        bind("calls.wrong", "w", "answer('wrong number')", say("wrong number"), say("It is somebody else's number.")),
        bind(
            "calls.changed",
            "c",
            "answer('changed')",
            say("number changed"),
            say("The person has another number now; enter it with the person."),
            shown=False,
        ),
    ]

    def body(self) -> ComposeResult:
        yield VirtualTable(
            COLUMNS, lambda row: row.person, empty=say("No round yet."), first=say("Press n to begin one."), id="calls"
        )

    def read_facts(self, view: View, room: Room) -> Calls:
        unit, today = self.unit_shown(view, room), local_day(room.at(), room.zone)
        rounds = sorted(view.find(CallRound, unit=unit), key=lambda held: held.begun_at)
        if unit is None or not rounds:
            return Calls(unit=unit or "", round=None, rows=[], today=today)
        return Calls(unit=unit, round=rounds[-1], rows=call_rows(view, rounds[-1]), today=today)

    def show_facts(self, facts: Calls) -> None:
        self.query_one("#calls", VirtualTable).show_rows(facts.rows)

    def action_begin(self) -> None:
        facts, room = self.facts, self.room
        if facts is None or not facts.unit:
            return
        act = room.act()
        seen = () if facts.round is None else (facts.round,)

        def do() -> Sentence:
            from floodready.duty.commands_log import begin_call_round

            begun = begin_call_round(room.store, act, unit=facts.unit, today=facts.today, seen=seen)
            return say_many(
                "Round {round}: {count} person to call.",
                "Round {round}: {count} people to call.",
                len(begun.people),
                round=begun.id,
            )

        self.run_command(do)

    def action_answer(self, answer: str) -> None:
        facts, room = self.facts, self.room
        row: CallRow | None = self.query_one("#calls", VirtualTable).row
        if facts is None or facts.round is None or row is None:
            return
        act, held = room.act(), facts.round

        def do() -> Sentence:
            from floodready.duty.commands_log import record_call

            made = record_call(
                room.store,
                act,
                held,
                person=row.person,
                number=row.number,
                answer=CallAnswer(answer),
                today=facts.today,
            )
            return say("Noted. {count} still to call.", count=still_to_call(made))

        self.run_command(do)


def call_rows(view: View, held: CallRound) -> list[CallRow]:
    """Give everybody of a round with the number to dial next and the last answer."""
    return [
        CallRow(
            person=row.person,
            name=row.name,
            number=row.number,
            answer=_marked(row),
            tone=None if row.answer is None else Tone.GOOD if row.answer is CallAnswer.REACHED else Tone.BAD,
        )
        for row in round_rows(view, held)
    ]


def _marked(row: RoundRow) -> Sentence:
    if row.told is None:
        return NOTHING
    mark = verbatim("✔" if row.answer is CallAnswer.REACHED else "✘")
    return say("{mark} {answer}", mark=mark, answer=row.told)
