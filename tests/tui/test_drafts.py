"""The rules of drafts and their files: whom a draft is for, until when, and what a death while writing leaves."""

from __future__ import annotations

import errno
import os
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from floodready.frozen import replace
from floodready.language import say
from floodready.tui.draft_files import DraftFile, remove_old
from floodready.tui.drafts import KEPT_FOR, Draft, changed_since, fits, form_id, last_written, written

AT = datetime(2026, 7, 1, 0, 30, tzinfo=UTC)
DRAFT = Draft(
    person="li", command_id="c1", typed_at=AT, texts={"content": "渗水 at K12+300"}, begun={"content": "", "place": "a"}
)


def test_a_draft_is_read_back_as_it_was_written() -> None:
    assert last_written(written(DRAFT)) == DRAFT


def test_a_line_that_broke_off_leaves_the_line_before_it() -> None:
    later = replace(DRAFT, texts={"content": "later"})
    for cut in range(1, len(written(later)) - 1):
        assert last_written(written(DRAFT) + written(later)[:cut]) == DRAFT
    broken = written(DRAFT)[:-5]
    assert last_written(broken + written(later)) == later


def test_what_is_no_draft_is_none() -> None:
    for content in (b"", b"\n", b"[1]\n", b'{"person": 1}\n', b"\xff\xfe\n", b"null\n"):
        assert last_written(content) is None


def test_a_draft_is_offered_to_its_author_for_seven_days() -> None:
    def offered(person: str, after: timedelta) -> bool:
        return fits(DRAFT, person, DRAFT.begun, AT + after, edits=False)

    assert offered("li", timedelta())
    assert offered("li", KEPT_FOR - timedelta(seconds=1))
    assert not offered("li", KEPT_FOR)
    assert not offered("wang", timedelta())
    assert offered("li", timedelta(hours=-3)), "the clock was set back"


def test_a_form_on_other_things_under_the_same_title_is_not_offered_it() -> None:
    other = {"content": "", "place": "b"}
    assert not fits(DRAFT, "li", other, AT, edits=False)
    assert fits(DRAFT, "li", other, AT, edits=True)
    assert not fits(DRAFT, "li", {"content": ""}, AT, edits=True)


def test_what_others_changed_is_named_where_it_was_typed_in() -> None:
    assert changed_since(DRAFT, {"content": "theirs", "place": "b"}) == ["content"]
    assert changed_since(DRAFT, DRAFT.begun) == []


def test_a_form_has_one_name_in_every_language_and_another_for_another_subject() -> None:
    def named(store: str = "s", terminal: str = "t", name: str = "Wang") -> str:
        return form_id(store, terminal, say("Change {name}", name=name), [("name", say("Name"))])

    assert named() == named()
    assert len({named(), named(store="o"), named(terminal="u"), named(name="Li")}) == 4
    assert "Wang" not in named()


def test_a_file_is_its_owners_only_and_is_made_when_something_is_typed(tmp_path: Path) -> None:
    folder = tmp_path / "state" / "drafts"
    file = DraftFile(folder, "form")
    assert file.take(lambda _: True) is None
    assert not folder.exists()
    file.write(DRAFT, sync=True)
    (made,) = folder.iterdir()
    assert stat.S_IMODE(made.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_draft_is_taken_by_one_form_only_and_not_while_its_author_types(tmp_path: Path) -> None:
    author, second, third = (DraftFile(tmp_path, "form") for _ in range(3))
    author.write(DRAFT, sync=False)
    assert second.take(lambda _: True) is None
    author.let_go()
    assert second.take(lambda _: True) == DRAFT
    assert third.take(lambda _: True) is None
    second.remove()
    assert not list(tmp_path.iterdir())


def test_a_file_that_nobody_can_read_is_not_held_by_whoever_looked_at_it(tmp_path: Path) -> None:
    broken = tmp_path / "form.1.draft"
    broken.write_bytes(b"?")
    assert DraftFile(tmp_path, "form").take(lambda _: True) is None
    os.utime(broken, (0, 0))
    remove_old(tmp_path, AT)
    assert not broken.exists()


def test_a_draft_that_does_not_fit_stays_for_whom_it_fits(tmp_path: Path) -> None:
    file = DraftFile(tmp_path, "form")
    file.write(DRAFT, sync=False)
    file.let_go()
    assert DraftFile(tmp_path, "form").take(lambda _: False) is None
    assert DraftFile(tmp_path, "other").take(lambda _: True) is None
    assert DraftFile(tmp_path, "form").take(lambda _: True) == DRAFT


def test_a_long_time_of_typing_leaves_a_short_file(tmp_path: Path) -> None:
    file = DraftFile(tmp_path, "form")
    for place in range(3000):
        file.write(replace(DRAFT, texts={"content": f"text {place}"}), sync=False)
    file.let_go()
    (made,) = tmp_path.iterdir()
    assert made.stat().st_size < 100_000
    found = DraftFile(tmp_path, "form").take(lambda _: True)
    assert found is not None
    assert found.texts == {"content": "text 2999"}


@pytest.mark.parametrize("room", [0, 20])
def test_a_full_disk_leaves_the_last_draft_also_where_another_file_is_begun(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, room: int
) -> None:
    write = os.write

    def full(number: int, data: bytes) -> int:
        if not room:
            raise OSError(errno.ENOSPC, "No space left on device")
        return write(number, data[:room])

    file = DraftFile(tmp_path, "form")
    file.write(replace(DRAFT, texts={"content": "x" * 70_000}), sync=False)
    with monkeypatch.context() as patched:
        patched.setattr(os, "write", full)
        with pytest.raises(OSError, match="No space left"):
            file.write(DRAFT, sync=False)
    file.let_go()
    found = DraftFile(tmp_path, "form").take(lambda _: True)
    assert found is not None
    assert found.texts == {"content": "x" * 70_000}
    assert len(list(tmp_path.iterdir())) == 1


def test_old_drafts_and_what_nobody_can_read_go_and_the_others_stay(tmp_path: Path) -> None:
    old, new, typing = (DraftFile(tmp_path, name) for name in ("old", "new", "typing"))
    old.write(replace(DRAFT, typed_at=AT - KEPT_FOR), sync=False)
    new.write(DRAFT, sync=False)
    typing.write(replace(DRAFT, typed_at=AT - KEPT_FOR), sync=False)
    old.let_go()
    new.let_go()
    for name, mtime in (("broken.1.draft", 0), ("begun.1.draft", None), ("note.txt", 0)):
        (tmp_path / name).write_bytes(b"?")
        if mtime is not None:
            os.utime(tmp_path / name, (mtime, mtime))
    remove_old(tmp_path, AT)
    assert {path.name.partition(".")[0] for path in tmp_path.iterdir()} == {"new", "typing", "begun", "note"}
    remove_old(tmp_path / "none", AT)
