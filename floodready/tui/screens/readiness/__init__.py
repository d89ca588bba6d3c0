"""The screens behind the board: tree, explanation, forecast, what-if, pre-season checklist."""
