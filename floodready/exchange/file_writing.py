"""Writing a file for others: whole or not at all, and never over one that is there without being told to."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from tempfile import mkstemp
from typing import BinaryIO

from floodready.language import Sentence, say, verbatim
from floodready.os_reasons import reason_of
from floodready.refusal import Refused
from floodready.store.disk import RealDisk, whole_or_gone


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
    """Write a file; a link to one is followed. One that is there is kept until the new one is whole and on the disk.

    Raises FileIsThere where there is one and `overwrite` was not said, Refused, saying why, where it cannot be written.
    """
    try:
        mode = _mode(path)
        file = Path(os.path.realpath(path))
        if mode is None:
            _write_new(file, content)
        elif not stat.S_ISREG(mode):
            path.write_bytes(content)  # a device or a pipe: nothing there can be lost
        elif overwrite:
            _replace(file, content, mode)
        else:
            raise FileIsThere(path)
    except FileExistsError as error:  # another program was quicker
        raise FileIsThere(path) from error
    except OSError as error:
        raise Refused(
            say("{file} cannot be written: {cause}.", file=verbatim(str(path)), cause=reason_of(error))
        ) from error


def _mode(path: Path) -> int | None:
    try:
        return path.stat().st_mode
    except FileNotFoundError:
        return None


def _write_new(path: Path, content: bytes) -> None:
    with path.open("xb") as file, whole_or_gone(RealDisk(), path):
        _fill(file, content)


def _replace(path: Path, content: bytes, mode: int) -> None:
    number, name = mkstemp(dir=path.parent, prefix=".")  # nobody else may read it before it has its mode
    beside = Path(name)
    with whole_or_gone(RealDisk(), beside):
        with os.fdopen(number, "wb") as file:
            beside.chmod(stat.S_IMODE(mode))
            _fill(file, content)
        beside.replace(path)


def _fill(file: BinaryIO, content: bytes) -> None:
    file.write(content)
    file.flush()
    os.fsync(file.fileno())
