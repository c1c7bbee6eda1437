"""The whole command line in this process: what a run does and says, without an interpreter's start."""

from __future__ import annotations

import re
import sys
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from typing import TYPE_CHECKING, NamedTuple

from feedpub.cli import main

if TYPE_CHECKING:
    from pathlib import Path

_PASSING = re.compile(r" \(\d+\.\d\d s\)|^time: .*\n|^the cache .*\n", re.MULTILINE)


class Said(NamedTuple):
    """How a run ended, and what it said, without how long it took and what was the matter with its cache."""

    code: int
    out: str
    err: str


def run_here(*arguments: str) -> Said:
    """Run ``feedpub ARGUMENTS`` in this process and in its folder."""
    out, err, before = StringIO(), StringIO(), sys.argv
    sys.argv = ["feedpub", *arguments]
    code: object = None
    try:
        with redirect_stdout(out), redirect_stderr(err):
            main()
    except SystemExit as end:
        code = end.code
    finally:
        sys.argv = before
    return make_plain(code, out.getvalue(), err.getvalue())


def make_plain(code: object, out: str, err: str) -> Said:
    """Return what is the same in any two runs that find the same."""
    return Said(code if isinstance(code, int) else 0, _PASSING.sub("", out), _PASSING.sub("", err))


def read_folder(folder: Path) -> dict[str, bytes]:
    """Return what a folder holds, by relative path; of a link, where it leads."""
    return {
        one.relative_to(folder).as_posix(): f"-> {one.readlink()}".encode() if one.is_symlink() else one.read_bytes()
        for one in (folder.rglob("*") if folder.is_dir() else ())
        if one.is_symlink() or one.is_file()
    }
