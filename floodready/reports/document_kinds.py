"""Which class the documents of a table are of: the journal knows tables by their names only."""

from __future__ import annotations

from functools import cache
from importlib import import_module

from floodready.document import Document

_MODULES = (
    "drills.models", "drills.run_models",
    "duty.models", "duty.models_shift",
    "materials.models", "materials.models_counting", "materials.models_equipment", "materials.models_papers",
    "organisation.models",
    "readiness.models",
    "rectification.grading", "rectification.models", "rectification.models_campaign",
    "season.models", "season.models_level", "season.models_report",
    "workdays",
)  # fmt: skip
"""Every module that holds documents; a test walks over all."""


def document_kind(table: str) -> type[Document] | None:
    """Give the class of a table's documents; None for a table of another program's version."""
    return _kinds().get(table)


@cache
def _kinds() -> dict[str, type[Document]]:
    modules = [import_module(f"floodready.{name}") for name in _MODULES]
    held = (one for module in modules for one in vars(module).values() if isinstance(one, type))
    return {kind.table: kind for kind in held if issubclass(kind, Document) and kind is not Document}
