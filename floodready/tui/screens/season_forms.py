"""The forms of the season: level, warning, decision, report, station."""

from __future__ import annotations

from collections.abc import Sequence

from floodready.clock import local_day, local_time
from floodready.language import Sentence, say, say_as, say_many, verbatim
from floodready.season.level import Level, level_word, rank
from floodready.season.measure import PER_UNIT, shown
from floodready.season.models import (
    FloodWarning,
    Hazard,
    Mark,
    Station,
    StationKind,
    Threshold,
    WarningColour,
)
from floodready.season.models_level import Declaration, StartedAction
from floodready.season.models_report import Report
from floodready.season.report_names import report_words
from floodready.season.situation import Situation
from floodready.season.thresholds import put_in
from floodready.season.warning_clock import awaits_decision, decide_by
from floodready.store.contract import Act
from floodready.tui.room import Room
from floodready.tui.screens.form import Form, Values
from floodready.tui.widgets.field import Field
from floodready.tui.widgets.fields import ChoiceField, DateField, MomentField, QuantityField, TextField

NO_LEVEL = "none"
"""The choice that raises nothing, or ends the level."""


def declare(room: Room, now: Situation) -> Form:
    """Ask for the level to declare; the suggested one stands there already."""

    def do(act: Act, values: Values) -> Sentence:
        from floodready.drills.reading import to_postpone
        from floodready.season.commands_level import declare_level

        declare_level(room.store, act, unit=now.unit, seen=_held(now), **values)
        if drills := len(to_postpone(room.store, room.clock.now(), now.unit)):
            return say_many(
                "Declared: {level}. {count} planned drill to postpone or to hold on purpose: see the board.",
                "Declared: {level}. {count} planned drills to postpone or to hold on purpose: see the board.",
                drills,
                level=level_word(values["level"]),
            )
        return say("Declared: {level}.", level=level_word(values["level"]))

    higher = [level for level in Level if rank(level) > rank(now.level)]
    suggested = now.suggestion.level if now.suggestion.level in higher else None
    reason = str(now.suggestion.sentence) if suggested else ""
    return Form(
        say("Declare a response level"),
        [
            ChoiceField("level", say("Level"), [(level, level.word) for level in higher], value=suggested),
            TextField("authority", say("On whose authority")),
            TextField("reason", say("Reason"), value=reason),
        ],
        do,
        act=say("Declare"),
        intro=say(
            "Now: {now}. Readings: {suggestion}.",
            now=level_word(now.level),
            suggestion=now.suggestion.beside(now.level),
        ),
        confirm=lambda values: _declared(values, now),
    )


def _held(now: Situation) -> tuple[Declaration, ...]:
    """Give the declaration over which a form was opened; none where no level was in force."""
    return () if now.declaration is None else (now.declaration,)


def lower(room: Room, now: Situation) -> Form:
    """Ask for the lower level, or the end."""

    def do(act: Act, values: Values) -> Sentence:
        from floodready.season.commands_level import lower_level

        level = _level(values["level"])
        lower_level(room.store, act, unit=now.unit, level=level, authority=values["authority"], reason=values["reason"],
                    seen=_held(now))  # fmt: skip
        return say("Now: {level}.", level=level_word(level))

    below = [(level, level.word) for level in Level if rank(level) < rank(now.level)]
    return Form(
        say("Lower or end the response level"),
        [
            ChoiceField("level", say_as("level", "To"), [*below, (NO_LEVEL, say("no response level"))]),
            TextField("authority", say("On whose authority")),
            TextField("reason", say("Reason")),
        ],
        do,
        act=say("Lower"),
        intro=say("Now: {now}. Lowering ends the actions of the higher level.", now=level_word(now.level)),
        confirm=lambda values: _declared({**values, "level": _level(values["level"])}, now),
    )


