"""The styles of the screens, parsed once: Textual parses every widget's anew whenever a screen is first opened."""

from __future__ import annotations

from typing import Any

from textual.cache import LRUCache
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet

SOURCES = 512
"""Pieces of style kept for one theme; all the screens together have some 150."""
THEMES = 8

Kept = LRUCache[tuple[Any, ...], list[RuleSet]]
_kept: LRUCache[frozenset[tuple[str, str]], Kept] = LRUCache(THEMES)


def _kept_for(variables: dict[str, str]) -> Kept:
    key = frozenset(variables.items())
    if key not in _kept:
        _kept[key] = LRUCache(SOURCES)
    return _kept[key]


class KeptStylesheet(Stylesheet):
    """A stylesheet that keeps what it has parsed for as long as the colours are the same."""

    def __init__(self, *, variables: dict[str, str]) -> None:
        super().__init__(variables=variables)
        self._parse_cache = _kept_for(variables)

    def set_variables(self, variables: dict[str, str]) -> None:
        """Take the colours of a theme; nothing is forgotten while they are the ones before."""
        if variables == self._variables:
            return
        # Textual clears the cache that is in place.
        self._parse_cache = LRUCache(1)
        super().set_variables(variables)
        self._parse_cache = _kept_for(variables)

    def reparse(self) -> None:
        """Put the rules together anew from the sources, parsing only what is new."""
        self.parse()
