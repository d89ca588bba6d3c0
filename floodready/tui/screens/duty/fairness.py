"""Fairness: each person's turns by class of time over the past year, and the spread beside its bound."""

from __future__ import annotations

from datetime import timedelta

from textual.app import ComposeResult

from floodready.duty.views import PostShares, fairness_of
from floodready.frozen import frozen
from floodready.language import Sentence, say, verbatim
from floodready.organisation.lookup import person_name
from floodready.store.contract import View
from floodready.tui.room import Room
from floodready.tui.screens.duty.of_unit import OfUnitScreen
from floodready.tui.theme import Tone
from floodready.tui.widgets.virtual_table import Column, VirtualTable
from floodready.tui.widgets.words import NOTHING, Words

YEAR = timedelta(days=365)


@frozen
class ShareRow:
    """One person's shares of one post, or the spreads in the post's last row."""

    key: str
    post: str
    name: Sentence
    shares: tuple[str, str, str, str]
    tone: Tone | None = None


COLUMNS: tuple[Column[ShareRow], ...] = (
    Column(id="name", heading=say("Person"), cell=lambda r: r.name, width=20, grow=2, tone=lambda r: r.tone),
    Column(id="post", heading=say("Post"), cell=lambda r: r.post, width=14, grow=1, priority=2),
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
        self.query_one("#told", Words).say(
            say("Turns and hours of the past year; the last row of each post is spread / bound.")
        )
        self.query_one("#shares", VirtualTable).show_rows(facts)


def share_rows(view: View, found: list[PostShares]) -> list[ShareRow]:
    """Give post by post a row a person, and the spreads."""
    rows = []
    for held in found:
        by_class = [dict(spread.shares) for spread in held.classes]
        for person in held.people:
            told = [f"{shares[person].turns} ({shares[person].seconds // 3600} h)" for shares in by_class]
            rows.append(
                ShareRow(
                    key=f"{held.post}/{person}",
                    post=held.post_name,
                    name=verbatim(person_name(view, person)),
                    shares=(told[0], told[1], told[2], told[3]),
                )
            )
        spread = [f"{one.spread} / {one.bound}" for one in held.classes]
        rows.append(
            ShareRow(
                key=f"{held.post}/",
                post=held.post_name,
                name=say("spread / bound: {post}", post=verbatim(held.post_name)),
                shares=(spread[0], spread[1], spread[2], spread[3]),
                tone=Tone.STRONG,
            )
        )
    return rows
