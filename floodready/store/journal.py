"""The journal of one generation: lines are appended, read as others append them, and synced.

Nothing here knows what the lines mean, beyond their numbers, instants and hashes.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from floodready.language import Sentence, say, verbatim
from floodready.refusal import StoreProblem
from floodready.store.disk import Disk, Handle, write_all
from floodready.store.history import History, Position, ends_at
from floodready.store.limits import Limits
from floodready.store.line import Facts, confirmed_by, read_line, seal, write_line
from floodready.store.segments import (
    FIRST_CHUNK,
    ROOM,
    closing_line,
    damaged,
    first_seq_of,
    lines_from,
    lines_in,
    read_segment,
    segment_name,
    segment_names,
    without_room,
)
from floodready.store.standing import Watch, first_lost
from floodready.store.torn_end import damage_in, put_aside

_NOTHING = ROOM * FIRST_CHUNK
"""What is read where no line is new."""


class Shortened(Exception):
    """The journal is not what was read of it: lines that nobody had accepted were taken back, or files changed."""

    def __init__(self, found: list[Facts]) -> None:
        super().__init__()
        self.found = found
        """Whole lines that were read before that was noticed."""


class Journal(History):
    """One process's hold on the journal: up to where it has read, and the open end to which it appends."""

    def __init__(self, disk: Disk, folder: Path, limits: Limits) -> None:
        super().__init__(disk, folder)
        self._limits = limits
        self.synced = 0
        """The highest number known to be on disk."""
        self._known_synced = False
        self._told = 0
        """The highest number of which the lines that were read say that it is on disk."""
        self.damage: StoreProblem | None = None
        """What stops writing: a line that others were told is on disk is not as it was written."""
        self._unread = False
        self._closed = False
        self._writable = False
        self.failed: StoreProblem | None = None
        """A sync that failed: this hold on the journal is finished, as a second try would succeed without writing."""
        self._handle: Handle | None = None
        self._room = 0
        """Up to here the open segment needs no new length."""
        self._looked_behind = False
        self._names: object = None
        """The state of the folder's names when the open file was last found in its place."""
        self._watch = Watch(disk, folder)

    @property
    def confirmed(self) -> int:
        """The highest number of which somebody was told that it is on disk, as far as is known here."""
        return max(self.synced, self._told)

    @property
    def path(self) -> Path:
        """The file to which lines are now appended."""
        return self.folder / self.position.segment

    @property
    def end(self) -> Handle:
        """The open file to which lines are now appended."""
        if self._handle is None:
            self._handle = self._disk.open(self.path)
        return self._handle

    def close(self) -> None:
        """Let go of the file; it is closed when no thread is syncing it any more."""
        self._handle = None

    def forget_cache(self) -> None:
        """Have the open segment read from the disk again, not from a cache that a failed sync left."""
        names = segment_names(self._disk, self.folder)
        if names:
            handle = self._disk.open(self.folder / names[-1])
            handle.forget_cache()
            handle.close()

    def start(self, position: Position | None) -> Iterator[Facts]:
        """Begin at a position (of a snapshot) or at the very first line; gives the lines of closed segments after it.

        What follows in the open segment is given by `new_lines`. Stops at damage.
        """
        position = position or Position()
        self._told = position.seq  # a snapshot is of what is on disk
        names = segment_names(self._disk, self.folder) or [segment_name(1)]
        self.position = position
        if position.segment == names[-1]:
            return
        for name in names[:-1]:
            if name < position.segment:
                continue
            taken_in = position.offset if name == position.segment else 0
            before = self.position.seq - first_seq_of(name) + 1
            try:
                data = read_segment(self._disk, self.folder, name, taken_in)
                for facts in lines_in(data, self.folder / name, before):
                    if facts["prev"] != self.position.hash:
                        raise damaged(self.folder / name, facts["seq"] - first_seq_of(name) + 1)
                    self._moved(name, 0, facts)
                    yield facts
            except StoreProblem as problem:
                self.damage = problem
                return
        last = self.position
        self._told = last.seq
        self.position = Position(segment=names[-1], seq=last.seq, hash=last.hash, at=last.at)

    def has(self, position: Position) -> bool:
        """Tell whether the journal reaches a position."""
        names = segment_names(self._disk, self.folder)
        if not names or position.segment != names[-1]:
            return position.segment in names
        handle = self._disk.open(self.folder / position.segment)
        try:
            return ends_at(handle, position)
        finally:
            handle.close()

    def new_lines(self) -> list[Facts]:
        """Read the whole lines that were added since, by whomever; stop at the first that is not whole.

        Raises Shortened, also where another file stands in the place of the one that was read.
        """
        found: list[Facts] = []
        # Whoever closes and compresses a segment takes it away: what was written to it before is read then.
        for _ in range(2):
            if self.damage is not None:
                return found
            while self._read_on(found):
                pass
            if self._closed or self._in_place():
                return found
        raise Shortened(found)

    def _in_place(self) -> bool:
        """Tell whether the open file is still the one that its name stands for.

        The folder tells: asking a file that is written to for its times makes the system note them with the next
        write, which a commit would pay for.
        """
        names = self._disk.state_of_names(self.folder)
        if names is None or names != self._names:
            if not self.end.in_place():
                return False
            self._names = names
        return True

    def ready(self) -> Sentence | None:
        """Make the end fit for appending, under the writer's lock and with all lines read.

        A last line that nobody was told is on disk is moved aside, which the sentence tells. Raises StoreProblem
        where a line that counts is damaged, or the file cannot be written.
        """
        if self.damage is not None:
            raise self.damage
        told = None
        try:
            if not self._writable:
                self._reopen_for_writing()
            if not self._looked_behind:
                self._look_behind()
            if self._unread and not self._closed:
                told = self._move_torn_aside()
            self._know_synced()
            if self._closed or self.position.offset >= self._limits.segment_bytes:
                self._begin_segment()
        except OSError as error:
            raise self.cannot_write(error) from error
        return told

    def _know_synced(self) -> None:
        """Sync what others wrote before this process's first line, which can then say that it is on disk.

        Without it programs of one line each, like the command line, would never say so, and a line damaged later would
        pass for one that nobody was told of. What its writer synced costs next to nothing to sync again.
        """
        if not self._known_synced:
            self.sync_now(self.end, self.position.seq)
            self._known_synced = True

    def append(self, facts: Facts) -> Facts:
        """Write the next line at the end; `ready` came before. A line that does not fit is taken back whole.

        Raises StoreProblem.
        """
        if self.failed is not None:
            raise self.failed
        facts["prev"] = self.position.hash
        line, digest = write_line(facts)
        offset = self.position.offset
        behind = offset + len(line)
        try:
            if behind > self._room:
                self._make_room(behind)
            taken = self.end.write(offset, line)
            if taken < len(line):
                write_all(self.end, offset + taken, line[taken:])
        except OSError as error:
            self._unread = True
            self._take_back()
            raise self.cannot_write(error) from error
        facts["hash"] = digest
        self._moved(self.position.segment, behind, facts)
        return facts

    def sync_now(self, end: Handle, covered: int) -> None:
        """Wait until the lines up to `covered`, in this open file, are on disk. Raises StoreProblem."""
        try:
            end.sync()
        except OSError as error:
            self.failed = self.cannot_write(error)
            raise self.failed from error
        if self.failed is not None:
            raise self.failed  # the system told another thread of an error that was about these lines too
        self.synced = max(self.synced, covered)

    def cannot_write(self, error: OSError) -> StoreProblem:
        """Make the error that tells why nothing was accepted."""
        from floodready.os_reasons import reason_of  # reading needs no excuse

        if isinstance(error, PermissionError) or error.errno == 30:
            return StoreProblem(
                say(
                    "{folder} is read-only for this program ({reason}). Reading works; to write, ask for the right to.",
                    folder=verbatim(str(self.folder.parent)),
                    reason=reason_of(error),
                )
            )
        return StoreProblem(
            say(
                "{file} cannot be written: {reason}. Nothing was accepted. Make room or repair the disk, then repeat.",
                file=verbatim(str(self.path)),
                reason=reason_of(error),
            )
        )

    def _moved(self, segment: str, offset: int, facts: Facts) -> None:
        self.position = Position(segment, offset, facts["seq"], facts["hash"], facts["at"])

    def _read_on(self, found: list[Facts]) -> bool:
        """Read what is new in the open segment; tells whether it was closed, so that the next is to be read."""
        known = seal(self.position.hash) if self.position.offset else b""
        read = self.end.read(self.position.offset - len(known), len(known) + FIRST_CHUNK)
        if not read.startswith(known):
            raise Shortened(found)
        unread = read[len(known) :]
        self._unread = not _NOTHING.startswith(unread)
        if not self._unread:
            return False
        segment, offset, seq, digest, at = self.position
        following = None
        for line, end in lines_from(self.end, offset, unread):
            facts = read_line(line)
            if facts is None or facts["prev"] != digest:
                break
            if "closed" in facts:
                following = facts["next"]
                break
            if facts["seq"] != seq + 1:
                break
            offset, seq, digest, at = end, seq + 1, facts["hash"], facts["at"]
            found.append(facts)
        if found:
            self._told = max(self._told, confirmed_by(found[-1]))
        self.position = Position(segment, offset, seq, digest, at)
        if following is not None:
            self._closed = not self._follow(following)
            return not self._closed
        self._unread = self.end.read(offset, 1) not in (b"", ROOM)
        return False

    def _follow(self, following: str) -> bool:
        if not self._disk.exists(self.folder / following):
            # Its writer died before it made the next one, or is about to make it.
            if not self._disk.exists(self.folder / (following + ".gz")):
                return False
            raise Shortened([])  # so much was written meanwhile that it is simpler to begin anew
        self._enter(following)
        return True

    def _enter(self, segment: str) -> None:
        self._handle, self._room, self._names = None, 0, None
        last = self.position
        self._told = max(self._told, last.seq)
        self.position = Position(segment=segment, seq=last.seq, hash=last.hash, at=last.at)
        if self._writable:
            self._handle = self._disk.open(self.path, write=True)

    def _reopen_for_writing(self) -> None:
        self._handle, self._writable = self._disk.open(self.path, write=True), True

    def _begin_segment(self) -> None:
        following = segment_name(self.position.seq + 1)
        if not self._closed:
            # First the lines, then the line that says they are all: a closed segment is never torn.
            self.end.sync()
            self.synced = max(self.synced, self.position.seq)
            last = {"seq": self.position.seq, "prev": self.position.hash, "at": self.position.at}
            try:
                end = write_all(self.end, self.position.offset, closing_line(last, following))
            except OSError:
                self._take_back()
                raise
            self.end.truncate(end)
            self.end.sync()
        self._disk.open(self.folder / following, write=True, create=True).close()
        self._disk.sync_folder(self.folder)
        self._closed = False
        self._enter(following)

    def lost(self) -> StoreProblem | None:
        """Name a line that somebody was told is on disk and that is not there, from the segment read last on."""
        return first_lost(self._disk, self.folder, self.position.segment, self.confirmed)

    def look_over(self) -> bool:
        """Look for damage in the files that changed since the last look; tells whether damage of before is mended."""
        self._names = None
        damage = self._watch.look_over(self.position.segment, self.confirmed)
        if self.damage is None:
            self.damage = damage
            return False
        return damage is None and self.lost() is None

    def look_for_damage(self) -> StoreProblem | None:
        """Tell what will stop the next writer: a line that counts and is not as it was written."""
        if self.damage is None and not self._looked_behind:
            self._look_behind()
        if self.damage is None and self._unread and not self._closed:
            # The first reading may meet a line half written; whatever it sees traces of, the second sees whole.
            self._rest()
            self.damage = damage_in(self.path, self.position, self._rest())
        return self.damage

    def _move_torn_aside(self) -> Sentence:
        torn = self._rest()
        self.damage = damage_in(self.path, self.position, torn)
        if self.damage is not None:
            raise self.damage
        told = put_aside(self._disk, self.folder.parent, self.position.seq + 1, torn)
        self._cut_off()
        self.end.sync()
        return told

    def _take_back(self) -> None:
        with suppress(OSError):  # the next writer moves the torn line aside
            self._cut_off()

    def _cut_off(self) -> None:
        """End the open segment behind its last line."""
        self._room = 0
        self.end.truncate(self.position.offset)
        self._unread = False

    def _make_room(self, needed: int) -> None:
        self._room = self.end.size()
        if self._room < needed:
            self._room = needed + self._limits.room_bytes
            with suppress(OSError):  # whether this line still fits shows when it is written
                self.end.make_room(self._room)

    def _look_behind(self) -> None:
        """Notice what a power failure left behind a hole; while programs run, no hole comes into being."""
        self._looked_behind = True
        self._unread = self._unread or bool(self._rest())

    def _rest(self) -> bytes:
        """Read what stands in the open segment after the lines that were taken in, without the room after it."""
        offset = self.position.offset
        return without_room(self.end.read(offset, max(0, self.end.size() - offset)))
