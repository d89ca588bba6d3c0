from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from floodready.language import say, verbatim
from floodready.readiness.assembly import answer
from floodready.readiness.headline import deciding, decisive, headline, progress
from floodready.readiness.line import (
    NEVER,
    Capability,
    Colour,
    Good,
    Importance,
    Kind,
    Line,
    Overriding,
    Signal,
    Statuses,
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


def over(id: str, colour: Colour, since: int, until: int) -> Overriding:
    begin, end = NOW + timedelta(hours=since), NOW + timedelta(hours=until)
    return Overriding(id=id, colour=colour, leader="Li", reason="seen", since=begin, until=end)


def test_of_overrides_that_overlap_the_younger_holds_and_each_edge_turns_the_line() -> None:
    older, younger = over("O2", Colour.RED, 0, 9), over("O1", Colour.AMBER, 3, 6)
    for held in ((older, younger), (younger, older)):
        found = line("boats", overridings=held)
        asked = [status_of(found, NOW + timedelta(hours=n)).colour for n in (-1, 0, 3, 6, 9)]
        assert asked == [Colour.GREEN, Colour.RED, Colour.AMBER, Colour.RED, Colour.GREEN]
        assert [edge - NOW for edge in turning_points(found, NOW, NOW + timedelta(hours=6))] == [
            timedelta(hours=3),
            timedelta(hours=6),
        ]
        assert status_of(found, NOW + timedelta(hours=7)).until == NOW + timedelta(hours=9)


def test_an_override_keeps_the_act_of_the_line_and_without_one_asks_to_check_what_it_made_worse() -> None:
    def act(*signals: Signal, colour: Colour) -> str:
        return str(status_of(line("boats", *signals, overridings=(over("O", colour, 0, 9),)), NOW).act)

    assert act(signal(Colour.RED), colour=Colour.AMBER) == "test"
    assert act(colour=Colour.RED) == "check boats and end the override"
    assert act(colour=Colour.GREEN) == "None"


def test_figures_that_time_changes_are_told_from_their_own_instant_on() -> None:
    hours = [NOW + timedelta(hours=n) for n in (1, 2)]
    found = replace(line("boats"), good_later=tuple(Good(since=at, told=verbatim(f"{at:%H}")) for at in hours))
    told = [str(status_of(found, NOW + timedelta(hours=n)).cause) for n in (1, 2, 3)]
    assert told == ["01", "02", "02"]
    assert turning_points(found, NOW, NOW + timedelta(hours=9)) == hours


def test_progress_is_rounded_down_and_capped_by_the_worst_a_line() -> None:
    def of_ten(*wrong: Line) -> int:
        good = [line(f"g{n}") for n in range(10 - len(wrong))]
        return progress([status_of(one, NOW) for one in (*good, *wrong)])

    assert of_ten() == 100
    assert of_ten(line("a", signal(Colour.RED))) == 59
    assert of_ten(line("a", signal(Colour.GREY))) == 59
    assert of_ten(line("a", signal(Colour.AMBER))) == 79
    assert of_ten(line("a", signal(Colour.RED), importance=Importance.B)) == 90
    third = [line("a"), line("b", signal(Colour.RED)), line("c", signal(Colour.RED))]
    assert progress([status_of(one, NOW) for one in third]) == 33


def test_the_headline_names_what_matters_most_and_counts_the_lines_where_all_are_in_order() -> None:
    reds = [
        line("c", signal(Colour.RED), importance=Importance.C),
        line("b", signal(Colour.RED), importance=Importance.B),
        line("a", signal(Colour.AMBER)),
        line("fine"),
    ]
    units = answer(reds, NOW, PARENTS).units
    assert [status.line.id for status in deciding(units)] == ["b", "a", "c"], "two ambers in effect: the redder first"
    first = decisive([status_of(one, NOW) for one in reds])
    assert first is not None
    assert first.line.id == "b"
    assert decisive([status_of(line("fine"), NOW)]) is None
    assert str(headline(units)).startswith("WATCH — b: 31 usable of 60. Next: test")
    assert str(headline(answer([line("x"), line("y")], NOW, PARENTS).units)) == "READY — 2 lines in order."
    minor = [line("c", signal(Colour.RED), importance=Importance.C), line("x")]
    assert str(headline(answer(minor, NOW, PARENTS).units)) == "READY — 2 lines in order."


def test_a_b_line_weighs_amber_at_most_beside_an_a_line() -> None:
    found = [line("b", signal(Colour.RED), importance=Importance.B), line("a", signal(Colour.GREY))]
    assert [status.line.id for status in deciding(answer(found, NOW, PARENTS).units)] == ["a", "b"]


def test_a_status_is_kept_from_one_turn_of_its_line_to_the_next_and_worked_out_anew_beyond() -> None:
    hour = timedelta(hours=1)
    wrong, other = line("boats", signal(Colour.RED, NOW + hour, NOW + 2 * hour)), line("boats")
    statuses = Statuses()
    first = statuses.status(wrong, NOW)
    assert statuses.status(wrong, NOW) is first
    assert statuses.status(wrong, NOW + hour - timedelta(seconds=1)) is first
    assert statuses.turn(wrong, NOW) == NOW + hour
    for at in (NOW + hour, NOW + 2 * hour, NOW + hour, NOW - hour, NOW):
        assert statuses.status(wrong, at) == status_of(wrong, at)
    assert statuses.status(other, NOW).line is other
    assert statuses.turn(other, NOW) == NEVER
    kept, dropped = statuses.status(other, NOW), statuses.status(wrong, NOW)
    statuses.keep_only([other])
    assert statuses.status(other, NOW) is kept
    assert statuses.status(wrong, NOW) is not dropped
