"""A refusal is in the reader's words: the field as the forms call it, and the option to type it with."""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from floodready.cli.app import parser
from tests.cli.conftest import Type


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("duty leave li --from 2026-09-30T08:00 --until 2026-09-29T08:00 --as zhou",
         "Until (--until): must be after the start"),
        ("duty leave li --from 2026-09-30T08:00 --until 2026-09-29T08:00 --as zhou --lang zh_CN",
         "至（--until）：须晚于开始时间"),
        ("season add X --unit anlan --from 2026-09-30 --until 2026-09-01 --source s --as zhou",
         "Last day (--until): must not be before the first day"),
        ("drill settings --evaluation-days -3 --minutes -5 --as zhou",
         "Close within (--evaluation-days): must be 1 or more; Length (--minutes): must be 1 or more"),
        ("unit add @ --id zz --kind county --as admin", "Name (NAME): must not be empty"),
        ("hazard open heyang @ --as zhou", "Description (DESCRIPTION): must not be empty"),
    ],
)  # fmt: skip
def test_a_refused_field_is_named_with_its_option(typed: str, told: str, type_: Type) -> None:
    answer = type_(*("" if word == "@" else word for word in typed.split()))
    assert (answer.code, answer.err.strip()) == (1, told)


def test_in_json_the_fields_keep_their_names(type_: Type) -> None:
    answer = type_(*["duty", "leave", "li", "--from", "2026-09-30", "--until", "2026-09-29", "--as", "zhou", "--json"])
    error = json.loads(answer.out)["error"]
    assert error["fields"] == {"until_at": "must be after the start"}
    assert error["sentence"] == "Until (--until): must be after the start"


def test_help_is_all_in_the_reader_s_language_and_leaves_no_option_of_a_known_field_unsaid(
    type_: Type, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        type_("hazard", "open", "--help", "--lang", "zh_CN")
    told = capsys.readouterr().out
    assert "用法：floodready hazard open" in told
    assert "选项：" in told
    assert "发现人" in told
    with pytest.raises(SystemExit):
        type_("duty", "change", "--help")
    assert re.search(r"--from TIME +From \(must be given\)\n +--until TIME +Until", capsys.readouterr().out)
    assert not {"usage", "options", "positional arguments", "show this help"} & set(told.splitlines())


def test_no_option_of_any_word_is_left_unexplained() -> None:
    unsaid = [
        f"{word.prog}: {action.dest}"
        for word in _words(parser())
        if word.format_help()
        for action in word._actions
        if action.help is None
    ]
    assert unsaid == []


def _words(word: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    below = [action for action in word._actions if isinstance(action, argparse._SubParsersAction)]
    if not below:
        yield word
    for action in below:
        for one in action.choices.values():
            yield from _words(one)


@pytest.mark.parametrize(
    ("word", "content", "told"),
    [
        ("duty publish", "a rota", "不是值班表文件：从第 1 行第 1 个字符起不是 JSON。"),
        ("stock import-quotas", "{}", "不是定额表（缺少：id, name, source, clause, in_force_on, rows）。"),
        ("stock import-quotas", '{\n"id": 1,\n}', "不是定额表（从第 3 行第 1 个字符起不是 JSON）。"),
        (
            "stock import-quotas",
            '{"id": "Q", "name": "Q", "source": "S", "clause": "1", "in_force_on": "2026-13-01", "rows": []}',
            "其中有日期或时刻不存在",
        ),
        ("level import-table", '{"levels": {"IV": {"bulletins": ["25:00"]}}}', "其中有日期或时刻不存在"),
        ("level import-table", '{"levels": {"IV": {"bulletins_per_day": NaN}}}', "“NaN”不是数字"),
        ("level import-table", '{"levels": {"IV": {"bulletins_per_day": 1e400}}}', "无法读取"),
    ],
)
def test_what_is_wrong_with_a_file_is_told_in_the_reader_s_language(
    word: str, content: str, told: str, type_: Type, tmp_path: Path
) -> None:
    file = tmp_path / "file.json"
    file.write_text(content)
    assert told in type_(*word.split(), str(file), "--as", "qian", "--lang", "zh_CN").err


def test_a_clock_that_was_set_back_is_told_and_hides_no_entry(type_: Type, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FLOODREADY_NOW", "2026-09-21T02:30:00Z")
    assert type_("reading", "add", "huayuankou", "3700", "--as", "li").err == ""
    monkeypatch.setenv("FLOODREADY_NOW", "2026-09-20T02:30:00Z")
    answer = type_("journal", "--last", "1")
    assert "reading logged" in answer.out
    assert answer.err.startswith("The clock of this machine says 2026-09-20 10:30, but the last entry is of 2026-09-21")
    assert "reading logged" not in type_("journal", "--last", "1", "--at", "2026-09-20T10:30").out


def test_a_torn_end_that_was_put_aside_is_told_to_whoever_wrote_next(type_: Type, tmp_path: Path) -> None:
    (journal,) = (tmp_path / "store").glob("gen-*/*.jsonl")
    with journal.open("ab") as end:
        end.write(b'{"seq":')
    answer = type_("reading", "add", "huayuankou", "3700", "--as", "li")
    assert answer.code == 0
    assert "torn-" in answer.err


def _damaged(folder: Path) -> None:
    (journal,) = folder.glob("gen-*/*.jsonl")
    content = bytearray(journal.read_bytes())
    content[content.index(b"\n") + 300] ^= 1
    journal.write_bytes(content)


@pytest.mark.parametrize("typed", ["status", "who", "journal", "brief shift"])
def test_no_answer_of_a_damaged_store_passes_for_the_whole(typed: str, type_: Type, tmp_path: Path) -> None:
    _damaged(tmp_path / "store")
    assert "line 2, is not as it was written" in type_(*typed.split()).err


def test_a_damaged_store_refuses_what_it_cannot_find_with_the_damage_too(type_: Type, tmp_path: Path) -> None:
    _damaged(tmp_path / "store")
    told = type_("reading", "add", "huayuankou", "3700", "--as", "li").err
    assert "line 2, is not as it was written" in told
    assert type_("verify").err.count("is not as it was written") <= 1
