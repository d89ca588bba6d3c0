"""The one table of moves: from which states, who may, what it needs, where it leads, what it writes.

The commands, the screens' keys, the state chart in the documentation and the tests are all read from it.
"""

from __future__ import annotations

from enum import StrEnum

from floodready.frozen import frozen
from floodready.language import Sentence, listed, say, verbatim
from floodready.organisation.permissions import Permission
from floodready.rectification.models import Finding
from floodready.rectification.states import OPEN_STATES, Grade, State
from floodready.refusal import Refused


class MoveName(StrEnum):
    """The moves; the value is also the verb of the command line."""

    GRADE = "grade"
    ASSIGN = "assign"
    BEGIN = "begin"
    REPORT_PROGRESS = "progress"
    PROTECT = "protect"
    SUBMIT = "submit"
    ACCEPT = "accept"
    REJECT = "reject"
    ASK_EXTENSION = "ask-extension"
    GRANT_EXTENSION = "grant-extension"
    REFUSE_EXTENSION = "refuse-extension"
    LIST = "list-up"
    DELIST = "de-list"
    HAND_UP = "hand-up"
    ESCALATE = "escalate"
    MERGE = "merge"
    REOPEN = "reopen"


@frozen
class Move:
    """One row of the table."""

    name: MoveName
    word: Sentence
    frm: frozenset[State]
    to: State | None
    """The state it leads to; None leaves the state as it is."""
    may: Permission
    may_task: Permission | None
    """Who may do it to a meeting task; None where a meeting task has no such move."""
    needs: tuple[str, ...]
    """What must be given or hold, by name."""
    writes: tuple[str, ...]
    """The fields of the record that it changes."""


_BEING_RECTIFIED = frozenset({State.ASSIGNED, State.RECTIFYING})
_AFTER_GRADING = OPEN_STATES - {State.FOUND}
_P = Permission

MOVES: tuple[Move, ...] = (
    Move(name=MoveName.GRADE, word=say("grade"), frm=frozenset({State.FOUND, State.GRADED}), to=State.GRADED,
         may=_P.HAZARD_GRADE, may_task=None, needs=("grade", "basis"), writes=("grade", "basis", "graded_by")),
    Move(name=MoveName.ASSIGN, word=say("assign"), frm=frozenset({State.GRADED}), to=State.ASSIGNED,
         may=_P.HAZARD_ASSIGN, may_task=None,
         needs=("responsible", "deadline", "five fixes (major)", "six parts (major)", "interim (major, in season)"),
         writes=("responsible", "measures", "deadline_on", "fixes", "plan", "interim")),
    Move(name=MoveName.BEGIN, word=say("begin rectifying"), frm=frozenset({State.ASSIGNED}), to=State.RECTIFYING,
         may=_P.HAZARD_RECTIFY, may_task=_P.TASK_ANSWER, needs=(), writes=()),
    Move(name=MoveName.REPORT_PROGRESS, word=say("report progress"), frm=_BEING_RECTIFIED, to=None,
         may=_P.HAZARD_RECTIFY, may_task=_P.TASK_ANSWER, needs=("text",), writes=("progress",)),
    Move(name=MoveName.PROTECT, word=say("put interim protection"), frm=OPEN_STATES, to=None,
         may=_P.HAZARD_RECTIFY, may_task=_P.TASK_ANSWER, needs=("interim",), writes=("interim",)),
    Move(name=MoveName.SUBMIT, word=say("submit for re-check"), frm=frozenset({State.RECTIFYING}), to=State.SUBMITTED,
         may=_P.HAZARD_RECTIFY, may_task=_P.TASK_ANSWER, needs=("result",), writes=("rounds",)),
    Move(name=MoveName.ACCEPT, word=say("accept and close"), frm=frozenset({State.SUBMITTED}), to=State.CLOSED,
         may=_P.HAZARD_ACCEPT, may_task=_P.TASK_EDIT,
         needs=("another person", "listing office (listed)", "day", "place", "conclusion", "evidence"),
         writes=("rounds", "closed_on", "listings")),
    Move(name=MoveName.REJECT, word=say("reject at re-check"), frm=frozenset({State.SUBMITTED}), to=State.RECTIFYING,
         may=_P.HAZARD_ACCEPT, may_task=_P.TASK_EDIT,
         needs=("another person", "listing office (listed)", "conclusion"), writes=("rounds", "escalations")),
    Move(name=MoveName.ASK_EXTENSION, word=say("ask for an extension"), frm=_BEING_RECTIFIED, to=None,
         may=_P.HAZARD_RECTIFY, may_task=_P.TASK_ANSWER, needs=("until", "reason", "working days before the deadline"),
         writes=("extensions",)),
    Move(name=MoveName.GRANT_EXTENSION, word=say("grant the extension"), frm=_BEING_RECTIFIED, to=None,
         may=_P.HAZARD_LIST, may_task=_P.TASK_EDIT, needs=("asked extension", "another person"),
         writes=("extensions", "deadline_on")),
    Move(name=MoveName.REFUSE_EXTENSION, word=say("refuse the extension"), frm=_BEING_RECTIFIED, to=None,
         may=_P.HAZARD_LIST, may_task=_P.TASK_EDIT, needs=("asked extension", "another person", "answer"),
         writes=("extensions",)),
    Move(name=MoveName.LIST, word=say("put under supervision (list)"), frm=_AFTER_GRADING, to=None,
         may=_P.HAZARD_LIST, may_task=None, needs=("major", "not listed", "office above"), writes=("listings",)),
    Move(name=MoveName.DELIST, word=say("end the supervision (de-list)"), frm=_AFTER_GRADING, to=None,
         may=_P.HAZARD_LIST, may_task=None, needs=("listed", "listing office (listed)"), writes=("listings",)),
    Move(name=MoveName.HAND_UP, word=say("hand to a higher level"), frm=_AFTER_GRADING, to=None,
         may=_P.HAZARD_LIST, may_task=None, needs=("unit above",), writes=("held_by",)),
    Move(name=MoveName.ESCALATE, word=say("escalate"), frm=OPEN_STATES, to=None,
         may=_P.HAZARD_ASSIGN, may_task=_P.TASK_EDIT, needs=("cause", "living link above"), writes=("escalations",)),
    Move(name=MoveName.MERGE, word=say("merge into another"), frm=OPEN_STATES - {State.SUBMITTED}, to=State.MERGED,
         may=_P.HAZARD_GRADE, may_task=None, needs=("another open record, major for a major one", "not listed"),
         writes=("merged_into",)),
    Move(name=MoveName.REOPEN, word=say("reopen: it came back"), frm=frozenset({State.CLOSED}), to=None,
         may=_P.HAZARD_REPORT, may_task=None, needs=("description",), writes=()),
)  # fmt: skip
"""Every move there is. A reopened hazard gets a record of its own, linked to the closed one, which stays closed."""

