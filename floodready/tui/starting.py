"""The first seconds of the screens: no search for garbage while the program and the first frame are being made."""

from __future__ import annotations

import gc


def put_collecting_off() -> None:
    """Search for no garbage until `collect_again`: nearly all that is made while starting stays."""
    gc.disable()


def collect_again() -> None:
    """Search again, but never through what the start has made: that would be a pause felt while one types."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()
