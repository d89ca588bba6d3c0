"""More random acts, so that with `acts.ACTS` every kind of document that a readiness line reads comes and goes."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime, time, timedelta

from floodready.clock import in_utc
from floodready.drills import commands as drills
from floodready.drills.models import Cadence, Drill, DrillState, Objective, Obligation, Occurrence, Participant, Role
from floodready.drills.models import Settings as DrillSettings
from floodready.drills.run_models import CorrectiveAction, Observation, Rating
from floodready.drills.run_models import Finding as Seen
from floodready.duty import commands as duty
from floodready.duty import commands_log, commands_shift, commands_swap
from floodready.duty.models import FixedTurn, Group, Leg, PostNeed, Rotation, Swap, TemporaryRota
from floodready.duty.models_shift import FollowUp, Handover, LogKind, PostCheck
from floodready.duty.resolver import timeline
from floodready.duty.roster import plan_of
from floodready.materials import commands_catalogue, commands_incident, commands_stock
from floodready.materials.models import Importance as ItemImportance
from floodready.materials.models import Item, MaterialSettings, Movement, Place, Reservation, Substitute
from floodready.materials.models_equipment import Condition, Equipment, GearSet, QuotaRow, QuotaTable, SetPart
from floodready.organisation import commands as organisation
from floodready.organisation.models import Chain, Person, Post, PostKind, Unit, WorksKind
from floodready.readiness import commands as readiness
from floodready.readiness.assembly import gather
from floodready.readiness.line import Colour, LineStatus, status_of
from floodready.rectification import commands as rectification
from floodready.rectification.models import Finding, FiveFixes, RectificationSettings, SixParts
from floodready.rectification.states import Grade, Source
from floodready.refusal import Refused
from floodready.season import commands as season
from floodready.season import commands_level, commands_report
from floodready.season.level import Level
from floodready.season.models import FloodWarning, Mark, Station, Threshold
from floodready.season.models_level import LevelRow, Staffing
from floodready.season.models_report import Report
from floodready.store.contract import Act
from floodready.workdays import DayKind
from tests.readiness.acts import ACTS, CITY, Acting


def by(person: str) -> Act:
    return Act(person=person, terminal="test", reason="test")


def later(room: Acting, days: int) -> date:
    return room.today() + timedelta(room.random.randint(0, days))


def morning(room: Acting, day: date) -> datetime:
    return in_utc(datetime.combine(day, time(8), tzinfo=room.zone))


def rota(room: Acting) -> None:
    begins = later(room, 3)
    end = room.random.choice([None, morning(room, begins + timedelta(room.random.randint(1, 40)))])
    held = room.one(Post)
    rotation = Rotation(
        name="r", post=held.id, groups=(Group(people=(room.one(Person).id,)),), first_on=begins,
        times=(time(8),),
    )  # fmt: skip
    duty.publish_rota(
        room.store, room.by(), unit=held.unit, since_at=morning(room, begins), until_at=end,
        rotations=(rotation,),
    )  # fmt: skip


def temporary_rota(room: Acting) -> None:
    begins = room.clock.now() + timedelta(hours=room.random.randint(0, 90))
    ends = begins + timedelta(hours=12)
    held = room.one(Post)
    turn = FixedTurn(post=held.id, people=(room.one(Person).id,), from_at=begins, until_at=ends)
    levels = room.random.choice([(), ("IV", "III")])
    duty.add_temporary_rota(room.store, room.by(), unit=held.unit, name="t", from_at=begins, until_at=ends,
                            levels=levels, turns=(turn,), beside=room.random.random() < 0.5)  # fmt: skip


def temporary_rota_withdrawn(room: Acting) -> None:
    duty.withdraw_temporary_rota(room.store, room.by(), room.one(TemporaryRota))


def duty_figures(room: Acting) -> None:
    held = room.one(Post)
    needs = (PostNeed(post=held.id, needed=room.random.randint(0, 3)),)
    duty.change_settings(room.store, room.by(), unit=held.unit, needs=needs,
                         gap_warning_days=room.random.choice([3, 7]), all_year=room.random.random() < 0.5)  # fmt: skip


def post(room: Acting) -> None:
    kind = room.random.choice(list(PostKind))
    organisation.add_post(room.store, room.by(), name=f"post {room.store.seq}", unit=room.one(Unit).id, kind=kind)


def swap(room: Acting) -> None:
    """Whoever may take a turn over is found by asking: most people lack the rest or the qualification."""
    begins = morning(room, later(room, 9) + timedelta(1))
    on = timeline(plan_of(room.store, CITY, room.zone), begins, begins + timedelta(days=9)).spans
    pairs = [(given, taker.id) for given in on for taker in room.store.find(Person, unit=CITY)]
    for given, taker in room.random.sample(pairs, min(len(pairs), 12)):
        leg = Leg(post=given.post, giver=given.person, taker=taker, from_at=given.start, until_at=given.end)
        with suppress(Refused):
            asked = commands_swap.ask_swap(room.store, room.by(), unit=CITY, legs=(leg,), asked_by=leg.giver,
                                           zone=room.zone)  # fmt: skip
            agreed = commands_swap.answer_swap(room.store, room.by(), asked, agree=True, zone=room.zone)
            commands_swap.approve_swap(room.store, room.by(), agreed, zone=room.zone)
            return


def swap_withdrawn(room: Acting) -> None:
    commands_swap.withdraw_swap(room.store, room.by(), room.one(Swap))


def handover(room: Acting) -> None:
    begun = next((held for held in room.store.find(Handover, unit=CITY) if held.completed_at is None), None)
    if begun is None:
        begun = commands_shift.begin_handover(room.store, room.by(), unit=CITY, zone=room.zone)
    half = commands_shift.sign_handover(room.store, by("chen"), begun, outgoing=True, zone=room.zone)
    commands_shift.sign_handover(room.store, by("zhou"), half, outgoing=False, zone=room.zone)


def check_explained(room: Acting) -> None:
    commands_log.explain_check(room.store, room.by(), room.one(PostCheck), explanation="at the dike")


def danger_logged(room: Acting) -> None:
    commands_log.write_log(room.store, room.by(), unit=CITY, kind=LogKind.DANGER, content="seepage", major=True,
                           follow_up="watch it", owner="chen", due_at=room.clock.now())  # fmt: skip


def danger_over(room: Acting) -> None:
    commands_log.finish_follow_up(room.store, room.by(), room.one(FollowUp), result="dry")


def call_round(room: Acting) -> None:
    commands_log.begin_call_round(room.store, room.by(), unit=CITY, today=room.today())


def day_kind(room: Acting) -> None:
    duty.correct_day(room.store, room.by(), on=later(room, 30), kind=room.random.choice(list(DayKind)))


def obligation(room: Acting) -> None:
    drills.oblige(room.store, room.by(), unit=room.one(Unit).id, plan=room.random.choice(["plan 1", "plan 2"]),
                  cadence=Cadence(months=room.random.choice([1, 6, 12]), anchor_on=later(room, 60)), source="rule",
                  zone=room.zone)  # fmt: skip


def obligation_ended(room: Acting) -> None:
    drills.end_obligation(room.store, room.by(), seen=room.one(Obligation), on=later(room, 40), zone=room.zone)


def owed_drill_planned(room: Acting) -> None:
    owed = room.one(Obligation)
    drill = Drill(id="new", name="drill", unit=owed.unit, plan=owed.plan, scripted=False,
                  starts_at=room.clock.now() + timedelta(hours=room.random.randint(1, 900)),
                  participants=(Participant(person="xu", role=Role.EVALUATOR),
                                Participant(person="he", role=Role.DIRECTOR)),
                  objectives=(Objective(id="o", text="report", capability="warn"),))  # fmt: skip
    drills.plan_owed(room.store, room.by(), obligation=owed.id, scheduled_on=owed.cadence.anchor_on, drill=drill)


def drill_moved(room: Acting) -> None:
    drills.postpone_drill(room.store, room.by(), drill=room.one(Drill).id, starts_at=room.soon(200), reason="rain")


def drill_cancelled(room: Acting) -> None:
    drills.cancel_drill(room.store, room.by(), drill=room.one(Drill).id, reason="rain")


def due_day_moved(room: Acting) -> None:
    one = room.one(Occurrence)
    drills.move_due(room.store, room.by(), obligation=one.obligation, scheduled_on=one.scheduled_on,
                    due_on=later(room, 60), reason="rain")  # fmt: skip


def drill_held(room: Acting) -> None:
    planned = [one for one in room.store.all(Drill) if one.state is DrillState.PLANNED]
    drill = room.random.choice(planned).id if planned else room.one(Drill).id
    drills.start_run(room.store, by("he"), drill=drill)
    drills.finish_run(room.store, by("he"), drill=drill)


def weakness_seen(room: Acting) -> None:
    held = [one for one in room.store.all(Drill) if one.state is DrillState.HELD] or [room.one(Drill)]
    drill = room.random.choice(held)
    seen = Observation(id="new", drill=drill.id, run="-", evaluator="-", seen_at=room.clock.now(),
                       text="late", finding=Seen.WEAKNESS, rating=Rating.SOME_CHALLENGES,
                       objective=drill.objectives[0].id)  # fmt: skip
    drills.observe(room.store, by("xu"), observation=seen)


def weakness_owned(room: Acting) -> None:
    owned = {action.observation for action in room.store.all(CorrectiveAction)}
    seen = [one.id for one in room.store.all(Observation) if one.id not in owned] or [room.one(Observation).id]
    drills.open_action(room.store, room.by(), observation=room.random.choice(seen), action="mend", owner="xu",
                       due_on=later(room, 30), zone=room.zone)  # fmt: skip


def drill_evaluated(room: Acting) -> None:
    drills.write_evaluation(room.store, room.by(), drill=room.one(Drill).id, text="good")


def drill_closed(room: Acting) -> None:
    drill = room.one(Drill).id
    drills.file_summary(room.store, room.by(), drill=drill, summary="filed")
    drills.close_drill(room.store, room.by(), drill=drill)


def drill_figures(room: Acting) -> None:
    due_soon = room.random.choice([10, 30])
    drills.set_settings(room.store, room.by(), wanted=DrillSettings(id="drills", due_soon_days=due_soon))


def substitutes(room: Acting) -> None:
    item, other = room.one(Item), room.one(Item)
    commands_catalogue.put_item(
        room.store, room.by(),
        item=item.changed(substitutes=(Substitute(item=other.id, denominator=2),),
                          importance=room.random.choice(list(ItemImportance))),
    )  # fmt: skip


def quotas(room: Acting) -> None:
    needs = {room.one(Item).id: room.random.randint(0, 300) for _ in range(3)}
    kind = room.random.choice(["dike", "risk point"])
    rows = tuple(QuotaRow(works_kind=kind, item=item, base=str(need)) for item, need in needs.items())
    commands_catalogue.put_quotas(
        room.store, room.by(),
        table=QuotaTable(id="Q", name="t", source="table", clause="3", in_force_on=later(room, 20), rows=rows),
    )  # fmt: skip


def works(room: Acting) -> None:
    kind = room.random.choice([WorksKind.DIKE, WorksKind.RISK_POINT])
    organisation.add_works(room.store, room.by(), name=f"works {room.store.seq}", unit=room.one(Unit).id, kind=kind,
                           size=room.random.randint(1, 2))  # fmt: skip


def gear(room: Acting) -> None:
    parts = {room.one(Item).id: room.random.randint(1, 9) for _ in range(2)}
    commands_catalogue.put_set(
        room.store, room.by(),
        gear=GearSet(id="SET", name="set", parts=tuple(SetPart(item=item, per_set=n) for item, n in parts.items()),
                     needed=room.random.choice([None, 2, 10]), need_source="plan"),
    )  # fmt: skip


def machine(room: Acting) -> None:
    condition = room.random.choice(list(Condition))
    commands_catalogue.put_equipment(
        room.store, room.by(),
        equipment=Equipment(id=f"M{room.random.randint(1, 3)}", name="pump", item=room.one(Item).id,
                            place=room.one(Place).id, condition=condition,
                            test_interval_days=room.random.choice([None, 30])),
    )  # fmt: skip


def machine_tested(room: Acting) -> None:
    commands_catalogue.record_test(room.store, room.by(), zone=room.zone, equipment=room.one(Equipment).id,
                                   passed=room.random.random() < 0.7)  # fmt: skip


def reservation_released(room: Acting) -> None:
    commands_stock.release_stock(room.store, room.by(), reservation=room.one(Reservation).id)


def emergency_issue(room: Acting) -> None:
    last = room.one(Movement)
    commands_stock.issue_stock(room.store, room.by(), zone=room.zone, item=last.item, place=last.target,
                               quantity=room.random.randint(1, 2000), lot=last.lot, emergency=True)  # fmt: skip


def issue_to_an_incident(room: Acting) -> None:
    act, opened = room.by(), commands_incident.open_incident(room.store, room.by(), name="Dike 12")
    commands_stock.issue_stock(room.store, act, zone=room.zone, item=room.one(Item).id, place=room.one(Place).id,
                               quantity=room.random.randint(1, 50), to_incident=opened.id)  # fmt: skip


def condemned(room: Acting) -> None:
    last = room.one(Movement)
    commands_stock.condemn_stock(room.store, room.by(), zone=room.zone, lot=last.lot, place=last.target, quantity=1)


def hazard(room: Acting) -> None:
    found = rectification.open_finding(
        room.store, room.by(), unit=room.one(Unit).id, source=Source.PATROL, description="seepage",
        found_on=room.today(), found_by="li", zone=room.zone,
    )  # fmt: skip
    grade = room.random.choice(list(Grade))
    rectification.grade(room.store, room.by(), finding=found.id, grade=grade, basis="rule")
    if room.random.random() < 0.8:
        rectification.assign(
            room.store, room.by(), finding=found.id, responsible=room.one(Person).id, deadline_on=later(room, 40),
            zone=room.zone, measures="fill", interim=room.random.choice(["", "tarpaulin"]),
            fixes=FiveFixes(responsibility="r", measures="m", money=0, time_limit="t", contingency="c"),
            plan=SixParts(goal="g", method="m", money_and_goods="m", people="p", time="t", safety="s"),
        )  # fmt: skip


def hazard_listed(room: Acting) -> None:
    listable = [one for one in room.store.all(Finding) if one.grade is Grade.MAJOR and one.deadline_on] or [
        room.one(Finding)
    ]
    rectification.list_up(room.store, room.by(), finding=room.random.choice(listable).id, zone=room.zone)


def hazard_escalated(room: Acting) -> None:
    rectification.escalate(room.store, room.by(), finding=room.one(Finding).id, cause="late")


def material_figures(room: Acting) -> None:
    hours = room.random.choice([1, 4])
    commands_catalogue.set_figures(room.store, room.by(), settings=MaterialSettings(reach_hours=hours))


def rectification_figures(room: Acting) -> None:
    wanted = RectificationSettings(amber_days=room.random.choice([3, 9]))
    rectification.set_settings(room.store, room.by(), settings=wanted)


def chain(room: Acting) -> None:
    unit, county = room.one(Unit).id, room.random.choice([None, room.one(Person).id])
    seen = room.store.get(Chain, unit)
    organisation.set_chain(room.store, room.by(), unit=unit, seen=seen, responsible=room.one(Person).id, county=county)


def phone_limit(room: Acting) -> None:
    days = room.random.choice([30, 180])
    organisation.change_settings(room.store, room.by(), phone_verified_within_days=days)


def season_added(room: Acting) -> None:
    begins = later(room, 90)
    season.add_season(room.store, room.by(), unit=room.one(Unit).id, name="flood", starts_on=begins,
                      ends_on=begins + timedelta(40))  # fmt: skip


def level_row(room: Acting) -> None:
    row = LevelRow(level=room.random.choice(list(Level)), staffing=(Staffing(post=PostKind.OFFICER, people=3),),
                   bulletins=(time(8), time(20)), forward_stock_percent=(40, 50))  # fmt: skip
    commands_level.set_level_row(room.store, room.by(), unit=CITY, row=row, source="plan")


def level_lowered(room: Acting) -> None:
    commands_level.lower_level(room.store, room.by(), unit=room.one(Unit).id, level=None, authority="chen",
                               reason="over", starts_at=room.random.choice([None, room.soon(5)]))  # fmt: skip


def report_sent(room: Acting) -> None:
    due = room.one(Report)
    commands_report.send_report(room.store, room.by(), unit=due.unit, rule=due.rule, due_at=due.due_at,
                                event=due.event)  # fmt: skip


def warning_lifted(room: Acting) -> None:
    season.lift_warning(room.store, room.by(), warning=room.one(FloodWarning).id)


def station(room: Acting) -> None:
    seen = room.one(Station)
    mark = Threshold(mark=Mark.IV, value=room.random.choice([500_000, 4_000_000]))
    season.change_station(room.store, room.by(), seen, thresholds=(mark,), active=room.random.random() < 0.9)


def season_figures(room: Acting) -> None:
    hours = room.random.choice([6, 24])
    commands_report.change_settings(room.store, room.by(), unit=CITY, reading_counts_hours=hours)


def a_line(room: Acting) -> LineStatus:
    at = room.clock.now()
    return status_of(room.random.choice(gather(room.store, at, room.zone)), at)


def overriding(room: Acting) -> None:
    status = a_line(room)
    readiness.override(
        room.store, by("chen"), line=status.line.id, colour=room.random.choice(list(Colour)), reason="seen",
        until_at=room.clock.now() + timedelta(hours=room.random.randint(1, 72)), zone=room.zone, second="zhou",
    )  # fmt: skip


MORE: tuple[Callable[[Acting], None], ...] = (
    rota, temporary_rota, temporary_rota_withdrawn, duty_figures, post, swap, swap_withdrawn, handover,
    check_explained, danger_logged, danger_over, call_round, day_kind, obligation, obligation_ended,
    owed_drill_planned, drill_moved, drill_cancelled, due_day_moved, drill_held, weakness_seen, weakness_owned,
    drill_evaluated, drill_closed, drill_figures, substitutes, quotas, works, gear, machine, machine_tested,
    reservation_released, emergency_issue, issue_to_an_incident, condemned,
    hazard, hazard_listed, hazard_escalated, rectification_figures,
    material_figures, station,
    chain, phone_limit, season_added, level_row, level_lowered, report_sent, warning_lifted, season_figures,
    overriding,
)  # fmt: skip
EVERY_ACT = (*ACTS, *MORE)
