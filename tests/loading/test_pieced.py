"""A catalogue that is read in pieces, by any number of workers, is the same as one that is read whole."""

from __future__ import annotations

import os
import shutil
import signal
import tracemalloc
from contextlib import chdir
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import feedpub
from feedpub.loading import gathering, harvesting, load_catalogue, loader, pieced, piecing, problems
from feedpub.select import select_topics
from feedpub.source import LONGEST, pieces
from loading.comparing import FRAME

if TYPE_CHECKING:
    from collections.abc import Callable

    from feedpub.catalogue import Site
    from feedpub.loading import Catalogue
    from feedpub.select import Selection

TESTS = Path(__file__).parent.parent
GOLDEN = ("minimal", "full", "hostile", "empty")
BROKEN = sorted([*(TESTS / "lint" / "cases").glob("*.yaml"), *(TESTS / "diagnostics" / "cases").glob("*.yaml")])
NOW = datetime(2026, 6, 1, tzinfo=UTC)

HEAD = """\
site: {title: T, url: "https://e.org/", tag_authority: "e.org,2026", timezone: Europe/London, limit: 20}
sections: {a: {title: A}, b: {title: B}}
"""


@pytest.fixture
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Return what lets every file be read in the smallest of pieces."""

    def cut() -> None:
        monkeypatch.setattr(loader, "LARGE", 1)
        monkeypatch.setattr(piecing, "WORTH_WORKERS", 1)
        monkeypatch.setattr(pieces, "LEAST", 1)
        monkeypatch.setattr(pieces, "_SELDOM", 1)
        monkeypatch.setattr(gathering, "_BATCH", 2)

    return cut


def publish(folder: Path, output: Path, *, workers: int = 1) -> dict[str, bytes]:
    with chdir(folder):
        feedpub.render(now=NOW, output=output, workers=workers)
    return {path.name: path.read_bytes() for path in output.iterdir()}


def article(number: int, **fields: str) -> str:
    known = {
        "id": f"e{number}",
        "title": f"Title {number}",
        "url": f"e{number}",
        "published": f"2026-05-{number % 28 + 1:02}T09:00",
        "sections": "[a]",
        "body": "|\n      Text.\n\n      More <b>text</b>.",
    } | fields
    return "  - " + "\n    ".join(f"{name}: {value}" for name, value in known.items() if value) + "\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Write a catalogue with what pieces could stumble over: other keys, body files, retractions, includes."""
    home = tmp_path / "home"
    (home / "more").mkdir(parents=True)
    (home / "text.md").write_text("A body with an <iframe src='https://e.org/x'></iframe>.\n")
    entries = [article(number, title="'<i>T</i>'" if number % 7 == 0 else f"Title {number}") for number in range(30)]
    entries += [article(40, body="", body_file="text.md"), article(41, authors="[&ada Ada, *ada]", draft="true")]
    entries += [article(42, authors="&both [Ada, Ben]"), article(43, authors="*both")]
    retracted = "retracted:\n- {id: gone, at: 2026-05-01}\n- {id: lost, at: 2026-05-02, sections: [b]}\n"
    (home / "articles.yaml").write_text(
        f"{HEAD}include: ['more/*.yaml']\narticles:\n{''.join(entries[:-1])}{retracted}"
    )
    for shard in range(4):
        texts = "".join(
            article(100 + shard * 10 + number, sections="[b]", guid=f"urn:x:{shard}{number}") for number in range(9)
        )
        (home / "more" / f"{shard}.yaml").write_text(
            f"# a shard\narticles:\n{texts}".replace("\n", "\r\n" if shard else "\n")
        )
    return home


