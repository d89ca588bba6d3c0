"""What the forms of rectification choose from: units, people, campaigns, open hazards, with the day that is today."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from floodready.clock import local_day
from floodready.frozen import frozen
from floodready.language import Sentence, verbatim
from floodready.organisation.lookup import active_people
from floodready.organisation.models import Person, Unit, Works
from floodready.organisation.tree import Parents, parents_of
from floodready.rectification.models import Finding
from floodready.rectification.models_campaign import Campaign
from floodready.store.contract import View
from floodready.tui.room import Room
from floodready.tui.widgets.fields import ChoiceField


@frozen
class FormFacts:
    """Ids with the words by which they are chosen."""

    units: Mapping[str, str]
    """Those in use; the unit of whoever is signed in stands first."""
    people: Mapping[str, str]
    campaigns: Mapping[str, str]
    works: Mapping[str, str]
    """Those in use."""
    hazards: Mapping[str, Finding]
    """The open ones, by number."""
    parents: Parents
    """The unit above each unit that has one."""
    today: date


def form_facts(view: View, room: Room) -> FormFacts:
    """Read what forms choose from. In the store's thread only."""
    signed_in = view.get(Person, room.person) if room.person is not None else None
    own = signed_in.unit if signed_in is not None else None
    units = sorted((unit for unit in view.all(Unit) if unit.active), key=lambda unit: unit.id != own)
    return FormFacts(
        units={unit.id: unit.name for unit in units},
        people={person.id: person.name for person in active_people(view)},
        campaigns={campaign.id: campaign.name for campaign in view.all(Campaign)},
        works={works.id: works.name for works in view.all(Works) if works.active},
        hazards={one.id: one for one in view.all(Finding) if one.is_open and not one.is_task},
        parents=parents_of(view.all(Unit)),
        today=local_day(room.at(), room.zone),
    )


def choice(
    name: str, label: Sentence, options: Mapping[str, str], value: str | None = None, *, required: bool = True
) -> ChoiceField:
    """Make a field that chooses one of the ids by its words."""
    return ChoiceField(name, label, [(id, verbatim(text)) for id, text in options.items()], value=value,
                       required=required)  # fmt: skip
