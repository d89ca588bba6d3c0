"""All that writes in this pillar, by subject: import a command from here."""

from floodready.materials.commands_catalogue import (
    put_equipment,
    put_item,
    put_place,
    put_quotas,
    put_set,
    record_test,
    set_figures,
)
from floodready.materials.commands_counting import cancel_count, observe, open_count, post_count, resolve_code
from floodready.materials.commands_import import import_ledger
from floodready.materials.commands_incident import account_for, close_incident, open_incident
from floodready.materials.commands_issue_order import issue_order
from floodready.materials.commands_papers import accept_delivery, complete_paper, file_paper
from floodready.materials.commands_receiving import receive_stock
from floodready.materials.commands_stock import (
    condemn_stock,
    issue_stock,
    release_stock,
    reserve_stock,
    reverse_movement,
    set_apart,
)
from floodready.materials.commands_transfer import (
    cancel_transfer,
    order_transfer,
    receive_transfer,
    send_transfer,
    settle_transfer,
    ship_transfer,
)

__all__ = [
    "accept_delivery",
    "account_for",
    "cancel_count",
    "cancel_transfer",
    "close_incident",
    "complete_paper",
    "condemn_stock",
    "file_paper",
    "import_ledger",
    "issue_order",
    "issue_stock",
    "observe",
    "open_count",
    "open_incident",
    "order_transfer",
    "post_count",
    "put_equipment",
    "put_item",
    "put_place",
    "put_quotas",
    "put_set",
    "receive_stock",
    "receive_transfer",
    "record_test",
    "release_stock",
    "reserve_stock",
    "resolve_code",
    "reverse_movement",
    "send_transfer",
    "set_apart",
    "set_figures",
    "settle_transfer",
    "ship_transfer",
]  # fmt: skip
