"""Run a command in a pseudo-terminal, wait until the board stands there, leave with ctrl+q, and expect success."""

import os
import pty
import select
import sys
import time

LIMIT_SECONDS = 300
AWAITED = b"floodready"


def main() -> int:
    """Give the exit code of the command; 1 where the board never came."""
    child, terminal = pty.fork()
    if child == 0:
        os.environ.update(TERM="xterm-256color", COLUMNS="80", LINES="24")
        os.execvp("bash", ["bash", "-c", sys.argv[1]])
    seen, pressed, end = b"", False, time.monotonic() + LIMIT_SECONDS
    while time.monotonic() < end:
        ready, _, _ = select.select([terminal], [], [], 1)
        try:
            seen += os.read(terminal, 65536) if ready else b""
        except OSError:  # the command has closed its terminal
            break
        if not ready and pressed:
            os.write(terminal, b"\x11")
        elif not ready and AWAITED in seen and b"\x1b[?1049h" in seen:
            os.write(terminal, b"\x11")
            pressed = True
    _, status = os.waitpid(child, 0)
    if not pressed:
        sys.stdout.write(seen.decode(errors="replace")[-4000:])
        print("\nThe board did not come.")
        return 1
    return os.waitstatus_to_exitcode(status)


if __name__ == "__main__":
    sys.exit(main())
