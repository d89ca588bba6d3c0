"""Starting work beside the screen's loop, in one way."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from textual.dom import DOMNode
from textual.worker import Worker


def start(node: DOMNode, work: Callable[[], Coroutine[Any, Any, None]], group: str, *, exclusive: bool = True) -> None:
    """Start work that belongs to a node and ends with it; an exclusive one takes the place of its group's last.

    The function is handed over, not a coroutine: one that is overtaken before it began would be left unawaited.
    """
    _: Worker[None] = node.run_worker(work, group=group, exclusive=exclusive)
