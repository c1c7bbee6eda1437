"""What a publication has to tell, as plain data: what is printed, and what is remembered for the next run."""

from __future__ import annotations

from dataclasses import astuple, is_dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from feedpub.diagnostics import Diagnostic
    from feedpub.manifest import Change
    from feedpub.pipeline import Publication
    from feedpub.select import NotShown

HISTORY = frozenset({"changed-without-update", "updated-without-change"})
"""Warnings that are about the last publication: the next run has another."""


class TopicLine(NamedTuple):
    """A topic in figures: its entries, when the newest was published, whether it ended."""

    key: str
    entries: int
    newest: datetime | None
    is_retired: bool


class Waiting(NamedTuple):
    """Entries that are not shown because of their times: how many, and the nearest of them with their times."""

    number: int
    nearest: tuple[tuple[str, datetime], ...]


class Told(NamedTuple):
    """What there is to tell; the fields are those of a `Publication`, without the feeds themselves."""

    status: str
    topics: tuple[TopicLine, ...]
    written: tuple[str, ...]
    unchanged: tuple[str, ...]
    removed: tuple[str, ...]
    left: tuple[str, ...]
    changes: tuple[Change, ...]
    held_back: Waiting
    expired: Waiting
    next_change: datetime | None
    diagnostics: tuple[Diagnostic, ...]
    recovered: bool = False


def tell(found: Publication) -> Told:
    """Return what a publication has to tell."""
    topics = (
        TopicLine(
            topic.key,
            len(topic.times),
            next(iter(topic.times), None),
            topic.retired_at is not None,
        )
        for topic in found.topics
    )
    return Told(
        status=found.status,
        topics=tuple(topics),
        written=found.written,
        unchanged=found.unchanged,
        removed=found.removed,
        left=found.left,
        changes=found.changes,
        held_back=_wait(found.held_back),
        expired=_wait(found.expired),
        next_change=found.next_change,
        diagnostics=found.diagnostics,
        recovered=found.recovered,
    )


def write_told(told: Told) -> dict[str, Any]:
    """Return, as data for JSON, what the next run will have to tell if nothing changes until then."""
    lasting = told._replace(
        status="current",
        written=(),
        unchanged=tuple(sorted((*told.written, *told.unchanged))),
        removed=(),
        left=(),
        changes=(),
        diagnostics=tuple(one for one in told.diagnostics if one.rule not in HISTORY),
        recovered=False,
    )
    return {name: _write(value) for name, value in lasting._asdict().items()}


def read_told(data: dict[str, Any]) -> Told:
    """Return what data tells that `write_told` has made."""
    diagnostics: tuple[Diagnostic, ...] = ()
    if data["diagnostics"]:
        from feedpub.diagnostics import Diagnostic  # noqa: PLC0415 - most catalogues have none

        diagnostics = tuple(Diagnostic(*one) for one in data["diagnostics"])
    return Told(
        status=data["status"],
        topics=tuple(TopicLine(key, count, _read_time(newest), ended) for key, count, newest, ended in data["topics"]),
        written=(),
        unchanged=tuple(data["unchanged"]),
        removed=(),
        left=(),
        changes=(),
        held_back=_read_waiting(data["held_back"]),
        expired=_read_waiting(data["expired"]),
        next_change=_read_time(data["next_change"]),
        diagnostics=diagnostics,
    )


def _wait(found: NotShown) -> Waiting:
    return Waiting(found.count, tuple((one.id, one.at) for one in found.nearest))


def _write(value: Any) -> Any:  # noqa: ANN401 - data for JSON
    if isinstance(value, datetime):
        return int(value.timestamp())
    if isinstance(value, list | tuple):
        return [_write(one) for one in value]
    return _write(astuple(value)) if is_dataclass(value) and not isinstance(value, type) else value


def _read_time(seconds: int | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)


def _read_waiting(data: tuple[int, list[tuple[str, int]]]) -> Waiting:
    count, nearest = data
    return Waiting(count, tuple((name, datetime.fromtimestamp(at, UTC)) for name, at in nearest))
