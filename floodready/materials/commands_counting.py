"""Commands of counting: open a session, enter what was seen, resolve strange codes, post the differences."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from floodready.clock import local_day
from floodready.command import command, who_wrote
from floodready.document import record
from floodready.frozen import replace
from floodready.language import Sentence, say, say_many, verbatim
from floodready.materials.balance import Spot
from floodready.materials.check_digit import without_check
from floodready.materials.count_reading import CountedLine, counted_lines, importance_of
from floodready.materials.counting import (
    CountEntry,
    Moved,
    Verdict,
    explain_by_moves,
    figures,
    next_attempt,
    read_entry,
    units_typed,
)
from floodready.materials.ledger import Ledger
from floodready.materials.models import Importance, Item, Lot, MovementKind, Place
from floodready.materials.models_counting import (
    CountLine,
    CountSession,
    How,
    Observation,
    SessionState,
    SheetLine,
    UnresolvedCode,
    VarianceReason,
)
from floodready.materials.models_papers import Discrepancy
from floodready.materials.places import FOUND, LOSS, inside, place_told, quarantine, walking_key
from floodready.materials.projections import Balances
from floodready.materials.taking_back import take_back
from floodready.missing import not_there
from floodready.organisation.lookup import known_person, person_name
from floodready.organisation.permissions import Permission
from floodready.quantity import write_quantity
from floodready.refusal import NotAllowed, Refused, Superseded
from floodready.store.contract import SYSTEM, Transaction
from floodready.typed_quantity import unit_factors


class AddOrReplace(Refused):
    """The line has been counted already: add to it with `+`, or replace it."""

    code = "add-or-replace"


@record
class Entered:
    """What an entry came to: an observation, or a code kept as unresolved; and where else the lot is booked."""

    observation: str | None = None
    unresolved: str | None = None
    booked_at: tuple[str, ...] = ()
    """Places that hold the lot by the books, where this one does not: the find can be posted as a transfer."""


@record
class Posted:
    """What a posting did, in numbers of lines."""

    session: str
    equal: int
    different: int
    moved: int
    uncounted: int
    unresolved: int

    @property
    def told(self) -> Sentence:
        """What was posted, in a sentence."""
        return say_many(
            "Posted: {equal} equal, {different} different, {moved} moved, {uncounted} blank, {count} code open.",
            "Posted: {equal} equal, {different} different, {moved} moved, {uncounted} blank, {count} codes open.",
            self.unresolved,
            equal=self.equal,
            different=self.different,
            moved=self.moved,
            uncounted=self.uncounted,
        )


@command("materials.open_count", may=Permission.COUNT_ENTER)
def open_count(
    tx: Transaction, *, name: str, places: tuple[str, ...], blind: bool = True, people: tuple[str, ...] = ()
) -> CountSession:
    """Open a count of places and all below them; the sheet lists what the books hold there, in walking order.

    Two who begin the same count at once count in one: raises Superseded where an open one of this kind has this name
    and these places; Refused for unknown places and people.
    """
    _refuse_twin(tx, name, places, blind)
    known = {place.id: place for place in tx.all(Place)}
    for person in people:
        known_person(tx, person)
    for place in places:
        if place not in known:
            raise Refused(not_there("materials.places", place))
    wanted = {inner for place in places for inner in inside(known.values(), place)}
    lines = [
        SheetLine(place=place, lot=lot.id, item=lot.item)
        for place in sorted(wanted, key=lambda inner: walking_key(known, inner))
        for lot in sorted(_lots_in(tx, place), key=lambda lot: (lot.item, lot.id))
    ]
    return tx.add(
        CountSession(
            id=tx.new_id("C"), name=name, places=places, blind=blind, people=people, opened_at=tx.now,
            sheet=tuple(lines),
        )
    )  # fmt: skip


@command("materials.observe", may=Permission.COUNT_ENTER)
def observe(
    tx: Transaction,
    *,
    zone: ZoneInfo,
    session: str,
    place: str,
    code: str,
    typed: str,
    counted_at: datetime,
    seen_seq: int,
    how: How = How.KEY,
    replaces: bool = False,
) -> Entered:
    """Enter what was counted of a lot (its id or label) in a place. An unknown code is kept, the counting goes on.

    A blank is stored as uncounted, never as zero. Raises AddOrReplace for a second plain entry, Refused for a place
    outside the count, what is no number, or a recount by one of those who disagree.
    """
    found = _open(tx, session)
    where = Ledger(tx, zone).real_place(place)
    if not any(place in inside(tx.all(Place), counted) for counted in found.places):
        raise Refused(say("{place} is not in this count. Scan one of its places, or begin a count of it.",
                          place=verbatim(where.name)))  # fmt: skip
    lot = _lot_of(tx, code, place)
    if lot is None:
        # A burst of the scanner runs codes together: what fits of it is kept, and the loop goes on.
        kept = UnresolvedCode(id=tx.new_id("U"), session=session, place=place, code=code[:120], typed=typed[:400],
                              counter=tx.act.person, scanned_at=counted_at)  # fmt: skip
        return Entered(unresolved=tx.add(kept).id)
    item = tx.get(Item, lot.item)
    if item is None:
        raise Refused(not_there("materials.items", lot.item))
    entry = read_entry(typed, item.scale, unit_factors(item.unit, item.packs_on(local_day(counted_at, zone))))
    before = [o for o in tx.find(Observation, session=found.id) if (o.lot, o.place) == (lot.id, place)]
    names = {one.counter: person_name(tx, one.counter) for one in before}
    attempt = next_attempt(before, item.importance, tx.act.person, names)
    _ask_add_or_replace(before, attempt, entry, item, names, replaces)
    observation = tx.add(
        Observation(
            id=tx.new_id("O"), session=session, place=place, lot=lot.id, item=lot.item, counted=entry.counted,
            damaged=(entry.counted or 0) if entry.damaged else 0, typed=typed, unit_typed=units_typed(typed),
            counter=tx.act.person, counted_at=counted_at, attempt=attempt, adds=entry.adds, how=how, seen_seq=seen_seq,
        )
    )  # fmt: skip
    balances = tx.projection(Balances)
    elsewhere = () if balances.held(lot.id, place) else tuple(
        other for other, quantity in balances.by_lot.get(lot.id, {}).items() if quantity > 0 and other != place
        and tx.get(Place, other) is not None
    )  # fmt: skip
    return Entered(observation=observation.id, booked_at=elsewhere)


@command("materials.resolve_code", may=Permission.COUNT_ENTER)
def resolve_code(tx: Transaction, *, unresolved: str, answer: str) -> UnresolvedCode:
    """Say what an unknown code was. Raises Refused where it is answered already."""
    found = tx.get(UnresolvedCode, unresolved)
    if found is None or found.resolved_at is not None:
        raise Refused(not_there("unresolved code", unresolved))
    return tx.put(found.changed(resolved_at=tx.now, answer=answer))


@command("materials.cancel_count", may=Permission.COUNT_POST)
def cancel_count(tx: Transaction, *, session: str) -> CountSession:
    """Give a count up; what was entered stays in the journal, no balance changes."""
    return tx.put(_open(tx, session).changed(state=SessionState.CANCELLED))


@command("materials.post_count", may=Permission.COUNT_POST, undo=take_back)
def post_count(
    tx: Transaction,
    *,
    zone: ZoneInfo,
    session: str,
    reasons: Mapping[str, VarianceReason],
    blanks_stay_uncounted: bool = False,
    finds_as_moves: bool = True,
) -> Posted:
    """Post the differences, dated at the counting moment; equal counts renew “last counted”; blanks change nothing.

    `reasons` gives a coded reason by `lot` for each difference. `finds_as_moves` posts what is missing in one place and
    found in another as a transfer. Raises Refused while lines are uncounted (unless said), need another counter or a
    reason; NotAllowed where the poster counted a class A difference.
    """
    found = _open(tx, session)
    lines = counted_lines(tx, found)
    _refuse_unsettled(tx, lines, blanks_stay_uncounted)
    settled = [line for line in lines if line.settlement.verdict is Verdict.SETTLED]
    differences = {line.spot: line.variance for line in settled if line.variance}
    moves = explain_by_moves(differences) if finds_as_moves else []
    ledger = Ledger(tx, zone)
    left = _post_moves(ledger, found.id, moves, differences, {line.spot: line for line in settled})
    _refuse_unexplained(tx, settled, left, reasons)
    for line in settled:
        _post_line(ledger, found.id, line, left.get(line.spot, 0), reasons.get(line.spot.lot))
    tx.put(found.changed(state=SessionState.POSTED, posted_at=tx.now, posted_by=tx.act.person))
    unresolved = sum(u.resolved_at is None for u in tx.find(UnresolvedCode, session=session))
    return Posted(
        session=found.id,
        equal=len(settled) - len(differences),
        different=sum(1 for quantity in left.values() if quantity),
        moved=len(moves),
        uncounted=len(lines) - len(settled),
        unresolved=unresolved,
    )


def _refuse_twin(tx: Transaction, name: str, places: tuple[str, ...], blind: bool) -> None:
    for one in tx.all(CountSession):
        alike = (one.name, one.blind, {*one.places}) == (name, blind, {*places})
        if alike and one.state is SessionState.OPEN:
            facts = who_wrote(tx, one)
            raise Superseded(
                say(
                    "{person} began count “{name}” of the same places at {time}. Go on with that one, or give yours "
                    "another name.",
                    name=verbatim(name),
                    **facts,
                ),
                str(facts["person"]),
            )


def _open(tx: Transaction, id: str) -> CountSession:
    found = tx.get(CountSession, id)
    if found is None or found.state is not SessionState.OPEN:
        raise Refused(not_there("open count", id))
    return found


def _lot_of(tx: Transaction, code: str, place: str) -> Lot | None:
    """Know a lot by its label, its id, or its item's code where the place holds one lot of it."""
    told = without_check(code)
    if told is not None and told.startswith("L-"):
        code = told.removeprefix("L-")
    lot = tx.get(Lot, code)
    if lot is not None:
        return lot
    here = [held for held in _lots_in(tx, place) if held.item == code]
    return here[0] if len(here) == 1 else None


