"""The drills of the demo: what the law asks of the made-up city, one drill held and evaluated, one that is coming."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from floodready.clock import FixedClock, wall_instant
from floodready.drills import commands
from floodready.drills.models import (
    Cadence,
    Content,
    Drill,
    Form,
    Inject,
    InjectStatus,
    Objective,
    Obligation,
    Participant,
    Role,
)
from floodready.drills.run_models import Finding, Observation, Rating
from floodready.frozen import replace
from floodready.store.contract import Act
from floodready.store.journal_store import JournalStore
from floodready.workdays import add_working_days, calendar_with

_ARTICLE = "生产安全事故应急条例 art. 8"
_OWED = (
    ("heyang", "堤防抢险预案 dike emergency plan", 24),
    ("linze", "堤防抢险预案 dike emergency plan", 24),
    ("dike", "管涌抢护预案 piping plan", 6),
)
_SCRIPT = (
    (0, "大堤背水坡发现管涌 sand boil behind the dike", "duty officer 值班员", "reports within 5 minutes"),
    (8, "管涌扩大，带出泥沙 the boil grows and carries sand", "dike section 河务段", "filter mat, reports again"),
    (20, "下游村庄请求撤离 the village asks to move out", "county office 县防办", "opens the shelter"),
)


def hold_drills(store: JournalStore, acts: Iterator[Act], clock: FixedClock, today: date) -> None:
    """Lay down what is owed, hold one drill a fortnight ago with its evaluation, and plan the next one."""
    now = clock.instant
    held_at = wall_instant(today - timedelta(16), time(9), store.zone)
    clock.instant = held_at - timedelta(3)
    for unit, plan, months in _OWED:
        anchor = today + timedelta(60 if unit == "linze" else 25)
        cadence = Cadence(months=months, anchor_on=anchor)
        commands.oblige(store, next(acts), unit=unit, plan=plan, cadence=cadence, source=_ARTICLE, zone=store.zone)
    _hold(store, acts, clock, held_at)
    clock.instant = now
    begins = wall_instant(add_working_days(today, 7, calendar_with(())), time(9), store.zone)
    commands.plan_owed(
        store,
        next(acts),
        obligation=_obligation(store, "dike").id,
        scheduled_on=today + timedelta(25),
        drill=_drill("dike", _OWED[2][1], "管涌抢护演练 piping drill", begins, Form.FIELD),
    )


def _hold(store: JournalStore, acts: Iterator[Act], clock: FixedClock, held_at: datetime) -> None:
    unit, plan, _ = _OWED[0]
    owed = _obligation(store, unit)
    drill = commands.plan_drill(
        store, next(acts), drill=_drill(unit, plan, "堤防抢险桌面推演 dike table-top", held_at, Form.TABLETOP)
    )
    for minutes, text, recipient, expected in _SCRIPT:
        inject = Inject(id="new", drill=drill.id, number=1, offset=60 * minutes, text=text, recipient=recipient,
                        expected=expected, author="-", objective="report")  # fmt: skip
        commands.add_inject(store, _by("qian", acts), inject=inject)
    commands.approve_injects(store, _by("he", acts), drill=drill.id)
    commands.assign_drill(
        store,
        next(acts),
        obligation=owed.id,
        scheduled_on=owed.cadence.anchor_on,
        drill=drill.id,
    )
    clock.instant = held_at
    commands.start_run(store, _by("he", acts), drill=drill.id)
    for number, (minutes, *_) in enumerate(_SCRIPT, start=1):
        clock.instant = held_at + timedelta(minutes=minutes)
        commands.release_inject(store, _by("he", acts), drill=drill.id, number=number)
        commands.settle_inject(store, _by("he", acts), drill=drill.id, number=number, status=InjectStatus.DONE)
    weakness = _see(store, acts, drill.id, "报告用了九分钟 the report took nine minutes", Finding.WEAKNESS, Rating("S"))
    _see(store, acts, drill.id, "撤离名单齐全 the list of people to move was complete", Finding.STRENGTH, Rating("P"))
    clock.instant = held_at + timedelta(hours=1)
    commands.finish_run(store, _by("he", acts), drill=drill.id)
    clock.instant = held_at + timedelta(days=1)
    commands.open_action(
        store,
        _by("he", acts),
        observation=weakness,
        action="值班室贴首报电话卡 put a card with the first numbers to call at the desk",
        owner="xu",
        due_on=(held_at + timedelta(60)).date(),
        zone=store.zone,
    )
    commands.write_evaluation(
        store, _by("he", acts), drill=drill.id, text="总体达到目标 the aims were met on the whole"
    )


def _drill(unit: str, plan: str, name: str, begins: datetime, form: Form) -> Drill:
    return Drill(
        id="new",
        name=name,
        unit=unit,
        plan=plan,
        starts_at=begins,
        form=form,
        content=Content.SINGLE,
        safety="life jackets for all on the slope" if form is Form.FIELD else "",
        participants=(
            Participant(person="he", role=Role.DIRECTOR),
            Participant(person="xu", role=Role.EVALUATOR),
            Participant(person="ma", role=Role.PLAYER, post="dike section 河务段"),
        ),
        objectives=(
            Objective(id="report", text="首报五分钟内 first report within 5 minutes", capability="warn and command"),
        ),
    )


def _see(store: JournalStore, acts: Iterator[Act], drill: str, text: str, finding: Finding, rating: Rating) -> str:
    seen = Observation(id="new", drill=drill, run="-", evaluator="-", seen_at=store.clock.now(), text=text,
                       finding=finding, rating=rating)  # fmt: skip
    return commands.observe(store, _by("xu", acts), observation=seen, inject=1).id


def _obligation(store: JournalStore, unit: str) -> Obligation:
    return next(iter(store.find(Obligation, unit=unit)))


def _by(person: str, acts: Iterator[Act]) -> Act:
    return replace(next(acts), person=person)
