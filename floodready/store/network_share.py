"""Refusing folders on network shares, where locks and syncs do not hold what they promise."""

from __future__ import annotations

from pathlib import Path

from floodready.language import say, verbatim
from floodready.refusal import StoreProblem

NETWORK_TYPES = frozenset(
    {"nfs", "nfs4", "cifs", "smbfs", "smb3", "afs", "ncpfs", "9p", "fuse.sshfs", "davfs", "webdav"}
)


def refuse_network_share(folder: Path) -> None:
    """Raise StoreProblem where a folder lies on a network share."""
    kind = file_system_of(folder)
    if kind in NETWORK_TYPES:
        raise StoreProblem(
            say(
                "{folder} is on a network share ({kind}). Two machines writing there can each be told that their entry "
                "is safe while one is lost. Choose a folder on a disk of this machine.",
                folder=verbatim(str(folder)),
                kind=verbatim(kind),
            )
        )


def file_system_of(folder: Path) -> str:
    """Name the type of the file system a folder lies on; empty where the system does not tell."""
    import psutil

    path = folder.resolve()
    mounts = [part for part in psutil.disk_partitions(all=True) if path.is_relative_to(part.mountpoint)]
    return max(mounts, key=lambda part: len(part.mountpoint)).fstype.lower() if mounts else ""
