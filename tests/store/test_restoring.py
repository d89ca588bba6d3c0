"""Attached files in backups, and restoring by command: also over a store that cannot be opened any more."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from floodready.cli.app import run
from floodready.clock import FixedClock
from floodready.document import Document, record
from floodready.organisation.commands import add_person, set_pin, set_up
from floodready.organisation.models import Person
from floodready.organisation.permissions import Role
from floodready.refusal import StoreProblem
from floodready.store.attachments import Kept, attached, keep, path_of
from floodready.store.backup import back_up, read_backup, restore
from floodready.store.contract import SYSTEM, Act
from floodready.store.disk import RealDisk
from floodready.store.journal_store import JournalStore
from floodready.store.verify import verify
from tests.store.papers import by


@record
class Photographed(Document):
    """A document with files attached, one of them deep inside."""

    table = "photographed"

    files: tuple[str, ...] = ()
    sha256: str = ""


def attach(store: JournalStore, tmp_path: Path, name: str, content: bytes) -> Kept:
    source = tmp_path / name
    source.write_bytes(content)
    kept = keep(store.folder, source)
    with store.transaction(by(), "test.attach") as tx:
        tx.put(Photographed(id=name, sha256=kept.sha256))
    return kept


def test_a_backup_holds_the_attached_files_and_restoring_brings_them_back(
    store: JournalStore, clock: FixedClock, tmp_path: Path
) -> None:
    photo = attach(store, tmp_path, "photo.jpg", b"\xff\xd8\n{}\n\x00" * 1000)
    note = attach(store, tmp_path, "note.txt", b"")
    held = back_up(store, tmp_path / "kept.backup")
    assert (held.files, held.missing, held.transactions) == (2, (), 2)
    restored = restore(tmp_path / "new", held.path, by(), clock=clock)
    assert restored.kept is None
    assert attached(RealDisk(), tmp_path / "new", photo.sha256) == b"\xff\xd8\n{}\n\x00" * 1000
    assert attached(RealDisk(), tmp_path / "new", note.sha256) == b""
    report = verify(tmp_path / "new")
    assert (report.whole, report.files) == (True, 2)
    assert path_of(tmp_path / "new", photo.sha256).stat().st_mode & 0o077 == 0


def test_verify_names_an_attached_file_that_is_missing_or_spoiled_and_restoring_mends_it(
    store: JournalStore, clock: FixedClock, tmp_path: Path
) -> None:
    photo = attach(store, tmp_path, "photo.jpg", b"wet toe")
    held = back_up(store, tmp_path / "kept.backup")
    path_of(store.folder, photo.sha256).write_bytes(b"dry toe")
    assert photo.sha256[:12] in str(verify(store.folder).problems[0])
    lacking = back_up(store, tmp_path / "lacking.backup")
    assert (lacking.files, len(lacking.missing)) == (0, 1)
    path_of(store.folder, photo.sha256).unlink()
    assert not verify(store.folder).whole
    kept = restore(store.folder, held.path, by(), clock=clock).kept
    assert kept == store.folder / "gen-0001"
    assert verify(store.folder).whole


def test_a_backup_whose_photo_was_changed_is_refused_whole(store: JournalStore, tmp_path: Path) -> None:
    import gzip

    attach(store, tmp_path, "photo.jpg", b"wet toe")
    held = back_up(store, tmp_path / "kept.backup").path
    held.write_bytes(gzip.compress(gzip.decompress(held.read_bytes()).replace(b"wet toe", b"dry toe")))
    with pytest.raises(StoreProblem, match="not a whole backup"):
        read_backup(held)


def test_a_document_cannot_make_a_path_of_what_is_no_hash(store: JournalStore, tmp_path: Path) -> None:
    with store.transaction(by(), "test.attach") as tx:
        tx.put(Photographed(id="x", sha256="../../" + "a" * 58))
        tx.put(Photographed(id="y", sha256="A" * 64))
    assert verify(store.folder).files == 0
    assert back_up(store, tmp_path / "kept.backup").files == 0


@pytest.fixture
def kept(store: JournalStore, tmp_path: Path) -> Path:
    """A backup that knows an administrator with the PIN 4711, and an officer."""
    set_up(store, Act(person=SYSTEM, terminal="T"), unit="HQ", unit_name="市防办", person="zhao", person_name="赵")
    admin = Act(person="zhao", terminal="T")
    set_pin(store, admin, person="zhao", pin="4711")
    add_person(store, Act(person="zhao", terminal="T"), name="李", unit="HQ", id="li", roles=(Role.DUTY_OFFICER,))
    return back_up(store, tmp_path / "kept.backup").path


def spoil_current(folder: Path) -> None:
    (folder / "CURRENT").write_bytes(b"\x00" * 40)


def spoil_middle(folder: Path) -> None:
    path = folder / "gen-0001" / "000000000001.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(lines[0].replace(b"HQ", b"QH", 1) + b"".join(lines[1:]))


def lose_journal(folder: Path) -> None:
    (folder / "gen-0001" / "000000000001.jsonl").unlink()


SPOILED = pytest.mark.parametrize("spoil", [spoil_current, spoil_middle, lose_journal])


def restoring(store: JournalStore, kept: Path, monkeypatch: pytest.MonkeyPatch, pin: str, *more: str) -> int:
    monkeypatch.setattr("sys.stdin", io.StringIO(pin + "\n"))
    return run(["restore", str(kept), "--yes", "--store", str(store.folder), "--lang", "en", *more])


@SPOILED
def test_over_a_spoiled_store_the_backup_says_who_may_restore(
    store: JournalStore,
    kept: Path,
    spoil: object,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert callable(spoil)
    store.close()
    spoil(store.folder)
    for pin, words, told in (
        ("", (), "--as PERSON"),
        ("", ("--as", "li"), "may restore"),
        ("", ("--as", "nobody"), "may restore"),
        ("", ("--as", "system"), "--as PERSON"),
        ("4712", ("--as", "zhao"), "not the PIN"),
    ):
        assert restoring(store, kept, monkeypatch, pin, *words) == 1
        assert told in capsys.readouterr().err
        assert not (store.folder / "gen-0002").exists()
    assert restoring(store, kept, monkeypatch, "4711", "--as", "zhao", "--reason", "disk failed") == 0
    assert "gen-0001" in capsys.readouterr().out
    assert (store.folder / "gen-0001").exists()
    assert verify(store.folder).whole
    with JournalStore.open(store.folder) as again:
        assert {person.id for person in again.all(Person)} == {"zhao", "li"}
        last = next(again.entries_backwards())
        assert (last.command, last.person, last.reason) == ("store.restore", "zhao", "disk failed")


def test_a_backup_is_put_where_there_is_no_store_yet(
    store: JournalStore,
    kept: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    words = ["restore", str(kept), "--yes", "--store", str(tmp_path / "new"), "--as", "zhao", "--json"]
    monkeypatch.setattr("sys.stdin", io.StringIO("4711\n"))
    assert run(words) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["document"]["transactions"], told["document"]["files"], told["kept"]) == (3, 0, None)
    assert verify(tmp_path / "new").whole


def test_a_newer_program_s_store_is_not_overwritten(
    store: JournalStore, kept: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    store.close()
    path = store.folder / "CURRENT"
    path.write_bytes(path.read_bytes().replace(b'"format":2', b'"format":3'))
    assert restoring(store, kept, monkeypatch, "4711", "--as", "zhao") == 3
    assert "newer floodready" in capsys.readouterr().err


def test_a_nightly_backup_that_lacks_a_file_is_written_and_noticed(
    store: JournalStore, kept: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    photo = attach(store, tmp_path, "photo.jpg", b"wet toe")
    path_of(store.folder, photo.sha256).unlink()
    words = ["--store", str(store.folder), "--as", "zhao", "--lang", "en"]
    assert run(["backup", str(tmp_path / "night.backup"), *words]) == 3
    assert "not in it" in capsys.readouterr().err
    assert read_backup(tmp_path / "night.backup").missing
