"""The commands of docs/serving.md do what it says, and print what it shows; pip's is the README's to try."""

from __future__ import annotations

import re
import shlex
import shutil
import signal
import subprocess
import sys
from pathlib import Path

from serving.running import DEADLINE
from tools import need_server

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "serving.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```console\n(.*?)```", PAGE, re.DOTALL)


def test_the_commands_print_what_is_shown(tmp_path: Path) -> None:
    need_server()
    shutil.copy(ROOT / "articles.yaml", tmp_path)
    assert len(BLOCKS) == 2
    for block in BLOCKS:
        for command, shown in re.findall(r"^\$ feedpub (.*)\n((?:[^$].*\n)*)", block, re.MULTILINE):
            assert run(tmp_path, *shlex.split(command)) == shown


def run(folder: Path, *arguments: str) -> str:
    """Run a command and return what it prints; one that serves, on any port, is ended after its first line."""
    is_serving = arguments[0] == "serve"
    command = [sys.executable, "-m", "feedpub", *arguments, *(["--port=0"] if is_serving else [])]
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, text=True, encoding="utf-8") as process:
        assert process.stdout is not None
        printed = process.stdout.readline() if is_serving else ""
        if is_serving:
            process.send_signal(signal.SIGTERM)
        printed += process.communicate(timeout=DEADLINE)[0]
    assert process.returncode == 0
    return re.sub(r":\d+/", ":8000/", printed)
