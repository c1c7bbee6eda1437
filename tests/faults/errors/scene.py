"""A publication in which a call fails, and whether what it leaves behind is what feedpub promises."""

from __future__ import annotations

import hashlib
import shutil
from contextlib import chdir
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

import feedpub
from faults.errors.calls import FEEDPUB, Call, Failure, Run, run_traced
from faults.running import NOW, make_environment
from feedpub.manifest import NAME, read_manifest, write_manifest
from feedpub.manifest.manifest import PublishedDocument

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

OLD = """\
site: {title: T, url: "https://e.org/", tag_authority: "e.org,2026", formats: [rss, json]VARIANTS}
sections: {politics: {title: Politics}, tech: {title: Tech}}
articles:
  - {id: a, title: Old, url: a, published: 2026-02-12T09:00:00Z, sections: [politics], body: Old.}
  - {id: b, title: B, url: b, published: 2026-02-12T08:00:00Z, sections: [politics], body: Text.}
"""
NEW = """\
site: {title: T, url: "https://e.org/", tag_authority: "e.org,2026", formats: [rss, atom]VARIANTS}
sections: {politics: {title: Politics}, technology: {title: Tech, formerly: [tech]}}
articles:
  - {id: a, title: New, url: a, published: 2026-02-12T09:00:00Z, updated: 2026-05-01T09:00:00Z, sections: [politics],
     body: New.}
  - {id: b, title: B, url: b, published: 2026-02-12T08:00:00Z, sections: [politics], body: Text.}
  - {id: c, title: C, url: c, published: 2026-05-12T09:00:00Z, sections: [technology], body: Text.}
"""
"""It adds documents to OLD's, changes some, removes others, and makes a section's at its old and a new address."""
FORMER = {"archive/politics/2026-01.atom": b"what an earlier feedpub has made"}
"""Of the old publication, too: files in folders, which the new one empties."""

RENDER = ("render", "--now", NOW, "--quiet", "--no-cache")


class File(NamedTuple):
    """A file as it is: its bytes and mode; and which file it is, and since when."""

    data: bytes
    mode: int
    identity: tuple[int, int]


Files = dict[str, File]


@dataclass
class Scene:
    """A folder with a catalogue, and what stands in its ``feeds`` before it is published.

    ``new`` is what stands there once it is, ``calls`` are those of an undisturbed run; ``output`` is the folder's name.
    """

    home: Path
    output: str
    start: Path | None
    command: Sequence[str] = FEEDPUB
    variants: str = ""
    old: Files = field(default_factory=dict, repr=False)
    new: Files = field(default_factory=dict, repr=False)
    calls: tuple[Call, ...] = field(default=(), repr=False)
    paths: tuple[str, ...] = field(default=(), repr=False)

    @property
    def feeds(self) -> Path:
        """The folder of the feeds."""
        return self.home / self.output

    def reset(self) -> None:
        """Let the folder be as it was before."""
        shutil.rmtree(self.home / self.output.split("/")[0], ignore_errors=True)
        if self.start is not None:
            shutil.copytree(self.start, self.feeds)
        self.old = take_files(self.feeds)

    def run(self, failure: Failure | None = None) -> Run:
        """Publish, while a call fails."""
        return run_traced(
            *RENDER,
            "-o",
            self.output,
            home=self.home,
            environment=make_environment(self.home / "cache"),
            paths=self.paths,
            failure=failure,
            command=self.command,
        )

    def finish(self) -> None:
        """Publish, undisturbed."""
        with chdir(self.home):
            feedpub.render("articles.yaml", now=datetime.fromisoformat(NOW), output=self.output)


def open_scene(
    home: Path, *, output: str = "feeds", variants: str = "", is_first: bool = False, command: Sequence[str] = FEEDPUB
) -> Scene:
    """Lay out a catalogue that was published and edited since (or is published for the first time)."""
    home.mkdir()
    catalogue = home / "articles.yaml"
    scene = Scene(home, output, None, command, variants)
    if not is_first:
        catalogue.write_text(OLD.replace("VARIANTS", variants))
        scene.output = "old"
        scene.finish()
        scene.output, scene.start = output, home / "old"
        _own(scene.start, FORMER)
    catalogue.write_text(NEW.replace("VARIANTS", variants))
    return learn(scene)


def learn(scene: Scene) -> Scene:
    """Find out which calls an undisturbed run makes below the folder, and what it leaves there."""
    scene.reset()
    old = scene.old
    scene.finish()
    scene.new = take_files(scene.feeds)
    scene.reset()
    scene.paths = tuple(_list_paths(scene, {*old, *scene.new}))
    run = scene.run()
    assert (run.code, run.err) in ((0, ""), (0, "finished a publication that was interrupted\n")), run
    assert is_same(take_files(scene.feeds), scene.new)
    scene.calls = run.calls
    return scene


def interrupt(scene: Scene, call: Call) -> Scene:
    """Return a scene that begins where a run was killed at a call."""
    scene.reset()
    killed = scene.run(Failure(call))
    assert killed.code in (-9, 137), killed
    start = scene.home / f"killed-{call.name}-{call.ordinal}"
    shutil.copytree(scene.feeds, start)
    return learn(replace(scene, start=start))


