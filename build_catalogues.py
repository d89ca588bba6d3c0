"""Compile the translations in `po/` into the one catalogue that the package ships, and check that none is missing.

Run by the build (as a hatchling hook) and by hand: `python build_catalogues.py` compiles, `--check` also lists every
sentence of the code that a language lacks, every translation that no sentence needs, and every place name that differs.
"""

from __future__ import annotations

import string
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).parent
KEYWORDS: dict[str, Any] = {"say": None, "say_as": ((1, "c"), 2), "say_many": (1, 2)}
Key = tuple[str | None, str]
"""The meaning, where the English has several, and the English of one."""


class CustomBuildHook(BuildHookInterface[Any]):
    """Compiles the catalogues before the package is built or installed for editing."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - hatchling's signature
        """Compile every language."""
        compile_all()


def compile_all() -> None:
    """Write `floodready/locale/<language>/LC_MESSAGES/floodready.mo` for every language in `po/`."""
    for folder in sorted((ROOT / "po").iterdir()):
        target = ROOT / "floodready" / "locale" / folder.name / "LC_MESSAGES" / "floodready.mo"
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("wb") as file:
            write_mo(file, merged(folder))


def merged(folder: Path) -> Catalog:
    """Merge the po files of one language."""
    whole = Catalog(locale=folder.name)
    for _, message in messages(folder):
        whole.add(message.id, message.string, flags=message.flags, context=message.context)
    return whole


def messages(folder: Path) -> Iterator[tuple[str, Message]]:
    """Give every translation of one language with the name of its file."""
    for path in sorted(folder.glob("*.po")):
        with path.open("rb") as file:
            yield from ((path.name, message) for message in read_po(file, locale=folder.name) if message.id)


def sentences() -> dict[Key, str]:
    """Find every template in the code, with the place it stands in."""
    found: dict[Key, str] = {}
    for path, line, message, _comments, context in extract_from_dir(
        ROOT / "floodready", [("**.py", "python")], keywords=KEYWORDS
    ):
        found.setdefault(_key(message, context), f"floodready/{path}:{line}")
    return found


def problems() -> list[str]:
    """List what keeps the languages from being complete."""
    needed = sentences()
    listed = []
    for folder in sorted((ROOT / "po").iterdir()):
        have: dict[Key, Message] = {}
        stands: dict[Key, str] = {}
        for name, message in messages(folder):
            key = _key(message.id, message.context)
            if key in have:
                listed.append(f"{folder.name}: translated in {stands[key]} and in {name}: {key!r}")
            have[key], stands[key] = message, name
        for key, place in needed.items():
            if key not in have or not _complete(have[key]):
                listed.append(f"{folder.name}: {place}: not translated: {key!r}")
            elif _names(have[key].id) != _names(have[key].string):
                listed.append(f"{folder.name}: {place}: other {{names}} than the sentence: {key!r}")
        listed += [f"{folder.name}: no sentence needs: {key!r}" for key in have if key not in needed]
    return listed


def _complete(message: Message) -> bool:
    parts = [message.string] if isinstance(message.string, str) else list(message.string)
    return all(parts) and not message.fuzzy


def _names(text: Any) -> set[str]:
    parts = [text] if isinstance(text, str) else text
    return {name for part in parts for _, name, _, _ in string.Formatter().parse(part) if name} - {"count"}


def _key(message: Any, meaning: str | None) -> Key:
    return meaning, message if isinstance(message, str) else str(message[0])


if __name__ == "__main__":
    compile_all()
    if "--check" in sys.argv:
        missing = problems()
        print("\n".join(missing) or "Every sentence is translated.")
        sys.exit(bool(missing))
