"""Whoever reads pieces, in whatever order, and whatever they lose: the bytes are the same."""

from __future__ import annotations

import time
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future, ThreadPoolExecutor
from contextlib import chdir
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import feedpub
from catalogues import write_article, write_shards
from feedpub.loading import afar, gathering, harvesting, loader
from feedpub.workers import versions
from feedpub.workers.cluster import do_there
from feedpub.workers.lost import LostError
from feedpub.workers.processes import start_processes
from feedpub.workers.versions import PACKAGES, compare_versions, list_versions
from feedpub.workers.workers import Workers
from tools import need_modules
from workers.fakes import FakeExecutor

if TYPE_CHECKING:
    from feedpub.source import Piece
    from workers.fakes import Fault

NOW = datetime(2026, 6, 1, tzinfo=UTC)
SHARDS = 40

PIECES = SHARDS + 1  # the shards, and what follows the head in the root file


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Write a catalogue of shards, each of which is a piece."""
    write_shards(tmp_path / "home", shards=SHARDS, entries=6)
    monkeypatch.setattr(loader, "LARGE", 1)
    monkeypatch.setattr(gathering, "_BATCH", 3)
    return tmp_path / "home"


def publish(folder: Path, output: Path, *, executor: Workers | None = None) -> dict[str, bytes]:
    with chdir(folder):
        feedpub.render(now=NOW, output=output, executor=executor)
    return {path.name: path.read_bytes() for path in output.iterdir()}


def make(fake: FakeExecutor, *, is_far: bool = True, patience: float | None = None) -> Workers:
    return Workers(lambda: fake, count=2, is_far=is_far, patience=patience)


@pytest.fixture
def read_here(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note the names of the files of which a piece was read in place of the workers."""
    names: list[str] = []
    original = harvesting.harvest

    def harvest(path: Path, piece: Piece, *, name: str, frame: harvesting.Frame) -> harvesting.Harvest | None:
        names.append(name)
        return original(path, piece, name=name, frame=frame)

    monkeypatch.setattr(gathering, "harvest", harvest)
    return names


@pytest.mark.parametrize("is_far", [False, True])
def test_results_keep_the_order_of_the_catalogue(
    is_far: bool,  # noqa: FBT001 - pytest passes it by name
    folder: Path,
    tmp_path: Path,
    read_here: list[str],
) -> None:
    whole = publish(folder, tmp_path / "whole")
    read_here.clear()
    fake = FakeExecutor()
    workers = make(fake, is_far=is_far)
    assert publish(folder, tmp_path / "out", executor=workers) == whole
    assert sorted(fake.numbers) == list(range(len(fake.numbers))) != fake.numbers
    assert len(fake.numbers) >= SHARDS / 4
    assert (workers.trouble, fake.is_shut) == ("", False)
    if is_far:
        assert read_here == []


def test_of_two_entries_with_one_id_the_later_file_is_told_of(folder: Path, tmp_path: Path) -> None:
    with (folder / "more" / "039.yaml").open("a") as file:
        file.write(write_article(3_001, url="other"))
    with chdir(folder):
        here = feedpub.check(now=NOW, output=tmp_path / "none")
        there = feedpub.check(now=NOW, output=tmp_path / "none", executor=make(FakeExecutor()))
    assert there == here
    (error,) = [one for one in there if one.severity == "error"]
    assert (error.file, error.rule) == ("more/039.yaml", "duplicate-id")


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        (lambda number: BrokenExecutor("somebody killed it") if number >= 4 else None, "somebody killed it"),
        (lambda number: None if number % 3 else CancelledError(), "its connection broke"),
        (lambda number: OSError("no such disk\nat all") if number == 2 else None, "no such disk"),
        (lambda _: MemoryError(), "MemoryError"),
    ],
)
def test_what_far_workers_lose_is_read_here(
    fault: Fault, reason: str, folder: Path, tmp_path: Path, read_here: list[str]
) -> None:
    whole = publish(folder, tmp_path / "whole")
    read_here.clear()
    workers = make(FakeExecutor(fault))
    assert publish(folder, tmp_path / "out", executor=workers) == whole
    assert len(read_here) >= 3
    assert workers.trouble == f"{len(read_here)} tasks were done here, not by the executor: {reason}"


