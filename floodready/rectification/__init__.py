"""Rectification: whatever is to be put right by someone by a date, and checked by someone else."""
