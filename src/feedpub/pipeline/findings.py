"""What a publication lists of its topics and has to say of what they show, found out topic by topic."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feedpub import lint
from feedpub.manifest import TopicPublisher

if TYPE_CHECKING:
    from feedpub.catalogue import Site
    from feedpub.lint.trouble import Trouble
    from feedpub.manifest import PublishedTopic
    from feedpub.pipeline.unchanged import Shown
    from feedpub.select import Selection, Topic


class Findings:
    """What is known of each topic once its feed was at hand, so that no feed is wanted twice.

    ``before`` is what holds of the last publication, ``topics`` are those of the manifest, ``troubles`` what lint found
    in entries, by their numbers in the index, ``quiet`` the topics of whose entries there is nothing to say.
    """

    def __init__(self, selection: Selection, site: Site, before: Shown) -> None:
        """Begin with what has not changed."""
        self.before = before
        self.topics: dict[str, PublishedTopic] = dict(before.topics)
        self.troubles: dict[int, list[Trouble]] = {}
        self.quiet = set(before.quiet)
        self._selection = selection
        self._site = site
        self._publisher = TopicPublisher()
        self._seen: set[int] = set()
        self._taken: set[str] = set()

    def take(self, topic: Topic) -> None:
        """Look at a topic, once. Raises what reading its entries does."""
        if topic.key in self._taken:
            return
        self._taken.add(topic.key)
        if topic.key not in self.topics:
            self.topics[topic.key] = self._publisher.publish(topic)
        if topic.key not in self.quiet:
            self.troubles |= lint.find_in_bodies(topic, selection=self._selection, site=self._site, seen=self._seen)
            if lint.is_quiet(topic, self.troubles, selection=self._selection):
                self.quiet.add(topic.key)

    def take_all(self) -> None:
        """Look at the topics that were not taken yet: none of their documents was asked for."""
        for topic in self._selection.topics:
            self.take(topic)
