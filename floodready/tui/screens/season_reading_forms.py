"""The forms of readings: a new one, and the right value of a wrong one. What looks like a slip is asked back once."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from floodready.clock import local_time
from floodready.language import Sentence, say, verbatim
from floodready.refusal import Doubtful, FloodreadyError
from floodready.season.measure import PER_UNIT, shown
from floodready.season.models import Reading, Station, Trend
from floodready.store.contract import Act
from floodready.tui.room import Room
from floodready.tui.screens.dialog import Confirm
from floodready.tui.screens.form import Form, Values
from floodready.tui.widgets.field import Field
from floodready.tui.widgets.fields import ChoiceField, MomentField, QuantityField, TextField


def looks_wrong(*doubts: Sentence) -> Confirm:
    """Make the question that comes before a doubtful reading counts."""
    return Confirm(
        say("Is that what it shows?"),
        *doubts,
        say("A digit too many, a point left out, or another measure? Once confirmed it counts, and the journal keeps "
            "that you were asked."),
        act=say("It shows that: record it"),
        keep=say("Back, to correct it"),
    )  # fmt: skip


class _ReadingForm(Form):
    """Asks back what looks like a slip, and then goes on with what was confirmed: that text and no other."""

    def __init__(
        self,
        title: Sentence,
        fields: Sequence[Field],
        do: Callable[[Act, Values], Sentence],
        *,
        act: Sentence,
        intro: Sentence | None = None,
    ) -> None:
        super().__init__(title, fields, do, act=act, intro=intro)
        self._confirmed: Values | None = None

    def values(self) -> Values:
        typed = super().values()
        return {**typed, "confirmed": typed == self._confirmed}

    def asks_after(self, error: FloodreadyError) -> bool:
        if not isinstance(error, Doubtful):
            return False
        typed = super().values()

        def go_on(answer: bool | None) -> None:
            if answer:
                self._confirmed = typed
                self.submit()

        self.app.push_screen(looks_wrong(*error.doubts), go_on)
        return True


def reading(room: Room, station: Station) -> Form:
    """Ask what a station showed."""
    now = room.clock.now()

    def do(act: Act, values: Values) -> Sentence:
        from floodready.season.commands import add_reading

        taken = add_reading(room.store, act, station=station.id, **values)
        return say("Recorded: {station} {value} at {time}.", station=verbatim(station.name),
                   value=shown(taken.value, station.kind), time=local_time(taken.measured_at, room.zone))  # fmt: skip

    return _ReadingForm(
        say("Reading of {station}", station=verbatim(station.name)),
        [
            QuantityField("value", station.kind.word, unit=verbatim(station.kind.unit), scale=PER_UNIT, least=None),
            MomentField("measured_at", say("Measured at"), now=now, zone=room.zone, value=now),
            ChoiceField("trend", say("Trend"), [(trend, trend.word) for trend in Trend], required=False),
        ],
        do,
        act=say("Record"),
    )


def correct(room: Room, station: Station, seen: Reading) -> Form:
    """Ask for the right value of a reading."""

    def do(act: Act, values: Values) -> Sentence:
        from floodready.season.commands import correct_reading

        made = correct_reading(room.store, act, seen, **values)
        return say("{station}, {time}: {value} instead of {earlier}.", station=verbatim(station.name),
                   time=local_time(made.measured_at, room.zone), value=shown(made.value, station.kind),
                   earlier=shown(seen.value, station.kind))  # fmt: skip

    return _ReadingForm(
        say("Correct the reading of {station}", station=verbatim(station.name)),
        [
            QuantityField("value", station.kind.word, unit=verbatim(station.kind.unit), scale=PER_UNIT, least=None,
                          value=seen.value),
            TextField("reason", say("Reason")),
        ],
        do,
        act=say("Correct"),
        intro=say("Recorded: {value} at {time}.", value=shown(seen.value, station.kind),
                  time=local_time(seen.measured_at, room.zone)),
    )  # fmt: skip
