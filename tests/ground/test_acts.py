"""Every command has its words in the journal, in both languages, and no words stand there for none."""

from __future__ import annotations

from floodready import command
from floodready.acts import ACTS, act_told
from floodready.command import find_command
from floodready.language import use_language

PILLARS = ("organisation", "season", "materials", "duty", "drills", "rectification", "readiness")


def test_every_command_is_worded_and_nothing_else() -> None:
    for pillar in PILLARS:
        find_command(f"{pillar}.none")
    known = {name for name in command._registered if name.startswith(tuple(f"{pillar}." for pillar in PILLARS))}
    assert set(ACTS) == known


def test_an_undo_names_what_it_took_back_and_a_strange_name_stays() -> None:
    assert str(act_told("undo drills.oblige")) == "undone: drill obligation laid down"
    assert str(act_told("an older program's act")) == "an older program's act"
    try:
        use_language("zh_CN")
        assert str(act_told("undo drills.oblige")) == "撤销：设定演练义务"
    finally:
        use_language("en")


def test_no_two_acts_read_alike() -> None:
    assert len({str(words) for words in ACTS.values()}) == len(ACTS)
