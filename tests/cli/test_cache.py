"""A warm run does and says what a cold one does, whatever happened to the catalogue, the output or the cache."""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
import sys
from contextlib import chdir
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

import feedpub
from feedpub.cli.due import command as due
from feedpub.cli.remembering import describe_code, find_cache_folder
from feedpub.cli.render import command as render
from feedpub.errors import EXIT_OUTSIDE
from feedpub.index import stamps
from feedpub.index.memory import NAME, Memory

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import click

HEAD = """\
site: {title: T, url: "https://e.org/", tag_authority: "e.org,2026", limit: 3}
sections: {a: {title: A}, b: {title: B}}
include: ["more/*.yaml"]
articles:
"""


def article(number: int, **fields: str) -> str:
    known = {
        "id": f"e{number}",
        "title": f"Title {number}",
        "url": f"e{number}",
        "published": f"2026-05-{number % 28 + 1:02}T09:00:00Z",
        "sections": "[a]",
        "body": "Text.",
    } | fields
    return "  - " + "\n    ".join(f"{name}: {value}" for name, value in known.items()) + "\n"


def run(command: click.Command, *arguments: str) -> tuple[int, str, str]:
    """Return how a command ended and what it printed, but for the seconds that it took."""
    done = CliRunner().invoke(command, [*arguments], standalone_mode=False)
    code = done.return_value
    if done.exception is not None:
        assert isinstance(done.exception, feedpub.FeedpubError), done.exception
        code = done.exception.exit_code
    return code, re.sub(r"\(\d+\.\d\d s\)", "", done.stdout), done.stderr


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setattr(stamps, "FRESH", 0)  # a run takes longer than a step of the file system's clock
    folder = tmp_path / "home"
    (folder / "more").mkdir(parents=True)
    (folder / "articles.yaml").write_text(HEAD + article(1) + article(2, published="2027-01-01T00:00:00Z"))
    (folder / "more" / "1.yaml").write_text(
        "articles:\n" + article(3, body_file="text.md").replace("body: Text.\n    ", "")
    )
    (folder / "more" / "text.md").write_text("A body.\n")
    with chdir(folder):
        yield folder


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Note of each run of `render` whether it was remembered."""
    calls: list[bool] = []

    def recall(self: Memory, key: str, *, now: int) -> object:
        found = original(self, key, now=now)
        calls.append(found is not None)
        return found

    original = Memory.recall
    monkeypatch.setattr(Memory, "recall", recall)
    return calls


NOW = ("--now", "2026-06-01T00:00:00Z", "--cache", "../cache")


def test_nothing_is_read_again_where_nothing_has_changed(home: Path, counted: list[bool]) -> None:
    first = run(render, *NOW, "-v")
    second = run(render, *NOW, "-v")
    third = run(render, *NOW, "--check")
    assert counted == [False, True, True]
    assert "14 written, 0 unchanged" in first[1]
    assert "0 written, 14 unchanged" in second[1]
    assert third[0] == 0
    assert run(due, *NOW) == (0, "2027-01-01T00:00:00Z\n", "the feeds are current\n")
    assert run(render, *NOW, "-v", "--no-cache")[1] == second[1]
    assert sorted(path.name for path in home.iterdir()) == ["articles.yaml", "feeds", "more"]


def test_a_name_that_is_no_utf_8_is_remembered(home: Path, counted: list[bool]) -> None:
    name = os.fsdecode(b"caf\xe9.yaml")
    (home / "articles.yaml").rename(home / name)
    assert run(render, name, *NOW)[0] == run(render, name, *NOW)[0] == 0
    assert counted == [False, True]


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(
    "change",
    [
        lambda: Path("articles.yaml").write_text(HEAD + article(1)),
        lambda: Path("more/1.yaml").unlink(),
        lambda: Path("more/2.yaml").write_text("articles:\n" + article(9)),
        lambda: Path("more/text.md").write_text("B body.\n"),
        lambda: Path("feeds/a.rss").write_text("altered"),
        lambda: Path("feeds/a.rss").unlink(),
        lambda: Path("feeds/manifest.json").write_text("{}"),
        lambda: Path("feeds/.feedpub-commit").write_text(""),
        lambda: shutil.rmtree("feeds"),
    ],
)
def test_what_has_changed_is_seen(counted: list[bool], change: Callable[[], object]) -> None:
    run(render, *NOW)
    change()
    run(render, *NOW, "--dry-run")
    assert counted == [False, False]


@pytest.mark.usefixtures("home")
def test_another_time_another_question_and_another_folder_are_other_runs(counted: list[bool]) -> None:
    run(render, *NOW)
    run(render, "--now", "2027-01-01T00:00:00Z", *NOW[2:])
    run(render, "--now", "2026-05-31T00:00:00Z", *NOW[2:])
    run(render, *NOW, "-o", "other")
    run(render, *NOW, "--ignore", "same-title")
    assert counted == [False] * 5


@pytest.mark.usefixtures("home")
def test_a_link_to_the_same_bytes_is_no_published_file() -> None:
    run(render, *NOW)
    Path("feeds/a.rss").rename("a.rss")
    Path("feeds/a.rss").symlink_to("../a.rss")
    assert run(render, *NOW) == run(render, *NOW, "--no-cache")
    assert run(render, *NOW)[0] == EXIT_OUTSIDE


def test_an_entry_that_no_feed_shows_and_that_expires_is_told(home: Path) -> None:
    older = article(1, published="2026-01-01T00:00:00Z", expires="2026-06-02T00:00:00Z")
    (home / "articles.yaml").write_text(HEAD + older + "".join(article(number) for number in range(10, 14)))
    later = ("--now", "2026-06-03T00:00:00Z")
    run(render, *NOW)
    run(render, *NOW)
    assert run(render, *NOW, *later) == run(render, *later, "--no-cache")
    assert "e1: expired" in run(render, *NOW, *later)[1]


def test_files_whose_names_are_no_text_are_remembered(home: Path, counted: list[bool]) -> None:
    (home / "more" / "1.yaml").rename(home / "more" / os.fsdecode(b"\xff.yaml"))
    assert [run(render, *NOW)[0] for _ in range(2)] == [0, 0]
    assert counted == [False, True]


def test_an_installed_file_of_the_same_size_and_time_is_another_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "path", [str(tmp_path)])
    path = tmp_path / "lxml" / "etree.so"
    path.parent.mkdir()
    found = []
    for text in ("old", "new"):
        path.write_text(text)
        os.utime(path, ns=(1, 1))
        found += [describe_code.__wrapped__(), describe_code.__wrapped__()]
    assert found[0] == found[1] != found[2] == found[3]


def test_warnings_are_told_by_a_warm_run_too(home: Path) -> None:
    (home / "articles.yaml").write_text(HEAD + article(1, title="'<b>Bold</b>'"))
    first, second = run(render, *NOW), run(render, *NOW)
    assert "title-markup" in first[1]
    assert second[1].partition("\na ")[0] == first[1].partition("\na ")[0]


EDITS: dict[str, Callable[[random.Random], object]] = {
    "edit": lambda chance: Path("articles.yaml").write_text(
        HEAD + article(1, title=f"Title {chance.randrange(3)}") + article(chance.randrange(10, 13))
    ),
    "shard": lambda chance: Path(f"more/{chance.randrange(4)}.yaml").write_text(
        "articles:\n" + article(20 + chance.randrange(3), sections=chance.choice(["[a]", "[b]", "[a, b]"]))
    ),
    "rename": lambda chance: next(Path("more").glob("*.yaml")).rename(f"more/x{chance.randrange(3)}.yaml"),
    "delete": lambda _: next(Path("more").glob("*.yaml")).unlink(),
    "touch": lambda chance: os.utime("articles.yaml", (chance.randrange(2), 0)),
    "body": lambda chance: Path("more/text.md").write_text(f"Body {chance.randrange(2)}.\n"),
    "site": lambda chance: Path("articles.yaml").write_text(
        Path("articles.yaml").read_text().replace("limit: ", f"ttl: {chance.randrange(5, 7)}, limit: ", 1).replace(
            "ttl: 5, ttl: ", "ttl: ").replace("ttl: 6, ttl: ", "ttl: ")
    ),
    "sections": lambda chance: Path("articles.yaml").write_text(
        Path("articles.yaml").read_text().replace("{title: B}", f"{{title: B{chance.randrange(3)}}}")
    ),
    "output": lambda chance: Path("feeds/b.atom").write_text(f"altered {chance.randrange(2)}"),
    "lose": lambda _: Path("feeds/a.json").unlink(missing_ok=True),
    "cache": lambda chance: Path("../cache", NAME).write_bytes(
        Path("../cache", NAME).read_bytes()[: chance.randrange(100, 20_000)]
    ),
    "nothing": lambda _: None,
}  # fmt: skip


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("seed", range(12))
def test_a_warm_run_does_what_a_cold_one_does(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - the same edits in every run of the tests
    run(render, *NOW)
    for _ in range(10):
        name = chance.choice(sorted(EDITS))
        try:
            EDITS[name](chance)
        except (OSError, StopIteration):
            continue
        now = chance.choice(
            ["2026-05-10T00:00:00Z", "2026-06-01T00:00:00Z", "2026-06-01T00:00:00Z", "2027-06-01T00:00:00Z"]
        )
        shutil.rmtree("../cold", ignore_errors=True)
        shutil.copytree("feeds", "../cold", copy_function=shutil.copy2)
        cold = run(render, "--now", now, "--no-cache", "-v", "--diff", "-o", "../cold")
        warm = run(render, "--now", now, *NOW[2:], "-v", "--diff")
        said = [re.sub(r"(?:the cache|time:) .*\n", "", f"{code} {out}{err}") for code, out, err in (cold, warm)]
        assert said[0].replace("../cold", "feeds") == said[1], name
        contents = [{path.name: path.read_bytes() for path in Path(one).iterdir()} for one in ("feeds", "../cold")]
        assert contents[0] == contents[1], name


@pytest.mark.usefixtures("home")
def test_where_nothing_has_changed_nothing_is_loaded_that_reads_or_renders() -> None:
    run(render, *NOW)
    script = (
        "import sys; from feedpub.cli.render import command\n"
        f"command({[*NOW, '-q']!r}, standalone_mode=False)\n"
        "print([name for name in ('yaml', 'pydantic', 'feedgen', 'lxml', 'feedpub.pipeline') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_the_cache_is_where_the_platform_keeps_caches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("HOME", "/home/ada")
    monkeypatch.delenv("XDG_CACHE_HOME")
    assert find_cache_folder() == "/home/ada/.cache/feedpub"
    monkeypatch.setenv("XDG_CACHE_HOME", "/tmp/caches")  # noqa: S108 - nothing is written there
    assert find_cache_folder() == "/tmp/caches/feedpub"  # noqa: S108 - as above
    monkeypatch.setattr(sys, "platform", "darwin")
    assert find_cache_folder() == "/home/ada/Library/Caches/feedpub"
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setenv("LOCALAPPDATA", "/Users/ada/Local")  # as far as this machine has the names of Windows
    assert find_cache_folder() == "/Users/ada/Local/feedpub"
    monkeypatch.delenv("LOCALAPPDATA")
    assert find_cache_folder() == "/home/ada/AppData/Local/feedpub"


def test_what_is_no_code_among_the_code_costs_no_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", [str(tmp_path)])
    (tmp_path / "feedpub").mkdir()
    before = describe_code.__wrapped__()
    (tmp_path / "feedpub" / ".#render.py").symlink_to("somebody@somewhere.1")
    (tmp_path / "feedpub" / "render.pyc").touch()
    assert describe_code.__wrapped__() == before
    (tmp_path / "feedpub" / "render.py").touch()
    assert describe_code.__wrapped__() != before
