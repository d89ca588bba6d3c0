"""The office's own figures of materials, all in one form."""

from __future__ import annotations

from collections.abc import Mapping

from floodready.language import Sentence, say
from floodready.materials.models import MaterialSettings
from floodready.materials.typed_days import LISTS_OF_DAYS
from floodready.refusal import Refused
from floodready.store.contract import Act
from floodready.tui.room import Room
from floodready.tui.screens.form import Form, Values
from floodready.tui.widgets.fields import QuantityField, TextField


def figures_form(room: Room, held: MaterialSettings) -> Form:
    """Ask for the office's figures; what may be left empty is then not asked for by the office."""

    def do(act: Act, values: Values) -> Sentence:
        from floodready.materials.commands import set_figures

        lists = {name: read(values[name]) for name, read in LISTS_OF_DAYS.items()}
        set_figures(room.store, act, settings=held.changed(**{**values, **lists}), seen=held)
        return say("The figures are set.")

    hours, days, working_days = say("hours"), say("days"), say("working days")
    believed = say("days a count or test is believed: A, B, C")
    fields = [
        TextField("expiry_warning_days", say("Warn of expiry before"), hint=say("days, like 180, 90, 30"),
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
        TextField("evidence_days_in_season", say("Evidence in season"), hint=believed,
                  value=", ".join(map(str, held.evidence_days_in_season))),
        TextField("evidence_days_out_of_season", say("Evidence out of season"), hint=believed,
                  value=", ".join(map(str, held.evidence_days_out_of_season))),
    ]  # fmt: skip
    intro = say("An empty figure means that the office asks for none.")
    return Form(say("The office's own figures"), fields, do, act=say("Set"), intro=intro, check=_wrong_days, edits=True)


def _wrong_days(values: Values) -> Mapping[str, Sentence]:
    found = {}
    for name, read in LISTS_OF_DAYS.items():
        try:
            read(values[name])
        except Refused as refusal:
            found[name] = refusal.sentence
    return found
