"""Print the README's two commands, demo first, one a line: the code blocks marked `<!-- command: NAME -->`."""

import re
import sys
from pathlib import Path

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")

for name in ("demo", "test"):
    found = re.search(rf"<!-- command: {name} -->\s*```sh\n(.+?)\n```", README, re.DOTALL)
    if found is None:
        sys.exit(f"README.md has no command marked {name}")
    print(found[1])