ZONED = frozenset(
    {
        *(MoveName.ASSIGN, MoveName.ACCEPT, MoveName.LIST, MoveName.DELIST, MoveName.REOPEN),
        *(MoveName.ASK_EXTENSION, MoveName.GRANT_EXTENSION, MoveName.REFUSE_EXTENSION),
    }
)
"""The moves whose commands write or compare a local day: they ask for the zone of the duty room."""

OF_EVERYBODY = frozenset({MoveName.REOPEN})
"""The moves that people of any unit may make: that a hazard came back is a report, like a new one."""
_BY_NAME = {move.name: move for move in MOVES}


def move_named(name: MoveName) -> Move:
    """Give the row of a move."""
    return _BY_NAME[name]


def permission_for(move: Move, finding: Finding) -> Permission | None:
    """Tell what a person must be permitted for a move of this record; None where a meeting task has no such move."""
    return move.may_task if finding.is_task else move.may


def legal_moves(finding: Finding) -> tuple[Move, ...]:
    """Give the moves that the table allows from where a record stands, whoever may make them."""
    return tuple(m for m in MOVES if finding.state in m.frm and permission_for(m, finding) and _holds(m, finding))


def forward_move(finding: Finding) -> Move | None:
    """Give the move that carries a record on through the loop; None where it is closed or merged."""
    order = list(State)
    return next(
        (
            move
            for move in legal_moves(finding)
            if move.to is not None and move.to is not State.MERGED and order.index(move.to) > order.index(finding.state)
        ),
        None,
    )


def require_legal(move: Move, finding: Finding) -> None:
    """Refuse a move that the table does not have here, naming those it has. Raises Refused."""
    legal = legal_moves(finding)
    if move in legal:
        return
    lacking = [word for need, word in _LACKING.items() if need in move.needs and not _holds_need(need, finding)]
    if finding.state in move.frm and lacking:
        raise Refused(
            say("{id}: “{move}” is not possible, {cause}. Possible: {legal}.", id=verbatim(finding.id), move=move.word,
                cause=lacking[0], legal=listed([m.word for m in legal]))
        )  # fmt: skip
    if not legal:
        raise Refused(
            say(
                "{id} is {state}: “{move}” is not possible, and no other move is.",
                id=verbatim(finding.id),
                state=finding.state.word,
                move=move.word,
            )
        )
    raise Refused(
        say(
            "{id} is {state}: “{move}” is not possible now. Possible: {legal}.",
            id=verbatim(finding.id),
            state=finding.state.word,
            move=move.word,
            legal=listed([m.word for m in legal]),
        )
    )


def _holds(move: Move, finding: Finding) -> bool:
    """Tell whether what the record itself must hold for a move does hold."""
    return all(_holds_need(need, finding) for need in move.needs)


def _holds_need(need: str, finding: Finding) -> bool:
    checks = {
        "asked extension": finding.asked_extension is not None,
        "listed": finding.listing is not None,
        "not listed": finding.listing is None,
        "major": finding.grade is Grade.MAJOR,
    }
    return checks.get(need, True)


_LACKING = {
    "asked extension": say("no extension has been asked for"),
    "listed": say("it is not listed"),
    "not listed": say("it is listed"),
    "major": say("it is not a major hazard"),
}
"""Why a move is not possible where the record does not hold what the move needs of it."""
