"""Readers of others poll our feeds from `feedpub serve` and nginx; docs/readers.md says what they make of them."""

from __future__ import annotations

import re
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

import pytest

from readers.hosts import host_on_nginx, run_follower
from readers.newsroom import CHIPS, NOTHING, TALKS, TITLE, VOTES, News, Newsroom, publish_into
from readers.programs import READERS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from readers.hosts import Follower
    from readers.newsroom import Reader

PAGE = Path(__file__).parents[2] / "docs" / "readers.md"

Edit: TypeAlias = Literal["in place", "told", "beside", "never"]


@dataclass(frozen=True, slots=True)
class Habit:
    """What a reader does: the formats it reads, whether it asks for changes only, what it makes of an edit.

    An edit replaces the old text, ``told`` or not, comes as an entry ``beside`` the old one where its title is another,
    or never. ``keeps`` says that what has left the feed stays.
    """

    kinds: tuple[str, ...]
    asks: bool
    edit: Edit
    keeps: bool


XML = ("rss", "atom")
ALL = ("rss", "atom", "json")
HABITS = {
    "newsboat": Habit(XML, asks=False, edit="in place", keeps=True),
    "sfeed": Habit(XML, asks=False, edit="beside", keeps=True),
    "rss2email": Habit(XML, asks=True, edit="never", keeps=True),
    "rss2email, reply-changes": Habit(XML, asks=True, edit="told", keeps=True),
    "reader": Habit(ALL, asks=True, edit="told", keeps=True),
    "feedparser": Habit(XML, asks=True, edit="in place", keeps=False),
    "rss-parser": Habit(XML, asks=False, edit="in place", keeps=False),
    "feedsmith": Habit(ALL, asks=False, edit="in place", keeps=False),
}
CASES = [(name, kind) for name, habit in HABITS.items() for kind in habit.kinds]
ONE_EACH = [(name, habit.kinds[number % len(habit.kinds)]) for number, (name, habit) in enumerate(HABITS.items())]
"""Each reader with one of its formats: what it does with time does not depend on that."""
EDITED = VOTES | {"title": "Votes, again", "body": "Counted again.", "updated": "2026-02-20T00:00:00Z"}
ARTICLE = {key: value for key, value in CHIPS.items() if key != "summary"} | {"body": "The whole article."}


@pytest.fixture(scope="module")
def follower(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Follower]:
    """Return ``feedpub serve``, started once."""
    catalogue = publish_into(tmp_path_factory.mktemp("first"), [TALKS])
    with run_follower(tmp_path_factory.mktemp("follower"), catalogue.parent / "feeds") as found:
        yield found


@pytest.fixture(params=["feedpub serve", "nginx"])
def newsroom(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Newsroom]:
    """Return a newsroom that has published three entries, behind a server."""
    room, files = tmp_path / "room", tmp_path / "server"
    room.mkdir()
    files.mkdir()
    catalogue = publish_into(room, [TALKS])
    with ExitStack() as stack:
        if request.param == "nginx":
            host = stack.enter_context(host_on_nginx(catalogue, files))
        else:
            host = request.getfixturevalue("follower").host(catalogue)
        found = Newsroom(room, host)
        found.publish(TALKS, CHIPS, VOTES)
        yield found


@pytest.fixture
def reader(newsroom: Newsroom, tmp_path: Path, name: str, kind: str) -> Reader:
    folder = tmp_path / "reader"
    folder.mkdir()
    return READERS[name](folder, newsroom.locate(kind))


def reads(text: str) -> str:
    """Return what a person reads of HTML or text: words, in their order."""
    plain = re.sub(r"<[^>]+>", " ", text).replace("&gt;", ">").replace("&amp;", "&")
    return " ".join(plain.split())


