"""Record → model, or the diagnostics that say why not."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from feedpub.catalogue.fields import NO_CONTEXT, Context
from feedpub.catalogue.mapping import build, read_mapping, shape_of
from feedpub.catalogue.models import Article, Model, Retracted, Teaser
from feedpub.catalogue.texts import MAX_TITLE, make_slug
from feedpub.catalogue.wording import describe_path, suggest_field
from feedpub.diagnostics import diagnose, quote
from feedpub.record import Unread

if TYPE_CHECKING:
    from feedpub.catalogue.invalid import Invalid
    from feedpub.catalogue.mapping import Reading
    from feedpub.diagnostics import Diagnostic
    from feedpub.record import Path, Record, Span, Value

M = TypeVar("M", bound=Model)

LISTED: dict[str, type[Article | Teaser | Retracted]] = {
    "articles": Article,
    "teasers": Teaser,
    "retracted": Retracted,
}
"""The root keys that list entries and retractions, and what each item means."""


def read_entry(record: Record, *, context: Context) -> Reading:
    """Return what an item of a root key in LISTED says."""
    return read_mapping(LISTED[record.key], record.value, context)


def explain_entry(record: Record, problems: list[tuple[Path, Invalid]]) -> list[Diagnostic]:
    """Return the diagnostics of an entry's or retraction's problems."""
    return _Refusal(LISTED[record.key], record, name_entry(record), (), record.value).explain(problems)


def read_model(
    model: type[M], record: Record, *, subject: str, context: Context = NO_CONTEXT, path: Path = ()
) -> tuple[M | None, list[Diagnostic]]:
    """Return what the mapping at a path of a record means, or None and every problem in it.

    ``subject`` is what messages call it. Problems of values that could not be read are left out: whoever read
    them has reported them.
    """
    value = look_up(record.value, path)
    reading = read_mapping(model, value, context)
    if reading.is_sound:
        return build(model, reading.values), []
    return None, _Refusal(model, record, subject, path, value).explain(reading.problems)


def build_entry(key: str, value: object, *, context: Context) -> Article | Teaser:
    """Return the entry that a sound record of a root key means, from its text alone."""
    model: type[Article | Teaser] = Article if key == "articles" else Teaser
    return build(model, read_mapping(model, value, context).values)


def look_up(value: Value, path: Path) -> Value:
    """Return the value at a path, None where the path leads nowhere."""
    for step in path:
        if isinstance(value, dict) and isinstance(step, str):
            value = value.get(step)
        elif isinstance(value, list) and isinstance(step, int) and step < len(value):
            value = value[step]
        else:
            return None
    return value


def name_entry(record: Record) -> str:
    """Return what messages call an entry: by its id where it has a readable one, else by its number."""
    identifier = look_up(record.value, ("id",))
    if isinstance(identifier, str) and identifier and not isinstance(identifier, Unread):
        return f"{LISTED[record.key].kind} {quote(identifier)}"
    return f"{LISTED[record.key].kind} {record.number}"


_BODY_FIELDS = frozenset({"body", "body_file", "body_format"})
_MAX_CHOICE = 20  # what is longer is no mistyped "summary"
_MAX_SUGGESTED = 50  # a mapping of more unknown fields is no entry with slips, but something else


class _Refusal:
    """The explanation of one refused mapping."""

    def __init__(self, model: type[Model], record: Record, subject: str, path: Path, value: Value) -> None:
        self._model = model
        self._record = record
        self._subject = subject
        self._path = path
        self._value = value

    def explain(self, problems: list[tuple[Path, Invalid]]) -> list[Diagnostic]:
        """Return a diagnostic for each mistake; a wrong name and the field it misses are one."""
        missing = {path for path, one in problems if one.rule == "missing-field"}
        unknown = [path for path, one in problems if one.rule == "unknown-field"]
        meant = {path: self._suggest(path, missing) for path in unknown[:_MAX_SUGGESTED]}
        covered = {(*path[:-1], field) for path, field in meant.items() if field}
        if self._model is Teaser and not _BODY_FIELDS.isdisjoint(path[-1] for path in unknown if len(path) == 1):
            covered.add(("summary",))  # what has a body is an article, and needs none
        if self._holds_body_in_content():
            covered |= {("body",), ("summary",)}
        return [
            self._explain_one(path, one, meant.get(path))
            for path, one in problems
            if not (one.rule == "missing-field" and path in covered)
            and not (self._record.is_cut and one.rule in ("missing-field", "empty-value"))
        ]

    def _explain_one(self, path: Path, invalid: Invalid, meant: str | None) -> Diagnostic:
        if invalid.rule == "unknown-field":
            return self._explain_unknown(path, meant)
        if path == ("content",) and invalid.rule == "choice" and self._holds_body_in_content():
            return self._explain_content()
        subject = f"{self._subject}: {describe_path(path)}" if path else self._subject
        mend = self._suggest_id() if path == ("id",) and invalid.rule == "missing-field" else None
        if invalid.rule == "empty-value" and path and isinstance(path[-1], int):
            mend = "give it a value, or remove the item"
        span = self._find(path, invalid)
        return self._diagnose(invalid.rule, f"{subject} {invalid.message}", span, mend or invalid.help)

    def _find(self, path: Path, invalid: Invalid) -> Span:
        """Return the place that a verdict on the field at a path is about."""
        places, whole = self._record.places, self._path + path
        if invalid.rule == "missing-field":
            parent = look_up(self._value, path[:-1])
            is_named = isinstance(parent, dict) and path[-1] in parent
            return places.key(whole) if is_named else places.first_key(whole[:-1])
        if invalid.item is not None:
            whole = (*whole, invalid.item)
        return places.key(whole) if invalid.at_key else places.value(whole)

    def _holds_body_in_content(self) -> bool:
        """Tell whether an entry gives its text under the name that other systems have for it."""
        if not issubclass(self._model, Article | Teaser) or look_up(self._value, ("body",)) is not None:
            return False
        content = look_up(self._value, ("content",))
        return isinstance(content, str) and (len(content) > _MAX_CHOICE or " " in content or "<" in content)

    def _explain_content(self) -> Diagnostic:
        message = f"{self._subject}: content is a text, and should be full or summary"
        mend = 'did you mean "body"?'
        if self._model is Teaser:
            mend = 'did you mean "summary"? An entry with a text of its own belongs under articles, with a body'
        return self._diagnose("choice", message, self._record.places.key((*self._path, "content")), mend)

    def _suggest_id(self) -> str | None:
        title = look_up(self._value, ("title",))
        slug = make_slug(title) if isinstance(title, str) and len(title) <= MAX_TITLE else ""
        return f"add id: {slug}" if slug else "add an id of a–z, 0–9 and hyphens, such as storm-warning"

    def _explain_unknown(self, loc: Path, meant: str | None) -> Diagnostic:
        name = str(loc[-1])
        span = self._record.places.key(self._path + loc)
        if self._model is Teaser and len(loc) == 1 and name in _BODY_FIELDS:
            message = f"{self._subject}: a teaser has no {name}"
            return self._diagnose(
                "teaser-with-body", message, span, "to publish it in full, move the entry to articles"
            )
        inside = describe_path(loc[:-1])
        message = f"{self._subject}: unknown field {quote(name)}" + (f" in {inside}" if inside else "")
        return self._diagnose(
            "unknown-field", message, span, f'did you mean "{meant}"?' if meant else self._list_fields(loc)
        )

    def _list_fields(self, loc: Path) -> str:
        """Return what may stand in the place of an unknown field: the fields that are not given yet."""
        given = look_up(self._value, loc[:-1])
        free = [name for name in self._fields_at(loc[:-1]) if not isinstance(given, dict) or name not in given]
        return f"remove it, or write {', '.join(free[:-1])} or {free[-1]}" if len(free) > 1 else "remove it"

    def _suggest(self, loc: Path, missing: set[Path]) -> str | None:
        given = look_up(self._value, loc[:-1])
        names = {one[-1] for one in missing if one[:-1] == loc[:-1]}
        known = self._fields_at(loc[:-1])
        given_names = [name for name in given if name not in names] if isinstance(given, dict) else []
        return suggest_field(str(loc[-1]), known, given=given_names)

    def _fields_at(self, path: Path) -> list[str]:
        """Return the fields of the model that a path leads to."""
        model = self._model
        for step in path:
            if isinstance(step, str):
                model = shape_of(model).nested[step]
        return list(shape_of(model).names)

    def _diagnose(self, rule: str, message: str, span: Span, mend: str | None) -> Diagnostic:
        return diagnose(rule, message, file=self._record.file, span=span, help=mend)
