"""The rota generator: what it is asked, how far it is, each stage beside its bound, the difference, and publishing."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.timer import Timer

from floodready.clock import local_day, local_time
from floodready.duty.change_hours import change_hours
from floodready.duty.generator import propose, refuse_impossible
from floodready.duty.models import Rota
from floodready.duty.proposal import Proposal, Request, Stage
from floodready.duty.roster import plan_of
from floodready.duty.season_request import request_of, rota_of
from floodready.duty.views import SpanRow, post_name, rota_difference, span_row
from floodready.frozen import frozen
from floodready.language import Sentence, say, say_many, verbatim
from floodready.refusal import FloodreadyError, Refused
from floodready.store.contract import Act, View
from floodready.tui.keys import bind
from floodready.tui.room import Room
from floodready.tui.screens.dialog import Confirm
from floodready.tui.screens.duty.of_unit import OfUnitScreen
from floodready.tui.screens.form import Form, Values
from floodready.tui.theme import Tone
from floodready.tui.widgets.fields import ChoiceField, MomentField, QuantityField
from floodready.tui.widgets.filter_line import FilterLine
from floodready.tui.widgets.virtual_table import Column, VirtualTable
from floodready.tui.widgets.words import NOTHING, Words
from floodready.tui.work import start

_TICK = 0.5
_SEASON = timedelta(days=28)


@frozen
class Posts:
    """What can be asked for: the unit's posts, each with its name."""

    unit: str
    posts: list[tuple[str, str]]
    at: datetime
    begins: datetime
    """When the first of the posts hands over tomorrow, UTC."""


@frozen
class Asked:
    """What the generator works on."""

    unit: str
    post: str
    request: Request
    seen: tuple[Rota, ...]
    """The rotas of the unit from which it was asked; published is only what no other was published before."""
    seconds: int
    exact: bool | None


@frozen
class Change:
    """A turn that goes or comes by the proposal."""

    mark: str
    row: SpanRow
    start: str
    end: str


STAGES: tuple[Column[Stage], ...] = (
    Column(id="stage", heading=say("Stage"), cell=lambda r: r.name, width=24, grow=1),
    Column(id="value", heading=say("Value"), cell=lambda r: r.value, width=7, right=True),
    Column(id="bound", heading=say("Bound"), cell=lambda r: r.bound, width=7, right=True),
    Column(id="proved", heading=say("Proved best"), cell=lambda r: say("yes") if r.proved else say("no"), width=12,
           tone=lambda r: Tone.GOOD if r.proved else Tone.WATCH),
)  # fmt: skip
CHANGES: tuple[Column[Change], ...] = (
    Column(id="mark", heading=say("Change"), cell=lambda r: r.mark, width=6,
           tone=lambda r: Tone.GOOD if r.mark == "+" else Tone.BAD),
    Column(id="start", heading=say("From"), cell=lambda r: r.start, width=16),
    Column(id="end", heading=say("Until"), cell=lambda r: r.end, width=16, priority=2),
    Column(id="post", heading=say("Post"), cell=lambda r: r.row.post_name, width=12, grow=1, priority=3),
    Column(id="person", heading=say("Person"), cell=lambda r: r.row.name, width=16, grow=2),
)  # fmt: skip


