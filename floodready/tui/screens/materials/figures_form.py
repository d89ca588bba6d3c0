"""The office's own figures of materials, all in one form."""

from __future__ import annotations

import re
from collections.abc import Mapping

from floodready.language import Sentence, say, verbatim
from floodready.materials.models import MaterialSettings
from floodready.refusal import Refused
from floodready.store.contract import Act
from floodready.text import folded
from floodready.tui.room import Room
from floodready.tui.screens.form import Form, Values
from floodready.tui.widgets.fields import QuantityField, TextField


def figures_form(room: Room, held: MaterialSettings) -> Form:
    """Ask for the office's figures; what may be left empty is then not asked for by the office."""

    def do(act: Act, values: Values) -> Sentence:
        from floodready.materials.commands import set_figures

        days = warning_days(values["expiry_warning_days"])
        set_figures(room.store, act, settings=held.changed(**{**values, "expiry_warning_days": days}))
        return say("The figures are set.")

    hours, days, working_days = say("hours"), say("days"), say("working days")
    fields = [
        TextField("expiry_warning_days", say("Expiry told before"), hint=say("days, like 180, 90, 30"),
                  value=", ".join(map(str, held.expiry_warning_days))),
        QuantityField("paper_hours", say("Paper of an order in"), unit=hours, value=held.paper_hours, least=1),
        QuantityField("count_days", say("Count a place every"), unit=days, value=held.count_days, least=1),
        QuantityField("count_before_season_days", say("Count before a season"), unit=days, least=1, required=False,
                      value=held.count_before_season_days),
        QuantityField("acceptance_working_days", say("Acceptance report in"), unit=working_days, least=1,
                      required=False, value=held.acceptance_working_days),
        QuantityField("filing_working_days", say("Issue papers filed in"), unit=working_days, least=1,
                      required=False, value=held.filing_working_days),
        QuantityField("reach_hours", say("Ready within"), unit=hours, value=held.reach_hours, least=1),
    ]  # fmt: skip
    intro = say("An empty figure means that the office asks for none.")
    return Form(say("The office's own figures"), fields, do, act=say("Set"), intro=intro, check=_wrong_days, edits=True)


def warning_days(typed: str) -> tuple[int, ...]:
    """Read the days before expiry at which stock is told of, the longest first. Raises Refused."""
    parts = [part for part in re.split(r"[\s,、;]+", folded(typed)) if part]
    if not parts or not all(part.isdecimal() and int(part) for part in parts):
        raise Refused(say("“{text}” is no list of days. Type them like: 180, 90, 30", text=verbatim(typed)))
    return tuple(sorted({int(part) for part in parts}, reverse=True))


def _wrong_days(values: Values) -> Mapping[str, Sentence]:
    try:
        warning_days(values["expiry_warning_days"])
    except Refused as refusal:
        return {"expiry_warning_days": refusal.sentence}
    return {}
