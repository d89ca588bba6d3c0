"""The state chart of the documentation is the table."""

from pathlib import Path

from floodready.rectification.state_chart import chart


def test_the_chart_in_the_documentation_is_drawn_from_the_table() -> None:
    page = Path(__file__).parents[2] / "docs" / "rectification-states.md"
    assert page.read_text(encoding="utf-8") == chart()
