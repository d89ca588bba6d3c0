"""Everything that writes readiness: overrides, and the pre-season checklist as a campaign."""

from floodready.readiness.commands_checklist import open_checklist
from floodready.readiness.commands_override import end_override, override

__all__ = ["end_override", "open_checklist", "override"]
