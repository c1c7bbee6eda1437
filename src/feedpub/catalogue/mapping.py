"""Mapping → the values of a model's fields, and everything that is wrong with it.

The models are read by their annotations. A library could do it (pydantic writes the schema from the same ones),
but a sound entry passes here in a tenth of the time, and start-up pays for no more than the annotations.
"""

from __future__ import annotations

from dataclasses import MISSING, dataclass, fields
from functools import partial
from types import UnionType
from typing import (
    TYPE_CHECKING,
    Annotated,
    Any,
    NoReturn,
    TypeVar,
    Union,
    get_args,
    get_origin,
    get_type_hints,
)

from feedpub.catalogue.fields import Items, Reads, SuchAs, check_list, refuse_repeats
from feedpub.catalogue.invalid import Invalid, Refused, missing
from feedpub.catalogue.models import Model
from feedpub.record import REST, Unread

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from feedpub.catalogue.fields import Context
    from feedpub.record import Path

    Read = Callable[[Any, Context], Any]

M = TypeVar("M", bound=Model)

_MANY = 1_000  # problems of one mapping, after which no further unknown field is told


@dataclass(slots=True)
class Reading:
    """What was read of a mapping: ``values`` are the fields that could be read, a nested mapping as such values too.

    ``problems`` is what is wrong, each with the way that leads to it; a mapping that is not sound and has none holds
    a value whose problem was reported before.
    """

    values: dict[str, Any]
    problems: list[tuple[Path, Invalid]]
    is_sound: bool


@dataclass(frozen=True, slots=True)
class Shape:
    """How the mappings of one model are read.

    ``names`` are its fields, ``readers`` how each is read; ``required`` those that must be given, each with an
    example; ``nested`` those that hold models.
    """

    names: tuple[str, ...]
    readers: dict[str, Read]
    required: dict[str, str]
    nested: dict[str, type[Model]]


def read_mapping(model: type[Model], value: object, context: Context) -> Reading:
    """Return the values of a model's fields, and every problem in them."""
    shape = shape_of(model)
    try:
        written = value if type(value) is dict else model.unfold(value)
    except Invalid as invalid:
        return Reading({}, [] if isinstance(value, Unread) else [((), invalid)], is_sound=False)
    readers = shape.readers
    values: dict[str, Any] = {}
    failed: set[str] = set()
    problems: list[tuple[Path, Invalid]] = []
    for name, one in written.items():
        read = readers.get(name)
        if one is None and read is not None:
            continue
        if read is None and len(problems) >= _MANY:
            failed.add(name)
            continue
        try:
            if read is None:
                _refuse_name(name)
            values[name] = read(one, context)
        except (Invalid, Refused) as error:
            failed.add(name)
            problems += _locate(error, name, one)
    given = values.keys() | failed if failed else values.keys()
    for name, example in shape.required.items():
        if name not in given:
            problems.append(((name,), missing(f"add {name}: {example}")))
    problems += (((name,), invalid) for name, invalid in model.complete(values, given=given, context=context))
    if REST in failed:
        problems = [(path, invalid) for path, invalid in problems if invalid.rule != "missing-field" or len(path) > 1]
    return Reading(values, problems, is_sound=not problems and not failed)


def build(model: type[M], values: Mapping[str, Any]) -> M:
    """Return the model of a sound mapping's values, with the models that its fields hold."""
    built = dict(values)
    for name, nested in shape_of(model).nested.items():
        if isinstance(one := built.get(name), list):
            built[name] = [build(nested, item) for item in one]
        elif one is not None:
            built[name] = build(nested, one)
    return model(**built)


def shape_of(model: type[Model]) -> Shape:
    """Return how a model's mappings are read."""
    if model not in _SHAPES:
        _SHAPES[model] = _make_shape(model)
    return _SHAPES[model]


_SHAPES: dict[type[Model], Shape] = {}


def _make_shape(model: type[Model]) -> Shape:
    hints = get_type_hints(model, include_extras=True)
    own = {field.name: hints[field.name] for field in fields(model)}  # type: ignore[arg-type] # every model is a dataclass
    return Shape(
        names=tuple(own),
        readers={name: _reader(hint) for name, hint in own.items()},
        required={
            field.name: next((str(one) for one in _notes(own[field.name]) if isinstance(one, SuchAs)), "…")
            for field in fields(model)  # type: ignore[arg-type] # as above
            if field.default is MISSING and field.default_factory is MISSING
        },
        nested={name: nested for name, hint in own.items() if (nested := _find_model(hint))},
    )


def _locate(error: Invalid | Refused, step: str | int, value: object) -> list[tuple[Path, Invalid]]:
    """Return the problems of a value one step further up; of what could not be read, none."""
    if isinstance(value, Unread):
        return []
    if isinstance(error, Invalid):
        return [((step,), error)]
    return [((step, *path), invalid) for path, invalid in error.problems]


def _refuse_name(name: str) -> NoReturn:
    raise Invalid("unknown-field", name, at_key=True)


def _reader(hint: Any) -> Read:  # noqa: ANN401 - an annotation
    """Return the reader of an annotation's values."""
    hint = _without_none(hint)
    for note in _notes(hint):
        if isinstance(note, Reads):
            return note.read
        if isinstance(note, Items):
            (item,) = get_args(get_args(hint)[0])
            return partial(_read_items, _reader(item), once=note.once)
    model = _find_model(hint)
    if model is None:
        raise TypeError(f"nothing says how to read {hint}")
    return partial(_read_nested, model)


def _read_items(read: Read, value: object, context: Context, *, once: bool) -> list[Any]:
    given = check_list(value)
    values: list[Any] = []
    problems: list[tuple[Path, Invalid]] = []
    failed = False
    for position, one in enumerate(given):
        try:
            values.append(read(one, context))
        except (Invalid, Refused) as error:
            failed = True
            problems += _locate(error, position, one)
    if failed:
        raise Refused(problems)
    if once and len(values) > 1:
        refuse_repeats(values)
    return values


def _read_nested(model: type[Model], value: object, context: Context) -> dict[str, Any]:
    reading = read_mapping(model, value, context)
    if not reading.is_sound:
        raise Refused(reading.problems)
    return reading.values


def _find_model(hint: Any) -> type[Model] | None:  # noqa: ANN401 - an annotation
    """Return the model somewhere in an annotation: alone, as an item, or optional."""
    if isinstance(hint, type) and get_origin(hint) is None:
        return hint if issubclass(hint, Model) else None
    return next(filter(None, map(_find_model, get_args(hint))), None)


def _notes(hint: Any) -> Collection[Any]:  # noqa: ANN401 - an annotation
    """Return what an annotation says beside its type."""
    hint = _without_none(hint)
    return get_args(hint)[1:] if get_origin(hint) is Annotated else ()


def _without_none(hint: Any) -> Any:  # noqa: ANN401 - an annotation
    is_optional = get_origin(hint) in (UnionType, Union)
    return next(one for one in get_args(hint) if one is not type(None)) if is_optional else hint
