"""What hurts the subscribers of a topic: more in a day than its feeds show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feedpub.diagnostics import diagnose, quote
from feedpub.select import ALL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feedpub.diagnostics import Diagnostic
    from feedpub.loading import Catalogue
    from feedpub.select import Selection, Topic

_DAY = 86_400


def judge_pace(selection: Selection, *, loaded: Catalogue) -> Iterator[Diagnostic]:
    """Yield a warning for each topic that gets more entries within 24 hours than it shows, now or later."""
    for topic in selection.topics:
        if topic.retired_at is not None or not _is_full(topic, has_more=bool(selection.held_back.count)):
            continue
        count = _count_busiest(topic, loaded)
        place = loaded.find_topic(topic.key)
        if count > topic.limit and place is not None:
            message = (
                f"topic {quote(topic.key)} gets {count} entries within 24 hours, and shows {topic.limit}: "
                "who polls once a day misses some"
            )
            mend = f"set limit: {min(count, 1000)}, or spread them"
            yield diagnose("crowded-day", message, file=place[0], span=place[1], help=mend)


def _is_full(topic: Topic, *, has_more: bool) -> bool:
    """Tell whether a topic could miss some: it shows as many as it may of one day, or more are to come."""
    times = topic.times
    if len(times) == topic.limit and (times[0] - times[-1]).total_seconds() < _DAY:
        return True
    return has_more


def _count_busiest(topic: Topic, loaded: Catalogue) -> int:
    """Return how many entries the topic gets within the busiest 24 hours, from a day before its newest on."""
    shown = topic.times
    since = int(shown[0].timestamp()) - _DAY if shown else 0
    times = loaded.index.select_times(None if topic.key == ALL else topic.key, after=since)
    most = first = 0
    for last, moment in enumerate(times):
        while times[first] <= moment - _DAY:
            first += 1
        most = max(most, last - first + 1)
    return most
