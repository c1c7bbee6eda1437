"""Doing what was planned: verify everything, then hand it to the target as one exchange."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from feedpub.errors import PublishError
from feedpub.publish.target import Change, measure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from feedpub.publish.planning import Plan
    from feedpub.publish.target import Target


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What publishing did, as paths below the target; the manifest is in none of the lists."""

    written: tuple[str, ...]
    unchanged: tuple[str, ...]
    removed: tuple[str, ...]
    left: tuple[str, ...]
    manifest_written: bool


def ensure_allowed(plan: Plan) -> None:
    """Raise PublishError where a plan has refusals: it names the first and counts the others."""
    if not plan.refusals:
        return
    first, *others = plan.refusals
    more = f" (and {len(others)} more in the way)" if others else ""
    raise PublishError(first.sentence + more, path=first.path)


def apply(plan: Plan, target: Target, *, on_stage: Callable[[str], None] = lambda _: None) -> Outcome:
    """Do what was planned, all of it or nothing, and return what was done; the target's lock is held.

    ``on_stage`` hears what begins: verify, then write.
    Every document to be written is verified before the target is touched. The target then stages all of them
    before it changes anything. A plan without a change leaves the target untouched.

    Raises PublishError where the plan has refusals or the target fails, whatever `Document.verify` raises, and
    ValueError for a document whose bytes are not those that were planned.
    """
    ensure_allowed(plan)
    on_stage("verify")
    for write in plan.writes:
        plan.documents[write.path].verify()
    on_stage("write")
    changes = [Change(write.path, write.old, write.new) for write in plan.writes]
    changes += plan.removals
    if plan.manifest:
        changes.append(Change(plan.manifest.path, plan.manifest.old, plan.manifest.new))
    if changes:
        target.exchange(changes, contents=_read_contents(plan))
    return Outcome(
        written=tuple(write.path for write in plan.writes),
        unchanged=plan.unchanged,
        removed=tuple(change.path for change in plan.removals),
        left=plan.left,
        manifest_written=plan.manifest is not None,
    )


def _read_contents(plan: Plan) -> Iterator[tuple[str, bytes]]:
    for write in plan.writes:
        data = plan.documents[write.path].data
        if measure(data) != write.new:
            raise ValueError(f"the document {write.path!r} changed its bytes after it was planned")
        yield write.path, data
    if plan.manifest:
        yield plan.manifest.path, plan.manifest_data
