"""The templates of a catalogue: the files of the folder that `site.templates` names, read as text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from feedpub.catalogue.invalid import Invalid
from feedpub.diagnostics import diagnose, quote
from feedpub.source import NotRegularError, open_regular

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from feedpub.diagnostics import Diagnostic
    from feedpub.loading.head import Head

SUFFIXES = (".html", ".css")
MAX_TEMPLATE = 256 * 1024
"""Bytes of a template: far more than a page needs."""
MAX_TEMPLATES = 100


@dataclass(frozen=True, slots=True)
class Template:
    """A file of the templates' folder: its name in there, what diagnostics call it, its text with lines ended by LF."""

    name: str
    file: str
    text: str


def load_templates(
    head: Head, *, folder: Path, see: Callable[[Path], None]
) -> tuple[tuple[Template, ...], list[Diagnostic]]:
    """Return the templates that the site names, if it does, and what is wrong with their folder."""
    if head.site is None or head.site.templates is None:
        return (), []
    try:
        return read_templates(head.site.templates, folder=folder, see=see), []
    except Invalid as invalid:
        file, span = head.locate("site", ("templates",))
        message = f"site: templates {invalid.message}"
        return (), [diagnose(invalid.rule, message, file=file, span=span, help=invalid.help)]


def read_templates(name: str, *, folder: Path, see: Callable[[Path], None]) -> tuple[Template, ...]:
    """Return the templates of a folder that is named relative to the catalogue's, sorted by name.

    Only files that end in .html or .css count, and none below further folders. ``see`` hears of what is read.
    Raises Invalid where the folder is not there or is outside the catalogue's, and where a file cannot be read.
    """
    home = folder / name
    if not _is_inside(home, folder):
        raise Invalid("template", f"is {quote(name)}, outside the catalogue's folder", "name a folder inside it")
    see(home)
    try:
        paths = sorted(path for path in home.iterdir() if _is_template(path))
    except OSError as error:
        is_there = not isinstance(error, FileNotFoundError)
        message = f"is {quote(name)}, which {f'cannot be read: {error.strerror}' if is_there else 'is not there'}"
        raise Invalid("template", message, "name a folder, or remove the line") from None
    if len(paths) > MAX_TEMPLATES:
        raise Invalid(
            "template", f"is {quote(name)}, with more than {MAX_TEMPLATES} files", "keep other pages elsewhere"
        )
    return tuple(_read(paths, name=name, folder=folder, see=see))


def _read(paths: list[Path], *, name: str, folder: Path, see: Callable[[Path], None]) -> Iterator[Template]:
    for path in paths:
        inside = quote(f"{name.rstrip('/')}/{path.name}")
        if not _is_inside(path, folder):
            raise Invalid(
                "template", f"holds {inside}, outside the catalogue's folder", "move the file into the folder"
            )
        see(path)
        try:
            with open_regular(path) as raw:
                data = raw.read(MAX_TEMPLATE + 1)
            text = data.decode("utf-8-sig")
        except (OSError, NotRegularError) as error:
            reason = error.strerror if isinstance(error, OSError) else "not a regular file"
            raise Invalid("template", f"holds {inside}, which cannot be read: {reason}", "mend or remove it") from None
        except UnicodeDecodeError:
            raise Invalid("template", f"holds {inside}, which is not UTF-8", "save it as UTF-8") from None
        if len(data) > MAX_TEMPLATE:
            message = f"holds {inside}, which has more than {MAX_TEMPLATE:,} bytes"
            raise Invalid("template", message, "shorten it; pictures and fonts belong elsewhere")
        yield Template(path.name, path.as_posix(), text.replace("\r\n", "\n").replace("\r", "\n"))


def _is_template(path: Path) -> bool:
    return path.suffix in SUFFIXES and path.name.isprintable() and not path.name.startswith(".")


def _is_inside(path: Path, folder: Path) -> bool:
    try:
        return path.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError):  # links that lead to each other, which Python told so before 3.13
        return False
