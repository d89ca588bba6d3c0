from __future__ import annotations

from floodready.language import Sentence, say, say_as, use_language


def test_one_english_word_is_two_words_in_chinese_where_it_means_two_things() -> None:
    heading, sender = say("From"), say_as("sender", "From")
    assert str(heading) == str(sender) == "From"
    use_language("zh_CN")
    assert (str(heading), str(sender)) == ("自", "发出方")


def test_the_journal_keeps_which_meaning_it_was() -> None:
    told = say_as("sender", "From")
    assert Sentence.from_json(told.to_json()) == told
