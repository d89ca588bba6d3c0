"""Where this program's files are: store, settings, logs; by option, then environment, then the platform's custom."""

from __future__ import annotations

from pathlib import Path

from floodready.chosen import store_named


def store_folder(given: str | None) -> Path:
    """Give the folder of the store; it may not exist yet."""
    named = store_named(given)
    if named is not None:
        return Path(named).absolute()
    from platformdirs import user_data_path

    return user_data_path("floodready", appauthor=False) / "store"


def demo_folder() -> Path:
    """Give the folder in which the demo store is made when none is named."""
    from platformdirs import user_data_path

    return user_data_path("floodready", appauthor=False) / "demo-store"


def settings_file() -> Path:
    """Give the file of this person's settings (theme, language, keys); it may not exist yet."""
    from platformdirs import user_config_path

    return user_config_path("floodready", appauthor=False) / "settings.toml"


def drafts_folder() -> Path:
    """Give the folder of what is typed and not recorded yet, on this machine; it may not exist yet."""
    from platformdirs import user_state_path

    return user_state_path("floodready", appauthor=False) / "drafts"
