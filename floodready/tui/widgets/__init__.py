"""Widgets that know no pillar."""
