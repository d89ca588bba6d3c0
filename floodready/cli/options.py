"""Which field of a document an option of a command gives: for refusals that name it, and for the help."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping

from floodready.cli.asking import COMMON_DEFAULTS
from floodready.field_words import FIELDS, problems_told
from floodready.language import Sentence, say
from floodready.refusal import Invalid

_UNITS = ("_at", "_on", "_fen", "_hours", "_days", "_minutes", "s")
"""Ends of field names that an option may leave away: a time is typed as people say it."""

_OTHERWISE: Mapping[str, tuple[str, ...]] = {
    "at": ("time",),
    "by": ("on",),
    "content": ("add",),
    "finding": ("weakness",),
    "fixes": ("fix",),
    "from_at": ("start",),
    "number": ("id",),
    "offset": ("time",),
    "person": ("who", "off"),
    "plan": ("part",),
    "recommendation": ("recommend",),
    "root_cause": ("cause",),
    "rotations": ("groups",),
    "task": ("follow_up",),
    "usable_until": ("until",),
}
"""What options call a field otherwise, the likelier first."""

_MORE: Mapping[str, Sentence] = {
    "accident": say("Accident"),
    "admin_name": say("Name of the administrator"),
    "all": say("also those that are over"),
    "anchor": say("First day"),
    "batch": say("Import"),
    "cause": say("Cause"),
    "check": say("Check"),
    "code_id": say("Code"),
    "codes": say("Criteria"),
    "conclusion": say("Conclusion"),
    "consumed": say("Consumed"),
    "criteria": say("Criteria"),
    "day": say("Day"),
    "days": say("how many days ahead"),
    "delivery": say("Delivery"),
    "evidence": say("Proof"),
    "file": say("File"),
    "follower": say("Followers"),
    "from_year": say("Of the year"),
    "good": say("Came back good"),
    "html": say("one printable page instead of Markdown"),
    "incident": say("Incident"),
    "into": say("Record that stays"),
    "leader": say("Leader"),
    "ledger_unit": say("Ledger unit"),
    "light": say("Due light"),
    "lost": say("Lost"),
    "mark": say("Mark"),
    "may": say("What a role may do"),
    "measure": say("Measured by the program"),
    "meeting": say("Meeting"),
    "milestone": say("Milestone"),
    "month": say("Month"),
    "movement": say("Movement"),
    "new": say("begin a new round"),
    "numbers": say("Serial numbers; without them, all"),
    "person_id": say("Person"),
    "planned": say("Planned by"),
    "quarter": say("Quarter"),
    "raise_to": say("Level to raise to"),
    "required": say("Required by"),
    "reservation": say("Reservation"),
    "role": say("Role"),
    "seconds": say("How much later"),
    "set": say("Set"),
    "shell": say("Shell"),
    "side": say("Side that signs"),
    "swap": say("Swap"),
    "to_incident": say("Incident"),
    "to_year": say("For the year"),
    "transfer": say("Transfer"),
    "trigger": say("Starts by"),
    "unit_name": say("Headquarters"),
    "valid_from": say("Holds from"),
    "valid_until": say("Holds until"),
    "waiting": say("it waits for somebody else"),
    "within": say("Within"),
    "within_minutes": say("Due within"),
    "year": say("Year"),
}
"""What options are called that give no one field, in the words of the forms."""


def word_of(option: str) -> Sentence | None:
    """Say what an option is called that nothing more is said about; None for one that stands for no field."""
    found = FIELDS.get(option) or _MORE.get(option)
    return found or next((word for field, word in FIELDS.items() if option in _names(field)), None)


def naming_options(refused: Invalid, asked_of: argparse.ArgumentParser) -> Invalid:
    """Give the same refusal with the option of each wrong field; a field that none gives stays without."""
    # argparse tells nobody else which options a parser has.
    given = {action.dest: _typed(action) for action in asked_of._actions if action.dest not in _EVERYWHERE}
    options = {
        field: found
        for field in refused.problems
        if (found := next((given[name] for name in _names(field) if name in given), None)) is not None
    }
    return Invalid(problems_told(refused.table, refused.problems, options), refused.problems, refused.table)


_EVERYWHERE = COMMON_DEFAULTS.keys() - {"reason"}
"""They say how something is asked, never what a document holds; only the reason may stand in one."""


def _names(field: str) -> Iterator[str]:
    yield field
    yield from (field.removesuffix(end) for end in _UNITS if field.endswith(end))
    yield from _OTHERWISE.get(field, ())


def _typed(action: argparse.Action) -> str:
    if action.option_strings:
        return action.option_strings[-1]
    return action.metavar if isinstance(action.metavar, str) else action.dest.upper()
