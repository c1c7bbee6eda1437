"""What every model is, and the one that several hold: a person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from feedpub.catalogue.fields import (
    Email,
    Name,
    Url,
)
from feedpub.catalogue.invalid import Invalid
from feedpub.catalogue.texts import MAX_KEY

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from feedpub.catalogue.fields import Context


class Model:
    """A mapping of a catalogue: every key is known, a key without a value is not given."""

    __slots__ = ()

    kind: ClassVar[str]
    """What messages call an entry or a retraction."""
    alone: ClassVar[str | None] = None
    """The field that a lone text probably means."""

    @classmethod
    def unfold(cls, value: object) -> dict[str, Any]:
        """Return the mapping that stands for a value which is written shorter; raise Invalid where none does."""
        if value is None:
            raise Invalid("empty-value", "is empty", "give it keys and values, or remove it")
        is_line = isinstance(value, str) and 0 < len(value) < MAX_KEY and not set(value) & set(",{}[]#\"'\n")
        mend = f"write {{{cls.alone}: {value}}}" if cls.alone and is_line else "write each field as key: value"
        raise Invalid("not-a-mapping", "must be a mapping of keys and values", mend)

    @classmethod
    def complete(
        cls,
        values: dict[str, Any],  # noqa: ARG003 - for the models that compare their fields, here and below
        *,
        given: Collection[str],  # noqa: ARG003
        context: Context,  # noqa: ARG003
    ) -> Iterator[tuple[str, Invalid]]:
        """Yield what is wrong with the fields taken together, each with its field, and fill in what follows from them.

        ``values`` are the fields that could be read, ``given`` the names of those that have a value at all.
        """
        return iter(())


@dataclass(slots=True, kw_only=True, eq=False)
class Person(Model):
    """Somebody who writes: a name alone, or a mapping."""

    name: Name
    """The name as readers see it."""
    email: Email | None = None
    """An e-mail address; Atom publishes it."""
    url: Url | None = None
    """A page about the person."""

    @classmethod
    def unfold(cls, value: object) -> dict[str, Any]:
        """Accept a name alone."""
        return {"name": value} if isinstance(value, str) else Model.unfold(value)
