"""Pieces of a file, each read alone, hold what the file holds that is read whole, or are refused."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from feedpub.source import CatalogueFile, Seams, cut, pieces
from feedpub.source.pieces import digest_piece

if TYPE_CHECKING:
    from feedpub.record import Value
    from feedpub.source import Piece

    Held: TypeAlias = list[tuple[str, int, Value]]

LISTED = ("articles", "teasers")


@pytest.fixture(autouse=True)
def cut_everywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """Cut wherever a line looks like an item's."""
    monkeypatch.setattr(pieces, "LEAST", 1)
    monkeypatch.setattr(pieces, "_SELDOM", 1)
    monkeypatch.setattr(pieces, "_FINGERPRINT", 1)
    monkeypatch.setattr(pieces, "CHUNK", 7)


def cut_text(text: str) -> list[Piece]:
    return list(cut(BytesIO(text.encode()), listed=LISTED))


def read(data: bytes) -> tuple[Held, CatalogueFile]:
    """Return what a text holds, each with its line, and the file that was read."""
    file = CatalogueFile(Path("f.yaml"), name="f.yaml", data=data, roots=(*LISTED, "site"))
    return [(one.key, one.line, one.value) for one in file.read(listed=LISTED) if one.value is not None], file


def read_pieces(text: str) -> Held | None:
    """Return what the pieces of a text hold, None where they are refused."""
    data = text.encode()
    held: Held = []
    seams = Seams()
    for piece in cut_text(text):
        part = data[piece.offset : piece.offset + piece.length]
        found, file = read(part if piece.key is None else piece.key.encode() + b":\n" + part)
        if file.ending is None or file.diagnostics or not seams.join(piece, file.ending):
            return None
        shift = piece.line - (1 if piece.key is None else 2)
        held += [(key, line + shift, value) for key, line, value in found]
    return held


def test_pieces_are_the_whole_file_in_order() -> None:
    text = "site: {a: b}\narticles:\n  - id: a\n  - id: b\nteasers:\n- id: c\n- id: d\n"
    found = cut_text(text)
    assert [text[one.offset : one.offset + one.length] for one in found] == [
        "site: {a: b}\narticles:\n",
        "  - id: a\n",
        "  - id: b\nteasers:\n",
        "- id: c\n",
        "- id: d\n",
    ]
    assert [(one.key, one.column, one.line) for one in found] == [
        (None, 0, 1),
        ("articles", 2, 3),
        ("articles", 2, 4),
        ("teasers", 0, 6),
        ("teasers", 0, 7),
    ]


def test_pieces_are_as_large_as_they_should_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    text = "articles:\n" + "".join(f"  - id: e{number}\n    body: {'text ' * 200}\n" for number in range(8_000))
    sizes = [one.length for one in cut_text(text)]
    assert sum(sizes) == len(text)
    assert all(pieces.LEAST <= size <= pieces.MOST + 2_000 for size in sizes[:-1])
    assert len(sizes) > 10


def test_the_first_piece_of_a_root_file_holds_its_head_alone() -> None:
    text = "site: {a: b}\nsections:\n  - id: no\narticles:\n  - id: a\n  - id: b\n"
    first, *_ = cut(BytesIO(text.encode()), listed=LISTED, is_root=True)
    assert text[: first.length] == text.partition("  - id: a")[0]


def test_an_edit_changes_the_pieces_around_it_and_no_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    items = [f"  - id: e{number}\n    body: {'text ' * 200}\n" for number in range(8_000)]
    before = "articles:\n" + "".join(items)
    items[500] = "  - id: another\n"
    items.insert(700, "  - id: one-more\n")
    after = "articles:\n" + "".join(items)
    held = [{text[one.offset : one.offset + one.length] for one in cut_text(text)} for text in (before, after)]
    assert len(held[0] - held[1]) <= 4
    assert len(held[0] & held[1]) > 10


