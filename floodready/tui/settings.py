"""A person's settings of the screens: theme, language, keys; a small TOML file, refused where it is not understood."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from floodready.frozen import EMPTY, frozen
from floodready.language import LANGUAGES, Sentence, languages_told, say, verbatim
from floodready.os_reasons import reason_of
from floodready.refusal import WrongUsage

NAMES = ("theme", "language", "ascii", "keys")


@frozen
class Settings:
    """What a person chose; None where they chose nothing."""

    theme: str | None = None
    language: str | None = None
    ascii: bool = False
    """Draw marks with ASCII only, for terminals and fonts that lack the others."""
    keys: Mapping[str, str] = EMPTY
    """Keys by the id of what they do."""


def read_settings(path: Path) -> Settings:
    """Read the file; none gives the defaults. Raises WrongUsage, naming file and setting."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Settings()
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise WrongUsage(
            say("{file} cannot be read: {problem}", file=verbatim(str(path)), problem=reason_of(error))
        ) from error
    for name, value in raw.items():
        _check(path, name, value)
    return Settings(**raw)


def keep_choice(path: Path, name: str, value: str) -> None:
    """Write one setting into the file; the others stay as they are.

    A folder that cannot be written is no reason to stop: the choice then holds until the program is left.
    """
    try:
        raw: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        raw[name] = value
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_written(raw), encoding="utf-8")
    except (OSError, ValueError):
        return


def _check(path: Path, name: str, value: Any) -> None:
    if name not in NAMES:
        near = get_close_matches(name, NAMES, n=1) or NAMES[:1]
        raise WrongUsage(
            say(
                "{file}: there is no setting “{name}”; the nearest is “{near}”.",
                file=verbatim(str(path)),
                name=verbatim(name),
                near=near[0],
            )
        )
    kind = {"ascii": bool, "keys": dict}.get(name, str)
    if not isinstance(value, kind):
        raise WrongUsage(say("{file}: “{name}” cannot be {value}.", **_named(path, name, value)))
    if name == "language" and value not in LANGUAGES:
        raise WrongUsage(
            say(
                "{file}: “{name}” cannot be {value}. There are: {languages}",
                **_named(path, name, value),
                languages=languages_told(),
            )
        )


def _named(path: Path, name: str, value: Any) -> dict[str, Sentence]:
    return {"file": verbatim(str(path)), "name": verbatim(name), "value": verbatim(str(value))}


def _written(raw: Mapping[str, Any]) -> str:
    plain = [f"{name} = {_value(value)}" for name, value in raw.items() if not isinstance(value, dict)]
    tables = [
        f"\n[{name}]\n" + "\n".join(f"{json.dumps(key)} = {_value(inner)}" for key, inner in value.items())
        for name, value in raw.items()
        if isinstance(value, dict)
    ]
    return "\n".join([*plain, *tables]) + "\n"


def _value(value: Any) -> str:
    # JSON's strings and booleans are TOML's too.
    return json.dumps(value, ensure_ascii=False)
