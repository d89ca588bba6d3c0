"""PINs: what one may be, how it is kept, and how long wrong ones must wait."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from floodready.language import Sentence, say
from floodready.organisation.models import Pin

if TYPE_CHECKING:
    from argon2 import PasswordHasher

FREE_TRIES = 5
"""So many wrong PINs in a row may be tried at once."""
_FIRST_WAIT = timedelta(minutes=1)
_LONGEST_WAIT = timedelta(hours=1)


def pin_problem(pin: str) -> Sentence | None:
    """Say why a new PIN cannot be taken, or None: 4 to 12 digits that are not one digit repeated nor a run."""
    if not (pin.isascii() and pin.isdigit() and 4 <= len(pin) <= 12):
        return say("A PIN has 4 to 12 digits.")
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(pin)}
    if steps in ({0}, {1}, {9}):
        return say("A PIN like {pin} is guessed at once. Take another.", pin=pin)
    return None


def hash_pin(pin: str) -> str:
    """Give the argon2id form in which a PIN is kept; each time another one (salted)."""
    return _hasher().hash(pin)


def is_right(pin: str, kept: Pin) -> bool:
    """Tell whether this is the PIN."""
    from argon2.exceptions import InvalidHashError, VerificationError

    try:
        return _hasher().verify(kept.hash, pin)
    except (VerificationError, InvalidHashError):
        return False


def waits_until(kept: Pin) -> datetime | None:
    """Give the instant (UTC) before which no PIN of this person is looked at, or None.

    After the fifth wrong one in a row a minute; each further wrong one doubles it, up to an hour.
    """
    over = kept.failed - FREE_TRIES
    if over < 0 or kept.last_failed_at is None:
        return None
    wait: timedelta = min(_FIRST_WAIT * 2 ** min(over, 10), _LONGEST_WAIT)
    return kept.last_failed_at + wait


def _hasher() -> PasswordHasher:
    from argon2 import PasswordHasher

    # The second of RFC 9106's recommended settings would hold the store's lock for longer than a key press
    # on a small machine; this is OWASP's least one (19 MiB, 2 passes).
    return PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
