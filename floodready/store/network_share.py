"""Refusing a store on a network share: locks and syncs are not kept there as a journal needs them."""

from __future__ import annotations

from pathlib import Path

from floodready.language import say, verbatim
from floodready.refusal import StoreProblem

SHARES = frozenset(
    {
        "nfs",
        "nfs4",
        "cifs",
        "smb",
        "smb2",
        "smb3",
        "smbfs",
        "afs",
        "afpfs",
        "9p",
        "webdav",
        "davfs",
        "fuse.sshfs",
        "ncpfs",
    }
)
"""File systems that live on another machine."""


def require_local(folder: Path) -> None:
    """Refuse a folder on a network share. Raises StoreProblem."""
    import psutil

    place = folder.absolute()
    mounts = [mount for mount in psutil.disk_partitions(all=True) if place.is_relative_to(mount.mountpoint)]
    if not mounts:
        return
    nearest = max(mounts, key=lambda mount: len(mount.mountpoint))
    remote = "remote" in nearest.opts.split(",")  # how Windows tells of a share
    if remote or nearest.fstype.lower() in SHARES:
        raise StoreProblem(
            say(
                "{folder} is on a network share ({kind}): locks do not hold there, and two programs would spoil the "
                "journal. Keep the store on a disk of this machine.",
                folder=verbatim(str(folder)),
                kind=verbatim(nearest.fstype or "remote"),
            )
        )
