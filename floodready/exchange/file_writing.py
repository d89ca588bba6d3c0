"""Writing a file for others: whole or not at all, and never over one that is there without being told to."""

from __future__ import annotations

from pathlib import Path

from floodready.language import Sentence, say, verbatim
from floodready.os_reasons import reason_of
from floodready.refusal import Refused


class FileIsThere(Refused):
    """A file of that name is there already; `is_there` says only that, for whoever asks instead of refusing."""

    code = "file-is-there"

    def __init__(self, path: Path) -> None:
        super().__init__(
            say("{file} is there already. Name another, or write over it: --overwrite", file=verbatim(str(path)))
        )
        self.path = path

    @property
    def is_there(self) -> Sentence:
        """Say that the file is there."""
        return say("{file} is there already.", file=verbatim(str(self.path)))


def write_out(path: Path, content: bytes, *, overwrite: bool = False) -> None:
    """Write a file. One that is there is kept until the new one is whole.

    Raises FileIsThere where there is one and `overwrite` was not said, Refused, saying why, where it cannot be written.
    """
    if path.is_file() and not overwrite:
        raise FileIsThere(path)
    try:
        if path.is_file():
            _replace(path.resolve(), content)
        elif path.exists():
            path.write_bytes(content)  # a device or a pipe: nothing there can be lost
        else:
            _write_new(path, content)
    except FileExistsError as error:
        raise FileIsThere(path) from error
    except OSError as error:
        raise Refused(
            say("{file} cannot be written: {cause}.", file=verbatim(str(path)), cause=reason_of(error))
        ) from error


def _replace(path: Path, content: bytes) -> None:
    beside = path.with_name(f".{path.name}.new")
    beside.unlink(missing_ok=True)  # of a writer that died
    _write_new(beside, content)
    beside.chmod(path.stat().st_mode & 0o777)
    beside.replace(path)


def _write_new(path: Path, content: bytes) -> None:
    with path.open("xb") as file:
        try:
            file.write(content)
            file.flush()
        except OSError:
            path.unlink(missing_ok=True)
            raise
