"""Time zones by name, as people type them."""

from __future__ import annotations

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from floodready.language import say, verbatim
from floodready.refusal import Refused

OUR_ZONE = "Asia/Shanghai"
"""The zone of a duty room that names none."""


def zone_named(text: str) -> ZoneInfo:
    """Give a time zone. Raises Refused where there is none of this name."""
    try:
        return ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise Refused(say("There is no time zone {zone}. Write one like Asia/Shanghai", zone=verbatim(text))) from error
