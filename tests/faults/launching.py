"""Starts a command and tells, as JSON, what it took: ``launching.py SECONDS COMMAND…``. It holds little itself.

What the command prints goes to the file that is given as standard input. Each process of the command is ended after
so many seconds of CPU. The memory of several processes is what they have together, shared pages once (Linux's PSS).
"""

import json
import os
import resource
import sys
import time

_TURN = 0.05  # seconds between two looks at the processes


def launch(most: int, command: list[str]) -> dict[str, float]:
    """Run the command to its end."""
    child = os.fork()
    if child == 0:
        os.setsid()
        os.dup2(0, 1)
        nothing = os.open(os.devnull, os.O_RDONLY)
        os.dup2(nothing, 0)
        resource.setrlimit(resource.RLIMIT_CPU, (most, most + 5))
        resource.setrlimit(resource.RLIMIT_AS, (16 << 30, 16 << 30))
        os.execvp(command[0], command)  # noqa: S606 - it is what the test wants
    together = 0
    while True:
        done, status, usage = os.wait4(child, os.WNOHANG)
        if done:
            break
        together = max(together, measure_session(child))
        time.sleep(_TURN)
    return {
        "cpu": usage.ru_utime + usage.ru_stime,
        "peak": max(usage.ru_maxrss << 10, together),
        "status": os.waitstatus_to_exitcode(status),
    }


def measure_session(leader: int) -> int:
    """Return the bytes that the processes of a session have together, 0 where they are fewer than two."""
    members = [name for name in os.listdir("/proc") if name.isdigit() and _session_of(name) == leader]
    return sum(map(_measure, members)) if len(members) > 1 else 0


def _session_of(name: str) -> int:
    try:
        with open(f"/proc/{name}/stat", encoding="utf-8", errors="replace") as file:  # noqa: PTH123 - pathlib is slow to load
            return int(file.read().rpartition(")")[2].split()[3])
    except (OSError, ValueError, IndexError):
        return -1


def _measure(name: str) -> int:
    try:
        with open(f"/proc/{name}/smaps_rollup", encoding="utf-8") as file:  # noqa: PTH123 - as above
            return sum(int(line.split()[1]) << 10 for line in file if line.startswith("Pss:"))
    except OSError:
        return 0


if __name__ == "__main__":
    sys.stdout.write(json.dumps(launch(int(sys.argv[1]), sys.argv[2:])))
