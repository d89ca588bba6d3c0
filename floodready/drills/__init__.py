"""Drills: planned in time, with aim and script, run by the clock, rated honestly, and their findings really mended."""
