"""What subscribers will notice between two publications: a pure function of two manifests and *now*."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from feedpub.manifest.manifest import Manifest, PublishedEntry, PublishedTopic

Kind: TypeAlias = Literal[
    "new", "unread again", "changed", "changed silently", "removed", "aged out", "expired", "retracted"
]
KINDS: tuple[Kind, ...] = (
    "new",
    "unread again",
    "changed",
    "changed silently",
    "removed",
    "aged out",
    "expired",
    "retracted",
)
HARMFUL: frozenset[Kind] = frozenset({"unread again", "changed silently", "removed"})
"""What readers would rather not have: the same article twice, an edit that they never see, an entry that is lost."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What happens to one entry in one topic.

    ``entry`` is as it is now, or was last; ``fields`` names what differs in a changed one; ``old_id`` is the id under
    which readers know one that will be unread again.
    """

    topic: str
    kind: Kind
    entry: PublishedEntry
    fields: tuple[str, ...] = ()
    old_id: str | None = None

    @property
    def id(self) -> str:
        """The entry's published id."""
        return self.entry.id

    @property
    def title(self) -> str:
        """The entry's title."""
        return self.entry.title


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicChange:
    """What happens to one topic: it is ``new``, ``moved`` to the section ``to``, or ``gone``."""

    key: str
    kind: Literal["new", "moved", "gone"]
    to: str | None = None


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


def compare_topics(old: Manifest | None, new: Manifest) -> list[TopicChange]:
    """Return what happens to topics as a whole, sorted by key; a former key that stays a former key does not count."""
    before = old.topics if old is not None else {}
    homes = {former: key for key, topic in new.topics.items() for former in topic.formerly}
    known = {former for topic in before.values() for former in topic.formerly}
    changes = [TopicChange(key=key, kind="new") for key in new.topics.keys() - before.keys() - known]
    for key in before.keys() | known:
        if key in new.topics or (key in homes and key in known):
            continue
        home = homes.get(key)
        changes.append(TopicChange(key=key, kind="moved" if home else "gone", to=home))
    moved = {change.to for change in changes if change.kind == "moved"}
    return sorted((one for one in changes if one.key not in moved), key=lambda one: one.key)


def has_same_entries(old: PublishedTopic, new: PublishedTopic) -> bool:
    """Tell whether two states of a topic show the same entries and retractions with the same times."""
    times = [{(one.id, one.published, one.updated, one.expires) for one in topic.entries} for topic in (old, new)]
    return times[0] == times[1] and set(old.retracted) == set(new.retracted)


def _compare_topics(key: str, old: PublishedTopic | None, new: PublishedTopic, now: datetime) -> Iterator[Change]:
    before = {one.id: one for one in old.entries} if old else {}
    after = {one.id: one for one in new.entries}
    lost = [entry for _, entry in sorted(before.items()) if entry.id not in after]
    for _, entry in sorted(after.items()):
        if entry.id not in before:
            known = next((one for one in lost if _is_same(one, entry)), None)
            if known is None:
                yield Change(topic=key, kind="new", entry=entry)
            else:
                lost.remove(known)
                yield Change(topic=key, kind="unread again", entry=entry, old_id=known.id)
        elif fields := _changed_fields(before[entry.id], entry):
            is_silent = entry.updated == before[entry.id].updated
            kind: Kind = "changed silently" if is_silent else "changed"
            yield Change(topic=key, kind=kind, entry=entry, fields=fields)
    for entry in lost:
        yield Change(topic=key, kind=_reason(entry, new, now), entry=entry)


def _is_same(old: PublishedEntry, new: PublishedEntry) -> bool:
    """Tell whether two entries with different ids are one article: the same address, or the same title and text."""
    text = [{name: entry.digests.get(name) for name in ("summary", "content")} for entry in (old, new)]
    return old.url == new.url or (old.title == new.title and text[0] == text[1])


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
