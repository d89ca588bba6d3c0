"""The forms of the flood seasons: a season with its parts, the same for another year, taking one away."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from floodready.document import problems_of
from floodready.frozen import replace
from floodready.language import Sentence, say, say_many, verbatim
from floodready.organisation.models import Unit
from floodready.season.models import Season, SeasonPart
from floodready.store.contract import Act
from floodready.tui.room import Room
from floodready.tui.screens.form import Form, Values
from floodready.tui.widgets.field import Field, Understood
from floodready.tui.widgets.fields import ChoiceField, DateField, TextField
from floodready.typed_time import understood_day


class PartsField(Field):
    """The parts of a season, each with its first and last day: `early 0701 0831, late 0901 1031`."""

    def __init__(self, name: str, label: Sentence, *, near: date, value: Sequence[SeasonPart] = ()) -> None:
        """`near` is the day by which days without a year are understood."""
        self._near = near
        super().__init__(
            name,
            label,
            value=", ".join(f"{part.name} {part.starts_on} {part.ends_on}" for part in value),
            required=False,
            hint=say("name and two days each: early 0701 0831, late 0901 1031"),
        )

    @property
    def nothing(self) -> tuple[SeasonPart, ...]:
        return ()

    def understand(self, text: str) -> Understood:
        found = []
        for written in text.replace("，", ",").replace("、", ",").split(","):
            if not written.strip():
                continue
            part = self._part(written.split())
            if part is None:
                shown = verbatim(written.strip())
                return Understood(problem=say("“{text}” is not a part; type early 0701 0831", text=shown))
            found.append(part)
        told = ", ".join(f"{part.name} {part.starts_on} – {part.ends_on}" for part in found)
        return Understood(tuple(found), verbatim(f"= {told}"))

    def _part(self, words: list[str]) -> SeasonPart | None:
        if len(words) < 3:
            return None
        days = [understood_day(word, self._near) for word in words[-2:]]
        if days[0] is None or days[1] is None:
            return None
        return SeasonPart(name=" ".join(words[:-2]), starts_on=days[0], ends_on=days[1])


def new_season(room: Room, unit: Unit, today: date) -> Form:
    """Ask for a season of a unit."""

    def do(act: Act, values: Values) -> Sentence:
        from floodready.season.commands import add_season

        made = add_season(room.store, act, unit=unit.id, **values)
        return say("Added: {season}, {year}.", season=verbatim(made.name), year=made.year)

    return Form(say("A season of {unit}", unit=verbatim(unit.name)), _fields(today), do, act=say("Add"), check=_wrong)


def change_season(room: Room, season: Season) -> Form:
    """Ask for a season's name, days, parts and source."""

    def do(act: Act, values: Values) -> Sentence:
        from floodready.season.commands import change_season as change

        return say("Changed: {name}.", name=verbatim(change(room.store, act, season, **values).name))

    title = say("Change {name}", name=verbatim(season.name))
    return Form(title, _fields(season.starts_on, season), do, act=say("Change"), edits=True, check=_wrong)


def remove_season(room: Room, season: Season) -> Form:
    """Ask whether a season is to be taken away."""

    def do(act: Act, values: Values) -> Sentence:
        from floodready.season.commands import remove_season as remove

        remove(room.store, replace(act, reason=values["reason"]), seen=season)
        return say("Gone: {season}, {year}.", season=verbatim(season.name), year=season.year)

    return Form(
        say("Take away {season}, {year}", season=verbatim(season.name), year=season.year),
        [TextField("reason", say("Reason"), required=False)],
        do,
        act=say("Take it away"),
        intro=say("What counts by the season then reads as outside it. The journal keeps it; z brings it back."),
    )


def repeat_seasons(room: Room, unit: Unit, years: Sequence[int]) -> Form:
    """Ask for which year a unit's seasons are written again; `years` are those it has some in, ascending."""

    def do(act: Act, values: Values) -> Sentence:
        from floodready.season.commands import repeat_seasons as repeat

        made = repeat(room.store, act, unit=unit.id, **values)
        return say_many("{count} season written for {year}.", "{count} seasons written for {year}.", len(made),
                        year=values["to_year"])  # fmt: skip

    # fmt: off
    return Form(
        say("Repeat the seasons of {unit}", unit=verbatim(unit.name)),
        [
            ChoiceField("from_year", say("Of the year"), _years(reversed(years)), value=years[-1]),
            ChoiceField("to_year", say("For the year"), _years(range(years[-1] + 1, years[-1] + 6)),
                        value=years[-1] + 1),
        ],
        do,
        act=say("Write them"),
        intro=say("The same days in another year; change them afterwards where the notice says otherwise."),
    )
    # fmt: on


def _fields(near: date, season: Season | None = None) -> list[Field]:
    return [
        TextField("name", say("Name"), value=season.name if season else ""),
        DateField("starts_on", say("First day"), today=near, value=season.starts_on if season else None),
        DateField("ends_on", say("Last day"), today=near, value=season.ends_on if season else None),
        DateField("main_starts_on", say("Main season from"), today=near, required=False,
                  value=season.main_starts_on if season else None),
        DateField("main_ends_on", say("Main season until"), today=near, required=False,
                  value=season.main_ends_on if season else None),
        PartsField("parts", say("Parts"), near=near, value=season.parts if season else ()),
        TextField("source", say("Source"), value=season.source if season else "", required=False),
    ]  # fmt: skip


def _years(years: Iterable[int]) -> list[tuple[int, Sentence]]:
    return [(year, verbatim(str(year))) for year in years]


def _wrong(values: Values) -> Mapping[str, Sentence]:
    return problems_of(Season, {"id": "new", "unit": "new", **values})
