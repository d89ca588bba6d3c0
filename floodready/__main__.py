"""Start floodready: the screens when nothing is asked, else the command line."""

from __future__ import annotations

import sys


def main(words: list[str] | None = None) -> int:
    """Run what the words of the command line ask for and give the exit code."""
    words = sys.argv[1:] if words is None else words
    if "status" in words:
        from floodready.cli.said_again import say_again

        code = say_again(words)
        if code is not None:
            return code
    from floodready.cli.app import run

    return run(words)


if __name__ == "__main__":
    sys.exit(main())
