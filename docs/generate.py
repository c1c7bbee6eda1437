"""Write the pages of this folder that are made from the code: ``python docs/generate.py``."""

from __future__ import annotations

import json
from importlib import import_module
from pathlib import Path

import click

from feedpub.catalogue.schema import write_schema
from feedpub.cli.main import group
from feedpub.diagnostics import RULES
from feedpub.diagnostics.advice import SOURCES
from feedpub.diagnostics.examples import EXAMPLES
from feedpub.loading.entries import MAX_RETRACTED
from feedpub.markup import ALLOWED, LINK_SCHEMES

HOME = Path(__file__).parent
WIDTH = 100
_NAMES = {
    "Site": "site",
    "AllTopic": "site.all",
    "Section": "sections",
    "Article": "articles",
    "Teaser": "teasers",
    "Person": "a person",
    "Image": "an image",
    "Enclosure": "an enclosure",
    "Retracted": "retracted",
    "Retired": "retired",
}


def make_pages() -> dict[str, str]:
    """Return the text of every generated page by its name."""
    return {
        "rules.md": _make_rules(),
        "bodies.md": _make_bodies(),
        "catalogue.md": _make_catalogue(),
        "hostconfig.md": _make_help("hostconfig"),
    }


def _make_help(name: str) -> str:
    """Return the page of a command: its help, as it is printed."""
    command: click.Command = import_module(f"feedpub.cli.{name}").command
    parent = click.Context(group, info_name="feedpub", **group.context_settings)
    context = click.Context(command, info_name=name, parent=parent, terminal_width=WIDTH, max_content_width=WIDTH)
    return f"# feedpub {name}\n\n```text\n{command.get_help(context)}\n```\n"


def _make_rules() -> str:
    rows = "".join(f"| `{rule.code}` | {rule.severity} | {rule.purpose} |\n" for rule in RULES.values())
    parts = "".join(
        f"\n## {code}\n\n{RULES[code].purpose}\n\n```yaml\n# breaks it\n{_shorten(example.bad)}\n\n"
        f"# keeps it\n{_shorten(example.good)}\n```\n{_name_source(code)}"
        for code, example in EXAMPLES.items()
    )
    return (
        "# Rules\n\nEvery rule that a catalogue is held to; `feedpub explain RULE` prints the same. Errors stop a\n"
        "publication. Warnings stop nothing: `site.lint: {ignore: […], error: […]}` in the catalogue, or `--select`,\n"
        "`--ignore` and `--strict` choose which are told, and which are errors.\n\n"
        f"| rule | severity | why |\n|---|---|---|\n{rows}{parts}"
    )


def _name_source(code: str) -> str:
    return f"\nSource: {SOURCES[code]}.\n" if code in SOURCES else ""


def _shorten(text: str) -> str:
    return "\n".join(f"{line[:WIDTH]}{'…' if len(line) > WIDTH else ''}" for line in text.splitlines())


def _make_bodies() -> str:
    rows = "".join(
        f"| {_name_element(name)} | {', '.join(f'`{one}`' for one in sorted(attributes))} |\n"
        for name, attributes in sorted(ALLOWED.items())
    )
    schemes = ", ".join(f"`{scheme}`" for scheme in sorted(LINK_SCHEMES))
    return (
        "# What stays of a body\n\nBodies end as safe HTML with absolute URLs. These elements and attributes stay;\n"
        "of any other element the text stays, scripts and styles go whole. A bidirectional control is ended in the\n"
        "paragraph or attribute that it begins in.\n\n"
        f"Links may begin with {schemes}.\n\n| element | attributes |\n|---|---|\n{rows}"
    )


def _name_element(name: str) -> str:
    return "every element" if name == "*" else f"`{name}`"


def _make_catalogue() -> str:
    definitions = json.loads(write_schema())["$defs"]
    parts = ["# The catalogue\n\nEvery key that an editor may write; what is required stands in bold.\n"]
    for model, name in _NAMES.items():
        found = definitions[model]
        found = found if "properties" in found else found["anyOf"][1]
        required = set(found.get("required", ()))
        rows = "".join(
            f"| {f'**`{field}`**' if field in required else f'`{field}`'} | {schema['description']} |\n"
            for field, schema in found["properties"].items()
        )
        parts.append(f"\n## {name}\n\n{found['description'].splitlines()[0]}\n\n| field | what |\n|---|---|\n{rows}")
        if name == "retracted":
            parts.append(f"\nThere may be {MAX_RETRACTED:,} of them: the oldest may go, for readers forget them too.\n")
    parts.append("\n## include\n\nA list of patterns of further YAML files, relative to this one, that hold only\n")
    parts.append("`articles`, `teasers` and `retracted`. Root keys that begin with `x-` may hold anything.\n")
    return "".join(parts)


if __name__ == "__main__":
    for page, text in make_pages().items():
        (HOME / page).write_text(text, encoding="utf-8", newline="\n")
