"""Everything that writes rectification, by the names the screens, the command line and imports use."""

from floodready.rectification.commands_campaign import (
    change_campaign,
    open_campaign,
    put_in_campaign,
    reach_milestone,
)
from floodready.rectification.commands_move import (
    accept,
    assign,
    begin,
    escalate,
    grade,
    merge,
    protect,
    reject,
    report_progress,
    submit,
)
from floodready.rectification.commands_open import import_ledger, open_finding, open_task, reopen
from floodready.rectification.commands_supervision import (
    ask_extension,
    attach,
    delist,
    grant_extension,
    hand_up,
    list_up,
    put_criteria,
    record_incident,
    refuse_extension,
    set_settings,
)

__all__ = [
    "accept",
    "ask_extension",
    "assign",
    "attach",
    "begin",
    "change_campaign",
    "delist",
    "escalate",
    "grade",
    "grant_extension",
    "hand_up",
    "import_ledger",
    "list_up",
    "merge",
    "open_campaign",
    "open_finding",
    "open_task",
    "protect",
    "put_criteria",
    "put_in_campaign",
    "reach_milestone",
    "record_incident",
    "refuse_extension",
    "reject",
    "reopen",
    "report_progress",
    "set_settings",
    "submit",
]
