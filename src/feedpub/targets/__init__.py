"""The places that feedpub can publish to, one module each, by the name that a user gives them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feedpub.targets.directory import DirectoryTarget

if TYPE_CHECKING:
    from collections.abc import Callable

    from feedpub.publish import Target

TARGETS: dict[str, Callable[[str], Target]] = {
    "directory": DirectoryTarget,
}
"""How a target of each kind is made from where the user says that it is."""

__all__ = ["TARGETS", "DirectoryTarget"]
