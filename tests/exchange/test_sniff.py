from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from floodready.exchange.sniff import below_heads, decode, read_file, sniff
from floodready.refusal import Refused

TEXT = "站名,数值\n花园口,3620\n"


@pytest.mark.parametrize(
    ("encoding", "told"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8-sig"), ("gb18030", "gb18030"), ("gbk", "gb18030"), ("utf-16", "utf-16")],
)
def test_the_encoding_is_told_from_the_bytes(encoding: str, told: str) -> None:
    assert decode(TEXT.encode(encoding)) == (TEXT, told)


@pytest.mark.parametrize("data", [b"PK\x03\x04rest", b"\xd0\xcf\x11\xe0rest", b"\xff", b"\x81", b"a\x00b"])
def test_what_is_no_text_is_refused_with_what_to_do(data: bytes) -> None:
    with pytest.raises(Refused, match=r"Save it (as CSV|in UTF-8)"):
        decode(data)


@given(st.binary(max_size=200))
def test_any_bytes_give_text_or_a_refusal(data: bytes) -> None:
    try:
        sniff(data)
    except Refused:
        return


@pytest.mark.parametrize("separator", [",", ";", "\t", "，"])
def test_the_separator_is_told_from_the_text(separator: str) -> None:
    assert sniff(TEXT.replace(",", separator).encode()).rows[1] == ("花园口", "3620")


def test_heads_stand_below_title_rows_and_cells_that_are_missing_are_empty() -> None:
    sniffed = sniff("2021年读数,,\n,,\n站名,数值,备注\n花园口,3620\n,,\n".encode())
    names = {"station": ("站名",), "value": ("数值",), "note": ("备注",)}
    (row,) = below_heads(sniffed, names, ("station", "value"))
    assert (row.number, row.cells) == (4, {"station": "花园口", "value": "3620", "note": ""})
    assert len(sniffed.first_rows) == 3
    with pytest.raises(Refused, match="must name: station/站名, time"):
        below_heads(sniffed, {**names, "time": ()}, ("station", "time"))


def test_a_file_that_cannot_be_read_says_so(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="cannot be read"):
        read_file(tmp_path / "nothing.csv")
    with pytest.raises(Refused, match="cannot be read"):
        read_file(tmp_path)


def test_what_is_no_file_of_data_says_so_and_holds_nobody_up(tmp_path: Path) -> None:
    (tmp_path / "empty.csv").touch()
    with pytest.raises(Refused, match=r"empty\.csv is empty"):
        read_file(tmp_path / "empty.csv")
    with pytest.raises(Refused, match="cannot be read"):
        read_file(tmp_path / "a\0b.csv")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes and devices with names are of POSIX")
def test_a_pipe_is_read_a_silent_one_is_empty_and_a_device_is_no_file(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(Refused, match="pipe is empty"):
        read_file(pipe)
    number = os.open(pipe, os.O_RDWR)
    try:
        os.write(number, TEXT.encode())
        reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    finally:
        os.close(number)
    try:
        assert read_file(Path(f"/dev/fd/{reader}")) == TEXT.encode()
    finally:
        os.close(reader)
    with pytest.raises(Refused, match="is a device"):
        read_file(Path("/dev/zero"))


def test_a_quotation_mark_that_is_never_closed_swallows_no_rows() -> None:
    with pytest.raises(Refused, match="Row 3: a quotation mark is opened and never closed"):
        sniff(b'a,b\n1,2\n3,"4\n5,6\n')
    assert sniff('a,b\n"大"坝,2\n'.encode()).rows[1] == ("大坝", "2")
    with pytest.raises(Refused, match="Row 2: a cell is longer than"):
        sniff(f"a,b\n{'x' * 140_000},2\n".encode())


def test_two_columns_that_may_be_the_same_one_are_refused_by_their_letters() -> None:
    names = {"station": ("站名", "站码"), "value": ("水位", "流量")}
    both = sniff("站名,站码,水位,流量\n花园口,hyk,93,3620\n".encode())
    assert below_heads(both, names, ("station",))[0].cells == {"station": "花园口", "value": "93"}
    with pytest.raises(Refused, match="“value”: C “水位”, D “流量”"):
        below_heads(both, names, ("station", "value"), ("value",))
