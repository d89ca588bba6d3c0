"""Screens of rectification: the list, one record, campaigns, and their forms."""
