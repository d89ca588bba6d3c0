"""Signing in and out, handing a shared terminal over, and PINs."""

from __future__ import annotations

from floodready.command import command, require_permission
from floodready.language import say, verbatim
from floodready.organisation.lookup import known_person, person_name, told_by_name
from floodready.organisation.models import Person, Pin, Terminal
from floodready.organisation.permissions import Permission
from floodready.organisation.pin import FREE_TRIES, hash_pin, is_right, pin_problem, waits_until
from floodready.refusal import Refused
from floodready.store.contract import Act, Store, Transaction

_HAPPENED = say("Who sat at a terminal is a fact. Sign in or out again instead.")


def sign_in(store: Store, act: Act, *, pin: str | None = None) -> Terminal:
    """Put the act's person at the act's terminal; whoever sat there is thereby signed out.

    A wrong PIN is recorded and refused. Raises Refused (wrong PIN, none given, too many tries, not on the list).
    """
    return _sat_down(_sign_in(store, act, person=act.person, pin=pin))


def hand_over(store: Store, act: Act, *, to: str, pin: str | None = None) -> Terminal:
    """Give the act's terminal from the act's person to another one, who gives their own PIN.

    Raises Refused as `sign_in` does, and where the act's person does not sit there.
    """
    return _sat_down(_hand_over(store, act, to=to, pin=pin))


@command("organisation.sign_out", irreversible=_HAPPENED)
def sign_out(tx: Transaction) -> Terminal:
    """Leave the act's terminal. Raises Refused where nobody sits there."""
    terminal = tx.get(Terminal, tx.act.terminal)
    if terminal is None or terminal.person is None:
        raise Refused(say("Nobody is signed in at {terminal}.", terminal=verbatim(tx.act.terminal)))
    return tx.change(terminal, person=None, since_at=None)


def set_pin(store: Store, act: Act, *, person: str, pin: str, old: str | None = None) -> None:
    """Set a PIN: one's own by giving the old one, or anybody's by the permission to grant roles.

    Raises Refused for a PIN that is too simple or an old one that is wrong (the try is recorded), NotAllowed.
    """
    if not _set_pin(store, act, person=person, pin=pin, old=old):
        raise _wrong_pin()


def write_pin(tx: Transaction, person: str, pin: str) -> None:
    """Keep a person's new PIN as part of a transaction. Raises Refused for one that is too simple."""
    problem = pin_problem(pin)
    if problem is not None:
        raise Refused(problem)
    tx.put(Pin(id=person, hash=hash_pin(pin)))


@command("organisation.set_pin", irreversible=say("An old PIN cannot come back. Set a new one."))
def _set_pin(tx: Transaction, *, person: str, pin: str, old: str | None) -> bool:
    known_person(tx, person)
    kept = tx.get(Pin, person)
    if person != tx.act.person or (kept is not None and old is None):
        require_permission(tx, Permission.ROLE_GRANT)
    elif kept is not None and not _try_pin(tx, kept, old):
        return False
    write_pin(tx, person, pin)
    return True


@command("organisation.sign_in", irreversible=_HAPPENED)
def _sign_in(tx: Transaction, *, person: str, pin: str | None) -> Terminal | None:
    return _seat(tx, person, pin)


@command("organisation.hand_over", irreversible=_HAPPENED)
def _hand_over(tx: Transaction, *, to: str, pin: str | None) -> Terminal | None:
    terminal = tx.get(Terminal, tx.act.terminal)
    if terminal is None or terminal.person != tx.act.person:
        raise Refused(
            say(
                "{person} is not signed in at {terminal}, so it cannot be handed over. Sign in instead.",
                person=verbatim(person_name(tx, tx.act.person)),
                terminal=verbatim(tx.act.terminal),
            )
        )
    return _seat(tx, to, pin)


def _seat(tx: Transaction, person: str, pin: str | None) -> Terminal | None:
    """Seat a person whose PIN is right; None, with the try counted, where it is wrong.

    A wrong try must be written although the act is refused: therefore it is an answer here and an error outside.
    """
    found = tx.get(Person, person)
    if found is None or not found.active:
        raise Refused(
            told_by_name(person, tx.all(Person))
            or say("{person} is not on the staff list.", person=verbatim(person_name(tx, person)))
        )
    kept = tx.get(Pin, person)
    if kept is not None:
        if not _try_pin(tx, kept, pin):
            return None
        if kept.failed:
            tx.change(kept, failed=0, last_failed_at=None)
    return tx.put(Terminal(id=tx.act.terminal, person=person, since_at=tx.now))


def _try_pin(tx: Transaction, kept: Pin, pin: str | None) -> bool:
    wait = waits_until(kept)
    if wait is not None and tx.now < wait:
        seconds = -int((tx.now - wait).total_seconds() // 1)
        raise Refused(
            say(
                "Too many wrong PINs for {person}. Try again in {seconds} s.",
                person=person_name(tx, kept.id),
                seconds=seconds,
            )
        )
    if pin is None:
        raise Refused(say("{person} has a PIN. Type it.", person=person_name(tx, kept.id)))
    if is_right(pin, kept):
        return True
    tx.change(kept, failed=kept.failed + 1, last_failed_at=tx.now)
    return False


def _sat_down(terminal: Terminal | None) -> Terminal:
    if terminal is None:
        raise _wrong_pin()
    return terminal


def _wrong_pin() -> Refused:
    return Refused(say("The PIN is wrong. After {tries} wrong ones in a row there is a wait.", tries=FREE_TRIES))
