"""Readiness: lines from every pillar, coloured by the first rule that fits, rolled up by the worst link."""
