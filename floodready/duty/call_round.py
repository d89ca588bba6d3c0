"""A call round as it is gone through: whom to call under which number next, and what each answered."""

from __future__ import annotations

from floodready.duty.models_shift import CallAnswer, CallRound
from floodready.frozen import frozen
from floodready.language import Sentence, say_many
from floodready.organisation.models import Person
from floodready.store.contract import View


@frozen
class RoundRow:
    """One person of a round, worded."""

    person: str
    name: str
    number: str
    """The number to dial next; once reached, that under which they were."""
    answer: CallAnswer | None
    """The last answer; None where nobody called yet."""
    untried: int
    """How many numbers nobody tried in this round."""

    @property
    def told(self) -> Sentence | None:
        """What the last call gave, and that another number is left to try; None before the first call."""
        if self.answer is None or self.answer is CallAnswer.REACHED or not self.untried:
            return None if self.answer is None else self.answer.word
        return say_many("{answer}; {count} number to try", "{answer}; {count} numbers to try", self.untried,
                        answer=self.answer.word)  # fmt: skip


def round_rows(view: View, held: CallRound) -> list[RoundRow]:
    """Give everybody of a round, in its order."""
    return [_row(view, held, person) for person in held.people]


def number_to_dial(person: Person, held: CallRound) -> str:
    """Give the number of a person to dial next in a round, empty where there is none.

    Their numbers in order, without those already tried in vain; when all were, the first again.
    """
    calls = [call for call in held.calls if call.person == person.id]
    reached = next((call.number for call in reversed(calls) if call.answer is CallAnswer.REACHED), None)
    if reached is not None:
        return reached
    untried = _untried(person, held)
    return next(iter(untried or [phone.number for phone in person.phones]), "")


def still_to_call(held: CallRound) -> int:
    """Count those of a round whom nobody called yet."""
    return len(set(held.people) - {call.person for call in held.calls})


def _row(view: View, held: CallRound, id: str) -> RoundRow:
    person = view.get(Person, id)
    return RoundRow(
        person=id,
        name=person.name if person is not None else id,
        number=number_to_dial(person, held) if person is not None else "",
        answer=next((call.answer for call in reversed(held.calls) if call.person == id), None),
        untried=len(_untried(person, held)) if person is not None else 0,
    )


def _untried(person: Person, held: CallRound) -> list[str]:
    tried = {call.number for call in held.calls if call.person == person.id}
    return [phone.number for phone in person.phones if phone.number not in tried]
