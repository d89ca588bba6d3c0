"""Taking back what was arranged, whatever it is: each kind by its own command, with its own right and rules."""

from __future__ import annotations

from floodready.duty.commands import withdraw_leave, withdraw_override, withdraw_temporary_rota, withdraw_wish
from floodready.duty.models import Leave, Override, TemporaryRota, Wish
from floodready.store.contract import Act, Store


def take_back(store: Store, act: Act, seen: TemporaryRota | Override | Leave | Wish) -> None:
    """Take one thing back, from now on: what is past stays. Raises NotAllowed, Superseded, Refused where it is over."""
    match seen:
        case TemporaryRota():
            withdraw_temporary_rota(store, act, seen)
        case Override():
            withdraw_override(store, act, seen)
        case Leave():
            withdraw_leave(store, act, seen)
        case Wish():
            withdraw_wish(store, act, seen)
