"""The errors that a person can cause or must know of; each says what is wrong, where, and what to do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from floodready.frozen import replace
from floodready.language import Sentence, say_many

T = TypeVar("T")


class FloodreadyError(Exception):
    """What went wrong, as a sentence for people; `str` gives it in the language now chosen."""

    exit_code = 1
    code = "refused"

    def __init__(self, sentence: Sentence, **parts: Any) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.parts = parts
        """What a script is told beside the sentence, by name: such as the rows of a file of which some are wrong."""

    def __str__(self) -> str:
        return str(self.sentence)


class Refused(FloodreadyError):
    """A rule says no. Nothing was written. The sentence gives the figures and the way out."""


class NotAllowed(Refused):
    """The person's roles do not permit this act."""

    code = "not-allowed"


class Superseded(Refused):
    """The document was changed by someone else after the form was opened; what was typed is kept."""

    code = "superseded"

    def __init__(self, sentence: Sentence, person: str = "") -> None:
        super().__init__(sentence)
        self.person = person
        """Id of whoever changed it; empty where nobody did."""

    def naming(self, name: str) -> Superseded:
        """Give the same refusal with the person's name in the place of the id."""
        values = ((place, name if place == "person" else value) for place, value in self.sentence.values)
        return Superseded(replace(self.sentence, values=tuple(values)), self.person)


class Invalid(Refused):
    """Fields do not hold what they must; `problems` names each field with its sentence."""

    code = "invalid"

    def __init__(self, sentence: Sentence, problems: dict[str, Sentence], table: str) -> None:
        super().__init__(sentence)
        self.problems = problems
        self.table = table
        """The table of the document: its fields have their words by it."""


class Doubtful(Refused):
    """What was typed looks like a slip: nothing was written, and the same again is taken once it is confirmed."""

    code = "doubtful"

    def __init__(self, doubts: Sequence[Sentence]) -> None:
        first, count = doubts[0], len(doubts)
        super().__init__(
            say_many(
                "{doubt} Nothing was written. Look again; if it is so, confirm it: --confirm",
                "{count} values look wrong, the first: {doubt} Nothing was written. Look again; if they are so, "
                "confirm them: --confirm",
                count,
                doubt=first,
            )
        )
        self.doubts = tuple(doubts)
        """Why each is asked back."""


class WrongUsage(FloodreadyError):
    """The words of a command line cannot be understood."""

    exit_code = 2
    code = "usage"


class StoreProblem(FloodreadyError):
    """The disk, the folder or the journal stands in the way; nothing was accepted."""

    exit_code = 3
    code = "store"


def existing(found: T | None, otherwise: Sentence) -> T:
    """Give what was looked up. Raises Refused with the sentence where there is none."""
    if found is None:
        raise Refused(otherwise)
    return found
