"""What a record must have before it is assigned: five fixes, six parts and interim protection of a major hazard."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

from floodready.language import Sentence, listed, say
from floodready.rectification.models import Finding, FiveFixes, SixParts
from floodready.rectification.states import Grade

FIX_WORDS: dict[str, Sentence] = {
    "responsibility": say("responsibility"),
    "measures": say("measures"),
    "money": say("money"),
    "time_limit": say("time limit"),
    "contingency": say("contingency plan"),
}
PART_WORDS: dict[str, Sentence] = {
    "goal": say("goal"),
    "method": say("method"),
    "money_and_goods": say("money and goods"),
    "people": say("people"),
    "time": say("time"),
    "safety": say("safety measures"),
}


def missing_fixes(fixes: FiveFixes | None) -> list[Sentence]:
    """Name the fixes (五落实) that are not settled. Money of 0 is settled, no figure is not."""
    given = fixes or FiveFixes()
    return [FIX_WORDS[field.name] for field in fields(given) if getattr(given, field.name) in {"", None}]


def missing_parts(plan: SixParts | None) -> list[Sentence]:
    """Name the parts of the rectification plan that say nothing."""
    given = plan or SixParts()
    return [PART_WORDS[field.name] for field in fields(given) if not getattr(given, field.name)]


def lacks_interim(finding: Finding, *, in_season: bool) -> bool:
    """Tell whether an open major hazard stands in the flood season without interim protection (design, rule 3)."""
    return in_season and finding.is_open and finding.grade is Grade.MAJOR and not finding.interim


def missing_for_assignment(finding: Finding, *, in_season: bool) -> Iterator[tuple[str, Sentence]]:
    """Name what a record lacks to be assigned, as (field, sentence); the record holds the values to be written.

    Rule: a major hazard is not assigned without its five fixes and its six-part plan (design, rule 3).
    """
    if finding.responsible is None:
        yield "responsible", say("name the person who must put it right")
    if finding.deadline_on is None:
        yield "deadline_on", say("set the deadline")
    if finding.grade is not Grade.MAJOR:
        return
    if fixes := missing_fixes(finding.fixes):
        yield "fixes", say("a major hazard needs its five fixes; not settled: {missing}", missing=listed(fixes))
    if parts := missing_parts(finding.plan):
        yield "plan", say("a major hazard needs its six-part plan; empty: {missing}", missing=listed(parts))
    if lacks_interim(finding, in_season=in_season):
        yield "interim", say("in the flood season a major hazard needs interim protection while it is open")
