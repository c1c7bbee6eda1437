"""Real processes: killed, at once, and forking."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from feedpub.errors import PublishError
from feedpub.publish import measure
from feedpub.targets import DirectoryTarget
from publish.documents import fail_to_wait, publish, read_owned, whole
from targets.broken_files import CountingFiles, QuickFiles

if TYPE_CHECKING:
    from pathlib import Path

OLD = {"politics.rss": b"old", "archive/politics/2026-01.atom": b"January"}
NEW = {"politics.rss": b"new", "tech.rss": b"tech"}

KILLED = """
import os, signal, sys
from publish.documents import publish
from targets.broken_files import CountingFiles
from feedpub.targets import DirectoryTarget

class Deadly(CountingFiles):
    def fail(self, name):
        if len(self.calls) > int(sys.argv[2]):
            os.kill(os.getpid(), signal.SIGKILL)

publish(DirectoryTarget(sys.argv[1], files=Deadly()), {"politics.rss": b"new", "tech.rss": b"tech"})
"""

HOLDING = """
import sys
from feedpub.targets import DirectoryTarget

with DirectoryTarget(sys.argv[1]).hold(on_wait=sys.exit):
    print("held", flush=True)
    sys.stdin.read()
"""

FORKING = """
import os, signal, sys
from feedpub.targets import DirectoryTarget

with DirectoryTarget(sys.argv[1]).hold(on_wait=sys.exit):
    if os.fork() == 0:
        print("forked", flush=True)
        sys.stdin.read()
        os._exit(0)
    signal.pause()
"""

PUBLISHING = """
import sys
from publish.documents import publish
from feedpub.targets import DirectoryTarget

name = sys.argv[2]
for number in range(10):
    files = {f"{name}.rss": b"own", "shared.rss": f"{name} {number}".encode(), f"archive/{name}/x.atom": b"own"}
    publish(DirectoryTarget(sys.argv[1]), files, on_wait=lambda sentence: None)
"""


def start(script: str, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", script, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={"PYTHONPATH": ":".join(path for path in sys.path if path)},
    )


def paths(folder: Path) -> set[str]:
    return {one.relative_to(folder).as_posix() for one in folder.rglob("*") if one.is_file()}


@pytest.mark.parametrize("progress", [0.1, 0.4, 0.6, 0.7, 0.8, 0.9])
def test_a_killed_process_leaves_whole_files_and_no_lock(tmp_path: Path, progress: float) -> None:
    counted, folder = CountingFiles(), tmp_path / "feeds"
    publish(DirectoryTarget(str(tmp_path / "counted"), files=QuickFiles()), OLD)
    publish(DirectoryTarget(str(tmp_path / "counted"), files=counted), NEW)
    publish(DirectoryTarget(str(folder), files=QuickFiles()), OLD)
    with start(KILLED, str(folder), str(int(len(counted.calls) * progress))) as process:
        process.communicate()
    assert process.returncode == -9
    assert (folder / "politics.rss").read_bytes() in (b"old", b"new")
    publish(DirectoryTarget(str(folder), patience=0), NEW)
    assert paths(folder) == whole(NEW).keys()
    assert {path: (folder / path).read_bytes() for path in paths(folder)} == whole(NEW)


@pytest.mark.parametrize("end", ["finish", "kill"])
def test_a_second_process_waits_until_the_first_ends_however_it_does(tmp_path: Path, end: str) -> None:
    folder = tmp_path / "feeds"
    said: list[str] = []
    with start(HOLDING, str(folder)) as process:
        assert process.stdout is not None
        assert process.stdin is not None
        assert process.stdout.readline() == "held\n"
        release = process.kill if end == "kill" else process.stdin.close

        def wait(sentence: str) -> None:
            said.append(sentence)
            release()

        with DirectoryTarget(str(folder)).hold(on_wait=wait):
            assert len(said) == 1


def test_a_worker_that_outlives_a_killed_run_does_not_keep_its_lock(tmp_path: Path) -> None:
    folder = tmp_path / "feeds"
    with start(FORKING, str(folder)) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "forked\n"
        impatient = DirectoryTarget(str(folder), patience=0)
        with pytest.raises(PublishError), impatient.hold(on_wait=lambda _: None):
            pytest.fail("two runs held one folder")
        process.kill()
        process.wait()
        with impatient.hold(on_wait=fail_to_wait):
            assert folder.exists()


def test_two_processes_at_once_do_not_mix(tmp_path: Path) -> None:
    folder = tmp_path / "feeds"
    with start(PUBLISHING, str(folder), "asia") as one, start(PUBLISHING, str(folder), "tech") as other:
        one.communicate()
        other.communicate()
    assert (one.returncode, other.returncode) == (0, 0)
    owned = read_owned(DirectoryTarget(str(folder)))
    assert paths(folder) == {*owned, "manifest.json"}
    assert {path: measure((folder / path).read_bytes()) for path in owned} == owned
    assert len(owned) == 3
