"""What the days of a week are called where there is room for a few letters."""

from __future__ import annotations

from floodready.language import say

WEEKDAYS = (say("Mon"), say("Tue"), say("Wed"), say("Thu"), say("Fri"), say("Sat"), say("Sun"))
"""From Monday on, as `date.weekday` counts them."""
