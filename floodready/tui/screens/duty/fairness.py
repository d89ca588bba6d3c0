"""Fairness: each person's turns by class of time over the past year, and the spread beside its bound."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from textual.app import ComposeResult

from floodready.duty.fairness import ClassSpread
from floodready.duty.views import fairness_of
from floodready.language import Sentence, say, verbatim
from floodready.organisation.lookup import person_name
from floodready.store.contract import View
from floodready.tui.room import Room
from floodready.tui.screens.duty.of_unit import OfUnitScreen
from floodready.tui.theme import Tone
from floodready.tui.widgets.virtual_table import Column, VirtualTable
from floodready.tui.widgets.words import NOTHING, Words

YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareRow:
    """One person's shares, or the spreads in the last row."""

    key: str
    name: Sentence
    shares: tuple[str, str, str, str]
    tone: Tone | None = None


COLUMNS: tuple[Column[ShareRow], ...] = (
    Column(id="name", heading=say("Person"), cell=lambda r: r.name, width=20, grow=2, tone=lambda r: r.tone),
    Column(id="holiday", heading=say("Holiday"), cell=lambda r: r.shares[0], width=13),
    Column(id="weekend", heading=say("Weekend"), cell=lambda r: r.shares[1], width=13),
    Column(id="night", heading=say("Night"), cell=lambda r: r.shares[2], width=13),
    Column(id="ordinary", heading=say("Ordinary"), cell=lambda r: r.shares[3], width=13),
)


class FairnessScreen(OfUnitScreen[list[ShareRow]]):
    """Who stood how much of which time."""

    TITLE_WORDS = say("Fairness")
    HELP_WORDS = say("Turns and hours of the past year by class; each hour belongs to one class only.")
    TABLES = frozenset({"duty.", "organisation."})

    def body(self) -> ComposeResult:
        yield Words(NOTHING, id="told")
        yield VirtualTable(COLUMNS, lambda row: row.key, empty=say("Nobody has stood duty yet."), id="shares")

    def read_facts(self, view: View, room: Room) -> list[ShareRow]:
        unit, at = self.unit_shown(view, room), room.at()
        if unit is None:
            return []
        return share_rows(view, fairness_of(view, unit, at - YEAR, at, room.zone))

    def show_facts(self, facts: list[ShareRow]) -> None:
        self.query_one("#told", Words).say(say("Turns and hours of the past year; the last row is spread / bound."))
        self.query_one("#shares", VirtualTable).show_rows(facts)


def share_rows(view: View, found: list[ClassSpread]) -> list[ShareRow]:
    """Give a row a person, and the spreads."""
    people = [person for person, _ in found[0].shares] if found else []
    by_class = [dict(spread.shares) for spread in found]
    rows = []
    for person in sorted({*people, *(p for shares in by_class for p in shares)}):
        held = [shares.get(person) for shares in by_class]
        told = [f"{share.turns} ({share.seconds // 3600} h)" if share else "0" for share in held]
        name = verbatim(person_name(view, person))
        rows.append(ShareRow(key=person, name=name, shares=(told[0], told[1], told[2], told[3])))
    if rows:
        spread = [f"{one.spread} / {one.bound}" for one in found]
        shares = (spread[0], spread[1], spread[2], spread[3])
        rows.append(ShareRow(key="spread", name=say("spread / bound"), shares=shares, tone=Tone.STRONG))
    return rows
