"""What of much to be tried is tried in the short form: the same in every run."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import pytest

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from faults.conftest import Scale

T = TypeVar("T")


def spread(many: Sequence[T], number: int) -> list[T]:
    """Return so many of many, or all, at even distances."""
    number = min(number, len(many))
    return [many[(2 * one + 1) * len(many) // (2 * number)] for one in range(number)]


def leave_to_long(name: str, *, scale: Scale, short: Collection[str]) -> None:
    """Skip a test that is none of those in the short form, unless everything is tried."""
    if name not in short and not scale(short=0, long=1):
        pytest.skip("in the long form (--long)")
