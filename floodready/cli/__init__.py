"""The command line: one thin module a pillar; what the screens do can be done here too, by the same commands."""
