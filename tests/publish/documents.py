"""Documents to publish, and a manifest that a test can read back: paths with their digests, as JSON."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from feedpub.encodings import ENCODINGS
from feedpub.publish import MANIFEST_PATH, Digest, apply, measure, plan

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from feedpub.publish import Outcome, Plan, Target


@dataclass(frozen=True, slots=True)
class StubDocument:
    """A document whose verification says whatever a test wants."""

    path: str
    data: bytes
    flaw: Exception | None = None
    encoding: str | None = None

    @property
    def digest(self) -> Digest:
        if self.encoding is None:
            return measure(self.data)
        inside = ENCODINGS[self.encoding].decompress(self.data, 1 << 20)
        assert inside is not None
        return measure(inside)

    def verify(self) -> None:
        if self.flaw:
            raise self.flaw


def documents(files: Mapping[str, bytes]) -> list[StubDocument]:
    return [StubDocument(path, data, encoding=find_encoding(path)) for path, data in files.items()]


def find_encoding(path: str) -> str | None:
    """Return the content coding of a file by its name."""
    return next((name for name, one in ENCODINGS.items() if path.endswith(one.suffix)), None)


def listing(files: Mapping[str, bytes]) -> dict[str, Digest]:
    return {one.path: one.digest for one in documents(files)}


def manifest(files: Mapping[str, bytes]) -> bytes:
    return json.dumps(listing(files)).encode()


def whole(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return everything that a target holds once the files are published to an empty one."""
    return {**files, MANIFEST_PATH: manifest(files)}


def read_owned(target: Target) -> dict[str, Digest]:
    data = target.read(MANIFEST_PATH)
    return {} if data is None else {path: Digest(*digest) for path, digest in json.loads(data).items()}


def plan_files(target: Target, files: Mapping[str, bytes], *, adopt: bool = False) -> Plan:
    owned = read_owned(target)
    return plan(
        documents(files),
        manifest=manifest(files),
        owned=owned,
        encodings={path: encoding for path in owned if (encoding := find_encoding(path))},
        target=target,
        adopt=adopt,
    )


def fail_to_wait(sentence: str) -> None:
    raise AssertionError(sentence)


def publish(
    target: Target,
    files: Mapping[str, bytes],
    *,
    adopt: bool = False,
    on_wait: Callable[[str], None] = fail_to_wait,
) -> Outcome:
    """Go the whole way of a render."""
    with target.hold(on_wait=on_wait):
        target.recover()
        return apply(plan_files(target, files, adopt=adopt), target)
