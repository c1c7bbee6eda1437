"""A publication with a cache that fails: it takes longer, and does and says the same."""

from __future__ import annotations

import re
import shutil
import time
from contextlib import chdir
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from click.testing import CliRunner

import feedpub
from faults.errors.calls import Call, Failure, Run, run_traced
from faults.errors.scene import Files, is_same, take_files
from faults.running import NOW, make_environment, run_feedpub
from feedpub.cli.render import command as render
from feedpub.index.stamps import FRESH

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

SECTIONS = 12
"""So many that what documents are is remembered, too."""
_SETTLE = 2 * FRESH / 1e9  # seconds, after which a run remembers a file
RENDER = ("render", "--now", NOW, "--cache", "cache/feedpub")


@dataclass
class CachedScene:
    """A folder with a catalogue that was published, remembered, and edited since.

    ``old`` is what was published, ``new`` what is going to be, ``said`` what a run then prints.
    """

    home: Path
    old: Files = field(default_factory=dict, repr=False)
    new: Files = field(default_factory=dict, repr=False)
    said: str = ""
    calls: tuple[Call, ...] = field(default=(), repr=False)

    @property
    def cache(self) -> Path:
        """The cache's folder."""
        return self.home / "cache" / "feedpub"

    @property
    def environment(self) -> dict[str, str]:
        """What a run finds there."""
        return make_environment(self.home / "cache")

    def edit(self, title: str) -> None:
        """Write the catalogue, with a title that all of its feeds show."""
        (self.home / "articles.yaml").write_text(_write_catalogue(title))

    def reset(self) -> None:
        """Let everything be as it was before the publication."""
        for name in ("feeds", "cache"):
            shutil.rmtree(self.home / name, ignore_errors=True)
            shutil.copytree(self.home / f"old-{name}", self.home / name)
        self.edit("New")

    def run(self, failure: Failure | None = None) -> Run:
        """Publish, while a call on the cache fails."""
        folders = ["cache", "cache/feedpub", str(self.home / "cache"), str(self.cache)]
        names = ["runs.sqlite3", "pieces.sqlite3"]
        places = ["cache/feedpub", str(self.cache)]
        files = [f"{place}/{name}{end}" for place in places for name in names for end in ("", "-journal", "-wal")]
        return run_traced(
            *RENDER, home=self.home, environment=self.environment, paths=[*folders, *files], failure=failure
        )

    def check_rest(self, *, is_remembered: bool = False) -> None:
        """Fail where a cache that has met a failure makes a later run do anything but its work."""
        said = self._run_here("--verbose")
        assert not is_remembered or "time:" not in said.stderr, "nothing was remembered"
        assert " 0 written" in f" {said.stdout.splitlines()[-1]}"
        assert is_same(take_files(self.home / "feeds"), self.new)
        self.edit("Old")
        self._run_here()
        assert is_same(take_files(self.home / "feeds"), self.old), "the cache lied"

    def _run_here(self, *more: str) -> Result:
        """Publish in this process: feedpub is loaded already."""
        with chdir(self.home):
            done = CliRunner().invoke(render, [*RENDER[1:], *more], standalone_mode=False)
        assert (done.return_value, done.exception) == (0, None)
        return done


def open_cached_scene(home: Path) -> CachedScene:
    """Lay out a catalogue that was published, remembered and edited, and learn which calls the cache takes."""
    home.mkdir()
    scene = CachedScene(home)
    scene.edit("New")
    scene.new = _publish_cold(home)
    scene.edit("Old")
    scene.old = _publish_cold(home)
    shutil.rmtree(home / "feeds")
    time.sleep(_SETTLE)
    first = run_feedpub(*RENDER, folder=home, environment=scene.environment)
    assert (first.returncode, first.stderr) == (0, "")
    for name in ("feeds", "cache"):
        shutil.copytree(home / name, home / f"old-{name}")
    scene.reset()
    time.sleep(_SETTLE)
    run = scene.run()
    assert (run.code, run.err) == (0, ""), run
    scene.calls, scene.said = run.calls, strip_seconds(run.out)
    assert is_same(take_files(home / "feeds"), scene.new)
    scene.check_rest(is_remembered=True)
    return scene


def try_cache_failure(scene: CachedScene, failure: Failure) -> bool:
    """Let a call fail, and fail where that costs more than time; return whether there was such a call."""
    scene.reset()
    run = scene.run(failure)
    try:
        check_cached_run(scene, run)
        scene.check_rest()
    except BaseException as error:
        error.add_note(f"{failure}\n{run.code} {run.err}")
        raise
    return any("(INJECTED)" in call.text for call in run.calls)


def check_cached_run(scene: CachedScene, run: Run) -> None:
    """Fail where a run whose cache has failed does or says anything else than one whose cache has not."""
    assert (run.code, run.err) == (0, ""), "a cache that fails costs the run"
    assert strip_seconds(run.out) == scene.said
    assert is_same(take_files(scene.home / "feeds"), scene.new)


def strip_seconds(said: str) -> str:
    """Return what a run says without how long it took."""
    return re.sub(r"\(\d+\.\d\d s\)", "", said)


def _publish_cold(home: Path) -> Files:
    shutil.rmtree(home / "feeds", ignore_errors=True)
    with chdir(home):
        feedpub.render("articles.yaml", now=datetime.fromisoformat(NOW), output="feeds")
    return take_files(home / "feeds")


def _write_catalogue(title: str) -> str:
    """Return a catalogue of more than a mebibyte, most of it drafts: it is read in pieces, which are remembered."""
    sections = ", ".join(f"s{number}: {{title: S{number}}}" for number in range(SECTIONS))
    lines = [
        f'site: {{title: {title}, url: "https://e.org/", tag_authority: "e.org,2026", formats: [json]}}',
        f"sections: {{{sections}}}",
        "articles:",
        "  - {id: a, title: A, url: a, published: 2026-02-12T09:00:00Z, sections: [s1, s2], body: Text.}",
    ]
    text = "Words and words. " * 1_500
    for number in range(50):
        lines += [f"  - id: d{number}", "    title: A draft", f"    url: d{number}", "    draft: true"]
        lines += ["    published: 2026-02-12T09:00:00Z", "    sections: [s1]", f"    body: {text.strip()}"]
    return "\n".join(lines) + "\n"
