"""The words that people read for the states, kinds and ratings of drills, in their language."""

from __future__ import annotations

from collections.abc import Mapping

from floodready.drills.models import (
    Content,
    Drill,
    DrillState,
    Form,
    InjectKind,
    InjectStatus,
    Purpose,
    Rhythm,
    Role,
)
from floodready.drills.run_models import Answer, Element, Finding, Rating
from floodready.language import Sentence, say, verbatim

RHYTHM: Mapping[Rhythm, Sentence] = {
    Rhythm.MONTHS: say("every so many months"),
    Rhythm.WEEKDAY: say("on a weekday of the month"),
    Rhythm.BEFORE_SEASON: say("before each season"),
}
FORM: Mapping[Form, Sentence] = {
    Form.TABLETOP: say("tabletop"),
    Form.FIELD: say("field"),
    Form.SEMINAR: say("seminar"),
    Form.WORKSHOP: say("workshop"),
    Form.GAME: say("game"),
    Form.FUNCTIONAL: say("functional"),
    Form.FULL_SCALE: say("full-scale"),
}
CONTENT: Mapping[Content, Sentence] = {
    Content.SINGLE: say("single function"),
    Content.COMPREHENSIVE: say("comprehensive"),
}
PURPOSE: Mapping[Purpose, Sentence] = {
    Purpose.CHECKING: say("checking"),
    Purpose.SHOWING: say("showing"),
    Purpose.RESEARCH: say("research"),
}
ROLE: Mapping[Role, Sentence] = {
    Role.DIRECTOR: say("director"),
    Role.CONTROLLER: say("controller"),
    Role.EVALUATOR: say("evaluator"),
    Role.PLAYER: say("player"),
}
DRILL_STATE: Mapping[DrillState, Sentence] = {
    DrillState.PLANNED: say("planned"),
    DrillState.RUNNING: say("running"),
    DrillState.HELD: say("held"),
    DrillState.CLOSED: say("closed"),
    DrillState.CANCELLED: say("cancelled"),
}
INJECT_KIND: Mapping[InjectKind, Sentence] = {
    InjectKind.INJECT: say("inject"),
    InjectKind.EXPECTED: say("expected action"),
    InjectKind.CONTINGENCY: say("contingency"),
}
INJECT_STATUS: Mapping[InjectStatus, Sentence] = {
    InjectStatus.DRAFT: say("draft"),
    InjectStatus.APPROVED: say("approved"),
    InjectStatus.RELEASED: say("released"),
    InjectStatus.DONE: say("done"),
    InjectStatus.DEFERRED: say("deferred"),
    InjectStatus.MISSED: say("missed"),
}
RATING: Mapping[Rating, Sentence] = {
    Rating.PERFORMED: say("P performed without challenges"),
    Rating.SOME_CHALLENGES: say("S performed with some challenges"),
    Rating.MAJOR_CHALLENGES: say("M performed with major challenges"),
    Rating.UNABLE: say("U unable to be performed"),
}
NOT_RATED = say("not rated: no evidence")
FINDING: Mapping[Finding, Sentence] = {
    Finding.STRENGTH: say("strength"),
    Finding.WEAKNESS: say("weakness"),
}
ELEMENT: Mapping[Element, Sentence] = {
    Element.PLANNING: say("planning"),
    Element.ORGANISATION: say("organisation"),
    Element.EQUIPMENT: say("equipment"),
    Element.TRAINING: say("training"),
    Element.EXERCISE: say("exercise"),
}
ANSWER: Mapping[Answer, Sentence] = {
    Answer.IMPLEMENTED: say("implemented"),
    Answer.ONLY_WRITTEN: say("only written"),
}


def reason_words(drill: Drill) -> Sentence | None:
    """Say why a drill was put on another time, is held despite a level, or was cancelled; None where nobody had to."""
    if not drill.state_reason:
        return None
    if drill.state is DrillState.CANCELLED:
        return say("Cancelled: {reason}", reason=drill.state_reason)
    if drill.kept_under:
        return say(
            "Held despite response level {level}: {reason}",
            level=verbatim(drill.kept_under),
            reason=drill.state_reason,
        )
    return say("Moved to this time: {reason}", reason=drill.state_reason)


def approved_words(count: int) -> Sentence:
    """Say how many lines of a script were approved."""
    return say("Injects approved: {approved}.", approved=count) if count else say("No inject waits for approval.")


def rating_words(rating: Rating | None) -> Sentence:
    """Give the words of a rating; without evidence there is none."""
    return NOT_RATED if rating is None else RATING[rating]