@pytest.mark.parametrize("workers", [1, 2, 3])
def test_pieces_and_workers_change_no_byte_and_no_word(
    workers: int, folder: Path, tmp_path: Path, small_pieces: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    taken: list[int] = []
    take = pieced.Pieces.take

    def count(
        self: pieced.Pieces, task: pieced.Task, found: harvesting.Harvest, *, numbers: dict[str, int], are_apart: bool
    ) -> None:
        taken.append(found.pack.count)
        take(self, task, found, numbers=numbers, are_apart=are_apart)

    monkeypatch.setattr(pieced.Pieces, "take", count)
    whole = publish(folder, tmp_path / "whole")
    with chdir(folder):
        told = feedpub.check(now=NOW, output=tmp_path / "none")
    assert taken == []
    small_pieces()
    assert publish(folder, tmp_path / "pieces", workers=workers) == whole
    assert len(taken) > 60
    with chdir(folder):
        assert feedpub.check(now=NOW, output=tmp_path / "none", workers=workers) == told
    assert {one.rule for one in told} >= {"title-markup", "embed-to-link"}


@pytest.mark.parametrize("case", GOLDEN)
def test_golden_catalogues_are_the_same_in_pieces(case: str, tmp_path: Path, small_pieces: Callable[[], None]) -> None:
    home = shutil.copytree(TESTS / "golden" / case, tmp_path / "home")
    whole = publish(home, tmp_path / "whole")
    small_pieces()
    assert publish(home, tmp_path / "pieces") == whole


@pytest.mark.parametrize("case", BROKEN, ids=[path.stem for path in BROKEN])
def test_what_is_told_is_the_same_in_pieces(case: Path, tmp_path: Path, small_pieces: Callable[[], None]) -> None:
    (tmp_path / "articles.yaml").write_bytes(case.read_bytes())
    with chdir(tmp_path):
        whole = feedpub.check(now=NOW)
        small_pieces()
        assert feedpub.check(now=NOW) == whole


def test_a_duplicate_in_another_piece_is_told_at_its_place(
    folder: Path, tmp_path: Path, small_pieces: Callable[[], None]
) -> None:
    small_pieces()
    with (folder / "more" / "3.yaml").open("a") as file:
        file.write(article(3, url="other"))
    with chdir(folder):
        found = feedpub.check(now=NOW, output=tmp_path / "none")
    errors = [(one.file, one.line, one.message) for one in found if one.severity == "error"]
    line, first = (
        (folder / name).read_text().splitlines().index("  - id: e3") + 1 for name in ("more/3.yaml", "articles.yaml")
    )
    assert errors == [("more/3.yaml", line, f'article "e3": id "e3" is taken (articles.yaml:{first})')]


def test_entries_in_braces_are_the_same_in_pieces(
    folder: Path, tmp_path: Path, small_pieces: Callable[[], None]
) -> None:
    entries = [
        f"{{id: f{number}, title: F {number}, url: f{number}, published: 2026-05-2{number}, sections: [a], body: B}}"
        for number in range(4)
    ]
    (folder / "more" / "4.yaml").write_text(f"articles: [{', '.join(entries)}]\n")
    whole = publish(folder, tmp_path / "whole")
    small_pieces()
    assert publish(folder, tmp_path / "pieces") == whole
    assert b"F 3" in whole["a.rss"]


def test_what_is_read_again_of_pieces_stands_where_it_does_in_the_whole(
    folder: Path, small_pieces: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = article(50, authors="[&ada Ada]"), article(51, authors="[*ada]", tags="[one]")
    (folder / "more" / "4.yaml").write_text(f"articles:\n{first}  # between\n{second}")

    def look(*, in_pieces: bool) -> list[tuple[object, ...]]:
        with chdir(folder):
            loaded = load_catalogue(Path("articles.yaml"), now=NOW)
            with loaded.index:
                again = loaded.read_again(range(1, 74))
        assert (loaded.pieces is not None) == in_pieces
        return [
            (one.record.file, one.values["id"], places.key(("title",)), places.first_key(()), places.use(("tags", 0)))
            for one in again.values()
            for places in [one.record.places]
        ]

    whole = look(in_pieces=False)
    assert whole[-1][:2] == ("more/4.yaml", "e51")
    small_pieces()
    monkeypatch.setattr(pieces, "_SELDOM", 1 << 40)  # of each file one piece, so that an anchor is in that of its alias
    assert look(in_pieces=True) == whole


def test_a_file_without_an_entry_is_told_the_same_in_pieces(
    folder: Path, tmp_path: Path, small_pieces: Callable[[], None]
) -> None:
    (folder / "more" / "4.yaml").write_text("# to be written\nx-later: []\n")
    with chdir(folder):
        whole = feedpub.check(now=NOW, output=tmp_path / "none")
        small_pieces()
        assert feedpub.check(now=NOW, output=tmp_path / "none") == whole
    assert [one.message for one in whole if one.rule == "empty-include"] == ["more/4.yaml holds no entry"]


def test_remarks_on_pieces_have_an_end(
    folder: Path, tmp_path: Path, small_pieces: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    small_pieces()
    are_judged: list[bool] = []
    harvest = harvesting.harvest

    def note(path: Path, piece: pieces.Piece, *, name: str, frame: harvesting.Frame) -> harvesting.Harvest | None:
        are_judged.append(frame.judge is not None)
        return harvest(path, piece, name=name, frame=frame)

    with chdir(folder):
        everything = feedpub.check(now=NOW, output=tmp_path / "none")
        monkeypatch.setattr(problems, "MAX_REMARKS", 2)
        several = feedpub.check(now=NOW, output=tmp_path / "none", workers=2)
        monkeypatch.setattr(gathering, "harvest", note)
        found = feedpub.check(now=NOW, output=tmp_path / "none")
    assert 2 <= len(found) < len(everything)
    assert several == found
    assert are_judged == sorted(are_judged, reverse=True)
    assert {True, False} == set(are_judged)


def test_what_is_longer_than_anything_that_is_read_at_once_is_no_piece_to_be_read_alone(tmp_path: Path) -> None:
    piece = pieces.Piece(0, LONGEST + 1, 1, "articles", 2)
    assert harvesting.harvest(tmp_path / "none.yaml", piece, name="none.yaml", frame=FRAME) is None


def test_a_worker_that_is_killed_costs_nothing_but_time(
    folder: Path, tmp_path: Path, small_pieces: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = publish(folder, tmp_path / "whole")
    small_pieces()
    ours, original = os.getpid(), harvesting.harvest

    def harvest(path: Path, piece: pieces.Piece, *, name: str, frame: harvesting.Frame) -> harvesting.Harvest | None:
        if os.getpid() != ours and piece.offset > 2_000:
            os.kill(os.getpid(), signal.SIGKILL)
        return original(path, piece, name=name, frame=frame)

    monkeypatch.setattr(gathering, "harvest", harvest)
    assert publish(folder, tmp_path / "pieces", workers=2) == whole


def test_a_file_that_changes_while_it_is_read_is_not_published(
    folder: Path, tmp_path: Path, small_pieces: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    small_pieces()

    def change(loaded: Catalogue, *, site: Site, now: datetime) -> Selection:
        (folder / "more" / "1.yaml").write_text("articles: []\n")
        return select_topics(loaded, site=site, now=now)

    monkeypatch.setattr("feedpub.pipeline.preparing.select_topics", change)
    with chdir(folder), pytest.raises(feedpub.PublishError, match=r"more/1\.yaml changed while it was read"):
        feedpub.render(now=NOW, output=tmp_path / "out")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("name", ["articles.yaml", "more/1.yaml"])
def test_a_file_that_changes_between_two_of_its_pieces_is_read_as_it_is_then(
    folder: Path, tmp_path: Path, small_pieces: Callable[[], None], monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    small_pieces()
    file = folder / name
    original, changed = harvesting.harvest, file.read_text().replace("Title", "Eltit").replace("title: T,", "title: O,")

    def change(path: Path, piece: pieces.Piece, *, name: str, frame: harvesting.Frame) -> harvesting.Harvest | None:
        found = original(path, piece, name=name, frame=frame)
        if path.name == file.name:
            file.write_text(changed)
        return found

    monkeypatch.setattr(gathering, "harvest", change)
    mixed = publish(folder, tmp_path / "mixed")
    monkeypatch.undo()
    assert mixed == publish(folder, tmp_path / "whole")


def test_a_piece_that_was_taken_costs_a_few_integers(tmp_path: Path) -> None:
    def make(number: int) -> pieced.Task:
        file, place = divmod(number, 1_000)
        piece = pieces.Piece(100_000 * place, 100_000, 9_000 * place, "teasers" if place else None, 2, f"{place:040}")
        return pieced.Task(tmp_path / f"{file}.yaml", f"{file}.yaml", piece)

    tasks = pieced._Tasks()
    tracemalloc.start()
    for number in range(3_000):
        tasks.append(make(number))
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert held / 3_000 < 64
    for number in (0, 1, 999, 1_000, 2_999):
        expected = make(number)
        assert tasks.get(number) == pieced.Task(expected.path, expected.name, expected.piece._replace(digest=""))
