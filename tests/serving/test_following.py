"""What is served is the newest publication that could be read whole, whatever becomes of the folder."""

from __future__ import annotations

import asyncio
import shutil
import threading
from typing import TYPE_CHECKING

import pytest

from feedpub.errors import PublishError, UsageError
from feedpub.serving.following import Follower
from serving.asking import RSS, publish
from serving.running import running, wait_until

if TYPE_CHECKING:
    from pathlib import Path

    from feedpub.serving.publication import ServedPublication

SETS = {
    name: {path: f"{name} {path} ".encode() * 3000 for path in ("tides.rss", "moons.rss", f"{name}.rss")}
    for name in ("spring", "neap")
}


class Screen:
    """Keeps what it is shown and told."""

    def __init__(self) -> None:
        self.shown: list[set[str]] = []
        self.said: list[str] = []

    def show(self, publication: ServedPublication) -> None:
        self.shown.append(set(publication.documents))

    def follow(self, folder: Path) -> Follower:
        return Follower(str(folder), show=self.show, say=self.said.append, pause=0.001)


def test_a_new_publication_is_shown_once(tmp_path: Path) -> None:
    screen = Screen()

    async def look() -> None:
        follower = screen.follow(tmp_path)
        publish(tmp_path, {"tides.rss": RSS})
        await follower.begin()
        assert await follower.look()
        publish(tmp_path, {"tides.rss": RSS, "moons.rss": RSS})
        assert await follower.look()
        assert await follower.look()

    asyncio.run(look())
    assert screen.shown == [{"tides.rss"}, {"tides.rss", "moons.rss"}]
    assert screen.said == []


def test_what_cannot_be_read_changes_nothing_and_is_told_once(tmp_path: Path) -> None:
    screen, home = Screen(), tmp_path / "feeds"
    home.mkdir()

    async def look() -> None:
        follower = screen.follow(home)
        publish(home, {"tides.rss": RSS})
        await follower.begin()
        publish(home, {"tides.rss": RSS, "moons.rss": RSS})
        (home / "moons.rss").write_bytes(b"half")
        await look_thrice(follower)
        (home / "manifest.json").write_text("<<<<<<<")
        await look_thrice(follower)
        shutil.rmtree(home)
        await look_thrice(follower)
        home.mkdir()
        publish(home, {"ebb.rss": RSS})
        assert await follower.look()

    asyncio.run(look())
    assert screen.shown == [{"tides.rss"}, {"ebb.rss"}]
    after = "; what was published before goes on being served"
    assert screen.said == [
        f"{home}/moons.rss is not what manifest.json lists; feedpub render mends it{after}",
        f"{home}/manifest.json cannot be read as a manifest{after}",
        f"there is no folder {home}: feedpub render makes it{after}",
    ]


async def look_thrice(follower: Follower) -> None:
    for _ in range(3):
        assert not await follower.look()


def test_what_is_mended_at_once_is_not_told(tmp_path: Path) -> None:
    screen = Screen()

    async def look() -> None:
        follower = screen.follow(tmp_path)
        publish(tmp_path, {"tides.rss": RSS})
        await follower.begin()
        for _ in range(3):
            publish(tmp_path, {"tides.rss": RSS, "moons.rss": RSS})
            (tmp_path / "moons.rss").write_bytes(b"half")
            assert not await follower.look()
            publish(tmp_path, {"tides.rss": RSS, "moons.rss": RSS})
            assert await follower.look()

    asyncio.run(look())
    assert screen.said == []


def test_what_has_been_mended_is_told_again_when_it_comes_again(tmp_path: Path) -> None:
    screen = Screen()

    async def look() -> None:
        follower = screen.follow(tmp_path)
        publish(tmp_path, {"tides.rss": RSS})
        await follower.begin()
        for _ in range(2):
            publish(tmp_path, {"tides.rss": RSS, "moons.rss": RSS})
            (tmp_path / "moons.rss").write_bytes(b"half")
            await look_thrice(follower)
            publish(tmp_path, {"tides.rss": RSS, "moons.rss": RSS})
            for _ in range(3):
                assert await follower.look()

    asyncio.run(look())
    assert [said.partition(" is not what")[0] for said in screen.said] == [f"{tmp_path}/moons.rss"] * 2


def test_the_beginning_waits_for_the_end_of_a_publication(tmp_path: Path) -> None:
    publish(tmp_path, {"tides.rss": RSS})
    (tmp_path / "tides.rss").write_bytes(b"half")
    screen = Screen()

    async def mend() -> None:
        (tmp_path / "tides.rss").write_bytes(RSS)

    async def begin() -> None:
        await asyncio.gather(screen.follow(tmp_path).begin(), mend())

    asyncio.run(begin())
    assert screen.shown == [{"tides.rss"}]


def test_a_beginning_without_a_publication_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        asyncio.run(Screen().follow(tmp_path / "feeds").begin())
    publish(tmp_path, {"tides.rss": RSS})
    (tmp_path / "tides.rss").unlink()
    with pytest.raises(PublishError, match=r"tides\.rss is not what manifest\.json lists"):
        asyncio.run(Screen().follow(tmp_path).begin())


def test_no_answer_is_of_two_publications_while_the_folder_is_swapped(tmp_path: Path) -> None:
    for name, documents in SETS.items():
        (tmp_path / name).mkdir()
        publish(tmp_path / name, documents)
    link = tmp_path / "feeds"
    link.symlink_to("spring")
    answers: set[tuple[str, bytes]] = set()
    with running(tmp_path) as server:
        is_over = threading.Event()

        def ask() -> None:
            while not is_over.is_set():
                for path in ("tides.rss", "moons.rss"):
                    reply = server.get(f"/{path}")
                    answers.add((path, reply.content))  # type: ignore[attr-defined] # what `get` keeps

        asking = threading.Thread(target=ask)
        asking.start()
        try:
            for name in ("neap", "spring", "neap"):
                (tmp_path / "next").symlink_to(name)
                (tmp_path / "next").replace(link)
                wait_until(lambda name=name: server.get(f"/{name}.rss").status == 200)  # type: ignore[misc] # mypy#12557
            link.unlink()
            shutil.rmtree(tmp_path / "neap")
            assert server.get("/neap.rss", Accept_Encoding="gzip").status == 200
        finally:
            is_over.set()
            asking.join()
    assert answers == {(path, SETS[name][path]) for name in SETS for path in ("tides.rss", "moons.rss")}
