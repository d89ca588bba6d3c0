"""A file that is there already is never lost to a word that writes one, unless that is what was asked for."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from floodready.exchange.file_writing import FileIsThere, write_out
from floodready.refusal import Refused
from tests.cli.conftest import Type

WRITERS = (
    "brief shift --out F.md",
    "drill ical --out F.ics",
    "duty print F.html",
    "duty print F.xlsx",
    "hazard export F.csv",
    "hazard statistics 2026 --quarter 3 --out F.xlsx",
    "stock replenish anlan --xlsx F.xlsx",
    "stock label place EAST F.svg",
)


@pytest.mark.parametrize("typed", WRITERS)
def test_a_word_writes_over_a_file_only_when_told_to(typed: str, type_: Type, tmp_path: Path) -> None:
    words = [word.replace("F.", f"{tmp_path}/paper.") for word in typed.split()]
    file = next(Path(word) for word in words if word.startswith(str(tmp_path)))
    file.write_text("marked by hand")
    refused = type_(*words)
    assert (refused.code, refused.out) == (1, "")
    assert refused.err == f"{file} is there already. Name another, or write over it: --overwrite\n"
    assert file.read_text() == "marked by hand"
    assert json.loads(type_(*words, "--json").out)["error"]["code"] == "file-is-there"
    assert type_(*words, "--overwrite").code == 0
    assert file.read_bytes() != b"marked by hand"
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == [file.name]


@pytest.mark.parametrize("typed", [*WRITERS, "stock count-sheet COUNT F.xlsx"])
def test_a_word_that_wrote_a_file_says_where_it_is_and_how_large(typed: str, type_: Type, tmp_path: Path) -> None:
    count = json.loads(type_("stock", "counts", "--json").out)["counts"][0]["id"]
    words = [word.replace("F.", f"{tmp_path}/paper.").replace("COUNT", count) for word in typed.split()]
    file = next(Path(word) for word in words if word.startswith(str(tmp_path)))
    told = json.loads(type_(*words, "--json").out)
    assert (told["file"], told["bytes"]) == (str(file.resolve()), file.stat().st_size)


def test_a_writer_that_fails_leaves_what_was_there_and_nothing_half_written(tmp_path: Path) -> None:
    file = tmp_path / "paper.md"
    write_out(file, b"old")
    with pytest.raises(FileIsThere):
        write_out(file, b"new")
    with pytest.raises(Refused, match="it is a folder"):
        write_out(tmp_path, b"new", overwrite=True)
    with pytest.raises(Refused, match="no such file or folder"):
        write_out(tmp_path / "none" / "paper.md", b"new")
    assert file.read_bytes() == b"old"
    link = tmp_path / "link.md"
    link.symlink_to(file)
    write_out(link, b"new", overwrite=True)
    assert (link.is_symlink(), file.read_bytes()) == (True, b"new")


def test_a_device_can_be_written_to() -> None:
    write_out(Path("/dev/null"), b"anything")


def test_a_link_to_a_file_that_is_gone_is_followed(tmp_path: Path) -> None:
    link = tmp_path / "link.md"
    link.symlink_to(tmp_path / "paper.md")
    write_out(link, b"new")
    assert (link.is_symlink(), (tmp_path / "paper.md").read_bytes()) == (True, b"new")


def test_links_in_a_circle_are_no_file_that_is_there(tmp_path: Path) -> None:
    (tmp_path / "one").symlink_to(tmp_path / "two")
    (tmp_path / "two").symlink_to(tmp_path / "one")
    with pytest.raises(Refused, match="its links lead in a circle"):
        write_out(tmp_path / "one", b"new", overwrite=True)


def test_a_name_that_is_too_long_is_refused_as_a_file(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="its name is too long"):
        write_out(tmp_path / ("x" * 300), b"new")
    longest = tmp_path / ("汛" * 85)
    write_out(longest, b"old")
    write_out(longest, b"new", overwrite=True)
    assert longest.read_bytes() == b"new"


@pytest.mark.parametrize("dies", ["fsync", "chmod", "replace"])
def test_whoever_dies_over_a_file_leaves_the_old_one_and_nothing_beside_it(
    dies: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "paper.md"
    write_out(file, b"old")

    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, dies, interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_out(file, b"new", overwrite=True)
    monkeypatch.undo()
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("paper.md", b"old")]


def test_a_file_kept_from_others_stays_so_while_it_is_written_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "paper.md"
    write_out(file, b"old")
    file.chmod(0o600)
    seen = []
    monkeypatch.setattr(os, "fsync", lambda number: seen.append(os.fstat(number).st_mode & 0o777))
    write_out(file, b"new", overwrite=True)
    assert (seen, file.stat().st_mode & 0o777) == ([0o600], 0o600)
