"""A catalogue that commands edit."""

from __future__ import annotations

from contextlib import chdir
from datetime import datetime
from typing import TYPE_CHECKING

import feedpub
from feedpub.diagnostics.reports import format_text

if TYPE_CHECKING:
    from pathlib import Path

NOW = "2026-06-01T12:00:00Z"
AT = "2026-07-01T12:00:00Z"
CATALOGUE = """\
# Our catalogue

site: {title: T, url: "https://e.org/", tag_authority: "e.org,2026"}
sections:
  tech: {title: Technology}   # the main one
  asia: {title: Asia}

include: ["more/*.yaml"]

articles:
  - id: rain   # the newest
    title:   'Rain, it''s said'
    url: rain
    guid: "urn:old:17"
    published: 2026-02-01
    sections: [tech, asia]
    body: >-
      It rains.

  # embargoed, see mail
  - {id: snow, title: Snow, url: snow, published: 2026-01-01, sections: [asia], body: It snows.}
""".replace('2026"}', '2026", timezone: UTC}')


def check(folder: Path) -> str:
    with chdir(folder):
        return format_text(feedpub.check(now=datetime.fromisoformat(NOW)))