def warning(room: Room, now: Situation) -> Form:
    """Ask for a warning that came in; orange and red start the decision clock."""
    at = room.clock.now()

    def do(act: Act, values: Values) -> Sentence:
        from floodready.season.commands import record_warning

        made = record_warning(room.store, act, unit=now.unit, **values)
        limit = decide_by(made)
        if limit is None:
            return say("Recorded: {colour}.", colour=made.colour.word)
        until = local_time(limit, room.zone)
        return say("Recorded: {colour}. Decide by {time}.", colour=made.colour.word, time=until)

    return Form(
        say("A warning came in"),
        [
            ChoiceField("colour", say("Colour"), [(colour, colour.word) for colour in WarningColour]),
            ChoiceField("hazard", say("Of what"), [(hazard, hazard.word) for hazard in Hazard]),
            TextField("issuer", say("Issued by")),
            TextField("area", say("Area")),
            MomentField("issued_at", say("Issued at"), now=at, zone=room.zone, value=at),
            MomentField("valid_until_at", say("Valid until"), now=at, zone=room.zone, required=False),
        ],
        do,
        act=say("Record"),
    )


def decide(room: Room, of: FloodWarning) -> Form:
    """Ask for the decision on a warning."""

    def do(act: Act, values: Values) -> Sentence:
        from floodready.season.commands import decide_warning

        decide_warning(room.store, act, warning=of.id, level=_level(values["level"]), why=values["why"],
                       authority=values["authority"])  # fmt: skip
        return say("Decided on {colour}: {level}.", colour=of.colour.word, level=level_word(_level(values["level"])))

    options: Sequence[tuple[str, Sentence]] = [
        *((level.value, say("raise to {level}", level=level.word)) for level in Level),
        (NO_LEVEL, say("do not raise")),
    ]
    return Form(
        say("Decide on {colour}", colour=of.colour.word),
        [
            ChoiceField("level", say("Decision"), options),
            TextField("why", say("Why")),
            TextField("authority", say("On whose authority"), required=False),
        ],
        do,
        act=say("Decide"),
        intro=say("{hazard}, {area}, issued by {issuer} at {time}.", hazard=of.hazard.word, area=verbatim(of.area),
                  issuer=verbatim(of.issuer), time=local_time(of.issued_at, room.zone)),
    )  # fmt: skip


def send(room: Room, of: Report) -> Form:
    """Ask for the note of a report that has just been sent."""

    def do(act: Act, values: Values) -> Sentence:
        from floodready.season.commands_report import send_report

        sent = send_report(room.store, act, unit=of.unit, rule=of.rule, due_at=of.due_at, event=of.event,
                           note=values["note"])  # fmt: skip
        return say("Sent: {report}.", report=report_words(sent.name))

    fields: list[Field] = [TextField("note", say("Note"), required=False)]
    return Form(
        say("Report sent: {report}", report=report_words(of.name)),
        fields,
        do,
        act=say("It was sent"),
        intro=say("{report}: due {time}.", report=of.told, time=local_time(of.due_at, room.zone)),
    )


def answer(room: Room, of: FloodWarning | StartedAction | Report) -> Form:
    """Ask for what ends a clock: a decision or a lifting, a finished action, a sent report."""
    if isinstance(of, Report):
        return send(room, of)
    if isinstance(of, StartedAction):
        return finish(room, of)
    return decide(room, of) if awaits_decision(of) else lift(room, of)


def lift(room: Room, of: FloodWarning) -> Form:
    """Ask when a warning was lifted."""
    now = room.clock.now()

    def do(act: Act, values: Values) -> Sentence:
        from floodready.season.commands import lift_warning

        lift_warning(room.store, act, warning=of.id, **values)
        return say("Lifted: {colour}.", colour=of.colour.word)

    return Form(
        say("{colour} was lifted", colour=of.colour.word),
        [MomentField("lifted_at", say("Lifted at"), now=now, zone=room.zone, value=now)],
        do,
        act=say("Record"),
        intro=say("{hazard}, {area}, issued by {issuer} at {time}.", hazard=of.hazard.word, area=verbatim(of.area),
                  issuer=verbatim(of.issuer), time=local_time(of.issued_at, room.zone)),
    )  # fmt: skip


