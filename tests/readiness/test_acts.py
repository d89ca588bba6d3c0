from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from floodready.demo.build import build
from floodready.language import use_language
from floodready.readiness.assembly import gather, readiness
from floodready.store.journal_store import JournalStore

NOW = datetime(2026, 9, 20, 2, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[JournalStore]:
    folder: Path = tmp_path_factory.mktemp("acts") / "store"
    with build(folder, NOW) as made:
        yield made


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_no_act_of_any_pillar_ends_in_a_stop_for_the_headline_sets_it(store: JournalStore, language: str) -> None:
    use_language(language)
    try:
        lines = gather(store, NOW, store.zone)
        acts = {str(signal.act) for line in lines for signal in line.signals}
        said = [str(readiness(store, NOW + timedelta(days), store.zone).headline) for days in range(0, 400, 40)]
    finally:
        use_language("en")
    assert len({line.id.partition("/")[0] for line in lines}) == 6, "every pillar speaks"
    assert [act for act in acts if act.endswith((".", "。", "!", "！"))] == []
    assert [headline for headline in said if ".." in headline or "。。" in headline] == []
