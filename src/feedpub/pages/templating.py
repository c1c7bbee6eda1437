"""Templates → text: feedpub's own, and those of a catalogue, which take their place by name.

A catalogue's templates run in Jinja2's sandbox, since a catalogue may come from anybody, and nothing that a template
can ask for differs from run to run. Every mistake in one is a diagnostic at its line.
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FunctionLoader, StrictUndefined, TemplateNotFound, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from feedpub.diagnostics import CatalogueError, diagnose, reveal
from feedpub.formats.times import format_rfc3339
from feedpub.record import Span

if TYPE_CHECKING:
    from feedpub.diagnostics import Diagnostic
    from feedpub.loading.templates import Template

OWN = "feedpub/"
"""What a template puts before a name to get feedpub's own of that name: `{% extends "feedpub/topic.html" %}`."""

_NO_ATTRIBUTE = re.compile(r"^'[\w.]+ object' has no attribute '(\w+)'")
_STYLE, _WORDS = "style.css", "words.html"
_HOME = resources.files("feedpub.pages") / "templates"
_RANDOM = ("random", "lipsum")  # what would give other bytes in each run
_MEND = "mend the template, or remove it to have feedpub's own"


def fill_template(name: str, templates: tuple[Template, ...], **values: object) -> str:
    """Return a template's text for some values; the catalogue's ``templates`` win over feedpub's of the same name.

    Raises CatalogueError for a mistake in one of the catalogue's.
    """
    try:
        return _open(templates).get_template(name).render(values)
    except Exception as error:
        if not templates:
            raise  # a mistake in feedpub's own is a bug
        raise CatalogueError([_locate(error, templates)]) from error


def check_syntax(templates: tuple[Template, ...]) -> list[Diagnostic]:
    """Return the mistakes of syntax in a catalogue's templates, at most one in each."""
    environment = _make_environment(templates)
    found = []
    for one in templates:
        if one.name == _STYLE:
            continue
        try:
            environment.compile(one.text, one.name, one.file)
        except Exception as error:  # noqa: BLE001 - beside Jinja2's, what Python says of code that is too deep
            found.append(_locate(error, templates, inside=one))
    return found


def refuse(template: str, templates: tuple[Template, ...], message: str) -> CatalogueError:
    """Return the error for pages that lack something, at the start of the template that makes them."""
    known = {one.name: one for one in templates}
    return CatalogueError([_tell(message, known.get(template) or known.get("base.html") or templates[0])])


@lru_cache(maxsize=4)
def _open(templates: tuple[Template, ...]) -> Environment:
    environment = _make_environment(templates)
    environment.globals["words"] = _read_words(environment, has_own=any(one.name == _WORDS for one in templates))
    return environment


def _make_environment(templates: tuple[Template, ...]) -> Environment:
    own = {one.name: one for one in templates}

    def load(name: str) -> tuple[str, str, None] | str | None:
        return (own[name].text, own[name].file, None) if name in own else _read_own(name)

    kind = ImmutableSandboxedEnvironment if templates else Environment
    environment = kind(
        loader=FunctionLoader(load),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
    for name in _RANDOM:
        environment.filters.pop(name, None)
        environment.globals.pop(name, None)
    environment.filters["rfc3339"] = format_rfc3339
    style = own[_STYLE].text if _STYLE in own else _read_own(_STYLE) or ""
    environment.globals["style"] = Markup(style.strip().replace("</", r"<\/"))  # noqa: S704 - it stays in its element
    return environment


def _read_words(environment: Environment, *, has_own: bool) -> dict[str, Any]:
    """Return the words of pages: the catalogue's, and feedpub's for those that it lacks."""
    names = [f"{OWN}{_WORDS}", _WORDS] if has_own else [_WORDS]
    words: dict[str, Any] = {}
    for name in names:
        try:
            module = vars(environment.get_template(name).module)
        except Exception:  # noqa: BLE001 - Jinja2 raises it again, with the template's lines in its trace
            environment.handle_exception()
        words |= {word: said for word, said in module.items() if not word.startswith("_")}
    return words


def _read_own(name: str) -> str | None:
    """Return a template of feedpub's own, None for a name that it has none of."""
    bare = name.removeprefix(OWN)
    known = {one.name for one in _HOME.iterdir()}
    return (_HOME / bare).read_text(encoding="utf-8") if bare in known else None


def _locate(error: BaseException, templates: tuple[Template, ...], *, inside: Template | None = None) -> Diagnostic:
    """Return the diagnostic of an exception: at the innermost line of a template of the catalogue."""
    what = _explain(error)
    files = {one.file: one for one in templates}
    if isinstance(error, TemplateSyntaxError) and (error.filename in files or inside):
        return _tell(what, inside or files[error.filename or ""], error.lineno)
    place, trace = None, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename in files:
            place = files[trace.tb_frame.f_code.co_filename], trace.tb_lineno
        trace = trace.tb_next
    return _tell(what, *(place or (inside or templates[0], 1)))


def _explain(error: BaseException) -> str:
    """Return what an exception says, in one plain line that names no class."""
    if isinstance(error, TemplateNotFound):
        return f"there is no template {error.name}"
    said = (error.message if isinstance(error, TemplateSyntaxError) else str(error)) or "it cannot be filled in"
    said = _NO_ATTRIBUTE.sub(r"there is no \1 here", " ".join(said.split()).rstrip("."))
    return said[:1].lower() + said[1:]


def _tell(message: str, template: Template, line: int = 1) -> Diagnostic:
    lines = template.text.split("\n")
    line = min(max(line, 1), len(lines))
    text = lines[line - 1]
    start = len(text) - len(text.lstrip()) + 1
    span = Span(line, start, line, max(len(text.rstrip()) + 1, start))
    return diagnose(
        "template", f"template {template.name}: {reveal(message)}", file=template.file, span=span, help=_MEND
    )
