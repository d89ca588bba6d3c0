"""The mission's story: the duty roster, and the special action with the three tasks that a meeting gave."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time, timedelta

from floodready.duty import commands as duty
from floodready.duty.models import Group, Rotation
from floodready.organisation import commands as organisation
from floodready.organisation.models import Person, PostKind
from floodready.rectification import commands as rectification
from floodready.rectification.models import Measure, Source
from floodready.rectification.models_campaign import Campaign, Stage, StageKind
from floodready.season.seasons import wall_instant
from floodready.store.contract import Act
from floodready.store.journal_store import JournalStore

LEADERS = ("chen", "zhou")
OFFICERS = (("li", "wang"), ("zhao", "sun"))
MEETING = "2023-05-09 安澜市会议 (as reported)"


def roster(store: JournalStore, acts: Iterator[Act], unit: str, begins: date) -> None:
    """Publish a roster from a day on: a leader in charge a day, two officers a day, hand-over at 08:00."""
    posts = (
        ("leader", "带班领导 leader in charge", PostKind.LEADER, tuple((one,) for one in LEADERS)),
        ("officer", "值班员 duty officer", PostKind.OFFICER, OFFICERS),
    )
    for id, name, kind, groups in posts:
        organisation.add_post(store, next(acts), id=id, name=name, unit=unit, kind=kind)
        for person in (one for group in groups for one in group):
            known = store.get(Person, person)
            assert known is not None
            organisation.change_person(store, next(acts), known, posts=(*known.posts, id))
    duty.publish_rota(
        store,
        next(acts),
        unit=unit,
        since_at=wall_instant(begins, time(8), store.zone),
        rotations=tuple(
            Rotation(
                name=name,
                post=id,
                groups=tuple(Group(people=group) for group in groups),
                first_on=begins,
                times=(time(8),),
            )
            for id, name, _, groups in posts
        ),
        note="demo",
    )


def special_action(store: JournalStore, acts: Iterator[Act], unit: str, units: tuple[str, ...], today: date) -> None:
    """Open the special action against major accident hazards, its three tasks, and a hazard found on the dike."""
    starts = [today - timedelta(20), today - timedelta(10), today + timedelta(20), today + timedelta(50)]
    campaign = rectification.open_campaign(
        store,
        next(acts),
        campaign=Campaign(
            id="special-action",
            name="重大事故隐患专项排查整治 special action against major accident hazards",
            scope="check, rectify, eliminate: by project, task and list",
            units=units,
            stages=tuple(
                Stage(kind=kind, starts_on=start, ends_on=end - timedelta(1))
                for kind, start, end in zip(StageKind, starts, [*starts[1:], today + timedelta(70)], strict=True)
            ),
            responsibility=("party and government leaders", "counties and districts", "industry supervision"),
            source=MEETING,
        ),
    )
    ordered = (
        ("24-hour leadership and flood-control duty 24小时带班值班", Measure.DUTY_SYSTEM),
        ("flood-control emergency drills 防汛应急演练", Measure.DRILLS),
        ("check and supplement materials and equipment 物资设备检查补充", Measure.MATERIALS),
    )
    for description, measure in ordered:
        rectification.open_task(
            store,
            next(acts),
            unit=unit,
            meeting=MEETING,
            description=description,
            owner="zhou",
            ordered_on=today - timedelta(20),
            required_on=today + timedelta(25),
            measure=measure,
            campaign=campaign.id,
        )
    rectification.open_finding(
        store,
        next(acts),
        unit="dike",
        source=Source.PATROL,
        description="堤脚渗水 seepage at the toe of the dike, clear water",
        found_on=today - timedelta(2),
        found_by="马骏",
        place="K12+300",
        harm="may turn into piping at high water",
    )
