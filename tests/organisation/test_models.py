from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from floodready.codec import decode, encode
from floodready.document import checked, problems_of
from floodready.organisation.models import Person, Phone, PhoneKind, Terminal, Unit, UnitKind, Works, WorksKind
from floodready.organisation.permissions import Role

WANG = Person(
    id="wang",
    name="王 建国",
    unit="anlan",
    roles=(Role.DUTY_OFFICER,),
    phones=(Phone(number="138 0000 0001", kind=PhoneKind.MOBILE, verified_on=date(2026, 5, 1)),),
)


@pytest.mark.parametrize(
    "document",
    [
        WANG,
        Unit(id="anlan", name="Anlan headquarters", kind=UnitKind.HEADQUARTERS),
        Works(id="W1", name="Dike 12+400", unit="anlan", kind=WorksKind.DIKE, size=1200, size_unit="m"),
        Terminal(id="desk-1", person="wang", since_at=datetime(2026, 7, 1, tzinfo=UTC)),
    ],
)
def test_a_document_of_the_organisation_comes_back_as_it_went_in(document: Person | Unit | Works | Terminal) -> None:
    assert decode(type(document), encode(checked(document))) == document


def test_a_person_without_a_role_or_with_a_number_twice_is_refused() -> None:
    twice = {"id": "wang", "name": "Wang", "unit": "anlan", "phones": WANG.phones * 2, "roles": ()}
    assert set(problems_of(Person, twice)) == {"roles", "phones"}
