"""The kinds of fields: text, secret, day, time, moment, quantity, choice. Each echoes what it understood."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from floodready.clock import WEEKDAYS, start_of
from floodready.horizon import too_far
from floodready.language import Sentence, say, verbatim
from floodready.text import folded
from floodready.tui.by_sound import sound_of
from floodready.tui.understanding import understood_quantity, written_quantity
from floodready.tui.widgets.field import Field, FieldInput, Understood
from floodready.tui.widgets.words import NOTHING
from floodready.typed_time import understood_day, understood_moment, understood_time

_BETWEEN = "\x1f"
"""Stands between the codes of several choices, in none of which it is."""


class TextField(Field):
    """One line of text."""

    @property
    def nothing(self) -> str:
        return ""


class FileField(TextField):
    """The path of a file; its value is a Path, with `~` for the home of whoever sits here."""

    def understand(self, text: str) -> Understood:
        return Understood(Path(os.path.expanduser(text)))  # noqa: PTH111 # pathlib raises where `~somebody` is nobody


class SecretField(TextField):
    """A PIN: typed unseen."""

    KEPT = False

    @property
    def typed_in(self) -> bool:
        return False

    def on_mount(self) -> None:
        self.query_one(FieldInput).password = True


class DateField(Field):
    """A day: `2026-07-01`, `0701`, `+3d`, `fri`, `明天`."""

    TYPING_REPLACES = True
    IS_TIME = True

    def __init__(
        self,
        name: str,
        label: Sentence,
        *,
        today: date,
        value: date | None = None,
        required: bool = True,
    ) -> None:
        self._today = today
        super().__init__(
            name,
            label,
            value=value.isoformat() if value else "",
            required=required,
            hint=say("a day: 2026-07-01, 0701, +3d, fri, today"),
        )

    def understand(self, text: str) -> Understood:
        day = understood_day(text, self._today)
        if day is None:
            return Understood(problem=say("is not a day; type 2026-07-01, 0701, +3d, fri or today"))
        if (problem := too_far(day)) is not None:
            return Understood(problem=problem)
        return Understood(day, say("= {day}, {weekday}", day=day.isoformat(), weekday=WEEKDAYS[day.weekday()]))

    @property
    def has_steps(self) -> bool:
        return True

    def step(self, by: int) -> bool:
        day = self.value or self._today - timedelta(by)
        self.text = (day + timedelta(by)).isoformat()
        return True

    @property
    def kept_text(self) -> str:
        day: date | None = self.value
        return self.text if day is None else day.isoformat()

    def near_day(self) -> date | None:
        found: date = self.value or self._today
        return found

    def take_day(self, day: date) -> None:
        self.text = day.isoformat()


class TimeField(Field):
    """A time of day: `08:00`, `0830`, `8`."""

    TYPING_REPLACES = True
    IS_TIME = True

    def __init__(self, name: str, label: Sentence, *, value: time | None = None, required: bool = True) -> None:
        text = value.strftime("%H:%M") if value else ""
        super().__init__(name, label, value=text, required=required, hint=say("a time: 08:00, 0830, 8"))

    def understand(self, text: str) -> Understood:
        found = understood_time(text)
        if found is None:
            return Understood(problem=say("is not a time of day; type 08:00, 0830 or 8"))
        return Understood(found, verbatim(f"= {found:%H:%M}"))


class MomentField(Field):
    """An instant: a time today, a day and a time (`0701 0830`), or so long ago (`-2h`); its value is UTC."""

    TYPING_REPLACES = True
    IS_TIME = True

    def __init__(
        self,
        name: str,
        label: Sentence,
        *,
        now: datetime,
        zone: ZoneInfo,
        value: datetime | None = None,
        required: bool = True,
        days: bool = False,
    ) -> None:
        """Make a field; with `days` a day alone means its beginning, as it does for `--at`."""
        self._now = now.astimezone(zone)
        self._zone = zone
        self._value = value
        self._days = days
        self._shown = text = value.astimezone(zone).strftime("%Y-%m-%d %H:%M") if value else ""
        hint = say("a time, or a day and a time: 0830; fri 14:00")
        if days:
            hint = say("a day, a time, or both: 2026-07-01; 0830; fri 14:00")
        super().__init__(name, label, value=text, required=required, hint=hint)

    def understand(self, text: str) -> Understood:
        if self._value is not None and text == self._shown:
            # Left as it was: what is shown has no seconds, and names two instants in a repeated hour.
            return self._understood(self._value)
        found = understood_moment(text, self._now, self._zone)
        if isinstance(found, datetime):
            return self._understood(found)
        if found is not None and (problem := too_far(found)) is not None:
            return Understood(problem=problem)
        if found is None or not self._days:
            return Understood(problem=say("is not a time; type 0830, fri 14:00, 0701 8, -2h or now"))
        return self._understood(start_of(found, self._zone))

    @property
    def kept_text(self) -> str:
        return self.text if self.value is None else f"{self._local():%Y-%m-%d %H:%M}"

    def near_day(self) -> date | None:
        return self._local().date()

    def take_day(self, day: date) -> None:
        self.text = f"{day.isoformat()} {self._local():%H:%M}"

    def _local(self) -> datetime:
        moment: datetime = self.value or self._now
        return moment.astimezone(self._zone)

    def _understood(self, moment: datetime) -> Understood:
        local = moment.astimezone(self._zone)
        echo = say("= {time}, {weekday}", time=f"{local:%Y-%m-%d %H:%M}", weekday=WEEKDAYS[local.weekday()])
        return Understood(moment, echo)


class QuantityField(Field):
    """A quantity; its value is an integer of smallest units, `scale` of which make the one unit that is typed."""

    TYPING_REPLACES = True

    def __init__(
        self,
        name: str,
        label: Sentence,
        *,
        unit: Sentence,
        scale: int = 1,
        value: int | None = None,
        required: bool = True,
        least: int | None = 0,
    ) -> None:
        self._unit = unit
        self._scale = scale
        self._least = least
        text = "" if value is None else written_quantity(value, scale).replace(",", "")
        super().__init__(name, label, value=text, required=required, hint=say("in {unit}", unit=unit))

    def understand(self, text: str) -> Understood:
        found = understood_quantity(text, self._scale)
        if found is None:
            return Understood(problem=self._no_number(text))
        if self._least is not None and found < self._least:
            least = written_quantity(self._least, self._scale)
            return Understood(problem=say("must be {limit} or more", limit=least))
        echo = say("= {quantity} {unit}", quantity=written_quantity(found, self._scale), unit=self._unit)
        return Understood(found, echo)

    def _no_number(self, text: str) -> Sentence:
        if text.strip("+-").isdecimal():
            return say("is more than can be kept; type a smaller number")
        if self._scale == 1:
            return say("must be a whole number")
        return say("must be a number, no finer than {least}", least=written_quantity(1, self._scale))


class ChoiceField(Field):
    """One of some things: a part of its name is enough; the arrows go through those that fit."""

    TYPING_REPLACES = True

    def __init__(
        self,
        name: str,
        label: Sentence,
        options: Sequence[tuple[Any, Sentence]],
        *,
        value: Any = None,
        required: bool = True,
    ) -> None:
        """`options` gives each value with the words it is chosen by; `value` is the one (or those) to begin with."""
        self._options = tuple(options)
        self._begun: tuple[Any, ...] = value if isinstance(value, tuple) else (value,)
        self._chosen: tuple[Any, ...] | None = self._begun
        """What was understood last, in the language of then; None for nothing."""
        nothing = say("there is nothing to choose from") if required else say("nothing to choose from: may stay empty")
        hint = self._choices(list(self._options)) if options else nothing
        super().__init__(name, label, value=self._words_of(self._begun), required=required, hint=hint)

    def retranslate(self) -> None:
        self._first = self._words_of(self._begun)
        if self._chosen is not None and self.text.strip():
            self.text = self._words_of(self._chosen)
        super().retranslate()

    def _told(self) -> Sentence:
        told = super()._told()
        if told is NOTHING and self.has_steps and self.has_focus_within:
            # Whoever is offered one cannot know that there are others.
            others = [option for option in self._options if option[0] not in (self._chosen or ())]
            return say("up and down choose: {choices}", choices=self._choices(others))
        return told

    @property
    def kept_text(self) -> str:
        """Give the code of what is chosen, which is the same in every language."""
        self._tell()
        return self.text if self._chosen is None or not self.text.strip() else self._codes_of(self._chosen)

    @property
    def begun_text(self) -> str:
        return self._codes_of(self._begun)

    def take_kept(self, text: str) -> None:
        by_code = {str(value): str(words) for value, words in self._options}
        parts = text.split(_BETWEEN)
        self.text = ", ".join(by_code[part] for part in parts) if by_code.keys() >= set(parts) else text

    def _codes_of(self, values: Iterable[Any]) -> str:
        return _BETWEEN.join(str(value) for value in values if value is not None)

    def _tell(self) -> None:
        found = self.understood()
        values = found.value if isinstance(found.value, tuple) else (found.value,)
        self._chosen = values if found.problem is None else None
        super()._tell()

    def _words_of(self, values: Iterable[Any]) -> str:
        return ", ".join(str(words) for value in values for option, words in self._options if option == value)

    def understand(self, text: str) -> Understood:
        fitting = self.fitting(text)
        if not self._options:
            return Understood(problem=say("there is nothing to choose from"))
        if not fitting:
            return Understood(problem=say("is none of these: {choices}", choices=self._choices(list(self._options))))
        value, words = fitting[0]
        if len(fitting) == 1:
            return Understood(value, verbatim(f"= {words}") if folded(text) != folded(str(words)) else None)
        return Understood(value, say("= {chosen} (also {others})", chosen=words, others=self._choices(fitting[1:])))

    def fitting(self, text: str) -> list[tuple[Any, Sentence]]:
        """Give the options a text may mean, the nearest first: equal, then beginning so, then holding it.

        Where none holds it, those that sound so.
        """
        wanted = folded(text)
        ranked = [(self._rank(wanted, value, words), (value, words)) for value, words in self._options]
        holding = [option for rank, option in sorted(ranked, key=lambda pair: pair[0]) if rank < 3]
        return holding or self._sounding(wanted)

    @property
    def has_steps(self) -> bool:
        return len(self._options) > 1

    def step(self, by: int) -> bool:
        if not self._options:
            return False
        words = [str(words) for _, words in self._options]
        chosen = self.fitting(self.text)[:1] if self.text.strip() else []
        place = self._options.index(chosen[0]) + by if chosen else (0 if by > 0 else -1)
        self.text = words[place % len(words)]
        return True

    def _rank(self, wanted: str, value: Any, words: Sentence) -> int:
        said, code = folded(str(words)), folded(str(value))
        if wanted in (said, code):
            return 0
        if said.startswith(wanted) or code.startswith(wanted):
            return 1
        return 2 if wanted in said or wanted in code else 3

    def _sounding(self, wanted: str) -> list[tuple[Any, Sentence]]:
        said = [folded(str(words)) for _, words in self._options]
        sounds = sound_of(wanted, "".join(said))
        if sounds is None:
            return []
        found = [(place.start(), option) for option, text in zip(self._options, said, strict=True)
                 if (place := sounds.search(text))]  # fmt: skip
        return [option for _, option in sorted(found, key=lambda pair: pair[0])]

    def _choices(self, options: Sequence[tuple[Any, Sentence]]) -> Sentence:
        shown = [str(words) for _, words in options[:6]]
        return verbatim(", ".join(shown) + (", …" if len(options) > 6 else ""))


class SeveralField(ChoiceField):
    """Some of a few things, set apart by commas; its value is a tuple in the order typed."""

    TYPING_REPLACES = False

    def __init__(
        self,
        name: str,
        label: Sentence,
        options: Sequence[tuple[Any, Sentence]],
        *,
        value: tuple[Any, ...] = (),
        required: bool = True,
        proposed: bool = False,
    ) -> None:
        """See `ChoiceField`; `proposed` tells that `value` is a proposal, which goes as soon as somebody types."""
        super().__init__(name, label, options, value=value, required=required)
        self._proposed = proposed

    @property
    def typing_replaces(self) -> bool:
        return self._proposed

    @property
    def has_steps(self) -> bool:
        return False

    def _told(self) -> Sentence:
        others = [option for option in self._options if option[0] not in (self._chosen or ())]
        if (
            self.has_focus_within
            and others
            and self._problem() is None
            and self.text.strip() == self._first.strip() != ""
        ):
            return say("also: {others}", others=self._choices(others))
        return super()._told()

    @property
    def nothing(self) -> tuple[Any, ...]:
        return ()

    def understand(self, text: str) -> Understood:
        found = []
        for part in text.replace("，", ",").replace("、", ",").split(","):
            if not part.strip():
                continue
            one = super().understand(part.strip())
            if one.problem is not None:
                return one
            found.append(one.value)
        words = [str(words) for value in found for option, words in self._options if option == value]
        return Understood(tuple(dict.fromkeys(found)), verbatim("= " + ", ".join(dict.fromkeys(words))))

    def step(self, by: int) -> bool:
        del by
        return False