def test_who_does_not_answer_is_not_asked_again(folder: Path, tmp_path: Path, read_here: list[str]) -> None:
    whole = publish(folder, tmp_path / "whole")
    read_here.clear()
    fake = FakeExecutor(is_silent=True)
    workers = make(fake, patience=0.01)
    assert publish(folder, tmp_path / "out", executor=workers) == whole
    assert len(read_here) == PIECES
    assert len(fake.held) == 1
    assert workers.trouble == f"{PIECES} tasks were done here, not by the executor: it did not answer for 0 s"


def test_what_goes_wrong_in_a_process_of_ours_is_raised() -> None:
    workers = make(FakeExecutor(lambda _: OSError("no such disk")), is_far=False)
    with pytest.raises(OSError, match="no such disk"):
        workers.result(workers.submit(len, "abc"))
    workers = make(FakeExecutor(lambda _: BrokenExecutor("killed")), is_far=False)
    with pytest.raises(LostError, match="killed"):
        workers.result(workers.submit(len, "abc"))
    assert workers.trouble == "a task was done here, not by the executor: killed"


def test_processes_are_started_for_a_task_and_end_with_the_block() -> None:
    with start_processes(2) as workers:
        assert workers.result(workers.submit(len, "abc")) == 3
        workers.close()
        assert workers.result(workers.submit(len, "abcd")) == 4