def try_failure(scene: Scene, failure: Failure) -> str:
    """Let a call fail, and fail where the run, what it leaves, or the next one is not as promised; return what it was.

    "refused", "begun" (the next run finishes it), "done", or "missed": no such call was made.
    """
    scene.reset()
    before = {**scene.old}
    run = scene.run(failure)
    if not any("(INJECTED)" in call.text for call in run.calls):
        assert run.code == 0, (failure, run)
        return "missed"
    after = take_files(scene.feeds)
    try:
        outcome = judge(scene, failure, run, before=before, after=after)
        scene.finish()
        assert is_same(take_files(scene.feeds), scene.new), "the next run ends elsewhere"
    except BaseException as error:
        error.add_note(f"{failure}\n{run.code} {run.err}")
        raise
    return outcome


def judge(scene: Scene, failure: Failure, run: Run, *, before: Files, after: Files) -> str:
    """Fail where a run that a failure has met, or what it left, is not as promised; return how it ended."""
    if run.code == 0:
        assert is_same(after, scene.new), "the run says that it is done, and it is not"
        return "done"
    assert run.code == 3, "no error of the outside world"
    check_sentence(run.err, path=scene.output.split("/")[0], reason=failure.reason)
    has_begun = ".feedpub-commit" in before or run.has_made('".feedpub-commit") = 0')
    documents = {path: file for path, file in after.items() if ".feedpub-" not in path}
    if not has_begun:
        old = {path: file for path, file in before.items() if ".feedpub-" not in path}
        assert documents == old, "nothing is committed, and what was there has changed"
        is_clean = len(documents) == len(after)
        assert is_clean or failure.lasts or len(old) < len(before), "what was staged is still there"
        return "refused"
    check_whole(documents, old=before, new=scene.new)
    return "begun"


def check_sentence(said: str, *, path: str, reason: str) -> None:
    """Fail where what was said is not one sentence with a path and a reason."""
    *others, last = said.splitlines() or [""]
    assert others in ([], ["finished a publication that was interrupted"]), "more than one sentence was said"
    assert last.startswith("feedpub: "), "nothing was said"
    assert path in last, "the sentence names no path"
    assert reason in last, "the sentence names no reason"
    assert "Traceback" not in said
    assert "bug" not in said


def check_whole(found: Files, *, old: Files, new: Files) -> None:
    """Fail where a file is neither the old one nor the new one, or the manifest is ahead of a document."""
    kept = {path for path in old.keys() & new.keys() if ".feedpub-" not in path}
    assert kept <= found.keys(), "a file is gone that is in both sets"
    for path, file in found.items():
        assert file.data in {one[path].data for one in (old, new) if path in one}, f"{path} is neither old nor new"
    if NAME in found and found[NAME].data == new[NAME].data:
        assert is_same(found, new), "the manifest is ahead"


def take_files(folder: Path) -> Files:
    """Return every file below a folder, if there is one."""
    return dict(_take(folder))


def is_same(some: Mapping[str, File], others: Mapping[str, File]) -> bool:
    """Tell whether files have the same names, bytes and modes."""
    return {path: file[:2] for path, file in some.items()} == {path: file[:2] for path, file in others.items()}


def _take(folder: Path) -> Iterator[tuple[str, File]]:
    for one in sorted(folder.rglob("*")):
        about = one.lstat()
        data = b"" if one.is_dir() else one.read_bytes()
        identity = (0, 0) if one.is_dir() else (about.st_ino, about.st_mtime_ns)
        yield one.relative_to(folder).as_posix() + "/" * one.is_dir(), File(data, about.st_mode, identity)


def _own(folder: Path, files: Mapping[str, bytes]) -> None:
    """Put files into a publication, as if it had made them."""
    manifest = read_manifest((folder / NAME).read_bytes())
    assert manifest is not None
    documents = list(manifest.documents)
    for path, data in files.items():
        (folder / path).parent.mkdir(parents=True)
        (folder / path).write_bytes(data)
        documents.append(
            PublishedDocument(
                path=path, media_type="application/atom+xml", sha256=hashlib.sha256(data).hexdigest(), size=len(data)
            )
        )
    (folder / NAME).write_bytes(write_manifest(replace(manifest, documents=tuple(documents))))


def _list_paths(scene: Scene, names: set[str]) -> Iterator[str]:
    """Yield every path that a run may touch below the folder, absolute, and the folders' as the command has them."""
    parts = scene.output.split("/")
    for depth in range(len(parts)):
        yield "/".join(parts[: depth + 1])
        yield str(scene.home.joinpath(*parts[: depth + 1]))
    folders = {"", *(name for name in names if name.endswith("/"))}
    hidden = ["draft", "journal", "commit", "lock", *(f"stage-{number}" for number in range(1, len(names) + 2))]
    for name in names:
        yield str(scene.feeds / name)
    for folder in folders:
        yield from (str(scene.feeds / f"{folder}.feedpub-{word}") for word in hidden)
