"""Incidents and their accounts in words and figures, for the screens."""

from __future__ import annotations

from floodready.frozen import frozen
from floodready.materials.incident_account import Account, accounts
from floodready.materials.models import Item, Lot, Movement
from floodready.materials.models_papers import Incident
from floodready.materials.places import incident as place_of
from floodready.materials.projections import Balances
from floodready.store.contract import View
from floodready.text import alphabetical


@frozen
class IncidentRow:
    """An incident and how many lots it still holds."""

    incident: Incident
    open_lots: int


@frozen
class AccountRow:
    """One lot's account in an incident; figures are smallest units of the item."""

    lot: str
    item: Item
    account: Account


def incident_rows(view: View) -> list[IncidentRow]:
    """Give every incident, the open ones first, the youngest before the older."""
    by_place = view.projection(Balances).by_place
    rows = [IncidentRow(incident=one, open_lots=len(by_place.get(place_of(one.id), {}))) for one in view.all(Incident)]
    rows.sort(key=lambda row: row.incident.opened_at, reverse=True)
    return sorted(rows, key=lambda row: row.incident.closed_at is not None)


def account_rows(view: View, incident: str) -> list[AccountRow]:
    """Give the account of every lot that went to an incident, what is still open first."""
    held = view.projection(Balances).by_place.get(place_of(incident), {})
    lots = dict.fromkeys([*held, *(one.lot for one in view.find(Movement, paper=incident))])
    rows = []
    for lot_id in lots:
        lot, found = view.get(Lot, lot_id), accounts(view.find(Movement, lot=lot_id), incident)
        item = view.get(Item, lot.item) if lot else None
        if item is not None and lot_id in found:
            rows.append(AccountRow(lot=lot_id, item=item, account=found[lot_id]))
    return sorted(rows, key=lambda row: (row.account.open == 0, alphabetical(row.item.name), alphabetical(row.lot)))
