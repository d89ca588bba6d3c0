"""Who may do what: the table of permissions, role by role, and the people behind each row."""

from __future__ import annotations

from collections.abc import Callable

from textual import on
from textual.app import ComposeResult

from floodready.language import Sentence, say, verbatim
from floodready.organisation.permissions import Role
from floodready.organisation.views import PermissionRow, permission_rows
from floodready.store.contract import View
from floodready.tui.room import Room
from floodready.tui.screens.dialog import Notice
from floodready.tui.screens.pillar_screen import PillarScreen
from floodready.tui.theme import Tone, mark
from floodready.tui.widgets.virtual_table import Column, VirtualTable

_HEADS = {
    Role.STOCK_CHECKER: say("Checker"),
    Role.DUTY_OFFICER: say("Officer"),
    Role.PLANNER: say("Planner"),
    Role.LEADER: say("Leader"),
    Role.ADMINISTRATOR: say("Admin"),
}
"""Short for narrow columns; a viewer has no column, for viewers may nothing but look."""


def _has(role: Role) -> Callable[[PermissionRow], str]:
    return lambda row: mark("✔") if role in row.roles else ""


COLUMNS: tuple[Column[PermissionRow], ...] = (
    Column(id="words", heading=say("May"), cell=lambda r: r.permission.word, width=33, grow=2),
    *(Column(id=role.name, heading=head, cell=_has(role), width=7, tone=lambda _: Tone.GOOD)
      for role, head in _HEADS.items()),
    Column(id="people", heading=say("People"), cell=lambda r: len(r.people), width=6, right=True, priority=2,
           tone=lambda r: None if r.people else Tone.WATCH),
    Column(id="code", heading=say("Code"), cell=lambda r: r.permission.value, width=18, priority=3,
           tone=lambda _: Tone.MUTED),
)  # fmt: skip


class RolesScreen(PillarScreen[list[PermissionRow]]):
    """The one table of roles and permissions; it is part of the program, who has a role is said with the person."""

    TITLE_WORDS = say("Who may do what")
    HELP_WORDS = say("Enter names the people. Everybody may look. Roles are given with the person: c there.")
    TABLES = frozenset({"organisation.people"})

    def body(self) -> ComposeResult:
        yield VirtualTable(COLUMNS, lambda row: row.permission.value, empty=say("nothing"), id="permissions")

    def read_facts(self, view: View, room: Room) -> list[PermissionRow]:
        del room
        return permission_rows(view)

    def show_facts(self, facts: list[PermissionRow]) -> None:
        self.query_one("#permissions", VirtualTable).show_rows(facts)

    @on(VirtualTable.Opened, "#permissions")
    def name_people(self, opened: VirtualTable.Opened) -> None:
        """Name the roles and the people that have a permission."""
        row: PermissionRow = opened.row
        self.app.push_screen(Notice(row.permission.word, *_told(row)))


def _told(row: PermissionRow) -> list[Sentence]:
    roles = verbatim(", ".join(str(role.word) for role in row.roles))
    people = verbatim(", ".join(row.people)) if row.people else say("nobody has it now")
    return [say("Roles: {roles}", roles=roles), say("People: {people}", people=people), verbatim(row.permission.value)]
