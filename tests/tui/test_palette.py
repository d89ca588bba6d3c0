"""The palette: what can be done here first, then the acts of the other pillars, in either language."""

from __future__ import annotations

import pytest
from syrupy.assertion import SnapshotAssertion

from floodready.cli.app import WORDS
from floodready.language import use_language
from floodready.tui.app import FloodreadyApp
from floodready.tui.everyday_words import EVERYDAY, everyday_words
from floodready.tui.keys import TABLE
from floodready.tui.palette import Commands
from floodready.tui.pillars import PILLARS
from floodready.tui.screens.form import Form
from floodready.tui.widgets.key_line import every_key_here
from tests.tui.conftest import press, settle, shows, text
from tests.tui.frames import SMALL, at_each_size, drawn, frame

__all__ = ["frame"]


async def test_an_act_of_another_pillar_is_found_and_begun_there(app: FloodreadyApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "colon", *"season declare")
        await press(pilot, "enter")
        await settle(pilot)
        assert app.current_mode == "season"
        assert shows(app, Form)
        assert "Declare a response level" in text(app)


async def test_english_finds_an_act_while_chinese_is_shown(app: FloodreadyApp) -> None:
    use_language("zh_CN")
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "colon", *"season: declare")
        await press(pilot, "enter")
        await settle(pilot)
        assert app.current_mode == "season"
        assert shows(app, Form)


async def test_what_can_be_done_here_stands_before_what_is_done_elsewhere(app: FloodreadyApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "2", "colon", *"what if")
        found = [line.strip() for line in text(app).splitlines() if "what if" in line]
        assert found[1].startswith("what if (i)"), found


async def test_frame(app: FloodreadyApp, frame: SnapshotAssertion) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "7", "colon", *"declare")
        await settle(pilot)
        async for size in at_each_size(pilot):
            assert drawn(app) == frame(name=size)


async def found(app: FloodreadyApp, query: str) -> list[str]:
    """Give what the palette finds, the nearest first, without typing it letter by letter."""
    commands = Commands(app.screen)
    await commands.startup()
    hits = [hit async for hit in commands.search(query)]
    return [str(hit.text) for hit in sorted(hits, key=lambda hit: -getattr(hit, "score", 1.0))]


ONLY_ON_THE_COMMAND_LINE = {
    *("open", "demo", "wall", "setup", "completion", "paths"),
    *("verify", "backup", "restore", "upgrade"),
}


@pytest.mark.parametrize("language", ["en", "zh_CN"])
async def test_every_key_is_found_by_its_words_and_by_everyday_ones(app: FloodreadyApp, language: str) -> None:
    use_language(language)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        here = {key.id for key, _ in every_key_here(app.screen)}
        there = {binding.id for pillar in PILLARS for binding in pillar.load().__dict__["BINDINGS"]}
        assert set(EVERYDAY) <= here | there
        for id in sorted({id for id in here | there if id in TABLE}):
            key = TABLE[id]
            for word in (str(key.words), *everyday_words(id)):
                assert any(str(key.words) in one for one in await found(app, word)), (id, word)


async def test_every_word_of_the_command_line_that_has_a_screen_is_found(app: FloodreadyApp) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        assert {word for word in WORDS if not await found(app, word)} <= ONLY_ON_THE_COMMAND_LINE


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("language", "中文/English (f3) [language]"),
        ("help", "more (?) [help]"),
        ("pin", "Organisation: PIN (7 i)"),
        ("sign out", "Organisation: terminals (7 t) [sign out]"),
        ("sign-out", "Organisation: terminals (7 t) [sign out]"),
        ("log in", "sign in (f2) [log in]"),
        ("theme", "theme (f4)"),
        ("password", "Organisation: PIN (7 i) [password]"),
        ("who", "Duty (4) [who is on duty]"),
        ("handover", "Duty: log (4 l) [handover]"),
        ("status", "Board (1) [status]"),
        ("verify", ""),
    ],
)
async def test_what_people_type_finds_what_they_mean_first(app: FloodreadyApp, typed: str, first: str) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        assert (await found(app, typed) or [""])[0] == first


async def test_what_people_type_in_chinese_finds_what_they_mean_first(app: FloodreadyApp) -> None:
    use_language("zh_CN")
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        for typed, meant in {
            "语言": "f3",
            "帮助": "?",
            "密码": "7 i",
            "注销": "7 t",
            "退出": "q",
            "主题": "f4",
        }.items():
            assert f"({meant})" in (await found(app, typed))[0].replace("（", "(").replace("）", ")"), typed


async def test_the_palette_asks_in_the_reader_s_language(app: FloodreadyApp) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        app.speak("zh_CN")
        await press(pilot, "ctrl+p")
        assert "输入要找的命令" in text(app)
        assert "Search for commands" not in text(app)
