from __future__ import annotations

from datetime import date, datetime, timedelta

from floodready.drills import commands
from floodready.drills.models import Cadence, Obligation
from floodready.drills.run_models import Finding
from floodready.readiness.drills_lines import lines
from floodready.readiness.gathering import Surroundings
from floodready.readiness.line import Colour, LineStatus, Signal, status_of
from tests.drills.conftest import ZONE, DutyRoom
from tests.drills.scenes import START, observation


def statuses(room: DutyRoom, at: datetime) -> dict[str, LineStatus]:
    return {line.id: status_of(line, at) for line in lines(Surroundings(room.store, at, ZONE))}


def obliged(room: DutyRoom) -> Obligation:
    cadence = Cadence(anchor_on=date(2026, 6, 1), months=12)
    return commands.oblige(
        room.store, room.act(), unit="U1", plan="Dike breach", cadence=cadence, source="art. 8", zone=ZONE
    )


def held(room: DutyRoom, obligation: Obligation) -> str:
    made = room.running(1)
    commands.assign_drill(
        room.store, room.act(), obligation=obligation.id, scheduled_on=date(2026, 6, 1), drill=made.id
    )
    weak = observation("new", drill=made.id, run="-", finding=Finding.WEAKNESS, text="Wrong channel")
    commands.observe(room.store, room.act("P2"), observation=weak, inject=1)
    commands.finish_run(room.store, room.act(), drill=made.id)
    return made.id


def test_a_plan_that_was_never_drilled_is_not_known_and_overdue_is_red(room: DutyRoom) -> None:
    line = f"drills/{obliged(room).id}/U1"
    assert statuses(room, START)[line].colour is Colour.GREY
    last_minute = datetime(2026, 6, 1, 23, 59, 59, tzinfo=ZONE)
    assert statuses(room, last_minute)[line].colour is Colour.GREY
    late = statuses(room, last_minute + timedelta(seconds=1))[line]
    assert late.colour is Colour.RED
    assert str(late.cause) == "the drill of Dike breach was due on 2026-06-01"
    assert str(late.act) == "hold the drill of Dike breach"


def test_a_planned_drill_whose_time_has_passed_is_watched_until_it_is_overdue(room: DutyRoom) -> None:
    obligation, made = obliged(room), room.planned(1)
    commands.assign_drill(
        room.store, room.act(), obligation=obligation.id, scheduled_on=date(2026, 6, 1), drill=made.id
    )
    line, end = f"drills/{obligation.id}/U1", START + timedelta(minutes=made.minutes)

    def causes(at: datetime) -> list[str]:
        return [str(signal.cause) for signal in _signals(room, line, at)]

    missed = "Dike breach at Liu village was planned for 2026-05-12 and not begun"
    assert missed not in causes(end - timedelta(seconds=1))
    assert missed in causes(end)
    assert missed not in causes(datetime(2026, 6, 2, tzinfo=ZONE))


def test_a_drill_without_evaluation_does_not_count(room: DutyRoom) -> None:
    obligation = obliged(room)
    id = held(room, obligation)
    line = f"drills/{obligation.id}/U1"
    june = datetime(2026, 6, 2, tzinfo=ZONE)
    before = statuses(room, june)
    assert (before[line].colour, str(before[line].act)) == (
        Colour.RED,
        "write the evaluation of Dike breach at Liu village",
    )
    assert before["drills/evaluation/U1"].colour is Colour.AMBER
    commands.write_evaluation(room.store, room.act(), drill=id, text="Good.")
    assert statuses(room, june)[line].colour is Colour.GREEN


def test_a_drill_older_than_its_interval_does_not_count(room: DutyRoom) -> None:
    obligation = obliged(room)
    commands.write_evaluation(room.store, room.act(), drill=held(room, obligation), text="Good.")
    line = f"drills/{obligation.id}/U1"
    last = datetime(2027, 5, 12, 23, tzinfo=ZONE)
    causes = [str(signal.cause) for signal in _signals(room, line, last + timedelta(hours=1))]
    assert any("longer ago than its interval" in cause for cause in causes)
    assert not any("longer ago" in str(signal.cause) for signal in _signals(room, line, last))


def _signals(room: DutyRoom, id: str, at: datetime) -> list[Signal]:
    found = next(line for line in lines(Surroundings(room.store, at, ZONE)) if line.id == id)
    return [signal for signal in found.signals if signal.holds(at)]