@pytest.mark.parametrize("wanted", [True, False])
def test_digests_are_those_of_the_bytes_where_they_are_wanted(wanted: bool) -> None:  # noqa: FBT001 - pytest passes it by name
    data = b"articles:\n" + b"  - id: e\n" * 50
    found = list(cut(BytesIO(data), listed=LISTED, digest=wanted))
    assert len(found) > 1
    parts = [data[one.offset : one.offset + one.length] for one in found]
    assert [one.digest for one in found] == [digest_piece(part) if wanted else "" for part in parts]


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_what_is_known_of_a_file_changes_no_cut(monkeypatch: pytest.MonkeyPatch, data: st.DataObject) -> None:
    monkeypatch.setattr(pieces, "_SELDOM", 2)
    monkeypatch.setattr(pieces, "_FINGERPRINT", 8)
    items = st.lists(st.integers(0, 30).map(lambda number: f"  - id: e{number}\n"), max_size=12).map("".join)
    texts = [data.draw(items) for _ in range(4)]
    heads = st.sampled_from(["articles:\n", "x: 1\narticles:\n", "teasers:\n"])
    before = f"{data.draw(heads)}{texts[0]}{texts[1]}teasers:\n{texts[2]}"
    cuts = st.sampled_from(["", "  - id: new\n", "# more\n", "articles:\n", "  -", "- id: other\n"])
    place = data.draw(st.integers(0, len(before)))
    after = before[:place] + data.draw(cuts) + before[place + data.draw(st.sampled_from([0, 0, 1, 13, 40])) :]
    was_root, is_root = data.draw(st.booleans()), data.draw(st.booleans())
    known = list(cut(BytesIO(before.encode()), listed=LISTED, digest=True, is_root=was_root))
    fresh = list(cut(BytesIO(after.encode()), listed=LISTED, digest=True, is_root=is_root))
    grown = len(after) - len(before)
    found = cut(BytesIO(after.encode()), listed=LISTED, digest=True, known=known, grown=grown, is_root=is_root)
    assert list(found) == fresh


