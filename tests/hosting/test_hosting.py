"""What servers are told of a publication, and what is refused."""

from __future__ import annotations

import subprocess
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from feedpub.errors import UsageError
from feedpub.hosting import SERVERS, Choices
from feedpub.pipeline import describe_hosting
from hosting.published import NOW, publish
from hosting.webservers import configure_apache, tool
from tools import need_tools

if TYPE_CHECKING:
    from pathlib import Path


def test_every_published_file_is_known(tmp_path: Path) -> None:
    hosting = describe_hosting(publish(tmp_path), now=NOW)
    published = {path.name for path in (tmp_path / "feeds").iterdir()}
    ours = {name for name in published if not name.endswith((".gz", ".br")) and not name.startswith(".")}
    assert {one.path for one in hosting.documents} == ours
    assert hosting.exceptions == {"manifest.json": "application/json; charset=utf-8"}


def test_a_topic_is_gone_from_the_very_second_on(tmp_path: Path) -> None:
    path = publish(tmp_path)
    days = timedelta(days=9)  # since 2026-02-20 at 00:00
    assert describe_hosting(path, now=NOW, gone_after=days).gone == ("ended", "recent")
    assert describe_hosting(path, now=NOW - timedelta(seconds=1), gone_after=days).gone == ("ended",)
    assert describe_hosting(path, now=NOW).gone == ()


def test_without_ttl_a_document_may_be_kept_for_a_moment(tmp_path: Path) -> None:
    path = publish(tmp_path, ttl=None)
    assert describe_hosting(path, now=NOW).max_age == 300


@pytest.mark.parametrize("root", ["feeds", "", "/srv/a\nb", "/srv/\x00"])
def test_a_folder_that_no_configuration_can_name_is_refused(root: str) -> None:
    with pytest.raises(UsageError, match="names a folder on the server"):
        Choices(root=root)


def test_caddy_refuses_what_a_caddyfile_cannot_name(tmp_path: Path) -> None:
    hosting = describe_hosting(publish(tmp_path), now=NOW)
    for root in ("/srv/{a}", "/srv/`a"):
        with pytest.raises(UsageError, match="cannot name a folder with braces or backticks"):
            SERVERS["caddy"](hosting, Choices(root=root))


def test_brotli_is_a_comment_to_nginx_until_it_is_asked_for(tmp_path: Path) -> None:
    hosting = describe_hosting(publish(tmp_path), now=NOW)
    texts = [SERVERS["nginx"](hosting, Choices(brotli=brotli))["feedpub.conf"] for brotli in (False, True)]
    assert "    # brotli_static on; # where the module of ngx_brotli is" in texts[0].splitlines()
    assert "    brotli_static on;" in texts[1].splitlines()


@pytest.mark.parametrize("redirects", [False, True])
def test_apache_finds_no_fault_in_its_configuration(tmp_path: Path, redirects: bool) -> None:  # noqa: FBT001 - a parameter
    need_tools("apache2")
    hosting = describe_hosting(publish(tmp_path), now=NOW, gone_after=timedelta(days=1))
    choices = Choices(root=str(tmp_path / "feeds"), redirect_formerly=redirects)
    (tmp_path / "feedpub.conf").write_text(SERVERS["apache"](hosting, choices)["feedpub.conf"], encoding="utf-8")
    command = [tool("apache2"), "-t", "-d", str(tmp_path), "-f", str(configure_apache(tmp_path, 8000))]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert "Syntax OK" in done.stderr, done.stderr
