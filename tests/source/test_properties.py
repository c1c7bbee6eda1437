"""Any text at all is read as PyYAML reads it, or is refused with a diagnostic."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from source.reading import LISTED, read

if TYPE_CHECKING:
    from pathlib import Path

    from feedpub.record import Value

a_few = settings(
    database=None, deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture]
)  # tmp_path is one folder for all examples: each writes its file anew

PIECES = [
    *("a", "b", "articles", "é", "😀", "\u2028", "\xa0", "\x07", "\x85", "null", "~", "1", "#", " # c"),
    *(": ", ":", "- ", "-", "? ", ", ", "[", "]", "{", "}", "&a ", "*a", "&b ", "*b", "!t ", "<<: ", "---", "..."),
    *("'", '"', "\\", "\\n", "\\x08", "|", ">", "|-\n", ">\n", "%", "@", "\t", " ", "  ", "    ", "\n", "\n  ", "\n- "),
    *("a: b\n", "c: [d, e]\n", "f: {g: h}\n", "articles:\n  - ", '"i": ', "j: |\n  k\n", "\r\n", "\r", "\ufeff"),
]

texts = st.builds(
    "{}{}".format,
    st.sampled_from(["", "k: ", "k:\n  - ", "articles:\n  - ", "articles:\n  - k: "]),
    st.lists(st.sampled_from(PIECES), max_size=20).map("".join),
)

names = st.text("abcdefgh-_", min_size=1, max_size=6).filter(lambda name: not name.startswith("x-"))
characters = st.characters(exclude_categories=("Cc", "Cs", "Cn", "Co"))
tricky = [
    "",
    "null",
    "~",
    "No",
    "1984",
    "2026-01-01",
    "a: b",
    "- a",
    "a\nb\n",
    " a",
    "#",
    "'",
    '"',
    "\\",
    "<<",
    "a\u2028b",
]
scalars = st.text(characters, max_size=20) | st.sampled_from(tricky)
values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(names, inner, max_size=4), max_leaves=12
)


@a_few
@given(text=texts)
def test_any_text_is_read_as_pyyaml_reads_it_or_refused(text: str, tmp_path: Path) -> None:
    records, file = read(tmp_path, text)
    if not file.complete:
        assert file.diagnostics
    if file.diagnostics or "<<" in text or re.search("[\u2028\u2029]|(&[ab] ).*\\1", text, re.DOTALL):
        return  # PyYAML merges nothing here, ends lines at separators, and allows an anchor once
    expected = yaml.load(text.removeprefix("\ufeff"), yaml.CBaseLoader)  # noqa: S506 - it makes nothing but text
    found: dict[str, Value] = {}
    for record in records:
        if record.number:
            items = found.setdefault(record.key, [])
            assert isinstance(items, list)
            items.append(record.value)
        else:
            found[record.key] = record.value
    assert same(found, {key: value for key, value in expected.items() if value or key not in LISTED or value == ""})


@a_few
@given(data=st.binary(max_size=200) | texts.map(lambda text: text.encode("utf-16-le")) | texts.map(str.encode))
def test_any_bytes_end_in_records_and_diagnostics_that_stand_in_the_file(data: bytes, tmp_path: Path) -> None:
    _, file = read(tmp_path, data)
    lines = len(re.split(b"\r\n|\n|\r", data))
    assert file.complete or file.diagnostics
    for one in file.diagnostics:
        assert 1 <= one.line <= one.end_line <= lines
        assert one.column >= 1
        assert (one.line, one.column) <= (one.end_line, one.end_column)


@a_few
@given(text=texts)
def test_every_value_of_any_text_has_a_place(text: str, tmp_path: Path) -> None:
    records, _ = read(tmp_path, text)
    for record in records:
        for path in paths(record.value):
            for place in (record.places.value, record.places.use, record.places.key, record.places.first_key):
                span = place(path)
                assert (1, 1) <= (span.line, span.column) <= (span.end_line, span.end_column)


@a_few
@given(
    data=st.dictionaries(names, values, min_size=1, max_size=4),
    style=st.sampled_from([None, "'", '"', "|", ">"]),
    flow=st.sampled_from([True, False, None]),
)
@pytest.mark.parametrize("allow_unicode", [True, False])
def test_what_pyyaml_writes_is_read_back(
    data: dict[str, Value], style: str | None, flow: bool | None, allow_unicode: bool, tmp_path: Path  # noqa: FBT001 - hypothesis names them
) -> None:  # fmt: skip
    text = yaml.dump(
        data,
        default_style=style,
        default_flow_style=flow,
        width=100_000,  # PyYAML folds some lines so that it reads others itself
        allow_unicode=allow_unicode,
        sort_keys=False,
    )
    records, file = read(tmp_path, text)
    if "!!" in text or "<<" in text or re.search("[\u2028\u2029]", text):
        return  # a tag, which is refused, a merge, or what PyYAML folds at
    assert file.diagnostics == []
    listed = [record.value for record in records if record.key not in LISTED]
    assert listed == [value for key, value in data.items() if key not in LISTED]


def same(ours: object, theirs: object) -> bool:
    """Tell whether what was read is what PyYAML's BaseLoader reads, which has no word for nothing."""
    if isinstance(ours, dict) and isinstance(theirs, dict):
        return ours.keys() == theirs.keys() and all(same(ours[key], theirs[key]) for key in ours)
    if isinstance(ours, list) and isinstance(theirs, list):
        return len(ours) == len(theirs) and all(map(same, ours, theirs))
    return theirs in ("", "~", "null") if ours is None else ours == theirs


def paths(value: Value, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Return the paths to a value and to all below it."""
    found = [path]
    below = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, one in below:
        found += paths(one, (*path, step))
    return found
