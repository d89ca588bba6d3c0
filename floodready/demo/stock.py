"""The demo's stock: the holdings that Yongnian district published in 2017, taken in as an office would."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from fractions import Fraction
from importlib.resources import as_file, files

from floodready.exchange.ledger_import import commit, dry_run
from floodready.frozen import replace
from floodready.materials.commands import observe, open_count, post_count, put_place
from floodready.materials.models import Item, Place
from floodready.materials.projections import Balances
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


def count_stock(store: JournalStore, acts: Iterator[Act], names: Collection[str]) -> None:
    """Count some items of the warehouse, by name, and find what the books say; the rest stays uncounted."""
    items = {item.id for item in store.all(Item) if item.name in names}
    session = open_count(store, _by("wu", acts), name="汛期盘点 count", places=(EAST_STORE.id,))
    balances = store.projection(Balances)
    for line in session.sheet:
        if line.item in items:
            item = store.get(Item, line.item)
            assert item is not None
            held = Fraction(balances.held(line.lot, line.place), 10**item.scale)
            observe(store, _by("wu", acts), zone=store.zone, session=session.id, place=line.place, code=line.lot,
                    typed=str(held), counted_at=store.clock.now(), seen_seq=store.seq)  # fmt: skip
    post_count(store, _by("zhou", acts), zone=store.zone, session=session.id, reasons={}, blanks_stay_uncounted=True)


def _by(person: str, acts: Iterator[Act]) -> Act:
    return replace(next(acts), person=person)
