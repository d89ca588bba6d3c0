"""What a person chose by option or environment. Loads nothing: the quickest answers are given before anything else."""

from __future__ import annotations

import os


def language_of(code: str | None) -> str:
    """Give `en` or `zh_CN`, by a code or else by FLOODREADY_LANG, LC_ALL, LC_MESSAGES and LANG; unknown is English."""
    wanted = code or next(
        (os.environ[name] for name in ("FLOODREADY_LANG", "LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), ""
    )
    return "zh_CN" if wanted.lower().startswith("zh") else "en"


def store_named(given: str | None) -> str | None:
    """Give the store's folder as the option or FLOODREADY_STORE names it, `~` replaced; None where neither does."""
    named = given or os.environ.get("FLOODREADY_STORE")
    return os.path.expanduser(named) if named else None  # noqa: PTH111 # pathlib takes half as long as the whole answer