class GeneratorScreen(OfUnitScreen[Posts]):
    """Proposes a season for one post; nothing is published until a person accepts the difference."""

    TITLE_WORDS = say("Propose a rota")
    HELP_WORDS = say(
        "Press n for a proposal, p to publish it. Beside each value stands the best that any rota can reach."
    )
    TABLES = frozenset({"duty.settings", "organisation.posts"})
    DEFAULT_CSS = "GeneratorScreen #stages { height: 9; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("generator.ask", "n", "ask", say("propose"), say("Choose post and time, and have a rota proposed.")),
        bind("generator.stop", "x", "stop", say("stop"), say("Stop the work; nothing is published.")),
        bind("generator.publish", "p", "publish", say("publish"), say("Put the proposed rota in force.")),
    ]

    def __init__(self, chosen: str | None = None) -> None:
        super().__init__(chosen)
        self._asked: Asked | None = None
        self._rota: Rota | None = None
        self._step: Sentence = NOTHING
        self._stopped = False
        self._ticker: Timer | None = None

    def body(self) -> ComposeResult:
        yield Words(say("Press n to choose post and time. Nothing is published before you accept it."), id="told")
        yield VirtualTable(STAGES, lambda row: str(row.name), empty=say("No proposal yet."), id="stages")
        yield VirtualTable(
            CHANGES,
            lambda row: f"{row.mark}{row.row.person}{row.row.start}",
            empty=say("Nothing would change."),
            id="changes",
        )

    def read_facts(self, view: View, room: Room) -> Posts:
        unit, at = self.unit_shown(view, room), room.at()
        if unit is None:
            return Posts(unit="", posts=[], at=at, begins=at)
        plan = plan_of(view, unit, room.zone)
        posts = [(need.post, post_name(view, need.post)) for need in plan.settings.needs]
        hours = change_hours(plan, posts[0][0] if posts else "", at)
        begins, _ = hours.day_of_duty(local_day(at, room.zone) + timedelta(days=1), plan)
        return Posts(unit=unit, posts=posts, at=at, begins=begins)

    def show_facts(self, facts: Posts) -> None:
        """Show nothing anew: what was proposed stays, only what can be asked for was read."""

    def on_unmount(self) -> None:
        # The work would go on in its thread after the screen is gone.
        self._stopped = True

    def action_back(self) -> None:
        """Ask first where a proposal would be lost: it may have taken minutes to find."""
        if self._rota is None or self.query_one(FilterLine).filtering:
            super().action_back()
            return
        lost = Confirm(
            self.TITLE_WORDS,
            say("The proposal is not published yet. Press p to publish it."),
            act=say("Throw it away"),
            keep=say("Keep it"),
        )
        self.app.push_screen(lost, lambda yes: super(GeneratorScreen, self).action_back() if yes else None)

    def action_ask(self) -> None:
        if self.facts is not None and self.facts.posts and self._ticker is None:
            self.app.push_screen(self._form(self.facts), lambda done: self._begin() if done else None)

    def action_stop(self) -> None:
        self._stopped = True

    def action_publish(self) -> None:
        rota = self._rota
        if rota is None:
            self.duty_app.tell_refusal(Refused(say("There is no proposal to publish. Press n for one.")))
            return
        act = self.room.act()
        title = say("Publish the proposed rota")
        lines = [
            say("It is in force from {time}.", time=verbatim(local_time(rota.since_at, self.room.zone))),
            say("After its last turn the rota goes on as it was. Undo (z) brings the old one back."),
        ]
        self.app.push_screen(
            Confirm(title, *lines, act=say("Publish")), lambda yes: self._publish(act, rota) if yes else None
        )

    def _form(self, facts: Posts) -> Form:
        room = self.room

        def do(_: Act, values: Values) -> Sentence:
            view = room.view()
            request = request_of(
                view,
                facts.unit,
                values["post"],
                values["start"],
                values["until"],
                values["seats"],
                room.zone,
                room.at(),
            )
            refuse_impossible(request, room.zone)
            self._asked = Asked(
                unit=facts.unit,
                post=values["post"],
                request=request,
                seen=tuple(view.find(Rota, unit=facts.unit)),
                seconds=values["seconds"],
                exact=None if values["solver"] else False,
            )
            return say_many("{count} turn to fill.", "{count} turns to fill.", len(request.slots))

        return Form(
            say("Propose a rota"),
            [
                ChoiceField("post", say("Post"), [(id, verbatim(name)) for id, name in facts.posts],
                            value=facts.posts[0][0]),
                MomentField("start", say("From"), now=facts.at, zone=room.zone, value=facts.begins),
                MomentField("until", say("Until"), now=facts.at, zone=room.zone, value=facts.begins + _SEASON),
                QuantityField("seats", say("People a turn"), unit=say("people"), required=False),
                QuantityField("seconds", say("Time for each stage"), unit=say("s"), value=20),
                ChoiceField("solver", say("Prove with the solver"), [(True, say("yes")), (False, say("no"))],
                            value=True),
            ],
            do,
            act=say("Propose"),
            leads_to=self._publish,
            check=lambda values: {} if values["start"] < values["until"] else {"until": say("must be after the start")},
        )  # fmt: skip

    def _begin(self) -> None:
        self._stopped, self._rota, self._step = False, None, say("looking for any rota")
        self.query_one("#stages", VirtualTable).show_rows([])
        self.query_one("#changes", VirtualTable).show_rows([])
        self._ticker = self.set_interval(_TICK, self._tick)
        self._tick()
        start(self, self._work, "generator")

    def _tick(self) -> None:
        self.query_one("#told", Words).say(say("At work: {step}. Press x to stop.", step=self._step))

    def _watch(self, step: Sentence) -> bool:
        """Keep what is worked on for the next tick and say whether to go on; runs in the work's thread."""
        self._step = step
        return not self._stopped

    async def _work(self) -> None:
        asked, zone = self._asked, self.room.zone
        assert asked is not None
        work = partial(propose, asked.request, zone, self._watch, seconds=asked.seconds, exact=asked.exact)
        told = NOTHING
        try:
            proposal = await asyncio.get_running_loop().run_in_executor(None, work)
            told = await self._show(asked, proposal)
        except FloodreadyError as error:
            told = error.sentence
        finally:
            if self._ticker is not None:
                self._ticker.stop()
                self._ticker = None
        self.query_one("#told", Words).say(told)

    async def _show(self, asked: Asked, proposal: Proposal) -> Sentence:
        rota, changes = await self.room.runner.read(partial(_changes, self.room, asked, proposal))
        self._rota = rota
        self.query_one("#stages", VirtualTable).show_rows(list(proposal.stages))
        self.query_one("#changes", VirtualTable).show_rows(changes)
        return say_many(
            "Proposed: {count} turn changes against the published rota. Press p to publish it.",
            "Proposed: {count} turns change against the published rota. Press p to publish it.",
            len(changes),
        )

    def _publish(self, act: Act, rota: Rota) -> None:
        room, asked = self.room, self._asked

        def do() -> Sentence:
            from floodready.duty.commands import publish_rota

            made = publish_rota(
                room.store,
                act,
                unit=rota.unit,
                since_at=rota.since_at,
                until_at=rota.until_at,
                rotations=rota.rotations,
                turns=rota.turns,
                note=str(say("proposed")),
                then_as_before=True,
                seen=asked.seen if asked is not None else None,
            )
            self._rota = None  # refused, it stays to be published by whoever may
            return say("Rota {rota} is in force from {time}.", rota=made.id, time=local_time(made.since_at, room.zone))

        self.run_command(do)


def _changes(room: Room, asked: Asked, proposal: Proposal) -> tuple[Rota, list[Change]]:
    """Compare the proposal with the published rota. Runs in the store's thread."""
    view = room.view()
    rota = rota_of(view, asked.unit, asked.post, asked.request, proposal)
    found = rota_difference(view, rota, room.zone, then_as_before=True)
    marked = [("-", span) for span in found.gone] + [("+", span) for span in found.come]
    marked.sort(key=lambda item: (item[1].start, item[1].post, item[0]))
    rows = [(mark, span_row(view, asked.unit, span, room.at(), room.zone)) for mark, span in marked]
    return rota, [
        Change(mark=mark, row=row, start=local_time(row.start, room.zone), end=local_time(row.end, room.zone))
        for mark, row in rows
    ]
