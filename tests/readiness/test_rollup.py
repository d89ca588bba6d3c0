from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from floodready.language import say, verbatim
from floodready.readiness.assembly import answer
from floodready.readiness.headline import progress
from floodready.readiness.line import (
    Capability,
    Colour,
    Importance,
    Kind,
    Line,
    Overriding,
    Signal,
    status_of,
    turning_points,
)

NOW = datetime(2026, 7, 1, tzinfo=UTC)
INSTANTS = st.integers(-400, 400).map(lambda hours: NOW + timedelta(hours=hours))


def signal(colour: Colour, since: datetime = NOW, until: datetime | None = None) -> Signal:
    return Signal(colour=colour, cause=verbatim("31 usable of 60"), act=say("test"), since=since, until=until)


def line(
    name: str,
    *signals: Signal,
    importance: Importance = Importance.A,
    unit: str = "city",
    site: str = "",
    overridings: tuple[Overriding, ...] = (),
) -> Line:
    return Line(
        id=name,
        unit=unit,
        site=site,
        capability=Capability.BOATS,
        importance=importance,
        kind=Kind.STOCK,
        subject=verbatim(name),
        signals=signals,
        overridings=overridings,
    )


@st.composite
def signals(draw: st.DrawFn) -> Signal:
    since = draw(INSTANTS)
    until = draw(st.none() | st.integers(1, 300).map(lambda hours: since + timedelta(hours=hours)))
    return signal(draw(st.sampled_from([Colour.RED, Colour.GREY, Colour.AMBER])), since, until)


@st.composite
def lines(draw: st.DrawFn) -> Line:
    return line(
        draw(st.text("abc", min_size=1, max_size=3)),
        *draw(st.lists(signals(), max_size=4)),
        importance=draw(st.sampled_from(Importance)),
        unit=draw(st.sampled_from(["city", "county", "town"])),
        site=draw(st.sampled_from(["", "East Store"])),
    )


PARENTS = {"city": None, "county": "city", "town": "county"}


def test_the_first_rule_that_fits_decides_red_before_not_known_before_amber() -> None:
    all_three = line("jackets", signal(Colour.AMBER), signal(Colour.GREY), signal(Colour.RED, NOW + timedelta(hours=2)))
    assert status_of(all_three, NOW - timedelta(seconds=1)).colour is Colour.GREEN
    assert status_of(all_three, NOW).colour is Colour.GREY
    assert status_of(all_three, NOW).until == NOW + timedelta(hours=2)
    assert status_of(all_three, NOW + timedelta(hours=2)).colour is Colour.RED


def test_nine_lines_in_order_and_no_life_jackets_is_not_ready() -> None:
    good = [line(f"good {place}") for place in range(9)]
    answered = answer([*good, line("life jackets", signal(Colour.RED))], NOW, PARENTS)
    assert answered.colour is Colour.RED
    assert answered.progress == 59
    assert str(answered.headline) == "NOT READY — life jackets: 31 usable of 60. Next: test."


def test_a_b_line_pulls_to_amber_at_most_and_a_c_line_is_only_listed() -> None:
    of_b = answer([line("b", signal(Colour.RED), importance=Importance.B)], NOW, PARENTS)
    of_c = answer([line("c", signal(Colour.RED), importance=Importance.C)], NOW, PARENTS)
    assert (of_b.colour, of_c.colour) == (Colour.AMBER, Colour.GREEN)
    assert [status.line.id for status in of_c.wrong] == ["c"]


def test_a_unit_is_as_bad_as_the_worst_below_it_and_tells_the_counts() -> None:
    answered = answer(
        [line("x", signal(Colour.RED), unit="town", site="s1"), line("y", unit="county", site="s2")], NOW, PARENTS
    )
    (city,) = answered.units
    assert (city.unit, city.colour) == ("city", Colour.RED)
    assert str(answered.counts) == "1 of 2 sites not ready, 1 ready"


def test_sites_are_counted_the_worst_first_and_only_in_the_colours_there_are() -> None:
    places = {"s1": Colour.AMBER, "s2": Colour.GREY, "s3": Colour.AMBER, "s4": Colour.GREEN}
    lines = [line(site, *([signal(colour)] if colour is not Colour.GREEN else []), site=site)
             for site, colour in places.items()]  # fmt: skip
    assert str(answer(lines, NOW, PARENTS).counts) == "1 of 4 sites not known, 2 to watch, 1 ready"
    assert str(answer(lines[3:], NOW, PARENTS).counts) == "1 of 1 site ready"
    assert str(answer([line("jackets", signal(Colour.RED))], NOW, PARENTS).counts) == "1 of 1 site not ready"


def test_an_empty_store_is_not_known_and_says_what_to_do() -> None:
    answered = answer([], NOW, {})
    assert answered.colour is Colour.GREY
    assert "Next:" in str(answered.headline)


@given(lines(), INSTANTS)
def test_a_colour_holds_until_the_instant_the_status_names(found: Line, at: datetime) -> None:
    status = status_of(found, at)
    for edge in turning_points(found, at, status.until or at + timedelta(days=40)):
        same = status_of(found, edge).colour is status.colour
        assert same == (edge != status.until)


@given(st.lists(lines(), max_size=8), INSTANTS)
def test_every_line_that_is_not_green_names_an_act(found: list[Line], at: datetime) -> None:
    for status in answer(found, at, PARENTS).wrong:
        assert status.act is not None


@given(st.lists(lines(), max_size=8), INSTANTS, st.randoms())
def test_the_same_lines_in_any_order_give_the_same_sentence(found: list[Line], at: datetime, random: object) -> None:
    unique = list({one.id + one.unit + one.site + one.importance: one for one in found}.values())
    assert str(answer(unique, at, PARENTS).headline) == str(answer(unique[::-1], at, PARENTS).headline)


@given(st.lists(lines(), min_size=1, max_size=8), lines(), INSTANTS)
def test_one_more_line_never_makes_the_whole_better(found: list[Line], more: Line, at: datetime) -> None:
    before, after = answer(found, at, PARENTS).colour, answer([*found, more], at, PARENTS).colour
    assert after.severity >= before.severity


@given(st.lists(lines(), min_size=1, max_size=8), INSTANTS)
def test_progress_is_capped_while_an_a_line_is_wrong(found: list[Line], at: datetime) -> None:
    statuses = [status_of(one, at) for one in found]
    of_a = {status.colour for status in statuses if status.line.importance is Importance.A}
    share = progress(statuses)
    assert 0 <= share <= (59 if {Colour.RED, Colour.GREY} & of_a else 79 if Colour.AMBER in of_a else 100)
