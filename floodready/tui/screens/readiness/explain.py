"""One readiness line explained to its last movement, with the override a leader may set over it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll

from floodready.frozen import frozen
from floodready.language import Sentence, say, say_as
from floodready.organisation.lookup import active_people
from floodready.organisation.models import Person
from floodready.readiness.commands_override import the_line
from floodready.readiness.explain import Explanation, explain
from floodready.readiness.line import LineStatus, status_of
from floodready.store.contract import View
from floodready.tui.keys import bind
from floodready.tui.pillars import pillar_of
from floodready.tui.room import Room
from floodready.tui.screens.pillar_screen import PillarScreen
from floodready.tui.screens.readiness import override_forms
from floodready.tui.widgets.light import Headline
from floodready.tui.widgets.words import NOTHING, Words

if TYPE_CHECKING:
    from floodready.tui.duty_app import DutyApp


@frozen
class ExplainFacts:
    """The explanation, and who could stand by an override."""

    told: Explanation
    people: list[Person]


class ExplainScreen(PillarScreen[ExplainFacts]):
    """Colour, rules, figures and evidence, journal entries of one line."""

    TITLE_WORDS = say("Explain")
    HELP_WORDS = say("Why the line has its colour, and what stands behind it. Arrows scroll, esc goes back.")
    TIMED = True
    AUTO_FOCUS = "VerticalScroll"
    DEFAULT_CSS = """
    ExplainScreen {
        #explain-head { padding: 1 1 0 1; }
        VerticalScroll { height: 1fr; padding: 0 1; scrollbar-size-vertical: 1; }
        .explain--heading { color: $accent; text-style: bold; margin: 1 0 0 0; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("explain.override", "o", "override", say_as("a colour", "override"),
             say("Set a leader's colour over the computed one, for 72 h at most.")),
        bind("explain.end", "x", "end", say("end override"), say("End the override: the computed colour shows again.")),
        bind("explain.open", "v", "open", say("open"), say("Go to what the line speaks of.")),
    ]  # fmt: skip
    PARTS: ClassVar[tuple[tuple[str, Sentence], ...]] = (
        ("colour", say("Colour")),
        ("rules", say("Rules")),
        ("figures", say("Figures and evidence")),
        ("entries", say("Journal")),
    )

    def __init__(self, line: str) -> None:
        super().__init__()
        self._line = line

    def body(self) -> ComposeResult:
        yield Headline(id="explain-head")
        with VerticalScroll():
            for id, heading in self.PARTS:
                yield Words(heading, classes="explain--heading", id=f"heading-{id}")
                yield Words(id=f"part-{id}")

    def read_facts(self, view: View, room: Room) -> ExplainFacts:
        at = room.at()
        status = status_of(the_line(view, self._line, at, room.zone), at)
        people = active_people(view)
        return ExplainFacts(told=explain(room.store, view, status, at, room.zone), people=people)

    def show_facts(self, facts: ExplainFacts) -> None:
        status = facts.told.status
        self.query_one(Headline).tell(status.colour, status.line.subject)
        for id, _ in self.PARTS:
            said = getattr(facts.told, id)
            self.query_one(f"#part-{id}", Words).say(*(said or (NOTHING,)))
            self.query_one(f"#heading-{id}").display = bool(said)
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in {"end", "override"} and self.facts is not None:
            return (self._status.overriding is not None) == (action == "end")
        return super().check_action(action, parameters)

    def action_override(self) -> None:
        if self.facts is not None:
            self.app.push_screen(override_forms.set_form(self.room, self._status, self.facts.people))

    def action_end(self) -> None:
        over = self._status.overriding
        if over is not None:
            self.app.push_screen(override_forms.end_form(self.room, over.id))

    def action_open(self) -> None:
        opens = self._status.line.opens if self.facts is not None else None
        if opens is not None and pillar_of(opens[0]):
            self.dismiss(None)
            self.duty_app.open_document(*opens)

    @property
    def _status(self) -> LineStatus:
        assert self.facts is not None
        return self.facts.told.status


def open_explanation(app: DutyApp, decisive: LineStatus | None) -> None:
    """Show why a row has its colour by the line that decides it; None says that there is nothing to explain."""
    if decisive is None:
        app.say_in_passing(say("Every line here is in order; “a” shows them all."))
    else:
        app.push_screen(ExplainScreen(decisive.line.id))
