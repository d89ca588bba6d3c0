"""The palette: whatever keys do here or on another pillar, languages, themes, a place with a filter (`stock bags`)."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, NamedTuple

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from floodready.language import LANGUAGES, Sentence, say, verbatim
from floodready.text import folded
from floodready.tui.by_sound import sound_of
from floodready.tui.duty_app import InDutyApp
from floodready.tui.everyday_words import everyday_words
from floodready.tui.keys import TABLE, display
from floodready.tui.pillars import PILLARS
from floodready.tui.theme import PALETTES
from floodready.tui.widgets.key_line import every_key_here

ELSEWHERE = 0.8
BY_SOUND = 0.5
"""How well a line fits whose Chinese words sound like what is typed."""
TOLD_BY_HELP = 0.1
"""How well a line fits whose words lack what is looked for, but whose help says it: it stands last."""


class Command(NamedTuple):
    """One line of the palette."""

    words: Sentence
    help: Sentence
    run: Callable[[], Any]
    english: str
    """What it is found by whatever the language: for who types without an input method."""
    nearness: float = 1.0
    """Below one for what is done elsewhere: what can be done here stands first."""
    id: str = ""
    """Of the key that does it too."""


def _found(command: Command, query: str, match: Callable[[str], float]) -> tuple[float, Sentence]:
    """Tell how well a line fits what is looked for, and how it is then shown; 0 where it does not.

    Its own words fit with letters left out, everyday words and its help only as they are typed: they are many.
    """
    own = max(match(str(command.words)), match(command.english) * 0.9)
    said = any(_begins_a_word(query, words) for words in (str(command.words), command.english))
    for word in () if said else everyday_words(command.id):
        if _begins_a_word(query, word) and (score := match(word) * 0.95) > own:
            return score, say("{act} [{word}]", act=command.words, word=verbatim(word))
    if own == 0 and any(_begins_a_word(query, told) for told in (str(command.help), command.help.template)):
        return TOLD_BY_HELP, command.words
    if own == 0 and (sounds := sound_of(folded(query), str(command.words))) and sounds.search(str(command.words)):
        return BY_SOUND, command.words
    return own, command.words


def _begins_a_word(query: str, text: str) -> bool:
    wanted, text = folded(query), folded(text)
    if not wanted:
        return False
    # Chinese sets no words apart: a part of the sentence is enough.
    return wanted in text if not wanted.isascii() else f" {wanted}" in f" {text}"


class Commands(InDutyApp, Provider):
    """Everything that can be done from here."""

    async def startup(self) -> None:
        """Load the pillars whose acts are searched, beside the loop: what is typed meanwhile is seen at once."""
        await asyncio.to_thread(lambda: [pillar.load() for pillar in PILLARS])

    async def discover(self) -> Hits:
        for command in self._commands():
            yield DiscoveryHit(Content(str(command.words)), command.run, str(command.words), str(command.help))

    async def search(self, query: str) -> Hits:
        query = query.replace("-", " ")
        matcher = self.matcher(query)
        for command in (*self._commands(), *self._acts_elsewhere()):
            score, shown = _found(command, query, matcher.match)
            if score > 0:
                yield Hit(score * command.nearness, Content(str(shown)), command.run, str(shown), str(command.help))
        for place in self._places_with_filter(query):
            yield Hit(1.0, Content(str(place.words)), place.run, str(place.words), str(place.help))

    def _commands(self) -> Iterator[Command]:
        app = self.duty_app
        for key, active in every_key_here(self.screen):
            run = partial(app.run_action, active.binding.action, active.node)
            words = say("{words} ({key})", words=key.words, key=verbatim(display(key.keys)))
            yield Command(words, key.help, run, key.words.template, id=key.id)
        for code, name in LANGUAGES.items():
            yield Command(verbatim(name), say("Switch the language."), partial(app.speak, code), name)
        for palette in PALETTES:
            words = say("Colours: {theme}", theme=palette.words)
            yield Command(words, say("Switch the colours."), partial(app.wear, palette.name), words.template)

    def _acts_elsewhere(self) -> Iterator[Command]:
        shown = self.duty_app.screen_stack[0]
        for pillar in PILLARS:
            screen = pillar.load()
            if isinstance(shown, screen):
                continue
            for binding in screen.__dict__.get("BINDINGS", ()):
                if (key := TABLE.get(binding.id or "")) is None:
                    continue
                words = say("{pillar}: {act} ({key})", pillar=pillar.words, act=key.words,
                            key=verbatim(f"{pillar.key} {display(key.keys)}"))  # fmt: skip
                run = partial(self.duty_app.do_there, pillar.id, key.action)
                english = f"{pillar.words.template}: {key.words.template}"
                yield Command(words, key.help, run, english, ELSEWHERE, key.id)

    def _places_with_filter(self, query: str) -> Iterator[Command]:
        place, _, wanted = query.strip().partition(" ")
        if not wanted.strip():
            return
        for pillar in PILLARS:
            names = (str(pillar.words), pillar.words.template, pillar.id)
            if any(name.casefold().startswith(place.casefold()) for name in names):
                words = say("{pillar}: “{filter}”", pillar=pillar.words, filter=verbatim(wanted.strip()))
                run = partial(self.duty_app.show_filtered, pillar.id, wanted.strip())
                yield Command(words, say("Go there and filter its list."), run, "")
