from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion
from textual.pilot import Pilot

from floodready.cli.app import run
from floodready.clock import FixedClock
from floodready.language import say, use_language
from floodready.readiness.line import Colour
from floodready.refusal import NotAllowed, StoreProblem
from floodready.season.commands import add_reading
from floodready.store.contract import Act
from floodready.store.journal_store import JournalStore
from floodready.tui.keys import TABLE
from floodready.tui.pillars import PILLARS
from floodready.tui.screens.wall import WallScreen
from floodready.tui.theme import use_ascii
from floodready.tui.wall import WallApp
from floodready.tui.widgets.big_word import HEIGHT
from floodready.tui.widgets.big_word import drawn as letters
from tests.reports.conftest import NOW
from tests.tui.frames import SMALL, at_each_size, drawn, frame

__all__ = ["frame"]
NEVER = 100_000.0
"""Pages turn only when a test turns them."""


@pytest.fixture(autouse=True)
def _turned_by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("floodready.tui.wall.LOOK_EVERY", NEVER)


@pytest.fixture
def store(demo: JournalStore, tmp_path: Path) -> Iterator[JournalStore]:
    """A store of its own for what writes beside the wall."""
    shutil.copytree(demo.folder, tmp_path / "store")
    with JournalStore.open(tmp_path / "store", clock=FixedClock(NOW)) as made:
        yield made


def wall(store: JournalStore) -> WallApp:
    made = WallApp(store, clock=store.clock, zone=store.zone, page_seconds=NEVER)
    made.animation_level = "none"
    return made


async def settle(pilot: Pilot[Any]) -> None:
    await pilot.pause()
    while waiting := list(pilot.app.workers):  # what one has read may be shown by another
        await pilot.app.workers.wait_for_complete(waiting)
        await pilot.pause()
    await pilot.pause()


def text(app: WallApp) -> str:
    return "\n".join("".join(segment.text for segment in strip) for strip in app.screen._compositor.render_strips())


def pages(app: WallApp) -> WallScreen:
    assert isinstance(app.screen, WallScreen)
    return app.screen


@pytest.mark.parametrize("page", WallScreen.PAGES)
async def test_page(demo: JournalStore, frame: SnapshotAssertion, page: str) -> None:
    app = wall(demo)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        for _ in range(60):
            if pages(app).page == page:
                break
            pages(app).turn()
            await pilot.pause()
        async for size in at_each_size(pilot, settle):
            assert drawn(app) == frame(name=size)


@pytest.mark.parametrize("size", [(80, 24), (200, 50)])
@pytest.mark.parametrize("language", ["en", "zh_CN"])
async def test_the_pages_turn_by_themselves_through_every_row_and_begin_again(
    demo: JournalStore, size: tuple[int, int], language: str
) -> None:
    use_language(language)
    app = wall(demo)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        shown, seen = [], ""
        for _ in range(80):
            assert not [node for node in app.screen.query("*") if node.region.right > size[0]]
            seen += text(app)
            shown.append(pages(app).page)
            pages(app).turn()
            await pilot.pause()
            if shown[-1] != "readiness" and pages(app).page == "readiness":
                break
        assert list(dict.fromkeys(shown)) == list(WallScreen.PAGES)
        assert pages(app).page == "readiness"
        for told in ("花园口", "白马寺", "李伟", "13800000004", "铁锨", "门板", "2026-09-21 08:00"):
            assert told in seen


async def test_the_state_stands_in_big_letters_and_the_sentence_below_it(demo: JournalStore) -> None:
    use_ascii(True)
    app = wall(demo)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert all(row.rstrip() in text(app) for row in letters("WATCH"))
        assert "WATCH — reports: Units' daily report" in text(app)


@pytest.mark.parametrize("colour", Colour)
def test_every_state_can_be_written_in_big_letters_that_fit_80_columns(colour: Colour) -> None:
    rows = letters(str(colour.word))
    assert len(rows) == HEIGHT
    assert len({len(row) for row in rows}) == 1
    assert len(rows[0]) <= 78


def test_a_word_without_letters_is_left_to_the_sentence() -> None:
    assert letters("关注") == []


