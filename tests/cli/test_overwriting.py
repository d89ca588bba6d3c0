"""A file that is there already is never lost to a word that writes one, unless that is what was asked for."""

from __future__ import annotations

import json
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
