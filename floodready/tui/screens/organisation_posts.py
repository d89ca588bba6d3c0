"""The posts that rotas fill, and who may take each."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from floodready.frozen import frozen
from floodready.language import Sentence, say, verbatim
from floodready.organisation.lookup import active_units
from floodready.organisation.models import Post, PostKind, Unit
from floodready.organisation.views import PostRow, post_rows
from floodready.store.contract import Act, View
from floodready.tui.keys import bind
from floodready.tui.room import Room
from floodready.tui.screens.dialog import Notice
from floodready.tui.screens.form import Form, Values
from floodready.tui.screens.organisation_forms import turn_use
from floodready.tui.screens.pillar_screen import PillarScreen
from floodready.tui.theme import Tone
from floodready.tui.widgets.fields import ChoiceField, TextField
from floodready.tui.widgets.virtual_table import Column, VirtualTable


@frozen
class Posts:
    """What the screen shows."""

    rows: list[PostRow]
    posts: dict[str, Post]
    units: list[Unit]


COLUMNS: tuple[Column[PostRow], ...] = (
    Column(id="name", heading=say("Post"), cell=lambda r: r.name, width=20, grow=2,
           tone=lambda r: None if r.active else Tone.MUTED),
    Column(id="unit", heading=say("Unit"), cell=lambda r: r.unit, width=18, grow=1),
    Column(id="kind", heading=say("Kind"), cell=lambda r: r.kind if r.active else say("retired"), width=17),
    Column(id="people", heading=say("People"), cell=lambda r: ", ".join(r.people), width=16, grow=2,
           tone=lambda r: None if r.people else Tone.WATCH),
    Column(id="id", heading=say("Code"), cell=lambda r: r.id, width=10, priority=3, tone=lambda _: Tone.MUTED),
)  # fmt: skip


class PostsScreen(PillarScreen[Posts]):
    """The posts of all units; who may take one is said with each person."""

    TITLE_WORDS = say("Posts")
    HELP_WORDS = say(
        "The kind says whether leaders or officers are counted. Who may take a post is set with the person."
    )
    TABLES = frozenset({"organisation."})
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("posts.new", "n", "new", say("new post"), say("Add a post of a unit.")),
        bind("posts.change", "c,space", "change", say("change"), say("Change the post of the row.")),
        bind("posts.retire", "x", "retire", say("retire"), say("Take the post out of use, or back into it.")),
    ]

    def body(self) -> ComposeResult:
        empty, first = say("No post yet."), say("Press n to add the first; a rota needs posts to fill.")
        yield VirtualTable(COLUMNS, lambda row: row.id, empty=empty, first=first, id="posts")

    def read_facts(self, view: View, room: Room) -> Posts:
        del room
        return Posts(
            rows=post_rows(view, retired=True),
            posts={post.id: post for post in view.all(Post)},
            units=active_units(view),
        )

    def show_facts(self, facts: Posts) -> None:
        self.query_one("#posts", VirtualTable).show_rows(facts.rows)

    @on(VirtualTable.Opened, "#posts")
    def show_post(self, opened: VirtualTable.Opened) -> None:
        """Show who may take a post."""
        row: PostRow = opened.row
        people = [verbatim(name) for name in row.people] or [say("Nobody may take it. Name it with a person: c there.")]
        self.app.push_screen(Notice(verbatim(row.name), row.kind, *people))

    def action_new(self) -> None:
        if self.facts is not None and self.facts.units:
            self.app.push_screen(post_form(self.room, self.facts.units))

    def action_change(self) -> None:
        if self.facts is not None and (post := self._post()) is not None:
            self.app.push_screen(post_form(self.room, self.facts.units, post))

    def action_retire(self) -> None:
        if (post := self._post()) is not None:
            self.app.push_screen(turn_use(self.room, post))

    def _post(self) -> Post | None:
        row: PostRow | None = self.query_one("#posts", VirtualTable).row
        return self.facts.posts.get(row.id) if row is not None and self.facts is not None else None


def post_form(room: Room, units: list[Unit], post: Post | None = None) -> Form:
    """Ask for a new post, or for what a post is to be."""

    def do(act: Act, values: Values) -> Sentence:
        from floodready.organisation import commands

        if post is None:
            return say("Added: {name}.", name=verbatim(commands.add_post(room.store, act, **values).name))
        return say("Changed: {name}.", name=verbatim(commands.change_post(room.store, act, post, **values).name))

    kinds = [(kind, kind.word) for kind in PostKind]
    return Form(
        say("Change {name}", name=verbatim(post.name)) if post else say("A new post"),
        [
            TextField("name", say("Name"), value=post.name if post else ""),
            ChoiceField("unit", say("Unit"), [(unit.id, verbatim(unit.name)) for unit in units],
                        value=post.unit if post else units[0].id),
            ChoiceField("kind", say("Kind"), kinds, value=post.kind if post else PostKind.OFFICER),
            TextField("note", say("Note"), value=post.note if post else "", required=False),
        ],
        do,
        act=say("Change") if post else say("Add"),
        edits=post is not None,
    )  # fmt: skip
