"""What a user would write instead: load the YAML, sort, hand it to feedgen; nothing is checked."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

import yaml
from feedgen.feed import FeedGenerator

catalogue = yaml.load(Path(sys.argv[1]).read_bytes(), Loader=yaml.CSafeLoader)
output = Path(sys.argv[2])
output.mkdir(parents=True, exist_ok=True)
site = catalogue["site"]
for key in [*catalogue["sections"], "all"]:
    chosen = [one for one in catalogue["articles"] + catalogue["teasers"] if key == "all" or key in one["sections"]]
    chosen.sort(key=lambda one: one["published"], reverse=True)
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
        published = one["published"]
        item.published(published if isinstance(published, datetime) else datetime.fromisoformat(published))
        item.content(one.get("body") or one["summary"], type="html")
    feed.rss_file(str(output / f"{key}.rss"))
    feed.atom_file(str(output / f"{key}.atom"))
