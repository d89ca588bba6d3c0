"""What a person chose by option or environment. Loads nothing: the quickest answers are given before anything else."""

from __future__ import annotations

import os


def language_of(code: str | None) -> str:
    """Give `en` or `zh_CN`, by a code or else by FLOODREADY_LANG, LC_ALL, LC_MESSAGES and LANG; unknown is English."""
    wanted = code or next(
        (os.environ[name] for name in ("FLOODREADY_LANG", "LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), ""
    )
    return language_named(wanted) or "en"


def language_named(code: str) -> str | None:
    """Give the language that a code means, like zh, zh-CN or en_US.UTF-8; None for one that is not spoken here."""
    return {"en": "en", "zh": "zh_CN"}.get(code.lower().replace("-", "_").partition(".")[0].partition("_")[0])


def store_named(given: str | None) -> str | None:
    """Give the store's folder as the option or FLOODREADY_STORE names it, `~` replaced; None where neither does."""
    named = given or os.environ.get("FLOODREADY_STORE")
    return os.path.expanduser(named) if named else None  # noqa: PTH111 # pathlib takes half as long as the whole answer
