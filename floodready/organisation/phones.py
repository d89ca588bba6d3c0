"""Phones: which number to dial, and which ones nobody has verified for too long."""

from __future__ import annotations

from datetime import date, timedelta

from floodready.language import Sentence, say, verbatim
from floodready.organisation.models import Person, Phone, PhoneKind


def is_old(phone: Phone, on: date, within_days: int) -> bool:
    """Tell whether a number counts as unverified on a day: never reached, or longer ago than the setting.

    Rule: duty roster phones carry *last verified on*; older ones are marked (design, duty rule 5).
    """
    return phone.verified_on is None or on > good_until(phone.verified_on, within_days)


def good_until(verified_on: date, within_days: int) -> date:
    """Give the last day on which a verification still counts; before the calendar's end."""
    days_left = (date.max - verified_on).days
    return verified_on + timedelta(days=min(within_days, days_left))


def old_phones(person: Person, on: date, within_days: int) -> tuple[Phone, ...]:
    """Give the numbers of a person that are to be verified anew."""
    return tuple(phone for phone in person.phones if is_old(phone, on, within_days))


def not_dialled(phone: Phone) -> Sentence | None:
    """Say that nobody can dial a number, for want of any digit; None where they can. A radio's sign may be a word.

    It is asked where a number is entered, not of the document: whoever has an old one must still be changed.
    """
    if phone.kind is PhoneKind.RADIO or any(sign.isdecimal() for sign in phone.number):
        return None
    return say("“{number}” has no digit: type a number that can be dialled", number=verbatim(phone.number))


def first_phone(person: Person) -> Phone | None:
    """Give the number to dial first, or None."""
    return person.phones[0] if person.phones else None
