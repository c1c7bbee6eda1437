"""``feedpub new``: an article or teaser more, in the catalogue's own hand."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from feedpub.cli.completing import complete_sections
from feedpub.cli.options import NamedPath, catalogue_argument, debug_option, now_option, read_now
from feedpub.cli.publication import write_time
from feedpub.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from feedpub.edit.writing import Field
    from feedpub.loading import Catalogue

PLACEHOLDER = "Write here."


@click.command("new")
@click.argument("title")
@catalogue_argument
@click.option(
    "--section", "sections", multiple=True, required=True, metavar="KEY", shell_complete=complete_sections,
    help="The section it belongs to; several times for several, the main one first.",
)  # fmt: skip
@click.option("--teaser", "is_teaser", is_flag=True, help="Add a teaser; without it, an article.")
@click.option("--url", help="Its page; without it SECTION/ID, or what the site's permalink makes.")
@click.option("--at", metavar="TIME", help="When it is published; without it now.")
@click.option("--id", "identifier", help="Its id; without it one that is made of the title.")
@click.option("--summary", help="Its summary.")
@click.option("--body", help="An article's text.")
@click.option(
    "--file",
    "shard",
    type=NamedPath(readable=False),
    help="The file to add it to, of those that the catalogue includes.",
)
@now_option
@debug_option
def command(
    *,
    title: str,
    catalogue: str,
    sections: tuple[str, ...],
    is_teaser: bool,
    url: str | None,
    at: str | None,
    identifier: str | None,
    summary: str | None,
    body: str | None,
    shard: str | None,
    now: str | None,
) -> None:
    """Add an article, or a teaser, with TITLE to CATALOGUE (articles.yaml); all else in the file stays as it is.

    Without --body (a teaser: --summary) it holds a placeholder, and is a draft until you take "draft: true" out.
    """
    from feedpub.cli.rewriting import rewrite  # noqa: PLC0415 - loaded when the command runs
    from feedpub.edit import add_item  # noqa: PLC0415
    from feedpub.loading import load_catalogue  # noqa: PLC0415

    if is_teaser and body is not None:
        raise click.UsageError("--body goes with an article: a teaser has a summary.")
    moment = read_now(now)
    loaded = load_catalogue(Path(catalogue), now=moment)
    key = "teasers" if is_teaser else "articles"
    with loaded.index:
        _ensure_sections(loaded, sections)
        path = _choose_file(loaded, shard, catalogue)
        given: dict[str, Field] = {"title": title, "published": at or write_time(moment), "sections": list(sections)}
        given |= {name: text for name, text in (("url", url), ("summary", summary), ("body", body)) if text is not None}
        if (body if not is_teaser else summary) is None:
            given |= {"draft": True} | ({"summary": PLACEHOLDER} if is_teaser else {"body": f"{PLACEHOLDER}\n"})
        fields = _complete(given, identifier, key=key, section=sections[0], loaded=loaded)
    rewrite(path, lambda text: add_item(text, key=key, fields=fields, name=str(path)))
    click.echo(f"added {key[:-1]} {fields['id']} to {path}")
    if "draft" in fields:
        click.echo('it is a draft: write its text, then take "draft: true" out', err=True)


def _ensure_sections(loaded: Catalogue, sections: Collection[str]) -> None:
    known = loaded.head.section_keys
    if known is None:
        raise UsageError("the catalogue's sections cannot be read: feedpub check shows why; nothing was changed")
    for section in sections:
        if section not in known:
            from difflib import get_close_matches  # noqa: PLC0415 - only a mistyped section needs it

            close = get_close_matches(section, known, n=1)
            hint = f"did you mean {close[0]}?" if close else f"there are {', '.join(sorted(known))}"
            raise UsageError(f"there is no section {section!r}: {hint}")


def _choose_file(loaded: Catalogue, shard: str | None, catalogue: str) -> Path:
    """Return the file that gets the entry: one that the catalogue includes, so that it is published."""
    if shard is None:
        return Path(catalogue)
    for path in loaded.paths.values():
        if path.resolve() == Path(shard).resolve():
            return Path(shard)
    raise UsageError(f"{catalogue} does not include {shard}; nothing was changed")


def _complete(
    given: dict[str, Field], identifier: str | None, *, key: str, section: str, loaded: Catalogue
) -> dict[str, Field]:
    """Return the fields of the entry with an id and a url that nothing else has; raise UsageError where there are none.

    What `check` would refuse is refused here.
    """
    for candidate in [identifier] if identifier is not None else _list_ids(str(given["title"])):
        fields: dict[str, Field] = {"id": candidate, "title": given["title"]}
        if "url" in given:
            fields["url"] = given["url"]
        elif loaded.context.permalink is None:
            fields["url"] = f"{section}/{candidate}"
        fields |= given
        names = _read_names(key, fields, loaded)
        if not any(loaded.index.holds(one) for one in names["id"]):
            if any(loaded.index.holds(one) for one in names["url"]):
                raise UsageError(f"another entry has the url {fields.get('url')}; nothing was changed")
            return fields
    raise UsageError(f"the id {identifier or 'of the title'} is taken: give another with --id; nothing was changed")


def _list_ids(title: str) -> Iterator[str]:
    """Yield ids that are made of a title."""
    from feedpub.catalogue.texts import MAX_ID, make_slug  # noqa: PLC0415 - loaded when the command runs

    slug = make_slug(title)[: MAX_ID - 4].strip("._-")
    if not slug:
        raise UsageError("no id can be made of the title: give one with --id, such as --id storm-warning")
    yield slug
    yield from (f"{slug}-{count}" for count in range(2, 1_000))


def _read_names(key: str, fields: dict[str, Field], loaded: Catalogue) -> dict[str, set[int]]:
    """Return the hashes of an entry's names; raise UsageError for one that `check` would refuse."""
    from feedpub.catalogue import LISTED  # noqa: PLC0415 - loaded when the command runs
    from feedpub.catalogue.mapping import read_mapping  # noqa: PLC0415
    from feedpub.catalogue.wording import describe_path  # noqa: PLC0415
    from feedpub.edit.writing import read_field  # noqa: PLC0415
    from feedpub.loading.facts import hash_names  # noqa: PLC0415

    written = {name: one if isinstance(one, list) else read_field(one) for name, one in fields.items()}
    reading = read_mapping(LISTED[key], written, loaded.context)
    for path, invalid in reading.problems:
        mend = f"; {invalid.help}" if invalid.help else ""
        raise UsageError(f"{describe_path(path)} {invalid.message}{mend}")
    authority = loaded.head.authority
    return {name: hash_names({name: reading.values[name]}, authority=authority) for name in ("id", "url")}
