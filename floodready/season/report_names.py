"""What the program calls the reports it comes with, and whom they go to, in the reader's language.

Stores keep both languages in one text, because a paper or a file of the office may be read by either; shown is one.
What an office called its own way is shown as it was typed.
"""

from __future__ import annotations

from collections.abc import Mapping

from floodready.language import Sentence, say, say_as, verbatim

CITY = "city / 市"
PROVINCE = "province / 省"
NATIONAL = "national headquarters / 国家防总"
DANGER = "Major danger / 重大险情"
STATION = "Station data / 水情"
KEY_STATION = "Key station data / 重要站水情"
WORKS = "Works status / 工情日报"
DEFENCE = "Defence report / 防守日报"
UNITS = "Units' daily report / 各单位日报"
BULLETIN = "Bulletin / 汛情通报"

_WORDS: Mapping[str, Sentence] = {
    CITY: say_as("addressee of a report", "city"),
    PROVINCE: say_as("addressee of a report", "province"),
    NATIONAL: say("national headquarters"),
    DANGER: say_as("report", "Major danger"),
    STATION: say("Station data"),
    KEY_STATION: say("Key station data"),
    WORKS: say("Works status"),
    DEFENCE: say("Defence report"),
    UNITS: say("Units' daily report"),
    BULLETIN: say_as("report", "Bulletin"),
}


def report_words(text: str) -> Sentence:
    """Give the name of a report, or of whom it goes to, as the reader is told it."""
    return _WORDS.get(text) or verbatim(text)
