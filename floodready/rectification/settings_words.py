"""The office's own figures of rectification, each with what it counts: for the command line and the form."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from floodready.language import Sentence, say

SETTINGS: Mapping[str, Sentence] = MappingProxyType(
    {
        "extension_working_days": say("working days before the deadline to ask for an extension"),
        "failed_before_escalation": say("failed re-checks before it climbs the chain"),
        "listed_progress_months": say("months between reports of a listed hazard"),
        "urge_days": say("days before the deadline to urge"),
        "amber_days": say("days before the deadline for the amber light"),
        "red_hours": say("hours before the deadline for the red light"),
    }
)
"""By field of `RectificationSettings`, in the order in which they are shown."""
SHORT_NAMES: Mapping[str, Sentence] = MappingProxyType(
    {
        "extension_working_days": say("Extension, before"),
        "failed_before_escalation": say("Failed re-checks"),
        "listed_progress_months": say("Listed, reports every"),
        "urge_days": say("Urged from"),
        "amber_days": say("Amber from"),
        "red_hours": say("Red from"),
    }
)
"""The same as they stand before a field of a form, where there is room for few words."""
