"""What is wrong with what was seen of a server, in words; nothing where all is well."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from serving.running import Server

GROWTH = 8.0
"""MiB by which memory may grow after the first quarter of a load: an allocator's own."""
SAID = re.compile(
    r"feeds is served at .+|a new publication: \d+ documents?|.+; what was published before goes on being served"
    r"|\d+ lines? of the log could not be written in time"
)
"""What a server that is well may say."""


def judge_load(report: Mapping[str, Any], *, least: int = 100, is_ended: bool = False) -> list[str]:
    """Return what is wrong with the answers to a load; with ``is_ended``, the server was ended meanwhile."""
    faults = list(report["faults"])
    if report["number"] < least:
        faults.append(f"{report['number']} answers")
    allowed = {"closed", "unanswered", "refused", "faults"} if is_ended else {"faults"}
    faults += [f"{number} connections {end}" for end, number in report["ends"].items() if end not in allowed]
    return faults


def judge_memory(sizes: Sequence[float]) -> list[str]:
    """Return what is wrong with memory (MiB) over a load: after its first quarter it no longer grows."""
    early = max(sizes[: max(len(sizes) // 4, 1)])
    late = max(sizes)
    return [f"memory grew from {early:.0f} to {late:.0f} MiB"] if late - early > GROWTH else []


def judge_order(report: Mapping[str, Any], publications: Sequence[Mapping[str, str]]) -> list[str]:
    """Return what is wrong with the documents that connections saw, while publications took each other's place.

    ``publications`` are digests by path, the oldest first. What a connection sees is of one, then of a later one.
    """
    faults = []
    for number, sightings in enumerate(report["sightings"]):
        at = 0
        for path, digest in sightings:
            found = [one for one in range(at, len(publications)) if publications[one].get(path) == digest]
            if not found:
                faults.append(
                    f"connection {number} saw {path} as {digest}, which is none of publication {at} and later"
                )
                break
            at = found[0]
    return faults


def judge_words(server: Server) -> list[str]:
    """Return what a server has said that it should not have."""
    return [line for line in server.told().splitlines() if not SAID.fullmatch(line)]


def judge_reply(reply: bytes, allowed: Sequence[tuple[int, ...]]) -> list[str]:
    """Return what is wrong with all that came on a connection: the statuses, or what they let slip."""
    statuses = tuple(int(one) for one in re.findall(rb"HTTP/1\.1 (\d{3}) ", reply))
    faults = [] if statuses in allowed else [f"{statuses}, where {allowed} are right"]
    return faults + judge_bytes(reply, statuses)


def judge_bytes(reply: bytes, statuses: Sequence[int]) -> list[str]:
    """Return what no reply may have, whatever was asked."""
    faults = [f"a {status}" for status in statuses if status >= 500 and status != 505]
    if reply and not reply.startswith(b"HTTP/1.1 "):
        faults.append(f"no answer: {reply[:80]!r}")
    faults += [f"{word!r} in an answer" for word in (b"Traceback", b"root:", b"secret") if word in reply]
    return faults
