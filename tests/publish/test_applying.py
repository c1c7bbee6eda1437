from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from feedpub.errors import PublishError
from feedpub.publish import Document, Outcome, Plan, apply, ensure_allowed, measure, plan
from publish.documents import StubDocument, fail_to_wait, manifest, plan_files, publish, whole
from targets.memory import MemoryTarget

FILES = {"politics.rss": b"politics", "archive/politics/2026-02.atom": b"February"}


@dataclass
class ChangingDocument:
    """A document that gives other bytes each time."""

    path: str
    reads: list[int] = field(default_factory=list)
    encoding: str | None = None

    @property
    def data(self) -> bytes:
        self.reads.append(1)
        return str(len(self.reads)).encode()

    @property
    def digest(self) -> tuple[str, int]:
        return measure(self.data)

    def verify(self) -> None:
        assert self.reads


def plan_one(target: MemoryTarget, document: Document) -> Plan:
    return plan([document], manifest=b"{}", owned={}, target=target)


def test_publishing_says_what_it_did() -> None:
    target = MemoryTarget()
    assert publish(target, FILES) == Outcome(
        written=("archive/politics/2026-02.atom", "politics.rss"),
        unchanged=(),
        removed=(),
        left=(),
        manifest_written=True,
    )
    assert publish(target, {"politics.rss": b"later"}) == Outcome(
        written=("politics.rss",),
        unchanged=(),
        removed=("archive/politics/2026-02.atom",),
        left=(),
        manifest_written=True,
    )
    assert target.files == whole({"politics.rss": b"later"})


def test_publishing_twice_touches_the_target_once() -> None:
    target = MemoryTarget()
    publish(target, FILES)
    again = publish(target, FILES)
    assert target.exchanges == 1
    assert set(again.unchanged) == FILES.keys()
    assert (again.written, again.removed, again.manifest_written) == ((), (), False)


def test_a_document_that_does_not_verify_stops_everything() -> None:
    target = MemoryTarget()
    planned = plan(
        [StubDocument("a.rss", b"a"), StubDocument("b.rss", b"b", flaw=RuntimeError("lost an entry"))],
        manifest=b"{}",
        owned={},
        target=target,
    )
    with target.hold(on_wait=fail_to_wait), pytest.raises(RuntimeError, match="lost an entry"):
        apply(planned, target)
    assert target.files == {}


def test_an_unchanged_document_is_not_verified_again() -> None:
    target = MemoryTarget()
    target.files["a.rss"] = b"a"
    planned = plan_one(target, StubDocument("a.rss", b"a", flaw=RuntimeError("asked")))
    with target.hold(on_wait=fail_to_wait):
        assert apply(planned, target).unchanged == ("a.rss",)


def test_a_document_that_changes_its_bytes_is_not_published() -> None:
    target = MemoryTarget()
    planned = plan_one(target, ChangingDocument("a.rss"))
    with target.hold(on_wait=fail_to_wait), pytest.raises(ValueError, match=r"'a\.rss' changed its bytes"):
        apply(planned, target)
    assert target.files == {}


def test_a_refusal_stops_everything_and_counts_the_others() -> None:
    target = MemoryTarget()
    target.files |= dict.fromkeys(FILES, b"by somebody")
    planned = plan_files(target, {**FILES, "tech.rss": b"tech"})
    with target.hold(on_wait=fail_to_wait), pytest.raises(PublishError, match=r"and 1 more in the way") as caught:
        apply(planned, target)
    assert caught.value.path == "memory/archive/politics/2026-02.atom"
    assert target.exchanges == 0


def test_a_plan_without_refusals_is_allowed() -> None:
    target = MemoryTarget()
    ensure_allowed(plan_files(target, FILES))
    target.files["politics.rss"] = b"by somebody"
    with pytest.raises(PublishError, match=r"^memory/politics\.rss was not written by feedpub; [^(]*$"):
        ensure_allowed(plan_files(target, FILES))


def test_a_file_that_changed_since_the_plan_is_not_overwritten() -> None:
    target = MemoryTarget()
    publish(target, FILES)
    planned = plan_files(target, {**FILES, "politics.rss": b"later"})
    target.files["politics.rss"] = b"by somebody, just now"
    with target.hold(on_wait=fail_to_wait), pytest.raises(PublishError, match=r"politics\.rss was changed by somebody"):
        apply(planned, target)
    assert target.files["politics.rss"] == b"by somebody, just now"


def test_the_manifest_alone_may_change() -> None:
    target = MemoryTarget()
    publish(target, FILES)
    planned = plan([], manifest=manifest({}) + b" ", owned={}, target=target)
    with target.hold(on_wait=fail_to_wait):
        outcome = apply(planned, target)
    assert (outcome.written, outcome.removed, outcome.manifest_written) == ((), (), True)
    assert target.files == {**whole(FILES), "manifest.json": b"{} "}
