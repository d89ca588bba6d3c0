"""One entry of a form: a label, what is typed, and beside it what was understood or what is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, NamedTuple

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input

from floodready.language import Sentence, say
from floodready.tui.keys import Group, bind
from floodready.tui.widgets.words import NOTHING, Words


class Understood(NamedTuple):
    """What a field makes of a text: a value, or what is wrong with it."""

    value: Any = None
    echo: Sentence | None = None
    """How the value was understood, where the text does not say it already."""
    problem: Sentence | None = None


class FieldInput(Input):
    """The typed part of a field; Enter and the arrows are the form's."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bind("field.enter", "enter", "submit", say("next field"), say("To the next field; from the last one, do it."),
             group=Group.ENTRY, shown=False),
        bind("field.choose", "up,down", "choose", say("choose"), say("Go through what can be chosen, or the days."),
             group=Group.ENTRY),
        bind("field.empty", "ctrl+u", "delete_left_all", say("empty"), say("Empty the field, up to the cursor."),
             group=Group.ENTRY, shown=False),
    ]  # fmt: skip
    """For the help: what they do is done in `on_key`, and by the stock field."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "choose":
            return self.query_ancestor(Field).has_steps
        return super().check_action(action, parameters)

    def action_choose(self) -> None:
        """Is done in `on_key`, which knows the direction."""

    def on_key(self, event: events.Key) -> None:
        # Taken here, before the stock field: a scanner's Enter must neither submit half a form nor get lost.
        field = self.query_ancestor(Field)
        if event.key == "enter":
            event.stop().prevent_default()
            field.post_message(Field.Entered(field))
        elif event.key in ("up", "down") and field.step(1 if event.key == "down" else -1):
            event.stop().prevent_default()


class Field(Widget):
    """A labelled entry. Subclasses say what they make of a text."""

    DEFAULT_CSS = """
    Field { height: auto; width: 1fr;
        Horizontal { height: 1; }
        .field--label { width: 22; color: $foreground; text-wrap: nowrap; text-overflow: ellipsis; }
        .field--told { padding: 0 0 0 23; height: 1; color: $tone-muted; text-wrap: nowrap; text-overflow: ellipsis; }
        /* What is wrong is read to its end; an echo or a hint may be cut. */
        .field--told.-bad { color: $tone-bad; text-style: bold; height: auto; text-wrap: wrap; }
    }
    """

    @dataclass
    class Entered(Message):
        """Enter was pressed in a field."""

        field: Field

    @dataclass
    class Changed(Message):
        """What is typed in a field is another text."""

        field: Field

    KEPT: ClassVar[bool] = True
    """Whether what is typed may be kept for when the form is opened again."""
    TYPING_REPLACES: ClassVar[bool] = False
    """What `typing_replaces` says of all fields of a kind."""
    IS_TIME: ClassVar[bool] = False
    """Whether it begins with the time at which it is opened, where it begins with anything: later, with another."""

    def __init__(
        self, name: str, label: Sentence, *, value: str = "", required: bool = True, hint: Sentence | None = None
    ) -> None:
        """`value` is the text it begins with; `hint` is shown while nothing is typed."""
        super().__init__(id=f"field-{name}")
        self.field_name = name
        self._label = label
        self._first = value
        self._required = required
        self._hint = hint
        self._touched = False
        self._objection: Sentence | None = None

    def compose(self) -> ComposeResult:
        with Horizontal():
            yield Words(self._label, classes="field--label")
            yield FieldInput(self._first, compact=True, select_on_focus=self.typing_replaces)
        yield Words(self._told(), classes="field--told")

    # What subclasses say

    def understand(self, text: str) -> Understood:
        """Make a value of a text that is not empty."""
        return Understood(text)

    def step(self, by: int) -> bool:
        """Go to the next or previous value on an arrow key; tells whether this field has such."""
        del by
        return False

    @property
    def typing_replaces(self) -> bool:
        """Whether what stands in the field when it is entered goes as soon as something is typed."""
        return self.TYPING_REPLACES

    @property
    def has_steps(self) -> bool:
        """Whether the arrows go to other values."""
        return False

    @property
    def nothing(self) -> Any:
        """The value of an empty field that need not be filled."""
        return None

    def near_day(self) -> date | None:
        """Give the day at which a calendar opens to choose this field's; None where it holds none."""
        return None

    def take_day(self, day: date) -> None:
        """Put in a day that was chosen in a calendar."""
        del day

    # What is kept of it for when the form is opened again, perhaps on another day and in another language

    @property
    def kept_text(self) -> str:
        """Give what is typed so that it means the same whenever it is read again."""
        return self.text

    @property
    def begun_text(self) -> str:
        """Give what it began with, in the same form."""
        return self._first

    def take_kept(self, text: str) -> None:
        """Put in what `kept_text` gave."""
        self.text = text

    def begin_again(self) -> None:
        """Put in what it began with."""
        self.text = self._first
        self._touched = False
        self._tell()

    # What the form asks

    @property
    def label(self) -> Sentence:
        """What it is called."""
        return self._label

    @property
    def text(self) -> str:
        """What is typed."""
        return self.query_one(FieldInput).value if self.is_mounted else self._first

    @text.setter
    def text(self, text: str) -> None:
        field = self.query_one(FieldInput)
        field.value = text
        field.cursor_position = len(text)

    @property
    def touched(self) -> bool:
        """Whether somebody typed in it or left it filled: before that nothing is held against it."""
        return self._touched

    @property
    def typed_in(self) -> bool:
        """Whether it holds another text than it began with."""
        return self.text.strip() not in ("", self._first.strip())

    @property
    def changed(self) -> bool:
        """Whether it says something else than it began with."""
        first = self._first.strip()
        return self.text.strip() != first and (not first or self.value != self.understand(first).value)

    def understood(self) -> Understood:
        """Give what is made of the text now in the field."""
        text = self.text.strip()
        if text:
            return self.understand(text)
        return Understood(self.nothing, problem=say("must not be empty") if self._required else None)

    @property
    def value(self) -> Any:
        """The value, or None where nothing was understood."""
        return self.understood().value

    def object(self, problem: Sentence | None) -> None:
        """Show what the form or a rule has against the value; None takes it back."""
        self._objection = problem
        self._touched = self._touched or problem is not None
        self._tell()

    def enter(self) -> None:
        """Put the cursor into the field."""
        self.query_one(FieldInput).focus()

    # How it works

    @on(Input.Changed)
    def _changed(self, changed: Input.Changed) -> None:
        changed.stop()
        self._touched = self._touched or changed.value != self._first
        self._objection = None
        self._tell()
        self.post_message(self.Changed(self))

    def on_descendant_focus(self) -> None:
        """Say what can be chosen here, where that is told only to whoever is in the field."""
        self._tell()

    @on(Input.Blurred)
    def _left(self) -> None:
        self._touched = self._touched or bool(self.text)
        self._tell()

    def retranslate(self) -> None:
        """Say the same in the language now chosen."""
        self._tell()

    def _tell(self) -> None:
        told = self.query_one(".field--told", Words)
        told.say(self._told())
        told.set_class(self._problem() is not None, "-bad")

    def _told(self) -> Sentence:
        if (problem := self._problem()) is not None:
            return problem
        understood = self.understood()
        echo = understood.echo if understood.problem is None else None
        return echo or (self._hint if not self.text and self._hint else NOTHING)

    def _problem(self) -> Sentence | None:
        return (self._objection or self.understood().problem) if self._touched else None
