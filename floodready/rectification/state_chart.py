"""The state chart, drawn from the table of moves: as Markdown with a Mermaid diagram for the documentation."""

from __future__ import annotations

from floodready.rectification.states import State
from floodready.rectification.transitions import MOVES, Move


def chart() -> str:
    """Give the whole page; a test holds the page in the documentation to it."""
    lines = [
        "# States of a rectification record",
        "",
        "Drawn from the table in `floodready/rectification/transitions.py`:",
        "`python -m floodready.rectification.state_chart > docs/rectification-states.md`",
        "",
        "```mermaid",
        "stateDiagram-v2",
        f"    [*] --> {State.FOUND.value}",
        *(f"    {frm.value} --> {to.value}: {move.name.value}" for move in MOVES for frm, to in _arrows(move)),
        *(f"    {state.value} --> [*]" for state in State if not state.is_open),
        "```",
        "",
        "| move | from | to | who (hazard) | who (meeting task) | needs | writes |",
        "| --- | --- | --- | --- | --- | --- | --- |",
        *(_row(move) for move in MOVES),
    ]
    return "\n".join(lines) + "\n"


def _arrows(move: Move) -> list[tuple[State, State]]:
    return [(frm, move.to) for frm in State if frm in move.frm and move.to is not None]


def _row(move: Move) -> str:
    cells = (
        move.name.value,
        ", ".join(state.value for state in State if state in move.frm),
        move.to.value if move.to is not None else "unchanged",
        move.may.value,
        move.may_task.value if move.may_task is not None else "–",
        ", ".join(move.needs) or "–",
        ", ".join(move.writes) or "–",
    )
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    print(chart(), end="")
