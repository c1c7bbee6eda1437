"""One catalogue and one moment give one hash, in whatever surroundings and shape."""

from __future__ import annotations

import os
import shutil
import sys
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from faults.running import NOW
from faults.shapes import read_catalogue, write_shape
from faults.surroundings import (
    CLOCKS,
    FACTORS,
    HERE,
    OTHER_PYTHON,
    Surroundings,
    ask,
    cover_pairs,
    find_other_python,
    hash_documents,
    list_surroundings,
    make_locale,
    render,
)
from feedpub.loading.piecing import WORTH_WORKERS
from tools import need_tools

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import Any

    from faults.conftest import Scale

MORE = 1_150
"""Articles that make what is included large enough to be read in pieces, by several processes."""


WORDS = {
    "seed": "hash seeds",
    "zone": "zones",
    "locale": "locales",
    "clock": "clocks",
    "cache": "states of the cache",
    "workers": "numbers of workers",
}


class Newsroom:
    """A catalogue, and what its first rendering gave."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.root: dict[str, Any] = read_catalogue(more=MORE)
        self.has_turkish = make_locale(folder)
        first = write_shape(self.root, folder / "first", seed=0)
        self.old_cache = folder / "old cache"
        output = folder / "first out"
        render(first, "--now", NOW, "--cache", str(self.old_cache), output=output, folder=folder, around=Surroundings())
        self.expected = hash_documents(output)

    def list_factors(self) -> dict[str, tuple[str, ...]]:
        """Return what can be varied on this machine."""
        locales = FACTORS["locale"] if self.has_turkish else FACTORS["locale"][:2]
        pythons = tuple(filter(None, (HERE, find_other_python())))
        return FACTORS | {"locale": locales, "python": pythons}

    def render(self, around: Surroundings, *, seed: int, options: tuple[str, ...] = ("--now", NOW)) -> dict[str, str]:
        """Write the catalogue in a shape, render it, and return the digests of what was written."""
        place = self.folder / f"shape {seed}"
        shutil.rmtree(place, ignore_errors=True)
        catalogue = write_shape(self.root, place, seed=seed)
        cache = place / "cache"
        where = ("--cache", str(cache))
        if around.cache == "of other files":
            shutil.copytree(self.old_cache, cache)
        if around.cache == "warm":
            render(catalogue, *options, *where, output=place / "before", folder=self.folder, around=around)
        render(catalogue, *options, *where, output=place / "out", folder=self.folder, around=around)
        found = hash_documents(place / "out")
        shutil.rmtree(place)
        return found


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Newsroom:
    return Newsroom(tmp_path_factory.mktemp("sameness"))


def name_differences(found: dict[str, str], expected: dict[str, str]) -> list[str]:
    return sorted(name for name in found.keys() | expected.keys() if found.get(name) != expected.get(name))


def test_no_surroundings_and_no_shape_of_the_catalogue_change_a_byte(
    newsroom: Newsroom, scale: Scale, tell: Callable[[str, str], None]
) -> None:
    need_tools("faketime")
    factors = newsroom.list_factors()
    every = list(list_surroundings(factors))
    tried = every if scale(short=0, long=1) else cover_pairs(factors)
    for seed, around in enumerate(tried, start=1):
        assert name_differences(newsroom.render(around, seed=seed), newsroom.expected) == [], (around, seed)
    version = ".".join(map(str, sys.version_info[:3]))
    pythons = [version, *(_ask_version(newsroom, one) for one in factors["python"][1:])]
    choices = ", ".join(f"{len(factors[name])} {words}" for name, words in WORDS.items())
    tell(
        "sameness",
        f"{datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} cores: {len(tried):,} of {len(every):,} combinations "
        f"({choices}, Python {' and '.join(pythons)}), each of another shape of {len(newsroom.root['articles']):,} "
        f"articles: one hash of {len(newsroom.expected)} files",
    )


def _ask_version(newsroom: Newsroom, python: str) -> str:
    code = "import platform; print(platform.python_version())"
    return ask(code, folder=newsroom.folder, around=Surroundings(python=python))


@pytest.mark.parametrize("clock", [name for name in CLOCKS if name != "right"])
def test_the_clock_of_a_run_is_really_turned(clock: str, newsroom: Newsroom) -> None:
    need_tools("faketime")
    code = "import datetime; print(datetime.datetime.now().year)"
    right, turned = (int(ask(code, folder=newsroom.folder, around=Surroundings(clock=one))) for one in ("right", clock))
    assert turned - right == (-10 if "back" in clock else 10)


def test_the_locale_and_the_zone_of_a_run_are_really_others(newsroom: Newsroom) -> None:
    code = "import locale, time; print(locale.setlocale(locale.LC_ALL, ''), locale.getencoding(), time.tzname[0])"
    locales = newsroom.list_factors()["locale"]
    answers = {ask(code, folder=newsroom.folder, around=Surroundings(locale=one)) for one in locales}
    assert len(answers) == len(locales) >= 2
    assert ask(code, folder=newsroom.folder, around=Surroundings(zone="America/St_Johns")).endswith("NST")


def test_a_python_of_another_version_is_among_those_tried(newsroom: Newsroom) -> None:
    other = find_other_python()
    if other is None:
        pytest.skip(f"{OTHER_PYTHON} names none; nox sets it where the machine has a second Python")
    assert _ask_version(newsroom, other).split(".")[:2] != list(map(str, sys.version_info[:2]))


def test_what_is_included_is_large_enough_for_several_processes(newsroom: Newsroom, tmp_path: Path) -> None:
    for seed in range(3):
        more = write_shape(newsroom.root, tmp_path / str(seed), seed=seed).parent / "more"
        assert sum(path.stat().st_size for path in more.glob("*.yaml")) >= WORTH_WORKERS


def test_every_two_choices_of_two_factors_meet() -> None:
    factors = FACTORS | {"python": (HERE, "other")}
    tried = cover_pairs(factors)
    assert len(tried) < 30
    for one in factors:
        for two in factors:
            if one < two:
                pairs = {(getattr(around, one), getattr(around, two)) for around in tried}
                assert len(pairs) == len(factors[one]) * len(factors[two])


def test_a_moment_from_the_environment_is_the_one_from_the_command_line(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    need_tools("faketime")
    around = Surroundings(clock="ten years back", zone="Pacific/Apia")
    epoch = "1780315200"
    variables = Surroundings.make_environment
    monkeypatch.setattr(
        Surroundings,
        "make_environment",
        lambda self, folder: variables(self, folder) | {"SOURCE_DATE_EPOCH": epoch},
    )
    assert name_differences(newsroom.render(around, seed=1, options=()), newsroom.expected) == []


def test_a_run_that_reads_the_clock_at_a_moment_gives_what_that_moment_gives(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    need_tools("faketime")
    monkeypatch.setitem(CLOCKS, "at", ("2026-06-01 12:00:00",))
    around = Surroundings(clock="at")
    assert name_differences(newsroom.render(around, seed=1, options=()), newsroom.expected) == []


PLANTED = {
    "seed": "print(*{'a', 'b', 'c', 'd', 'e', 'f', 'g'})",
    "zone": "import time; print(time.localtime(0).tm_hour)",
    "locale": "import locale; locale.setlocale(locale.LC_ALL, ''); print(locale.getencoding())",
    "clock": "import time; print(time.gmtime().tm_year)",
}
"""Code whose output follows each of the factors, as feedpub's must not."""


@pytest.mark.parametrize("factor", PLANTED)
def test_what_follows_its_surroundings_is_seen(factor: str, newsroom: Newsroom) -> None:
    if factor == "clock":
        need_tools("faketime")
    answers = {
        ask(PLANTED[factor], folder=newsroom.folder, around=replace(Surroundings(), **{factor: choice}))
        for choice in FACTORS[factor][:2]
    }
    assert len(answers) == 2


def test_one_other_word_in_one_entry_is_seen(newsroom: Newsroom) -> None:
    article = newsroom.root["articles"][-1]
    title = article["title"]
    try:
        article["title"] = f"{title}!"
        found = newsroom.render(Surroundings(cache="of other files"), seed=2)
    finally:
        article["title"] = title
    assert name_differences(found, newsroom.expected) == ["manifest.json"]
