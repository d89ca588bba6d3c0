"""Every field of every document has words for people, in both languages; the forms label it with the same."""

from __future__ import annotations

import ast
from dataclasses import fields
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest

import floodready
from floodready.document import Document, build
from floodready.field_words import FIELDS, HERE, problems_told
from floodready.language import say, use_language
from floodready.organisation.models import Person
from floodready.refusal import Invalid

ROOT = Path(floodready.__file__).parent
FACES = ("floodready.cli", "floodready.tui", "floodready.demo", "floodready.__main__")
ASKED_OTHERWISE = {
    "screens/drills/evaluation.py": {"due_on"},
    "screens/drills/forms.py": {"id", "reason", "text"},
    "screens/drills/materials.py": {"damaged"},
    "screens/duty/forms.py": {"reason"},
    "screens/duty/rotation_form.py": {"unit", "weekdays"},
    "screens/duty/seat_form.py": {"person"},
    "screens/materials/count_codes.py": {"lot", "answer"},
    "screens/materials/incidents.py": {"place"},
    "screens/materials/stock_forms.py": {"purpose"},
    "screens/organisation_forms.py": {"number", "on"},
    "screens/readiness/checklist.py": {"until_on"},
    "screens/rectification/campaign_forms.py": {"on"},
    "screens/rectification/forms.py": {"on"},
    "screens/rectification/opening_forms.py": {"item", "description"},
    "screens/season_forms.py": {"level"},
    "screens/season_reports_forms.py": {"at"},
    "screens/set_up.py": {"person", "phones", "unit"},
}
"""Forms whose question is another than the field's, or whose field only shares the name: by file, the names."""


def documents() -> set[type[Document]]:
    for module in walk_packages(floodready.__path__, "floodready."):
        if not module.name.startswith(FACES):
            import_module(module.name)
    found: set[type[Document]] = set()
    left: list[type[Document]] = [Document]
    while left:
        below = left.pop().__subclasses__()
        found.update(kind for kind in below if kind.__module__.startswith("floodready."))
        left += below
    return found


def test_every_field_has_words_and_no_words_are_of_none() -> None:
    known = {(kind.table, field.name) for kind in documents() for field in fields(kind)}
    assert len(known) > 600
    assert {name for _, name in known} == set(FIELDS)
    assert {f"{table}.{name}" for table, name in known} >= set(HERE)


def test_the_forms_label_a_field_with_its_words() -> None:
    otherwise: dict[str, set[str]] = {}
    for path in sorted((ROOT / "tui").rglob("*.py")):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name, label = _labelled(call)
            if name in FIELDS and label not in _words(name):
                otherwise.setdefault(path.relative_to(ROOT / "tui").as_posix(), set()).add(name)
    assert otherwise == ASKED_OTHERWISE


def test_a_refusal_names_fields_in_the_reader_s_language_and_all_that_are_wrong() -> None:
    with pytest.raises(Invalid) as refused:
        build(Person, {"id": "li", "name": "", "unit": "city", "roles": ("cook",)})
    assert str(refused.value) == "Name: must not be empty; Roles: cannot be cook"
    use_language("zh_CN")
    assert str(refused.value) == "名称：不能为空；角色：不能是 cook"


def test_a_refusal_may_name_where_it_was_typed() -> None:
    told = problems_told("duty.rotas", {"until_at": say("must be after the start")}, {"until_at": "--until"})
    assert str(told) == "Until (--until): must be after the start"


def _labelled(call: ast.AST) -> tuple[str, str]:
    match call:
        case ast.Call(
            func=ast.Name(id=kind),
            args=[ast.Constant(value=str(name)), ast.Call(func=ast.Name(id="say" | "say_as"), args=said), *_],
        ) if kind.endswith("Field") and isinstance(said[-1], ast.Constant):
            return name, str(said[-1].value)
        case _:
            return "", ""


def _words(name: str) -> set[str]:
    return {FIELDS[name].template, *(words.template for key, words in HERE.items() if key.endswith(f".{name}"))}
