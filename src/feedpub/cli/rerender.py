"""A catalogue rendered in a process of its own, while this one does something else.

Rendering switches the locale of its process, takes all of a core and may need much memory: none of it is a server's.
"""

from __future__ import annotations

import asyncio
import contextlib
import sys
from asyncio.subprocess import DEVNULL, PIPE
from datetime import UTC, datetime

from feedpub.errors import EXIT_OK

_TIME = "%Y-%m-%dT%H:%M:%SZ"


async def rerender(catalogue: str, *, output: str) -> tuple[int, datetime | None]:
    """Render, with every problem on stderr; return the exit code, and when the output will next change by itself."""
    code, _ = await _run("render", "--quiet", "--output", output, "--", catalogue)
    if code != EXIT_OK:
        return code, None
    _, told = await _run("due", "--output", output, "--", catalogue, is_told=True)
    try:
        return code, datetime.strptime(told.strip(), _TIME).replace(tzinfo=UTC)
    except ValueError:  # "never"
        return code, None


async def _run(*arguments: str, is_told: bool = False) -> tuple[int, str]:
    """Run feedpub; return its exit code, and what it prints on stdout where it is to be told."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-P",  # the catalogue's folder holds no modules of ours
        "-m",
        "feedpub",
        *arguments,
        stdin=DEVNULL,
        stdout=PIPE if is_told else sys.stderr,
        stderr=DEVNULL if is_told else None,
        start_new_session=True,  # Ctrl-C is for this process, which ends that one
    )
    try:
        told, _ = await process.communicate()
    except asyncio.CancelledError:
        with contextlib.suppress(ProcessLookupError):
            process.terminate()
        await process.wait()
        raise
    return process.returncode or 0, (told or b"").decode()
