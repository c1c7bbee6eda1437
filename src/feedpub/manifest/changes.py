"""What subscribers will notice between two publications: a pure function of two manifests and *now*."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from feedpub.manifest.manifest import Manifest, PublishedEntry, PublishedTopic

Kind: TypeAlias = Literal["new", "changed", "changed silently", "removed", "aged out", "expired", "retracted"]
KINDS: tuple[Kind, ...] = ("new", "changed", "changed silently", "removed", "aged out", "expired", "retracted")


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What happens to one entry in one topic; ``fields`` names what differs in a changed one."""

    topic: str
    kind: Kind
    id: str
    title: str
    fields: tuple[str, ...] = ()


def compare_manifests(old: Manifest | None, new: Manifest, *, now: datetime) -> list[Change]:
    """Return the changes of every topic of the new manifest, in its order, the kinds in that of `KINDS`."""
    changes: list[Change] = []
    for key, topic in new.topics.items():
        before = old.topics.get(key) if old is not None else None
        if before is None and old is not None:
            before = next((old.topics[former] for former in topic.formerly if former in old.topics), None)
        found = _compare_topics(key, before, topic, now)
        changes += sorted(found, key=lambda one: (KINDS.index(one.kind), one.id))
    return changes


def has_same_entries(old: PublishedTopic, new: PublishedTopic) -> bool:
    """Tell whether two states of a topic show the same entries and retractions with the same times."""
    times = [{(one.id, one.published, one.updated, one.expires) for one in topic.entries} for topic in (old, new)]
    return times[0] == times[1] and set(old.retracted) == set(new.retracted)


def _compare_topics(key: str, old: PublishedTopic | None, new: PublishedTopic, now: datetime) -> Iterator[Change]:
    before = {one.id: one for one in old.entries} if old else {}
    after = {one.id: one for one in new.entries}
    for entry in new.entries:
        if entry.id not in before:
            yield Change(topic=key, kind="new", id=entry.id, title=entry.title)
        elif fields := _changed_fields(before[entry.id], entry):
            is_silent = entry.updated == before[entry.id].updated
            kind: Kind = "changed silently" if is_silent else "changed"
            yield Change(topic=key, kind=kind, id=entry.id, title=entry.title, fields=fields)
    for entry in before.values():
        if entry.id not in after:
            yield Change(topic=key, kind=_reason(entry, new, now), id=entry.id, title=entry.title)


def _changed_fields(old: PublishedEntry, new: PublishedEntry) -> tuple[str, ...]:
    plain = [name for name in ("title", "url", "published", "updated") if getattr(old, name) != getattr(new, name)]
    names = sorted(old.digests.keys() | new.digests.keys())
    return (*plain, *(name for name in names if old.digests.get(name) != new.digests.get(name)))


def _reason(entry: PublishedEntry, new: PublishedTopic, now: datetime) -> Kind:
    """Say why an entry is no longer there."""
    if entry.id in new.retracted:
        return "retracted"
    if entry.expires is not None and entry.expires <= now:
        return "expired"
    oldest = min((one.published for one in new.entries), default=None)
    if new.retired is None and len(new.entries) >= new.limit and oldest is not None and entry.published <= oldest:
        return "aged out"
    return "removed"
