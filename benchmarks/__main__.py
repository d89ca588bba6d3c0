"""Run every benchmark in turn: `make bench`. Medians and ratios against a peer in the same run."""

from benchmarks import (
    cli_status,
    materials_ledger,
    readiness_speed,
    store_open,
    store_update,
    store_writers,
    tui_filter_keys,
    tui_first_frame,
    tui_table_keys,
)

for part in (
    store_update,
    store_open,
    store_writers,
    cli_status,
    readiness_speed,
    tui_first_frame,
    tui_table_keys,
    tui_filter_keys,
    materials_ledger,
):
    print(f"== {part.__name__}")
    part.main()
