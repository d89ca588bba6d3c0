"""The JSON document store: one journal, everything else derived."""
