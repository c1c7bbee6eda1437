"""What a user would write instead: load the YAML, sort, hand it to feedgen; nothing is checked.

The garbage collector is off: a user would hardly know, but with it the page of code takes three times as long.
"""

from __future__ import annotations

import gc
import sys
from datetime import datetime
from pathlib import Path

import yaml
from feedgen.feed import FeedGenerator


def read_moment(value: str | datetime) -> datetime:
    """Return a time that YAML may have read, or left as text where it was quoted."""
    return value if isinstance(value, datetime) else datetime.fromisoformat(value)


gc.disable()
catalogue = yaml.load(Path(sys.argv[1]).read_bytes(), Loader=yaml.CSafeLoader)
output = Path(sys.argv[2])
output.mkdir(parents=True, exist_ok=True)
site = catalogue["site"]
for key in [*catalogue["sections"], "all"]:
    chosen = [one for one in catalogue["articles"] + catalogue["teasers"] if key == "all" or key in one["sections"]]
    chosen.sort(key=lambda one: read_moment(one["published"]), reverse=True)
    feed = FeedGenerator()
    feed.id(f"{site['url']}{key}")
    feed.title(key)
    feed.link(href=site["url"])
    feed.description(key)
    for one in chosen[:50]:
        item = feed.add_entry(order="append")
        item.id(one["id"])
        item.title(one["title"])
        item.link(href=site["url"] + one["url"])
        item.published(read_moment(one["published"]))
        item.content(one.get("body") or one["summary"], type="html")
    feed.rss_file(str(output / f"{key}.rss"))
    feed.atom_file(str(output / f"{key}.atom"))
