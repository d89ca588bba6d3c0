"""The sizes and times by which the store works."""

from __future__ import annotations

from floodready.frozen import frozen


@frozen
class Limits:
    """Tests make them small."""

    segment_bytes: int = 4 << 20
    """A segment that has reached this is closed by the next writer."""
    room_bytes: int = 1 << 18
    """So many zeros are set aside at a time behind the open segment's last line."""
    lines_between_snapshots: int = 2000
    """So many lines an opening may have to read beyond the snapshot."""
    lines_in_memory: int = 5000
    """Lines kept parsed, for projections that are asked for late."""
    patience: float = 30.0
    """How long a writer waits for another, in seconds."""