def _lots_in(tx: Transaction, place: str) -> list[Lot]:
    found = (tx.get(Lot, id) for id in tx.projection(Balances).by_place.get(place, {}))
    return [lot for lot in found if lot is not None]


def _ask_add_or_replace(
    before: list[Observation],
    attempt: int,
    entry: CountEntry,
    item: Item,
    names: Mapping[str, str],
    replaces: bool,
) -> None:
    known = figures(before).get(attempt)
    if known is None or entry.adds or replaces or entry.counted is None:
        return
    raise AddOrReplace(
        say(
            "{counted} were counted here already, by {person}. Type +{more} to add, or replace it.",
            person=names.get(known.counter, known.counter),
            counted=write_quantity(known.counted, item.scale),
            more=write_quantity(entry.counted, item.scale),
        )
    )


def _refuse_unsettled(tx: Transaction, lines: list[CountedLine], blanks_stay: bool) -> None:
    blank = [line for line in lines if line.settlement.verdict is Verdict.UNCOUNTED]
    waiting = [line for line in lines if line.settlement.verdict in (Verdict.SECOND, Verdict.THIRD)]
    if waiting:
        raise Refused(
            say(
                "Another person must count: {lots}. Class A is counted twice by two people.",
                lots=verbatim(", ".join(f"{line.spot.lot} ({place_told(tx, line.spot.place)})" for line in waiting)),
            )
        )
    if blank and not blanks_stay:
        raise Refused(
            say_many(
                "{count} line is uncounted. It would keep its book figure and its old count. Count it, or say that it "
                "stays uncounted.",
                "{count} lines are uncounted. They would keep their book figure and their old count. Count them, or "
                "say that they stay uncounted.",
                len(blank),
            )
        )


