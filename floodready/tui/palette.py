"""The palette: whatever keys do here or on another pillar, languages, themes, a place with a filter (`stock bags`)."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from floodready.language import LANGUAGES, Sentence, say, verbatim
from floodready.tui.keys import TABLE, display
from floodready.tui.pillars import PILLARS
from floodready.tui.theme import PALETTES
from floodready.tui.widgets.key_line import every_key_here

if TYPE_CHECKING:
    from floodready.tui.app import FloodreadyApp


ELSEWHERE = 0.8


class Command(NamedTuple):
    """One line of the palette."""

    words: Sentence
    help: Sentence
    run: Callable[[], Any]
    english: str
    """What it is found by whatever the language: for who types without an input method."""
    nearness: float = 1.0
    """Below one for what is done elsewhere: what can be done here stands first."""


class Commands(Provider):
    """Everything that can be done from here."""

    async def startup(self) -> None:
        """Load the pillars whose acts are searched, beside the loop: what is typed meanwhile is seen at once."""
        await asyncio.to_thread(lambda: [pillar.load() for pillar in PILLARS])

    async def discover(self) -> Hits:
        for command in self._commands():
            yield DiscoveryHit(Content(str(command.words)), command.run, str(command.words), str(command.help))

    async def search(self, query: str) -> Hits:
        matcher = self.matcher(query)
        for command in (*self._commands(), *self._acts_elsewhere()):
            score = max(matcher.match(str(command.words)), matcher.match(command.english) * 0.9)
            if score > 0:
                yield Hit(
                    score * command.nearness,
                    Content(str(command.words)),
                    command.run,
                    str(command.words),
                    str(command.help),
                )
        for place in self._places_with_filter(query):
            yield Hit(1.0, Content(str(place.words)), place.run, str(place.words), str(place.help))

    @property
    def _duty_app(self) -> FloodreadyApp:
        return cast("FloodreadyApp", self.app)

    def _commands(self) -> Iterator[Command]:
        app = self._duty_app
        for key, active in every_key_here(self.screen):
            run = partial(app.run_action, active.binding.action, active.node)
            words = say("{words} ({key})", words=key.words, key=verbatim(display(key.keys)))
            yield Command(words, key.help, run, key.words.template)
        for code, name in LANGUAGES.items():
            yield Command(verbatim(name), say("Switch the language."), partial(app.speak, code), name)
        for palette in PALETTES:
            words = say("Colours: {theme}", theme=palette.words)
            yield Command(words, say("Switch the colours."), partial(app.wear, palette.name), words.template)

    def _acts_elsewhere(self) -> Iterator[Command]:
        shown = self._duty_app.screen_stack[0]
        for pillar in PILLARS:
            screen = pillar.load()
            if isinstance(shown, screen):
                continue
            for binding in screen.__dict__.get("BINDINGS", ()):
                if (key := TABLE.get(binding.id or "")) is None:
                    continue
                words = say("{pillar}: {act} ({key})", pillar=pillar.words, act=key.words,
                            key=verbatim(f"{pillar.key} {display(key.keys)}"))  # fmt: skip
                run = partial(self._duty_app.do_there, pillar.id, key.action)
                english = f"{pillar.words.template}: {key.words.template}"
                yield Command(words, key.help, run, english, ELSEWHERE)

    def _places_with_filter(self, query: str) -> Iterator[Command]:
        place, _, wanted = query.strip().partition(" ")
        if not wanted.strip():
            return
        for pillar in PILLARS:
            names = (str(pillar.words), pillar.words.template, pillar.id)
            if any(name.casefold().startswith(place.casefold()) for name in names):
                words = say("{pillar}: “{filter}”", pillar=pillar.words, filter=verbatim(wanted.strip()))
                run = partial(self._duty_app.show_filtered, pillar.id, wanted.strip())
                yield Command(words, say("Go there and filter its list."), run, "")
