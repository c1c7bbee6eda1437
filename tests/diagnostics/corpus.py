"""Every catalogue with one mistake that the modules beside this one pin a message of."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from diagnostics import (
    test_field_messages,
    test_shape_messages,
    test_text_messages,
    test_time_messages,
    test_url_messages,
    test_value_messages,
    test_whole_messages,
    test_yaml_messages,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


class Case(NamedTuple):
    """A catalogue, the files beside it, and everything that is told of it."""

    catalogue: str | bytes
    files: Mapping[str, str]
    told: str


def _collect() -> Iterator[tuple[str, Case]]:
    for module in (
        test_field_messages,
        test_shape_messages,
        test_text_messages,
        test_time_messages,
        test_url_messages,
        test_value_messages,
        test_whole_messages,
        test_yaml_messages,
    ):
        for name, (catalogue, told, *files) in module.CASES.items():
            yield name, Case(catalogue, files[0] if files else {}, told)


CASES = dict(_collect())
"""Each by its name, which begins with its rule."""