def finish(room: Room, of: StartedAction) -> Form:
    """Ask for the note of an action that is done."""

    def do(act: Act, values: Values) -> Sentence:
        from floodready.season.commands_level import finish_action

        finish_action(room.store, act, action=of.id, **values)
        return say("Done: {action}.", action=verbatim(of.name))

    fields: list[Field] = [TextField("note", say("Note"), required=False)]
    return Form(
        say("Action done: {action}", action=verbatim(of.name)),
        fields,
        do,
        act=say("It is done"),
        intro=say("Due {time}, by {who}.", time=local_time(of.due_at, room.zone), who=verbatim(of.who or "—")),
    )


def event(room: Room, now: Situation) -> Form:
    """Ask for an event whose reports are to be sent."""
    at = room.clock.now()

    def do(act: Act, values: Values) -> Sentence:
        from floodready.season.commands_report import start_event

        made = start_event(room.store, act, unit=now.unit, **values)
        return say_many("{count} report is due, by {time}.", "{count} reports are due, the first by {time}.",
                        len(made), time=local_time(made[0].due_at, room.zone))  # fmt: skip

    return Form(
        say("Something happened"),
        [
            TextField("about", say("What happened")),
            MomentField("known_at", say("Known at"), now=at, zone=room.zone, value=at),
        ],
        do,
        act=say("Start the clocks"),
    )


def threshold(room: Room, station: Station) -> Form:
    """Ask for a threshold of a station and from which day it holds; an older value ends on the day before."""
    today = local_day(room.clock.now(), room.zone)

    def do(act: Act, values: Values) -> Sentence:
        from floodready.season.commands import change_station

        new = Threshold(**{**values, "source": values["source"] or ""})
        change_station(room.store, act, station, thresholds=put_in(station.thresholds, new))
        return say("{station}: {mark} {value}.", station=verbatim(station.name), mark=new.mark.word,
                   value=shown(new.value, station.kind))  # fmt: skip

    return Form(
        say("Threshold of {station}", station=verbatim(station.name)),
        [
            ChoiceField("mark", say("Mark"), [(mark, mark.word) for mark in Mark]),
            QuantityField("value", station.kind.word, unit=verbatim(station.kind.unit), scale=PER_UNIT, least=None),
            DateField("valid_from", say("Holds from"), today=today, value=today),
            DateField("valid_until", say("Holds until"), today=today, required=False),
            TextField("source", say("Source"), required=False),
        ],
        do,
        act=say("Set"),
        intro=say("The value that held before ends on the day before."),
    )


def change_station(room: Room, station: Station) -> Form:
    """Ask for a station's name, river, and whether it is a key station and in use."""

    def do(act: Act, values: Values) -> Sentence:
        from floodready.season.commands import change_station as change

        return say("Changed: {name}.", name=verbatim(change(room.store, act, station, **values).name))

    yes_no = [(True, say("yes")), (False, say("no"))]
    return Form(
        say("Change {name}", name=verbatim(station.name)),
        [
            TextField("name", say("Name"), value=station.name),
            TextField("river", say("River"), value=station.river, required=False),
            ChoiceField("key", say("Key station"), yes_no, value=station.key),
            ChoiceField("active", say("In use"), yes_no, value=station.active),
        ],
        do,
        act=say("Change"),
        edits=True,
    )


def station(room: Room, now: Situation) -> Form:
    """Ask for a new station; its thresholds are set next, or come by import."""

    def do(act: Act, values: Values) -> Sentence:
        from floodready.season.commands import add_station

        made = add_station(room.store, act, unit=now.unit, **values)
        return say("Added: {station}.", station=verbatim(made.name))

    return Form(
        say("A new station"),
        [
            TextField("name", say("Name")),
            ChoiceField("kind", say_as("station", "Measures"), [(kind, kind.word) for kind in StationKind]),
            TextField("river", say("River"), required=False),
        ],
        do,
        act=say("Add"),
    )


def _declared(values: Values, now: Situation) -> Sequence[Sentence]:
    return [
        say("{before} becomes {after}.", before=level_word(now.level), after=level_word(values["level"])),
        say("On the authority of {authority}.", authority=verbatim(values["authority"])),
        say("Reason: {reason}", reason=verbatim(values["reason"])),
    ]


def _level(choice: str) -> Level | None:
    return None if choice == NO_LEVEL else Level(choice)
