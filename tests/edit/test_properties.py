"""Whatever a catalogue looks like, an edit changes what it should and keeps every other byte, or is refused."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from feedpub.catalogue import LISTED
from feedpub.edit import add_item, remove_item
from feedpub.source import CatalogueFile

if TYPE_CHECKING:
    from feedpub.edit.writing import Field
    from feedpub.record import Value

FIELDS: dict[str, Field] = {
    "id": "new",
    "title": "It's: new #1",
    "sections": ["a"],
    "published": "2026-02-01T00:00:00Z",
}
SCALARS = (
    "plain words",
    "'it''s'",
    '"a \\"b\\" # c"',
    "|\n{0}  literal\n\n{0}    deeper\n",
    ">-\n{0}  folded\n{0}  # text\n",
)


@st.composite
def catalogues(draw: st.DrawFn) -> str:
    """Return a catalogue with a list of teasers in some style, comments and blank lines where they may stand."""
    count = draw(st.integers(0, 4))
    indent, step = draw(st.sampled_from(["", "  ", "    "])), draw(st.integers(2, 4))
    gap = draw(st.sampled_from(["", "\n", f"{indent}# a comment\n", "\n\n# another\n"]))
    days = draw(st.permutations(range(1, count + 1)))
    if draw(st.booleans()):
        items = "".join(_write_item(draw, number, day, indent, step) + gap for number, day in enumerate(days))
        body = f"teasers:{draw(st.sampled_from(['', ' # all', ' &all']))}\n{items}" if count else "teasers: []\n"
    else:
        flow = ", ".join(f"{{id: t{number}, published: 2026-01-0{day}}}" for number, day in enumerate(days))
        body = f"teasers: [{flow}]\n"
    head, tail = draw(st.sampled_from([("site: {title: T}\n", ""), ("", "\n# last\nsections: {a: {title: A}}\n")]))
    text = head + body + tail
    if draw(st.booleans()):
        text = text.rstrip("\n")
    mark = draw(st.sampled_from(["", "\ufeff"]))
    return mark + text.replace("\n", draw(st.sampled_from(["\n", "\r\n"])))


def _write_item(draw: st.DrawFn, number: int, day: int, indent: str, step: int) -> str:
    inner = indent + " " * step
    scalar = draw(st.sampled_from(SCALARS)).format(inner)
    fields = [f"id: t{number}", f"published: 2026-01-0{day}", f"summary: {scalar}".rstrip("\n")]
    lines = f"\n{inner}".join(draw(st.permutations(fields)))
    return f"{indent}-{' ' * (step - 1)}{lines}\n"


def strip(value: Value) -> Value:
    """Return an entry without line ends behind its texts: a file's last one may have had none."""
    assert isinstance(value, dict)
    return {name: one.rstrip("\n") if isinstance(one, str) else one for name, one in value.items()}


def read(text: str) -> dict[str, list[Value]]:
    file = CatalogueFile(Path("a.yaml"), name="a.yaml", data=text.encode())
    found: dict[str, list[Value]] = {}
    for record in file.read(listed=LISTED):
        if record.value:
            found.setdefault(record.key, []).append(strip(record.value))
    assert file.diagnostics == []
    return found


@given(catalogues())
def test_adding_adds_the_item_and_keeps_every_byte(text: str) -> None:
    changed = add_item(text, key="teasers", fields=FIELDS, name="a.yaml")
    before, after = read(text), read(changed)
    assert [one for one in after["teasers"] if one != FIELDS] == before.get("teasers", [])
    assert len(after["teasers"]) == len(before.get("teasers", [])) + 1
    pairs = enumerate(zip(text, changed, strict=False))
    kept = next((place for place, (one, other) in pairs if one != other), len(text))
    assert changed.endswith(text[kept:]) or "teasers: []" in text


@given(catalogues(), st.data())
def test_removing_what_was_added_gives_back_the_text(text: str, data: st.DataObject) -> None:
    before = read(text).get("teasers", [])
    if not before:
        return
    number = data.draw(st.integers(1, len(before)))
    changed = remove_item(text, key="teasers", number=number, name="a.yaml")
    assert read(changed).get("teasers", []) == before[: number - 1] + before[number:]
    lines, kept = text.splitlines(), changed.splitlines()
    if "[" not in text.partition("teasers:")[2].partition("\n")[0]:
        assert [line for line in kept if line not in lines] == []
    again = add_item(text, key="teasers", fields=FIELDS, name="a.yaml")
    place = next(index for index, one in enumerate(read(again)["teasers"], start=1) if one == FIELDS)
    assert remove_item(again, key="teasers", number=place, name="a.yaml").split() == text.split()
