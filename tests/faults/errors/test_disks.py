"""Real disks that refuse: full, read-only, or with files that nobody may change."""

from __future__ import annotations

import errno
import os
import shutil
from typing import TYPE_CHECKING

import pytest

from faults.errors.cached import check_cached_run
from faults.errors.disks import freeze, mount_memory, mount_read_only
from faults.errors.scene import check_sentence, check_whole, is_same, take_files
from faults.running import NOW, make_environment, run_feedpub

if TYPE_CHECKING:
    from collections import Counter
    from contextlib import AbstractContextManager
    from pathlib import Path

    from faults.conftest import Scale
    from faults.errors.cached import CachedScene
    from faults.errors.scene import Scene

MANY = 50  # sections whose documents do not stay in memory
ENTRIES = 2_000


def refuse(scene: Scene, disk: AbstractContextManager[None], reason: int) -> bool:
    """Publish while a disk refuses; return whether the publication had begun, and let the next one complete it."""
    with disk:
        run = scene.run()
        after = take_files(scene.feeds)
    assert run.code == 3, run
    check_sentence(run.err, path="feeds", reason=os.strerror(reason))
    documents = {path: file for path, file in after.items() if ".feedpub-" not in path}
    has_begun = ".feedpub-commit" in after
    if has_begun:
        check_whole(documents, old=scene.old, new=scene.new)
    else:
        assert documents == scene.old
    scene.finish()
    assert is_same(take_files(scene.feeds), scene.new)
    return has_begun


def test_a_folder_that_may_not_be_changed_stays_as_it_was(edited: Scene, tally: Counter[str]) -> None:
    for disk, reason in (
        (mount_read_only(edited.feeds), errno.EROFS),
        (freeze(edited.feeds), errno.EPERM),
        (freeze(edited.feeds, flag="a"), errno.EPERM),
    ):
        edited.reset()
        assert not refuse(edited, disk, reason)
        tally["disks"] += 1


def test_a_document_that_may_not_be_changed_stops_what_the_next_run_completes(
    edited: Scene, scale: Scale, tally: Counter[str]
) -> None:
    for path in ("tech.json", "archive/politics", "all.rss", "manifest.json")[: scale(short=2, long=4)]:
        edited.reset()
        assert refuse(edited, freeze(edited.feeds / path), errno.EPERM)
        tally["disks"] += 1


def test_a_disk_that_gets_full_leaves_the_old_set(edited: Scene, scale: Scale, tally: Counter[str]) -> None:
    assert edited.start is not None
    home = edited.home
    for kib in (*range(140, 260, scale(short=60, long=4)), 8_192):  # the last, where pages are large
        shutil.rmtree(home / "feeds", ignore_errors=True)
        with mount_memory(home / "feeds", size=f"{kib}k"):
            try:
                shutil.copytree(edited.start, home / "feeds", dirs_exist_ok=True)
            except shutil.Error:
                continue
            before = take_files(home / "feeds")
            run = edited.run()
            after = take_files(home / "feeds")
            if run.code == 0:
                assert is_same(after, edited.new)
                break
            assert run.code == 3
            check_sentence(run.err, path="feeds/", reason=os.strerror(errno.ENOSPC))
            assert after == before
        tally["disks"] += 1
    else:
        pytest.fail("no disk was large enough")


def test_a_folder_that_may_not_be_changed_needs_none_where_nothing_has(edited: Scene) -> None:
    edited.reset()
    edited.finish()
    with mount_read_only(edited.feeds):
        run = edited.run()
    assert (run.code, run.err) == (0, "")


def test_a_cache_on_a_disk_that_refuses_costs_time_and_never_the_run(
    cached: CachedScene, scale: Scale, tally: Counter[str]
) -> None:
    disks = (
        mount_read_only(cached.cache),
        freeze(cached.cache / "runs.sqlite3"),
        freeze(cached.cache / "pieces.sqlite3", flag="a"),
        freeze(cached.cache),
    )
    for disk in disks[: scale(short=2, long=4)]:
        cached.reset()
        with disk:
            check_cached_run(cached, cached.run())
        cached.check_rest()
        tally["disks"] += 1


def test_a_cache_on_a_full_disk_costs_time_and_never_the_run(
    cached: CachedScene, scale: Scale, tally: Counter[str]
) -> None:
    for size in ("24k", "4k", "200k")[: scale(short=1, long=3)]:
        cached.reset()
        shutil.rmtree(cached.cache)
        with mount_memory(cached.cache, size=size):
            check_cached_run(cached, cached.run())
            cached.check_rest()
        tally["disks"] += 1


def write_many_sections(folder: Path) -> None:
    """Write a catalogue whose documents are put away in a temporary file."""
    sections = ", ".join(f"s{number}: {{title: S}}" for number in range(MANY))
    _write(folder, f"sections: {{{sections}}}\n")


def write_many_entries(folder: Path) -> None:
    """Write a catalogue whose entries are put away in a temporary file: aliases let it not be read in pieces."""
    fields = "published: 2026-01-01T00:00:00Z, sections: *s, tags: *s"
    entries = (
        f"  - {{id: e{number}, title: T, url: u{number}, {fields}, body: {'Words. ' * 200}}}\n"
        for number in range(ENTRIES)
    )
    _write(folder, "x-s: &s [a]\nsections: {a: {title: A}}\narticles:\n" + "".join(entries))


def _write(folder: Path, rest: str) -> None:
    site = 'site: {title: T, url: "https://e.org/", tag_authority: "e.org,2026"}\n'
    (folder / "articles.yaml").write_text(site + rest)


@pytest.mark.parametrize("write", [write_many_sections, write_many_entries])
def test_a_temporary_folder_that_is_full_is_one_sentence(tmp_path: Path, tally: Counter[str], write: object) -> None:
    assert callable(write)
    write(tmp_path)
    full = tmp_path / "full"
    with mount_memory(full, size="64k"):
        environment = make_environment(tmp_path / "cache", TMPDIR=str(full))
        done = run_feedpub("render", "--now", NOW, folder=tmp_path, environment=environment)
        assert done.returncode == 3
        said = done.stderr.splitlines()
        assert len(said) == 1
        assert said[0].startswith("feedpub: ")
        assert str(full) in said[0]
        assert "No space left on device" in said[0] or "database or disk is full" in said[0]
        assert not list(full.iterdir())
    assert not (tmp_path / "feeds").exists()
    tally["disks"] += 1