def test_a_weakness_without_owner_is_on_the_board(room: DutyRoom) -> None:
    obligation = obliged(room)
    commands.write_evaluation(room.store, room.act(), drill=held(room, obligation), text="Good.")
    status = statuses(room, START + timedelta(days=1))["drills/evaluation/U1"]
    assert status.colour is Colour.AMBER
    assert "has no owner: Wrong channel" in str(status.cause)


def test_a_drill_not_closed_in_time_is_on_the_board(room: DutyRoom) -> None:
    made = room.running(1)
    commands.finish_run(room.store, room.act(), drill=made.id)
    commands.write_evaluation(room.store, room.act(), drill=made.id, text="Good.")
    line = "drills/evaluation/U1"
    assert statuses(room, START + timedelta(days=90))[line].colour is Colour.GREEN
    assert statuses(room, START + timedelta(days=91))[line].colour is Colour.AMBER


def test_the_colours_of_one_reading_are_those_of_every_later_one(room: DutyRoom) -> None:
    obligation = obliged(room)
    line = f"drills/{obligation.id}/U1"
    now = next(one for one in lines(Surroundings(room.store, START, ZONE)) if one.id == line)
    for days in range(0, 500, 20):
        at = START + timedelta(days=days)
        assert status_of(now, at).colour is statuses(room, at)[line].colour


def test_an_obligation_asks_for_its_drill_from_thirty_days_before_it_is_due(room: DutyRoom) -> None:
    line = f"drills/{obliged(room).id}/U1"
    unplanned = "the drill of Dike breach is due on 2026-06-01 and not planned"
    from_on = datetime(2026, 5, 2, tzinfo=ZONE)
    second = timedelta(seconds=1)
    for at, expected in (
        (from_on - second, False), (from_on, True), (datetime(2026, 6, 2, tzinfo=ZONE) - second, True),
        (datetime(2026, 6, 2, tzinfo=ZONE), False),
    ):  # fmt: skip
        found = [signal for signal in _signals(room, line, at) if str(signal.cause) == unplanned]
        assert [str(signal.act) for signal in found] == (["plan the drill of Dike breach"] if expected else [])


def test_what_an_obligation_asked_for_ends_with_it(room: DutyRoom) -> None:
    obligation = obliged(room)
    ended_on = date(2026, 7, 1)
    with room.store.transaction(room.act(), "test") as tx:
        tx.put(obligation.changed(ended_on=ended_on))
    line, end = f"drills/{obligation.id}/U1", datetime(2026, 7, 1, tzinfo=ZONE)
    around = Surroundings(room.store, START, ZONE)
    (now,) = [one for one in lines(around) if one.id == line]
    second = timedelta(seconds=1)
    assert status_of(now, end - second).colour is Colour.RED, "the drill of 1 June"
    assert status_of(now, end).colour is Colour.GREEN
    assert {signal.until for signal in now.signals} <= {end, datetime(2026, 6, 2, tzinfo=ZONE)}
    assert line in statuses(room, end - second)
    assert line not in statuses(room, end)


def test_a_unit_tells_its_last_three_drills_the_latest_first(room: DutyRoom) -> None:
    made = []
    for number in range(4):
        day = START + timedelta(days=number)
        room.clock.instant = START - timedelta(days=30)
        one = room.planned(1, id=f"D{number}", name=f"Drill {number}", starts_at=day)
        room.at(0, day)
        commands.start_run(room.store, room.act(), drill=one.id)
        commands.finish_run(room.store, room.act(), drill=one.id)
        made.append(one.id)
    commands.write_evaluation(room.store, room.act(), drill=made[3], text="Good.")
    (line,) = [one for one in lines(Surroundings(room.store, room.clock.instant, ZONE)) if "evaluation" in one.id]
    assert [str(told) for told in line.explanation] == [
        "Unit: County U1",
        "Drill 3, held on 2026-05-15: evaluated by Li Min",
        "Drill 2, held on 2026-05-14: not evaluated",
        "Drill 1, held on 2026-05-13: not evaluated",
    ]
    assert [id for _, id in line.evidence] == [made[3], made[3], made[2], made[2], made[1], made[1]]
    causes = [str(signal.cause) for signal in line.signals if "is not evaluated" in str(signal.cause)]
    assert sorted(causes) == [f"Drill {n} was held on 2026-05-{12 + n} and is not evaluated" for n in range(3)]


