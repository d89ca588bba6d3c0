"""Criteria lists for major hazards from a JSON file: direct items, two kinds of states, how many of each."""

from __future__ import annotations

from typing import Any

from floodready.document import build
from floodready.exchange.json_flaws import flaw_of, object_in, objects_in
from floodready.exchange.sniff import decode
from floodready.language import say
from floodready.organisation.models import WorksKind
from floodready.rectification.grading import Criteria, Criterion
from floodready.refusal import Refused


def read_criteria(data: bytes) -> tuple[Criteria, ...]:
    """Read `{"criteria": [{id, name, works_kind, source, direct, basic, physical, …}]}`.

    Each item is `{code, text}`. Raises Refused, naming the list that is wrong.
    """
    text, _encoding = decode(data)
    try:
        held = object_in(text)
        if "criteria" not in held:  # another file, not one of no lists
            raise KeyError("criteria")
        told = objects_in(held, "criteria")
    except (ValueError, KeyError) as error:
        raise Refused(
            say("This is not a criteria list ({problem}). It is one JSON object with “criteria”, a list of lists.",
                problem=flaw_of(error))
        ) from error  # fmt: skip
    return tuple(_criteria(one) for one in told)


def _criteria(told: Any) -> Criteria:
    try:
        values = dict(told)
        for kind in ("direct", "basic", "physical"):
            values[kind] = tuple(Criterion(code=item["code"], text=item["text"]) for item in objects_in(values, kind))
        if values.get("works_kind") is not None:
            values["works_kind"] = WorksKind(values["works_kind"])
    except (ValueError, KeyError, TypeError) as error:
        raise Refused(say("A criteria list cannot be read ({problem}).", problem=flaw_of(error))) from error
    return build(Criteria, values)
