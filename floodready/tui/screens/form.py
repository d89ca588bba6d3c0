"""A form over a screen: checks as one types, keeps what was typed when refused, closes when it is on disk."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical

from floodready.frozen import replace
from floodready.language import Sentence, listed, say
from floodready.refusal import FloodreadyError, Invalid, Refused, Superseded
from floodready.store.contract import Act
from floodready.tui.acts_of_forms import check_may
from floodready.tui.duty_app import InDutyApp
from floodready.tui.keys import Group, bind
from floodready.tui.messages import CommandAccepted, CommandRefused
from floodready.tui.screens.day_chooser import DayChooser
from floodready.tui.screens.dialog import Confirm, Dialog
from floodready.tui.screens.draft_line import DraftLine
from floodready.tui.widgets.field import Field
from floodready.tui.widgets.field_list import FieldList
from floodready.tui.widgets.words import NOTHING, ActButton, Words
from floodready.tui.work import start

if TYPE_CHECKING:
    from floodready.organisation.permissions import Permission

_NAMED = 4
"""Fields that a refusal names: more would push the buttons out of 24 rows."""
Values = dict[str, Any]
"""What the fields hold, by field name."""

ENTRY_KEYS: list[BindingType] = [
    bind("form.submit", "ctrl+s", "submit", say("confirm"),
         say("Do it, from any field. Enter in the last one does too."),
         group=Group.ENTRY),
    bind("form.next", "tab", "app.focus_next", say("next field"), say("To the next field."),
         group=Group.ENTRY),
    bind("form.previous", "shift+tab", "app.focus_previous", say("field before"), say("To the field before."),
         group=Group.ENTRY, shown=False),
]  # fmt: skip
"""The keys of every window in which fields are filled in."""


class Form(InDutyApp, Dialog[bool]):
    """Fields, and one command that takes their values."""

    DEFAULT_CSS = """
    Form #outcome { color: $tone-bad; text-style: bold; margin: 1 0 0 0; display: none; }
    Form #outcome.-told { display: block; }
    Form #outcome.-waiting { color: $tone-muted; text-style: none; }
    Form.-told > Vertical { max-height: 100%; }
    /* What is refused, and the buttons, stay in sight below many fields, also on 24 rows. */
    Form FieldList { max-height: 38vh; }
    /* Where fields are out of sight, the line that says so takes the place of the empty one below the fields. */
    Form #place { color: $tone-muted; display: none; }
    Form.-long #place { display: block; }
    Form.-long #outcome, Form.-long .dialog--buttons { margin: 0; }
    Form .dialog--intro { color: $tone-muted; margin: 0 0 1 0; }
    """
    AUTO_FOCUS = "FieldInput"
    WRITES: ClassVar[bool] = True
    """Whether it is for an act of whoever is signed in; then it says at once where they may not do it, and F2
    signs in over it: what it will do is done by whoever sits there then."""
    BINDINGS: ClassVar[list[BindingType]] = [
        *ENTRY_KEYS,
        bind("form.calendar", "f6", "calendar", say("calendar"), say("Choose the day of this field in a calendar."),
             group=Group.ENTRY),
        bind("form.sign_in", "f2", "sign_in", say("sign in"),
             say("Sign in, or hand the terminal over; what was typed here stays."),
             group=Group.PROGRAM, shown=False),
        bind("form.begin_anew", "f9", "begin_anew", say("start again"),
             say("Throw away what was typed here before the program ended."), group=Group.ENTRY),
    ]  # fmt: skip

    def __init__(
        self,
        title: Sentence,
        fields: Sequence[Field],
        do: Callable[[Act, Values], Sentence | None],
        *,
        act: Sentence,
        intro: Sentence | None = None,
        check: Callable[[Values], Mapping[str, Sentence]] = lambda _: {},
        confirm: Callable[[Values], Sequence[Sentence]] | None = None,
        edits: bool = False,
        may: Permission | None = None,
        leads_to: Callable[..., Any] | None = None,
    ) -> None:
        """Make a form.

        `do` calls a command and gives the receipt; it runs in the store's thread and touches no widget. `act` is the
        word on the button. `check` names what is wrong with values that are each right by themselves, by field; use
        `problems_of`. `confirm`, for what undo cannot mend, says what is about to be done. `edits` tells that the
        fields begin with what stands: left as they are, there is nothing to write. `may` is what a person must be
        permitted where the command of `do` does not declare it, but asks for it itself. `leads_to` is the command, or a
        function that calls it, for which a later screen needs the answer: whoever may not do that is told here.
        """
        super().__init__(title)
        self._fields = tuple(fields)
        self._do = do
        self._act = act
        self._intro = intro
        self._check = check
        self._confirm = confirm
        self._edits = edits
        self._may = may
        self._leads_to = leads_to
        self._waiting = False
        self._owed: tuple[Field, ...] = ()
        """What confirm found wrong and is not mended yet."""
        self._too_late = False
        """Whether somebody else changed meanwhile what it was opened on: what is typed is kept when it is left."""
        self.draft = DraftLine(title, self._fields, edits=edits)

    @property
    def title_words(self) -> Sentence:
        """What stands over the form."""
        return self._title

    def body(self) -> ComposeResult:
        if self._intro is not None:
            yield Words(self._intro, classes="dialog--intro")
        yield self.draft
        with FieldList():
            yield from self._fields
        yield Words(NOTHING, id="place")
        yield Words(NOTHING, id="outcome")
        with Vertical(classes="dialog--buttons"):
            yield ActButton(self._act, id="act")
            yield ActButton(say("Leave"), id="keep")

    def on_mount(self) -> None:
        if self.WRITES:
            start(self, self._ask_permission, "permission")
        kept = self.duty_app.kept_typing
        is_kept = kept.give_back(self.duty_app.room.person, self._title, self._fields)
        if is_kept:
            self.duty_app.say_in_passing(say("What you typed before stands here again; the rest is as it is now."))
        if self.WRITES:
            self.draft.begin(put_back=not is_kept)

    async def _ask_permission(self) -> None:
        """Leave at once, saying why, where nobody may do it here now: before anything is typed in vain."""
        room = self.duty_app.room
        try:
            act = self.act()
            await room.runner.read(lambda: self.check_may(act.person))
        except FloodreadyError as refusal:
            if self.is_current and not self._waiting:
                self.dismiss(None)
                self.duty_app.tell_refusal(refusal)

    def check_may(self, person: str) -> None:
        """Refuse whoever may not do what the form is for. In the store's thread only; raises NotAllowed."""
        check_may(self.duty_app.room.store, person, self._do, self._may, self._leads_to)

    def on_resize(self) -> None:
        # Textual keeps a height given as a part of the terminal when the terminal changes.
        self.query_one(FieldList).refresh(layout=True)

    @on(FieldList.Moved)
    def tell_place(self) -> None:
        """Say which of the fields are in sight, where they are not all."""
        seen = self.query_one(FieldList).seen()
        self.set_class(seen is not None, "-long")
        if seen is not None:
            first, last = seen
            told = say("Fields {first} to {last} of {count}", first=first, last=last, count=len(self._fields))
            self.query_one("#place", Words).say(told)

    def action_sign_in(self) -> None:
        if self.WRITES and not self._waiting:
            self.duty_app.action_sign_in()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "calendar":
            return (field := self._entered()) is not None and field.near_day() is not None
        if action == "begin_anew":
            return self.draft.offers
        return super().check_action(action, parameters)

    def on_descendant_focus(self) -> None:
        """Show the keys of the field that is entered."""
        self.refresh_bindings()

    def action_begin_anew(self) -> None:
        if not self._waiting:
            self.draft.forget()
            for field in self._fields:
                field.begin_again()
            self.refresh_bindings()
            self._fields[0].enter()

    def action_calendar(self) -> None:
        field = self._entered()
        if field is not None and (near := field.near_day()) is not None:
            self.app.push_screen(DayChooser(field.label, near), lambda day: field.take_day(day) if day else None)

    def _entered(self) -> Field | None:
        """Give the field that has the focus."""
        return next((field for field in self._fields if field.has_focus_within), None)

    @property
    def is_waiting(self) -> bool:
        """Whether the disk has not answered yet: what is typed meanwhile is meant for what comes after."""
        return self._waiting

    def values(self) -> Values:
        """Give what the fields hold now."""
        return {field.field_name: field.value for field in self._fields}

    def problems(self) -> dict[str, Sentence]:
        """Give what is wrong, by field."""
        own = {field.field_name: field.understood().problem for field in self._fields}
        found = {name: problem for name, problem in own.items() if problem is not None}
        return found or dict(self._check(self.values()))

    @on(Field.Entered)
    def go_on(self, entered: Field.Entered) -> None:
        """Enter goes to the next field, and from the last one does the act; it stays where what was typed is wrong."""
        if entered.field.text and entered.field.understood().problem is not None:
            return
        place = self._fields.index(entered.field)
        if place + 1 < len(self._fields):
            self._fields[place + 1].enter()
        else:
            self.action_submit()

    @on(Field.Changed)
    def check_as_typed(self) -> None:
        """Show what is wrong between fields as one types, in the fields that were typed in."""
        self.draft.typed()
        own_right = all(field.understood().problem is None for field in self._fields)
        found = self._check(self.values()) if own_right else {}
        for field in self._fields:
            field.object(found.get(field.field_name) if field.touched else None)
        if not self._waiting:
            # What was refused was another text than the one that now stands there.
            self._tell(self._still_owed(found))

    def on_button_pressed(self, pressed: ActButton.Pressed) -> None:
        """Do it, or leave."""
        if pressed.button.id == "act":
            self.action_submit()
        else:
            self._leave_if(True)

    def action_submit(self) -> None:
        if self._waiting:
            return
        if problems := self.problems():
            self._object(problems)
            return
        if self._edits and not any(field.changed for field in self._fields):
            self.duty_app.say_in_passing(say("Nothing was changed, so nothing is written."))
            self.draft.forget()
            self.dismiss(None)
            return
        if self._confirm is not None:
            confirm = Confirm(self._title, *self._confirm(self.values()), act=self._act)
            self.app.push_screen(confirm, lambda answer: self.submit() if answer else None)
        else:
            self.submit()

    def action_leave(self) -> None:
        """Leave; what was typed is thrown away only after asking."""
        if self._waiting or self._too_late or not any(field.typed_in for field in self._fields):
            self._leave_if(True)
            return
        question = say("What you typed here is not recorded yet.")
        ask = Confirm(self._title, question, act=say("Throw it away"), keep=say("Go on typing"))
        self.app.push_screen(ask, self._leave_if)

    def _leave_if(self, answer: bool | None) -> None:
        if not answer:
            return
        if self._too_late and self.duty_app.kept_typing.keep(self.duty_app.room.person, self._title, self._fields):
            self.duty_app.say_in_passing(say("What you typed is kept: open this again, and it stands there."))
            self.draft.write()
        else:
            self.draft.forget()
        self.dismiss(None)

    def act(self) -> Act:
        """Say who acts. Raises Refused."""
        return self.duty_app.room.act()

    def submit(self) -> None:
        """Do the act with what the fields hold now."""
        try:
            act = self.act()
        except Refused as refusal:
            self._tell(refusal.sentence)
            return
        self._waiting = True
        self._tell(say("Waiting for the disk …"), waiting=True)
        id = self.draft.command_id()
        if id is not None:
            act = replace(act, command_id=id)
        self.duty_app.room.runner.submit(self, partial(self._try, act, self.values()))

    def _try(self, act: Act, values: Values) -> Sentence | None:
        self.draft.wait_until_written()
        return self._do(act, values)

    @on(CommandAccepted)
    def close_with_receipt(self, accepted: CommandAccepted) -> None:
        """Close: it is on disk."""
        if accepted.receipt is not None:
            self.duty_app.say_in_passing(accepted.receipt)
        self.draft.forget()
        self.dismiss(True)

    @on(CommandRefused)
    def show_refusal(self, refused: CommandRefused) -> None:
        """Keep what was typed; say what is wrong beside its field, or below where it is of no one field."""
        self._waiting = False
        self._too_late = isinstance(refused.error, Superseded)
        if self.asks_after(refused.error):
            self._tell(None)
            return
        problems = refused.error.problems if isinstance(refused.error, Invalid) else {}
        if problems.keys() & {field.field_name for field in self._fields}:
            self._object(problems)
        else:
            self._tell(refused.error.sentence)

    def asks_after(self, error: FloodreadyError) -> bool:
        """Ask whether a refused act is done all the same; tells whether there was something to ask."""
        del error
        return False

    def _object(self, problems: Mapping[str, Sentence]) -> None:
        wrong = [field for field in self._fields if field.field_name in problems]
        for field in wrong:
            field.object(problems[field.field_name])
        if wrong:
            wrong[0].enter()
        self._owed = tuple(wrong)
        self._tell(self._still_owed(problems))
        strange = [problem for name, problem in problems.items() if name not in {f.field_name for f in self._fields}]
        if strange:
            self._tell(strange[0])

    def _still_owed(self, problems: Mapping[str, Sentence]) -> Sentence | None:
        """Name the fields that confirm found wrong and that still are, where they are not all in sight."""
        self._owed = tuple(
            field for field in self._owed if field.field_name in problems or field.understood().problem is not None
        )
        if len(self._owed) < 2 or not self.has_class("-long"):
            return None
        named, more = listed([field.label for field in self._owed[:_NAMED]]), len(self._owed) - _NAMED
        if more > 0:
            return say("Not right yet: {fields} and {count} more.", fields=named, count=more)
        return say("Not right yet: {fields}.", fields=named)

    def _tell(self, sentence: Sentence | None, waiting: bool = False) -> None:
        outcome = self.query_one("#outcome", Words)
        outcome.say(sentence or NOTHING)
        outcome.set_class(sentence is not None, "-told")
        self.set_class(sentence is not None, "-told")
        outcome.set_class(waiting, "-waiting")
