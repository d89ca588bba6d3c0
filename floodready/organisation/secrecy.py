"""What the journal keeps but nobody is shown: a PIN's hash, from which a short PIN is quickly guessed."""

from __future__ import annotations

from dataclasses import replace

from floodready.organisation.models import Pin
from floodready.store.contract import Change, Raw

_HIDDEN = {Pin.table: ("hash",)}


def without_secrets(change: Change) -> Change:
    """Give a change as it may be shown: secret fields say only that they are there."""
    hidden = _HIDDEN.get(change.table, ())
    if not hidden:
        return change
    return replace(change, before=_masked(change.before, hidden), after=_masked(change.after, hidden))


def _masked(raw: Raw | None, hidden: tuple[str, ...]) -> Raw | None:
    if raw is None:
        return None
    return {name: "•••" if name in hidden else value for name, value in raw.items()}
