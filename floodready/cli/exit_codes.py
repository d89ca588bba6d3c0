"""What the exit codes of `floodready` mean."""

from enum import IntEnum


class ExitCode(IntEnum):
    """Scripts may rely on these."""

    DONE = 0
    REFUSED = 1
    """A rule says no; the sentence on stderr says which and what to do."""
    USAGE = 2
    """The words of the command line cannot be understood."""
    STORE = 3
    """The disk, the folder or the journal stands in the way."""
    SHOWN = 4
    """What would be written was only shown; nothing is written until it is repeated with --yes."""
    INTERRUPTED = 130
    """Stopped by ctrl+c."""
