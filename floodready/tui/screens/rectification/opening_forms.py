"""The forms that open something: a hazard found, a meeting's task or whole order, an accident; and those for papers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, cast

from floodready.document import problems_of
from floodready.language import Sentence, say, say_many, verbatim
from floodready.rectification import commands
from floodready.rectification.models import Attachment, Incident, Measure, RectificationSettings
from floodready.rectification.settings_words import SETTINGS, SHORT_NAMES
from floodready.rectification.states import Source
from floodready.store.attachments import keep
from floodready.store.contract import Act
from floodready.text import shortened
from floodready.tui.room import Room
from floodready.tui.screens.form import Form, Values
from floodready.tui.screens.rectification.choices import FormFacts, choice
from floodready.tui.widgets.fields import (
    ChoiceField,
    DateField,
    FileField,
    MomentField,
    QuantityField,
    SeveralField,
    TextField,
)

if TYPE_CHECKING:
    from floodready.store.journal_store import JournalStore


def new_hazard_form(room: Room, facts: FormFacts, opened: list[str] | None = None) -> Form:
    """Make the form for a hazard on the dike: what, where, which unit; the rest has its usual value.

    The number of the record is put into `opened`.
    """

    def do(act: Act, values: Values) -> Sentence:
        made = commands.open_finding(room.store, act, zone=room.zone, **values)
        if opened is not None:
            opened.append(made.id)
        return say("Opened: {id}. Next: grade it.", id=made.id)

    fields = [
        TextField("description", say("Description")),
        TextField("place", say("Place"), required=False),
        choice("unit", say("Unit"), facts.units, value=next(iter(facts.units), None)),
        choice("works", say("Works"), facts.works, required=False),
        TextField("interim", say("Interim protection"), required=False),
        ChoiceField("source", say("Comes from"), [(one, one.word) for one in Source], value=Source.PATROL),
        TextField("source_ref", say("Source document"), required=False),
        DateField("found_on", say("Found on"), today=facts.today, value=facts.today),
        TextField("found_by", say("Found by"), required=False),
        TextField("kind", say("Kind"), required=False),
        TextField("harm", say("Harm"), required=False),
        choice("campaign", say("Campaign"), facts.campaigns, required=False),
    ]
    return Form(say("A hazard was found"), fields, do, act=say("Open"), intro=say("ctrl+s opens it from any field."))


def new_task_form(room: Room, facts: FormFacts) -> Form:
    """Make the form for a task that a meeting ordered."""

    def do(act: Act, values: Values) -> Sentence:
        made = commands.open_task(room.store, act, ordered_on=facts.today, **values)
        return say("Opened: {id}, for {person}.", id=made.id, person=facts.people[values["owner"]])

    people = [(id, verbatim(name)) for id, name in facts.people.items()]
    measures = [(None, say("nothing")), *((one, one.word) for one in Measure)]
    fields = [
        choice("unit", say("Unit"), facts.units, value=next(iter(facts.units), None)),
        TextField("meeting", say("Meeting")),
        TextField("item", say("Item of the meeting"), required=False),
        TextField("description", say("Task")),
        choice("owner", say("Responsible"), facts.people),
        SeveralField("followers", say("Followers"), people, value=(), required=False),
        DateField("required_on", say("Required by"), today=facts.today),
        DateField("planned_on", say("Planned by"), today=facts.today, required=False),
        ChoiceField("measure", say("Measured by the program"), measures, value=None, required=False),
        choice("campaign", say("Campaign"), facts.campaigns, required=False),
    ]
    return Form(say("A meeting ordered a task"), fields, do, act=say("Open"))


def new_order_form(room: Room, facts: FormFacts) -> Form:
    """Make the form for an order whose tasks the program measures; one without an owner is not opened."""

    def do(act: Act, values: Values) -> Sentence:
        owners = {one: values[one.name] for one in Measure if values[one.name] is not None}
        told = {name: values[name] for name in ("unit", "meeting", "required_on", "campaign")}
        made = commands.open_order(
            room.store,
            act,
            ordered_on=facts.today,
            owners=owners,
            descriptions={one: str(one.order) for one in Measure},
            **told,
        )
        return say("Opened: {ids}.", ids=verbatim(", ".join(one.id for one in made)))

    fields = [
        choice("unit", say("Unit"), facts.units, value=next(iter(facts.units), None)),
        TextField("meeting", say("Meeting")),
        DateField("required_on", say("Required by"), today=facts.today),
        *(choice(one.name, one.word, facts.people, required=False) for one in Measure),
        choice("campaign", say("Campaign"), facts.campaigns, required=False),
    ]
    intro = say("Name who answers for each task; the program measures whether it is fulfilled.")
    return Form(say("An order of three tasks"), fields, do, act=say("Open"), intro=intro)


def incident_form(room: Room, facts: FormFacts, number: str | None = None) -> Form:
    """Make the form for an accident and the hazard that caused it; without one, nobody had found it."""

    def do(act: Act, values: Values) -> Sentence:
        return say("Accident {id} recorded.", id=commands.record_incident(room.store, act, **values).id)

    hazards = _numbered(facts, number)
    fields = [
        MomentField("happened_at", say("Happened at"), now=room.clock.now(), zone=room.zone),
        TextField("description", say("Description")),
        choice("unit", say("Unit"), facts.units, value=next(iter(facts.units), None)),
        TextField("place", say("Place"), required=False),
        choice("finding", say("Caused by hazard"), hazards, value=number, required=False),
    ]
    intro = say("Leave the hazard empty where nobody had found it.")
    return Form(say("An accident happened"), fields, do, act=say("Record"), intro=intro)


def link_form(room: Room, facts: FormFacts, incident: Incident) -> Form:
    """Make the form that says which hazard caused an accident, or that there was none."""

    def do(act: Act, values: Values) -> Sentence:
        made = commands.link_incident(room.store, act, incident=incident.id, seen=incident, **values)
        if made.finding is None:
            return say("{id}: nobody had found the hazard.", id=made.id)
        return say("{id} was caused by {hazard}.", id=made.id, hazard=verbatim(made.finding))

    hazards = _numbered(facts, incident.finding)
    return Form(
        say("What caused {id}", id=verbatim(incident.id)),
        [choice("finding", say("Caused by hazard"), hazards, value=incident.finding, required=False)],
        do,
        act=say("Link"),
        intro=say("Leave the hazard empty where nobody had found it."),
    )


def attach_form(room: Room, number: str) -> Form:
    """Make the form that attaches a file of this machine."""

    def do(act: Act, values: Values) -> Sentence:
        # The terminal's store is always one in a folder; the protocol leaves it out because rules need none.
        folder = cast("JournalStore", room.store).folder
        kept = keep(folder, values["file"])
        attachment = Attachment(name=kept.name, size=kept.size, sha256=kept.sha256)
        commands.attach(room.store, act, finding=number, attachment=attachment)
        return say_many(
            "Attached to {id}: {file}, {count} byte, {hash}",
            "Attached to {id}: {file}, {count} bytes, {hash}",
            kept.size,
            id=number,
            file=kept.name,
            hash=kept.sha256,
        )

    return Form(say("Attach a photo or paper"), [FileField("file", say("File"))], do, act=say("attach"))


def settings_form(room: Room, held: RectificationSettings) -> Form:
    """Make the form of the office's own figures."""

    def do(act: Act, values: Values) -> Sentence:
        commands.set_settings(room.store, act, settings=held.changed(**values), seen=held)
        return say("The figures are set.")

    def check(values: Values) -> Mapping[str, Sentence]:
        return problems_of(RectificationSettings, values)

    fields = [
        QuantityField(name, SHORT_NAMES[name], unit=counted, value=getattr(held, name))
        for name, counted in SETTINGS.items()
    ]
    return Form(say("The office's own figures"), fields, do, act=say("Set"), check=check, edits=True)


def _numbered(facts: FormFacts, also: str | None) -> dict[str, str]:
    told = {id: shortened(f"{id} {one.description}", 60) for id, one in facts.hazards.items()}
    return told if also is None or also in told else {**told, also: also}
