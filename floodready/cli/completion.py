"""Completion scripts for shells, made by shtab from the parser, so that they never lag behind it."""

from __future__ import annotations

import argparse


def script(shell: str, parser: argparse.ArgumentParser) -> str:
    """Give the completion script for bash, zsh or fish."""
    import shtab

    return str(shtab.complete(parser, shell=shell))
