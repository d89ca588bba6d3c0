from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from floodready.language import Sentence, say, verbatim
from floodready.readiness.alike import cause_told, subjects_told, together
from floodready.readiness.line import Capability, Colour, Importance, Kind, Line, LineStatus, Overriding

AT = datetime(2026, 7, 1, tzinfo=UTC)
IMPORT = say("import a quota table that names every item in stock")
COUNT = say("count it")
OVERRIDE = Overriding(
    id="O1", colour=Colour.AMBER, leader="An", second="", reason="seen", since=AT, until=AT.replace(day=2)
)


def status(
    name: str,
    act: Sentence | None = IMPORT,
    *,
    colour: Colour = Colour.GREY,
    importance: Importance = Importance.B,
    site: str = "",
    over: Overriding | None = None,
) -> LineStatus:
    line = Line(
        id=name,
        unit="city",
        site=site,
        capability=Capability.BOATS,
        importance=importance,
        kind=Kind.STOCK,
        subject=verbatim(name),
    )
    cause = say("no need is set: {usable} usable", usable=name)
    return LineStatus(line=line, colour=colour, cause=cause, act=act, until=None, overriding=over, computed=colour)


def told(*statuses: LineStatus) -> list[str]:
    return ["+".join(one.line.id for one in group) for group in together(statuses)]


def test_three_alike_are_told_as_one_at_the_place_of_the_first_and_two_one_by_one() -> None:
    assert told(status("a", COUNT), status("b"), status("c", COUNT), status("d"), status("e")) == ["a", "b+d+e", "c"]
    assert told(status("a"), status("b")) == ["a", "b"]


def test_another_colour_class_or_site_an_override_or_no_act_is_told_by_itself() -> None:
    alike = (status("a"), status("b"), status("c"))
    for other in (
        status("d", colour=Colour.AMBER),
        status("d", importance=Importance.A),
        status("d", site="East store"),
        status("d", over=OVERRIDE),
    ):
        assert told(*alike, other) == ["a+b+c", "d"]
    assert told(*(status(name, None) for name in "abc")) == ["a", "b", "c"]


def test_a_group_names_its_first_line_and_how_many_more() -> None:
    group = [status("rope"), status("tent"), status("boat")]
    assert str(subjects_told(group)) == "rope and 2 more"
    assert str(cause_told(group)) == "no need is set: rope usable; the others alike"
    assert str(subjects_told(group[:1])) == "rope"
    assert str(cause_told(group[:1])) == "no need is set: rope usable"


@given(st.lists(st.tuples(st.sampled_from([IMPORT, COUNT, None]), st.sampled_from(Colour)), max_size=12))
def test_every_line_is_told_once_and_first_lines_keep_their_order(drawn: list[tuple[Sentence | None, Colour]]) -> None:
    statuses = [status(f"{number:02}", act, colour=colour) for number, (act, colour) in enumerate(drawn)]
    groups = together(statuses)
    assert sorted(one.line.id for group in groups for one in group) == [one.line.id for one in statuses]
    firsts = [group[0].line.id for group in groups]
    assert firsts == sorted(firsts)
    assert all(len(group) == 1 or len({(one.colour, str(one.act)) for one in group}) == 1 for group in groups)