def test_a_file_that_is_another_one_there_is_read_here(
    folder: Path, tmp_path: Path, read_here: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = publish(folder, tmp_path / "whole")
    read_here.clear()
    original = harvesting.read_bytes

    def read_bytes(path: Path, offset: int, length: int) -> bytes:
        data = original(path, offset, length)
        if path.name == "007.yaml":
            raise PermissionError("permission denied")
        return data.replace(b"Title", b"title") if path.name == "003.yaml" else data

    monkeypatch.setattr(afar, "read_bytes", read_bytes)
    workers = make(FakeExecutor())
    assert publish(folder, tmp_path / "out", executor=workers) == whole
    assert read_here == ["more/003.yaml", "more/007.yaml"]
    assert workers.trouble == "2 tasks were done here, not by the executor: more/003.yaml is another file there"


@pytest.mark.parametrize("scheme", ["file", "memory"])
def test_files_are_found_at_a_url(scheme: str, folder: Path, tmp_path: Path, read_here: list[str]) -> None:
    need_modules("fsspec")
    (folder / "more" / "001.yaml").rename(folder / "more" / "más::1 100% #a?b.yaml")
    (folder / "more" / "text.md").write_text("A body of its own.\n")
    with (folder / "more" / "011.yaml").open("a") as file:
        file.write(write_article(77_777, body="", body_file="text.md", published="2026-05-31T10:00"))
    whole = publish(folder, tmp_path / "whole")
    read_here.clear()
    url = copy_files(folder, f"{scheme}://{tmp_path / 'copy'}", without="005.yaml", altered="003.yaml")
    fake = FakeExecutor()
    workers = Workers(lambda: fake, count=2, is_far=True, files=url)
    assert publish(folder, tmp_path / "out", executor=workers) == whole
    assert read_here == ["more/003.yaml", "more/005.yaml", "more/011.yaml"]
    assert workers.trouble == "2 tasks were done here, not by the executor: more/003.yaml is another file there"


def copy_files(folder: Path, url: str, *, without: str, altered: str) -> str:
    """Copy a catalogue's files to a URL, all but the text of a body; return the URL."""
    from fsspec.core import url_to_fs  # noqa: PLC0415 - it may not be there

    system, root = url_to_fs(url)
    system.makedirs(f"{root}/more", exist_ok=True)
    for path in [folder / "articles.yaml", *(folder / "more").glob("*.yaml")]:
        data = path.read_bytes().replace(b"e3001", b"e3000" if path.name == altered else b"e3001")
        if path.name != without:
            system.pipe_file(f"{root}/{path.relative_to(folder).as_posix()}", data)
    return f"{url}/"


def test_by_http_names_are_written_as_parts_of_a_url(tmp_path: Path) -> None:
    path = tmp_path / "more" / "más 100% #a?b.yaml"
    assert afar.locate(path, tmp_path, "s3://news/") == "more/más 100% #a?b.yaml"
    assert afar.locate(path, tmp_path, "https://e.org/") == "more/m%C3%A1s%20100%25%20%23a%3Fb.yaml"
    with chdir(tmp_path):
        assert afar.locate(Path("articles.yaml"), Path(), None) == str(tmp_path / "articles.yaml")


def test_a_file_system_that_is_not_there_is_read_here(folder: Path, tmp_path: Path, read_here: list[str]) -> None:
    need_modules("fsspec")
    workers = Workers(FakeExecutor, count=2, is_far=True, files="nonesuch://news/")
    whole = publish(folder, tmp_path / "whole")
    read_here.clear()
    assert publish(folder, tmp_path / "out", executor=workers) == whole
    assert len(read_here) == PIECES
    assert "articles.yaml cannot be read there: Protocol not known: nonesuch" in workers.trouble


def test_a_piece_with_a_body_file_is_read_here(folder: Path, tmp_path: Path, read_here: list[str]) -> None:
    (folder / "more" / "text.md").write_text("A body of its own.\n")
    with (folder / "more" / "011.yaml").open("a") as file:
        file.write(write_article(77_777, body="", body_file="text.md", published="2026-05-31T10:00"))
    whole = publish(folder, tmp_path / "whole")
    assert b"A body of its own." in whole["b.rss"]
    read_here.clear()
    workers = make(FakeExecutor())
    assert publish(folder, tmp_path / "out", executor=workers) == whole
    assert (read_here, workers.trouble) == (["more/011.yaml"], "")


def test_a_worker_with_other_versions_does_nothing() -> None:
    here = list_versions()
    assert set(here) == {"Python", "feedpub", *PACKAGES}
    assert "none" not in here.values()
    assert compare_versions(here, dict(here)) == ""
    there = here | {"lxml": "1.0"}
    assert compare_versions(here, there) == f"lxml 1.0 instead of {here['lxml']}"
    assert do_there(here, len, "abc") == 3
    with pytest.raises(RuntimeError, match=rf"a worker has lxml {here['lxml']} instead of 1\.0"):
        do_there(there, len, "abc")
    wrapped = Workers(FakeExecutor, count=1, is_far=True, wrap=partial(partial, do_there, there))
    with pytest.raises(LostError, match="a worker has lxml"):
        wrapped.result(wrapped.submit(len, "abc"))


def test_a_package_that_is_not_there_has_no_version(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(versions, "PACKAGES", ("lxml", "nonesuch"))
    found = list_versions.__wrapped__()
    assert found["nonesuch"] == "none"
    assert compare_versions(found, found | {"nonesuch": "1.0"}) == "nonesuch 1.0 instead of none"


def test_a_cluster_is_left_running() -> None:
    fake = FakeExecutor()
    for is_far in (True, False):
        workers = make(fake, is_far=is_far)
        assert workers.result(workers.submit(len, "abc")) == 3
        workers.close()
        assert fake.is_shut is not is_far


class ForgetfulExecutor(Executor):
    """Takes a task and forgets it, as Python 3.11 may where a process dies at that moment; works for some questions."""

    def __init__(self, *, questions: int) -> None:
        self.questions = questions
        self.asked = -1

    def submit(self, *_: Any, **__: Any) -> Future[Any]:  # noqa: ANN401 - whatever it is
        self.asked += 1
        if self.asked > self.questions:
            raise BrokenExecutor("a process died")
        future: Future[Any] = Future()
        if self.asked:
            future.set_result(0)
        return future


@pytest.mark.parametrize("questions", [0, 3])
def test_a_task_that_is_forgotten_is_lost_when_the_executor_works_no_more(
    monkeypatch: pytest.MonkeyPatch, questions: int
) -> None:
    monkeypatch.setattr("feedpub.workers.workers._TURN", 0.001)
    executor = ForgetfulExecutor(questions=questions)
    workers = Workers(lambda: executor, count=2)
    with pytest.raises(LostError, match="a process died"):
        workers.result(workers.submit(int))
    assert executor.asked == questions + 1


def test_a_task_that_takes_long_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("feedpub.workers.workers._TURN", 0.001)

    def take_long() -> int:
        time.sleep(0.2)
        return 7

    with ThreadPoolExecutor(1) as executor:  # in which questions wait as well
        workers = Workers(lambda: executor, count=1)
        assert workers.result(workers.submit(take_long)) == 7


def test_a_tasks_own_end_of_time_is_raised() -> None:
    def fail() -> None:
        raise TimeoutError("of its own")

    with ThreadPoolExecutor(1) as executor:
        workers = Workers(lambda: executor, count=1)
        with pytest.raises(TimeoutError, match="of its own"):
            workers.result(workers.submit(fail))
