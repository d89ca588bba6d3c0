"""What is typed in a form and not recorded yet, as it outlives the program: its form in a file, and whom it is for.

A draft is never truth: the journal alone says what was done. It is kept so that whoever is cut off while typing (the
power, the line, a killed program) finds the text again, and it must then mean what it meant when it was typed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from hashlib import sha256

from floodready.clock import read_instant, write_instant
from floodready.frozen import frozen
from floodready.language import Sentence

KEPT_FOR = timedelta(days=7)
"""After that a draft is no help any more: what it speaks of was reported otherwise, or is over."""


@frozen
class Draft:
    """What stood in a form. `texts` and `begun` are by field, in a form that means the same later (`Field.kept_text`).

    `command_id` is that of the act the form was to do: where the journal knows it, all this was recorded.
    """

    person: str
    command_id: str
    typed_at: datetime
    """When it was typed last, UTC."""
    texts: Mapping[str, str]
    """What was typed, and the moments that stood beside it."""
    begun: Mapping[str, str]
    """What the fields began with, without those that begin with the time."""


def form_id(store: str, terminal: str, title: Sentence, fields: Iterable[tuple[str, Sentence]]) -> str:
    """Name a form, the same in every language and in every start: by store, terminal, title, and fields (name, label).

    `store` is the store's id. The title and the labels name what the form is about; only a hash goes into a file name.
    """
    asked = [store, terminal, title.to_json(), [[name, label.to_json()] for name, label in fields]]
    return sha256(json.dumps(asked, default=str).encode()).hexdigest()[:32]


def is_old(draft: Draft, now: datetime) -> bool:
    """Tell whether a draft is `KEPT_FOR` old or more. One from after `now` (a clock set back) is not."""
    return now - draft.typed_at >= KEPT_FOR


def fits(draft: Draft, person: str, begun: Mapping[str, str], now: datetime, *, edits: bool) -> bool:
    """Tell whether a draft belongs into a form that begins with `begun` and is filled in by `person`.

    A form that `edits` what stands may begin with other figures now (`changed_since` names them). Any other must begin
    as it did: where it does not, it is about other things under the same title.
    """
    same = draft.begun == begun or (edits and draft.begun.keys() == begun.keys())
    return draft.person == person and same and not is_old(draft, now)


def changed_since(draft: Draft, begun: Mapping[str, str]) -> list[str]:
    """Name the fields that were typed in and that begin with something else now: others changed them meanwhile."""
    return [name for name in draft.texts if name in begun and begun[name] != draft.begun.get(name)]


def written(draft: Draft) -> bytes:
    """Give a draft as the line of a file; a line end before it sets it apart from one that broke off there."""
    told = {
        "person": draft.person,
        "command_id": draft.command_id,
        "typed_at": write_instant(draft.typed_at),
        "texts": dict(draft.texts),
        "begun": dict(draft.begun),
    }
    return b"\n" + json.dumps(told).encode() + b"\n"


def last_written(content: bytes) -> Draft | None:
    """Read the last line that is whole; None where there is none. One that broke off leaves the one before it."""
    for line in reversed(content.split(b"\n")[:-1]):
        try:
            told = json.loads(line)
            draft = Draft(
                person=str(told["person"]),
                command_id=str(told["command_id"]),
                typed_at=read_instant(told["typed_at"]),
                texts=_texts(told["texts"]),
                begun=_texts(told["begun"]),
            )
        except (ValueError, KeyError, TypeError, AttributeError):
            continue
        return draft
    return None


def _texts(told: Mapping[str, object]) -> dict[str, str]:
    return {str(name): str(text) for name, text in told.items()}
