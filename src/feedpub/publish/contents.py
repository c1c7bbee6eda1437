"""What stands at a path of a target, and what a compressed file there holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from feedpub.encodings import ENCODINGS
from feedpub.publish.target import Digest, Obstacle, measure

if TYPE_CHECKING:
    from feedpub.publish.target import Target


class Found(NamedTuple):
    """What stands at a path: ``stored`` are the file's own bytes, ``held`` what they decompress to.

    Of a file that is not compressed both are the same; ``held`` is None where nothing can be made of it.
    """

    stored: Digest | Obstacle | None
    held: Digest | Obstacle | None


def look_inside(target: Target, path: str, *, encoding: str | None, most: int) -> Found:
    """Return what stands at a path and what it holds, which is more than ``most`` bytes only if nobody of us wrote it.

    Raises PublishError where it cannot be read, FeedpubError where the means to decompress it are not installed.
    """
    stored = target.look(path)
    if encoding is None or not isinstance(stored, Digest):
        return Found(stored, stored)
    data = target.read(path) if encoding in ENCODINGS else None
    if data is None:
        return Found(stored, None)
    inside = ENCODINGS[encoding].decompress(data, most)
    return Found(measure(data), None if inside is None else measure(inside))
