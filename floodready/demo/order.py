"""The order that started it all, in the demo: a campaign, its three tasks that the program measures, two hazards."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from floodready.exchange.hazard_criteria import read_criteria
from floodready.rectification import commands
from floodready.rectification.models import Measure
from floodready.rectification.models_campaign import Campaign, Milestone, Stage, StageKind
from floodready.rectification.states import Grade, Source
from floodready.store.contract import Act
from floodready.store.journal_store import JournalStore

CAMPAIGN = "special-action"
_MEETING = "防汛工作视频会议 flood control meeting"
_TASKS = (
    ("健全值班值守制度 put the duty system in order", "zhou", Measure.DUTY_SYSTEM),
    ("组织防汛演练 hold drills", "qian", Measure.DRILLS),
    ("补足防汛物资 fill up materials", "wu", Measure.MATERIALS),
)


def enter_order(store: JournalStore, acts: Iterator[Act], today: date, criteria: bytes) -> None:
    """Enter the special action with its tasks, and two made-up hazards of the dike section."""
    commands.put_criteria(store, next(acts), criteria=read_criteria(criteria))
    begins = today - timedelta(20)
    stages = []
    for kind, days in zip(StageKind, (10, 60, 90, 30), strict=True):
        stages.append(Stage(kind=kind, starts_on=begins, ends_on=begins + timedelta(days - 1)))
        begins += timedelta(days)
    campaign = Campaign(
        id=CAMPAIGN,
        name="重大事故隐患专项整治 special action against major hazards",
        units=("anlan", "heyang", "linze", "dike"),
        stages=tuple(stages),
        milestones=(Milestone(name="清单报齐 lists complete", due_on=stages[1].ends_on),),
        source=_MEETING,
    )
    commands.open_campaign(store, next(acts), campaign=campaign)
    for text, owner, measure in _TASKS:
        commands.open_task(
            store,
            next(acts),
            unit="anlan",
            meeting=_MEETING,
            description=text,
            owner=owner,
            ordered_on=today - timedelta(20),
            required_on=today + timedelta(10),
            measure=measure,
            campaign=CAMPAIGN,
        )
    _hazards(store, acts, today)


def _hazards(store: JournalStore, acts: Iterator[Act], today: date) -> None:
    for text, place, grade in (
        ("堤脚渗水 seepage at the toe of the dike", "K3+200", Grade.GENERAL),
        ("涵闸启闭机锈蚀 rusted hoist of the sluice", "K5+800", Grade.GENERAL),
    ):
        made = commands.open_finding(
            store,
            next(acts),
            unit="dike",
            source=Source.PATROL,
            description=text,
            place=place,
            found_on=today - timedelta(5),
            zone=store.zone,
            interim="专人值守 watched day and night",
            campaign=CAMPAIGN,
        )
        commands.grade(store, next(acts), finding=made.id, grade=grade, basis="patrol rules 巡查规定")
        commands.assign(
            store, next(acts), finding=made.id, responsible="ma", deadline_on=today + timedelta(25), zone=store.zone
        )
