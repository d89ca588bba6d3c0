"""What the journal keeps but nobody is shown: a PIN's hash, from which a short PIN is quickly guessed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from floodready.frozen import replace
from floodready.organisation.models import Pin
from floodready.store.contract import Change, Raw

_HIDDEN = {Pin.table: ("hash",)}


def without_secrets(change: Change) -> Change:
    """Give a change as it may be shown: secret fields say only that they are there."""
    hidden = _HIDDEN.get(change.table, ())
    if not hidden:
        return change
    return replace(change, before=_masked(change.before, hidden), after=_masked(change.after, hidden))


def changed_fields(change: Change) -> Iterator[tuple[str, Any, Any]]:
    """Give every field that differs, with its value before and after as it may be shown; None where it has none.

    A secret that was changed is among them, though both its values look alike.
    """
    shown = without_secrets(change)
    held, kept = change.before or {}, change.after or {}
    for name in {**held, **kept}:
        if held.get(name) != kept.get(name):
            yield name, (shown.before or {}).get(name), (shown.after or {}).get(name)


def _masked(raw: Raw | None, hidden: tuple[str, ...]) -> Raw | None:
    if raw is None:
        return None
    return {name: "•••" if name in hidden else value for name, value in raw.items()}
