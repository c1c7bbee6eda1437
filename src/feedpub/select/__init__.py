"""Index and *now* → feeds: which entries each topic shows, and when that will next be others."""

from feedpub.select.building import feeds_url
from feedpub.select.selecting import ALL, NAMED, select_topics
from feedpub.select.topics import NotShown, Selection, Topic, Waiting

__all__ = ["ALL", "NAMED", "NotShown", "Selection", "Topic", "Waiting", "feeds_url", "select_topics"]
