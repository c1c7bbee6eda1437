from __future__ import annotations

import pytest

from feedpub.publish import is_publishable
from feedpub.publish.paths import list_folders, split_path

HOSTILE = [
    "",
    ".",
    "..",
    "/",
    "/etc/passwd",
    "../x",
    "a/../x",
    "a/./x",
    "a//x",
    "a/",
    "a\\x",
    "a\0x",
    "a\nx",
    "\x1b[31m",
    "\u202ea",
    "\ud800",
    ".feedpub-mine",
    ".Feedpub-commit",
    "a/.feedpub-x/b",
    "x" * 256,
    "é" * 128,
]


@pytest.mark.parametrize("path", HOSTILE)
def test_a_path_that_could_lead_elsewhere_is_not_publishable(path: str) -> None:
    assert not is_publishable(path)


@pytest.mark.parametrize(
    "path", ["politics.rss", "archive/politics/2026-02.atom", "a b", "é.rss", ".hidden", "..x", "x" * 255]
)
def test_an_ordinary_path_is_publishable(path: str) -> None:
    assert is_publishable(path)


def test_folders_are_listed_outermost_first_without_the_target() -> None:
    assert list_folders("archive/politics/2026-02.atom") == ["archive", "archive/politics"]
    assert list_folders("politics.rss") == []


def test_a_path_is_split_into_folder_and_name() -> None:
    assert split_path("archive/politics/2026-02.atom") == ("archive/politics", "2026-02.atom")
    assert split_path("politics.rss") == ("", "politics.rss")
