"""Mappings are read by their models' annotations: the values, and every problem, in one pass."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from feedpub.catalogue.fields import Context
from feedpub.catalogue.mapping import build, read_mapping, shape_of
from feedpub.catalogue.models import Article, Image, Model, Person, Retracted, Section, Site, Teaser
from feedpub.record import REST, UNREAD

if TYPE_CHECKING:
    from feedpub.record import Path

CONTEXT = Context()
TEASER = {
    "id": "x",
    "title": "T",
    "url": "https://e.org/x",
    "published": "2026-01-01T00:00:00Z",
    "sections": ["a"],
    "summary": "S",
}


def tell(model: type[Model], value: object, context: Context = CONTEXT) -> list[tuple[Path, str]]:
    """Return the way to each problem, and its rule."""
    return [(path, invalid.rule) for path, invalid in read_mapping(model, value, context).problems]


def test_a_sound_mapping_gives_typed_values_and_its_model() -> None:
    reading = read_mapping(Teaser, TEASER | {"authors": ["Ada", {"name": "Li"}], "draft": "true"}, CONTEXT)
    assert reading.is_sound
    entry = build(Teaser, reading.values)
    assert (entry.published.year, entry.draft, entry.tags) == (2026, True, None)
    assert entry.authors is not None
    assert [type(one) for one in entry.authors] == [Person, Person]
    assert [one.name for one in entry.authors] == ["Ada", "Li"]


def test_every_problem_is_told_each_with_its_way() -> None:
    value = TEASER | {
        "id": "A B",
        "titel": "T",
        "sections": ["a", ""],
        "image": {"alt": "x", "width": "wide"},
        "authors": [{"name": "Ada", "email": "none"}, {}],
    }
    assert sorted(tell(Teaser, value), key=str) == sorted(
        [
            (("id",), "id"),
            (("titel",), "unknown-field"),
            (("sections", 1), "empty-value"),
            (("image", "width"), "number"),
            (("image", "url"), "missing-field"),
            (("authors", 0, "email"), "email"),
            (("authors", 1, "name"), "missing-field"),
        ],
        key=str,
    )


@pytest.mark.parametrize("value", [UNREAD, TEASER | {"title": UNREAD}, TEASER | {"authors": [UNREAD]}])
def test_what_could_not_be_read_is_refused_without_another_problem(value: object) -> None:
    reading = read_mapping(Teaser, value, CONTEXT)
    assert (reading.problems, reading.is_sound) == ([], False)


def test_where_a_part_could_not_be_read_nothing_is_missing() -> None:
    assert tell(Teaser, {"id": "x", REST: UNREAD}) == []


def test_a_key_without_a_value_is_not_given() -> None:
    assert tell(Teaser, TEASER | {"updated": None, "tags": None}) == []
    assert tell(Teaser, TEASER | {"title": None}) == [(("title",), "missing-field")]


@pytest.mark.parametrize(
    ("model", "value", "rule"),
    [(Section, "Politics", "not-a-mapping"), (Section, None, "empty-value"), (Image, [], "not-a-mapping")],
)
def test_what_is_no_mapping_is_one_problem(model: type[Model], value: object, rule: str) -> None:
    assert tell(model, value) == [((), rule)]


def test_a_url_is_made_of_the_permalink() -> None:
    value = {name: one for name, one in TEASER.items() if name != "url"}
    assert tell(Teaser, value) == [(("url",), "missing-field")]
    reading = read_mapping(Teaser, value, Context(base="https://e.org/", permalink="{section}/{id}/"))
    assert reading.values["url"] == "https://e.org/a/x/"


@dataclass
class Odd(Model):
    """A model whose author forgot to say how its field is read."""

    field: Annotated[str, "of any length"]


def test_a_field_that_nothing_says_how_to_read_is_a_mistake_of_the_model() -> None:
    with pytest.raises(TypeError, match="nothing says how to read"):
        shape_of(Odd)


def test_a_permalink_that_makes_no_url_of_an_entry_is_told_at_its_url() -> None:
    value = {name: one for name, one in TEASER.items() if name != "url"}
    assert tell(Teaser, value | {"id": "1.2.3"}, Context(permalink="https://{id}/")) == [(("url",), "url-host")]


def test_a_permalink_that_lacks_what_it_is_made_of_is_no_problem_of_its_own() -> None:
    value = {"title": "T", "published": "2026-01-01T00:00:00Z", "sections": ["a"], "summary": "S"}
    assert tell(Teaser, value, Context(base="https://e.org/", permalink="{id}")) == [(("id",), "missing-field")]


@pytest.mark.parametrize(
    ("entry", "rules"),
    [
        ({"body": "B"}, []),
        ({"body_file": "b.md"}, []),
        ({}, [(("body",), "missing-field")]),
        ({"body": "B", "body_file": "b.md"}, [(("body_file",), "two-bodies")]),
        ({"body": "", "body_file": None}, [(("body",), "empty-value")]),
        ({"body": "B", "updated": "2025-01-01T00:00:00Z"}, [(("updated",), "updated-before-published")]),
        ({"body": "B", "expires": "2026-01-01T00:00:00Z"}, [(("expires",), "expires-before-published")]),
    ],
)
def test_an_article_s_fields_are_looked_at_together(entry: dict[str, str], rules: list[tuple[Path, str]]) -> None:
    assert tell(Article, TEASER | entry) == rules


TOGETHER = {"url", "updated", "expires", "body", "body_file"}

TEXTS = """x|a b|0|7|1001|true|yes|full|ful|en|en_GB|2026-01-01T00:00:00Z|2026|https://e.org/|ftp://e.org/
|e.org,2026|me@e.org|image/png|markdown|rss|UTC|Europe/Rome| |""".replace("\n", "").split("|")
texts = st.sampled_from(TEXTS)
values = st.recursive(
    texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts | st.just("name"), inner, max_size=3),
    max_leaves=5,
)


@st.composite
def mappings(draw: st.DrawFn) -> tuple[type[Model], dict[str, Any]]:
    """Return a model, and a mapping of some of its fields to anything."""
    model = draw(st.sampled_from([Site, Section, Article, Teaser, Retracted, Image, Person]))
    return model, draw(st.dictionaries(st.sampled_from(shape_of(model).names), values, max_size=6))


def list_refused(model: type[Model], value: dict[str, Any]) -> set[str]:
    """Return the fields that pydantic refuses, reading by the same annotations."""
    try:
        TypeAdapter(model).validate_python(value)
    except ValidationError as error:
        return {str(one["loc"][0]) for one in error.errors(include_input=False, include_url=False)}
    return set()


@settings(deadline=None)
@given(mappings())
def test_a_library_that_reads_by_the_same_annotations_refuses_the_same_fields(
    case: tuple[type[Model], dict[str, Any]],
) -> None:
    model, value = case
    ours = read_mapping(model, value, CONTEXT)
    refused = {str(path[0]) for path, invalid in ours.problems if path}
    # pydantic is not asked of lists and people, nor of what the model says of several fields together
    left_out = {name for name, read in shape_of(model).readers.items() if isinstance(read, partial)} | TOGETHER
    assert refused - left_out == list_refused(model, value) - left_out
