"""What people call the fields of the records inside documents: a turn of a rota, a line of a transfer, a threshold.

Forms ask for these in their own words; only who opens a journal entry sees them by name. A test holds them to the
records.
"""

from __future__ import annotations

from collections.abc import Mapping

from floodready.field_words import field_word
from floodready.language import Sentence, say, say_as
from floodready.rectification.preparation import FIX_WORDS, PART_WORDS

PARTS: Mapping[str, Sentence] = {
    "Attachment.sha256": say("Checksum of the file"),
    "Cadence.anchor_on": say("First day"),
    "Cadence.days_before": say("Before the season"),
    "Cadence.months": say("Every"),
    "Cadence.nth": say("Which one of the month"),
    "Cadence.rhythm": say("Rhythm"),
    "Cadence.weekday": say("Weekday"),
    "Escalation.at": say("Time"),
    "Escalation.cause": say("Reason"),
    "Escalation.link": say("Went up to"),
    "Extension.answered_by": say("Answered by"),
    "Extension.answered_on": say("Answered on"),
    "Extension.asked_on": say("Asked on"),
    "Extension.granted": say("Granted"),
    "Extension.until": say("New deadline"),
    "Figure.text": say("Figure"),
    "Leg.giver": say("Gives the duty"),
    "Leg.taker": say("Takes the duty"),
    "LevelAction.who": say("By whom"),
    "LevelAction.within_minutes": say("Within"),
    "LevelRow.actions": say("Actions"),
    "LevelRow.agreement_stock_within_hours": say("Agreement stock at hand within"),
    "LevelRow.bulletins": say("Bulletins at"),
    "LevelRow.call_out": say("People called out"),
    "LevelRow.consultation": say("Consultation"),
    "LevelRow.forecasts_per_day": say("Forecasts a day"),
    "LevelRow.forward_stock_percent": say("More stock at risk points"),
    "LevelRow.leader": say("Leader in charge"),
    "LevelRow.staffing": say("Staffing"),
    "LevelRow.staffing_note": say("Staffing in the plan's words"),
    "Listing.listed_by": say("Listed by"),
    "Listing.listed_on": say("Listed on"),
    "Listing.office": say("Supervising unit"),
    "MeetingOrder.followers": say("Followed by"),
    "MeetingOrder.item": say("Item of the agenda"),
    "MeetingOrder.measure": say("Measured by"),
    "MeetingOrder.meeting": say("Meeting"),
    "MeetingOrder.required_on": say("Ordered for"),
    "Milestone.reached_on": say("Reached on"),
    "Objective.id": say("Code"),
    "Pack.denominator": say("divided by"),
    "Pack.numerator": say("One pack holds"),
    "Pack.since": say("Since"),
    "Participant.post": say("Plays"),
    "Participant.role": say("Role"),
    "Pause.reason": say("Reason"),
    "Phone.number": say("Number"),
    "Phone.verified_on": say("Verified on"),
    "Progress.at": say("Time"),
    "QuotaRow.base": say("Base"),
    "QuotaRow.per": say("For every"),
    "ReportRule.at": say("Time of day"),
    "ReportRule.trigger": say("Started by"),
    "ReportRule.within_minutes": say("Within"),
    "ReservedMaterial.issued": say("Issued"),
    "ReservedMaterial.reservations": say("Reservations"),
    "Rotation.day_kinds": say("Only on"),
    "Rotation.ends": say("Ends at"),
    "Rotation.first_on": say("First day"),
    "Rotation.groups": say("Groups"),
    "Rotation.length": say("Length of a turn"),
    "Rotation.times": say("Handover at"),
    "Rotation.unit": say("Length counts"),
    "Rotation.weekdays": say("Weekdays"),
    "Round.checked_at": say("Checked at"),
    "Round.conclusion": say("Conclusion"),
    "Round.evidence": say("Evidence"),
    "Round.number": say("Round"),
    "Round.submitted_at": say("Submitted at"),
    "Round.submitted_by": say("Submitted by"),
    "RoundCall.at": say("Called at"),
    "RoundCall.number": say("Number"),
    "SetPart.per_set": say("In each set"),
    "Staffing.post": say("Kind of post"),
    "Substitute.denominator": say("divided by"),
    "Substitute.numerator": say("One of it stands for"),
    "Threshold.mark": say("Mark"),
    "Threshold.valid_from": say("Valid from"),
    "Threshold.valid_until": say("Valid until"),
    "TransferLine.damaged": say("Damaged"),
    "TransferLine.received": say("Received"),
    "TransferLine.sent": say_as("stock", "Sent"),
    "TransferLine.settled": say("Settled"),
    "WarningDecision.decided_at": say("Decided at"),
    **{f"FiveFixes.{name}": word for name, word in FIX_WORDS.items()},
    **{f"SixParts.{name}": word for name, word in PART_WORDS.items()},
}
"""By class and field, where the record calls it otherwise than documents do."""


def part_word(kind: str, field: str) -> Sentence:
    """Say what people call a field of a record of a class."""
    return PARTS.get(f"{kind}.{field}") or field_word("", field)
