"""What is wrong with a JSON file is said in the reader's words, whatever stands in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from floodready.exchange.duty_rota_file import read_rota
from floodready.exchange.hazard_criteria import read_criteria
from floodready.exchange.level_table_json import read_level_table
from floodready.exchange.quota_file import read_quota_table
from floodready.refusal import Refused

WRONG = {
    "[" * 100_000: "its brackets stand too deep in one another",
    "[1, 2]": "it is no JSON object",
    "5": "it is no JSON object",
    "1" * 5_000: "a number in it is too long",
    '{"a": ': "no JSON from line 1, character 7 on",
}


@pytest.mark.parametrize("text", WRONG, ids=list(WRONG.values()))
def test_a_file_that_is_no_object_is_told_in_words(text: str, tmp_path: Path) -> None:
    file = tmp_path / "it.json"
    file.write_text(text)
    for told in (lambda: read_rota(str(file), "U"), lambda: read_quota_table(file)):
        with pytest.raises(Refused, match=WRONG[text]):
            told()
    for read in (read_criteria, read_level_table):
        with pytest.raises(Refused, match=WRONG[text]):
            read(text.encode())
