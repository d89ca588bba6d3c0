"""Other words by which people look for what a key does, where its own words and its help do not hold them.

Each sentence is a list set apart by commas; a translation gives that language's everyday words, not these ones.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from floodready.language import Sentence, say

EVERYDAY: Mapping[str, Sentence] = {
    "app.language": say("language, Chinese, English"),
    "app.theme": say("theme, colours, colors, dark, light, contrast"),
    "app.help": say("help, keys, shortcuts"),
    "app.quit": say("quit, exit, close, end"),
    "app.undo": say("undo, take back, revert"),
    "app.sign_in": say("sign in, log in, login, hand over, user, change person"),
    "app.as_of": say("past, history, as of, yesterday, back to now"),
    "screen.filter": say("filter, search, find"),
    "app.board": say("board, status, readiness, overview, home"),
    "app.season": say("season, flood season, water level"),
    "app.duty": say("duty, who is on duty, roster, shift"),
    "app.rectification": say("rectification, hazards, defects"),
    "app.materials": say("materials, warehouse, goods, supplies"),
    "app.organisation": say("organisation, people, staff, phones, units"),
    "app.drills": say("drills, exercises, training"),
    "app.journal": say("journal, who did what, audit"),
    "board.explain": say("override, why"),
    "board.briefs": say("print, report, papers"),
    "season.declare": say("response level, emergency response"),
    "organisation.terminals": say("sign out, log out, logout, log off"),
    "organisation.pin": say("PIN, password"),
    "organisation.person": say("user, staff"),
    "organisation.roles": say("permissions, rights"),
    "duty.log": say("handover, hand over the shift, danger report"),
    "duty.leave": say("holiday, absence"),
    "stock.issue": say("hand out, take out"),
    "stock.receive": say("delivery, take in"),
    "records.task": say("meeting task"),
}
"""By the id of the key."""


def everyday_words(id: str) -> tuple[str, ...]:
    """Give the other words for what a key does: those of the language now chosen, then the English ones."""
    found = EVERYDAY.get(id)
    if found is None:
        return ()
    return tuple(dict.fromkeys((*_parts(str(found)), *_parts(found.template))))


def _parts(words: str) -> list[str]:
    return [part.strip() for part in re.split("[,，、]", words) if part.strip()]
