"""Papers about the whole duty room: shift brief, daily brief, season report, inspection pack."""