def test_the_end_of_a_known_piece_is_not_searched(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "articles:\n" + "".join(f"  - id: e{number}\n" for number in range(200))
    monkeypatch.setattr(pieces, "_SELDOM", 8)
    monkeypatch.setattr(pieces, "_FINGERPRINT", 16)
    known = list(cut(BytesIO(text.encode()), listed=LISTED, digest=True))
    searched: list[int] = []
    search = pieces._Cutter._find_end

    def count(self: pieces._Cutter) -> tuple[int, str | None, int]:
        searched.append(1)
        return search(self)

    monkeypatch.setattr(pieces._Cutter, "_find_end", count)
    edited = text.replace("e100\n", "e100x\n")
    assert len(known) > 15
    assert len(list(cut(BytesIO(edited.encode()), listed=LISTED, digest=True, known=known, grown=1))) > 15
    assert len(searched) <= 2
    assert list(cut(BytesIO(text.encode()), listed=LISTED, digest=True, known=known)) == known
    assert len(searched) <= 2


@pytest.mark.parametrize(
    "text",
    [
        "articles:\n  - &a x\n  - *a\n",  # an alias to what another piece holds
        "articles:\n  - &a x\n  - &a y\n  - *a\n",
        "articles:\n  - a\n  - b\n...\n",  # the document ends
        "articles:\n  - a\n  - b\n---\nx: y\n",
        "articles:\n  - a\n  - b\narticles:\n  - c\n",  # a root key twice
        "articles:\n  - a\n  - 'b\n  - c'\n",  # a quote that goes on
        "articles: [a,\n  - b]\n",
        "articles:\n  - a: [b,\n  - c]\n",
        "{articles: [\n  - a, b]}\n",
        "articles:\n  - a\n   - b\n",
        "articles:\n  - a\n  x: y\n  - b\n",
        "- articles:\n  - a\n  - b\n",
    ],
)
def test_what_is_not_the_same_read_alone_is_refused(text: str) -> None:
    assert read_pieces(text) is None or read_pieces(text) == read(text.encode())[0]


@pytest.mark.parametrize(
    ("ending", "following"),
    [
        ("articles:\n  - a\n", ("articles", 0)),
        ("articles:\n  - a\n", ("teasers", 2)),
        ("articles: [a]\n", ("articles", 2)),
        ("articles:\n  - a\nx: y\n", ("articles", 2)),
        ("articles:\n  - a\n...\n", ("articles", 2)),
        ("&root\narticles:\n  - a\n", ("articles", 2)),
        ("articles:\n  - a\nteasers:\n", ("articles", 2)),
        ("articles: ~\n", ("articles", 2)),
    ],
)
def test_a_piece_fits_only_where_its_list_goes_on(ending: str, following: tuple[str, int]) -> None:
    seams = Seams()
    _, file = read(ending.encode())
    assert file.ending is not None
    assert seams.join(pieces.Piece(0, 1, 1, None, 0), file.ending)
    key, column = following
    _, last = read(f"{key}:\n{' ' * column}- b\n".encode())
    assert last.ending is not None
    assert not seams.join(pieces.Piece(1, 1, 2, key, column), last.ending)


@pytest.mark.parametrize(
    "texts",
    [("site: x\narticles:\n- a\n", "articles:\n- b\nsite: y\n"), ("articles:\n- &a a\n", "articles:\n- &a b\n")],
)
def test_a_piece_that_gives_a_key_or_an_anchor_again_does_not_fit(texts: tuple[str, str]) -> None:
    seams = Seams()
    endings = [read(text.encode())[1].ending for text in texts]
    joined = [
        seams.join(pieces.Piece(0, 1, 1, key, 0), ending)
        for key, ending in zip((None, "articles"), endings, strict=True)
        if ending is not None
    ]
    assert joined == [True, False]


def test_a_digest_that_is_known_by_its_place_is_not_taken_again() -> None:
    data = b"articles:\n" + b"  - id: e\n" * 3
    found = list(cut(BytesIO(data), listed=LISTED, digest=True))
    one, other = found[1], found[2]
    hashed = {(one.offset, one.length): "known", (other.offset, other.length + 1): "of another stretch"}
    again = list(cut(BytesIO(data), listed=LISTED, digest=True, hashed=hashed))
    assert again == [*found[:1], one._replace(digest="known"), *found[2:]]


SCALARS = (
    "plain",
    "two\n{0}lines",
    "'quoted'",
    "'two\n{0}lines'",
    "'two\n\n{1}- lines'",
    '"two\n{1}- id: lines"',
    '"an \\\n{0}escape"',
    "|\n{0}literal\n\n{0}  - id: deeper\n",
    "|+\n{0}kept\n\n\n",
    ">-\n{0}folded\n{0}- id: x\n",
    "[a,\n{0}b]",
    "{{a: b,\n{1}- c: d}}",
    "# a comment",
    "&anchor value",
    "*anchor",
    "teasers:",
    "'teasers:\nno'",
    "",
)


@st.composite
def catalogues(draw: st.DrawFn) -> str:
    """Return what may be a catalogue: lists in some style, with texts that look like items and keys."""
    parts = [draw(st.sampled_from(["", "# first\n", "---\n", "site: {a: b}\n", "\ufeff"]))]
    for key in draw(st.permutations(["articles", "teasers"])):
        indent = draw(st.sampled_from(["", "  ", "    "]))
        parts.append(f"{key}:{draw(st.sampled_from(['', ' # all', ' &all']))}\n")
        for number in range(draw(st.integers(0, 4))):
            inner = indent + "  "
            scalar = draw(st.sampled_from(SCALARS)).format(inner + "  ", indent)
            lines = [f"id: {key}{number}", f"text: {scalar}".rstrip("\n"), "last: one"]
            parts.append(f"{indent}- " + f"\n{inner}".join(draw(st.permutations(lines))) + "\n")
            parts.append(draw(st.sampled_from(["", "\n", "# between\n", f"{indent}# between\n", "\n\n"])))
    return "".join(parts).replace("\n", draw(st.sampled_from(["\n", "\r\n"])))


@settings(max_examples=300)
@given(catalogues())
def test_pieces_that_fit_hold_what_the_whole_holds(text: str) -> None:
    found = read_pieces(text)
    if found is not None:
        held, file = read(text.encode())
        assert found == held
        assert file.diagnostics == []
        assert file.complete


def test_ordinary_lists_are_read_in_pieces() -> None:
    text = "articles:\n" + "".join(f"  - id: e{number}\n" for number in range(9))
    assert len(cut_text(text)) == 10
    assert read_pieces(text) == read(text.encode())[0]
