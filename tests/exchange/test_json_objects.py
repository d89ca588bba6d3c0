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


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"criteria": 5}', "“criteria” must be a list of objects"),
        ('{"criteria": {"a": 1}}', "“criteria” must be a list of objects"),
        ('{"criteria": [{"id": "A", "direct": "xx"}]}', "“direct” must be a list of objects"),
        ('{"criteria": [{"id": "A", "works_kind": "moon"}]}', "'moon' is not known here"),
        ('{"criteria": [{"id": "A", "name": "n", "source": "s", "basic_needed": 1%s}]}' % ("0" * 30), "or less"),
    ],
)
def test_what_stands_wrongly_in_a_criteria_list_is_told_in_words(text: str, said: str) -> None:
    with pytest.raises(Refused, match=said):
        read_criteria(text.encode())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"levels": [1]}', "“levels” must be an object of objects"),
        ('{"levels": {"I": 5}}', "“levels” must be an object of objects"),
        ('{"levels": {"V": {}}}', "'V' is not known here"),
        ('{"levels": {"I": {"actions": 5}}}', "“actions” must be a list of objects"),
        ('{"levels": {"I": {"bulletins_per_day": -3}}}', "-3 bulletins a day cannot be"),
        ('{"levels": {"I": {"bulletins_per_day": 1000000000}}}', "1000000000 bulletins a day cannot be"),
    ],
)
def test_what_stands_wrongly_in_a_level_table_is_told_in_words(text: str, said: str) -> None:
    with pytest.raises(Refused, match=said):
        read_level_table(text.encode())


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ('"base": "x"', "row 2: BAG: x is not a decimal figure"),
        ('"base": "1e999"', "row 2: BAG: 1e999 is not a decimal figure"),
        ('"base": "-1"', "row 2: BAG: -1 is not a decimal figure"),
        ('"base": "1", "per": 0', "row 2: BAG: must be 1 or more"),
        ('"base": "1", "per": "1"', "row 2: BAG: must be a whole number"),
    ],
)
def test_a_wrong_row_of_a_quota_table_is_told_by_its_number(row: str, said: str, tmp_path: Path) -> None:
    file = tmp_path / "quota.json"
    head = '{"id": "Q", "name": "n", "source": "s", "clause": "3", "in_force_on": "2026-01-01", "rows": ['
    file.write_text(head + '{"works_kind": "dike", "item": "BAG", "base": "1.5"}, '
                    f'{{"works_kind": "dike", "item": "BAG", {row}}}]}}', "utf-8")  # fmt: skip
    with pytest.raises(Refused, match=said):
        read_quota_table(file)
