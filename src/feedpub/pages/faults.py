"""What is wrong with a catalogue's templates: found before anything is published."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from feedpub.diagnostics import CatalogueError, Diagnostic

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from feedpub.loading.templates import Template


class Made(Protocol):
    """A document that is made when something of it is asked for."""

    @property
    def digest(self) -> tuple[str, int]:
        """The digest of its bytes."""
        ...


def check_templates(templates: tuple[Template, ...]) -> list[Diagnostic]:
    """Return the mistakes of syntax in templates, at most one in each."""
    if not templates:
        return []
    from feedpub.pages.templating import check_syntax  # noqa: PLC0415 - Jinja2 is loaded where there is a template

    return check_syntax(templates)


def find_faults(documents: Iterable[Made]) -> Iterator[Diagnostic]:
    """Make documents, and yield what is wrong with the templates of those that cannot be made."""
    for document in documents:
        try:
            _ = document.digest
        except CatalogueError as error:
            yield from error.diagnostics
