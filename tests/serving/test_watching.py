"""A catalogue is rendered again when something in its folder changes, or time has come; the clock is the test’s."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from tools import need_server

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine
    from pathlib import Path
    from typing import Any

DEADLINE = 30.0
NOON = datetime(2026, 2, 12, 12, 0, tzinfo=UTC)


class EndError(Exception):
    """Ends a watch."""


class Renderer:
    """Counts how often it renders, says what comes next, and ends the watch where it has rendered often enough."""

    def __init__(self, *acts: Callable[[], datetime | None]) -> None:
        self.count = 0
        self._acts = acts

    async def __call__(self) -> datetime | None:
        self.count += 1
        if self.count > len(self._acts):
            raise EndError
        return self._acts[self.count - 1]()


def watch(folder: Path, *acts: Callable[[], datetime | None], clock: Callable[[], datetime] = lambda: NOON) -> None:
    """Watch a catalogue until it has been rendered once more than there are acts."""
    need_server()
    from feedpub.serving.watching import watch_catalogue  # noqa: PLC0415 - where watchfiles is there

    (folder / "articles.yaml").write_text("site:", encoding="utf-8")
    work: Coroutine[Any, Any, None] = watch_catalogue(
        str(folder / "articles.yaml"), output=str(folder / "feeds"), render=Renderer(*acts), clock=clock
    )
    with pytest.raises(EndError):
        asyncio.run(asyncio.wait_for(work, DEADLINE))


@pytest.mark.parametrize("name", ["articles.yaml", "2026/february.yaml", "bodies/tides.md"])
def test_a_change_in_the_folder_renders_again(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)

    def change() -> None:
        path.write_text("changed", encoding="utf-8")

    watch(tmp_path, change)


def test_a_change_while_it_renders_is_not_missed(tmp_path: Path) -> None:
    def change() -> None:
        (tmp_path / "articles.yaml").write_text("first", encoding="utf-8")

    watch(tmp_path, change, change, change)


def test_a_file_that_is_replaced_renders_again(tmp_path: Path) -> None:
    def change() -> None:
        (tmp_path / "new").write_text("changed", encoding="utf-8")
        (tmp_path / "new").replace(tmp_path / "articles.yaml")

    watch(tmp_path, change, change)


def test_the_output_and_what_editors_leave_render_nothing(tmp_path: Path) -> None:
    (tmp_path / "feeds").mkdir()
    (tmp_path / ".git").mkdir()
    moments = iter((NOON, NOON, NOON + timedelta(hours=1)))
    rendered: list[int] = []

    def write() -> datetime:
        rendered.append(1)
        for name in ("feeds/all.rss", ".git/index", ".articles.yaml.swp", "articles.yaml~"):
            (tmp_path / name).write_text("changed", encoding="utf-8")
        return NOON + timedelta(hours=1)

    watch(tmp_path, write, clock=lambda: next(moments))
    assert rendered == [1]
    assert list(moments) == []  # it looked at the clock until time had come, and not before rendered anything


def test_what_falls_due_renders_again(tmp_path: Path) -> None:
    moments = iter(NOON + timedelta(minutes=minute) for minute in range(100))
    watch(
        tmp_path, lambda: NOON + timedelta(minutes=1), lambda: NOON + timedelta(minutes=2), clock=lambda: next(moments)
    )


def test_a_clock_of_the_render_that_stands_still_renders_once_more_only(tmp_path: Path) -> None:
    rendered: list[int] = []
    asked: list[int] = []

    def render() -> datetime:
        rendered.append(1)
        return NOON

    def clock() -> datetime:
        asked.append(1)
        return NOON

    def change() -> datetime:
        (tmp_path / "articles.yaml").write_text("changed", encoding="utf-8")
        return render()

    watch(tmp_path, render, change, clock=clock)
    assert len(rendered) == 2


def test_a_link_is_watched_at_both_ends(tmp_path: Path) -> None:
    need_server()
    from feedpub.serving.watching import find_folders  # noqa: PLC0415 - where watchfiles is there

    for name in ("one", "other"):
        (tmp_path / name).mkdir()
    (tmp_path / "other" / "articles.yaml").write_text("site:", encoding="utf-8")
    (tmp_path / "one" / "articles.yaml").symlink_to("../other/articles.yaml")
    assert find_folders(str(tmp_path / "one" / "articles.yaml")) == [tmp_path / "one", tmp_path / "other"]
