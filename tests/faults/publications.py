"""Publications that are disturbed, and a home for them."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

import pytest

from faults.findings import STAMP, look
from faults.running import COMMAND, NOW, make_environment
from faults.texts import publish_texts
from faults.tracing import read_calls, trace
from feedpub.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from faults.findings import Files
    from faults.tracing import Point

Catalogue: TypeAlias = dict[str, Any]

UMASK = 0o027
"""Not the usual one, so that a mode shows whether it was kept to."""

KILLED = (-9, 137)
"""The exit codes of strace whose command was killed: it dies in the same way where it may."""

RENDER = (*COMMAND, "render", "--now", NOW, "--workers", "1")


def write_program(sabotage: str = "") -> tuple[str, ...]:
    """Return a command that does `publish_texts`, after some of Python's statements that make it go wrong."""
    return (sys.executable, "-c", f"{sabotage}\nfrom faults.texts import publish_texts\n\npublish_texts()")


@dataclass(frozen=True, slots=True)
class Publication:
    """A publication: what was published before (None: nothing), and what is to be; by which command, and here."""

    name: str
    before: Catalogue | None
    after: Catalogue
    command: tuple[str, ...] = RENDER
    here: Callable[[], object] = main


class Home:
    """A folder with a catalogue, its feeds and a cache, in which publications are made."""

    def __init__(self, folder: Path, publication: Publication) -> None:
        """Make the folder, publish what was published before, and keep how all of it is then."""
        self.folder = folder
        self.publication = publication
        folder.mkdir(parents=True)
        (folder / "tmp").mkdir()
        if publication.before is not None:
            self._write(publication.before)
            self.publish()
            for path in folder.rglob("*"):
                os.utime(path, (STAMP, STAMP))
        self.old = self.look()
        self._write(publication.after)
        self.keep()

    def keep(self, name: str = "begin") -> None:
        """Keep how everything is, under a name, so that `restore` brings it back."""
        kept = self.folder.with_name(f"{self.folder.name}-{name}")
        shutil.rmtree(kept, ignore_errors=True)
        shutil.copytree(self.folder, kept)

    def restore(self, name: str = "begin") -> None:
        """Bring back what was kept under a name."""
        shutil.rmtree(self.folder)
        shutil.copytree(self.folder.with_name(f"{self.folder.name}-{name}"), self.folder)

    def run(self, *, before: Sequence[str] = ()) -> subprocess.CompletedProcess[str]:
        """Publish, as the last words of another command where there is one."""
        return subprocess.run(
            [*before, *self.publication.command],
            cwd=self.folder,
            env=make_environment(
                self.folder / "cache",
                PYTHONPATH=os.pathsep.join(path for path in sys.path if path),
                TMPDIR=str(self.folder / "tmp"),
            ),
            umask=UMASK,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )

    def publish(self) -> None:
        """Publish, and have it succeed."""
        done = self.run()
        assert done.returncode == 0, done.stderr

    def kill(self, point: Point) -> None:
        """Publish from what was kept first, and die at a point."""
        self.restore()
        log = self.folder.with_name("killed.log")
        done = self.run(before=trace(log, *point.options))
        assert done.returncode in KILLED, f"not killed at {point}: {done.stderr}"
        last = read_calls(log)[-1]
        assert (last.place, last.result) == (point.call.place, None)

    def publish_here(self) -> int:
        """Publish within this process, which need not wait for the disk, and return the exit code."""
        umask = os.umask(UMASK)
        try:
            with pytest.MonkeyPatch.context() as patch:
                patch.chdir(self.folder)
                patch.setattr(os, "fsync", os.fstat)
                patch.setattr(sys, "argv", ["feedpub", *self.publication.command[3:]])
                for name, value in make_environment(self.folder / "cache").items():
                    patch.setenv(name, value)
                self.publication.here()
        except SystemExit as ended:
            return ended.code if isinstance(ended.code, int) else 0
        finally:
            os.umask(umask)
        return 0

    @contextmanager
    def broken(self) -> Iterator[None]:
        """Have a catalogue meanwhile that cannot be read: all that a run does is to finish what was begun."""
        catalogue = self.folder / "articles.yaml"
        sound = catalogue.read_bytes()
        catalogue.write_text("broken", encoding="utf-8")
        yield
        catalogue.write_bytes(sound)

    def look(self) -> Files:
        """Return what is in the folder of the feeds."""
        return look(self.folder / "feeds")

    def list_litter(self) -> list[str]:
        """Return what should not be anywhere else after a run that was not disturbed.

        A journal of the cache is SQLite's: it goes when there is something to remember.
        """
        allowed = {"articles.yaml", "feeds", "cache", "tmp"}
        beside = [one.name for one in self.folder.iterdir() if one.name not in allowed]
        passing = [one.name for one in (self.folder / "tmp").iterdir()]
        return [*beside, *passing]

    def _write(self, catalogue: Catalogue) -> None:
        (self.folder / "articles.yaml").write_text(json.dumps(catalogue, indent=1), encoding="utf-8")


def make_catalogue(sections: Mapping[str, Any], *, formats: Sequence[str] = ("atom",), title: str = "T") -> Catalogue:
    """Return a catalogue with a teaser in each of some sections; ``title`` is the first one's."""
    site = {"title": "News", "url": "https://e.org/", "tag_authority": "e.org,2024", "formats": [*formats]}
    teasers = [
        {
            "id": f"in-{key}",
            "title": title if number == 0 else key,
            "url": f"of/{number}",
            "published": "2026-02-01T00:00:00Z",
            "sections": [key],
            "summary": "S",
        }
        for number, key in enumerate(sections)
    ]
    return {"site": site, "sections": dict(sections), "teasers": teasers}


def list_publications(precompress: Sequence[str] = ()) -> list[Publication]:
    """Return publications that add, change, remove and rename documents, and one that does all of it."""
    a, b, d = {"a": {"title": "A"}}, {"b": {"title": "B"}}, {"d": {"title": "D"}}
    renamed = {"c": {"title": "C", "formerly": ["b"]}}
    suffix = "-precompressed" if precompress else ""

    def make(name: str, before: Catalogue | None, after: Catalogue) -> Publication:
        for one in (before, after):
            if one is not None and precompress:
                one["site"]["precompress"] = [*precompress]
        return Publication(f"{name}{suffix}", before, after)

    plain, both = make_catalogue(a | b), ("atom", "json")
    return [
        make("first", None, make_catalogue(a)),
        make("add", make_catalogue(a), make_catalogue(a | b)),
        make("change", make_catalogue(a | b), make_catalogue(a | b, title="New")),
        make("remove", make_catalogue(a | b, formats=both), make_catalogue(a | b)),
        make("rename", plain, make_catalogue(a | renamed)),
        make("all", make_catalogue(a | b, formats=both), make_catalogue(a | renamed | d, title="New")),
    ]


FOLDERS = Publication(
    "folders",
    {
        "a.rss": "old",
        "b.rss": "the same",
        "c.rss": "goes",
        "archive/a/2026-01.atom": "January",
        "archive/b/2026-01.atom": "goes with its folder",
    },
    {
        "a.rss": "new",
        "b.rss": "the same",
        "d.rss": "comes",
        "archive/a/2026-01.atom": "January, altered",
        "archive/d/2026-02.atom": "comes with its folder",
    },
    write_program(),
    publish_texts,
)
"""A publication that makes folders and removes some."""