def test_every_reader_is_judged_and_described() -> None:
    assert list(READERS) == list(HABITS)
    rows = re.findall(r"^\| ([^|]+) \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert set(HABITS) <= {row.replace("`", "") for row in rows}


@pytest.mark.parametrize(("name", "kind"), CASES)
def test_titles_links_times_and_bodies_arrive(reader: Reader) -> None:
    assert reader.poll() == News(sorted([TITLE, "Chips", "Votes"]), [])
    talks, chips, votes = reader.show()
    assert [one.title for one in (talks, chips, votes)] == [TITLE, "Chips", "Votes"]
    assert [one.link for one in (talks, chips, votes)] == [
        "https://e.org/politics/talks",
        "https://e.org/tech/chips",
        "https://e.org/asia/votes",
    ]
    times = [f"{one.published:%Y-%m-%dT%H:%M:%S}Z" for one in (talks, chips, votes) if one.published]
    assert times == [TALKS["published"], CHIPS["published"], VOTES["published"]]
    assert "A body with a link & an ampersand. Second paragraph, 日本語." in reads(talks.body)
    assert '<a href="https://e.org/politics/more">link</a>' in talks.body
    assert "Stay > go." in reads(chips.body)


@pytest.mark.parametrize(("name", "kind"), CASES)
def test_a_second_poll_brings_nothing_and_costs_a_304_where_it_is_asked_for(
    newsroom: Newsroom, reader: Reader, name: str, kind: str
) -> None:
    reader.poll()
    assert reader.poll() == NOTHING
    path = newsroom.place(kind)
    assert newsroom.server.list_requests(2) == [("GET", path, 200), ("GET", path, 304 if HABITS[name].asks else 200)]


@pytest.mark.parametrize(("name", "kind"), ONE_EACH)
def test_a_new_entry_arrives_once(newsroom: Newsroom, reader: Reader) -> None:
    reader.poll()
    newsroom.publish(TALKS, CHIPS, VOTES, VOTES | {"id": "more", "url": "more", "title": "More"})
    assert [reader.poll(), reader.poll()] == [News(["More"], []), NOTHING]


@pytest.mark.parametrize(("name", "kind"), ONE_EACH)
def test_an_edit_arrives_once(newsroom: Newsroom, reader: Reader, name: str) -> None:
    reader.poll()
    newsroom.publish(TALKS, CHIPS, EDITED)
    edit = HABITS[name].edit
    told = {"told": News([], ["Votes, again"]), "beside": News(["Votes, again"], [])}.get(edit, NOTHING)
    assert [reader.poll(), reader.poll()] == [told, NOTHING]
    shown = {one.title: reads(one.body) for one in reader.show()}
    assert ("Votes, again" in shown) is (edit != "never")
    if edit != "never":
        assert "Counted again." in shown["Votes, again"]
    is_mail = name.startswith("rss2email")  # what was sent, was sent
    assert ("Votes" in shown) is (is_mail or edit == "beside")


@pytest.mark.parametrize(("name", "kind"), ONE_EACH)
def test_a_teaser_that_becomes_an_article_is_not_new_again(newsroom: Newsroom, reader: Reader, name: str) -> None:
    reader.poll()
    newsroom.publish(TALKS, ARTICLE, VOTES)
    edit = HABITS[name].edit
    assert reader.poll() == (News([], ["Chips"]) if edit == "told" else NOTHING)
    bodies = [reads(one.body) for one in reader.show() if one.title == "Chips"]
    assert any("The whole article." in body for body in bodies) is (edit in ("in place", "told"))


@pytest.mark.parametrize(("name", "kind"), ONE_EACH)
def test_a_renamed_section_brings_nothing_back(newsroom: Newsroom, reader: Reader, kind: str) -> None:
    reader.poll()
    entries = [one | {"sections": ["world"]} for one in (TALKS, CHIPS, VOTES)]
    newsroom.publish(*entries, sections={"world": {"title": "World", "formerly": ["news"]}})
    assert reader.poll() == NOTHING
    assert len(reader.show()) == 3
    old, new = (newsroom.server.ask(newsroom.place(kind, topic)).body for topic in ("news", "world"))
    assert old == new


@pytest.mark.parametrize(("name", "kind"), ONE_EACH)
def test_a_retracted_entry_goes_where_the_reader_keeps_nothing(newsroom: Newsroom, reader: Reader, name: str) -> None:
    reader.poll()
    newsroom.publish(TALKS, CHIPS, retracted=[{"id": "votes", "at": "2026-02-25T00:00:00Z", "reason": "Wrong."}])
    assert reader.poll() == NOTHING
    assert ("Votes" in {one.title for one in reader.show()}) is HABITS[name].keeps
