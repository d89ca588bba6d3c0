from __future__ import annotations

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
    with pytest.raises(Refused, match="Save it as CSV"):
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
