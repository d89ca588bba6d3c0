"""What is said where a code names nothing: which thing there is not, and the word that lists those there are.

Written once for forms, command line and files. By the table of the document, or by a word of its own where only some
documents of a table are meant.
"""

from __future__ import annotations

from collections.abc import Mapping

from floodready.frozen import replace
from floodready.language import Sentence, say, verbatim

_NOT_THERE: Mapping[str, Sentence] = {
    "organisation.units": say("There is no unit {unit}. See: floodready unit list", unit=""),
    "organisation.works": say("There are no works {works}. See: floodready works list", works=""),
    "organisation.posts": say("There is no post {post}. See: floodready post list", post=""),
    "organisation.people": say("There is no person {person}. See: floodready person list", person=""),
    "season.seasons": say("There is no season {season}. See: floodready season list", season=""),
    "season.stations": say("There is no station {station}. See: floodready station list", station=""),
    "season.readings": say("There is no reading {reading}. See: floodready reading list STATION", reading=""),
    "season.warnings": say("There is no warning {warning}. See: floodready warning list", warning=""),
    "season.reports": say("There is no report {report}. See: floodready report list", report=""),
    "season.actions": say("There is no action {action}. See: floodready level show", action=""),
    "report clock": say("There is no report clock {code}. See: floodready report clocks", code=""),
    "duty.post_checks": say("There is no check {check}. See: floodready duty checks", check=""),
    "duty.follow_ups": say("There is no open item {item}. See: floodready duty follow-ups", item=""),
    "duty.log": say("There is no log line {line}. See: floodready duty log", line=""),
    "duty.swaps": say("There is no swap {swap}. See: floodready duty swaps", swap=""),
    "duty plan": say("There is nothing with the id {id}. See: floodready duty plan", id=""),
    "drills.drills": say("There is no drill {id}. See: floodready drill list", id=""),
    "drills.obligations": say("There is no drill obligation {id}. See: floodready drill obligations", id=""),
    "drills.injects": say("There is no inject {id}. See: floodready drill script DRILL", id=""),
    "drills.observations": say("There is no observation {id}. See: floodready drill show DRILL", id=""),
    "rectification.findings": say("There is no record {id}. See: floodready hazard list", id=""),
    "rectification.campaigns": say("There is no campaign {id}. See: floodready campaign list", id=""),
    "rectification.incidents": say("There is no accident {id}. See: floodready hazard accidents", id=""),
    "rectification.criteria": say("There are no criteria {id}. See: floodready hazard criteria", id=""),
    "materials.items": say(
        "There is no item {item}. See: floodready stock list; or add it: floodready stock add-item", item=""
    ),
    "materials.lots": say("There is no lot {lot}. Scan the label again, or see: floodready stock list", lot=""),
    "materials.places": say(
        "There is no place {place}. See: floodready stock count-due; or add it: floodready stock add-place", place=""
    ),
    "materials.equipment": say("There is no machine {machine}. See: floodready stock equipment", machine=""),
    "materials.movements": say("There is no movement {movement}. See: floodready stock lot LOT", movement=""),
    "open reservation": say("There is no open reservation {id}. See: floodready stock reservations", id=""),
    "open incident": say("There is no open incident {id}. See: floodready stock incidents", id=""),
    "open count": say("There is no open count {id}. See: floodready stock counts", id=""),
    "unresolved code": say("There is no unresolved code {id}. See: floodready stock codes COUNT", id=""),
    "issue paper": say("There is no issue paper {paper}. See: floodready stock papers", paper=""),
    "materials.deliveries": say("There is no delivery {id}. See: floodready stock deliveries", id=""),
    "materials.transfers": say("There is no transfer {id}. See: floodready stock transfers", id=""),
    "materials.imports": say("There is no import {id}. See: floodready stock imports", id=""),
    "readiness.overrides": say("There is no override {id}. See: floodready override list", id=""),
    "readiness line": say("There is no line {line}. See: floodready status --all --json", line=""),
}


def not_there(what: str, code: str) -> Sentence:
    """Say that nothing has this code, and how those there are can be seen; `what` is a table or a word of the list."""
    told = _NOT_THERE.get(what, say("There is no {id} here.", id=""))
    return replace(told, values=tuple((name, verbatim(code)) for name, _ in told.values))