async def test_what_another_terminal_writes_comes_to_the_wall(store: JournalStore) -> None:
    app = wall(store)
    async with app.run_test(size=(140, 40)) as pilot:
        await settle(pilot)
        assert "NOT READY — response level" not in text(app)
        with JournalStore.open(store.folder, clock=store.clock) as other:
            measured = NOW.replace(minute=20)
            add_reading(other, Act(person="li", terminal="T2"), station="huayuankou", measured_at=measured,
                        value=4_020_000)  # fmt: skip
            seq = other.seq
        app.look()
        await settle(pilot)
        assert f"journal entry {seq}" in text(app)
        assert "Huayuankou 花园口 4,020 m³/s meets level IV" in text(app)


async def test_a_reading_slower_than_the_looks_is_shown_all_the_same(
    store: JournalStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = Event()
    whole = JournalStore.refresh

    def wait(held: JournalStore) -> Any:
        assert gate.wait(20)
        return whole(held)

    monkeypatch.setattr(JournalStore, "refresh", wait)
    app = wall(store)
    async with app.run_test(size=(80, 24)) as pilot:
        for _ in range(3):
            app.look()
            await pilot.pause()
        assert "reading …" in text(app)
        gate.set()
        await settle(pilot)
        assert "WATCH — reports" in text(app)


async def test_data_that_cannot_be_read_is_said_across_the_wall_until_it_can(
    store: JournalStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = wall(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        whole = JournalStore.refresh

        def refuse(_: JournalStore) -> Any:
            raise StoreProblem(say("The disk is gone."))

        def break_down(_: JournalStore) -> Any:
            raise OSError(5, "Input/output error")

        for broken, cause in ((refuse, "The disk is gone."), (break_down, "the disk does not answer")):
            monkeypatch.setattr(JournalStore, "refresh", broken)
            app.look()
            await settle(pilot)
            assert "THE DATA CANNOT BE READ. What is shown is of: 2026-09-20 10:30." in text(app)
            assert cause in " ".join(text(app).split())
            assert "WATCH — reports" in text(app), "the last known state stays, and is told as such"
        monkeypatch.setattr(JournalStore, "refresh", whole)
        app.look()
        await settle(pilot)
        assert "CANNOT BE READ" not in text(app)


async def test_damage_stands_across_the_wall_though_the_rest_can_be_read(store: JournalStore) -> None:
    with store.journal.path.open("r+b") as file:
        file.seek(40)
        file.write(b"?")
    app = wall(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert "line 1, is not as it was written" in " ".join(text(app).split())


async def test_damage_that_arises_while_the_wall_hangs_comes_across_it(store: JournalStore) -> None:
    app = wall(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert "CANNOT BE READ" not in text(app)
        store.journal.path.unlink()
        app.look()
        await settle(pilot)
        assert "cannot be read: no such file" in " ".join(text(app).split())


async def test_no_key_of_the_program_writes_anything_from_the_wall(store: JournalStore) -> None:
    for pillar in PILLARS:
        pillar.load()
    head = store.head
    app = wall(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        leaving = {"q", "ctrl+q", "ctrl+c"}
        keys = {key.strip() for entry in TABLE.values() for key in entry.keys.split(",")} - leaving
        for key in sorted(keys):
            app.simulate_key(key)
        await settle(pilot)
        assert pages(app).page in WallScreen.PAGES
        with pytest.raises(NotAllowed):
            app.room.act()
        assert app.room.runner.unanswered == 0
    store.refresh()
    assert store.head == head


@pytest.mark.parametrize("key", ["q", "ctrl+c"])
async def test_it_ends_with(demo: JournalStore, key: str) -> None:
    app = wall(demo)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press(key)
        await pilot.pause()
        assert not app.is_running


def test_a_page_stands_long_enough_to_be_read(
    demo: JournalStore, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FLOODREADY_STORE", str(demo.folder))
    assert run(["wall", "--seconds", "1", "--lang", "en"]) != 0
    assert "less than 3 seconds" in capsys.readouterr().err
    assert run(["wall", "--lang", "en"]) != 0
    assert "need a terminal" in capsys.readouterr().err
