"""The demo's stock: the holdings that Yongnian district published in 2017, taken in as an office would."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import as_file, files

from floodready.exchange.ledger_import import commit, dry_run
from floodready.materials.commands import put_place
from floodready.materials.models import Place
from floodready.store.contract import Act
from floodready.store.journal_store import JournalStore

LEDGER = "materials-yongnian-2017.csv"
EAST_STORE = Place(id="EAST", name="东库 East Store", unit="anlan", reach_hours=1, custodian="wu")


def take_in_stock(store: JournalStore, acts: Iterator[Act]) -> None:
    """Make a warehouse and import the published ledger into it."""
    put_place(store, next(acts), place=EAST_STORE)
    with as_file(files("floodready.demo").joinpath("data", LEDGER)) as path:
        staged = dry_run(store, path, place=EAST_STORE.id, zone=store.zone)
        commit(store, next(acts), staged, zone=store.zone)
