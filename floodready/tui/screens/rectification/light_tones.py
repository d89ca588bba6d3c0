"""The colour of each light of a record, for every list that shows one."""

from floodready.rectification.lights import Light
from floodready.tui.theme import Tone

TONES = {
    Light.OVERDUE: Tone.BAD,
    Light.RED: Tone.BAD,
    Light.AMBER: Tone.WATCH,
    Light.URGED: Tone.WATCH,
    Light.GREEN: Tone.GOOD,
    Light.NONE: Tone.MUTED,
}
