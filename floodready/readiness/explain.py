"""Explain a line to its last movement: the colour, every rule that fits or will, the figures, the entries behind."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import chain, islice
from typing import TYPE_CHECKING

from floodready.acts import act_told
from floodready.clock import local_time
from floodready.frozen import frozen
from floodready.language import Sentence, say, verbatim
from floodready.organisation.models import Person
from floodready.readiness.line import BEGINNING, Line, LineStatus, Signal
from floodready.store.contract import Entry

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from floodready.store.contract import Store, View

ENTRIES = 5
"""So many of the last journal entries on what the line speaks of are told."""


@frozen
class Explanation:
    """One line, explained in parts; each part may be empty."""

    status: LineStatus
    colour: tuple[Sentence, ...]
    """Colour, cause, override beside the computed one, class and capability, the next act."""
    rules: tuple[Sentence, ...]
    """Every rule that fits now or will, with its window."""
    figures: tuple[Sentence, ...]
    """The arithmetic, who set the need by what rule, the movements and the last evidence."""
    entries: tuple[Sentence, ...]
    """The last journal entries on the documents behind it, the newest first."""

    def sentences(self) -> Iterator[Sentence]:
        """Give all of it, part after part."""
        for part in (self.colour, self.rules, self.figures, self.entries):
            yield from part


def explain(store: Store, view: View, status: LineStatus, at: datetime, zone: ZoneInfo) -> Explanation:
    """Explain a line as it stood at an instant by what was known then."""
    return Explanation(
        status=status,
        colour=tuple(_colour(status, zone)),
        rules=tuple(_rules(status.line, at, zone)),
        figures=status.line.explanation,
        entries=tuple(_entries(store, view, status.line, at, zone)),
    )


def _colour(status: LineStatus, zone: ZoneInfo) -> Iterator[Sentence]:
    line, over = status.line, status.overriding
    yield say("{word}: {cause}", word=status.colour.word, cause=status.cause)
    if over is not None:
        yield say("Override {id} holds until {time}. The rules alone say: {word}.", id=verbatim(over.id),
                  time=local_time(over.until, zone), word=status.computed.word)  # fmt: skip
    if status.act is not None:
        yield say("Next: {act}.", act=status.act)
    if status.until is not None:
        yield say("Turns by itself at {time} if nothing is done.", time=local_time(status.until, zone))
    yield say("Class {importance}, for “{capability}”", importance=line.importance.value,
              capability=line.capability.word)  # fmt: skip


def _rules(line: Line, at: datetime, zone: ZoneInfo) -> Iterator[Sentence]:
    ahead = [signal for signal in line.signals if signal.until is None or at < signal.until]
    for signal in sorted(ahead, key=lambda one: (not one.holds(at), one.since, -one.colour.severity)):
        yield _rule(signal, zone)
    if not ahead:
        yield say("No rule is against it, now or ahead: {good}", good=line.good)


def _rule(signal: Signal, zone: ZoneInfo) -> Sentence:
    told = {"word": signal.colour.word, "cause": signal.cause}
    since = verbatim(local_time(signal.since, zone)) if signal.since > BEGINNING else None
    until = verbatim(local_time(signal.until, zone)) if signal.until is not None else None
    match since, until:
        case None, None:
            return say("{word} until it is mended: {cause}", **told)
        case _, None:
            return say("{word} from {since}: {cause}", since=since, **told)
        case None, _:
            return say("{word} until {until}: {cause}", until=until, **told)
    return say("{word} from {since} to {until}: {cause}", since=since, until=until, **told)


def _entries(store: Store, view: View, line: Line, at: datetime, zone: ZoneInfo) -> Iterator[Sentence]:
    documents = line.evidence or ((line.opens,) if line.opens is not None else ())
    histories = (store.history_backwards(*document) for document in documents)
    newest = [islice((entry for entry in entries if entry.at <= at), ENTRIES) for entries in histories]
    known = {entry.seq: entry for entry in chain.from_iterable(newest)}
    for seq in sorted(known, reverse=True)[:ENTRIES]:
        yield _entry(known[seq], view, zone)


def _entry(entry: Entry, view: View, zone: ZoneInfo) -> Sentence:
    person = view.get(Person, entry.person)
    told = {"seq": entry.seq, "time": local_time(entry.at, zone), "command": act_told(entry.command),
            "person": verbatim(person.name if person is not None else entry.person)}  # fmt: skip
    if entry.reason:
        return say("Entry {seq}, {time}: {command} by {person} ({reason})", reason=verbatim(entry.reason), **told)
    return say("Entry {seq}, {time}: {command} by {person}", **told)
