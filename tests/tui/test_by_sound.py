"""Chinese found by its sound, in filters, choices and the palette."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from floodready.language import say, verbatim
from floodready.tui.by_sound import fits, readings_of
from floodready.tui.widgets.column import Column
from floodready.tui.widgets.fields import ChoiceField, SeveralField
from floodready.tui.widgets.row_texts import RowTexts

NAMES = ("编织袋", "冲锋舟", "重庆路仓库", "长江大堤", "绿化带", "濮阳县", "女工宿舍", "boat hook")
hanzi = st.sampled_from("编织袋冲锋舟重庆长江堤绿女濮阳行")


def found(typed: str, *texts: str) -> list[str]:
    test = fits(typed, "".join(texts))
    return [text for text in texts if test(text)]


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("bzd", "编织袋"),
        ("bianzhidai", "编织袋"),
        ("bianzhid", "编织袋"),
        ("bianzd", "编织袋"),
        ("zhd", "编织袋"),
        ("cfz", "冲锋舟"),
        ("chfzh", "冲锋舟"),
        ("cql", "重庆路仓库"),
        ("zql", "重庆路仓库"),
        ("changjiang", "长江大堤"),
        ("lvhua", "绿化带"),
        ("nvg", "女工宿舍"),
        ("puyang", "濮阳县"),
        ("boat", "boat hook"),
    ],
)
def test_a_name_is_found_by_its_letters_its_first_letters_and_both_mixed(typed: str, wanted: str) -> None:
    assert found(typed, *NAMES) == [wanted]


@pytest.mark.parametrize("typed", ["bdz", "bianzhidaix", "iu", "b-z", "2026", "袋织"])
def test_what_does_not_sound_so_is_not_found(typed: str) -> None:
    assert found(typed, *NAMES) == []


def test_characters_count_one_after_another_within_one_text() -> None:
    assert found("bd", "编\x00袋", "编 袋") == []


@given(st.lists(hanzi, min_size=1, max_size=6), st.data())
def test_every_reading_of_every_character_finds_it_shortened_or_whole(name: list[str], data: st.DataObject) -> None:
    sounds = [data.draw(st.sampled_from(readings_of(character))) for character in name]
    typed = "".join(data.draw(st.sampled_from([sound, sound[0]])) for sound in sounds)
    shorter = typed[: data.draw(st.integers(1, len(typed)))]
    assert found(typed, "".join(name), "舟") != []
    assert "".join(name) in found(shorter, "".join(name))


def test_long_nonsense_is_answered_too() -> None:
    assert found("an" * 40 + "v", "安南岸那", "爱鸟") == []


@given(st.lists(st.lists(hanzi, min_size=1, max_size=4).map("".join), max_size=6), st.text("bianzhdlcg", max_size=6))
def test_typing_on_finds_what_typing_at_once_finds(names: list[str], typed: str) -> None:
    columns = [Column[str](id="name", heading=say("Name"), cell=lambda name: name, width=10)]
    kept = RowTexts(columns, names)
    for end in (*range(len(typed) + 1), *range(len(typed), -1, -1)):
        assert list(kept.fitting(typed[:end])) == list(RowTexts(columns, names).fitting(typed[:end]))
    for start in range(len(typed), -1, -1):
        assert list(kept.fitting(typed[start:])) == list(RowTexts(columns, names).fitting(typed[start:]))


def test_a_column_and_an_exclusion_are_heard_too() -> None:
    columns = [
        Column[tuple[str, str]](id="item", heading=say("Item"), cell=lambda row: row[0], width=10),
        Column[tuple[str, str]](id="place", heading=say("Place"), cell=lambda row: row[1], width=10),
    ]
    texts = RowTexts(columns, [("编织袋", "东库"), ("冲锋舟", "编织厂"), ("救生衣", "东库")])
    assert list(texts.fitting("item:bz")) == [0]
    assert list(texts.fitting("bz")) == [0, 1]
    assert list(texts.fitting("!bz")) == [2]
    assert list(texts.fitting("item:袋 dk")) == [0]


def test_a_choice_is_made_by_sound_only_where_nothing_holds_what_is_typed() -> None:
    people = [
        ("liwei", verbatim("李伟")),
        ("wf", verbatim("王芳")),
        ("zhou", verbatim("周敏")),
        ("lw", verbatim("刘雯")),
    ]
    field = ChoiceField("person", say("Person"), people)
    assert field.understand("wang").value == "wf"
    assert [value for value, _ in field.fitting("lw")] == ["lw"]
    assert field.understand("zm").value == "zhou"
    assert field.understand("xx").problem is not None
    assert SeveralField("people", say("People"), people).understand("wangf, zhoum").value == ("wf", "zhou")
