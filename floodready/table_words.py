"""What people call the documents of each table: one of them, as the journal names what an act changed.

Apart from the documents, so that a journal is read without loading every pillar; a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Mapping

from floodready.language import Sentence, say_as, verbatim

TABLES: Mapping[str, Sentence] = {
    "organisation.units": say_as("document", "unit"),
    "organisation.works": say_as("document", "works"),
    "organisation.posts": say_as("document", "post"),
    "organisation.people": say_as("document", "person"),
    "organisation.pins": say_as("document", "PIN of a person"),
    "organisation.chains": say_as("document", "chain of responsibility"),
    "organisation.terminals": say_as("document", "terminal"),
    "organisation.settings": say_as("document", "figures of the office"),
    "organisation.day_corrections": say_as("document", "corrected day"),
    "season.seasons": say_as("document", "season"),
    "season.stations": say_as("document", "station"),
    "season.readings": say_as("document", "reading"),
    "season.warnings": say_as("document", "warning"),
    "season.declarations": say_as("document", "response level"),
    "season.actions": say_as("document", "action of the level"),
    "season.level_tables": say_as("document", "level table"),
    "season.reports": say_as("document", "report"),
    "season.settings": say_as("document", "figures of the season"),
    "materials.items": say_as("document", "item"),
    "materials.lots": say_as("document", "lot"),
    "materials.movements": say_as("document", "movement"),
    "materials.places": say_as("document", "place"),
    "materials.reservations": say_as("document", "reservation"),
    "materials.issue_papers": say_as("document", "issue paper"),
    "materials.deliveries": say_as("document", "delivery"),
    "materials.discrepancies": say_as("document", "shortage on the books"),
    "materials.incidents": say_as("document", "incident"),
    "materials.transfers": say_as("document", "transfer"),
    "materials.imports": say_as("document", "ledger import"),
    "materials.count_sessions": say_as("document", "count"),
    "materials.count_lines": say_as("document", "line of a count"),
    "materials.observations": say_as("document", "number counted"),
    "materials.unresolved_codes": say_as("document", "unknown code"),
    "materials.equipment": say_as("document", "machine"),
    "materials.test_runs": say_as("document", "test run"),
    "materials.sets": say_as("document", "set"),
    "materials.quota_tables": say_as("document", "quota table"),
    "materials.settings": say_as("document", "figures of the stock"),
    "drills.drills": say_as("document", "drill"),
    "drills.injects": say_as("document", "inject"),
    "drills.obligations": say_as("document", "drill obligation"),
    "drills.occurrences": say_as("document", "owed drill"),
    "drills.runs": say_as("document", "run of a drill"),
    "drills.deliveries": say_as("document", "inject released"),
    "drills.observations": say_as("document", "observation"),
    "drills.evaluations": say_as("document", "evaluation"),
    "drills.actions": say_as("document", "corrective action"),
    "drills.follow_ups": say_as("document", "answer to a finding"),
    "drills.settings": say_as("document", "figures of the drills"),
    "duty.rotas": say_as("document", "rota"),
    "duty.temporary_rotas": say_as("document", "temporary rota"),
    "duty.overrides": say_as("document", "change of duty"),
    "duty.swaps": say_as("document", "swap"),
    "duty.leaves": say_as("document", "leave"),
    "duty.wishes": say_as("document", "wish"),
    "duty.log": say_as("document", "line of the duty log"),
    "duty.follow_ups": say_as("document", "open item"),
    "duty.handovers": say_as("document", "handover"),
    "duty.post_checks": say_as("document", "post check"),
    "duty.call_rounds": say_as("document", "call round"),
    "duty.stood": say_as("document", "duty stood"),
    "duty.settings": say_as("document", "figures of the duty"),
    "rectification.findings": say_as("document", "hazard"),
    "rectification.campaigns": say_as("document", "campaign"),
    "rectification.incidents": say_as("document", "accident"),
    "rectification.criteria": say_as("document", "criteria"),
    "rectification.counters": say_as("document", "numbering"),
    "rectification.settings": say_as("document", "figures of the rectification"),
    "readiness.overrides": say_as("document", "override"),
}


def table_word(table: str) -> Sentence:
    """Give the word for one document of a table; the table's own name where it has none."""
    return TABLES.get(table) or verbatim(table)
