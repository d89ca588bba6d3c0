"""The columns of a hazard ledger as offices keep it, with the heads by which they call them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from floodready.language import Sentence, say

HEADS: Mapping[str, Sentence] = MappingProxyType(
    {
        "number": say("Case number"),
        "found on": say("Found on"),
        "found by": say("Found by"),
        "source": say("Comes from"),
        "place": say("Place"),
        "kind": say("Kind"),
        "grade": say("Grade"),
        "description": say("Description"),
        "harm": say("Harm"),
        "responsible": say("Responsible"),
        "measures": say("Corrective measures"),
        "money": say("Money (yuan)"),
        "deadline": say("Deadline"),
        "interim": say("Interim protection"),
        "progress": say("Progress"),
        "re-check": say("Re-check"),
        "listed": say("Listed by"),
        "closed": say("Closed on"),
        "overdue": say("Days overdue"),
    }
)
"""In the order in which they stand."""

NAMES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "number": ("case number", "编号", "序号", "隐患编号", "no", "no."),
        "found on": ("发现日期", "排查日期", "排查时间", "发现时间", "检查日期"),
        "found by": ("发现人", "排查人", "检查人"),
        "source": ("comes from", "来源", "隐患来源"),
        "place": ("地点", "位置", "隐患部位", "隐患位置"),
        "kind": ("类别", "隐患类别", "隐患类型"),
        "grade": ("等级", "级别", "隐患等级", "隐患级别"),
        "description": ("隐患描述", "隐患内容", "问题描述", "存在问题", "主要隐患", "hazard"),
        "harm": ("危害", "可能后果", "危害后果"),
        "responsible": ("责任人", "整改责任人", "owner"),
        "measures": ("corrective measures", "整改措施", "措施"),
        "money": ("资金（元）", "资金", "整改资金", "money (yuan)"),
        "deadline": ("整改期限", "整改时限", "期限", "完成时限", "due"),
        "interim": ("临时防护", "临时措施", "应急措施", "管控措施", "interim protection"),
        "progress": ("整改进展", "进展", "整改情况"),
        "re-check": ("复查", "复查情况", "验收情况"),
        "listed": ("挂牌单位", "挂牌督办", "挂牌", "listed by"),
        "closed": ("销号日期", "销号时间", "销号", "closed on"),
        "graded by": ("定级人", "认定人", "评估人"),
        "overdue": ("逾期天数", "超期天数", "days overdue"),
    }
)
