"""The completion script: try it in the shell it is for."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.cli.conftest import Type

ASK = """
source "$1"; shift
floodready() { echo "ASKED $*" >&2; [ "$*" = "person list --plain" ] && printf 'li\\t李伟\\nliu\\t刘军\\n'; }
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))
_shtab_floodready 2>/dev/null
printf '%s\\n' "${COMPREPLY[@]}"
"""


@pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")
@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        (["floodready", "han"], ["hand-over"]),
        (["floodready", "stock", "import-"], ["import-quotas"]),
        (["floodready", "sign-in", "l"], ["li", "liu"]),
        (["floodready", "person", "retire", "li"], ["li", "liu"]),
        (["floodready", "hazard", "assign", "X-1", "liu"], ["liu"]),
        (["floodready", "stock", "import", "led"], ["ledger.csv"]),
        (["floodready", "restore", "led"], ["ledger.csv"]),
        (["floodready", "brief", "shift", "--out", "led"], ["ledger.csv"]),
        (["floodready", "level", "declare", "I"], ["IV", "III", "II", "I"]),
    ],
)
def test_bash_completes_words_codes_and_files(
    typed: list[str], offered: list[str], type_: Type, tmp_path: Path
) -> None:
    (tmp_path / "ledger.csv").write_text("")
    (tmp_path / "script").write_text(type_("completion", "bash").out)
    (tmp_path / "ask").write_text(ASK)
    done = subprocess.run(
        ["bash", "--norc", str(tmp_path / "ask"), str(tmp_path / "script"), *typed],
        capture_output=True, text=True, check=False, cwd=tmp_path,
    )  # fmt: skip
    assert done.stdout.split() == offered


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_other_shells_have_their_script_too(shell: str, type_: Type) -> None:
    assert "hand-over" in type_("completion", shell).out
