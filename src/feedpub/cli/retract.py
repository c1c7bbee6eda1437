"""``feedpub retract``: an entry taken back, so that feeds announce it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from feedpub.cli.options import catalogue_argument, debug_option, now_option, read_now
from feedpub.cli.publication import write_time
from feedpub.errors import UsageError

if TYPE_CHECKING:
    from feedpub.edit.writing import Field
    from feedpub.loading import Catalogue
    from feedpub.record import Record


@click.command("retract")
@click.argument("identifier", metavar="ID")
@catalogue_argument
@click.option("--reason", help="Why, for readers.")
@click.option("--at", metavar="TIME", help="When it is taken back; without it now.")
@now_option
@debug_option
def command(*, identifier: str, catalogue: str, reason: str | None, at: str | None, now: str | None) -> None:
    """Take the entry with ID out of CATALOGUE (articles.yaml), or of the file that holds it, and write its retraction.

    The retraction keeps the entry's guid and sections. All else in the file stays as it is.
    """
    from feedpub.cli.rewriting import rewrite  # noqa: PLC0415 - loaded when the command runs
    from feedpub.edit import add_item, remove_item  # noqa: PLC0415
    from feedpub.loading import load_catalogue  # noqa: PLC0415

    moment = read_now(now)
    loaded = load_catalogue(Path(catalogue), now=moment)
    with loaded.index:
        record = _find(loaded, identifier)
        fields: dict[str, Field] = {"id": identifier, "at": at or write_time(moment)}
        if reason is not None:
            fields["reason"] = reason
        fields |= _keep(record)
        _ensure_sound(fields, loaded)
    path = loaded.paths[record.file]

    def change(text: str) -> str:
        name = str(path)
        without = remove_item(text, key=record.key, number=record.number, name=name)
        return add_item(without, key="retracted", fields=fields, name=name)

    rewrite(path, change)
    click.echo(f"retracted {record.key[:-1]} {identifier} in {path}")


def _find(loaded: Catalogue, identifier: str) -> Record:
    """Return the entry with an id."""
    from feedpub.catalogue import LISTED, look_up  # noqa: PLC0415 - loaded when the command runs
    from feedpub.loading.again import open_file  # noqa: PLC0415

    near: set[str] = set()
    for name, path in loaded.paths.items():
        for record in open_file(path, name=name).read(listed=LISTED, only=LISTED):
            found = look_up(record.value, ("id",))
            if found == identifier and record.key == "retracted":
                raise UsageError(f"{identifier} is retracted already ({name}:{record.line}); nothing was changed")
            if found == identifier:
                return record
            if isinstance(found, str) and found[:1] == identifier[:1]:
                near.add(found)
    from difflib import get_close_matches  # noqa: PLC0415 - only a mistyped id needs it

    close = get_close_matches(identifier, near, n=1)
    raise UsageError(f"there is no entry {identifier!r}" + (f"; did you mean {close[0]}?" if close else ""))


def _keep(record: Record) -> dict[str, Field]:
    """Return what a retraction keeps of its entry."""
    from feedpub.catalogue import look_up  # noqa: PLC0415 - loaded when the command runs

    kept: dict[str, Field] = {}
    sections, guid = look_up(record.value, ("sections",)), look_up(record.value, ("guid",))
    if isinstance(sections, list):
        kept["sections"] = [one for one in sections if isinstance(one, str)]
    if isinstance(guid, str):
        kept["guid"] = guid
    return kept


def _ensure_sound(fields: dict[str, Field], loaded: Catalogue) -> None:
    """Raise UsageError for a retraction that `check` would refuse."""
    from feedpub.catalogue import LISTED  # noqa: PLC0415 - loaded when the command runs
    from feedpub.catalogue.mapping import read_mapping  # noqa: PLC0415
    from feedpub.catalogue.wording import describe_path  # noqa: PLC0415

    for path, invalid in read_mapping(LISTED["retracted"], fields, loaded.context).problems:
        mend = f"; {invalid.help}" if invalid.help else ""
        raise UsageError(f"{describe_path(path)} {invalid.message}{mend}")
