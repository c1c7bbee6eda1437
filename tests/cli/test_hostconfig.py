"""``feedpub hostconfig`` prints what servers are told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from feedpub.cli.hostconfig import SERVERS, command
from feedpub.hosting import SERVERS as WRITERS
from feedpub.pipeline import describe_hosting
from hosting.published import NOW, publish

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result


def run(*arguments: str | Path) -> Result:
    words = [*map(str, arguments), "--now", NOW.strftime("%Y-%m-%dT%H:%M:%SZ")]
    return CliRunner().invoke(command, words, standalone_mode=False)


def test_the_help_names_every_server() -> None:
    assert list(WRITERS) == list(SERVERS)


@pytest.mark.parametrize("server", ["nginx", "caddy", "apache"])
def test_a_configuration_of_one_file_is_printed_as_it_is(tmp_path: Path, server: str) -> None:
    path = publish(tmp_path)
    done = run(server, path, "--root", "/data/feeds")
    assert done.return_value == 0
    assert "/data/feeds/" in done.stdout
    assert done.stdout.startswith(f"# https://e.org/feeds/: printed by feedpub hostconfig {server}.\n")


@pytest.mark.parametrize("server", ["netlify", "cloudflare"])
def test_of_two_files_each_is_printed_below_its_name_or_one_alone(tmp_path: Path, server: str) -> None:
    path = publish(tmp_path)
    both = run(server, path).stdout
    parts = [run(server, path, "--file", name).stdout for name in ("_headers", "_redirects")]
    assert both == f"# File _headers\n{parts[0]}\n# File _redirects\n{parts[1]}\n"
    assert "Link: " in parts[0]


def test_the_same_catalogue_and_now_print_the_same(tmp_path: Path) -> None:
    path = publish(tmp_path)
    assert run("nginx", path, "--gone-after", "30").stdout == run("nginx", path, "--gone-after", "30").stdout
    assert "return 410;" in run("nginx", path, "--gone-after", "30").stdout
    assert "return 410;" not in run("nginx", path).stdout


def test_redirects_are_comments_until_they_are_asked_for(tmp_path: Path) -> None:
    path = publish(tmp_path)
    line = 'return 301 "https://e.org/feeds/$1a$2";'
    assert f"        # {line}" in run("nginx", path).stdout.splitlines()
    assert f"        {line}" in run("nginx", path, "--redirect-formerly").stdout.splitlines()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("nginx", "--root", "feeds"), "--root is 'feeds'; it names a folder on the server, such as /srv/www/feeds"),
        (("nginx", "--file", "x"), "nginx has no file 'x'; there is feedpub.conf."),
        (("ngnix",), "Did you mean nginx?"),
    ],
)
def test_what_is_asked_for_wrongly_is_told(tmp_path: Path, arguments: tuple[str, ...], sentence: str) -> None:
    server, *options = arguments
    done = run(server, publish(tmp_path), *options)
    assert sentence in str(done.exception or "") + str(getattr(done.exception, "message", ""))


def test_a_broken_catalogue_configures_nothing(tmp_path: Path) -> None:
    path = publish(tmp_path)
    path.write_text(path.read_text(encoding="utf-8").replace('"title": "A"', '"titel": "A"'), encoding="utf-8")
    done = run("nginx", path)
    assert (done.return_value, "location" in done.stdout) == (1, False)
    assert "there is nothing to configure" in done.stderr
    assert describe_hosting(publish(tmp_path), now=NOW).gone == ()
