"""Record → model, or the diagnostics that say why not."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from pydantic import ValidationError

from feedpub.catalogue.fields import NO_CONTEXT, Context
from feedpub.catalogue.invalid import Invalid
from feedpub.catalogue.models import NESTED, Article, Model, Teaser
from feedpub.catalogue.wording import describe_path, suggest_field
from feedpub.diagnostics import diagnose, quote
from feedpub.record import Unread

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

    from feedpub.diagnostics import Diagnostic
    from feedpub.record import Path, Record, Span, Value

M = TypeVar("M", bound=Model)


def read_model(
    model: type[M], record: Record, *, subject: str, context: Context = NO_CONTEXT, path: Path = ()
) -> tuple[M | None, list[Diagnostic]]:
    """Return what the mapping at a path of a record means, or None and every problem in it.

    ``subject`` is what messages call it. Problems of values that could not be read are left out: whoever read
    them has reported them.
    """
    value = look_up(record.value, path)
    try:
        return model.model_validate(value, context=context), []
    except ValidationError as error:
        return None, _Refusal(model, record, subject, path, value).explain(error)


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


def name_entry(kind: str, record: Record) -> str:
    """Return what messages call an entry: by its id where it has a readable one, else by its number."""
    identifier = look_up(record.value, ("id",))
    if isinstance(identifier, str) and identifier and not isinstance(identifier, Unread):
        return f"{kind} {quote(identifier)}"
    return f"{kind} {record.number}"


class _Refusal:
    """The explanation of one refused mapping."""

    def __init__(self, model: type[Model], record: Record, subject: str, path: Path, value: Value) -> None:
        self._model = model
        self._record = record
        self._subject = subject
        self._path = path
        self._value = value

    def explain(self, error: ValidationError) -> list[Diagnostic]:
        """Return a diagnostic for each mistake; a wrong name and the field it misses are one."""
        details = error.errors(include_input=False, include_url=False)
        missing = {one["loc"] for one in details if self._is_missing(one)}
        meant = {}
        for one in details:
            if one["type"] == "extra_forbidden":
                meant[one["loc"]] = self._suggest(one["loc"], missing)
        covered = {(*loc[:-1], field) for loc, field in meant.items() if field}
        return [
            self._explain_one(one, meant.get(one["loc"]))
            for one in details
            if not isinstance(look_up(self._value, one["loc"]), Unread)
            and not (self._is_missing(one) and self._field_location(one) in covered)
        ]

    def _explain_one(self, detail: ErrorDetails, meant: str | None) -> Diagnostic:
        loc = detail["loc"]
        if detail["type"] == "extra_forbidden":
            return self._explain_unknown(loc, meant)
        if self._is_missing(detail):
            return self._explain_missing(detail)
        invalid = (detail.get("ctx") or {}).get("error")
        if not isinstance(invalid, Invalid):  # only what pydantic itself refuses, such as text that is no text
            invalid = Invalid("not-text", "is not what belongs here")
        if invalid.item is not None:
            loc = (*loc, invalid.item)
        places, path = self._record.places, self._path + loc
        span = places.key(path) if invalid.at_key else places.value(path)
        field = describe_path(detail["loc"])
        return self._diagnose(
            invalid.rule, f"{field} {invalid.message}" if field else invalid.message, span, invalid.help
        )

    def _explain_unknown(self, loc: Path, meant: str | None) -> Diagnostic:
        name = str(loc[-1])
        span = self._record.places.key(self._path + loc)
        if self._model is Teaser and len(loc) == 1 and name in ("body", "body_file", "body_format"):
            return self._diagnose(
                "teaser-with-body", f"a teaser has no {name}", span, "to publish it in full, move the entry to articles"
            )
        inside = describe_path(loc[:-1])
        message = f"unknown field {quote(name)}" + (f" in {inside}" if inside else "")
        return self._diagnose("unknown-field", message, span, f'did you mean "{meant}"?' if meant else None)

    def _explain_missing(self, detail: ErrorDetails) -> Diagnostic:
        loc = self._field_location(detail)
        parent = look_up(self._value, loc[:-1])
        places, path = self._record.places, self._path + loc
        is_given = isinstance(parent, dict) and loc[-1] in parent
        span = places.key(path) if is_given else places.first_key(path[:-1])
        invalid = (detail.get("ctx") or {}).get("error")
        mend = invalid.help if isinstance(invalid, Invalid) else self._show_example(loc)
        return self._diagnose("missing-field", f"{describe_path(loc)} is missing", span, mend)

    def _show_example(self, loc: Path) -> str:
        field = self._model.model_fields.get(str(loc[0])) if len(loc) == 1 else None
        example = field.examples[0] if field is not None and field.examples else "…"
        return f"add {loc[-1]}: {example}"

    def _suggest(self, loc: Path, missing: set[Path]) -> str | None:
        given = look_up(self._value, loc[:-1])
        names = {one[-1] for one in missing if one[:-1] == loc[:-1]}
        known = self._fields_at(loc[:-1])
        given_names = [name for name in given if name not in names] if isinstance(given, dict) else []
        return suggest_field(str(loc[-1]), known, given=given_names)

    def _fields_at(self, path: Path) -> list[str]:
        """Return the fields of the model that a path leads to."""
        names = [step for step in path if isinstance(step, str)]
        return list((NESTED[names[-1]] if names else self._model).model_fields)

    @staticmethod
    def _is_missing(detail: ErrorDetails) -> bool:
        invalid = (detail.get("ctx") or {}).get("error")
        return detail["type"] == "missing" or (isinstance(invalid, Invalid) and invalid.missing)

    @staticmethod
    def _field_location(detail: ErrorDetails) -> Path:
        """Return where a missing field would stand; a check that speaks for another field names it."""
        invalid = (detail.get("ctx") or {}).get("error")
        return (*detail["loc"][:-1], invalid.message) if isinstance(invalid, Invalid) else detail["loc"]

    def _diagnose(self, rule: str, message: str, span: Span, mend: str | None) -> Diagnostic:
        return diagnose(rule, f"{self._subject}: {message}", file=self._record.file, span=span, help=mend)


def read_entry(record: Record, *, context: Context) -> tuple[Article | Teaser | None, list[Diagnostic]]:
    """Return the article or teaser that a record of ``articles`` or ``teasers`` means, or what is wrong with it."""
    model: type[Article | Teaser] = Article if record.key == "articles" else Teaser
    return read_model(model, record, subject=name_entry(model.kind, record), context=context)


def build_entry(key: str, value: object, *, context: Context) -> Article | Teaser:
    """Return the entry that a sound record of a root key means, from its text alone."""
    model: type[Article | Teaser] = Article if key == "articles" else Teaser
    return model.model_validate(value, context=context)
