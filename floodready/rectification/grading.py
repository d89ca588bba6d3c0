"""Help with grading: direct items (any one is major) and comprehensive rules (a number of basic and physical states).

The criteria are imported data with their source. The program suggests; a named person decides.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from floodready.document import Code, Document, Line, Name, Natural, Note, record
from floodready.frozen import frozen
from floodready.language import Sentence, say
from floodready.organisation.models import WorksKind
from floodready.rectification.states import Grade


@record
class Criterion:
    """One item of a criteria list, in the words of its source."""

    code: Code
    text: Note


@record
class Criteria(Document):
    """The criteria for one kind of works."""

    table = "rectification.criteria"

    name: Name
    works_kind: WorksKind | None = None
    """None where the kind of works has no name in the organisation, such as irrigation."""
    source: Line
    """The published list, with its number and year."""
    direct: tuple[Criterion, ...] = ()
    """Any one of them makes a hazard major."""
    basic: tuple[Criterion, ...] = ()
    """Basic conditions (基础条件) of the comprehensive rule."""
    physical: tuple[Criterion, ...] = ()
    """States of the works (隐患情形) of the comprehensive rule."""
    basic_needed: Natural = 0
    physical_needed: Natural = 0
    """Both numbers reached make a hazard major; 0 and 0 say that there is no comprehensive rule."""

    def items(self) -> Iterator[tuple[Sentence, Criterion]]:
        """Give every item with the word for its kind, the direct ones first."""
        for kind, items in (
            (say("direct"), self.direct),
            (say("basic condition"), self.basic),
            (say("state of the works"), self.physical),
        ):
            yield from ((kind, item) for item in items)

    def problems(self) -> Iterable[tuple[str, Sentence]]:
        """Refuse criteria without a source and codes that stand twice."""
        if not self.source:
            yield "source", say("name the published list; criteria without a source decide nothing")
        codes = [item.code for item in (*self.direct, *self.basic, *self.physical)]
        if len(set(codes)) < len(codes):
            yield "direct", say("the same code stands twice")


@frozen
class Suggestion:
    """What the criteria suggest, and why; a person decides."""

    grade: Grade
    why: Sentence
    source: str


def suggest(criteria: Criteria, holding: Collection[str]) -> Suggestion:
    """Suggest a grade from the codes of the items that hold. Codes that are not in the list count for nothing."""
    direct = next((item for item in criteria.direct if item.code in holding), None)
    if direct is not None:
        why = say("direct item {code}: {text}", code=direct.code, text=direct.text)
        return Suggestion(grade=Grade.MAJOR, why=why, source=criteria.source)
    basic = sum(item.code in holding for item in criteria.basic)
    physical = sum(item.code in holding for item in criteria.physical)
    needed = (criteria.basic_needed, criteria.physical_needed)
    reached = any(needed) and basic >= needed[0] and physical >= needed[1]
    why = say(
        "comprehensive rule: {basic} of {basic_needed} basic and {physical} of {physical_needed} physical states",
        basic=basic,
        basic_needed=needed[0],
        physical=physical,
        physical_needed=needed[1],
    )
    return Suggestion(grade=Grade.MAJOR if reached else Grade.GENERAL, why=why, source=criteria.source)
