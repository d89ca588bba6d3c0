"""Everything that writes drills, by the names the screens, the command line and imports use."""

from floodready.drills.commands_after import (
    answer_follow_up,
    close_drill,
    file_summary,
    open_action,
    write_evaluation,
)
from floodready.drills.commands_obligation import (
    assign_drill,
    change_cadence,
    end_obligation,
    move_due,
    oblige,
    plan_year,
    set_settings,
)
from floodready.drills.commands_plan import cancel_drill, change_drill, plan_drill, postpone_drill
from floodready.drills.commands_run import (
    defer_inject,
    finish_run,
    observe,
    pause_run,
    release_inject,
    reset_run,
    resume_run,
    settle_inject,
    start_run,
)
from floodready.drills.commands_script import (
    add_inject,
    approve_injects,
    change_inject,
    move_inject,
    remove_inject,
    renumber_injects,
    shift_injects,
)

__all__ = [
    "add_inject",
    "answer_follow_up",
    "approve_injects",
    "assign_drill",
    "cancel_drill",
    "change_cadence",
    "change_drill",
    "change_inject",
    "close_drill",
    "defer_inject",
    "end_obligation",
    "file_summary",
    "finish_run",
    "move_due",
    "move_inject",
    "oblige",
    "observe",
    "open_action",
    "pause_run",
    "plan_drill",
    "plan_year",
    "postpone_drill",
    "release_inject",
    "remove_inject",
    "renumber_injects",
    "reset_run",
    "resume_run",
    "set_settings",
    "settle_inject",
    "shift_injects",
    "start_run",
    "write_evaluation",
]
