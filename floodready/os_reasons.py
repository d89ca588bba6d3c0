"""Why the operating system refused a file, in the reader's language."""

from __future__ import annotations

from errno import errorcode

from floodready.language import Sentence, say, verbatim

_REASONS = {
    "ENOENT": say("no such file or folder"),
    "EACCES": say("no permission"),
    "EPERM": say("not permitted"),
    "ENOSPC": say("no space is left on the disk"),
    "EDQUOT": say("your share of the disk is used up"),
    "EROFS": say("the disk can only be read"),
    "EISDIR": say("it is a folder"),
    "ENOTDIR": say("what stands above it is not a folder"),
    "ENOTEMPTY": say("the folder is not empty"),
    "EEXIST": say("it is there already"),
    "EBUSY": say("another program is using it"),
    "ETXTBSY": say("another program is using it"),
    "ENAMETOOLONG": say("its name is too long"),
    "ELOOP": say("its links lead in a circle"),
    "EFBIG": say("it would become too large"),
    "EIO": say("the disk does not answer as it should"),
    "EMFILE": say("too many files are open"),
    "ENFILE": say("too many files are open"),
}
"""The common ones, by name: not every system has every number; what else the system says stands in its own words."""


def reason_of(error: Exception) -> Sentence:
    """Say why a file could not be used; what is no refusal of the system says so itself."""
    if not isinstance(error, OSError):
        return verbatim(str(error))
    return _REASONS.get(errorcode.get(error.errno or 0, "")) or verbatim(error.strerror or str(error))


def refusal_of(error: OSError) -> Sentence:
    """Say which file cannot be used, and why."""
    if error.filename is None:
        return reason_of(error)
    return say("{file} cannot be used: {reason}.", file=verbatim(str(error.filename)), reason=reason_of(error))
