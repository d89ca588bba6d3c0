"""Start floodready: the screens when nothing is asked, else the command line."""

from __future__ import annotations

import sys


def main(words: list[str] | None = None) -> int:
    """Run what the words of the command line ask for and give the exit code."""
    from floodready.cli.app import run

    return run(sys.argv[1:] if words is None else words)


if __name__ == "__main__":
    sys.exit(main())
