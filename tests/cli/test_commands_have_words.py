"""Whatever may be written can be written from the command line too."""

from __future__ import annotations

from floodready.rectification.transitions import MOVES
from tests.tui.test_commands_have_screens import WITHOUT_A_SCREEN, declared, names_used

WITHOUT_A_WORD = {
    **{name: why for name, why in WITHOUT_A_SCREEN.items() if name != "materials.issue"},
    "materials.import_ledger": "the import's `commit`, which counts what it wrote, calls it",
    "rectification.import_ledger": "the import's `apply_rows` calls it",
    "rectification.delist": "the move `de-list` of the table of moves",
    "rectification.report_progress": "the move `progress` of the table of moves",
}
"""Commands whose function no word names, and how a word reaches them nevertheless."""


def test_every_command_is_reached_by_a_word() -> None:
    named = names_used("cli") | {move.name.value.replace("-", "_") for move in MOVES}
    unnamed = {name for name, made_by in declared() if made_by not in named}
    assert sorted(unnamed) == sorted(WITHOUT_A_WORD)
