"""The JSON Schema of a catalogue, made from the models: what an editor completes, explains and underlines."""

from __future__ import annotations

import ast
import inspect
import json
from itertools import pairwise
from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema

from feedpub.catalogue import texts
from feedpub.catalogue.models import Article, Model, Retired, Retracted, Section, Site, Teaser, entries, model, site

DIALECT = "https://json-schema.org/draft/2020-12/schema"

_MODELS: tuple[type[Model], ...] = (Site, Section, Article, Teaser, Retracted, Retired)
_KEY_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"


class _Schema(GenerateJsonSchema):
    """Leaves out the titles that pydantic makes of names: they only repeat the keys."""

    def field_title_should_be_set(self, schema: object) -> bool:  # noqa: ARG002 - pydantic's signature
        return False


def write_schema() -> str:
    """Return the JSON Schema (2020-12) of a catalogue, indented, with a final line feed."""
    _, definitions = TypeAdapter.json_schemas(
        [(one.__name__, "validation", TypeAdapter(one)) for one in _MODELS],
        ref_template="#/$defs/{model}",
        schema_generator=_Schema,
    )
    found = definitions["$defs"]
    docstrings = _read_docstrings()
    for name, definition in found.items():
        definition.pop("title", None)
        definition["additionalProperties"] = False
        for field, schema in definition["properties"].items():
            for choice in schema.get("anyOf", ()):
                if "examples" in choice:
                    schema["examples"] = choice.pop("examples")
            schema["description"] = docstrings.get((name, field)) or docstrings["_EntryModel", field]
    found["Person"] = {"anyOf": [{"type": ["string", "number", "boolean"], "minLength": 1}, found["Person"]]}
    found["Article"]["anyOf"] = [{"required": ["body"]}, {"required": ["body_file"]}]
    for name, last in _SNIPPETS.items():
        found[name]["defaultSnippets"] = [_make_snippet(name, last)]
    return json.dumps(_root(found), ensure_ascii=False, indent=2) + "\n"


# What an editor offers for a whole entry; a number with its text is a field to be filled in, in that order.
_SNIPPETS = {"Article": {"body": "${6:The text, in Markdown.}"}, "Teaser": {"summary": "${6:What the page says.}"}}


def _make_snippet(name: str, last: dict[str, str]) -> dict[str, Any]:
    body = {
        "id": "${1:an-id-for-ever}",
        "title": "${2:Headline}",
        "url": "${3:section/page}",
        "published": "${4:2026-02-12T09:00:00Z}",
        "sections": ["${5:section}"],
    }
    return {"label": name.lower(), "description": f"A whole {name.lower()}", "body": body | last}


def _read_docstrings() -> dict[tuple[str, str], str]:
    """Return the sentence below each field of the models, by model and field.

    pydantic could collect them, but would parse its models' source at every start; only the schema needs them.
    """
    found: dict[tuple[str, str], str] = {}
    for module in (model, site, entries):
        for node in ast.parse(inspect.getsource(module)).body:
            if isinstance(node, ast.ClassDef):
                found |= _read_class(node)
    return {key: text for key, text in found.items() if text}


def _read_class(node: ast.ClassDef) -> dict[tuple[str, str], str]:
    return {
        (node.name, field.target.id): _text_of(following)
        for field, following in pairwise(node.body)
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name)
    }


def _text_of(node: ast.stmt) -> str:
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return inspect.cleandoc(str(node.value.value))
    return ""


def _root(definitions: dict[str, Any]) -> dict[str, Any]:
    return {
        "$schema": DIALECT,
        "title": "A feedpub catalogue",
        "description": "The articles and teasers that feedpub publishes as RSS, Atom and JSON feeds.",
        "type": "object",
        "required": ["site", "sections"],
        "additionalProperties": False,
        "patternProperties": {"^x-": {"description": "Ignored: the place for anchors."}},
        "properties": {
            "site": {"$ref": "#/$defs/Site"},
            "sections": _mapping("Section", "The sections, in display order: key → section.", least=1),
            "articles": _list("Article", "Entries with a body of their own."),
            "teasers": _list("Teaser", "Entries that point to their page with a summary."),
            "retracted": _list("Retracted", "Entries that were taken back."),
            "retired": _mapping("Retired", "Topics that ended on purpose: key → what subscribers should know."),
            "include": {
                "description": "Patterns of further files, relative to this one.",
                "type": ["array", "null"],
                "items": {"type": "string", "minLength": 1},
                "examples": [["2026/*.yaml"]],
            },
        },
        "$defs": definitions,
    }


def _list(model: str, description: str) -> dict[str, Any]:
    return {"description": description, "type": ["array", "null"], "items": {"$ref": f"#/$defs/{model}"}}


def _mapping(model: str, description: str, *, least: int = 0) -> dict[str, Any]:
    names = {"pattern": _KEY_PATTERN, "maxLength": texts.MAX_KEY, "not": {"enum": sorted(texts.RESERVED_KEYS)}}
    schema: dict[str, Any] = {
        "description": description,
        "type": "object" if least else ["object", "null"],
        "propertyNames": names,
        "additionalProperties": {"$ref": f"#/$defs/{model}"},
    }
    return schema | ({"minProperties": least} if least else {})