def _refuse_unexplained(
    tx: Transaction, lines: list[CountedLine], left: Mapping[Spot, int], reasons: Mapping[str, VarianceReason]
) -> None:
    for line in lines:
        if not left.get(line.spot):
            continue
        if line.spot.lot not in reasons:
            raise Refused(
                say("Lot {lot} in {place} differs. Give a reason.", lot=verbatim(line.spot.lot),
                    place=place_told(tx, line.spot.place))
            )  # fmt: skip
        person = tx.act.person
        if importance_of(tx, line.item) is Importance.A and person in line.settlement.counters and person != SYSTEM:
            raise NotAllowed(
                say("You counted lot {lot}. A class A difference is posted by another person.",
                    lot=verbatim(line.spot.lot))
            )  # fmt: skip


def _post_moves(
    ledger: Ledger, session: str, moves: list[Moved], differences: Mapping[Spot, int | None],
    lines: Mapping[Spot, CountedLine],
) -> dict[Spot, int]:  # fmt: skip
    left = {spot: variance or 0 for spot, variance in differences.items()}
    for move in moves:
        counted = [lines[Spot(move.lot, place)].settlement.figure for place in (move.source, move.target)]
        at = max(figure.counted_at for figure in counted if figure is not None)
        ledger.post(
            ledger.lot(move.lot), move.source, move.target, move.quantity, MovementKind.TRANSFER, occurred_at=at,
            beyond=True, paper=session,
        )  # fmt: skip
        left[Spot(move.lot, move.source)] += move.quantity
        left[Spot(move.lot, move.target)] -= move.quantity
    return left


def _post_line(ledger: Ledger, session: str, line: CountedLine, difference: int, reason: VarianceReason | None) -> None:
    figure, tx = line.settlement.figure, ledger.tx
    if figure is None or line.book is None:
        return
    lot, place = ledger.lot(line.spot.lot), line.spot.place
    ways = ((FOUND, place, difference), (place, LOSS, -difference))
    for source, target, quantity in ways:
        if quantity > 0:
            ledger.post(lot, source, target, quantity, MovementKind.COUNT, occurred_at=figure.counted_at, beyond=True,
                        paper=session, reason=reason.value if reason else "")  # fmt: skip
    if figure.damaged:
        ledger.post(lot, place, quarantine(place), figure.damaged, MovementKind.QUARANTINE, paper=session, beyond=True)
    tx.add(
        CountLine(
            id=tx.new_id("N"), session=session, place=place, lot=lot.id, item=lot.item, counted=figure.counted,
            book=line.book, damaged=figure.damaged, counted_at=figure.counted_at, counters=line.settlement.counters,
            reason=reason if difference else None, seen_seq=figure.seen_seq, posted_seq=ledger.position,
        )
    )  # fmt: skip
    if ledger.held(lot.id, place) >= 0:
        for known in tx.find(Discrepancy, lot=lot.id):
            if known.place == place and known.closed_at is None:
                tx.put(replace(known, closed_at=tx.now, closed_by=session))
