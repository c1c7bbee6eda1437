"""Readers of others, each with its files in a folder of its own: programs, libraries, and parsers from npm."""

from __future__ import annotations

import email
import email.policy
import json
import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import feedparser
from reader import EntryUpdateStatus, make_reader

from readers.newsroom import NOTHING, News, Shown
from tools import lack, need_tools

if TYPE_CHECKING:
    from collections.abc import Callable
    from email.message import EmailMessage

    from reader import Entry

    from readers.newsroom import Reader

INSTALLED = os.environ.get("FEEDPUB_NPM_READERS", "")
PATIENCE = 60


def run(*command: str, folder: Path, **environment: str) -> str:
    """Run a program with its files below a folder; it must succeed."""
    where = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL"))}
    done = subprocess.run(
        command,
        cwd=folder,
        env=where | {"HOME": str(folder), "LC_ALL": "C.UTF-8", "TZ": "UTC"} | environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=PATIENCE,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


class Newsboat:
    """newsboat: what it has fetched lies in a database; news is what is unread, which is read at once."""

    def __init__(self, folder: Path, url: str) -> None:
        need_tools("newsboat")
        self._folder = folder
        self._cache = folder / "cache.db"
        (folder / "urls").write_text(f"{url}\n", encoding="utf-8")
        (folder / "config").write_text("", encoding="utf-8")

    def poll(self) -> News:
        files = ["-u", "urls", "-C", "config", "-c", "cache.db"]
        run("newsboat", *files, "-x", "reload", folder=self._folder)
        with closing(sqlite3.connect(self._cache)) as database:
            found = [title for (title,) in database.execute("SELECT title FROM rss_item WHERE unread = 1")]
            database.execute("UPDATE rss_item SET unread = 0")
            database.commit()
        return News(sorted(found), [])

    def show(self) -> list[Shown]:
        with closing(sqlite3.connect(self._cache)) as database:
            rows = database.execute(
                "SELECT title, url, pubDate, content FROM rss_item WHERE deleted = 0 ORDER BY title"
            )
            return [Shown(title, url, datetime.fromtimestamp(at, UTC), body) for title, url, at, body in rows]


class Sfeed:
    """sfeed: lines with tabs, to which sfeed_update adds what it does not know; news is what was added."""

    def __init__(self, folder: Path, url: str) -> None:
        need_tools("sfeed_update", "curl")
        self._folder = folder
        self._file = folder / "feeds" / "news"
        self._known: list[str] = []
        text = f'sfeedpath="{folder}/feeds"\nfeeds() {{\n  feed "news" "{url}"\n}}\n'
        (folder / "sfeedrc").write_text(text, encoding="utf-8")

    def poll(self) -> News:
        run("sfeed_update", str(self._folder / "sfeedrc"), folder=self._folder)
        titles = sorted(one.title for one in self.show())
        news = list(titles)
        for one in self._known:
            news.remove(one)
        self._known = titles
        return News(news, [])

    def show(self) -> list[Shown]:
        rows = (line.split("\t") for line in self._file.read_text(encoding="utf-8").splitlines())
        found = [Shown(row[1], row[2], datetime.fromtimestamp(int(row[0]), UTC), _unescape(row[3])) for row in rows]
        return sorted(found, key=lambda one: one.title)


class Rss2Email:
    """rss2email: a mail for each entry that is news, into a Maildir; with ``changes``, one for a changed one too."""

    def __init__(self, folder: Path, url: str, *, changes: bool = False) -> None:
        need_tools("r2e")
        self._folder = folder
        self._inbox = folder / "mail" / "INBOX"
        lines = [
            "[DEFAULT]",
            "from = feeds@e.org",
            "to = me@e.org",
            "email-protocol = maildir",
            f"maildir-path = {folder / 'mail'}",
            "maildir-mailbox = INBOX",
            "html-mail = True",
            "same-server-fetch-interval = 0",
            "date-header = True",
            f"reply-changes = {changes}",
            "[feed.news]",
            f"url = {url}",
        ]
        (folder / "config").write_text("\n".join(lines), encoding="utf-8")
        for name in ("cur", "new", "tmp"):
            (self._inbox / name).mkdir(parents=True)

    def poll(self) -> News:
        before = {path.name for path in self._inbox.glob("new/*")}
        run("/usr/bin/r2e", "-c", "config", "-d", "data.json", "run", folder=self._folder)
        mails = [_open(path) for path in self._inbox.glob("new/*") if path.name not in before]
        new, changed = ([one for one in mails if ("In-Reply-To" in one) is is_reply] for is_reply in (False, True))
        return News(sorted(str(one["Subject"]) for one in new), sorted(str(one["Subject"]) for one in changed))

    def show(self) -> list[Shown]:
        mails = (self._read(_open(path)) for path in self._inbox.glob("new/*"))
        return sorted(mails, key=lambda one: one.title)

    def _read(self, mail: EmailMessage) -> Shown:
        body = mail.get_body()
        assert body is not None
        text: str = body.get_content()
        link = text.partition('href="')[2].partition('"')[0]
        sent = parsedate_to_datetime(str(mail["Date"])).replace(tzinfo=UTC)  # of -0000, which says no zone
        return Shown(str(mail["Subject"]), link, sent, text)


class LemonReader:
    """The library `reader`: news are entries that its update calls new or modified."""

    def __init__(self, folder: Path, url: str) -> None:
        self._reader = make_reader(str(folder / "reader.sqlite"))
        self._url = url
        self._news: list[tuple[str, EntryUpdateStatus]] = []
        self._reader.after_entry_update_hooks.append(
            lambda _, one, status: self._news.append((one.title or "", status))
        )
        self._reader.add_feed(url)

    def poll(self) -> News:
        self._news.clear()
        self._reader.update_feed(self._url)
        kinds = (EntryUpdateStatus.NEW, EntryUpdateStatus.MODIFIED)
        return News(*(sorted(title for title, status in self._news if status is kind) for kind in kinds))

    def show(self) -> list[Shown]:
        return sorted((_read_entry(one) for one in self._reader.get_entries()), key=lambda one: one.title)


class Feedparser:
    """feedparser, with the validators of its last answer; it remembers no entry: news is what was not there before."""

    def __init__(self, folder: Path, url: str) -> None:
        assert folder.is_dir()
        self._url = url
        self._found: Any = None
        self._ids: set[str] = set()

    def poll(self) -> News:
        last = self._found
        validators = {} if last is None else {"etag": last.get("etag"), "modified": last.get("modified")}
        found = feedparser.parse(self._url, **validators)
        if found.status == 304:
            return NOTHING
        assert not found.bozo, found.bozo_exception
        self._found = found
        news = sorted(one.title for one in found.entries if one.id not in self._ids)
        self._ids |= {one.id for one in found.entries}
        return News(news, [])

    def show(self) -> list[Shown]:
        return sorted((_read_parsed(one) for one in self._found.entries), key=lambda one: one.title)


class NpmReader:
    """A parser from npm, which remembers nothing: news is what was not there before."""

    program = ""
    package = ""

    def __init__(self, folder: Path, url: str) -> None:
        folders = Path(INSTALLED, "node_modules")
        if not INSTALLED or not (folders / self.package).is_dir() or shutil.which("node") is None:
            lack(f"node and {self.package} are not there; nox installs the latter with npm")
        self._folder = folder
        self._url = url
        self._items: list[dict[str, str]] = []
        self._ids: set[str] = set()
        self._script = folder / "reader.mjs"
        path = folders.resolve().as_posix()
        self._script.write_text(self.program.replace("MODULES", path), encoding="utf-8")

    def poll(self) -> News:
        self._items = json.loads(run("node", str(self._script), self._url, folder=self._folder))
        news = sorted(one["title"] for one in self._items if one["id"] not in self._ids)
        self._ids |= {one["id"] for one in self._items}
        return News(news, [])

    def show(self) -> list[Shown]:
        found = (
            Shown(one["title"], one["link"], datetime.fromisoformat(one["published"]), one["body"])
            for one in self._items
        )
        return sorted(found, key=lambda one: one.title)


class RssParser(NpmReader):
    """rss-parser: RSS and Atom."""

    package = "rss-parser"
    program = """\
import {createRequire} from "node:module";
const Parser = createRequire("MODULES/x.js")("rss-parser");
const feed = await new Parser().parseURL(process.argv[2]);
console.log(JSON.stringify(feed.items.map((one) => ({
  id: one.guid ?? one.id,
  title: one.title,
  link: one.link,
  published: one.isoDate,
  body: one["content:encoded"] || one.content || one.summary,
}))));
"""


class Feedsmith(NpmReader):
    """feedsmith: every format."""

    package = "feedsmith"
    program = """\
import {createRequire} from "node:module";
import {pathToFileURL} from "node:url";
const {parseFeed} = await import(pathToFileURL(createRequire("MODULES/x.js").resolve("feedsmith")));
const {format, feed} = parseFeed(await (await fetch(process.argv[2])).text());
const read = {
  rss: (one) => [one.guid.value, one.title, one.link, one.pubDate, one.content?.encoded || one.description],
  atom: (one) => [one.id, one.title, one.links[0].href, one.published, one.content ?? one.summary],
  json: (one) => [one.id, one.title, one.url, one.date_published, one.content_html ?? one.content_text],
}[format];
console.log(JSON.stringify((feed.items ?? feed.entries).map((one) => {
  const [id, title, link, published, body] = read(one);
  const text = (value) => (typeof value === "string" ? value : value?.value);
  return {id, title: text(title), link, published: new Date(published).toISOString(), body: text(body)};
})));
"""


READERS: dict[str, Callable[[Path, str], Reader]] = {
    "newsboat": Newsboat,
    "sfeed": Sfeed,
    "rss2email": Rss2Email,
    "rss2email, reply-changes": partial(Rss2Email, changes=True),
    "reader": LemonReader,
    "feedparser": Feedparser,
    "rss-parser": RssParser,
    "feedsmith": Feedsmith,
}


def _open(path: Path) -> EmailMessage:
    return email.message_from_bytes(path.read_bytes(), policy=email.policy.default)


def _read_entry(one: Entry) -> Shown:
    content = one.get_content()
    return Shown(one.title or "", one.link or "", one.published, (content.value if content else one.summary) or "")


def _read_parsed(one: Any) -> Shown:  # noqa: ANN401 - feedparser ships no types
    year, month, day, hour, minute, second, *_ = one.published_parsed
    published = datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    body = one.content[0].value if one.get("content") else one.summary
    return Shown(one.title, one.link, published, body)


def _unescape(text: str) -> str:
    return text.replace("\\n", "\n").replace("\\t", "\t").replace("\\\\", "\\")
