"""Which record may take another one in."""

from __future__ import annotations

from collections.abc import Collection

from floodready.rectification.models import Finding
from floodready.rectification.states import Grade


def can_take_in(other: Finding, record: Finding) -> bool:
    """Tell whether `other` is an open hazard that is not `record` itself."""
    return other.id != record.id and other.is_open and not other.is_task


def same_hands(other: Finding, record: Finding, above: Collection[str]) -> bool:
    """Tell whether whoever answers for `other` answers for `record` too: its own unit, or one of those `above` it."""
    return other.unit == record.unit or other.unit in above


def would_lose(other: Finding, record: Finding) -> bool:
    """Tell whether merging `record` into `other` would lose what only a major hazard has: five fixes and a plan."""
    return record.grade is Grade.MAJOR and other.grade is not Grade.MAJOR
