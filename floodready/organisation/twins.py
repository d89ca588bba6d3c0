"""Names that nobody could tell apart in a list: a second unit, works, post or station of one name in one place."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol, TypeVar


class _Named(Protocol):
    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def active(self) -> bool: ...


N = TypeVar("N", bound=_Named)


def twin_of(one: N, among: Iterable[N]) -> N | None:
    """Give another of these that is in use and has the same name, capitals or not; what is retired has no twin."""
    if not one.active:
        return None
    alike = (other for other in among if other.active and other.id != one.id)
    return next((other for other in alike if other.name.casefold() == one.name.casefold()), None)
