"""How people write a rotation in one line: `ding+fang geng+hao` for the groups, `08:30 17:30` for the hours."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import time

from floodready.duty.models import Group
from floodready.language import say, verbatim
from floodready.refusal import Refused


def read_groups(text: str, known: Callable[[str], str | None]) -> tuple[Group, ...]:
    """Read groups set apart by spaces, the people of a group by `+`; `-` is a place kept empty.

    `known` gives the id of a person by id or name, None for nobody. Raises Refused naming who is unknown.
    """
    groups = []
    for part in text.replace("＋", "+").replace("，", " ").replace(",", " ").split():
        people = []
        for named in part.split("+"):
            if named in ("", "-"):
                continue
            found = known(named)
            if found is None:
                raise Refused(say("“{person}” is not on the staff list.", person=verbatim(named)))
            people.append(found)
        groups.append(Group(people=tuple(people)))
    if not groups:
        raise Refused(say("Name the groups in order, like: ding+fang geng+hao"))
    return tuple(groups)


def read_times(text: str) -> tuple[time, ...]:
    """Read local handover times of whole minutes, set apart by spaces, in ascending order. Raises Refused."""
    wrong = say("“{text}” are no times of day. Write 08:00 or 08:30 17:30", text=verbatim(text))
    try:
        times = [
            time.fromisoformat(part) for part in text.replace("：", ":").replace("，", " ").replace(",", " ").split()
        ]
    except ValueError as error:
        raise Refused(wrong) from error
    # With a zone it is no local time; seconds would be lost when the times are shown and taken over from a form.
    if any(moment.tzinfo is not None or moment.second or moment.microsecond for moment in times):
        raise Refused(wrong)
    return tuple(sorted(times))


def write_groups(groups: Iterable[Group]) -> str:
    """Write groups as they are read."""
    return " ".join("+".join(group.people) or "-" for group in groups)


def write_times(times: Iterable[time]) -> str:
    """Write handover times as they are read."""
    return " ".join(f"{moment:%H:%M}" for moment in times)
