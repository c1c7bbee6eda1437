"""The JSON Schema accepts what feedpub accepts, and underlines what an editor should see at once."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from feedpub.catalogue.schema import write_schema

ROOT = Path(__file__).parents[2]
SCHEMA: dict[str, Any] = json.loads(write_schema())
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)

SITE = {"title": "T", "url": "https://e.org/", "tag_authority": "e.org,2026"}
ENTRY: dict[str, Any] = {
    "id": "x",
    "title": "T",
    "url": "x",
    "published": "2026-01-01T00:00:00Z",
    "sections": ["a"],
    "summary": "S",
}


class EditorLoader(yaml.SafeLoader):
    """Reads plain data as editors do: numbers and switches are guessed, times are not (YAML 1.2, core schema)."""


EditorLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in found if not tag.endswith(":timestamp")]
    for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def catalogue(**entry: object) -> dict[str, Any]:
    """Return a catalogue with a teaser, whose fields are given, or left out where they are None."""
    fields = {name: value for name, value in (ENTRY | entry).items() if value is not None}
    return {"site": SITE, "sections": {"a": {"title": "A"}}, "teasers": [fields]}


def find(value: object) -> list[str]:
    return [error.json_path for error in VALIDATOR.iter_errors(value)]


def test_it_is_a_schema_of_its_dialect() -> None:
    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize(
    "name",
    [
        "articles.yaml",
        "src/feedpub/cli/starter.yaml",
        *(f"tests/golden/{one}/articles.yaml" for one in ("minimal", "full", "empty")),
    ],
)
def test_sound_catalogues_are_accepted(name: str) -> None:
    assert find(yaml.load((ROOT / name).read_text(encoding="utf-8"), EditorLoader)) == []  # noqa: S506 - a safe one


@pytest.mark.parametrize("title", [1984, 1e3, True, "No"])
def test_what_yaml_retypes_is_no_mistake(title: object) -> None:
    assert find(catalogue(title=title)) == []


@pytest.mark.parametrize(
    "entry",
    [
        {"title": None},
        {"titel": "T"},
        {"sections": "a"},
        {"sections": []},
        {"id": "Not An Id"},
        {"published": "yesterday"},
        {"content": "ful"},
        {"draft": "yes"},
        {"title": ""},
        {"title": "t" * 501},
        {"image": "x.png"},
        {"image": {"alt": "no url"}},
        {"enclosures": [{"url": "x", "length": 1}]},
        {"body": "B"},
    ],
)
def test_mistakes_are_underlined(entry: dict[str, object]) -> None:
    assert find(catalogue(**entry)) != []


def test_an_article_wants_a_body_or_a_file() -> None:
    article = {name: value for name, value in ENTRY.items() if name != "summary"}
    value = {"site": SITE, "sections": {"a": {"title": "A"}}}
    assert find(value | {"articles": [article]}) != []
    assert find(value | {"articles": [article | {"body": "B"}]}) == []
    assert find(value | {"articles": [article | {"body_file": "b.md"}]}) == []


@pytest.mark.parametrize("key", ["all", "con", "Politics", "a--b"])
def test_keys_of_sections_are_held_to_their_rule(key: str) -> None:
    assert find({"site": SITE, "sections": {key: {"title": "A"}}}) != []


def test_every_field_is_described() -> None:
    for name, definition in SCHEMA["$defs"].items():
        found = definition if "properties" in definition else definition["anyOf"][1]
        for field, schema in found["properties"].items():
            assert schema.get("description"), f"{name}.{field}"
