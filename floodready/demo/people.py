"""The made-up staff of the demo: names, numbers and offices belong to nobody."""

from __future__ import annotations

from typing import NamedTuple

from floodready.organisation.models import UnitKind
from floodready.organisation.permissions import Role


class DemoUnit(NamedTuple):
    """A unit of the demo."""

    id: str
    name: str
    kind: UnitKind
    parent: str | None


class Staff(NamedTuple):
    """A person of the demo. `reached`: somebody has tried the phone lately."""

    id: str
    name: str
    unit: str
    title: str
    roles: tuple[Role, ...]
    phone: str
    reached: bool = True


UNITS = (
    DemoUnit("anlan", "安澜市防汛抗旱指挥部", UnitKind.HEADQUARTERS, None),
    DemoUnit("heyang", "河阳县防汛办", UnitKind.COUNTY, "anlan"),
    DemoUnit("linze", "临泽县防汛办", UnitKind.COUNTY, "anlan"),
    DemoUnit("dike", "安澜黄河河务段", UnitKind.WORKS_MANAGEMENT, "anlan"),
)

PEOPLE = (
    Staff("admin", "郑管理", "anlan", "system", (Role.ADMINISTRATOR,), "13800000001"),
    Staff("chen", "陈建国", "anlan", "vice mayor 副市长", (Role.LEADER,), "13800000002"),
    Staff("zhou", "周敏", "anlan", "director 主任", (Role.LEADER, Role.PLANNER), "13800000003"),
    Staff("li", "李伟", "anlan", "duty officer 值班员", (Role.DUTY_OFFICER,), "13800000004"),
    Staff("wang", "王芳", "anlan", "duty officer 值班员", (Role.DUTY_OFFICER,), "13800000005"),
    Staff("zhao", "赵强", "anlan", "duty officer 值班员", (Role.DUTY_OFFICER,), "13800000006"),
    Staff("sun", "孙丽", "anlan", "duty officer 值班员", (Role.DUTY_OFFICER,), "13800000007"),
    Staff("wu", "吴刚", "anlan", "storekeeper 保管员", (Role.STOCK_CHECKER,), "13800000008"),
    Staff("qian", "钱红", "anlan", "planner 预案科", (Role.PLANNER,), "13800000009", reached=False),
    Staff("he", "何涛", "heyang", "county director 县防办主任", (Role.LEADER,), "13800000010"),
    Staff("xu", "徐静", "heyang", "duty officer 值班员", (Role.DUTY_OFFICER,), "13800000011"),
    Staff("lin", "林海", "linze", "county director 县防办主任", (Role.LEADER,), "13800000012"),
    Staff("gao", "高洁", "linze", "duty officer 值班员", (Role.DUTY_OFFICER,), "13800000013"),
    Staff("ma", "马骏", "dike", "section head 段长", (Role.LEADER,), "13800000014"),
    Staff("guo", "郭毅", "anlan", "deputy director 副主任", (Role.LEADER,), "13800000015"),
    Staff("han", "韩雪", "anlan", "duty officer 值班员", (Role.DUTY_OFFICER,), "13800000016"),
    Staff("feng", "冯磊", "anlan", "duty officer 值班员", (Role.DUTY_OFFICER,), "13800000017"),
    Staff("tang", "唐勇", "anlan", "relief officer 机动值班员", (Role.DUTY_OFFICER,), "13800000018"),
)
