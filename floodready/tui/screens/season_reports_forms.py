"""The forms of the report clocks."""

from __future__ import annotations

from collections.abc import Mapping

from floodready.frozen import replace
from floodready.language import Sentence, say, verbatim
from floodready.organisation.models import Unit
from floodready.season.models_report import ReportRule, SeasonSettings, Trigger
from floodready.season.report_names import report_words
from floodready.store.contract import Act
from floodready.tui.room import Room
from floodready.tui.screens.form import Form, Values
from floodready.tui.widgets.field import Field
from floodready.tui.widgets.fields import ChoiceField, QuantityField, TextField, TimeField


def new_clock(room: Room, unit: Unit, held: SeasonSettings) -> Form:
    """Ask for a report clock of a unit."""
    taken = {rule.code for rule in held.reports}

    def wrong(values: Values) -> Mapping[str, Sentence]:
        if values["code"] in taken:
            return {"code": say("is the code of another clock")}
        return _wrong(values)

    fields = [TextField("code", say("Code"), hint=say("short, like danger-city")), *_fields()]
    return Form(
        say("A report clock of {unit}", unit=verbatim(unit.name)),
        fields,
        lambda act, values: _set(room, act, unit, ReportRule(**values)),
        act=say("Add"),
        check=wrong,
    )


def change_clock(room: Room, unit: Unit, rule: ReportRule) -> Form:
    """Ask for what a report clock is to be."""
    return Form(
        say("Change {name}", name=report_words(rule.name)),
        _fields(rule),
        lambda act, values: _set(room, act, unit, replace(rule, **values)),
        act=say("Change"),
        edits=True,
        check=_wrong,
    )


def remove_clock(room: Room, unit: Unit, rule: ReportRule) -> Form:
    """Ask why a report clock is taken away."""

    def do(act: Act, values: Values) -> Sentence:
        from floodready.season.commands_report import remove_report_rule

        remove_report_rule(room.store, replace(act, reason=values["reason"]), unit=unit.id, code=rule.code)
        return say("The report clock {code} of {unit} is gone.", code=verbatim(rule.code), unit=verbatim(unit.name))

    return Form(
        say("Take away {report}", report=report_words(rule.name)),
        [TextField("reason", say("Reason"), required=False)],
        do,
        act=say("Take it away"),
        intro=say("Reports already due or sent stay."),
    )


def figures(room: Room, unit: Unit, held: SeasonSettings) -> Form:
    """Ask for the figures beside the clocks."""

    def do(act: Act, values: Values) -> Sentence:
        from floodready.season.commands_report import change_settings

        change_settings(room.store, act, unit=unit.id, seen=held, **values)
        return say("The settings of {unit} are set.", unit=verbatim(unit.name))

    minutes, hours = say("minutes"), say("hours")
    return Form(
        say("Figures of {unit}", unit=verbatim(unit.name)),
        [
            QuantityField("decide_within_minutes", say("Decide within"), unit=minutes, least=1,
                          value=held.decide_within_minutes),
            QuantityField("reading_counts_hours", say("A reading counts"), unit=hours, least=1,
                          value=held.reading_counts_hours),
            TextField("source", say("Source"), value=held.source, required=False),
        ],
        do,
        act=say("Set"),
        edits=True,
    )  # fmt: skip


def _set(room: Room, act: Act, unit: Unit, rule: ReportRule) -> Sentence:
    from floodready.season.commands_report import set_report_rule

    set_report_rule(room.store, act, unit=unit.id, rule=rule)
    return say("The report clock {code} of {unit} is set.", code=verbatim(rule.code), unit=verbatim(unit.name))


def _fields(rule: ReportRule | None = None) -> list[Field]:
    triggers = [(trigger, trigger.word) for trigger in Trigger]
    return [
        TextField("name", say("Report"), value=rule.name if rule else ""),
        TextField("to", say("To"), value=rule.to if rule else "", required=False),
        ChoiceField("trigger", say("Starts by"), triggers, value=rule.trigger if rule else Trigger.EVENT),
        QuantityField("within_minutes", say("Due within"), unit=say("minutes"), required=False, least=1,
                      value=rule.within_minutes if rule else None),
        TimeField("at", say("Due at"), required=False, value=rule.at if rule else None),
    ]  # fmt: skip


def _wrong(values: Values) -> Mapping[str, Sentence]:
    trigger: Trigger = values["trigger"]
    if trigger.timed and values["at"] is None:
        return {"at": say("needs a time of day")}
    if not trigger.timed and trigger is not Trigger.BULLETIN and values["within_minutes"] is None:
        return {"within_minutes": say("needs its minutes")}
    return {}