def test_the_latest_evaluated_drill_of_the_plan_is_the_proof(room: DutyRoom) -> None:
    obligation = obliged(room)
    first = held(room, obligation)
    line = f"drills/{obligation.id}/U1"
    assert str(statuses(room, START)[line].line.explanation[0]) == "Dike breach was never drilled and evaluated"
    commands.write_evaluation(room.store, room.act(), drill=first, text="Good.")
    for name, plan, proof in (("Second", "Dike breach", "2026-05-14"), ("Other", "Another plan", "2026-05-14")):
        room.clock.instant = START
        day = START + timedelta(days=2 if name == "Second" else 4)
        one = room.planned(1, id=name, name=name, plan=plan, starts_at=day)
        room.at(0, day)
        commands.start_run(room.store, room.act(), drill=one.id)
        commands.finish_run(room.store, room.act(), drill=one.id)
        told = str(statuses(room, room.clock.instant)[line].line.explanation[0])
        assert told == f"last drilled and evaluated on {'2026-05-12' if name == 'Second' else proof}"
        commands.write_evaluation(room.store, room.act(), drill=one.id, text="Good.")
        found = statuses(room, room.clock.instant)[line].line
        assert str(found.explanation[0]) == f"last drilled and evaluated on {proof}", "of its own plan alone"
    assert [str(told) for told in found.explanation[1:3]] == ["Rule: a drill every 12 months.", "Source: art. 8"]


def test_a_planned_drill_is_held_a_held_one_is_evaluated_and_neither_is_planned_anew(room: DutyRoom) -> None:
    obligation, made = obliged(room), room.planned(1)
    commands.assign_drill(
        room.store, room.act(), obligation=obligation.id, scheduled_on=date(2026, 6, 1), drill=made.id
    )
    line, overdue = f"drills/{obligation.id}/U1", datetime(2026, 6, 2, tzinfo=ZONE)

    def told() -> tuple[str, set[str]]:
        found = statuses(room, overdue)[line]
        return str(found.act), {
            str(signal.cause) for signal in found.line.signals if "2027" not in str(signal.cause)
        }  # fmt: skip

    red = "the drill of Dike breach was due on 2026-06-01"
    never = "Dike breach was never drilled and evaluated"
    missed = "Dike breach at Liu village was planned for 2026-05-12 and not begun"
    assert told() == ("hold the drill of Dike breach", {red, missed, never})
    assert "drills/evaluation/U1" not in statuses(room, overdue), "nothing is held yet"
    room.at(0)
    commands.start_run(room.store, room.act(), drill=made.id)
    commands.finish_run(room.store, room.act(), drill=made.id)
    assert told() == ("write the evaluation of Dike breach at Liu village", {red, never})


def test_each_unit_answers_for_its_own_drills(room: DutyRoom) -> None:
    made = {}
    for unit in ("U1", "U2"):
        room.clock.instant = START
        made[unit] = room.running(1, name=f"of {unit}", unit=unit).id
        commands.finish_run(room.store, room.act(), drill=made[unit])
    found = statuses(room, START)
    for unit in ("U1", "U2"):
        line = found[f"drills/evaluation/{unit}"].line
        assert [str(told).partition(",")[0] for told in line.explanation[1:]] == [f"of {unit}"]
        assert line.opens == ("drills.drills", made[unit])


def test_a_closed_drill_is_reminded_of_no_more_and_its_day_is_the_one_on_which_it_was_run(room: DutyRoom) -> None:
    made = room.planned(1)
    later = START + timedelta(days=3)
    room.at(0, later)
    commands.start_run(room.store, room.act(), drill=made.id)
    commands.finish_run(room.store, room.act(), drill=made.id)
    line = "drills/evaluation/U1"
    causes = [str(signal.cause) for signal in _signals(room, line, later)]
    assert causes == ["Dike breach at Liu village was held on 2026-05-15 and is not evaluated"]
    held_on = datetime(2026, 5, 15, tzinfo=ZONE)
    assert _signals(room, line, held_on - timedelta(seconds=1)) == []
    assert len(_signals(room, line, held_on)) == 1
    commands.write_evaluation(room.store, room.act(), drill=made.id, text="Good.")
    due = datetime(2026, 8, 14, tzinfo=ZONE)
    assert [len(_signals(room, line, at)) for at in (due - timedelta(seconds=1), due)] == [0, 1]
    commands.file_summary(room.store, room.act(), drill=made.id, summary="Good.")
    commands.close_drill(room.store, room.act(), drill=made.id)
    assert _signals(room, line, due) == []
