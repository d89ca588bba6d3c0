"""Every key of the screens in one table: id, keys, words, help, group.

A screen declares its keys with `bind`; footer, key help, palette and keymap read this table. Characters that a Chinese
input method sends in place of `:`, `?` and `/` are bound beside them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from enum import Enum

from textual.binding import Binding

from floodready.frozen import frozen_in_order
from floodready.language import Sentence, say, verbatim


class Group(Enum):
    """What keys are grouped under in the key help."""

    HERE = say("On this screen")
    LIST = say("In a list")
    ENTRY = say("While typing")
    PROGRAM = say("Everywhere")


@frozen_in_order
class Key:
    """One thing that keys do."""

    id: str
    """`screen.action`; people remap keys by it."""
    keys: str
    """Keys as Textual names them, separated by commas; the first is the one shown."""
    action: str
    words: Sentence
    """One or two words, for the footer."""
    help: Sentence
    """One sentence, for the key help and the palette."""
    group: Group
    shown: bool
    """Whether the footer shows it."""


TABLE: dict[str, Key] = {}
EVERYWHERE = ("app.", "list.", "screen.")
"""Prefixes of ids whose keys work on every screen."""
FOCUSED = {"list", "calendar", "grid"}
"""What hears its keys only while it has the focus: never two of them at once."""
WINDOWS = ("dialog.", "form.", "confirm.", "notice.")
"""Prefixes of ids whose keys work in a window over a screen; no others do then."""


def bind(
    id: str, keys: str, action: str, words: Sentence, help: Sentence, *, group: Group = Group.HERE, shown: bool = True
) -> Binding:
    """Put a key in the table and give the binding for a screen's BINDINGS."""
    if id in TABLE:
        raise ValueError(f"the key id {id} is used twice")
    TABLE[id] = Key(id, keys, action, words, help, group, shown)
    return Binding(keys, action, words.template, show=shown, id=id)


def clashes(keymap: Mapping[str, str]) -> Iterator[Sentence]:
    """Name what is wrong with a person's keymap: unknown ids, and keys that would do two things in one place."""
    for unknown in keymap.keys() - TABLE.keys():
        near = get_close_matches(unknown, TABLE, n=1)
        yield say(
            "There is no key named “{id}”; the nearest is “{near}”.",
            id=verbatim(unknown),
            near=verbatim(near[0] if near else "app.help"),
        )
    taken = [(key, keymap.get(key.id, key.keys)) for key in TABLE.values()]
    for place, (one, ones_keys) in enumerate(taken):
        for other, others_keys in taken[place + 1 :]:
            both = {*_split(ones_keys)} & {*_split(others_keys)}
            if both and _meet(one.id, other.id):
                yield say(
                    "“{key}” is set for “{one}” and for “{other}”. Give one of them another key.",
                    key=verbatim(min(both)),
                    one=verbatim(one.id),
                    other=verbatim(other.id),
                )


def display(keys: str) -> str:
    """Write the first of some keys as people know it: `/`, `esc`, `ctrl+p`."""
    first = _split(keys)[0]
    return _DISPLAY.get(first, first.replace("escape", "esc"))


def footer_name(key: Key, pressed: str) -> Sentence:
    """Write the key that does a thing: both arrows where each does it in its direction, or one would seem to be all."""
    if pressed == "up" and "down" in _split(key.keys):
        return say("up/down")
    return verbatim(display(pressed))


_DISPLAY = {
    "slash": "/",
    "colon": ":",
    "question_mark": "?",
    "full_stop": ".",
    "less_than_sign": "<",
    "greater_than_sign": ">",
    "escape": "esc",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "plus": "+",
    "minus": "-",
}


def _split(keys: str) -> list[str]:
    return [key.strip() for key in keys.split(",")]


def _meet(one: str, other: str) -> bool:
    """Tell whether two keys work in one place: what is under a window, or beside the focus, does not hear the key."""
    if one.startswith(WINDOWS) or other.startswith(WINDOWS):
        return one.startswith(WINDOWS) and other.startswith(WINDOWS)
    if Group.ENTRY in (TABLE[one].group, TABLE[other].group):
        # A field hears its own keys before the screen does.
        return one.partition(".")[0] == other.partition(".")[0]
    places = {one.partition(".")[0], other.partition(".")[0]}
    if len(places) > 1 and places <= FOCUSED:
        return False
    if one.startswith(EVERYWHERE) or other.startswith(EVERYWHERE):
        return True
    return one.partition(".")[0] == other.partition(".")[0]


APP_KEYS = [
    bind(
        "app.palette",
        "colon,：,ctrl+p",
        "command_palette",
        say("commands"),
        say("Type what you want to do or see: “stock bags”, “sign in”."),
        group=Group.PROGRAM,
    ),
    bind(
        "app.undo", "z", "undo", say("undo"), say("Take back the last thing you did; says first what."),
        group=Group.PROGRAM,
    ),
    bind(
        "app.sign_in",
        "f2",
        "sign_in",
        say("sign in"),
        say("Sign in, or hand this terminal to the next person."),
        group=Group.PROGRAM,
        shown=False,
    ),
    bind(
        "app.language", "f3", "next_language", say("中文/English"), say("Switch the language."),
        group=Group.PROGRAM, shown=False,
    ),
    bind(
        "app.theme", "f4", "next_theme", say("theme"), say("Switch to the next colours."),
        group=Group.PROGRAM, shown=False,
    ),
    bind(
        "app.as_of", "f5", "look_back", say("past"), say("Show a past moment as it was known then; again: now."),
        group=Group.PROGRAM, shown=False,
    ),
    bind("app.quit", "q,ctrl+q", "quit", say("quit"), say("Leave; what was confirmed is kept."), group=Group.PROGRAM,
         shown=False),
    bind(
        "app.help", "question_mark,？,f1", "keys_here", say("more"), say("Show the keys of where you are."),
        group=Group.PROGRAM, shown=False,
    ),
]  # fmt: skip
SCREEN_KEYS = [
    bind("screen.filter", "slash,／,、", "filter", say("filter"),
         say("Keep only rows with these words; unit:dike looks in one column, bzd finds 编织袋.")),
    bind("screen.next", "tab", "next_part", say("next list"), say("To the next list of the screen."), shown=False),
    bind("screen.previous", "shift+tab", "previous_part", say("list before"), say("To the list before."), shown=False),
    bind("screen.back", "escape", "back", say("back"), say("Clear the filter, or go back."), shown=False),
]  # fmt: skip
