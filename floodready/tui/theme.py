"""Colours as data: five themes, each with the four readiness tones tested for contrast, and the plain-ASCII look."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, NamedTuple

from textual.app import App
from textual.scrollbar import ScrollBar, ScrollBarRender
from textual.theme import Theme

from floodready.language import Sentence, say
from floodready.tui.stylesheet import KeptStylesheet


class Tone(StrEnum):
    """What a colour says. A tone never stands alone: a mark or a word stands beside it."""

    GOOD = "good"
    WATCH = "watch"
    BAD = "bad"
    UNKNOWN = "unknown"
    MUTED = "muted"
    STRONG = "strong"


class Palette(NamedTuple):
    """The colours of one theme."""

    name: str
    words: Sentence
    dark: bool
    background: str
    surface: str
    panel: str
    foreground: str
    muted: str
    accent: str
    cursor: str
    cursor_text: str
    good: str
    watch: str
    bad: str
    unknown: str

    def theme(self) -> Theme:
        """Give Textual's form."""
        tones = {f"tone-{tone}": getattr(self, tone) for tone in ("good", "watch", "bad", "unknown", "muted")}
        return Theme(
            name=self.name,
            primary=self.accent,
            secondary=self.accent,
            accent=self.accent,
            foreground=self.foreground,
            background=self.background,
            surface=self.surface,
            panel=self.panel,
            success=self.good,
            warning=self.watch,
            error=self.bad,
            dark=self.dark,
            text_alpha=1.0,
            variables={
                **tones,
                "tone-strong": self.foreground,
                "cursor": self.cursor,
                "cursor-text": self.cursor_text,
                "block-cursor-background": self.cursor,
                "block-cursor-foreground": self.cursor_text,
                "input-cursor-background": self.foreground,
                "input-cursor-foreground": self.background,
                "scrollbar": self.muted,
                "scrollbar-hover": self.accent,
                "scrollbar-active": self.accent,
                "scrollbar-background": self.panel,
                "scrollbar-background-hover": self.panel,
                "scrollbar-background-active": self.panel,
            },
        )


PALETTES: tuple[Palette, ...] = (
    Palette(
        "floodready-dark", say("Dark"), True,
        background="#10161c", surface="#161e26", panel="#212c37", foreground="#e6edf3", muted="#9fb0c0",
        accent="#6cb6ff", cursor="#25507f", cursor_text="#ffffff",
        good="#5fd38d", watch="#f0c050", bad="#ff8c85", unknown="#c0a5ff",
    ),
    Palette(
        "floodready-light", say("Light"), False,
        background="#fbfbf8", surface="#f3f3ee", panel="#e4e6e2", foreground="#1b2128", muted="#525d68",
        accent="#00509e", cursor="#bcdcff", cursor_text="#0b1a2b",
        good="#11633a", watch="#7a4b00", bad="#a8161d", unknown="#5a3da0",
    ),
    # Tones after Okabe and Ito's palette: told apart by people who see no red or no green.
    Palette(
        "floodready-colour-blind", say("Colour-blind safe"), True,
        background="#101216", surface="#171a20", panel="#242932", foreground="#f0f0f0", muted="#aab2bd",
        accent="#56b4e9", cursor="#2d4f7c", cursor_text="#ffffff",
        good="#56b4e9", watch="#f0e442", bad="#ff9a3c", unknown="#d9a0c3",
    ),
    Palette(
        "floodready-contrast", say("High contrast"), True,
        background="#000000", surface="#000000", panel="#1c1c1c", foreground="#ffffff", muted="#d0d0d0",
        accent="#ffff00", cursor="#ffff00", cursor_text="#000000",
        good="#00ff66", watch="#ffd500", bad="#ff9c9c", unknown="#e0b0ff",
    ),
    Palette(
        "floodready-contrast-light", say("High contrast, light"), False,
        background="#ffffff", surface="#ffffff", panel="#e8e8e8", foreground="#000000", muted="#303030",
        accent="#00309e", cursor="#00309e", cursor_text="#ffffff",
        good="#004d1f", watch="#5c3700", bad="#8f0000", unknown="#42008f",
    ),
)  # fmt: skip
DEFAULT_THEME = PALETTES[0].name


def dress(app: App[Any], theme: str) -> None:
    """Give an app that is being made its themes, and put one on: changing it later would read all CSS a second time."""
    for palette in PALETTES:
        app.register_theme(palette.theme())
    app.set_reactive(App.theme, theme)
    app.set_class(app.current_theme.dark, "-dark-mode", update=False)
    app.set_class(not app.current_theme.dark, "-light-mode", update=False)
    app.set_class(True, f"-theme-{theme}", update=False)
    app.stylesheet = KeptStylesheet(variables=app.get_css_variables())


class PlainScrollBar(ScrollBarRender):
    """A scrollbar of whole blank cells: block glyphs are two cells wide on some Chinese terminals."""

    VERTICAL_BARS = [" "]  # noqa: RUF012 - Textual declares a list
    HORIZONTAL_BARS = [" "]  # noqa: RUF012

    @classmethod
    def install(cls) -> None:
        """Draw all scrollbars so."""
        ScrollBar.renderer = cls


_ASCII_MARKS = {"✔": "+", "✘": "x", "⚠": "!", "›": ">", "▁": "_", "…": "."}
_plain_marks = False


def use_ascii(plain: bool) -> None:
    """Choose whether marks are drawn with ASCII only, for terminals and fonts that lack the others."""
    global _plain_marks
    _plain_marks = plain


def in_ascii() -> bool:
    """Tell whether only ASCII is drawn."""
    return _plain_marks


def mark(glyph: str) -> str:
    """Give a mark, or its ASCII twin where that was chosen."""
    return _ASCII_MARKS.get(glyph, glyph) if _plain_marks else glyph
